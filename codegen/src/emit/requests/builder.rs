//! Generates the struct of a request builder and its functions.

use quote::quote;

use super::super::code;
use super::super::doc::{self, Doc};
use super::super::print::Tokens;
use super::super::template::Template;
use super::operation::{self, RequestFunction};
use super::place::{Parameters, PathCalls};
use super::signature::Signature;
use super::{Context, PATHS, root};
use crate::model::TypeId;
use crate::model::requests::{self, SystemOptions};

/// The struct of a builder with its functions.
#[derive(Hash)]
pub(super) struct Builder {
    doc: Doc,
    name: String,
    /// It leads to one entity, which can be referred to.
    is_entity: bool,
    /// The types of the entity that it reads and of its properties, if one of its paths may lead to
    /// no entity.
    nullable: Option<(String, String)>,
    /// The type whose properties have requests of their own, and true if they can be changed.
    properties: Option<(String, bool)>,
    /// The constructors; only the root builder has them.
    root: Option<root::Root>,
    steps: Vec<Step>,
    operations: Vec<RequestFunction>,
}

/// The function that returns the builder of a path that is one step longer.
#[derive(Hash)]
struct Step {
    doc: Doc,
    /// The feature of the crate that it is compiled with, where it is that of a root.
    feature: Option<String>,
    signature: Signature,
    /// The type of the builder.
    target: String,
    /// True if the path may lead to no entity.
    is_nullable: bool,
    place: PathCalls,
}

impl Builder {
    /// The builder at a position of the tree; the first is the root.
    pub(super) fn of(context: &Context<'_>, position: usize, builder: &requests::Builder) -> Self {
        let is_root = position == 0;
        let owner = builder.ty.filter(|_| !builder.collection);
        let operations = builder.operations.iter();
        Builder {
            doc: if is_root { root_doc() } else { builder_doc(context, builder) },
            name: builder.rust_name.clone(),
            is_entity: builder.ty.is_some() && !builder.collection,
            nullable: reading(context, builder),
            properties: properties(context, builder),
            root: is_root.then(|| root::Root::of(&context.model.service)),
            steps: builder.steps.iter().map(|step| Step::of(context, owner, step)).collect(),
            operations: operations.map(|operation| RequestFunction::of(context, position, operation)).collect(),
        }
    }

    /// Returns true if a function names types of the service.
    pub(super) fn names_types(&self) -> bool {
        let steps = self.steps.iter().map(|step| &step.signature);
        let mut all = steps.chain(self.operations.iter().map(|operation| &operation.signature));
        all.any(|signature| signature.names_types)
    }
}

impl Step {
    fn of(context: &Context<'_>, owner: Option<TypeId>, step: &requests::Step) -> Self {
        let mut parameters = Parameters::new(&step.parameters, &step.lists);
        let place = PathCalls::of(std::slice::from_ref(&step.segment), &mut parameters);
        Step {
            doc: step_doc(context, step),
            feature: context.features.of_step(step).map(str::to_owned),
            signature: context.types.step(owner, step),
            target: context.types.builder(step),
            is_nullable: context.types.is_nullable(step),
            place,
        }
    }
}

impl Builder {
    /// Writes the struct with its functions.
    pub(super) fn write(&self, out: &mut Tokens) {
        static BUILDER: Template = Template::new(|| {
            quote! {
                $doc
                #[derive(Clone, Debug)]
                pub struct $name(pub(super) rt::At);

                impl AsRef<rt::At> for $name {
                    #[inline]
                    fn as_ref(&self) -> &rt::At {
                        &self.0
                    }
                }
            }
        });
        static ONE_ENTITY: Template = Template::new(|| quote!(impl rt::OneEntity for $name {}));
        static PROPERTIES: Template = Template::new(|| {
            quote! {
                impl rt::Properties for $name {
                    type Of = $owner;
                    type Access = rt::$access;
                }
            }
        });
        static FUNCTIONS: Template = Template::new(|| quote!(impl $name { $functions }));
        BUILDER.write(out, &[("doc", &|out| self.doc.write(out)), ("name", &|out| out.ident(&self.name))]);
        if self.is_entity {
            ONE_ENTITY.write(out, &[("name", &|out| out.ident(&self.name))]);
        }
        self.reads_one(out);
        if let Some((owner, writes)) = &self.properties {
            PROPERTIES.write(
                out,
                &[
                    ("name", &|out| out.ident(&self.name)),
                    ("owner", &|out| out.code(owner)),
                    ("access", &|out| out.ident(if *writes { "Writable" } else { "ReadOnly" })),
                ],
            );
        }
        if self.root.is_some() || !self.steps.is_empty() || !self.operations.is_empty() {
            FUNCTIONS.write(
                out,
                &[
                    ("name", &|out| out.ident(&self.name)),
                    ("functions", &|out| {
                        out.append(self.root.as_ref().map(root::constructors).unwrap_or_default());
                        self.steps.iter().for_each(|step| step.write(out));
                        self.operations.iter().for_each(|operation| operation.write(out));
                    }),
                ],
            );
        }
    }

    /// Writes how the entity is read, if one of the paths may lead to no entity.
    fn reads_one(&self, out: &mut Tokens) {
        static READS_ONE: Template = Template::new(|| {
            quote! {
                impl rt::ReadsOne for $name {
                    type Entity = $entity;
                    type Properties = $properties;
                    #[inline]
                    fn read(&self) -> rt::ReadRequest<$types> {
                        rt::Request::new(rt::Method::Get, self.0.clone(), rt::response::json)
                    }
                }
            }
        });
        let Some((entity, properties)) = &self.nullable else { return };
        READS_ONE.write(
            out,
            &[
                ("name", &|out| out.ident(&self.name)),
                ("entity", &|out| out.code(entity)),
                ("properties", &|out| out.code(properties)),
                ("types", &|out| match entity == properties {
                    true => out.code(entity),
                    false => out.code(&format!("{entity}, {properties}")),
                }),
            ],
        );
    }
}

impl Step {
    fn write(&self, out: &mut Tokens) {
        static BUILDER: Template = Template::new(|| quote!($lists $target($place)));
        static NULLABLE: Template = Template::new(|| quote!($lists rt::Nullable::new($target($place))));
        let Step { doc, feature, signature, place, .. } = self;
        let doc = |out: &mut Tokens| {
            doc.write(out);
            out.append(feature.as_deref().map(code::gate).unwrap_or_default());
        };
        let body = if self.is_nullable { &NULLABLE } else { &BUILDER };
        let body = |out: &mut Tokens| {
            body.write(
                out,
                &[
                    ("lists", &|out| out.append(place.bindings())),
                    ("target", &|out| out.code(&self.target)),
                    ("place", &|out| out.append(quote!(#place))),
                ],
            );
        };
        signature.write(out, doc, body);
    }
}

/// The types of the entity that a builder reads and of its properties, if one of its paths may lead
/// to no entity.
fn reading(context: &Context<'_>, builder: &requests::Builder) -> Option<(String, String)> {
    let read = builder.reading().filter(|_| builder.is_nullable)?;
    let (Some(item), SystemOptions::One(owner)) = (read.response.item(), read.options) else { return None };
    Some((context.types.scope.value(item), context.types.scope.owner(owner)))
}

/// The type whose properties have requests of their own. They are known where the metadata tells
/// which properties an entity has at a path.
fn properties(context: &Context<'_>, builder: &requests::Builder) -> Option<(String, bool)> {
    let owner = builder.owner_of_properties().filter(|_| !context.model.container.is_empty())?;
    Some((context.types.scope.owner(owner), builder.changes().next().is_some()))
}

fn root_doc() -> Doc {
    let mut doc = Doc::default();
    doc.text("The service: where every request begins.");
    doc
}

fn builder_doc(context: &Context<'_>, builder: &requests::Builder) -> Doc {
    let mut doc = Doc::default();
    let what = match (builder.ty, builder.collection) {
        (Some(id), false) => format!("Requests of a {}", context.link(id)),
        (Some(id), true) => format!("Requests of a collection of {}", context.link(id)),
        (None, false) => "Requests".to_owned(),
        (None, true) => "Requests of a collection".to_owned(),
    };
    let mut paths = builder.paths.iter().take(PATHS).map(|path| doc::code(path));
    // The first path tells builders apart that are of the same type.
    let first = paths.next().map_or(String::new(), |path| format!(" at {path}"));
    doc.text(&format!("{what}{first}."));
    let mut paths: Vec<String> = paths.collect();
    if let Some(more) = builder.paths.len().checked_sub(PATHS).filter(|more| *more > 0) {
        paths.push(format!("{more} more paths"));
    }
    if !paths.is_empty() {
        doc.text(&format!("And at {}.", paths.join(", ")));
    }
    doc
}

fn step_doc(context: &Context<'_>, step: &requests::Step) -> Doc {
    let mut doc = Doc::default();
    let path = doc::code(&step.path(context.model.service.has_keys_in_parentheses()));
    let target = context.model.requests.builder(step.target);
    doc.text(&match (target.ty, target.collection) {
        (Some(id), true) => format!("{path}: a collection of {}", context.link(id)),
        (Some(id), false) => format!("{path}: {}", context.link(id)),
        (None, _) => path,
    });
    operation::doc_not_at(&mut doc, &step.not_at);
    operation::parameter_doc(&mut doc, context.links, &step.parameters);
    doc
}
