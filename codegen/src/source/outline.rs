//! Serialisation without what an edit of the wording changes: where things stand, and what descriptions say.

use std::cell::RefCell;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Span;
use crate::schema::Description;

/// A value but for its places and the wording of its descriptions, and these, in the order in which they stand in it.
#[derive(Default)]
pub(crate) struct Outline {
    /// Two values that differ only in places and wording have the same.
    pub(crate) content: Vec<u8>,
    pub(crate) places: Vec<Span>,
    pub(crate) descriptions: Vec<Description<()>>,
}

thread_local! {
    static AT_WORK: RefCell<Option<Outline>> = const { RefCell::new(None) };
}

impl Outline {
    /// The outline of a value. `None` where it cannot be serialised.
    pub(crate) fn of(value: &impl Serialize) -> Option<Self> {
        let before = AT_WORK.replace(Some(Outline::default()));
        let content = postcard::to_stdvec(value);
        let outline = AT_WORK.replace(before)?;
        Some(Outline { content: content.ok()?, ..outline })
    }
}

/// Whether an outline is being made, which takes the description.
pub(crate) fn takes_description(description: impl FnOnce() -> Description<()>) -> bool {
    AT_WORK
        .with_borrow_mut(|outline| outline.as_mut().map(|outline| outline.descriptions.push(description())).is_some())
}

/// Whether an outline is being made, which takes the place.
fn takes_place(span: Span) -> bool {
    AT_WORK.with_borrow_mut(|outline| outline.as_mut().map(|outline| outline.places.push(span)).is_some())
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if takes_place(*self) {
            return serializer.serialize_unit();
        }
        if !serializer.is_human_readable() {
            return (self.file, self.start, self.end).serialize(serializer);
        }
        let mut place = serializer.serialize_struct("Span", 3)?;
        place.serialize_field("file", &self.file)?;
        place.serialize_field("start", &self.start)?;
        place.serialize_field("end", &self.end)?;
        place.end()
    }
}
