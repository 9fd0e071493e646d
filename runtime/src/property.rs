//! Names of properties, with their types.

use std::fmt;
use std::marker::PhantomData;

/// A property of a type: its name, the type of its values, and what may be done with it.
///
/// Generated code has a constant for each: `User::JOB_TITLE`. They name properties in queries
/// (`$select`, `$orderby`, `$expand`) and say what an [`Update`](crate::Update) changes.
///
/// ```
/// use edmark_runtime::{Property, ReadOnly};
/// struct User;
/// const JOB_TITLE: Property<User, String> = Property::new("jobTitle");
/// const ID: Property<User, String, ReadOnly> = Property::new("id");
/// assert_eq!([JOB_TITLE.name(), ID.name()].join(","), "jobTitle,id");
/// ```
pub struct Property<Owner, T, A = Writable> {
    name: &'static str,
    marker: PhantomData<fn(Owner, A) -> T>,
}

impl<Owner, T, A> Property<Owner, T, A> {
    /// The property called `name` in JSON.
    pub const fn new(name: &'static str) -> Self {
        Self { name, marker: PhantomData }
    }

    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<Owner, T, A> Clone for Property<Owner, T, A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Owner, T, A> Copy for Property<Owner, T, A> {}

impl<Owner, T, A> fmt::Debug for Property<Owner, T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Property").field(&self.name).finish()
    }
}

impl<Owner, T, A> fmt::Display for Property<Owner, T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

impl<Owner, T, A> AsRef<str> for Property<Owner, T, A> {
    fn as_ref(&self) -> &str {
        self.name
    }
}

/// A property that a client may set.
#[derive(Clone, Copy, Debug)]
pub enum Writable {}

/// A property that only the service sets.
#[derive(Clone, Copy, Debug)]
pub enum ReadOnly {}

/// What may be done with a property: [`Writable`] or [`ReadOnly`].
pub trait Access: sealed::Sealed {}

impl Access for Writable {}
impl Access for ReadOnly {}

/// A property that an [`Update`](crate::Update) may set or clear: [`Writable`].
#[diagnostic::on_unimplemented(
    message = "this property is read-only: an update cannot set or clear it",
    label = "a read-only property",
    note = "its reference page says that only the service sets it"
)]
pub trait Settable: Access {}

impl Settable for Writable {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Writable {}
    impl Sealed for super::ReadOnly {}
}
