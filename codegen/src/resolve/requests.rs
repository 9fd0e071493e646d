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

mod answers;
mod arguments;
mod base_url;
mod bodies;
mod builders;
mod classes;
mod doubts;
mod headers;
mod naming;
mod operations;
mod outcomes;
mod places;
mod prune;
mod queries;
mod roles;
mod spelling;
mod trie;
mod vocabulary;

use std::collections::BTreeMap;

use self::answers::Answers;
use self::bodies::Bodies;
use self::builders::Builders;
use self::classes::Classes;
use self::places::Places;
pub(super) use self::prune::{drop_unused, prune};
use self::trie::Trie;
use self::vocabulary::Vocabulary;
use super::index::Index;
use crate::diagnostics::Diagnostics;
use crate::model::requests::{Answer, Body, RequestTree};
use crate::model::{Model, QualifiedName, ValueType};
use crate::schema::Schema;
use crate::source::{SourceMap, Span};

/// Makes the tree of all requests, and notes the types that only requests name.
pub(super) fn settle(
    schema: &Schema,
    index: &Index<'_>,
    model: &mut Model,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let tree = {
        let model = &*model;
        let vocabulary = Vocabulary::new(model);
        let trie = Trie::new(&schema.operations, |name| vocabulary.is_set(name));
        let answers = Answers::new(schema, index, model);
        let places = Places::new(&trie, &vocabulary, &schema.operations, &answers);
        let classes = Classes::new(&places);
        let bodies = Bodies { answers: &answers, vocabulary: &vocabulary, sources };
        Builders { model, places: &places, classes: &classes, bodies: &bodies }.build(diagnostics)
    };
    for (name, span) in undocumented(&tree) {
        model.undocumented.entry(name).or_insert(span);
    }
    model.requests = RequestTree { base_url: base_url::of(schema), ..tree };
}

/// The types that requests name and no page describes.
fn undocumented(tree: &RequestTree) -> BTreeMap<QualifiedName, Span> {
    let mut found = BTreeMap::new();
    let mut note = |item: &ValueType, span: Span| {
        if let ValueType::Undocumented(name) = item {
            found.entry(name.clone()).or_insert(span);
        }
    };
    for operation in tree.builders.iter().flat_map(|builder| &builder.operations) {
        if let Body::Value(item) = &operation.body {
            note(item, operation.span);
        }
        match &operation.answer {
            Answer::One(item)
            | Answer::Optional(item)
            | Answer::Single(item)
            | Answer::Many(item)
            | Answer::Delta(item) => {
                note(item, operation.span);
            }
            Answer::Nothing | Answer::Bytes | Answer::Text | Answer::Count | Answer::Accepted => {}
        }
    }
    for property in tree.parameters.iter().flat_map(|ty| &ty.properties) {
        note(&property.ty.item, property.span);
    }
    found
}
