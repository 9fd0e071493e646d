//! Declarations that only metadata has: the members of entity containers, actions and functions
//! (CSDL 4.01, 12 and 13).

use super::{Capabilities, Description, QualifiedName, Requirements, TypeExpr};
use crate::schema::Deprecation;
use crate::source::{At, FileId};

/// A member of an entity container (CSDL 4.01, 13).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct ContainerMember {
    /// Its name.
    pub name: At<String>,
    /// The metadata document.
    pub file: FileId,
    /// The container that declares it.
    pub container: QualifiedName,
    /// The kind of the member.
    pub kind: MemberKind,
    /// True for a singleton that may be null (13.3).
    pub is_nullable: bool,
    /// The entity set of the entities that an import returns, by its name or its path (13.5, 13.6).
    pub entity_set: Option<String>,
    /// Navigation property bindings: the path of the property, and the entity set that it is bound
    /// to (13.4).
    pub bindings: Vec<(String, String)>,
    /// The description, as Markdown.
    pub description: Option<Description>,
    /// The capabilities of the service for it.
    pub capabilities: Capabilities,
}

/// The kind of a container member.
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

/// An overload of an action or a function (CSDL 4.01, 12).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct DeclaredOperation {
    /// Its name.
    pub name: At<QualifiedName>,
    /// The metadata document.
    pub file: FileId,
    /// True for a function, which has no side effects and is called with GET (12.3); false for an
    /// action.
    pub is_function: bool,
    /// The binding parameter's type; `None` for an unbound operation.
    pub binding: Option<OperationValue>,
    /// The name of the binding parameter.
    pub binding_name: Option<String>,
    /// `EntitySetPath` (12.7)
    pub entity_set_path: Option<String>,
    /// True if further path segments may follow (12.6).
    pub is_composable: bool,
    /// The parameters without the binding parameter, in order.
    pub parameters: Vec<OperationParameter>,
    /// The return type; `None` if nothing is returned.
    pub returns: Option<OperationValue>,
    /// The description, as Markdown.
    pub description: Option<Description>,
    /// The deprecation, if the operation should not be used any more.
    pub deprecation: Option<At<Deprecation>>,
    /// The permissions, headers and query options that a call requires (`OperationRestrictions`).
    pub requirements: Requirements,
}

/// The type of a binding parameter, a parameter or a return value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct OperationValue {
    /// Its type.
    pub ty: At<TypeExpr>,
    /// True if it may be null; for a collection, if its items may be null.
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
    /// True if it can be omitted (Core, `OptionalParameter`).
    pub is_optional: bool,
    /// The description, as Markdown.
    pub description: Option<Description>,
}
