//! Reading and writing as in `wire`, but the designs take turns, so that what else the machine does
//! falls on all of them. Prints the least time of each, and the ratio to serde_derive: of the time,
//! and of the time for each byte.
//!
//! `cargo bench -p edmark-bench --bench turns [-- ROUNDS]`
//!
//! With `-- PAGE WAY DESIGN PASSES` (`-- unknown read edmark 11`) it does only that, for a count of
//! instructions by valgrind: those of 11 passes without those of 1 are ten passes.

#[path = "wire/page.rs"]
mod page;

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use edmark_bench::{Example, Write, derive, edmark, flatten, visitors};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What is measured.
struct Case {
    page: &'static str,
    way: &'static str,
    design: &'static str,
    /// The bytes that a pass reads or writes.
    bytes: usize,
    pass: Box<dyn Fn()>,
    least: Duration,
}

type Pass = (usize, Box<dyn Fn()>);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let mut cases = Vec::new();
    let mut add = |page, way, passes: [Result<Pass, serde_json::Error>; 3]| -> Result<(), serde_json::Error> {
        for (design, pass) in ["derive", "edmark", "visitors"].into_iter().zip(passes) {
            let (bytes, pass) = pass?;
            cases.push(Case { page, way, design, bytes, pass, least: Duration::MAX });
        }
        Ok(())
    };
    for (name, text) in
        [("documented", page::documented()), ("selected", page::selected()), ("unknown", page::unknown())]
    {
        let text: &'static str = text.leak();
        add(
            name,
            "read",
            [
                read::<derive::Page<derive::User>>(text),
                read::<edmark::Page<edmark::User>>(text),
                read::<visitors::Page<visitors::User>>(text),
            ],
        )?;
        add(
            name,
            "write",
            [
                write::<derive::Page<derive::User>>(text),
                write::<edmark::Page<edmark::User>>(text),
                write::<visitors::Page<visitors::User>>(text),
            ],
        )?;
    }
    let designs = [derive::EXAMPLES, edmark::EXAMPLES, visitors::EXAMPLES];
    add("examples", "read", designs.map(read_examples))?;
    add("examples", "write", designs.map(write_examples))?;

    match &arguments[..] {
        [page, way, design, passes] => {
            let is_it = |case: &&Case| case.page == page && case.way == way && case.design == design;
            let case = cases.iter().find(is_it).ok_or("there is no such case")?;
            (0..passes.parse()?).for_each(|_: u32| (case.pass)());
        }
        rounds => {
            measure(&mut cases, rounds.first().map_or(Ok(400), |rounds| rounds.parse())?);
            print(&cases);
        }
    }
    Ok(())
}

fn measure(cases: &mut [Case], rounds: u32) {
    for _ in 0..rounds {
        for case in &mut *cases {
            // The first pass brings code and data of the design back to the caches.
            (case.pass)();
            let start = Instant::now();
            (case.pass)();
            case.least = case.least.min(start.elapsed());
        }
    }
}

#[allow(clippy::print_stdout, reason = "a program that prints figures")]
fn print(cases: &[Case]) {
    println!("| page | | design | µs | time | time a byte |\n| --- | --- | --- | ---: | ---: | ---: |");
    for designs in cases.chunks(3) {
        for case in designs {
            let time = case.least.as_secs_f64() / designs[0].least.as_secs_f64();
            let bytes = case.bytes as f64 / designs[0].bytes as f64;
            println!(
                "| {} | {} | {} | {:.0} | {time:.3} | {:.3} |",
                case.page,
                case.way,
                case.design,
                case.least.as_secs_f64() * 1e6,
                time / bytes
            );
        }
    }
}

fn read<T: DeserializeOwned>(text: &'static str) -> serde_json::Result<Pass> {
    serde_json::from_str::<T>(text)?;
    Ok((text.len(), Box::new(move || drop(black_box(serde_json::from_str::<T>(black_box(text)))))))
}

fn write<T: Serialize + DeserializeOwned + 'static>(text: &'static str) -> serde_json::Result<Pass> {
    let value: T = serde_json::from_str(text)?;
    let bytes = serde_json::to_vec(&value)?.len();
    let pass = move || {
        let mut out = Vec::with_capacity(text.len() + 1024);
        let _ = black_box(serde_json::to_writer(&mut out, black_box(&value)));
        drop(black_box(out));
    };
    Ok((bytes, Box::new(pass)))
}

/// The examples that every design can read.
fn readable(of: &'static [Example]) -> Vec<&'static Example> {
    let all = [edmark::EXAMPLES, derive::EXAMPLES, flatten::EXAMPLES, visitors::EXAMPLES];
    let good = |index: usize| all.iter().all(|design| (design[index].read)(design[index].text).is_ok());
    of.iter().enumerate().filter(|(index, _)| good(*index)).map(|(_, example)| example).collect()
}

fn read_examples(of: &'static [Example]) -> serde_json::Result<Pass> {
    let examples = readable(of);
    let bytes = examples.iter().map(|example| example.text.len()).sum();
    let pass = move || {
        for example in &examples {
            drop(black_box((example.read)(black_box(example.text))));
        }
    };
    Ok((bytes, Box::new(pass)))
}

fn write_examples(of: &'static [Example]) -> serde_json::Result<Pass> {
    let values =
        readable(of).iter().map(|example| (example.read)(example.text)).collect::<Result<Vec<Box<dyn Write>>, _>>()?;
    let pass = move || {
        let mut out = Vec::with_capacity(1 << 20);
        for value in &values {
            let _ = black_box(value.write(&mut out));
        }
        out
    };
    let bytes = pass().len();
    Ok((bytes, Box::new(move || drop(black_box(pass())))))
}
