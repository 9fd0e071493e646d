//! The paths of the pages, and the steps of the request builders, compared with the service's own
//! metadata, if `EDMARK_CORPUS` is set and contains both.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use edmark::metadata::{Metadata, Unknown, Why};
use edmark::model::Segment;
use edmark::model::requests::{Builder, RequestTree, Step};
use edmark::pipeline;
use edmark::source::SourceMap;
use edmark_tests::{Run, corpus, pages_below};

/// The minimum share of the generated paths that have to exist in the service.
const GOAL: f64 = 0.97;

#[test]
#[expect(clippy::print_stdout, reason = "figures are there to be read, with --nocapture")]
fn the_service_knows_the_paths() {
    let Some(corpus) = corpus("the_service_knows_the_paths") else { return };
    let file = corpus.join("../../csdl/v1.0.xml");
    let text = std::fs::read_to_string(&file).expect("the service's metadata");
    let sources = SourceMap::with_metadata([], [(file.display().to_string(), text)]);
    let (declared, _) = pipeline::read_metadata(&sources).expect("the service's metadata");
    let metadata = Metadata::of(&declared);
    let run = Run::of(pages_below(&corpus));
    let requests = unknown_requests(&run, &metadata);
    let steps = unknown_steps(&run, &metadata);
    println!("{}\n{}", requests.text("requests"), steps.text("steps and operations"));
    for checked in [&requests, &steps] {
        assert!(checked.share() >= GOAL, "{:.2} % exist", 100.0 * checked.share());
    }
}

#[derive(Default)]
struct Checked {
    all: usize,
    /// The unknown paths, by reason.
    unknown: BTreeMap<String, Vec<String>>,
}

impl Checked {
    fn share(&self) -> f64 {
        let unknown: usize = self.unknown.values().map(Vec::len).sum();
        (self.all - unknown) as f64 / self.all.max(1) as f64
    }

    fn text(&self, what: &str) -> String {
        let unknown: usize = self.unknown.values().map(Vec::len).sum();
        let mut text = format!(
            "{} {what}, of which the service has {} ({:.2} %)\n",
            self.all,
            self.all - unknown,
            100.0 * self.share()
        );
        for (why, paths) in &self.unknown {
            let _ = writeln!(text, "  {}: {why}", paths.len());
            for path in paths {
                let _ = writeln!(text, "    {path}");
            }
        }
        text
    }
}

/// Checks every request line of the pages.
fn unknown_requests(run: &Run, metadata: &Metadata<'_>) -> Checked {
    let RequestTree { builders, .. } = &run.model.requests;
    let keys: BTreeSet<&str> =
        builders.iter().flat_map(|builder| &builder.steps).filter_map(|step| key(builders, step)).collect();
    let mut checked = Checked::default();
    for request in run.schema.operations.iter().flat_map(|operation| &operation.requests) {
        checked.all += 1;
        if let Some(unknown) = unknown(metadata, &request.path, &keys) {
            let said =
                format!("{} {}   (at `{}`)", request.method.name(), request.template(), request.path[unknown.position]);
            checked.unknown.entry(unknown.why.to_string()).or_default().push(said);
        }
    }
    checked
}

/// Checks a path; literals in it that are keys are allowed.
fn unknown(metadata: &Metadata<'_>, path: &[Segment], keys: &BTreeSet<&str>) -> Option<Unknown> {
    let unknown = metadata.unknown(path)?;
    match &path[unknown.position] {
        Segment::Literal(name) if keys.contains(name.as_str()) => {
            let mut path = path.to_vec();
            path[unknown.position] = Segment::Key(name.clone());
            metadata.unknown(&path)
        }
        _ => Some(unknown),
    }
}

/// The literal of a step that leads to an item of a collection by a well-known name:
/// `mailFolders/inbox`.
fn key<'s>(builders: &[Builder], step: &'s Step) -> Option<&'s str> {
    let from = builders.iter().find(|builder| builder.steps.iter().any(|known| std::ptr::eq(known, step)))?;
    let to = builders.get(step.target.index())?;
    match &step.segment {
        Segment::Literal(name) if from.collection && !to.collection && from.ty.is_some() => Some(name),
        _ => None,
    }
}

/// Checks every step and operation of the builders whose type the service has.
fn unknown_steps(run: &Run, metadata: &Metadata<'_>) -> Checked {
    let RequestTree { builders, .. } = &run.model.requests;
    let mut checked = Checked::default();
    for builder in builders {
        let Some(ty) = builder.ty.map(|id| &run.model.structured(id).name) else { continue };
        if !metadata.types.contains_key(ty) {
            continue;
        }
        let steps = builder.steps.iter().filter(|step| !step.is_key).map(|step| {
            let key = key(builders, step).map(|name| Segment::Key(name.to_owned()));
            (&step.rust_name, key.unwrap_or_else(|| step.segment.clone()))
        });
        let operations = builder
            .operations
            .iter()
            .filter_map(|operation| Some((&operation.rust_name, operation.path.first()?.clone())));
        for (name, segment) in steps.chain(operations) {
            checked.all += 1;
            if let Err(why) = metadata.has(ty, builder.collection, &segment) {
                let why = match why {
                    Why::Type(_) => "its type has no such property or operation".to_owned(),
                    Why::Collection(_) => "a collection of its type has no such operation".to_owned(),
                    other => other.to_string(),
                };
                let path = builder.paths.first().map_or("", String::as_str);
                let said = format!("{}::{name}   {path}/{segment}", builder.rust_name);
                checked.unknown.entry(why).or_default().push(said);
            }
        }
    }
    checked
}
