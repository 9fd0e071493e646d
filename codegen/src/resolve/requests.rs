//! The request builders: every request line of every API page → one tree.
//!
//! | step | question |
//! | --- | --- |
//! | `trie` | which paths are there, whatever their placeholders are called? |
//! | `answers` | what does each page's request return? |
//! | `places` | what does each path lead to? |
//! | `roles` | is it a place, or an operation on the place before it? |
//! | `classes` | which places are the same builder? |
//! | `operations` | which lines are the same operation? |
//! | `builders` | what are they called, and how do they lead to each other? |

pub(super) mod answers;
mod arguments;
mod bodies;
mod builder_names;
mod builders;
mod classes;
mod doubts;
mod headers;
mod key_types;
mod keys;
mod naming;
mod operations;
mod outcomes;
mod places;
mod prune;
mod queries;
pub(super) mod response;
mod roles;
mod rows;
mod spelling;
mod titles;
mod trie;
pub(super) mod vocabulary;

use std::collections::BTreeMap;

pub(super) use self::answers::Answers;
use self::bodies::Bodies;
use self::builders::Builders;
use self::classes::Classes;
use self::places::Places;
pub(super) use self::prune::{drop_unused, prune};
use self::trie::Trie;
use self::vocabulary::Vocabulary;
use super::container::Expansion;
use crate::diagnostics::Diagnostics;
use crate::model::requests::RequestTree;
use crate::model::{Model, QualifiedName, ValueType};
use crate::schema::Schema;
use crate::source::{SourceMap, Span};

/// Makes the tree of all requests.
pub(super) fn settle(
    schema: &Schema,
    offered: &Expansion,
    answers: &Answers<'_>,
    model: &Model,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> RequestTree {
    let vocabulary = Vocabulary::new(model);
    let is_set = |name: &str| vocabulary.is_set(name) || offered.composite.contains(name);
    let trie = Trie::new(&schema.operations, is_set, model.service.has_keys_in_parentheses());
    let apart = offered.apart.iter().filter_map(|path| trie.find(path)).collect();
    let places = Places::new(&trie, &vocabulary, &schema.operations, answers);
    let classes = Classes::new(&places, &apart);
    let bodies = Bodies { answers, vocabulary: &vocabulary, sources };
    let mut tree = Builders { model, places: &places, classes: &classes, bodies: &bodies }.build(diagnostics);
    drop_unused(&mut tree);
    tree
}

/// The types that requests name and no page describes.
pub(super) fn undocumented(tree: &RequestTree) -> BTreeMap<QualifiedName, Span> {
    let mut found = BTreeMap::new();
    let mut note = |item: &ValueType, span: Span| {
        if let ValueType::Undocumented(name) = item {
            found.entry(name.clone()).or_insert(span);
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
