//! Collects the known names of each type, and whether they are complete.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::hashing::{HashMap, HashSet};
use crate::model::{Model, Primitive, Property, QualifiedName, TypeId, ValueType};
use crate::nearest::Names;
use crate::resolve::names::{is_root, of_tag, with_namespace};
use crate::schema::Schema;
use crate::source::Span;

/// The types of a model by name, and whether their properties are completely known.
pub(super) struct Known<'m> {
    pub(super) model: &'m Model,
    /// Structured types and enums, by name in lower case.
    names: HashMap<String, &'m QualifiedName>,
    /// Their simple names, made when the first tag names none of them.
    simple_names: OnceLock<Names>,
    structured: HashMap<String, TypeId>,
    /// For each type, true if its pages describe all of its properties.
    is_complete: Vec<bool>,
    families: Vec<OnceLock<Family<'m>>>,
    /// The values that the row of a property lists, by its name in lower case.
    listed: HashSet<(String, &'m str)>,
    /// The properties whose types are in dispute, by their places.
    disputed: HashSet<Span>,
}

/// A type with its bases and the types derived from it.
struct Family<'m> {
    /// The names of all their properties. `None` if there may be others.
    names: Option<BTreeSet<&'m str>>,
    /// The same, made when the first example or table has none of them.
    spellings: OnceLock<Names>,
    properties: HashMap<&'m str, &'m Property>,
}

impl<'m> Known<'m> {
    pub(super) fn new(schema: &'m Schema, model: &'m Model, disputed: HashSet<Span>) -> Self {
        let structured: HashMap<String, TypeId> =
            model.structured_types().map(|(id, ty)| (ty.name.folded(), id)).collect();
        let names = model.type_names().into_iter().map(|name| (name.folded(), name)).collect();
        let mut is_complete: Vec<bool> = model
            .types
            .iter()
            .map(|ty| {
                let is_empty = ty.properties.is_empty() && ty.base.is_none();
                !(ty.is_open || ty.stands_for_any_json() || is_empty)
            })
            .collect();
        for ty in &schema.types {
            let name = with_namespace(&ty.name.value, model.service.namespace());
            if let Some(id) = structured.get(&name.folded())
                && model.structured(*id).base.is_none()
                && ty.bases.iter().any(|claim| !is_root(&claim.base.name))
            {
                is_complete[id.0 as usize] = false;
            }
        }
        let families = model.types.iter().map(|_| OnceLock::new()).collect();
        let rows = schema.types.iter().flat_map(|ty| &ty.properties);
        let listed = rows.flat_map(|row| {
            let values = row.values.iter().flat_map(|list| &list.values);
            values.map(|value| (row.name.value.to_ascii_lowercase(), value.value.as_str()))
        });
        let listed = listed.collect();
        Known { model, names, simple_names: OnceLock::new(), structured, is_complete, families, listed, disputed }
    }

    /// Returns true if the type of a property is in dispute, so that its values prove nothing.
    pub(super) fn is_disputed(&self, property: &Property) -> bool {
        self.disputed.contains(&property.span)
    }

    /// Returns true if the row of a property of this name lists a value.
    pub(super) fn lists(&self, property: &str, value: &str) -> bool {
        self.listed.contains(&(property.to_ascii_lowercase(), value))
    }

    /// The property that a name may stand for, though it is no slip of it: the two have most of
    /// their letters in common at the beginning and the end, and no example shows the property.
    pub(super) fn akin(&self, id: TypeId, name: &str, is_shown: impl Fn(&str) -> bool) -> Option<String> {
        let common = |other: &str| {
            let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(a, b)| a == b).count();
            let before = alike(&mut name.chars().zip(other.chars()));
            let behind = alike(&mut name.chars().rev().zip(other.chars().rev()));
            let (short, long) = (name.len().min(other.len()), name.len().max(other.len()));
            ((before + behind).min(short), long)
        };
        let is_akin = |other: &&&str| {
            let (alike, length) = common(other);
            alike * 3 >= length * 2 && length >= 8 && !is_shown(other)
        };
        let mut akin = self.properties(id)?.iter().filter(is_akin);
        akin.next().filter(|_| akin.next().is_none()).map(|name| (*name).to_owned())
    }

    /// The names of a type's properties and of the types derived from it, because an example may be
    /// of any of them. `None` if there may be others.
    pub(super) fn properties(&self, id: TypeId) -> Option<&BTreeSet<&'m str>> {
        self.family(id).names.as_ref()
    }

    /// The property that a name is most likely a misspelling of, of those that are free. `None` if
    /// there may be others.
    pub(super) fn slip_of(&self, id: TypeId, name: &str, is_free: impl Fn(&str) -> bool) -> Option<&str> {
        let family = self.family(id);
        let names = family.names.as_ref()?;
        let known = family.spellings.get_or_init(|| names.iter().map(|name| (*name).to_owned()).collect());
        known.slip_of(name, is_free)
    }

    /// A property of a type, of its bases or of the types derived from it.
    pub(super) fn property(&self, id: TypeId, name: &str) -> Option<&'m Property> {
        self.family(id).properties.get(name).copied()
    }

    /// The properties of a type, its bases and the types derived from it. They are collected when
    /// the first example of the type is checked, because examples show only a few of all types.
    fn family(&self, id: TypeId) -> &Family<'m> {
        self.families[id.0 as usize].get_or_init(|| {
            let types: Vec<TypeId> = self.model.ancestry(id).chain(self.model.descendants(id)).collect();
            let is_complete = types.iter().all(|id| self.is_complete[id.0 as usize]);
            let mut properties = HashMap::default();
            for property in types.into_iter().flat_map(|id| &self.model.structured(id).properties) {
                properties.entry(property.name.as_str()).or_insert(property);
            }
            let names = is_complete.then(|| properties.keys().copied().chain(["id"]).collect());
            Family { names, spellings: OnceLock::new(), properties }
        })
    }

    /// The structured type of a property.
    pub(super) fn member(&self, id: TypeId, name: &str) -> Option<TypeId> {
        match self.property(id, name)?.ty.item {
            ValueType::Structured(inner) => Some(inner),
            _ => None,
        }
    }

    /// The structured type that a tag (`@odata.type`) names.
    pub(super) fn tagged(&self, tag: &str) -> Option<TypeId> {
        self.structured.get(&bare(tag).to_ascii_lowercase()).copied()
    }

    /// Returns `Some` if a tag names no known type, with the name that it may be a misspelling of.
    pub(super) fn unknown_tag(&self, tag: &str) -> Option<Option<String>> {
        let name = bare(tag);
        let plain = name.strip_prefix("Edm.").unwrap_or(name);
        let is_said =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._".contains(&byte));
        if !is_said || !name.contains('.') || Primitive::spelled(plain).is_some() {
            return None;
        }
        match self.names.get(&name.to_ascii_lowercase()) {
            Some(known) => (known.to_string() != name).then(|| Some(known.to_string())),
            None => Some(self.near_type(name)),
        }
    }

    /// The type whose name may be misspelt as `name`: one with the same name in another namespace,
    /// or one whose name differs in a letter or two.
    fn near_type(&self, name: &str) -> Option<String> {
        let (namespace, simple) = name.rsplit_once('.')?;
        let mut same = self.names.values().filter(|known| known.name.eq_ignore_ascii_case(simple));
        if let (Some(only), None) = (same.next(), same.next()) {
            return Some(only.to_string());
        }
        let here = |simple: &str| self.names.get(&format!("{namespace}.{simple}").to_ascii_lowercase());
        let simple_names = || self.names.values().map(|known| known.name.clone()).collect();
        let known = self.simple_names.get_or_init(simple_names);
        here(known.slip_of(simple, |known| here(known).is_some())?).map(ToString::to_string)
    }

    /// Returns true if any type is in this namespace.
    pub(super) fn is_namespace(&self, namespace: &str) -> bool {
        self.names.values().any(|name| name.namespace.eq_ignore_ascii_case(namespace))
    }
}

/// The type name in a tag: `#Collection(ns.x)` → `ns.x`.
fn bare(tag: &str) -> &str {
    let name = of_tag(tag.trim());
    name.strip_prefix("Collection(").and_then(|name| name.strip_suffix(')')).unwrap_or(name)
}
