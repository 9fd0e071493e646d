//! A structured type → its struct.

use super::doc::{self, Doc};
use super::text::Text;
use super::types::Scope;
use crate::model::{
    Deprecation, Description, Facts, NON_EXHAUSTIVE, Property, PropertyType, StructuredType, TypeId, TypeKind,
};
use crate::source::At;
use crate::vocabulary::Fact;

/// A property as one type has it.
pub(crate) struct Member<'a> {
    pub(crate) property: &'a Property,
    /// The base that declares it.
    pub(crate) from: Option<TypeId>,
}

/// All properties of a type, its bases' first.
pub(crate) fn members<'a>(scope: &Scope<'a>, id: TypeId) -> Vec<Member<'a>> {
    let declares = |ty: &TypeId, property: &Property| {
        let own = scope.model.structured(*ty).properties.as_ptr_range();
        own.contains(&std::ptr::from_ref(property))
    };
    scope
        .model
        .all_properties(id)
        .into_iter()
        .map(|property| Member {
            property,
            from: scope.model.ancestry(id).find(|ty| declares(ty, property)).filter(|ty| *ty != id),
        })
        .collect()
}

/// The struct.
pub(crate) fn emit(out: &mut Text, scope: &Scope<'_>, ty: &StructuredType, members: &[Member<'_>]) {
    declaration(out, scope, scope, &type_doc(scope, ty), &ty.rust.name, members);
}

/// A struct of properties. Comments name types as `links` does.
pub(crate) fn declaration(
    out: &mut Text,
    scope: &Scope<'_>,
    links: &Scope<'_>,
    doc: &Doc,
    name: &str,
    members: &[Member<'_>],
) {
    doc.write(out, 0, "///");
    out.line(0, "#[derive(Clone, Default, PartialEq)]");
    out.line(0, &format!("pub struct {name} {{"));
    for member in members {
        property_doc(links, member).write(out, 1, "///");
        out.field(1, &member.property.rust_field, &scope.field(&member.property.ty));
    }
    out.line(1, "/// What the service sent beyond the documented properties, control information included.");
    out.line(1, "pub additional: rt::Additional,");
    // With a field that nobody names, a literal has to end in `..Default::default()` and a pattern in `..`, so that a new property of the
    // service breaks neither. `#[non_exhaustive]` would forbid literals altogether.
    out.line(1, "#[doc(hidden)]");
    out.line(1, &format!("pub {NON_EXHAUSTIVE}: (),"));
    out.line(0, "}");
}

/// The dialect's `Json`: a name for any JSON.
pub(crate) fn emit_alias(out: &mut Text, scope: &Scope<'_>, ty: &StructuredType) {
    let mut doc = Doc::default();
    if let Some(text) = &ty.description {
        doc.description(text, scope);
    }
    doc.text(&format!("Any JSON, where the service says {}.", doc::code(&ty.name.to_string())));
    doc.pages(scope.model.pages.get(&ty.page).into_iter());
    doc.write(out, 0, "///");
    out.line(0, &format!("pub type {} = edmark_runtime::Json;", ty.rust.name));
}

fn type_doc(scope: &Scope<'_>, ty: &StructuredType) -> Doc {
    let mut doc = Doc::default();
    if let Some(text) = &ty.description {
        doc.description(text, scope);
    }
    let mut line = String::new();
    if ty.is_abstract {
        line.push_str("Abstract ");
    }
    if ty.is_open {
        line.push_str(if line.is_empty() { "Open " } else { "open " });
    }
    line.push_str(match (ty.kind, line.is_empty()) {
        (TypeKind::Entity, true) => "Entity type ",
        (TypeKind::Complex, true) => "Complex type ",
        (TypeKind::Entity, false) => "entity type ",
        (TypeKind::Complex, false) => "complex type ",
    });
    line.push_str(&doc::code(&ty.name.to_string()));
    if ty.has_stream {
        line.push_str(", a media stream");
    }
    line.push('.');
    if let Some(base) = ty.base
        && !ty.description.as_ref().zip(ty.base_span).is_some_and(|(text, said)| text.covers(said))
    {
        line.push_str(&format!(" Derived from {}.", type_link(scope, base)));
    }
    doc.text(&line);
    if let Some(deprecation) = &ty.deprecation {
        deprecated(&mut doc, deprecation, ty.description.as_ref());
    }
    doc.pages(scope.model.pages.get(&ty.page).into_iter());
    doc
}

fn type_link(scope: &Scope<'_>, id: TypeId) -> String {
    let rust = &scope.model.structured(id).rust;
    format!("[`{}`]({})", rust.name, scope.path(rust, &rust.name))
}

fn property_doc(scope: &Scope<'_>, member: &Member<'_>) -> Doc {
    let property = member.property;
    let mut doc = Doc::default();
    let described = property.description.as_ref().is_some_and(|text| doc.description(text, scope));
    if !described {
        doc.text(&format!("{}: {}.", doc::code(&property.name), type_name(scope, &property.ty)));
    }
    let description = property.description.as_ref();
    let mut facts = fact_sentences(&property.facts.beyond(description));
    if let Some(base) = member.from {
        let name = &scope.model.structured(base).name.name;
        let is_told = property.facts.inherited_from.as_ref().is_some_and(|said| {
            let said_name = said.name.rsplit('.').next().unwrap_or_default();
            said_name.eq_ignore_ascii_case(name) && description.is_some_and(|text| text.covers(said.span))
        });
        if !is_told {
            facts.push(format!("Inherited from {}.", type_link(scope, base)));
        }
    }
    if !facts.is_empty() {
        doc.text(&facts.join(" "));
    }
    if let Some(deprecation) = &property.facts.deprecation {
        deprecated(&mut doc, deprecation, description);
    }
    doc
}

/// Nothing where the description says it.
fn deprecated(doc: &mut Doc, deprecation: &At<Deprecation>, description: Option<&Description>) {
    if description.is_some_and(|description| description.covers(deprecation.span)) {
        return;
    }
    let text = doc::plain(&deprecation.value.text);
    // The word alone is what a mark beside a name says.
    let more = if text == "Deprecated." { String::new() } else { format!(" {text}") };
    doc.text(&format!("**Deprecated.**{more}"));
}

/// The type in the words of the pages: `a collection of microsoft.graph.user`.
fn type_name(scope: &Scope<'_>, ty: &PropertyType) -> String {
    let item = doc::code(&scope.model.type_name(&ty.item));
    if ty.collection { format!("a collection of {item}") } else { item }
}

/// What the page says about a property, one sentence a fact.
pub(crate) fn fact_sentences(facts: &Facts) -> Vec<String> {
    Fact::ALL.iter().filter_map(|fact| fact.sentence(facts, doc::code)).collect()
}
