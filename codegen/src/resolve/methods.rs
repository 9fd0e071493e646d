//! Methods: each row of a methods table, with the API page that its link leads to → functions of the type.
//!
//! A page's templates become one function each; templates that differ only in placeholders' names or in the query are one. Of a page that
//! several types link to, each type takes the templates that name it, if any does: of `messages/{id}/attachments` and `events/{id}/attachments`
//! an event has the second. A row whose page is not there, or has no request, gets a diagnostic and no function.

pub(super) mod names;
pub(super) mod parameters;
pub(super) mod response;
mod templates;

use std::collections::{BTreeSet, HashMap, HashSet};

use super::index::Index;
use super::rust_names::unique;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Method, Model, QualifiedName, TypeId};
use crate::parallel;
use crate::schema::{MethodRow, Operation, Schema};
use crate::source::{FileId, Span};

/// Gives every type of the model its methods, and notes the types that only their answers name.
pub(super) fn settle(schema: &Schema, index: &Index<'_>, model: &mut Model, diagnostics: &mut Diagnostics) {
    let operations = schema.operations.iter().map(|operation| (operation.file, operation)).collect();
    let pages = Pages {
        index,
        model,
        shared: shared_pages(index, &operations),
        operations,
        namespaces: schema
            .pages
            .iter()
            .filter_map(|page| Some((page.file, page.namespace.as_ref()?.value.as_str())))
            .collect(),
    };
    let ids: Vec<TypeId> = index.ids().collect();
    let all = parallel::map(&ids, |id| pages.methods_of(*id));
    for (id, settled) in ids.into_iter().zip(all) {
        diagnostics.append(settled.diagnostics);
        for (name, span) in settled.undocumented {
            model.undocumented.entry(name).or_insert(span);
        }
        model.types[id.0 as usize].methods = settled.methods;
    }
}

/// The methods of one type, and what was found on the way.
#[derive(Default)]
struct Settled {
    methods: Vec<Method>,
    undocumented: Vec<(QualifiedName, Span)>,
    diagnostics: Diagnostics,
}

/// All that the rows of a type are looked up in.
struct Pages<'p, 'i> {
    index: &'p Index<'i>,
    model: &'p Model,
    operations: HashMap<FileId, &'p Operation>,
    namespaces: HashMap<FileId, &'p str>,
    /// Pages that several types link to.
    shared: HashSet<FileId>,
}

impl Pages<'_, '_> {
    fn methods_of(&self, id: TypeId) -> Settled {
        let mut settled = Settled::default();
        let entry = self.index.entry(id);
        let type_name = &entry.name.name;
        let mut rows: Vec<(&MethodRow, &Operation)> = Vec::new();
        for row in &entry.merged.methods {
            match operation_of(row, self.index, &self.operations) {
                Ok(operation) => rows.push((row, operation)),
                Err(problem) => settled.diagnostics.push(*problem),
            }
        }
        let mut taken = BTreeSet::new();
        // The plain name of each method, and the rows that are done: the same page under the same name is the same method.
        let mut plain_names: Vec<String> = Vec::new();
        let mut done: BTreeSet<(FileId, String)> = BTreeSet::new();
        for ((row, operation), plain) in rows.iter().zip(names::of_rows(&rows, type_name)) {
            if !done.insert((operation.file, plain.clone())) {
                continue;
            }
            let shared = self.shared.contains(&operation.file);
            let resolver = response::Resolver {
                index: self.index,
                model: self.model,
                shared_owner: shared.then_some(id),
                namespace: self.namespaces.get(&operation.file).copied().unwrap_or(&entry.name.namespace),
            };
            let answer = resolver.settle(Some(row), operation, &mut settled.diagnostics);
            let own = templates::of_type(&operation.requests, type_name, shared);
            for (request, suffix) in templates::distinct(&own, type_name) {
                // Several pages may describe the same request of the same type, each for its part of the service.
                let repeats = |method: &Method| {
                    method.http == request.method && templates::same_path(&method.path, &request.path)
                };
                if settled.methods.iter().zip(&plain_names).any(|(method, name)| *name == plain && repeats(method)) {
                    continue;
                }
                let response = answer.of_template(request, &operation.requests);
                if let Some(name) = response::undocumented(&response) {
                    settled.undocumented.push((name.clone(), answer.span));
                }
                let name = unique(
                    names::identifier(&plain, &suffix),
                    |name| taken.contains(name),
                    |name, number| format!("{}_{number}", name.trim_start_matches("r#").trim_end_matches('_')),
                );
                taken.insert(name.clone());
                plain_names.push(plain.clone());
                settled.methods.push(Method {
                    rust_name: name,
                    title: row.title.value.clone(),
                    description: row.description.as_ref().or(operation.summary.as_ref()).map(|text| text.value.clone()),
                    http: request.method,
                    path: request.path.clone(),
                    parameters: parameters::of_path(&request.path),
                    response,
                    page: operation.file,
                    span: request.span,
                });
            }
        }
        settled
    }
}

/// The pages that the rows of several types link to.
fn shared_pages(index: &Index<'_>, operations: &HashMap<FileId, &Operation>) -> HashSet<FileId> {
    let mut first: HashMap<FileId, TypeId> = HashMap::new();
    let mut shared = HashSet::new();
    for id in index.ids() {
        for row in &index.entry(id).merged.methods {
            if let Ok(operation) = operation_of(row, index, operations)
                && *first.entry(operation.file).or_insert(id) != id
            {
                shared.insert(operation.file);
            }
        }
    }
    shared
}

/// The operation that a row's link leads to.
pub(super) fn operation_of<'s>(
    row: &MethodRow,
    index: &Index<'_>,
    operations: &HashMap<FileId, &'s Operation>,
) -> Result<&'s Operation, Box<Diagnostic>> {
    let title = &row.title.value;
    let problem = |span, label: String, help: &str| {
        let problem = Diagnostic::new(Code::MethodUnresolved, span, format!("the method `{title}` has no request"));
        Box::new(problem.label(label).help(help))
    };
    let Some(target) = &row.target else {
        return Err(problem(row.title.span, "no link".to_owned(), "link it to the API page that describes it"));
    };
    let path = target.value.split(['#', '?']).next().unwrap_or_default();
    let is_page = !path.is_empty() && !path.contains("://") && !path.starts_with('/');
    let file = is_page.then(|| index.page(path, target.span.file)).flatten();
    let Some(file) = file else {
        let help = "add the page to the inputs, or mend the link";
        return Err(problem(target.span, format!("`{}` is not among the pages", target.value), help));
    };
    match operations.get(&file) {
        Some(operation) if !operation.requests.is_empty() => Ok(operation),
        Some(operation) => {
            let problem =
                problem(target.span, "its page has no request".to_owned(), "give the page a section `## HTTP request`");
            Err(Box::new(problem.also(operation.title.span, "no request on this page")))
        }
        None => {
            Err(problem(target.span, format!("`{path}` is no API page"), "link it to the API page that describes it"))
        }
    }
}
