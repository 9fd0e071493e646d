//! The paths of entities by their keys (CSDL 4.01, 6.5; OData URL Conventions 4.01, 4.3).

use super::lines::Site;
use super::{Open, Walk, allows};
use crate::model::{Argument, ArgumentValue, Primitive, Segment, TypeId, ValueType};
use crate::resolve::requests::key_types;

/// The parts of an alternate key: the name in URLs and the path of the property.
type QualifiedKey = Vec<(String, String)>;

impl<'s> Walk<'s> {
    /// The path of an entity by its key. `None` if the type has no key, because only derived types
    /// have keys.
    pub(super) fn item(&self, site: &Site<'s>, ty: TypeId) -> Option<Site<'s>> {
        let declared = self.key(ty);
        match declared.as_slice() {
            [] => None,
            [(name, _)] => Some(site.then(Segment::Key(name.clone()))),
            several => self.by_names(site, several),
        }
    }

    /// The path of an entity by the names of its key properties: `orders(customer='a',number=7)`.
    fn by_names(&self, site: &Site<'s>, parts: &[(String, ValueType)]) -> Option<Site<'s>> {
        let Some(Segment::Literal(set)) = site.path.last() else { return None };
        let argument =
            |(name, ty): &(String, ValueType)| Argument { name: name.clone(), value: self.argument(name, ty) };
        let arguments = parts.iter().map(argument).collect();
        let mut next = site.clone();
        next.path.pop();
        next.path.push(Segment::NamedKey { collection: set.clone(), arguments });
        Some(next)
    }

    /// Adds the entities of a collection by the alternate keys of a type, but for those that its
    /// base type `below` has as well.
    pub(super) fn alternate_keys(&mut self, site: &Site<'s>, ty: TypeId, below: Option<TypeId>) {
        let known: Vec<TypeId> = below.into_iter().flat_map(|base| self.model.ancestry(base)).collect();
        let named: Vec<QualifiedKey> = self
            .model
            .ancestry(ty)
            .filter(|up| !known.contains(up))
            .filter_map(|up| {
                let name = &self.model.structured(up).name;
                let declared = self.schema.types.iter().find(|ty| ty.is_declared() && ty.name.value == *name)?;
                Some(declared.declaration.as_ref()?.alternate_keys.clone())
            })
            .flatten()
            .collect();
        for key in named {
            let part = |(alias, _): (String, String)| {
                let property = key_types::property(self.model, ty, &alias)?;
                Some((alias, property.ty.item.clone()))
            };
            let parts: Option<Vec<(String, ValueType)>> = key.into_iter().map(part).collect();
            if let Some(item) = parts.and_then(|parts| self.by_names(site, &parts)) {
                let can = &site.capabilities;
                if allows(can.read_by_key.or(can.read)) {
                    self.get(&item, ty);
                }
                self.open.push_back(Open { site: item, ty });
            }
        }
    }

    /// The parts of a type's key with their types, by the names that they have in URLs.
    pub(super) fn key(&self, ty: TypeId) -> Vec<(String, ValueType)> {
        let declared = self.model.ancestry(ty).find_map(|up| {
            let name = &self.model.structured(up).name;
            let declared = self.schema.types.iter().find(|ty| ty.is_declared() && ty.name.value == *name)?;
            (!declared.key.is_empty()).then_some(&declared.key)
        });
        let part = |name: &String| {
            let property = key_types::property(self.model, ty, name);
            (
                name.clone(),
                property.map_or(ValueType::Primitive(Primitive::String), |property| property.ty.item.clone()),
            )
        };
        declared.into_iter().flatten().map(|name| part(&name.value)).collect()
    }

    /// The placeholder for an argument or for a part of a key.
    pub(super) fn argument(&self, name: &str, ty: &ValueType) -> ArgumentValue {
        match ty {
            ValueType::Enum(id) => ArgumentValue::EnumLiteral {
                type_name: self.model.enumeration(*id).name.to_string(),
                name: name.to_owned(),
            },
            ty => ArgumentValue::Placeholder {
                name: name.to_owned(),
                quoted: *ty == ValueType::Primitive(Primitive::String),
            },
        }
    }
}
