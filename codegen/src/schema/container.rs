//! What metadata says beside types: the members of entity containers, actions and functions (CSDL
//! 4.01, 12 and 13).

use super::{Capabilities, Description, QualifiedName, TypeExpr};
use crate::schema::Deprecation;
use crate::source::{At, FileId};

/// A member of an entity container (CSDL 4.01, 13).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct ContainerMember {
    /// Its name.
    pub name: At<String>,
    /// The document.
    pub file: FileId,
    /// The container that declares it.
    pub container: QualifiedName,
    /// What it is.
    pub kind: MemberKind,
    /// Navigation property bindings: the path of the property, and the set that it leads to (13.4).
    pub bindings: Vec<(String, String)>,
    /// What it is, as markdown.
    pub description: Option<Description>,
    /// What the service supports for it.
    pub capabilities: Capabilities,
}

/// What a member of a container is.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum MemberKind {
    /// A collection of entities of this type (13.2).
    EntitySet(TypeExpr),
    /// One entity of this type (13.3).
    Singleton(TypeExpr),
    /// An unbound action (13.5).
    ActionImport(QualifiedName),
    /// An unbound function, with all its overloads (13.6).
    FunctionImport(QualifiedName),
}

/// An action or a function, one overload of it (CSDL 4.01, 12).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct DeclaredOperation {
    /// Its name.
    pub name: At<QualifiedName>,
    /// The document.
    pub file: FileId,
    /// It has no side effects and is called with GET (12.3).
    pub is_function: bool,
    /// What it is called on; `None` for an unbound one.
    pub binding: Option<OperationValue>,
    /// The name of the binding parameter.
    pub binding_name: Option<String>,
    /// `EntitySetPath` (12.7)
    pub entity_set_path: Option<String>,
    /// Further segments can stand behind it (12.6).
    pub is_composable: bool,
    /// Its other parameters, in order.
    pub parameters: Vec<OperationParameter>,
    /// What it gives; `None` for nothing.
    pub returns: Option<OperationValue>,
    /// What it does, as markdown.
    pub description: Option<Description>,
    /// Not to be used any more.
    pub deprecation: Option<At<Deprecation>>,
}

/// A value that an operation is called on, takes or gives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct OperationValue {
    /// Its type.
    pub ty: At<TypeExpr>,
    /// Whether it may be null; of a collection, whether its items may.
    pub nullable: bool,
}

/// A parameter of an action or a function.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct OperationParameter {
    /// Its name.
    pub name: At<String>,
    /// Its type.
    pub value: OperationValue,
    /// It can be left out (Core, `OptionalParameter`).
    pub is_optional: bool,
    /// What it is, as markdown.
    pub description: Option<Description>,
}
