//! Values declared as a base type: the members of a group, a thousand users.
//!
//! `cargo bench -p edmark-bench --bench derived`
//!
//! The reference is the usual way with serde: an enum of the known types that is tagged by an
//! attribute. It copies each value and drops unknown members. For comparison, there are also users
//! that are read as users, and JSON.

use divan::{AllocProfiler, Bencher, black_box};
use edmark_bench::{derive, edmark};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "@odata.type")]
enum Object {
    #[serde(rename = "#microsoft.graph.user")]
    User(Box<derive::User>),
    #[serde(rename = "#microsoft.graph.group")]
    Group(Box<derive::Group>),
}

fn page() -> String {
    let user = |n: u32| {
        format!(
            r##"{{"@odata.type":"#microsoft.graph.user","id":"00000000-0000-0000-0000-{n:012}","businessPhones":["+1 {n}"],"displayName":"User Number {n}","givenName":"User","jobTitle":"Engineer","mail":"user{n}@contoso.com","mobilePhone":null,"officeLocation":"18/2111","preferredLanguage":"en-US","surname":"Number {n}","userPrincipalName":"user{n}@contoso.com"}}"##
        )
    };
    format!("[{}]", (0..1000).map(user).collect::<Vec<_>>().join(","))
}

fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Vec<T> {
    serde_json::from_str(text).expect("users")
}

fn downcast(objects: Vec<edmark::DirectoryObject>) -> Vec<edmark::User> {
    objects.into_iter().map(|object| object.downcast().expect("a user")).collect()
}

#[divan::bench]
fn read_base(bencher: Bencher) {
    let text = page();
    bencher.bench(|| read::<edmark::DirectoryObject>(black_box(&text)));
}

#[divan::bench]
fn read_base_and_downcast(bencher: Bencher) {
    let text = page();
    bencher.bench(|| downcast(read(black_box(&text))));
}

#[divan::bench]
fn read_serde_enum(bencher: Bencher) {
    let text = page();
    bencher.bench(|| read::<Object>(black_box(&text)));
}

#[divan::bench]
fn read_users(bencher: Bencher) {
    let text = page();
    bencher.bench(|| read::<edmark::User>(black_box(&text)));
}

#[divan::bench]
fn read_json(bencher: Bencher) {
    let text = page();
    bencher.bench(|| read::<Value>(black_box(&text)));
}

#[divan::bench]
fn write_base(bencher: Bencher) {
    let objects = read::<edmark::DirectoryObject>(&page().leak()[..]);
    bencher.bench(|| serde_json::to_vec(black_box(&objects)));
}

#[divan::bench]
fn write_serde_enum(bencher: Bencher) {
    let objects = read::<Object>(&page().leak()[..]);
    bencher.bench(|| serde_json::to_vec(black_box(&objects)));
}

#[divan::bench]
fn write_users(bencher: Bencher) {
    let users = read::<edmark::User>(&page().leak()[..]);
    bencher.bench(|| serde_json::to_vec(black_box(&users)));
}
