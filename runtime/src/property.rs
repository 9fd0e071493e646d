//! Property constants: names of properties with their types.

use std::fmt;
use std::marker::PhantomData;

/// A property of a type: its name, and the type of its values.
///
/// Generated code has a constant for each: `User::JOB_TITLE`. They name the properties in queries
/// (`$select`, `$orderby`, `$expand`) and in an [`Update`](crate::Update).
///
/// Facts about a property, such as read-only, change more often than its type. They are part of the
/// value and not of the type. So code that names a property still compiles with the next version of
/// the service, and properties with values of the same type fit into one array.
///
/// ```
/// use edmark_runtime::Property;
/// struct User;
/// const JOB_TITLE: Property<User, String> = Property::new("jobTitle");
/// const ID: Property<User, String> = Property::read_only("id");
/// assert_eq!([JOB_TITLE, ID].map(|property| property.name()).join(","), "jobTitle,id");
/// assert!(ID.is_read_only());
/// ```
pub struct Property<Owner, T> {
    name: &'static str,
    read_only: bool,
    marker: PhantomData<fn(Owner) -> T>,
}

impl<Owner, T> Property<Owner, T> {
    /// The property called `name` in JSON.
    pub const fn new(name: &'static str) -> Self {
        Self { name, read_only: false, marker: PhantomData }
    }

    /// The property called `name` in JSON, which only the service sets (`Core.Computed`; OData
    /// Vocabulary Core).
    pub const fn read_only(name: &'static str) -> Self {
        Self { name, read_only: true, marker: PhantomData }
    }

    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Returns true if the property is documented as one that only the service sets.
    pub const fn is_read_only(self) -> bool {
        self.read_only
    }
}

impl<Owner, T> Clone for Property<Owner, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Owner, T> Copy for Property<Owner, T> {}

impl<Owner, T> fmt::Debug for Property<Owner, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Property").field(&self.name).finish()
    }
}

impl<Owner, T> fmt::Display for Property<Owner, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

impl<Owner, T> AsRef<str> for Property<Owner, T> {
    fn as_ref(&self) -> &str {
        self.name
    }
}
