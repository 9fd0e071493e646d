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

use self::signature::Types;
use super::doc::{self, Doc};
use super::layout::Unit;
use super::structs::{self, Member};
use super::text::Text;
use super::types::Scope;
use super::wire;
use crate::model::requests::Builder;
use crate::model::{Model, StructuredType, TypeId};
use crate::source::SourceMap;

/// What stands in one private module.
#[derive(Default)]
pub(super) struct File<'a> {
    name: &'a str,
    /// With the position in the tree; the first is the root.
    builders: Vec<(usize, &'a Builder)>,
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
pub(super) fn unit(model: &Model, sources: &SourceMap, file: &File<'_>) -> Unit {
    let scope = Scope::outside(model, "graph::");
    let links = Scope::outside(model, "super::super::");
    let context = Context { types: Types { scope: &scope, requests: "super::" }, links: &links, model, sources };
    let mut body = Text::default();
    for (position, builder) in &file.builders {
        body.push("\n");
        builder::emit(&mut body, &context, builder, *position == 0);
    }
    let mut has_members = false;
    for ty in &file.parameters {
        body.push("\n");
        let members: Vec<Member<'_>> = ty.properties.iter().map(|property| Member { property, from: None }).collect();
        has_members |= !members.is_empty();
        structs::declaration(&mut body, &scope, &parameters_doc(sources, ty), &ty.rust.name, &members);
        wire::emit(&mut body, &scope, ty, &members);
    }
    let (body, described_on) = body.into_parts();
    let mut out = Text::default();
    out.line(
        0,
        if has_members { "use edmark_runtime::{self as rt, Value as _};" } else { "use edmark_runtime as rt;" },
    );
    if body.lines().any(|line| line.contains("graph::") && !line.trim_start().starts_with("//")) {
        out.push("\nuse super::super as graph;\n");
    }
    out.push(&body);
    let exports = file.builders.iter().map(|(_, builder)| builder.rust_name.clone());
    Unit {
        module: vec![model.requests.module.clone()],
        file: file.name.to_owned(),
        exports: exports.chain(file.parameters.iter().map(|ty| ty.rust.name.clone())).collect(),
        text: out.into_string(),
        described_on,
    }
}

/// What all functions of a builder are written with.
struct Context<'a> {
    types: Types<'a>,
    /// Paths in comments: an import that only comments use is one that nothing uses.
    links: &'a Scope<'a>,
    model: &'a Model,
    sources: &'a SourceMap,
}

impl Context<'_> {
    /// A link to a type, for a comment.
    fn link(&self, id: TypeId) -> String {
        format!("[`{}`]({})", self.model.structured(id).rust.name, self.links.owner(id))
    }
}

fn parameters_doc(sources: &SourceMap, ty: &StructuredType) -> Doc {
    let mut doc = Doc::default();
    if let Some(text) = &ty.description {
        doc.description(text);
    }
    doc.text("Parameters of an action.");
    doc.text(&doc::page(&sources.file(ty.page).path));
    doc
}
