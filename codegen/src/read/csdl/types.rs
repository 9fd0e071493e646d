//! Reads entity, complex and enum types (CSDL 4.01, 6 to 10).

use super::Reader;
use super::capabilities;
use super::element::Element;
use super::facts;
use super::names::invalid;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::{
    BaseClaim, BaseSource, Declaration, DeclaredEnum, DeclaredMember, DeclaredProperty, DeclaredType, EnumSource,
    Navigation, Primitive, PropertySource, QualifiedName, TypeExpr, TypeItem, TypeKind, TypeRef,
};
use crate::source::At;

impl Reader<'_> {
    pub(super) fn structured(&self, element: &Element, diagnostics: &mut Diagnostics) -> Option<DeclaredType> {
        let name = self.name(element, diagnostics)?;
        let target = name.value.to_string();
        let annotations = self.names.annotations(self.file, element, std::slice::from_ref(&target));
        // edmark's own export had to declare this type, although no page describes it.
        if annotations.holds("edmark.v1.Undocumented").is_some() {
            return None;
        }
        let base = element.attribute("BaseType").and_then(|base| {
            let found = self.names.qualified(self.file, &base.value);
            if found.is_none() {
                diagnostics.push(invalid(base.span, format!("the base type `{}` is no qualified name", base.value)));
            }
            Some(TypeRef { name: found?.to_string(), target: None, span: base.span })
        });
        let kind = if element.name == "EntityType" { TypeKind::Entity } else { TypeKind::Complex };
        let mut declaration =
            Declaration { alternate_keys: capabilities::alternate_keys(&annotations), ..Declaration::default() };
        let mut key = Vec::new();
        let parts = element.children_named("Key").flat_map(|key| key.children_named("PropertyRef"));
        for part in parts {
            let Some(path) = part.attribute("Name") else {
                diagnostics.push(invalid(part.span, "`PropertyRef` has no `Name`"));
                continue;
            };
            let alias = part.attribute("Alias").unwrap_or(path);
            if alias.value != path.value {
                declaration.key_aliases.push((alias.value.clone(), path.value.clone()));
            }
            key.push(alias.clone());
        }
        for empty in element.children_named("Key").filter(|key| key.children.is_empty()) {
            diagnostics.push(invalid(empty.span, format!("the key of `{}` has no `PropertyRef`", name.value)));
        }
        let properties = element.children.iter().filter_map(|child| match child.name.as_str() {
            "Property" | "NavigationProperty" => self.property(child, &target, diagnostics),
            "Key" | "Annotation" => None,
            _ => {
                self.unknown(child, diagnostics);
                None
            }
        });
        let properties = properties.collect();
        Some(DeclaredType {
            name,
            file: self.file,
            declaration: Some(Box::new(declaration)),
            description: facts::description(&annotations),
            key,
            bases: base.map(|base| BaseClaim { base, source: BaseSource::Metadata }).into_iter().collect(),
            derived: Vec::new(),
            is_abstract: element.flag("Abstract"),
            is_open: element.flag("OpenType"),
            has_stream: element.flag("HasStream"),
            stated_kind: Some(At::new(kind, element.span)),
            properties,
            methods: Vec::new(),
            deprecation: facts::deprecation(&annotations),
            block: None,
        })
    }

    fn property(&self, element: &Element, owner: &str, diagnostics: &mut Diagnostics) -> Option<DeclaredProperty> {
        let name = self.simple_name(element, diagnostics)?;
        let ty = self.type_of(element, diagnostics)?;
        let annotations = self.names.annotations(self.file, element, &[format!("{owner}/{}", name.value)]);
        let is_navigation = element.name == "NavigationProperty";
        // `Edm.EntityType` is untyped here; no other primitive type is an entity type (8.1).
        if let (true, TypeItem::Primitive(primitive)) = (is_navigation, &ty.value.item)
            && *primitive != Primitive::Untyped
        {
            let message = format!("the navigation property `{}` has no entity type", name.value);
            diagnostics.push(invalid(ty.span, message));
            return None;
        }
        let navigation = is_navigation.then(|| {
            Box::new(Navigation {
                contains_target: element.holds("ContainsTarget"),
                partner: element.attribute("Partner").map(|partner| partner.value.clone()),
                capabilities: capabilities::of(&annotations),
                is_read_only: facts::read_only(&annotations).is_some(),
            })
        });
        let description = facts::description(&annotations);
        Some(DeclaredProperty {
            name,
            source: if is_navigation { PropertySource::DeclaredNavigation } else { PropertySource::DeclaredStructural },
            table_type: Some(ty),
            json: None,
            description: facts::and_sentences(description, &annotations, element),
            facts: facts::facts(element, &annotations),
            values: None,
            navigation,
            missing_row: None,
        })
    }

    pub(super) fn enumeration(&self, element: &Element, diagnostics: &mut Diagnostics) -> Option<DeclaredEnum> {
        let name = self.name(element, diagnostics)?;
        let target = name.value.to_string();
        let annotations = self.names.annotations(self.file, element, std::slice::from_ref(&target));
        let mut members: Vec<DeclaredMember> = Vec::new();
        // Members without a number are numbered from 0 on, or from the member before (10.3).
        let mut next = 0_i64;
        for child in &element.children {
            if child.name == "Annotation" {
                continue;
            }
            if child.name != "Member" {
                self.unknown(child, diagnostics);
                continue;
            }
            let Some(name) = self.simple_name(child, diagnostics) else { continue };
            let annotations = self.names.annotations(self.file, child, &[format!("{target}/{}", name.value)]);
            let stated = child.attribute("Value");
            let number = stated.and_then(|value| value.value.trim().parse().ok());
            let value = number.unwrap_or(next);
            if let (Some(stated), None) = (stated, number) {
                let message = format!("the value `{}` is no integer of 64 bits", stated.value);
                diagnostics.push(
                    Diagnostic::new(Code::MetadataInvalid, stated.span, message).label(format!("read as {value}")),
                );
            }
            next = value.saturating_add(1);
            members.push(DeclaredMember {
                name,
                value: Some(value),
                description: facts::description(&annotations),
                deprecation: facts::deprecation(&annotations),
            });
        }
        Some(DeclaredEnum {
            is_flags: Some(At::new(element.holds("IsFlags"), name.span)),
            name,
            file: self.file,
            source: EnumSource::Metadata,
            description: facts::description(&annotations),
            members,
        })
    }

    /// The qualified name of a declaration.
    pub(super) fn name(&self, element: &Element, diagnostics: &mut Diagnostics) -> Option<At<QualifiedName>> {
        let name = self.simple_name(element, diagnostics)?;
        Some(name.map(|name| QualifiedName::new(self.namespace, name)))
    }

    /// The name of a declaration, without the namespace.
    pub(super) fn simple_name(&self, element: &Element, diagnostics: &mut Diagnostics) -> Option<At<String>> {
        let name = element.attribute("Name");
        if name.is_none() {
            diagnostics.push(invalid(element.span, format!("`{}` has no `Name`", element.name)));
        }
        name.cloned()
    }

    /// The type that an element states in its attribute `Type`.
    pub(super) fn type_of(&self, element: &Element, diagnostics: &mut Diagnostics) -> Option<At<TypeExpr>> {
        let Some(stated) = element.attribute("Type") else {
            diagnostics.push(invalid(element.span, format!("`{}` has no `Type`", element.name)));
            return None;
        };
        self.stated_type(stated, diagnostics)
    }

    /// The type that an attribute states.
    pub(super) fn stated_type(&self, stated: &At<String>, diagnostics: &mut Diagnostics) -> Option<At<TypeExpr>> {
        let found = self.names.type_expr(self.file, stated);
        if found.is_none() {
            let message = format!("`{}` is neither a primitive type nor a qualified name", stated.value);
            diagnostics.push(invalid(stated.span, message));
        }
        found
    }

    /// Reports an element that CSDL does not allow in its place.
    pub(super) fn unknown(&self, element: &Element, diagnostics: &mut Diagnostics) {
        diagnostics.push(invalid(element.span, format!("an element `{}` has no meaning here", element.name)));
    }
}
