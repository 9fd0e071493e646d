//! A structured type → its struct.

use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::Attributes;
use super::doc::{self, Doc};
use super::types::{Prelude, Scope};
use super::{code, constants};
use crate::model::{
    Deprecation, Description, Facts, NON_EXHAUSTIVE, Property, PropertyType, StructuredType, TypeId, TypeKind,
};
use crate::schema::Returned;
use crate::source::SourceMap;

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

/// What a struct and its impls are made of.
#[derive(Hash)]
pub(crate) struct Structure {
    /// The struct: `User`.
    pub(crate) name: String,
    /// The type's name in the service: `microsoft.graph.user`.
    pub(crate) qualified: String,
    pub(crate) doc: Doc,
    pub(crate) attributes: Attributes,
    pub(crate) fields: Vec<Field>,
    pub(crate) prelude: Prelude,
}

/// What a field, and the constant of its property, are made of.
#[derive(Hash)]
pub(crate) struct Field {
    /// The field: `display_name`.
    pub(crate) name: String,
    /// Its type: `Option<String>`.
    pub(crate) ty: String,
    pub(crate) doc: Doc,
    pub(crate) attributes: Attributes,
    /// The property's name in the service: `displayName`.
    pub(crate) property: String,
    /// The constant: `DISPLAY_NAME`.
    pub(crate) constant: String,
    /// The types behind the owner's in the constant's type.
    pub(crate) parameters: Vec<String>,
    pub(crate) constant_doc: Doc,
}

impl Structure {
    /// A type of the service.
    pub(crate) fn of(scope: &Scope<'_>, sources: &SourceMap, id: TypeId, ty: &StructuredType) -> Self {
        Self::with(scope, type_doc(scope, sources, ty), ty, &members(scope, id))
    }

    /// A struct of these properties.
    pub(crate) fn with(scope: &Scope<'_>, doc: Doc, ty: &StructuredType, members: &[Member<'_>]) -> Self {
        Structure {
            name: ty.rust.name.clone(),
            qualified: ty.name.to_string(),
            doc,
            attributes: Attributes::default(),
            fields: members.iter().map(|member| Field::of(scope, member)).collect(),
            prelude: scope.prelude(),
        }
    }

    /// All documentation.
    pub(crate) fn docs(&self) -> impl Iterator<Item = &Doc> {
        std::iter::once(&self.doc).chain(self.fields.iter().map(|field| &field.doc))
    }
}

impl Field {
    fn of(scope: &Scope<'_>, member: &Member<'_>) -> Self {
        let property = member.property;
        let mut constant_doc = Doc::default();
        constant_doc.text(&doc::code(&property.name));
        Field {
            name: property.rust_field.clone(),
            ty: scope.field(&property.ty),
            doc: property_doc(scope, member),
            attributes: Attributes::default(),
            property: property.name.clone(),
            constant: property.rust_const.clone(),
            parameters: constants::parameters(scope, property),
            constant_doc,
        }
    }
}

/// The struct.
pub(super) fn emit(ty: &Structure) -> TokenStream {
    let doc = &ty.doc;
    let attributes = ty.attributes.with_derives(&quote!(Clone, Default, PartialEq));
    let name = code::ident(&ty.name);
    let fields = ty.fields.iter().map(|field| {
        let Field { doc, .. } = field;
        let attributes = field.attributes.tokens();
        let name = code::ident(&field.name);
        let ty = code::tokens(&field.ty);
        quote! {
            #doc
            #attributes
            pub #name: #ty,
        }
    });
    // With a field that nobody names, a literal has to end in `..Default::default()` and a pattern in `..`, so that a new property of the
    // service breaks neither. `#[non_exhaustive]` would forbid literals altogether.
    let non_exhaustive = code::ident(NON_EXHAUSTIVE);
    quote! {
        #doc
        #attributes
        pub struct #name {
            #(#fields)*
            /// What the service sent beyond the documented properties, control information included.
            pub additional: rt::Additional,
            #[doc(hidden)]
            pub #non_exhaustive: (),
        }
    }
}

/// What a name for any JSON is made of.
#[derive(Hash)]
pub(crate) struct Alias {
    name: String,
    doc: Doc,
}

impl Alias {
    /// The dialect's `Json`.
    pub(crate) fn of(sources: &SourceMap, ty: &StructuredType) -> Self {
        let mut doc = Doc::default();
        if let Some(text) = &ty.description {
            doc.description(text);
        }
        doc.text(&format!("Any JSON, where the service says {}.", doc::code(&ty.name.to_string())));
        doc.text(&doc::page(&sources.file(ty.page).path));
        Alias { name: ty.rust.name.clone(), doc }
    }

    /// Its documentation.
    pub(crate) fn doc(&self) -> &Doc {
        &self.doc
    }
}

/// The name for any JSON.
pub(super) fn emit_alias(alias: &Alias) -> TokenStream {
    let Alias { name, doc } = alias;
    let name = code::ident(name);
    quote! {
        #doc
        pub type #name = edmark_runtime::Json;
    }
}

fn type_doc(scope: &Scope<'_>, sources: &SourceMap, ty: &StructuredType) -> Doc {
    let mut doc = Doc::default();
    if let Some(text) = &ty.description {
        doc.description(text);
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
    if let Some(base) = ty.base {
        line.push_str(&format!(" Derived from {}.", type_link(scope, base)));
    }
    doc.text(&line);
    if let Some(deprecation) = &ty.deprecation {
        deprecated(&mut doc, deprecation, ty.description.as_ref());
    }
    doc.text(&doc::page(&sources.file(ty.page).path));
    doc
}

fn type_link(scope: &Scope<'_>, id: TypeId) -> String {
    let rust = &scope.model.structured(id).rust;
    format!("[`{}`]({})", rust.name, scope.path(rust, &rust.name))
}

fn property_doc(scope: &Scope<'_>, member: &Member<'_>) -> Doc {
    let property = member.property;
    let mut doc = Doc::default();
    let described = property.description.as_ref().is_some_and(|text| doc.description(text));
    if !described {
        doc.text(&format!("{}: {}.", doc::code(&property.name), type_name(scope, &property.ty)));
    }
    let mut facts = fact_sentences(&property.facts);
    if let Some(base) = member.from {
        facts.push(format!("Inherited from {}.", type_link(scope, base)));
    }
    if !facts.is_empty() {
        doc.text(&facts.join(" "));
    }
    if let Some(deprecation) = &property.facts.deprecation {
        deprecated(&mut doc, &deprecation.value, property.description.as_ref());
    }
    doc
}

/// In short where the description tells it at length.
fn deprecated(doc: &mut Doc, deprecation: &Deprecation, description: Option<&Description>) {
    let mut text = "**Deprecated.**".to_owned();
    if let Some(since) = &deprecation.since {
        text.push_str(&format!(" Since {since}."));
    }
    if let Some(instead) = &deprecation.instead {
        text.push_str(&format!(" Use {} instead.", doc::code(instead)));
    }
    let is_told = description.is_some_and(|description| description.contains(deprecation.text.as_str()));
    if !is_told || deprecation.since.is_none() && deprecation.instead.is_none() {
        text.push(' ');
        text.push_str(&deprecation.text);
    }
    doc.markdown(&text);
}

/// The type in the words of the pages: `a collection of microsoft.graph.user`.
fn type_name(scope: &Scope<'_>, ty: &PropertyType) -> String {
    let item = doc::code(&scope.model.type_name(&ty.item));
    if ty.collection { format!("a collection of {item}") } else { item }
}

/// What the page says about a property, one sentence a fact.
pub(crate) fn fact_sentences(facts: &Facts) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut say = |known: bool, text: &str| {
        if known {
            all.push(text.to_owned());
        }
    };
    say(facts.key.is_some(), "Key.");
    say(facts.read_only.is_some(), "Read-only.");
    say(facts.nullable.as_ref().is_some_and(|fact| !fact.value), "Not nullable.");
    say(facts.required.is_some(), "Required on create.");
    let returned = facts.returned.as_ref().map(|fact| fact.value);
    say(returned == Some(Returned::OnSelect), "Returned only on `$select`.");
    if let Some(default) = &facts.default {
        all.push(format!("Default: {}.", doc::code(&default.value)));
    }
    if let Some(length) = &facts.max_length {
        all.push(format!("At most {} characters.", length.value));
    }
    if let Some(filter) = facts.filter.as_ref().map(|fact| &fact.value).filter(|filter| filter.supported) {
        let operators: Vec<String> = filter.operators.iter().map(|name| doc::code(name)).collect();
        all.push(if operators.is_empty() {
            "`$filter`.".to_owned()
        } else {
            format!("`$filter`: {}.", operators.join(", "))
        });
    }
    for (fact, option) in
        [(&facts.order_by, "`$orderby`."), (&facts.search, "`$search`."), (&facts.expand, "`$expand`.")]
    {
        if fact.as_ref().is_some_and(|fact| fact.value) {
            all.push(option.to_owned());
        }
    }
    all
}
