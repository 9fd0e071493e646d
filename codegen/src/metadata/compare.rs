//! Compares the model with the [`Metadata`]. Each problem is at the place of the page that
//! contradicts the metadata, and has the correction for `edmark.toml` as its help.
//!
//! Pages may be incomplete: properties that a page lacks are one note for each type, and a missing
//! type is only reported if a page refers to it. A contradiction is a warning.

use crate::hashing::HashMap;
use std::collections::BTreeSet;

use super::Metadata;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{self, Model, TypeId, TypeKind};
use crate::schema::{DeclaredEnum, DeclaredProperty, DeclaredType, HasName, PropertySource, QualifiedName, TypeItem};
use crate::source::{At, Span};

/// The maximum number of names in a message.
const LISTED: usize = 12;

/// The maximum number of corrections in a help text.
const OFFERED: usize = 3;

/// Reports contradictions between the pages and the service's metadata.
pub fn compare(model: &Model, metadata: &Metadata<'_>, diagnostics: &mut Diagnostics) {
    let mut comparison = Comparison {
        model,
        metadata,
        types: metadata.types.keys().map(|name| (name.folded(), name)).collect(),
        enums: metadata.enums.keys().map(|name| (name.folded(), name)).collect(),
        described: model.types.iter().map(|ty| ty.name.folded()).collect(),
        diagnostics,
    };
    for (id, _) in model.structured_types() {
        comparison.ty(id);
    }
    for ty in &model.enums {
        comparison.enumeration(ty);
    }
    for ty in &model.undocumented {
        comparison.undocumented(&ty.value, ty.span);
    }
}

struct Comparison<'m> {
    model: &'m Model,
    metadata: &'m Metadata<'m>,
    /// The service's type names by their lower-case forms, because case does not matter on pages.
    types: HashMap<String, &'m QualifiedName>,
    enums: HashMap<String, &'m QualifiedName>,
    /// The types that the pages describe, in lower case.
    described: BTreeSet<String>,
    diagnostics: &'m mut Diagnostics,
}

impl<'m> Comparison<'m> {
    fn ty(&mut self, id: TypeId) {
        let page = self.model.structured(id);
        let Some(name) = self.types.get(&page.name.folded()).copied() else {
            self.lacks_type(&page.name, page.span, self.enums.contains_key(&page.name.folded()), "an enum type");
            return;
        };
        let chain = self.metadata.ancestry(name);
        let Some((_, service)) = chain.first().copied() else { return };
        if page.kind != stated_kind(service) {
            let (said, wanted) = (kind(page.kind), kind(stated_kind(service)));
            self.report(
                Code::ServiceKindDiffers,
                page.span,
                format!("`{}` is described as {said}; the service has {wanted}", page.name.name),
                format!("{}.kind = \"{}\"", type_key(&page.name), kind_value(stated_kind(service))),
            );
        }
        self.base(page, &chain);
        self.key(id, &chain);
        for property in &page.properties {
            self.property(page, property, &chain);
        }
        self.missing_properties(id, &chain);
    }

    /// Compares the nearest base types that pages describe, because pages need not describe each
    /// base type.
    fn base(&mut self, page: &model::StructuredType, chain: &[(&QualifiedName, &DeclaredType)]) {
        let said = page.base.map(|base| &self.model.structured(base).name);
        let wanted = chain.iter().skip(1).map(|(name, _)| *name).find(|name| self.described.contains(&name.folded()));
        if said.map(QualifiedName::folded) == wanted.map(QualifiedName::folded) {
            return;
        }
        let (text, value) = match (said, wanted) {
            (Some(said), Some(wanted)) => {
                (format!("derives from `{said}` by the pages, from `{wanted}` in the service"), format!("\"{wanted}\""))
            }
            (None, Some(wanted)) => {
                (format!("derives from `{wanted}` in the service; no page says so"), format!("\"{wanted}\""))
            }
            (Some(said), None) => {
                (format!("derives from `{said}` by the pages, which it does not in the service"), "false".to_owned())
            }
            (None, None) => return,
        };
        self.report(
            Code::ServiceBaseDiffers,
            page.span,
            format!("`{}` {text}", page.name.name),
            format!("{}.base = {value}", type_key(&page.name)),
        );
    }

    /// Compares the keys that the type or its ancestors have.
    fn key(&mut self, id: TypeId, chain: &[(&QualifiedName, &DeclaredType)]) {
        let mut ancestors = self.model.ancestry(id).map(|up| self.model.structured(up));
        let Some(page) = ancestors.find(|ty| !ty.key.is_empty()) else { return };
        let Some((_, service)) = chain.iter().find(|(_, ty)| !ty.key.is_empty()) else { return };
        let wanted: Vec<&str> = service.key.iter().map(|name| name.value.as_str()).collect();
        let is_same = page.key.len() == wanted.len()
            && page.key.iter().all(|name| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(name)));
        // The key of a base is reported at the base.
        if is_same || page.name != self.model.structured(id).name {
            return;
        }
        let said = list(page.key.iter().map(String::as_str));
        let message = format!(
            "the key of `{}` is {said} by the page, {} in the service",
            page.name.name,
            list(wanted.iter().copied())
        );
        self.push(Diagnostic::new(Code::ServiceKeyDiffers, page.span, message).help("correct `keyProperty`"));
    }

    fn property(
        &mut self,
        page: &model::StructuredType,
        property: &model::Property,
        chain: &[(&QualifiedName, &DeclaredType)],
    ) {
        let key = property_key(&page.name, &property.name);
        let is_named = |known: &&DeclaredProperty| known.is_called(&property.name);
        let Some(service) = chain.iter().find_map(|(_, ty)| ty.properties.iter().find(is_named)) else {
            // Instance annotations (`@odata.etag`) and the dynamic properties of an open type are
            // not declared by any type.
            if !property.name.contains('@') && !chain.iter().any(|(_, ty)| holds(ty.is_open.as_ref())) {
                self.report(
                    Code::ServiceLacksProperty,
                    property.span,
                    format!("the service has no property `{}` of `{}`", property.name, page.name.name),
                    format!("{key}.exclude = true"),
                );
            }
            return;
        };
        if service.name.value != property.name {
            let right = property_key(&page.name, &service.name.value);
            self.report_with(
                Code::ServiceLacksProperty,
                property.span,
                format!("the service spells `{}` as `{}`", property.name, service.name.value),
                &[
                    format!("{key}.exclude = true"),
                    format!("{right} = {{ add = true, type = \"{}\" }}", type_expr(service)),
                ],
            );
        }
        let said = self.model.property_type_name(&property.ty);
        let wanted = type_expr(service);
        if !said.eq_ignore_ascii_case(&wanted) {
            self.report(
                Code::ServiceTypeDiffers,
                property.span,
                format!("`{}` is `{said}` by the page, `{}` in the service", property.name, wanted),
                format!("{key}.type = \"{wanted}\""),
            );
        } else if property.is_navigation != is_navigation(service) {
            let words = |is_navigation| if is_navigation { "a navigation property" } else { "a structural property" };
            self.push(
                Diagnostic::new(
                    Code::ServiceNavigationDiffers,
                    property.span,
                    format!(
                        "`{}` is {} by the pages, {} in the service",
                        property.name,
                        words(property.is_navigation),
                        words(is_navigation(service))
                    ),
                )
                .help("describe it in the other table; or its type's kind is wrong"),
            );
        }
    }

    /// Reports the properties that a type's page lacks as one note. Inherited ones are reported for
    /// the page of the base type.
    fn missing_properties(&mut self, id: TypeId, chain: &[(&QualifiedName, &DeclaredType)]) {
        let page = self.model.structured(id);
        let known: BTreeSet<String> =
            self.model.all_properties(id).iter().map(|property| property.name.to_ascii_lowercase()).collect();
        let not_described = chain.iter().skip(1).take_while(|(name, _)| !self.described.contains(&name.folded()));
        let own = chain.iter().take(1).chain(not_described).flat_map(|(_, ty)| &ty.properties);
        let missing: Vec<&DeclaredProperty> =
            own.filter(|property| !known.contains(&property.name.value.to_ascii_lowercase())).collect();
        if missing.is_empty() {
            return;
        }
        let names = list(missing.iter().map(|property| property.name.value.as_str()));
        let correction = |property: &&DeclaredProperty| {
            format!(
                "{} = {{ add = true, type = \"{}\" }}",
                property_key(&page.name, &property.name.value),
                type_expr(property)
            )
        };
        self.report_with(
            Code::ServiceHasProperty,
            page.span,
            format!("the service has of `{}` what no page describes: {names}", page.name.name),
            &missing.iter().take(OFFERED).map(correction).collect::<Vec<_>>(),
        );
    }

    fn enumeration(&mut self, page: &model::EnumType) {
        let Some(service) = self.enums.get(&page.name.folded()).and_then(|name| self.metadata.enums.get(*name)) else {
            self.lacks_type(&page.name, page.span, self.types.contains_key(&page.name.folded()), "a structured type");
            return;
        };
        if page.is_flags != holds(service.is_flags.as_ref()) {
            let words = |is_flags| if is_flags { "flags" } else { "no flags" };
            self.report(
                Code::ServiceKindDiffers,
                page.span,
                format!(
                    "`{}` has {} by the pages, {} in the service",
                    page.name.name,
                    words(page.is_flags),
                    words(holds(service.is_flags.as_ref()))
                ),
                format!("{}.flags = {}", enum_key(&page.name), holds(service.is_flags.as_ref())),
            );
        }
        self.members(page, service);
    }

    /// Reports members that the service lacks, and then those that the page lacks.
    fn members(&mut self, page: &model::EnumType, service: &DeclaredEnum) {
        let key = enum_key(&page.name);
        let unknown: Vec<&model::Member> = page
            .members
            .iter()
            .filter(|member| !service.members.iter().any(|known| known.name.value == member.name))
            .collect();
        if unknown.len() > LISTED {
            // It is a different enum. Reporting each member would hide all other problems.
            self.report(
                Code::ServiceLacksMember,
                page.span,
                format!(
                    "the service has {} of the {} members of `{}`",
                    page.members.len() - unknown.len(),
                    page.members.len(),
                    page.name.name
                ),
                format!("{key}.members = {}", array(&member_names(service))),
            );
            return;
        }
        for member in unknown {
            let near = member_names(service).into_iter().find(|known| known.eq_ignore_ascii_case(&member.name));
            let hint = near.map_or(String::new(), |near| format!("; it is spelled `{near}`"));
            let mut corrections = vec![format!("{key}.remove = [\"{}\"]", member.name)];
            corrections.extend(near.map(|near| format!("{key}.add = [\"{near}\"]")));
            self.report_with(
                Code::ServiceLacksMember,
                member.span,
                format!("the service has no member `{}` of `{}`{hint}", member.name, page.name.name),
                &corrections,
            );
        }
        let missing: Vec<&str> = member_names(service)
            .into_iter()
            .filter(|name| !page.members.iter().any(|member| member.is_called(name)))
            .collect();
        if !missing.is_empty() {
            self.report(
                Code::ServiceHasMember,
                page.span,
                format!(
                    "the service has of `{}` what no page lists: {}",
                    page.name.name,
                    list(missing.iter().copied())
                ),
                format!("{key}.add = {}", array(&missing)),
            );
        }
    }

    /// Reports a type that pages refer to but none describes.
    fn undocumented(&mut self, name: &QualifiedName, span: Span) {
        if let Some(service) = self.enums.get(&name.folded()).and_then(|name| self.metadata.enums.get(*name)) {
            let members = member_names(service);
            self.report(
                Code::ServiceHasType,
                span,
                format!("`{name}` is an enum type of the service that no page describes"),
                format!("{}.members = {}", enum_key(name), array(&members)),
            );
        } else if let Some(service) = self.types.get(&name.folded()).and_then(|name| self.metadata.types.get(*name)) {
            let message = format!("`{name}` is {} of the service that no page describes", kind(stated_kind(service)));
            self.push(Diagnostic::new(Code::ServiceHasType, span, message).help("add a page that describes it"));
        }
    }

    fn lacks_type(&mut self, name: &QualifiedName, span: Span, is_other: bool, other: &str) {
        if is_other {
            let message = format!("`{}` is {other} in the service", name.name);
            self.push(Diagnostic::new(Code::ServiceKindDiffers, span, message).help("describe it as what it is"));
        } else {
            self.push(
                Diagnostic::new(Code::ServiceLacksType, span, format!("the service has no type `{name}`")).help(
                    "correct the name or the namespace; the metadata may also be of another version than the pages",
                ),
            );
        }
    }

    fn report(&mut self, code: Code, span: Span, message: String, correction: String) {
        self.report_with(code, span, message, &[correction]);
    }

    fn report_with(&mut self, code: Code, span: Span, message: String, corrections: &[String]) {
        let help = format!("correct the page; until then, in edmark.toml: `{}`", corrections.join("`, `"));
        self.push(Diagnostic::new(code, span, message).help(help));
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

fn kind(kind: TypeKind) -> &'static str {
    match kind {
        TypeKind::Entity => "an entity type",
        TypeKind::Complex => "a complex type",
    }
}

fn kind_value(kind: TypeKind) -> &'static str {
    match kind {
        TypeKind::Entity => "entity",
        TypeKind::Complex => "complex",
    }
}

fn stated_kind(ty: &DeclaredType) -> TypeKind {
    ty.stated_kind.as_ref().map_or(TypeKind::Complex, |kind| kind.value)
}

fn holds(stated: Option<&At<bool>>) -> bool {
    stated.is_some_and(|stated| stated.value)
}

fn is_navigation(property: &DeclaredProperty) -> bool {
    property.source == PropertySource::DeclaredNavigation
}

fn member_names(ty: &DeclaredEnum) -> Vec<&str> {
    ty.members.iter().map(|member| member.name.value.as_str()).collect()
}

/// The type of a property in the notation of CSDL.
fn type_expr(property: &DeclaredProperty) -> String {
    let Some(ty) = &property.table_type else { return "Edm.Untyped".to_owned() };
    let item = match &ty.value.item {
        TypeItem::Primitive(primitive) => primitive.edm_name(),
        TypeItem::Named(name) => &name.name,
        TypeItem::OneOf(_) | TypeItem::Unclear(_) => "Edm.Untyped",
    };
    if ty.value.collection { format!("Collection({item})") } else { item.to_owned() }
}

fn type_key(name: &QualifiedName) -> String {
    format!("types.\"{name}\"")
}

fn enum_key(name: &QualifiedName) -> String {
    format!("enums.\"{name}\"")
}

/// The key of a property in `edmark.toml`; it is quoted if TOML requires that.
fn property_key(ty: &QualifiedName, property: &str) -> String {
    let is_bare = property.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let properties = if property == "properties" { "properties." } else { "" };
    let quote = if is_bare { "" } else { "\"" };
    format!("{}.{properties}{quote}{property}{quote}", type_key(ty))
}

/// The first names in backticks, followed by the number of the others.
fn list<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let more = names.len().saturating_sub(LISTED);
    let shown: Vec<String> = names.take(LISTED).map(|name| format!("`{name}`")).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    shown.join(", ") + &more
}

fn array(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!("[{}]", quoted.join(", "))
}
