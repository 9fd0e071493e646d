//! The interface between generated types and the shared reader and writer: a generated type only
//! describes its properties.

use crate::scalar::Scalar;
use crate::wire::{Names, Table};
use crate::{Additional, Json, derived};

/// The static description of a structured type: its qualified name and the names of its properties.
///
/// The names are sorted by byte order. The position of a name is the index of the property in
/// [`Structured::offer`] and [`Structured::slot`].
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
    /// The qualified names of all types that derive from it, separated by blanks.
    derived: &'static str,
}

impl TypeInfo {
    /// Describes a type by its qualified name (`microsoft.graph.user`) and its sorted property
    /// names, separated by blanks.
    pub const fn new(name: &'static str, properties: &'static str) -> Self {
        Self { name, properties: Names::new(properties), derived: "" }
    }

    /// Describes a base type, with the qualified names of all types that derive from it, directly
    /// or not, separated by blanks.
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

    /// Returns true if an `@odata.type` names this type or one that derives from it. The `#` or the
    /// address before the name is optional, and upper and lower case of ASCII letters are the same.
    pub fn includes(&self, tag: &str) -> bool {
        let tag = derived::bare(tag);
        tag.eq_ignore_ascii_case(self.name)
            || self.derived.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case(tag))
    }

    /// The qualified name, without the `#` of `@odata.type`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The property names in JSON, sorted by byte order.
    #[inline]
    pub fn properties(&self) -> &[&'static str] {
        self.properties.all()
    }

    /// What compact JSON has before the value of each property: `,"id":`.
    #[inline]
    pub(crate) fn keys(&self) -> &[Box<str>] {
        self.properties.keys()
    }

    /// The index of a property name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.properties.table().find(name)
    }

    /// The table of the names, for many searches.
    #[inline]
    pub(crate) fn names(&self) -> &Table {
        self.properties.table()
    }

    /// Returns true if the names are sorted and distinct, as they must be. For tests of generated
    /// code.
    pub fn is_sorted(&self) -> bool {
        self.properties().is_sorted_by(|left, right| left < right)
    }
}

/// A type with properties: every generated struct.
///
/// Implemented by generated code; the reader, the writer and `Debug` in [`wire`](crate::wire) are
/// built on it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither an entity nor a complex value",
    label = "has no properties",
    note = "only navigation properties can be expanded and bound to entities, such as `User::MANAGER`; other properties are selected, and set to a value"
)]
pub trait Structured {
    /// The type's name and its property names.
    fn type_info(&self) -> &'static TypeInfo;
    /// Offers every property to `members`, with its index in the name table: `self.id.offer(0,
    /// members)` and so on. Properties without a value do nothing.
    fn offer<'a>(&'a self, members: &mut dyn Members<'a>);
    /// The slot through which the reader fills the property at `index` of the name table.
    fn slot(&mut self, index: usize) -> Slot<'_>;
    /// The members that are not documented properties.
    fn additional(&self) -> &Additional;
    /// The members that are not documented properties, to be changed.
    fn additional_mut(&mut self) -> &mut Additional;
}

/// A value as the writer sees it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum View<'a> {
    /// No value: the property is left out, or written as null if it was read as null.
    None,
    /// `Edm.Boolean`
    Bool(bool),
    /// A signed integer of up to 32 bits.
    Int(i64),
    /// `Edm.Int64`, which is written as a string if the service requires that.
    Long(i64),
    /// An unsigned integer of any width.
    UInt(u64),
    /// `Edm.Single`. It is separate from `Edm.Double` because it is written with fewer digits.
    Single(f32),
    /// `Edm.Double`
    Double(f64),
    /// Any value that is written as a string.
    Str(&'a str),
    /// Names of flags with commas between, which is written as a string. It is separate from `Str`
    /// because the order of flags does not matter where two values are compared.
    Flags(&'a str),
    /// The text of a number, which is written as a number.
    Number(&'a str),
    /// A structured value.
    Object(&'a dyn Structured),
    /// A collection.
    List(&'a dyn List),
    /// Any JSON value.
    Json(&'a Json),
}

/// Constructors that turn a reference into a trait object. Only the functions that these call do
/// that, and those of [`Slot`].
///
/// A trait object needs the functions of its vtable and the drop glue of the value. All of them are
/// `#[inline]`, so that a crate of a thousand types compiles none of them, and a program only those
/// of the types it uses. But they are then compiled again in each codegen unit that creates a trait
/// object. The instances of the generic functions below are in one codegen unit, so there is one
/// copy.
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

// Separate functions, so that the variant of a `View` is known where a property is offered,
// although the trait object is created elsewhere.
#[inline(never)]
fn object<T: Structured>(value: &T) -> &dyn Structured {
    value
}

#[inline(never)]
fn list<T: List>(value: &T) -> &dyn List {
    value
}

/// The receiver of the properties of a structured value, or of the elements of a collection.
pub trait Members<'a> {
    /// Receives the property at `index` of the name table, or the element at `index`.
    fn member(&mut self, index: usize, view: View<'a>);
    /// Receives one that is written as a string. It is a method of its own because it is the most
    /// frequent kind.
    fn text(&mut self, index: usize, text: &'a str) {
        self.member(index, View::Str(text));
    }
    /// Receives a structured value.
    fn object(&mut self, index: usize, value: &'a dyn Structured) {
        self.member(index, View::Object(value));
    }
    /// Receives a collection.
    fn list(&mut self, index: usize, list: &'a dyn List) {
        self.member(index, View::List(list));
    }
}

/// The place of a value that the reader fills.
#[non_exhaustive]
pub enum Slot<'a> {
    /// There is no such property.
    None,
    /// `Edm.Boolean`; a variant of its own because it is frequent.
    Bool(&'a mut Option<bool>),
    /// `Edm.String`; a variant of its own because it is the most frequent.
    String(&'a mut Option<String>),
    /// Any other value that is not an object or a collection.
    Scalar(&'a mut dyn Scalar),
    /// `Edm.Decimal`, for which the reader keeps the text of the number.
    Decimal(&'a mut dyn Scalar),
    /// A structured value, which is filled in place.
    Object(&'a mut dyn Structured),
    /// A collection.
    List(&'a mut dyn List),
    /// Any JSON value.
    Json(&'a mut dyn JsonSlot),
    /// An optional value that is none: [`Optional::reset`] stores a blank value and returns its
    /// slot.
    Optional(&'a mut dyn Optional),
}

impl<'a> Slot<'a> {
    /// The slot of a structured value.
    #[inline(never)]
    pub fn object<T: Structured>(value: &'a mut T) -> Self {
        Self::Object(value)
    }

    /// Returns a structured value that `fill` has filled.
    #[inline(never)]
    pub(crate) fn fill<T: Structured + Default, E>(fill: impl FnOnce(Slot<'_>) -> Result<(), E>) -> Result<T, E> {
        let mut value = T::default();
        fill(Slot::Object(&mut value))?;
        Ok(value)
    }

    /// The slot of an enum value or another [`Scalar`].
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

    /// Stores a blank value if the slot is optional. The result is never [`Slot::Optional`].
    #[inline]
    pub(crate) fn open(self) -> Slot<'a> {
        let mut slot = self;
        while let Slot::Optional(place) = slot {
            slot = place.reset(true);
        }
        slot
    }

    /// Sets an optional value to none again.
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

/// A place for any JSON value.
pub trait JsonSlot {
    /// Stores the value.
    fn set_json(&mut self, value: Json);
    /// Removes the value, if the place can be empty.
    fn clear(&mut self) {}
}

/// A place that can be empty.
pub trait Optional {
    /// Empties the place. If `blank` is true, then stores a blank value and returns its slot;
    /// otherwise returns [`Slot::None`].
    fn reset(&mut self, blank: bool) -> Slot<'_>;
}

/// A collection that can be read and filled.
#[allow(clippy::len_without_is_empty, reason = "each method is one more for every collection of a program")]
pub trait List {
    /// The number of elements.
    fn len(&self) -> usize;
    /// Offers every element, including nulls.
    fn offer<'a>(&'a self, members: &mut dyn Members<'a>);
    /// Appends a blank element and returns its slot.
    fn push(&mut self) -> Slot<'_>;
    /// Appends a null. Returns false if the elements cannot be null.
    fn push_null(&mut self) -> bool;
    /// Removes all elements.
    fn clear(&mut self);
}
