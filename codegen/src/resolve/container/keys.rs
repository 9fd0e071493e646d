//! The paths of entities by their keys (CSDL 4.01, 6.5; OData URL Conventions 4.01, 4.3).

use super::lines::Site;
use super::{Open, Walk, allows};
use crate::model::{Argument, ArgumentValue, Primitive, Segment, TypeId, ValueType};

/// The parts of an alternate key: the name in URLs and the path of the property.
type QualifiedKey = Vec<(String, String)>;

impl<'s> Walk<'s> {
    /// The path of an entity by its key. `None` if the type has no key, because only derived types
    /// have keys.
    pub(super) fn item(&mut self, site: &Site<'s>, ty: TypeId) -> Option<Site<'s>> {
        let declared = self.key(ty);
        match declared.as_slice() {
            [] => None,
            [(name, item)] => Some(site.key(name, item.clone())),
            several => self.by_names(site, several),
        }
    }

    /// The path of an entity by the names of its key properties: `orders(customer='a',number=7)`.
    fn by_names(&mut self, site: &Site<'s>, parts: &[(String, ValueType)]) -> Option<Site<'s>> {
        let Some(Segment::Literal(set)) = site.path.last() else { return None };
        let argument =
            |(name, ty): &(String, ValueType)| Argument { name: name.clone(), value: self.argument(name, ty) };
        let arguments = parts.iter().map(argument).collect();
        self.out.composite.insert(set.to_ascii_lowercase());
        let mut next = site.clone();
        next.path.pop();
        next.path.push(Segment::Call { name: set.clone(), arguments });
        next.keys.extend(parts.iter().cloned());
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
            let parts: Option<Vec<(String, ValueType)>> =
                key.into_iter().map(|(alias, path)| Some((alias, self.type_at(ty, &path)?))).collect();
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
        let declares = self.model.ancestry(ty).find_map(|up| {
            let name = &self.model.structured(up).name;
            let declared = self.schema.types.iter().find(|ty| ty.is_declared() && ty.name.value == *name)?;
            (!declared.key.is_empty()).then_some(declared)
        });
        let Some(declared) = declares else { return Vec::new() };
        let aliases = declared.declaration.as_ref().map_or(&[][..], |declaration| &declaration.key_aliases);
        let part = |name: &String| {
            let path = aliases.iter().find(|(alias, _)| alias == name).map_or(name, |(_, path)| path);
            let item = self.type_at(ty, path).unwrap_or(ValueType::Primitive(Primitive::String));
            (name.clone(), item)
        };
        declared.key.iter().map(|name| part(&name.value)).collect()
    }

    /// The type of the property at the end of a path of properties.
    fn type_at(&self, ty: TypeId, path: &str) -> Option<ValueType> {
        let mut at = ValueType::Structured(ty);
        for name in path.split('/') {
            let ValueType::Structured(owner) = at else { return None };
            let property = self.model.all_properties(owner).into_iter().find(|property| property.name == name)?;
            at = property.ty.item.clone();
        }
        Some(at)
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
