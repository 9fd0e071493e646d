//! Assigns the rows of methods tables to the API pages that they link to. A row gets a diagnostic
//! if its page does not exist or describes no request.

use crate::hashing::HashMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::TypeId;
use crate::nearest::hint;
use crate::parallel;
use crate::resolve::index::Index;
use crate::schema::{DocumentedOperation, MethodRow};
use crate::source::FileId;

/// The rows that link to each page, with the types that have them, in the order of the types.
pub(super) type Rows<'i> = HashMap<FileId, Vec<(TypeId, &'i MethodRow)>>;

/// Finds the page of every row.
pub(super) fn read<'i>(
    operations: &[&DocumentedOperation],
    index: &'i Index<'_>,
    diagnostics: &mut Diagnostics,
) -> Rows<'i> {
    let operations: HashMap<FileId, &DocumentedOperation> =
        operations.iter().map(|operation| (operation.file, *operation)).collect();
    let mut rows: Rows<'i> = HashMap::default();
    let ids: Vec<TypeId> = index.ids().collect();
    let found = parallel::map(&ids, |id| {
        let rows = index.entry(*id).merged.methods.iter();
        rows.map(|row| (*id, row, operation_of(row, index, &operations))).collect::<Vec<_>>()
    });
    for (id, row, operation) in found.into_iter().flatten() {
        match operation {
            Ok(operation) => rows.entry(operation.file).or_default().push((id, row)),
            Err(problem) => problem.into_iter().for_each(|problem| diagnostics.push(*problem)),
        }
    }
    rows
}

/// The operation that a row links to.
fn operation_of<'s>(
    row: &MethodRow,
    index: &Index<'_>,
    operations: &HashMap<FileId, &'s DocumentedOperation>,
) -> Result<&'s DocumentedOperation, Option<Box<Diagnostic>>> {
    let title = &row.title.value;
    let problem = |span, label: String, help: &str| {
        let problem = Diagnostic::new(Code::MethodUnresolved, span, format!("the method `{title}` has no request"));
        Some(Box::new(problem.label(label).help(help)))
    };
    let Some(target) = &row.target else {
        return Err(problem(row.title.span, "no link".to_owned(), "link it to the API page that describes it"));
    };
    let path = target.value.split(['#', '?']).next().unwrap_or_default();
    if path.starts_with('/') || path.contains("://") {
        // The link leads to an article about the method, on the service's web site.
        return Err(None);
    }
    let Some(file) = Some(path).filter(|path| !path.is_empty()).and_then(|path| index.page(path, target.span.file))
    else {
        if let Some(near) = index.near_page(path, target.span.file) {
            let label = format!("there is no such page{}", hint(Some(near)));
            return Err(problem(target.span, label, "correct the link"));
        }
        let help = "add the page to the inputs, or mend the link";
        let absent = problem(target.span, format!("`{}` is not among the pages", target.value), help);
        return Err(absent.map(|absent| Box::new(absent.absent(path))));
    };
    match operations.get(&file) {
        Some(operation) if !operation.requests.is_empty() => Ok(operation),
        Some(operation) => {
            let problem =
                problem(target.span, "its page has no request".to_owned(), "give the page a section `## HTTP request`");
            Err(problem.map(|problem| Box::new(problem.also(operation.title.span, "no request on this page"))))
        }
        None => {
            Err(problem(target.span, format!("`{path}` is no API page"), "link it to the API page that describes it"))
        }
    }
}
