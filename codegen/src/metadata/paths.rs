//! Checks if a service has a path, segment by segment from the entity container (OData URL
//! Conventions 4.01, 4).
//!
//! Names are compared without regard to case, because services that are described by pages ignore
//! it. Namespaces of operations may be left out.

use super::{Metadata, named};
use crate::schema::operation::{HttpMethod, Segment};
use crate::schema::{DeclaredOperation, HasName, QualifiedName, TypeExpr, TypeItem, TypeRef, simple_name};
use crate::source::{FileId, Span};

/// The type of the value at the end of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Value {
    /// The type, or that of the items; `None` for an action without a return type.
    pub(super) item: Option<TypeItem>,
    /// True for a collection.
    pub(super) collection: bool,
}

/// The return type of an operation.
pub(super) fn returned(operation: &DeclaredOperation) -> Value {
    let returns = operation.returns.as_ref().map(|returns| &returns.ty.value);
    returns.map_or_else(Value::default, |ty| Value { item: Some(ty.item.clone()), collection: ty.collection })
}

fn type_item(name: &QualifiedName) -> TypeItem {
    let span = Span::start_of(FileId::CONFIGURATION);
    TypeItem::Named(TypeRef { name: name.to_string(), target: None, span })
}

/// The first segment of a path that a service does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    /// Its position in the path.
    pub(super) position: usize,
    /// The reason why it is not known.
    pub(super) why: Why,
}

/// The reason why a segment is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The entity container has no such member.
    Container,
    /// The type before it has neither a property nor an operation of this name.
    Type(String),
    /// Only a derived type has it: the path lacks a cast.
    Cast(String),
    /// A collection of this type is before it and has no operation of this name.
    Collection(String),
    /// A key follows something that is not a collection.
    Key,
    /// No segment can follow the one before it.
    End,
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Why::Container => f.write_str("the entity container has no such member"),
            Why::Type(name) => write!(f, "`{name}` has no such property or operation"),
            Why::Cast(name) => write!(f, "only the derived type `{name}` has it"),
            Why::Collection(name) => write!(f, "a collection of `{name}` has no such operation"),
            Why::Key => f.write_str("a key behind what is no collection"),
            Why::End => f.write_str("nothing can stand behind what is before it"),
        }
    }
}

/// The end of a path that the service has.
#[derive(Clone, Debug, Default)]
pub(super) struct Reached<'s> {
    /// The types of the value; several if overloads return different ones.
    pub(super) values: Vec<Value>,
    /// The actions and functions that the last segment can mean; empty if it is a property, a key
    /// or a member of the container.
    pub(super) operations: Vec<&'s DeclaredOperation>,
}

impl Value {
    /// The type as it is declared.
    pub(super) fn as_expr(&self) -> Option<TypeExpr> {
        Some(TypeExpr { item: self.item.clone()?, collection: self.collection })
    }
}

impl<'s> Metadata<'s> {
    /// Returns true if there is an entity container.
    pub(super) fn has_container(&self) -> bool {
        !self.container.is_empty()
    }

    /// Follows a path to its end. A name after a collection that is no operation can be the key of
    /// an item (`mailFolders/inbox`; OData URL Conventions 4.01, 4.3.6), but not at the end of a
    /// path to which something is posted.
    pub(super) fn reach(&self, path: &[Segment], method: HttpMethod) -> Result<Reached<'s>, Unknown> {
        let mut end = Reached::default();
        for (position, segment) in path.iter().enumerate() {
            let is_key = matches!(segment, Segment::Literal(_))
                && (method != HttpMethod::Post || position + 1 < path.len())
                && end.values.iter().any(|value| value.collection);
            let operations = self.called(&end.values, segment);
            end = match self.next(position, &end.values, segment) {
                Ok(values) => Reached { values, operations },
                Err(Why::Collection(_)) if is_key => {
                    let values = end.values.into_iter().map(|value| Value { collection: false, ..value }).collect();
                    Reached { values, operations }
                }
                // The placeholder stands for the name of a property, and which one is not known.
                Err(Why::Key) => return Ok(Reached::default()),
                Err(why) => return Err(Unknown { position, why }),
            };
        }
        Ok(end)
    }

    /// The actions and functions that a segment after some values can mean, if it means no
    /// property.
    fn called(&self, from: &[Value], segment: &Segment) -> Vec<&'s DeclaredOperation> {
        let (name, arguments) = match segment {
            Segment::Literal(name) => (name, None),
            Segment::Call { name, arguments } => {
                (name, Some(arguments.iter().map(|argument| argument.name.as_str()).collect::<Vec<_>>()))
            }
            _ => return Vec::new(),
        };
        let is_property = |value: &Value| {
            let ty = value.item.as_ref().and_then(named).filter(|_| !value.collection);
            let chain = ty.map(|ty| self.ancestry(&ty)).unwrap_or_default();
            chain.iter().flat_map(|(_, ty)| &ty.properties).any(|known| known.is_called(name))
        };
        if from.iter().any(is_property) {
            return Vec::new();
        }
        from.iter().flat_map(|value| self.bound(value, name, arguments.as_deref()).collect::<Vec<_>>()).collect()
    }

    /// The types of a segment at its position in a path: the first is a member of the container.
    fn next(&self, position: usize, from: &[Value], segment: &Segment) -> Result<Vec<Value>, Why> {
        match position {
            0 => self.contained(segment).ok_or(Why::Container),
            _ => self.step(from, segment),
        }
    }

    fn contained(&self, segment: &Segment) -> Option<Vec<Value>> {
        let (name, is_key) = match segment {
            Segment::Literal(name) => (name, false),
            Segment::Call { name, .. } | Segment::NamedKey { collection: name, .. } => (name, true),
            _ => return None,
        };
        let known = self.container.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.map(|(_, value)| vec![Value { collection: value.collection && !is_key, ..value.clone() }])
    }

    /// The types of a segment; several if overloads return different ones.
    fn step(&self, from: &[Value], segment: &Segment) -> Result<Vec<Value>, Why> {
        let mut found = Vec::new();
        let mut why = Why::End;
        for value in from {
            match self.step_from(value, segment) {
                Ok(values) => found.extend(values),
                Err(reason) => why = reason,
            }
        }
        if found.is_empty() { Err(why) } else { Ok(found) }
    }

    fn step_from(&self, from: &Value, segment: &Segment) -> Result<Vec<Value>, Why> {
        let one = |item: TypeItem, collection: bool| Ok(vec![Value { item: Some(item), collection }]);
        let Some(item) = &from.item else { return Err(Why::End) };
        match segment {
            Segment::Literal(name) if name.starts_with('$') => Ok(vec![Value { item: None, collection: false }]),
            Segment::Literal(name) => self.named(from, item, name, None),
            Segment::Call { name, arguments } => {
                let names: Vec<&str> = arguments.iter().map(|argument| argument.name.as_str()).collect();
                let found = self.named(from, item, name, Some(&names))?;
                // Parentheses after the name of a collection contain a key.
                let has_key = !arguments.is_empty();
                let key = |value: Value| Value { collection: value.collection && !has_key, ..value };
                Ok(if self.bound(from, name, Some(&names)).next().is_some() {
                    found
                } else {
                    found.into_iter().map(key).collect()
                })
            }
            Segment::NamedKey { collection, .. } => {
                let found = self.named(from, item, collection, None)?;
                Ok(found.into_iter().map(|value| Value { collection: false, ..value }).collect())
            }
            Segment::Key(_) | Segment::Mixed(_) if from.collection => one(item.clone(), false),
            Segment::Key(_) | Segment::Mixed(_) => Err(Why::Key),
            Segment::ByPath { anchor, .. } => match anchor.strip_prefix('{') {
                Some(_) if from.collection => one(item.clone(), false),
                Some(_) => Err(Why::Key),
                None if anchor.is_empty() => one(item.clone(), false),
                None => self.named(from, item, anchor, None),
            },
        }
    }

    fn named(&self, from: &Value, item: &TypeItem, name: &str, arguments: Option<&[&str]>) -> Result<Vec<Value>, Why> {
        let Some(ty) = &named(item) else { return Err(Why::End) };
        let mut found: Vec<Value> = self.bound(from, name, arguments).map(returned).collect();
        let cast = QualifiedName::parse(name).filter(|cast| self.derives(cast, ty) || self.derives(ty, cast));
        if let Some(cast) = cast {
            found.push(Value { item: Some(type_item(&cast)), collection: from.collection });
        }
        if !from.collection {
            let properties = self.ancestry(ty).into_iter().flat_map(|(_, ty)| &ty.properties);
            let declared = properties.filter(|property| property.is_called(name));
            let types = declared.filter_map(|known| known.table_type.as_ref()).map(|ty| &ty.value);
            found.extend(types.map(|ty| Value { item: Some(ty.item.clone()), collection: ty.collection }));
        }
        if !found.is_empty() {
            return Ok(found);
        }
        if from.collection {
            return Err(Why::Collection(ty.to_string()));
        }
        let derived = self.types.iter().find(|(derived, found)| {
            self.derives(derived, ty) && found.properties.iter().any(|known| known.is_called(name))
        });
        Err(derived.map_or_else(|| Why::Type(ty.to_string()), |(derived, _)| Why::Cast(derived.to_string())))
    }

    /// The operations of a name that are bound to a value. If arguments are given, they have to
    /// match.
    fn bound<'m>(
        &'m self,
        from: &'m Value,
        name: &str,
        arguments: Option<&[&str]>,
    ) -> impl Iterator<Item = &'s DeclaredOperation> + use<'m, 's> {
        let simple = simple_name(name).to_owned();
        let wanted: Vec<String> = arguments.unwrap_or_default().iter().map(|name| name.to_ascii_lowercase()).collect();
        let called = self.operations.iter().filter(move |known| known.name.value.name.eq_ignore_ascii_case(&simple));
        called.filter(move |operation| {
            let fits = operation.binding.as_ref().is_some_and(|binding| {
                let bound = &binding.ty.value;
                bound.collection == from.collection
                    && match (named(&bound.item), from.item.as_ref().and_then(named)) {
                        (Some(base), Some(ty)) => self.derives(&ty, &base),
                        (Some(_), None) | (None, Some(_)) => false,
                        (None, None) => Some(&bound.item) == from.item.as_ref(),
                    }
            });
            let takes =
                |name: &String| name.is_empty() || operation.parameters.iter().any(|known| known.is_called(name));
            fits && wanted.iter().all(takes)
        })
    }

    pub(super) fn derives(&self, ty: &QualifiedName, base: &QualifiedName) -> bool {
        ty == base || self.ancestry(ty).into_iter().any(|(up, _)| up == base)
    }
}
