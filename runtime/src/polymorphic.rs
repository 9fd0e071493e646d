//! Values declared as a base type: an enum of the base and what derives from it, chosen by
//! `@odata.type`.

use crate::{Structured, Variant, View};

/// An enum with a variant for a base type and for every type derived from it.
///
/// The type of a value is named by `@odata.type`, which a service sends where a value is not of the
/// declared type (OData JSON 4.01, section 4.6.3). It may stand anywhere in the object, though it
/// should come first; an unknown type reads as the base and keeps its tag in
/// [`Additional`](crate::Additional). Generated code implements this, and `Default` with the base.
pub trait Polymorphic: Sized {
    /// The full name of the base, which needs no tag: `microsoft.graph.directoryObject`.
    const BASE: &'static str;
    /// A blank value of the type that a tag such as `#microsoft.graph.user` names; an unknown one,
    /// or `""`, gives the base.
    fn for_tag(tag: &str) -> Self;
    /// The value, whichever its type.
    fn as_structured(&self) -> &dyn Structured;
    /// The value, whichever its type, to change.
    fn as_structured_mut(&mut self) -> &mut dyn Structured;
}

/// Which of `names` a tag means: with or without its `#` or the address before it, exactly, else
/// ASCII letters in either case.
///
/// ```
/// use edmark_runtime::polymorphic::find;
/// let names = ["microsoft.graph.directoryObject", "microsoft.graph.user"];
/// assert_eq!(find("#microsoft.graph.user", &names), Some(1));
/// assert_eq!(find("Microsoft.Graph.User", &names), Some(1));
/// assert_eq!(find("https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.user", &names), Some(1));
/// assert_eq!(find("#microsoft.graph.robot", &names), None);
/// ```
pub fn find(tag: &str, names: &[&str]) -> Option<usize> {
    let name = tag.rsplit_once('#').map_or(tag, |(_, name)| name);
    names
        .iter()
        .position(|known| *known == name)
        .or_else(|| names.iter().position(|known| known.eq_ignore_ascii_case(name)))
}

/// The view of a value. What `Value` of a generated enum calls.
#[inline]
pub fn view<P: Polymorphic>(value: &P) -> View<'_> {
    View::variant(value)
}

impl<P: Polymorphic> Variant for P {
    #[inline]
    fn base(&self) -> &'static str {
        P::BASE
    }
    #[inline]
    fn value(&self) -> &dyn Structured {
        self.as_structured()
    }
    #[inline]
    fn current(&mut self) -> &mut dyn Structured {
        self.as_structured_mut()
    }
    #[inline]
    fn retag(&mut self, tag: &str, carry: &mut dyn FnMut(&mut dyn Structured, &mut dyn Structured)) {
        let mut new = P::for_tag(tag);
        if new.as_structured().type_info().name() != self.as_structured().type_info().name() {
            carry(self.as_structured_mut(), new.as_structured_mut());
            *self = new;
        }
    }
}
