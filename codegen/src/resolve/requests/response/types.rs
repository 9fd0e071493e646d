//! Resolves the types that a page states to responses.

use super::Response;
use crate::evidence;
use crate::model::{HttpMethod, Model, Primitive, TypeId, ValueType};
use crate::resolve::enums;
use crate::resolve::index::{Index, Meaning};
use crate::schema::operation::{Parameter, ResponseType};
use crate::schema::{DocumentedOperation, TypeExpr, TypeItem, TypeRef};

/// The context in which the type names of responses are resolved.
pub(in crate::resolve) struct Resolver<'r, 'i> {
    pub(in crate::resolve) index: &'r Index<'i>,
    pub(in crate::resolve) model: &'r Model,
    /// The type whose row it is, if its page is shared with other types. Then the row describes the
    /// request for its own type best.
    pub(in crate::resolve) shared_owner: Option<TypeId>,
    /// The namespace of the operation's page.
    pub(in crate::resolve) namespace: &'r str,
}

impl Resolver<'_, '_> {
    /// Resolves a claim.
    pub(in crate::resolve) fn response(&self, claim: &ResponseType) -> Option<Response> {
        match claim {
            ResponseType::None => Some(Response::Nothing),
            ResponseType::Stream | ResponseType::Text => Some(Response::Stream),
            ResponseType::Type(ty) => self.of_type(ty),
        }
    }

    /// Resolves the cell of a row; "None" means no response.
    pub(super) fn cell(&self, ty: &TypeExpr) -> Option<Response> {
        match &ty.item {
            TypeItem::Named(TypeRef { name, target: None, .. })
                if matches!(name.to_ascii_lowercase().as_str(), "none" | "nothing") =>
            {
                Some(Response::Nothing)
            }
            // The table lists example requests instead of return types: `GET /ships`.
            TypeItem::Named(TypeRef { name, target: None, .. }) if HttpMethod::parse(name).is_some() => None,
            _ => self.of_type(ty),
        }
    }

    /// The type of a parameter, according to its row.
    pub(in crate::resolve) fn parameter(&self, page: &DocumentedOperation, row: &Parameter) -> Option<Response> {
        let stated = &row.ty.as_ref()?.value;
        let own = enums::own_name(page, row, self.namespace).and_then(|name| self.index.named(&name));
        match own {
            Some(Meaning::Enum(id)) if stated.collection => Some(Response::Many(ValueType::Enum(id))),
            Some(Meaning::Enum(id)) => Some(Response::One(ValueType::Enum(id))),
            _ => self.of_type(stated),
        }
    }

    pub(in crate::resolve) fn of_type(&self, ty: &TypeExpr) -> Option<Response> {
        let item = match &ty.item {
            TypeItem::Primitive(Primitive::Stream) if !ty.collection => return Some(Response::Stream),
            TypeItem::Primitive(primitive) => ValueType::Primitive(*primitive),
            TypeItem::Named(mention) => self.named(mention),
            TypeItem::OneOf(several) => self.one_of(several),
            TypeItem::Unclear(_) => return None,
        };
        Some(if ty.collection { Response::Many(item) } else { Response::One(item) })
    }

    /// The structured type that a name refers to.
    pub(in crate::resolve) fn structured(&self, mention: &TypeRef) -> Option<TypeId> {
        match self.index.resolve(mention, self.namespace)? {
            Meaning::Structured(id) => Some(id),
            Meaning::Enum(_) => None,
        }
    }

    fn named(&self, mention: &TypeRef) -> ValueType {
        match self.index.resolve(mention, self.namespace) {
            Some(Meaning::Structured(id)) => ValueType::Structured(id),
            Some(Meaning::Enum(id)) => ValueType::Enum(id),
            None => misspelt(mention).map_or_else(
                || ValueType::Undocumented(self.index.name_of_mention(mention, self.namespace)),
                ValueType::Primitive,
            ),
        }
    }

    /// The nearest common base type of several types; if there is none, any JSON.
    fn one_of(&self, several: &[TypeRef]) -> ValueType {
        let mut common: Option<TypeId> = None;
        for mention in several {
            let ValueType::Structured(id) = self.named(mention) else {
                return ValueType::Primitive(Primitive::Untyped);
            };
            let shared = match common {
                None => Some(id),
                Some(known) => self.model.ancestry(known).find(|up| self.model.derives(id, *up)),
            };
            match shared {
                Some(shared) => common = Some(shared),
                None => return ValueType::Primitive(Primitive::Untyped),
            }
        }
        common.map_or(ValueType::Primitive(Primitive::Untyped), ValueType::Structured)
    }

    /// Describes a response in words.
    pub(super) fn describe(&self, response: &Response) -> String {
        match response {
            Response::Nothing => "nothing".to_owned(),
            Response::Stream => "bytes".to_owned(),
            Response::One(item) => format!("`{}`", self.model.type_name(item)),
            Response::Many(item) => format!("a collection of `{}`", self.model.type_name(item)),
        }
    }
}

/// The primitive type that a name is a misspelling of.
fn misspelt(mention: &TypeRef) -> Option<Primitive> {
    evidence::misspelt_primitive(&mention.name).filter(|_| mention.target.is_none())
}
