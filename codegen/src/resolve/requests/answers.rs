//! What each page's requests return, settled once a page, and whose methods tables lead to it.

use std::collections::HashMap;

use super::trie::Line;
use crate::diagnostics::Diagnostics;
use crate::model::{Model, Response, TypeId};
use crate::parallel;
use crate::resolve::index::Index;
use crate::resolve::methods::{operation_of, response};
use crate::schema::{MethodRow, Operation, Schema};
use crate::source::FileId;

/// The answers of all pages, in the order of the schema's operations.
pub(super) struct Answers<'a> {
    index: &'a Index<'a>,
    model: &'a Model,
    namespaces: HashMap<FileId, &'a str>,
    owners: HashMap<FileId, Vec<TypeId>>,
    pages: Vec<response::Answer>,
    /// Where each page's answer stands in `pages`.
    positions: HashMap<FileId, usize>,
}

impl<'a> Answers<'a> {
    pub(super) fn new(schema: &'a Schema, index: &'a Index<'a>, model: &'a Model) -> Self {
        let operations: HashMap<FileId, &Operation> =
            schema.operations.iter().map(|operation| (operation.file, operation)).collect();
        let namespaces =
            schema.pages.iter().filter_map(|page| Some((page.file, page.namespace.as_ref()?.value.as_str()))).collect();
        let mut rows: HashMap<FileId, &MethodRow> = HashMap::new();
        let mut owners: HashMap<FileId, Vec<TypeId>> = HashMap::new();
        for id in index.ids() {
            for row in &index.entry(id).merged.methods {
                if let Ok(operation) = operation_of(row, index, &operations) {
                    let known = rows.entry(operation.file).or_insert(row);
                    if known.returns.is_none() {
                        *known = row;
                    }
                    let owners = owners.entry(operation.file).or_default();
                    if owners.last() != Some(&id) {
                        owners.push(id);
                    }
                }
            }
        }
        let positions = schema.operations.iter().enumerate().map(|(position, operation)| (operation.file, position));
        let mut answers =
            Answers { index, model, namespaces, owners, pages: Vec::new(), positions: positions.collect() };
        let indices: Vec<usize> = (0..schema.operations.len()).collect();
        answers.pages = parallel::map(&indices, |page| {
            let operation = &schema.operations[*page];
            let row = rows.get(&operation.file).copied();
            answers.resolver(operation).settle(row, operation, &mut Diagnostics::default())
        });
        answers
    }

    /// What the types on a page mean.
    pub(super) fn resolver<'s>(&'s self, operation: &Operation) -> response::Resolver<'s, 'a> {
        let namespace = self.namespaces.get(&operation.file).copied().unwrap_or(&self.index.root_namespace);
        response::Resolver { index: self.index, model: self.model, shared_owner: None, namespace }
    }

    /// What a request line's answer is.
    pub(super) fn of(&self, line: Line, operations: &[Operation]) -> Response {
        let operation = &operations[line.operation];
        self.pages[line.operation].of_template(line.request(operations), &operation.requests)
    }

    /// What a page's requests return, by and large.
    pub(super) fn page(&self, operation: &Operation) -> Option<&Response> {
        Some(self.pages.get(*self.positions.get(&operation.file)?)?.response())
    }

    /// The types whose methods tables lead to a page.
    pub(super) fn owners(&self, page: FileId) -> &[TypeId] {
        self.owners.get(&page).map_or(&[], Vec::as_slice)
    }
}
