//! The request tree → the module `requests`: a struct for each builder, with a function for each way on and for each request.
//!
//! What every function does is said by the runtime; here it is only named, in as few items as there can be: these functions are the larger part
//! of a service's code. They are inlined, so that a crate pays for those that it calls, and nothing in them can fail.

mod builder;
mod operation;
mod place;
mod root;
pub(crate) mod signature;

use std::collections::BTreeMap;

use quote::quote;

use self::builder::Builder;
use self::signature::Types;
use super::doc::{self, Doc};
use super::layout::Unit;
use super::structs::{self, Member};
use super::text::Text;
use super::types::Scope;
use super::{print, wire};
use crate::model::{Model, StructuredType, TypeId, requests};

/// What stands in one private module.
#[derive(Default)]
pub(super) struct File<'a> {
    name: &'a str,
    /// With the position in the tree; the first is the root.
    builders: Vec<(usize, &'a requests::Builder)>,
    parameters: Vec<&'a StructuredType>,
}

/// The private modules of `requests`, by name.
pub(super) fn files(model: &Model) -> Vec<File<'_>> {
    let mut files: BTreeMap<&str, File<'_>> = BTreeMap::new();
    for (position, builder) in model.requests.builders.iter().enumerate() {
        files.entry(&builder.file).or_default().builders.push((position, builder));
    }
    for parameters in &model.requests.parameters {
        files.entry(&parameters.rust.file).or_default().parameters.push(parameters);
    }
    files.into_iter().map(|(name, file)| File { name, ..file }).collect()
}

/// The text of one of them.
pub(super) fn unit(model: &Model, file: &File<'_>) -> Unit {
    let scope = Scope::outside(model, "graph::");
    let links = Scope::outside(model, "super::super::");
    let context = Context { types: Types { scope: &scope, requests: "super::" }, links: &links, model };
    let builders = file.builders.iter().map(|(position, builder)| Builder::of(&context, builder, *position == 0));
    let builders: Vec<Builder> = builders.collect();
    let mut parameters = Text::default();
    let mut has_members = false;
    for ty in &file.parameters {
        parameters.push("\n");
        let members: Vec<Member<'_>> = ty.properties.iter().map(|property| Member { property, from: None }).collect();
        has_members |= !members.is_empty();
        structs::declaration(&mut parameters, &scope, &links, &parameters_doc(model, ty), &ty.rust.name, &members);
        wire::emit(&mut parameters, &scope, ty, &members);
    }
    let (parameters, described_on) = parameters.into_parts();
    let names_types = builders.iter().any(Builder::names_types)
        || parameters.lines().any(|line| line.contains("graph::") && !line.trim_start().starts_with("//"));
    let graph = names_types.then(|| {
        quote!(
            use super::super as graph;
        )
    });
    let runtime = match has_members {
        true => quote!({self as rt, Value as _}),
        false => quote!(as rt),
    };
    let colons = has_members.then(|| quote!(::));
    let text = print::items(quote! {
        use edmark_runtime #colons #runtime;
        #graph
        #(#builders)*
    });
    let exports = file.builders.iter().map(|(_, builder)| builder.rust_name.clone());
    Unit {
        module: vec![model.requests.module.clone()],
        file: file.name.to_owned(),
        exports: exports.chain(file.parameters.iter().map(|ty| ty.rust.name.clone())).collect(),
        text: text + &parameters,
        described_on,
    }
}

/// What all functions of a builder are written with.
struct Context<'a> {
    types: Types<'a>,
    /// Paths in comments: an import that only comments use is one that nothing uses.
    links: &'a Scope<'a>,
    model: &'a Model,
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
