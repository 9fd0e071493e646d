//! Builds the request tree from the request lines of all API pages.
//!
//! | step | question |
//! | --- | --- |
//! | `trie` | which paths do the pages describe, ignoring the names of placeholders? |
//! | `page_responses` | what is the response of each page's request? |
//! | `node_types` | which type does each path address? |
//! | `roles` | does a path get a builder, or is it an operation of the builder before it? |
//! | `classes` | which paths share a builder? |
//! | `operations` | which request lines are the same operation? |
//! | `builders` | what are the builders' names, and which steps connect them? |

mod arguments;
mod bodies;
mod builder_names;
mod builders;
mod classes;
mod doubts;
mod forbidden;
mod headers;
pub(super) mod key_types;
mod keys;
mod naming;
mod node_types;
mod operations;
mod outcomes;
mod overloads;
pub(super) mod page_responses;
mod plural;
mod prune;
mod queries;
pub(super) mod response;
mod roles;
mod rows;
mod spelling;
mod titles;
mod trie;
pub(super) mod vocabulary;

use self::bodies::Bodies;
use self::builders::Builders;
use self::classes::Classes;
use self::node_types::NodeTypes;
pub(super) use self::page_responses::PageResponses;
pub(super) use self::prune::{drop_unused, prune};
use self::trie::Trie;
use self::vocabulary::Vocabulary;
use super::expansion::Expansion;
use crate::diagnostics::Diagnostics;
use crate::model::requests::RequestTree;
use crate::model::{Model, QualifiedName, ValueType};
use crate::schema::DocumentedOperation;
use crate::source::{At, SourceMap, Span};

/// Builds the tree of all requests.
pub(super) fn settle(
    operations: &[&DocumentedOperation],
    offered: &Expansion<'_>,
    responses: &PageResponses<'_>,
    model: &Model,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> RequestTree {
    let vocabulary = Vocabulary::new(model);
    let trie = Trie::new(operations, |name| vocabulary.is_set(name), model.service.has_keys_in_parentheses());
    let places = NodeTypes::new(&trie, &vocabulary, operations, responses);
    let classes = Classes::new(&places);
    let bodies = Bodies { responses, vocabulary: &vocabulary, sources };
    let builders = Builders { model, places: &places, classes: &classes, bodies: &bodies };
    let mut tree = builders.build(&offered.forbidden, diagnostics);
    drop_unused(&mut tree);
    tree
}

/// The types that requests mention and that no page describes.
pub(super) fn undocumented(tree: &RequestTree) -> Vec<At<QualifiedName>> {
    let mut found = Vec::new();
    let mut note = |item: &ValueType, span: Span| {
        if let ValueType::Undocumented(name) = item {
            found.push(At::new(name.clone(), span));
        }
    };
    for operation in tree.builders.iter().flat_map(|builder| &builder.operations) {
        operation.values().for_each(|item| note(item, operation.span));
    }
    for property in tree.parameters.iter().flat_map(|ty| &ty.properties) {
        note(&property.ty.item, property.span);
    }
    found
}
