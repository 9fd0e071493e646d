//! The seam between generated types and the shared reader and writer: a type says where its
//! properties are, and nothing else.

use crate::scalar::Scalar;
use crate::wire::Names;
use crate::{Additional, Json, derived};

/// The static facts of a structured type: its full name and its property names.
///
/// The names are sorted by byte order; the position of a name is the index that
/// [`Structured::offer`] and [`Structured::slot`] go by.
///
/// ```
/// use edmark_runtime::TypeInfo;
/// static INFO: TypeInfo = TypeInfo::new("microsoft.graph.user", "displayName id mail");
/// assert_eq!(INFO.properties(), ["displayName", "id", "mail"]);
/// assert_eq!(INFO.find("mail"), Some(2));
/// ```
#[derive(Debug)]
pub struct TypeInfo {
    name: &'static str,
    properties: Names,
    /// The full names of all types that derive from it, with blanks between.
    derived: &'static str,
}

impl TypeInfo {
    /// Describes a type by its full name (`microsoft.graph.user`) and its sorted property names,
    /// with blanks between.
    pub const fn new(name: &'static str, properties: &'static str) -> Self {
        Self { name, properties: Names::new(properties), derived: "" }
    }

    /// Describes a type that others derive from: with the full names of all of them, derived
    /// directly or not, with blanks between.
    ///
    /// ```
    /// use edmark_runtime::TypeInfo;
    /// static BEING: TypeInfo = TypeInfo::base("sample.being", "id", "sample.person sample.robot");
    /// assert!(BEING.includes("#sample.robot"));
    /// assert!(BEING.includes("https://example.com/$metadata#Sample.Being"));
    /// assert!(!BEING.includes("#sample.ghost"));
    /// ```
    pub const fn base(name: &'static str, properties: &'static str, derived: &'static str) -> Self {
        Self { name, properties: Names::new(properties), derived }
    }

    /// Whether a tag names this type or one that derives from it: with or without its `#` or the
    /// address before it, with ASCII letters in either case.
    pub fn includes(&self, tag: &str) -> bool {
        let tag = derived::bare(tag);
        tag.eq_ignore_ascii_case(self.name)
            || self.derived.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case(tag))
    }

    /// The full name, without the `#` of `@odata.type`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The property names as they stand in JSON, sorted by byte order.
    #[inline]
    pub fn properties(&self) -> &[&'static str] {
        self.properties.all()
    }

    /// The index of a property name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.properties.find(name, 0)
    }

    /// Like [`find`](Self::find), trying `guess` first: services send properties nearly in the
    /// order of their names.
    #[inline]
    pub(crate) fn find_near(&self, name: &str, guess: usize) -> Option<usize> {
        self.properties.find(name, guess)
    }

    /// Whether the names are sorted and distinct, as they must be. For tests of generated code.
    pub fn is_sorted(&self) -> bool {
        self.properties().is_sorted_by(|left, right| left < right)
    }
}

/// A type with properties: every generated struct.
///
/// Implemented by generated code; the reader, the writer and `Debug` in [`wire`](crate::wire) are
/// built on it.
pub trait Structured {
    /// The type's name and its property names.
    fn type_info(&self) -> &'static TypeInfo;
    /// Offers every property, by its index in the name table: `self.id.offer(0, members)` and so
    /// on. Those without a value pass over it.
    fn offer<'a>(&'a self, members: &mut dyn Members<'a>);
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
    /// A signed integer of up to 32 bits.
    Int(i64),
    /// `Edm.Int64`, which is a string where a service wants it so.
    Long(i64),
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
    /// A collection.
    List(&'a dyn List),
    /// Any JSON.
    Json(&'a Json),
}

/// Where a value's type is erased. Only the functions that these call do that, and those of
/// [`Slot`].
///
/// A trait object brings in the functions behind it and what drops the value. All of them are
/// `#[inline]`, so that a crate of a thousand types compiles none of them, and a program those of
/// the types that it uses: a copy for each part of the program where the compiler finds a trait
/// object made. It takes the instances of these functions as one part.
impl<'a> View<'a> {
    /// The view of a structured value.
    #[inline]
    pub fn object<T: Structured>(value: &'a T) -> Self {
        Self::Object(object(value))
    }

    #[inline]
    pub(crate) fn list<T: List>(value: &'a T) -> Self {
        Self::List(list(value))
    }
}

// Apart from the views, so that the kind of a view is known where a property is offered.
#[inline(never)]
fn object<T: Structured>(value: &T) -> &dyn Structured {
    value
}

#[inline(never)]
fn list<T: List>(value: &T) -> &dyn List {
    value
}

/// What takes the properties of a structured value, or the elements of a collection, one by one.
pub trait Members<'a> {
    /// Takes the property at `index` of the name table, or the element at `index`.
    fn member(&mut self, index: usize, view: View<'a>);
    /// Takes one that is written as a string: the most frequent kind, without a detour.
    fn text(&mut self, index: usize, text: &'a str) {
        self.member(index, View::Str(text));
    }
    /// Takes a structured value, without a detour.
    fn object(&mut self, index: usize, value: &'a dyn Structured) {
        self.member(index, View::Object(value));
    }
    /// Takes a collection, without a detour.
    fn list(&mut self, index: usize, list: &'a dyn List) {
        self.member(index, View::List(list));
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
    /// `Edm.Decimal`, whose text is kept.
    Decimal(&'a mut dyn Scalar),
    /// A structured value, to be filled in place.
    Object(&'a mut dyn Structured),
    /// A collection.
    List(&'a mut dyn List),
    /// Any JSON.
    Json(&'a mut dyn JsonSlot),
    /// A place that is still empty: [`Optional::reset`] puts a blank value there and gives its
    /// slot.
    Optional(&'a mut dyn Optional),
}

impl<'a> Slot<'a> {
    /// The slot of a structured value.
    #[inline(never)]
    pub fn object<T: Structured>(value: &'a mut T) -> Self {
        Self::Object(value)
    }

    /// A structured value that `fill` fills.
    #[inline(never)]
    pub(crate) fn fill<T: Structured + Default, E>(fill: impl FnOnce(Slot<'_>) -> Result<(), E>) -> Result<T, E> {
        let mut value = T::default();
        fill(Slot::Object(&mut value))?;
        Ok(value)
    }

    /// The slot of an enum or another value without parts.
    #[inline(never)]
    pub fn scalar<T: Scalar>(value: &'a mut T) -> Self {
        Self::Scalar(value)
    }

    #[inline(never)]
    pub(crate) fn decimal<T: Scalar>(value: &'a mut T) -> Self {
        Self::Decimal(value)
    }

    #[inline(never)]
    pub(crate) fn list<T: List>(value: &'a mut T) -> Self {
        Self::List(value)
    }

    #[inline(never)]
    pub(crate) fn optional<T: Optional>(place: &'a mut T) -> Self {
        Self::Optional(place)
    }

    /// Makes the blank value if there is none yet: the result is not [`Slot::Optional`].
    #[inline]
    pub(crate) fn open(self) -> Slot<'a> {
        let mut slot = self;
        while let Slot::Optional(place) = slot {
            slot = place.reset(true);
        }
        slot
    }

    /// Empties an optional place again.
    pub(crate) fn clear(self) {
        match self {
            Slot::Bool(place) => *place = None,
            Slot::String(place) => *place = None,
            Slot::Scalar(place) | Slot::Decimal(place) => place.clear(),
            Slot::Json(place) => place.clear(),
            Slot::Optional(place) => {
                place.reset(false);
            }
            Slot::List(list) => list.clear(),
            Slot::None | Slot::Object(_) => {}
        }
    }
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
    /// Empties the place. With `blank`, puts a blank value there and gives its slot; otherwise the
    /// slot is [`Slot::None`].
    fn reset(&mut self, blank: bool) -> Slot<'_>;
}

/// A collection, to read and to fill.
#[allow(clippy::len_without_is_empty, reason = "each method is one more for every collection of a program")]
pub trait List {
    /// The number of elements.
    fn len(&self) -> usize;
    /// Offers every element, nulls included.
    fn offer<'a>(&'a self, members: &mut dyn Members<'a>);
    /// Appends a blank element and gives its slot.
    fn push(&mut self) -> Slot<'_>;
    /// Appends a null, if the elements can be null; says whether it did.
    fn push_null(&mut self) -> bool;
    /// Removes all elements.
    fn clear(&mut self);
}
