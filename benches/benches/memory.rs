//! The memory that a page of values takes: 10,000 users of whom little was selected.
//!
//! `cargo bench -p edmark-bench --bench memory`
//!
//! The row "max alloc" is the memory of the page; "text" beside it is its document. A struct has a
//! place for each property of its type, so a page of large structs with few values is mostly empty
//! places: in serde_derive's design as well.
#![expect(clippy::print_stdout, reason = "it is there to print")]

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use edmark_bench::{derive, edmark};
use serde::Deserialize;
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const USERS: u32 = 10_000;

fn main() {
    let text = page();
    println!("text: {} bytes, {} a user", text.len(), text.len() / USERS as usize);
    println!("size of a user: {}, by serde_derive {}", size_of::<edmark::User>(), size_of::<derive::User>());
    divan::main();
}

fn page() -> String {
    let user = |n: u32| format!(r#"{{"displayName":"User Number {n}","id":"00000000-0000-0000-0000-{n:012}"}}"#);
    format!(r#"{{"value":[{}]}}"#, (0..USERS).map(user).collect::<Vec<_>>().join(","))
}

fn read<T: for<'t> Deserialize<'t>>(bencher: Bencher<'_, '_>) {
    let text = page();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| serde_json::from_str::<T>(black_box(&text)).expect("the page is good"));
}

#[divan::bench(sample_count = 10)]
fn users_1_derive(bencher: Bencher<'_, '_>) {
    read::<derive::Page<derive::User>>(bencher);
}

#[divan::bench(sample_count = 10)]
fn users_2_edmark(bencher: Bencher<'_, '_>) {
    read::<edmark::Page<edmark::User>>(bencher);
}

#[divan::bench(sample_count = 10)]
fn users_3_base(bencher: Bencher<'_, '_>) {
    read::<edmark::Page<edmark::DirectoryObject>>(bencher);
}

#[divan::bench(sample_count = 10)]
fn users_4_value(bencher: Bencher<'_, '_>) {
    read::<Value>(bencher);
}
