//! The seam between generated types and the shared reader and writer: a type says where its properties are, and nothing else.

use crate::wire::{Names, same};
use crate::{Additional, Json};

/// The static facts of a structured type: its full name and its property names.
///
/// The names are sorted by byte order; the position of a name is the index that [`Structured::view`] and [`Structured::slot`] take.
#[derive(Debug)]
pub struct TypeInfo {
    name: &'static str,
    properties: &'static [&'static str],
    index: Names,
}

impl TypeInfo {
    /// Describes a type by its full name (`microsoft.graph.user`) and its sorted property names.
    pub const fn new(name: &'static str, properties: &'static [&'static str]) -> Self {
        Self { name, properties, index: Names::new() }
    }

    /// The full name, without the `#` of `@odata.type`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The property names as they stand in JSON, sorted by byte order.
    pub const fn properties(&self) -> &'static [&'static str] {
        self.properties
    }

    /// The index of a property name.
    #[inline]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.index.find(name, self.properties)
    }

    /// Like [`find`](Self::find), trying `guess` first: services send properties nearly in the order of their names.
    #[inline]
    pub(crate) fn find_near(&self, name: &str, guess: usize) -> Option<usize> {
        match self.properties.get(guess) {
            Some(guessed) if same(guessed.as_bytes(), name.as_bytes()) => Some(guess),
            _ => self.find(name),
        }
    }

    /// Whether the names are sorted and distinct, as they must be. For tests of generated code.
    pub fn is_sorted(&self) -> bool {
        self.properties.is_sorted_by(|left, right| left < right)
    }
}

/// A type with properties: every generated struct.
///
/// Implemented by generated code; the reader, the writer and `Debug` in [`wire`](crate::wire) are built on it.
pub trait Structured {
    /// The type's name and its property names.
    fn type_info(&self) -> &'static TypeInfo;
    /// What the property at `index` of the name table holds.
    fn view(&self, index: usize) -> View<'_>;
    /// Offers every property that has a value, in the order of the name table, until `members` says `false`; says whether it never did.
    ///
    /// What this does by itself can be done faster by code that knows the properties:
    /// `self.id.offer(0, members) && self.job_title.offer(1, members)` and so on.
    fn offer(&self, members: &mut dyn Members) -> bool {
        (0..self.type_info().properties().len()).all(|index| match self.view(index) {
            View::None => true,
            view => members.member(index, view),
        })
    }
    /// Where the property at `index` of the name table is filled.
    fn slot(&mut self, index: usize) -> Slot<'_>;
    /// What was sent beyond the documented properties.
    fn additional(&self) -> &Additional;
    /// What was sent beyond the documented properties, to change.
    fn additional_mut(&mut self) -> &mut Additional;
}

/// What the writer sees of a value.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum View<'a> {
    /// No value: the property is left out, or written as null when it was read as null.
    None,
    /// `Edm.Boolean`
    Bool(bool),
    /// A signed integer of any width.
    Int(i64),
    /// An unsigned integer of any width.
    UInt(u64),
    /// `Edm.Single`, apart from `Edm.Double` because it prints in fewer digits.
    Single(f32),
    /// `Edm.Double`
    Double(f64),
    /// Anything written as a string.
    Str(&'a str),
    /// The text of a number, written as a number.
    Number(&'a str),
    /// A structured value.
    Object(&'a dyn Structured),
    /// A structured value where a base type is declared: `@odata.type` is written unless it is the base itself.
    Variant(&'a dyn Variant),
    /// A collection.
    List(&'a dyn List),
    /// Any JSON.
    Json(&'a Json),
}

/// What takes the properties of a structured value, or the elements of a collection, one by one. The results say whether to go on.
pub trait Members {
    /// Takes the property at `index` of the name table, or the element at `index`.
    fn member(&mut self, index: usize, view: View<'_>) -> bool;
    /// Takes one that is written as a string: the most frequent kind, without a detour.
    fn text(&mut self, index: usize, text: &str) -> bool {
        self.member(index, View::Str(text))
    }
}

/// Where the reader puts a value.
#[non_exhaustive]
pub enum Slot<'a> {
    /// There is no such property.
    None,
    /// `Edm.Boolean`; a case of its own because it is frequent.
    Bool(&'a mut Option<bool>),
    /// `Edm.String`; a case of its own because it is the most frequent.
    String(&'a mut Option<String>),
    /// Every other value without parts.
    Scalar(&'a mut dyn Scalar),
    /// A structured value, to be filled in place.
    Object(&'a mut dyn Structured),
    /// A structured value of a type that `@odata.type` decides.
    Variant(&'a mut dyn Variant),
    /// A collection.
    List(&'a mut dyn List),
    /// Any JSON.
    Json(&'a mut dyn JsonSlot),
    /// A place that is still empty: [`Optional::insert`] makes a blank value there and gives its slot.
    Optional(&'a mut dyn Optional),
}

impl<'a> Slot<'a> {
    /// Makes the blank value if there is none yet: the result is not [`Slot::Optional`].
    #[inline]
    pub(crate) fn open(self) -> Slot<'a> {
        let mut slot = self;
        while let Slot::Optional(place) = slot {
            slot = place.insert();
        }
        slot
    }

    /// Empties an optional place again.
    pub(crate) fn clear(self) {
        match self {
            Slot::Bool(place) => *place = None,
            Slot::String(place) => *place = None,
            Slot::Scalar(place) => place.clear(),
            Slot::Json(place) => place.clear(),
            Slot::Optional(place) => place.clear(),
            Slot::List(list) => list.clear(),
            Slot::None | Slot::Object(_) | Slot::Variant(_) => {}
        }
    }
}

/// The place of a value without parts. A setter says whether it took the value.
pub trait Scalar {
    /// What the place takes, for an error: `a string`, `a 32-bit integer`.
    fn expected(&self) -> &'static str;
    /// Takes a string.
    fn set_str(&mut self, text: &str) -> bool {
        let _ = text;
        false
    }
    /// Takes a string that the reader owns.
    fn set_string(&mut self, text: String) -> bool {
        self.set_str(&text)
    }
    /// Takes a Boolean.
    fn set_bool(&mut self, value: bool) -> bool {
        let _ = value;
        false
    }
    /// Takes a negative integer, or one from a format that has signed integers only.
    fn set_i64(&mut self, value: i64) -> bool {
        let _ = value;
        false
    }
    /// Takes an integer.
    fn set_u64(&mut self, value: u64) -> bool {
        let _ = value;
        false
    }
    /// Takes a number with a fraction or an exponent.
    fn set_f64(&mut self, value: f64) -> bool {
        let _ = value;
        false
    }
    /// Empties the place, if it can be empty.
    fn clear(&mut self) {}
}

/// The place of any JSON.
pub trait JsonSlot {
    /// Takes the value.
    fn set_json(&mut self, value: Json);
    /// Empties the place, if it can be empty.
    fn clear(&mut self) {}
}

/// A place that can be empty.
pub trait Optional {
    /// Puts a blank value there and gives its slot.
    fn insert(&mut self) -> Slot<'_>;
    /// Empties the place.
    fn clear(&mut self);
}

/// A collection, to read and to fill.
pub trait List {
    /// The number of elements.
    fn len(&self) -> usize;
    /// Whether there are no elements.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The element at `index`, or [`View::None`].
    fn get(&self, index: usize) -> View<'_>;
    /// Offers every element until `members` says `false`; says whether it never did.
    fn offer(&self, members: &mut dyn Members) -> bool;
    /// Appends a blank element and gives its slot.
    fn push(&mut self) -> Slot<'_>;
    /// Appends a null, if the elements can be null; says whether it did.
    fn push_null(&mut self) -> bool;
    /// Removes all elements.
    fn clear(&mut self);
}

/// A value whose type its tag decides. Implemented for every [`Polymorphic`](crate::Polymorphic) type.
pub trait Variant {
    /// The full name of the declared type.
    fn base(&self) -> &'static str;
    /// The value, whichever its type.
    fn value(&self) -> &dyn Structured;
    /// The value as it stands.
    fn current(&mut self) -> &mut dyn Structured;
    /// Changes to the variant for `tag`. If that is another one, `carry` moves what was read so far from the old value (first) to the new.
    fn retag(&mut self, tag: &str, carry: &mut dyn FnMut(&mut dyn Structured, &mut dyn Structured));
}
