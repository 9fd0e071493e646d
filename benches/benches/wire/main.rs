//! Reading and writing: the generated types compared with the same types by serde_derive (which
//! drops unknown members), by serde_derive with `flatten`, by a visitor for each type (both keep
//! them), and with `serde_json::Value`.
//!
//! `cargo bench -p edmark-bench`

mod page;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use edmark_bench::{Example, Write, derive, edmark, flatten, visitors};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn main() {
    divan::main();
}

fn read<T: DeserializeOwned>(bencher: Bencher<'_, '_>, text: &str) {
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| serde_json::from_str::<T>(black_box(text)).expect("the page is good"));
}

fn write<T: Serialize + DeserializeOwned + Sync>(bencher: Bencher<'_, '_>, text: &str) {
    let value: T = serde_json::from_str(text).expect("the page is good");
    // The designs that drop members write less.
    let written = serde_json::to_vec(&value).expect("writing to memory").len();
    bencher.counter(BytesCount::new(written)).bench(|| {
        let mut out = Vec::with_capacity(text.len() + 1024);
        serde_json::to_writer(&mut out, black_box(&value)).expect("writing to memory");
        out
    });
}

/// The examples that every design can read; some have a string for a Boolean or a similar mistake.
fn readable(of: &'static [Example]) -> Vec<&'static Example> {
    let all = [edmark::EXAMPLES, derive::EXAMPLES, flatten::EXAMPLES, visitors::EXAMPLES];
    let good = |index: usize| all.iter().all(|design| (design[index].read)(design[index].text).is_ok());
    of.iter().enumerate().filter(|(index, _)| good(*index)).map(|(_, example)| example).collect()
}

fn bytes(examples: &[&Example]) -> BytesCount {
    BytesCount::new(examples.iter().map(|example| example.text.len()).sum::<usize>())
}

fn read_examples(bencher: Bencher<'_, '_>, examples: &'static [Example]) {
    let examples = readable(examples);
    bencher.counter(bytes(&examples)).bench_local(|| {
        for example in &examples {
            drop(black_box((example.read)(black_box(example.text))));
        }
    });
}

fn write_examples(bencher: Bencher<'_, '_>, examples: &'static [Example]) {
    let examples = readable(examples);
    let values: Vec<Box<dyn Write>> =
        examples.iter().map(|example| (example.read)(example.text).expect("it was read before")).collect();
    bencher.counter(bytes(&examples)).bench_local(|| {
        let mut out = Vec::with_capacity(1 << 20);
        for value in &values {
            value.write(&mut out).expect("writing to memory");
        }
        out
    });
}

macro_rules! pages {
    ($($module:ident: $page:expr;)*) => {$(
        mod $module {
            use super::*;

            #[divan::bench]
            fn read_1_derive(bencher: Bencher<'_, '_>) {
                read::<derive::Page<derive::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn read_2_edmark(bencher: Bencher<'_, '_>) {
                read::<edmark::Page<edmark::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn read_3_visitors(bencher: Bencher<'_, '_>) {
                read::<visitors::Page<visitors::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn read_4_flatten(bencher: Bencher<'_, '_>) {
                read::<flatten::Page<flatten::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn read_5_value(bencher: Bencher<'_, '_>) {
                read::<Value>(bencher, &$page);
            }
            #[divan::bench]
            fn write_1_derive(bencher: Bencher<'_, '_>) {
                write::<derive::Page<derive::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn write_2_edmark(bencher: Bencher<'_, '_>) {
                write::<edmark::Page<edmark::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn write_3_visitors(bencher: Bencher<'_, '_>) {
                write::<visitors::Page<visitors::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn write_4_flatten(bencher: Bencher<'_, '_>) {
                write::<flatten::Page<flatten::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn write_5_value(bencher: Bencher<'_, '_>) {
                write::<Value>(bencher, &$page);
            }
        }
    )*};
}

pages! {
    page_documented_only: page::documented();
    page_selected_only: page::selected();
    page_nulls_and_unknown_members: page::unknown();
}

mod examples {
    use super::*;

    macro_rules! examples {
        ($($read:ident $write:ident $design:ident;)*) => {$(
            #[divan::bench]
            fn $read(bencher: Bencher<'_, '_>) {
                read_examples(bencher, $design::EXAMPLES);
            }
            #[divan::bench]
            fn $write(bencher: Bencher<'_, '_>) {
                write_examples(bencher, $design::EXAMPLES);
            }
        )*};
    }

    examples! {
        read_1_derive write_1_derive derive;
        read_2_edmark write_2_edmark edmark;
        read_3_visitors write_3_visitors visitors;
        read_4_flatten write_4_flatten flatten;
        read_5_value write_5_value value;
    }

    use edmark_bench::value;
}
