//! A builder → its struct, and the functions that lead on from it.

use super::super::doc::{self, Doc};
use super::super::text::{SHORT, Text, WIDTH, width};
use super::super::wire::INLINE;
use super::place::{Parameters, Place};
use super::{Context, operation, root};
use crate::model::requests::{Builder, Step};

/// How many paths a comment names.
const PATHS: usize = 6;

pub(super) fn emit(out: &mut Text, context: &Context<'_>, builder: &Builder, is_root: bool) {
    let name = &builder.rust_name;
    if is_root { root::doc() } else { builder_doc(context, builder) }.write(out, 0, "///");
    out.line(0, "#[derive(Clone, Debug)]");
    out.line(0, &format!("pub struct {name}(pub(super) rt::At);"));
    let leads_nowhere = !is_root && builder.steps.is_empty() && builder.operations.is_empty();
    if builder.ty.is_some() && !builder.collection || leads_nowhere {
        place(out, name);
    }
    if leads_nowhere {
        return;
    }
    out.push("\n");
    out.line(0, &format!("impl {name} {{"));
    let mut first = true;
    let mut separate = |out: &mut Text| {
        if !std::mem::take(&mut first) {
            out.push("\n");
        }
    };
    if is_root {
        separate(out);
        root::constructors(out, context);
    }
    for step in &builder.steps {
        separate(out);
        function(out, context, step);
    }
    for operation in &builder.operations {
        separate(out);
        operation::emit(out, context, operation);
    }
    out.line(0, "}");
}

/// What a reference to an entity is made of.
fn place(out: &mut Text, name: &str) {
    out.push("\n");
    out.impl_header("", "AsRef<rt::At>", name);
    out.line(1, INLINE);
    out.line(1, "fn as_ref(&self) -> &rt::At {");
    out.line(2, "&self.0");
    out.line(1, "}");
    out.line(0, "}");
}

fn function(out: &mut Text, context: &Context<'_>, step: &Step) {
    step_doc(step).write(out, 1, "///");
    let mut parameters = Parameters::new(&step.parameters, &step.lists);
    let place = if step.is_key {
        Place::key_of(&step.segment, &mut parameters)
    } else {
        Place::of(std::slice::from_ref(&step.segment), &mut parameters)
    };
    let (signature, answer) = context.types.step(step);
    for lint in allowed(&step.rust_name, signature.len()) {
        out.line(1, &format!("#[allow(clippy::{lint})]"));
    }
    out.line(1, INLINE);
    let chain = place.chain();
    let value = format!("{answer}({chain})");
    let write = |out: &mut Text| {
        out.signature(1, &step.rust_name, &signature, &answer);
        place.write_lists(out);
        out.line(2, &value);
        out.line(1, "}");
    };
    if place.irregular || width(&chain) > SHORT || 8 + width(&value) > WIDTH {
        out.line(1, "#[rustfmt::skip]");
        write(out);
    } else {
        out.item(1, write);
    }
}

/// What clippy would say against a function because of its name or its length; `parameters` are those after `self`.
pub(super) fn allowed(name: &str, parameters: usize) -> Vec<&'static str> {
    /// The parameters that clippy allows a function, after `self`.
    const MANY: usize = 6;
    let mut lints = Vec::new();
    if name == "cmp" && parameters == 1 {
        lints.push("should_implement_trait");
    }
    if name == "new" {
        lints.push("new_ret_no_self");
    }
    if name == "from" || name.starts_with("from_") || name.starts_with("into_") {
        lints.push("wrong_self_convention");
    }
    if parameters > MANY {
        lints.push("too_many_arguments");
    }
    lints
}

fn builder_doc(context: &Context<'_>, builder: &Builder) -> Doc {
    let mut doc = Doc::default();
    let what = match (builder.ty, builder.collection) {
        (Some(id), false) => format!("Requests of a {}.", context.link(id)),
        (Some(id), true) => format!("Requests of a collection of {}.", context.link(id)),
        (None, false) => "Requests of a place in the service.".to_owned(),
        (None, true) => "Requests of a collection.".to_owned(),
    };
    doc.text(&what);
    let mut paths: Vec<String> = builder.paths.iter().take(PATHS).map(|path| doc::code(path)).collect();
    if let Some(more) = builder.paths.len().checked_sub(PATHS).filter(|more| *more > 0) {
        paths.push(format!("and {more} more"));
    }
    doc.text(&paths.join(", "));
    doc
}

fn step_doc(step: &Step) -> Doc {
    let mut doc = Doc::default();
    doc.text(&doc::code(&format!("/{}", step.segment)));
    operation::parameter_doc(&mut doc, &step.parameters);
    doc
}
