//! `$select`: which properties an answer has.

use super::Text;
use super::list::{self, lists};
use super::operand::Operand;
use crate::Property;

/// Properties of a `T` for `$select`: property constants, paths to properties of complex values,
/// names; arrays of them when they are of one type, tuples of any.
///
/// ```
/// use edmark_runtime::{Property, ReadOnly, query::Selection};
/// # struct User;
/// # impl User {
/// #     const ID: Property<User, String, ReadOnly> = Property::new("id");
/// #     const MAIL: Property<User, String> = Property::new("mail");
/// #     const NAME: Property<User, String> = Property::new("displayName");
/// # }
/// fn selection(_: impl Selection<User>) {}
/// selection([User::NAME, User::MAIL]);
/// selection((User::ID, User::MAIL, "extension_x"));
/// ```
pub trait Selection<T> {
    /// Adds the names to a list that is separated by commas.
    fn write(&self, list: &mut Text);
}

impl<T, V, A> Selection<T> for Property<T, V, A> {
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

/// A name, or several with commas between: what no constant says.
impl<T> Selection<T> for &str {
    fn write(&self, list: &mut Text) {
        list::push(list, self);
    }
}

lists!(Selection);
