//! `cargo bench -p edmark`: the time of a whole generation compared with the floor, for `docs/`
//! and, if `EDMARK_CORPUS` is set, for the published reference.
//!
//! The floor is the unavoidable work: reading the same pages and iterating over pulldown-cmark's
//! events once, on one thread. A generation goes from the folder of pages to a crate written to a
//! new folder, on all cores and without a cache. Reruns are whole runs of the command. All of them
//! alternate, so that other load of the machine affects them equally, and medians are compared.
//!
//! What was learned, by callgrind on one thread (`INSTRUCTIONS=1 benches/generation.sh` prints
//! instructions): the floor of v1.0 is 558 million, a first run of the command 3,500, of which
//! reading takes 1,880 (the parser itself 500), resolving 460, and emitting 1,020 (210 for the
//! input of the emitters, 700 for tokens and printing); a run after the change of one text is 870,
//! of which resolving is 460 and the input of the emitters 210. Two cores that share a first run
//! perfectly need 3.1 times the floor; the kernel, which writes 1,700 files and clears the pages
//! of memory, and the steps of one thread come on top. A run of `docs/` touches 14 huge pages of
//! memory, and the kernel clears each in a third of a millisecond: a list of 64 to 512 kB gets a
//! region of its own from the allocator. To keep the tokens of templates in the printer's form took
//! 650 million off a first run, and hash maps with a cheaper hash 70 off every run. Tried and not
//! kept: mimalloc without huge pages (a start of the command takes 0.3 ms less, a change of a page
//! more), writing both cache files at once, a second reader for simple front matter (3 % of a first
//! run), one loop over a text in place of two that the compiler vectorizes, and link-time
//! optimization, which makes the command 5.5 % and the floor 4.3 % shorter.
//!
//! With the arguments `floor FOLDER` it does the floor once and prints nothing, for
//! `benches/generation.sh`, which measures whole processes.
#![expect(clippy::print_stdout, reason = "it is there to print")]

mod rerun;

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use edmark::emit::{self, Layout, RuntimeDependency};
use edmark::{pipeline, resolve, source};
use pulldown_cmark::{Options, Parser};
use rerun::Reruns;

/// As the command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The goals: so many times the floor.
struct Goals {
    generation: f64,
    /// A run where nothing has changed, one where a description has, and one where a type has.
    reruns: [f64; 3],
}

/// Of `docs/`, where the start of the command counts.
const FEW_PAGES: Goals = Goals { generation: 5.0, reruns: [0.7, 1.5, 1.5] };
/// Of a whole service.
const MANY_PAGES: Goals = Goals { generation: 4.0, reruns: [0.3, 1.5, 1.5] };
const RERUNS: [&str; 3] = ["nothing new", "a text new", "a type new"];
/// The most memory that a first run may have, in MB.
const MEMORY_GOAL: u64 = 300;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    if let (Some("floor"), Some(folder)) = (arguments.next().as_deref(), arguments.next()) {
        let mut paths = Vec::new();
        collect(Path::new(&folder), &mut paths)?;
        return floor(&paths).map(drop);
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    compare("docs/", &workspace.join("docs"), 31, &FEW_PAGES)?;
    match std::env::var_os("EDMARK_CORPUS").filter(|place| !place.is_empty()) {
        Some(place) => compare("v1.0", &PathBuf::from(place).join("v1.0"), 15, &MANY_PAGES)?,
        None => println!("v1.0: left out, as EDMARK_CORPUS is not set"),
    }
    Ok(())
}

fn compare(name: &str, docs: &Path, rounds: usize, goals: &Goals) -> Result<(), Box<dyn Error>> {
    let mut paths = Vec::new();
    collect(docs, &mut paths)?;
    paths.sort();
    let scratch = tempfile::tempdir()?;
    let (mut floors, mut runs, mut reruns) = (Vec::new(), Vec::new(), [Vec::new(), Vec::new(), Vec::new()]);
    let mut copy = Reruns::new(docs, &paths, scratch.path())?;
    // The first round is not counted, because it fills the file cache of the system.
    for round in 0..=rounds {
        let floor = floor(&paths)?;
        // The output of each round is kept until the end, because file systems are slow to reuse
        // the space of a file that was just removed.
        let run = generate(docs, &scratch.path().join(round.to_string()))?;
        let rerun = [copy.nothing_changed()?, copy.one_page_changed()?, copy.one_type_changed()?];
        if round > 0 {
            floors.push(floor);
            runs.push(run);
            reruns.iter_mut().zip(rerun).for_each(|(all, one)| all.push(one));
        }
    }
    let floor = median(floors.iter().copied());
    let whole = median(runs.iter().map(|run| run.iter().sum()));
    let ratio = whole.as_secs_f64() / floor.as_secs_f64();
    println!("{name}: {} pages, medians of {rounds} rounds", paths.len());
    println!("    floor        {:>8.1} ms", milliseconds(floor));
    println!(
        "    generation   {:>8.1} ms, {ratio:.2} × the floor (goal: at most {})",
        milliseconds(whole),
        goals.generation
    );
    for (index, stage) in STAGES.iter().enumerate() {
        let time = median(runs.iter().map(|run| run[index]));
        println!("        {stage:<8} {:>8.1} ms", milliseconds(time));
    }
    for (times, (name, goal)) in reruns.into_iter().zip(RERUNS.into_iter().zip(goals.reruns)) {
        let time = median(times.into_iter());
        let ratio = time.as_secs_f64() / floor.as_secs_f64();
        println!("    {name:<12} {:>8.1} ms, {ratio:.2} × the floor (goal: at most {goal})", milliseconds(time));
    }
    match copy.peak_memory(scratch.path())? {
        Some(peak) => println!("    memory       {peak:>8} MB at most (goal: at most {MEMORY_GOAL})"),
        None => println!("    memory       not known on this system"),
    }
    Ok(())
}

/// Reads the pages and iterates over their markdown events.
fn floor(paths: &[PathBuf]) -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    let mut events = 0_usize;
    for path in paths {
        let text = fs::read_to_string(path)?;
        events += Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter().count();
    }
    black_box(events);
    Ok(start.elapsed())
}

const STAGES: [&str; 5] = ["load", "read", "resolve", "emit", "write"];

/// The time of each stage.
fn generate(docs: &Path, out: &Path) -> Result<[Duration; STAGES.len()], Box<dyn Error>> {
    let start = Instant::now();
    let sources = source::load(&[docs])?;
    let load = start.elapsed();
    let (schema, mut diagnostics) = pipeline::read(&sources);
    let read = start.elapsed();
    // The options of `edmark generate` without tests of the examples.
    let options = resolve::Options { skip_examples: true, ..resolve::Options::default() };
    let (model, problems) = pipeline::resolve(&schema, &sources, &options);
    diagnostics.append(problems);
    diagnostics.sort();
    let resolve = start.elapsed();
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    let files = emit::emit(
        &model,
        &sources,
        &emit::Options { layout: Layout::Crate { name: "sample".to_owned(), license: None, runtime, tests: false } },
    );
    let emit = start.elapsed();
    files.write(out)?;
    let write = start.elapsed();
    black_box(diagnostics);
    Ok([load, read - load, resolve - read, emit - resolve, write - emit])
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            paths.push(path);
        }
    }
    Ok(())
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
