//! `$select`: the properties that the response has.

use super::Text;
use super::list::{self, lists};
use super::operand::Operand;
use crate::{DerivedFrom, Property};

/// The arguments of `$select` for a `T`: property constants, paths to properties of complex values,
/// and names; arrays of them if their values are of one type, tuples of any, and tuples of tuples.
///
/// ```
/// use edmark_runtime::{Property, query::Selection};
/// # struct User;
/// # impl User {
/// #     const ID: Property<User, String> = Property::read_only("id");
/// #     const MAIL: Property<User, String> = Property::new("mail");
/// #     const NAME: Property<User, String> = Property::new("displayName");
/// # }
/// fn selection(_: impl Selection<User>) {}
/// selection([User::ID, User::NAME, User::MAIL]);
/// selection((User::ID, User::MAIL, "extension_x"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not select properties of `{T}`",
    label = "no property of `{T}`",
    note = "take the constants of `{T}`, names, an array of constants whose values are of one type, or a tuple of any: `.select((User::ID, User::ACCOUNT_ENABLED))`"
)]
pub trait Selection<T> {
    /// Adds the names to a list that is separated by commas.
    fn write(&self, list: &mut Text);
}

/// A property of the type itself, or of one that derives from it. The latter is written without its
/// type, which Microsoft Graph accepts. Other services require the type name before it: use
/// [`cast`](super::cast)`::<Base, Derived>().then(Derived::PROPERTY)`.
impl<T, B: DerivedFrom<T>, V> Selection<T> for Property<B, V> {
    fn write(&self, list: &mut Text) {
        list::push(list, self.name());
    }
}

impl<T, V> Selection<T> for Operand<T, V> {
    fn write(&self, list: &mut Text) {
        list.begin_element();
        list.append(self.path());
    }
}

/// One or several names separated by commas, for those without a constant.
impl<T> Selection<T> for &str {
    fn write(&self, list: &mut Text) {
        list::push(list, self);
    }
}

lists!(Selection);
