//! Generates the module `requests` from the request tree: a struct for each builder, with a
//! function for each step to a longer path and for each request.
//!
//! These functions are the larger part of a service's code, so each has as few items as possible
//! and only calls the runtime, which implements it. They are inlined, so that a crate compiles only
//! those that it calls, and none of them can fail.

mod builder;
#[cfg(feature = "package")]
pub(super) mod example;
#[cfg(not(feature = "package"))]
#[path = "requests/without_examples.rs"]
pub(super) mod example;
mod operation;
mod place;
pub(crate) mod root;
pub(crate) mod signature;
mod value;
#[cfg(feature = "package")]
mod ways;

use quote::quote;

use self::builder::Builder;
use self::example::Examples;
use self::signature::Types;
use super::code::ident;
use super::doc::{self, Doc};
use super::features::Features;
use super::print::Tokens;
use super::structs::{self, StructField, Structure};
use super::types::Scope;
use super::{constants, wire};
use crate::model::{Model, StructuredType, TypeId, requests};
use crate::ordered::Map;

/// The greatest number of paths that the documentation of a builder or an operation lists.
const PATHS: usize = 6;

/// The content of one private module of `requests`.
#[derive(Hash)]
pub(super) struct File {
    /// The name for the root of the generated code.
    root: String,
    builders: Vec<Builder>,
    /// The parameters of actions.
    parameters: Vec<Structure>,
}

/// The builders that belong to one type or entity set, and the parameters of their actions.
#[derive(Default)]
pub(super) struct Owned<'a> {
    pub(super) name: &'a str,
    /// Each with its position in the tree; the first of the tree is the root.
    builders: Vec<(usize, &'a requests::Builder)>,
    parameters: Vec<&'a StructuredType>,
}

impl Owned<'_> {
    /// The names of its types.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        let builders = self.builders.iter().map(|(_, builder)| &builder.rust_name);
        builders.chain(self.parameters.iter().map(|ty| &ty.rust.name))
    }
}

/// What the private modules of `requests` consist of, sorted by name.
pub(super) fn files(model: &Model) -> Vec<Owned<'_>> {
    let mut files: Map<&str, Owned<'_>> = Map::default();
    for (position, builder) in model.requests.builders.iter().enumerate() {
        files.get_or_default(&builder.file).builders.push((position, builder));
    }
    for parameters in &model.requests.parameters {
        files.get_or_default(&parameters.rust.file).parameters.push(parameters);
    }
    files.into_entries().into_iter().map(|(name, file)| Owned { name, ..file }).collect()
}

/// The content of one private module.
pub(super) fn file(model: &Model, features: &Features, examples: Option<&Examples<'_>>, owned: &Owned<'_>) -> File {
    let root = model.service.variable();
    let types = format!("{root}::");
    let scope = Scope::outside(model, &types);
    let links = Scope::outside(model, "super::super::");
    let context =
        Context { types: Types { scope: &scope, requests: "super::" }, links: &links, model, features, examples };
    let builders = owned.builders.iter().map(|(position, builder)| Builder::of(&context, *position, builder));
    let parameters = owned.parameters.iter().map(|ty| {
        let members: Vec<StructField<'_>> =
            ty.properties.iter().map(|property| StructField { property, from: None }).collect();
        Structure::with(&scope, &links, parameters_doc(model, ty), ty, &members)
    });
    File { root: root.to_owned(), builders: builders.collect(), parameters: parameters.collect() }
}

/// The builders and the structs of parameters.
pub(super) fn emit(file: &File, out: &mut Tokens) {
    let File { root, builders, parameters } = file;
    let names_types = builders.iter().any(Builder::names_types) || parameters.iter().any(|ty| ty.names_types);
    let root = ident(root);
    let root = names_types.then(|| {
        quote!(
            use super::super as #root;
        )
    });
    let runtime = match parameters.iter().all(|ty| ty.fields.is_empty()) {
        true => quote!(edmark_runtime as rt),
        false => quote!(edmark_runtime::{self as rt, Value as _}),
    };
    out.append(quote! {
        use #runtime;
        #root
    });
    builders.iter().for_each(|builder| builder.write(out));
    for ty in parameters {
        structs::emit(ty, out);
        constants::emit_of_parameters(ty, out);
        wire::emit(ty, out);
    }
}

/// The context in which all functions of a builder are written.
struct Context<'a> {
    types: Types<'a>,
    /// For paths in comments. An import that only comments use would be reported as unused.
    links: &'a Scope<'a>,
    model: &'a Model,
    features: &'a Features,
    /// For the operations' documentation; none where it is not that of a crate.
    examples: Option<&'a Examples<'a>>,
}

impl Context<'_> {
    /// A link to a type, for a comment.
    fn link(&self, id: TypeId) -> String {
        format!("[`{}`]({})", self.model.structured(id).rust.name, self.links.owner(id))
    }
}

fn parameters_doc(model: &Model, ty: &StructuredType) -> Doc {
    let mut doc = Doc::default();
    let action = model.pages.get(&ty.page).map_or_else(|| "an action".to_owned(), doc::page);
    doc.text(&format!("Parameters of {action}."));
    doc
}
