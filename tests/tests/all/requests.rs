//! The request tree: every fact that a page states about a request is in it.

use std::collections::{BTreeSet, HashMap};

use edmark::model::requests::{BuilderId, RequestTree};
use edmark_tests::{Run, corpus, fixtures_in, pages_below, workspace};

#[test]
fn every_request_line_is_an_operation() {
    for (name, pages) in fixtures_in("good").into_iter().chain(fixtures_in("broken")) {
        check(&name, &Run::of(pages));
    }
    check("docs", &Run::of(pages_below(&workspace("docs"))));
}

#[test]
#[expect(clippy::print_stdout, reason = "figures are there to be read, with --nocapture")]
fn every_request_line_of_the_service_is_an_operation() {
    let Some(corpus) = corpus("every_request_line_of_the_service_is_an_operation") else { return };
    let run = Run::of(pages_below(&corpus));
    check("v1.0", &run);
    let RequestTree { builders, parameters, .. } = &run.model.requests;
    let lines: usize = run.schema.operations.iter().map(|page| page.requests.len()).sum();
    let operations: usize = builders.iter().map(|builder| builder.operations.len()).sum();
    let steps: usize = builders.iter().map(|builder| builder.steps.len()).sum();
    let joined: Vec<usize> = builders.iter().map(|builder| builder.paths.len()).filter(|paths| *paths > 1).collect();
    println!(
        "{lines} request lines: {operations} operations and {steps} steps of {} builders, with {} structs of parameters; {} paths joined in {} builders",
        builders.len(),
        parameters.len(),
        joined.iter().sum::<usize>(),
        joined.len(),
    );
}

fn check(name: &str, run: &Run) {
    let tree = &run.model.requests;
    let mut templates: HashMap<_, BTreeSet<&str>> = HashMap::new();
    for (_, operation) in tree.operations() {
        for page in operation.pages() {
            templates.entry((page, operation.http)).or_default().extend(operation.templates.iter().map(String::as_str));
        }
    }
    for page in &run.schema.operations {
        for request in &page.requests {
            let known = templates.get(&(page.file, request.method));
            let text = request.template();
            assert!(
                known.is_some_and(|known| known.contains(text.as_str())),
                "{name}: {} {text} of {}",
                request.method.name(),
                page.title.value
            );
        }
    }
    functions_have_names_of_their_own(name, tree);
    builders_are_reached(name, tree);
}

fn functions_have_names_of_their_own(name: &str, tree: &RequestTree) {
    let mut structs = BTreeSet::new();
    for builder in &tree.builders {
        assert!(structs.insert(&builder.rust_name), "{name}: two builders are called {}", builder.rust_name);
        let steps = builder.steps.iter().map(|step| &step.rust_name);
        let operations = builder.operations.iter().map(|operation| &operation.rust_name);
        let mut taken = BTreeSet::new();
        for function in steps.chain(operations) {
            assert!(taken.insert(function), "{name}: {} has two functions {function}", builder.rust_name);
        }
    }
    for ty in &tree.parameters {
        assert!(structs.insert(&ty.rust.name), "{name}: two structs are called {}", ty.rust.name);
    }
}

fn builders_are_reached(name: &str, tree: &RequestTree) {
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = if tree.builders.is_empty() { Vec::new() } else { vec![0] };
    while let Some(position) = open.pop() {
        if reached.insert(position) {
            open.extend(tree.builders[position].steps.iter().map(|step| BuilderId::index(step.target)));
        }
    }
    assert_eq!(reached.len(), tree.builders.len(), "{name}: builders that nothing leads to");
}
