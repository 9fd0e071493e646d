//! The members of an object: decides which are properties and which are kept in `additional`, and
//! handles duplicates.

use super::indices::Indices;
use super::path::{Context, Segment};
use super::read::Filled;
use super::source::Object;
use crate::additional::Buffer;
use crate::{Structured, TypeInfo};

/// Reads the members of an object.
pub(super) fn read_members<O: Object>(
    target: &mut dyn Structured,
    members: &mut O,
    context: &mut Context,
) -> Result<(), O::Error> {
    let info = target.type_info();
    let names = info.names();
    let mut marks = Marks { from: context.kept.len(), ..Marks::default() };
    while let Some(name) = members.name()? {
        let Some(index) = names.find(name) else {
            members.keep(&mut context.kept)?;
            marks.appended += 1;
            continue;
        };
        let again = marks.again(index);
        match members.fill(target.slot(index), context) {
            Ok(Filled::Typed) => {
                if again {
                    marks.typed_again(index);
                }
            }
            Ok(Filled::Null) => {
                if again {
                    target.slot(index).clear();
                    marks.void(index, true);
                }
                marks.nulls.insert(index);
            }
            Ok(Filled::Untyped) => {
                target.slot(index).clear();
                members.keep_misfit(&mut context.kept, info.properties()[index], &context.untyped.take());
                marks.untyped(index);
            }
            Err(error) => {
                context.passing(Segment::Property(info.properties()[index]));
                return Err(error);
            }
        }
    }
    if marks.appended > 0 || !marks.nulls.is_empty() {
        marks.settle(info, target, &mut context.kept);
    }
    Ok(())
}

/// Facts about the members of an object that are recorded when all have been read, because a
/// duplicate may still change them.
#[derive(Default)]
struct Marks {
    /// The position in [`Context::kept`] at which the members of the object begin.
    from: usize,
    nulls: Indices,
    /// Properties whose values are kept because their type cannot hold them. The flag is true if a
    /// later duplicate replaced the value.
    untyped: Vec<(usize, bool)>,
    /// The number of members that were kept.
    appended: usize,
    /// One more than the highest index of a property so far. Services send properties nearly in the
    /// order of their names, so a higher index proves without a search that the property is no
    /// duplicate.
    end: usize,
}

impl Marks {
    /// Returns true if the property may have occurred before.
    #[inline]
    fn again(&mut self, index: usize) -> bool {
        let again = index < self.end;
        if !again {
            self.end = index + 1;
        }
        again
    }

    #[inline]
    fn typed_again(&mut self, index: usize) {
        self.nulls.remove(index);
        self.void(index, true);
    }

    #[cold]
    fn untyped(&mut self, index: usize) {
        self.appended += 1;
        self.nulls.remove(index);
        if !self.void(index, false) {
            self.untyped.push((index, false));
        }
    }

    fn void(&mut self, index: usize, void: bool) -> bool {
        match self.untyped.iter_mut().find(|(known, _)| *known == index) {
            Some((_, known)) => {
                *known = void;
                true
            }
            None => false,
        }
    }

    fn settle(self, info: &'static TypeInfo, target: &mut dyn Structured, kept: &mut Buffer) {
        if self.appended > 1 {
            kept.settle(self.from);
        }
        let foreign = self.untyped.is_empty();
        if !foreign {
            self.remove_replaced(info, kept);
        }
        target.additional_mut().note(info, self.nulls, foreign, kept.text(self.from));
        kept.truncate(self.from);
    }

    #[cold]
    fn remove_replaced(&self, info: &'static TypeInfo, kept: &mut Buffer) {
        for (index, _) in self.untyped.iter().filter(|(_, void)| *void) {
            kept.remove(self.from, info.properties()[*index]);
        }
    }
}
