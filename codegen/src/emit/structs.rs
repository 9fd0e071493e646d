//! Generates the struct of a structured type.

use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::{self, Traits};
use super::code;
use super::deprecation::Deprecated;
use super::doc::{self, Doc};
use super::print::Tokens;
use super::template::Template;
use super::types::{Prelude, Scope};
use crate::model::{ADDITIONAL, Facts, NON_EXHAUSTIVE, Property, PropertyType, StructuredType, TypeId, TypeKind};
use crate::ordered;
use crate::schema::{Fact, simple_name};
use crate::user_code::Attributes;

/// A property together with the base type that it was inherited from.
pub(crate) struct StructField<'a> {
    pub(crate) property: &'a Property,
    /// The base type that declares it; `None` if the type itself does.
    pub(crate) from: Option<TypeId>,
}

/// All properties of a type, those of its base types first.
pub(crate) fn members<'a>(scope: &Scope<'a>, id: TypeId) -> Vec<StructField<'a>> {
    let declares = |ty: &TypeId, property: &Property| {
        let own = scope.model.structured(*ty).properties.as_ptr_range();
        own.contains(&std::ptr::from_ref(property))
    };
    scope
        .model
        .all_properties(id)
        .into_iter()
        .map(|property| StructField {
            property,
            from: scope.model.ancestry(id).find(|ty| declares(ty, property)).filter(|ty| *ty != id),
        })
        .collect()
}

/// The input of the templates of a struct and its impls.
#[derive(Hash)]
pub(crate) struct Structure {
    /// The struct: `User`.
    pub(crate) name: String,
    /// The type's name in the service: `microsoft.graph.user`.
    pub(crate) qualified: String,
    pub(crate) doc: Doc,
    pub(crate) deprecated: Deprecated,
    pub(crate) attributes: Attributes,
    /// Attributes of the field `additional`, which holds undocumented properties.
    pub(crate) additional: Attributes,
    pub(crate) fields: Vec<Field>,
    /// The structs of the base types, the nearest first.
    pub(crate) bases: Vec<String>,
    /// The names in the service of all types that derive from it, sorted.
    pub(crate) derived: Vec<String>,
    pub(crate) prelude: Prelude,
    /// True if a field names types that are generated.
    pub(crate) names_types: bool,
}

/// The input of the templates of a field and of its property's constant.
#[derive(Hash)]
pub(crate) struct Field {
    /// The field: `display_name`.
    pub(crate) name: String,
    /// Its type: `Option<String>`.
    pub(crate) ty: String,
    pub(crate) doc: Doc,
    /// Of the field, and of its constant.
    pub(crate) deprecated: Deprecated,
    pub(crate) attributes: Attributes,
    /// The property's name in the service: `displayName`.
    pub(crate) property: String,
    /// The constant: `DISPLAY_NAME`.
    pub(crate) constant: String,
    /// The type of the values: `String`.
    pub(crate) value: String,
    /// Only the service sets it.
    pub(crate) is_read_only: bool,
    pub(crate) constant_doc: Doc,
}

impl Structure {
    /// A type of the service.
    pub(crate) fn of(scope: &Scope<'_>, id: TypeId, ty: &StructuredType) -> Self {
        let bases = scope.model.ancestry(id).skip(1).map(|base| scope.owner(base)).collect();
        let mut derived: Vec<String> =
            scope.model.descendants(id).into_iter().map(|id| scope.model.structured(id).name.to_string()).collect();
        ordered::sort(&mut derived);
        Structure { bases, derived, ..Self::with(scope, scope, type_doc(scope, ty), ty, &members(scope, id)) }
    }

    /// Builds a struct of these properties. Links in its comments name types as `links` does.
    pub(crate) fn with(
        scope: &Scope<'_>,
        links: &Scope<'_>,
        doc: Doc,
        ty: &StructuredType,
        members: &[StructField<'_>],
    ) -> Self {
        Structure {
            name: ty.rust.name.clone(),
            qualified: ty.name.to_string(),
            doc,
            deprecated: Deprecated::of(ty.deprecation.as_ref()),
            attributes: ty.added.own.clone(),
            additional: ty.added.member(ADDITIONAL),
            fields: members.iter().map(|member| Field::of(scope, links, ty, member)).collect(),
            bases: Vec::new(),
            derived: Vec::new(),
            prelude: scope.prelude(),
            names_types: members.iter().any(|member| scope.is_generated(&member.property.ty.item)),
        }
    }
}

impl Field {
    fn of(scope: &Scope<'_>, links: &Scope<'_>, ty: &StructuredType, member: &StructField<'_>) -> Self {
        let property = member.property;
        let mut constant_doc = Doc::default();
        constant_doc.text(&doc::code(&property.name));
        Field {
            name: property.rust_field.clone(),
            ty: scope.field(&property.ty),
            doc: property_doc(links, member),
            deprecated: Deprecated::of(property.facts.deprecation.as_ref()),
            attributes: ty.added.member(&property.name),
            property: property.name.clone(),
            constant: property.rust_const.clone(),
            value: scope.property(&property.ty),
            is_read_only: property.facts.read_only.is_some(),
            constant_doc,
        }
    }
}

/// The template derives these; the other traits are implemented in `wire`.
const TRAITS: Traits =
    Traits { derived: &["Clone", "Default"], implemented: &["PartialEq", "Debug", "Serialize", "Deserialize"] };

/// The struct.
pub(super) fn emit(ty: &Structure, out: &mut Tokens) {
    // Because of a field that users do not name, a struct literal has to end in
    // `..Default::default()` and a pattern in `..`, so a new property of the service breaks
    // neither. `#[non_exhaustive]` would forbid struct literals in other crates altogether.
    static STRUCT: Template = Template::new(|| {
        let non_exhaustive = code::ident(NON_EXHAUSTIVE);
        quote! {
            $doc
            $deprecated
            $attributes
            pub struct $name {
                $fields
                /// Undocumented properties and control information that the service sent.
                $additional
                pub additional: rt::Additional,
                #[doc(hidden)]
                pub #non_exhaustive: (),
            }
        }
    });
    STRUCT.write(
        out,
        &[
            ("doc", &|out| ty.doc.write(out)),
            ("deprecated", &|out| ty.deprecated.write(out)),
            ("attributes", &|out| out.append(TRAITS.with(&ty.attributes))),
            ("name", &|out| out.ident(&ty.name)),
            ("fields", &|out| ty.fields.iter().for_each(|field| emit_field(field, out))),
            ("additional", &|out| out.append(attributes::others(&ty.additional))),
        ],
    );
}

fn emit_field(field: &Field, out: &mut Tokens) {
    static FIELD: Template = Template::new(|| {
        quote! {
            $doc
            $deprecated
            $attributes
            pub $name: $type,
        }
    });
    FIELD.write(
        out,
        &[
            ("doc", &|out| field.doc.write(out)),
            ("deprecated", &|out| field.deprecated.write(out)),
            ("attributes", &|out| out.append(attributes::others(&field.attributes))),
            ("name", &|out| out.ident(&field.name)),
            ("type", &|out| out.code(&field.ty)),
        ],
    );
}

/// The input of the template of an alias for any JSON value.
#[derive(Hash)]
pub(crate) struct Alias {
    name: String,
    doc: Doc,
}

impl Alias {
    /// The alias of the type `Json`, which pages use for any JSON value.
    pub(crate) fn of(scope: &Scope<'_>, ty: &StructuredType) -> Self {
        let mut doc = Doc::default();
        if let Some(text) = &ty.description {
            doc.description(text, scope);
        }
        doc.text(&format!("Any JSON, where the service says {}.", doc::code(&ty.name.to_string())));
        doc.pages(scope.model.pages.get(&ty.page).into_iter());
        Alias { name: ty.rust.name.clone(), doc }
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

fn type_doc(scope: &Scope<'_>, ty: &StructuredType) -> Doc {
    let mut doc = Doc::default();
    if let Some(text) = &ty.description {
        doc.description_of(ty.deprecation.as_ref(), text, scope);
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
    doc.pages(scope.model.pages.get(&ty.page).into_iter());
    doc
}

fn type_link(scope: &Scope<'_>, id: TypeId) -> String {
    let rust = &scope.model.structured(id).rust;
    format!("[`{}`]({})", rust.name, scope.path(rust, &rust.name))
}

fn property_doc(scope: &Scope<'_>, member: &StructField<'_>) -> Doc {
    let property = member.property;
    let mut doc = Doc::default();
    let deprecation = property.facts.deprecation.as_ref();
    let described = property.description.as_ref().is_some_and(|text| doc.description_of(deprecation, text, scope));
    if !described {
        doc.text(&format!("{}: {}.", doc::code(&property.name), type_name(scope, &property.ty)));
    }
    let description = property.description.as_ref();
    let mut facts = fact_sentences(&property.facts.beyond(description));
    if let Some(base) = member.from {
        let name = &scope.model.structured(base).name.name;
        let is_told = property.facts.inherited_from.as_ref().is_some_and(|said| {
            let said_name = simple_name(&said.name);
            said_name.eq_ignore_ascii_case(name) && description.is_some_and(|text| text.covers(said.span))
        });
        if !is_told {
            facts.push(format!("Inherited from {}.", type_link(scope, base)));
        }
    }
    if !facts.is_empty() {
        doc.text(&facts.join(" "));
    }
    doc
}

/// The type as the pages write it: `a collection of microsoft.graph.user`.
fn type_name(scope: &Scope<'_>, ty: &PropertyType) -> String {
    let item = doc::code(&scope.model.type_name(&ty.item));
    if ty.collection { format!("a collection of {item}") } else { item }
}

/// The facts that the page states about a property, one sentence each.
pub(crate) fn fact_sentences(facts: &Facts) -> Vec<String> {
    Fact::ALL.iter().filter_map(|fact| fact.sentence(facts, doc::code)).collect()
}
