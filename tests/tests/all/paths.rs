//! The request lines of the pages, compared with the service's own metadata, if `EDMARK_CORPUS` is
//! set and contains both.

use edmark::diagnostics::{Code, Diagnostics};
use edmark::metadata::{self, Metadata};
use edmark::pipeline;
use edmark::source::SourceMap;
use edmark_tests::{Run, corpus, pages_below};

/// The share of request lines that may lead to a path which the service does not have.
const MOST: f64 = 0.03;

#[test]
#[expect(clippy::print_stdout, reason = "figures are there to be read, with --nocapture")]
fn the_service_knows_the_paths() {
    let Some(corpus) = corpus("the_service_knows_the_paths") else { return };
    let file = corpus.join("../../csdl/v1.0.xml");
    let text = std::fs::read_to_string(&file).expect("the service's metadata");
    let sources = SourceMap::with_metadata([], [(file.display().to_string(), text)]);
    let (declared, _) = pipeline::read_metadata(&sources).expect("the service's metadata");
    let run = Run::of(pages_below(&corpus));
    let mut problems = Diagnostics::default();
    metadata::compare_requests(&run.schema, &Metadata::of(&declared), &mut problems);
    let lacking: Vec<_> = problems.iter().filter(|problem| problem.code == Code::ServiceLacksPath).collect();
    let all: usize = run.schema.operations.iter().map(|operation| operation.requests.len()).sum();
    let share = lacking.len() as f64 / all.max(1) as f64;
    println!("{all} request lines; {} lead to no path of the service", lacking.len());
    for problem in lacking {
        println!("  {}: {}", problem.message, problem.primary.text);
    }
    assert!(share <= MOST, "{:.2} % do not exist", 100.0 * share);
}
