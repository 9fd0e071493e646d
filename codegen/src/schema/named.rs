//! The facts with a name that pages mention, in whatever case.

use super::property::DeclaredProperty;
use super::{ContainerMember, DeclaredMember, OperationParameter, operation};

/// Something with a name that pages mention.
pub(crate) trait HasName {
    /// Its name, as the schema has it.
    fn name(&self) -> &str;

    /// Returns true if a page that mentions `name` means it.
    fn is_called(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }
}

macro_rules! named {
    ($($ty:ty),+) => {
        $(impl HasName for $ty {
            fn name(&self) -> &str {
                &self.name.value
            }
        })+
    };
}

named!(ContainerMember, DeclaredMember, DeclaredProperty, OperationParameter, operation::Parameter);

impl HasName for operation::Argument {
    fn name(&self) -> &str {
        &self.name
    }
}
