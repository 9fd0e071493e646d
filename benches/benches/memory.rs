//! The memory that a page of values takes: 10,000 users of whom little was selected.
//!
//! `cargo bench -p edmark-bench --bench memory`
//!
//! The row "max alloc" is the memory of the page; "text" beside it is its document. A struct has a
//! place for each property of its type, so a page of large structs with few values is mostly empty
//! places: in serde_derive's design as well.
//!
//! A `User` takes 952 bytes (serde_derive 912), so 2,600,000 of them take 2.5 GB. A process on
//! Linux that reads them as one page takes 2.83 GB at most (its `VmHWM`), which is these places,
//! the texts and the document of 0.21 GB: the vector has room for 4,194,304 users in the end, but
//! the system allocator moves its pages instead of copying them, and nobody writes to the rest.
//! With the smallest places that Rust has, `Box<str>` for texts and `Box<[_]>` for collections (the
//! row "compact"), it takes 624 bytes and the page would take 1.8 GB, and programs would convert
//! every `String` and `Vec` that they set. With all navigation properties behind one more box it
//! would be about 420 bytes and 1.3 GB (both calculated), and `user.manager` would be
//! `user.navigation?.manager`. With texts and collections behind one pointer, their lengths with
//! their contents (17 texts and 14 collections of 8 instead of 24 bytes), it would be 456 bytes and
//! 1.3 GB (calculated), and no field would be a `String` or a `Vec`. With only the 13 navigation
//! properties behind one pointer that `Deref` follows, `user.manager` would stay and 256 bytes be
//! saved (measured on structs of the same fields): 1.8 GB, for a `User { manager, .. }` that no
//! longer compiles, and no two of these fields borrowed at a time. None is worth it, because a page
//! of this size need not be in memory: as items it takes 272 kB, and as a list of the base type
//! (the row "base") 0.9 GB.
//!
//! The rows "items" are the same page item by item, from a transport that sends it in chunks; the
//! last one is a page of 2,600,000 users.
#![expect(clippy::print_stdout, reason = "it is there to print")]

use std::future::{Future, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use edmark_bench::{compact, derive, edmark};
use edmark_runtime::{At, BoxError, BoxFuture, Client, Content, ListRequest, Method, Request, Transport, response};
use futures_core::Stream;
use serde::Deserialize;
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const USERS: u32 = 10_000;

fn main() {
    let text = page();
    println!("text: {} bytes, {} a user", text.len(), text.len() / USERS as usize);
    let (own, derived, compact) = (size_of::<edmark::User>(), size_of::<derive::User>(), size_of::<compact::User>());
    println!("size of a user: {own}, by serde_derive {derived}, with the smallest places {compact}");
    divan::main();
}

fn user(number: u32) -> String {
    format!(r#"{{"displayName":"User Number {number}","id":"00000000-0000-0000-0000-{number:012}"}}"#)
}

fn page() -> String {
    format!(r#"{{"value":[{}]}}"#, (0..USERS).map(user).collect::<Vec<_>>().join(","))
}

/// A service with one page of so many users, which it sends in chunks.
struct Service(u32);

impl Transport for Service {
    fn send(&self, _: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
        let chunks = Chunks { next: 0, users: self.0, is_whole: false };
        Box::pin(ready(Ok(http::Response::new(Content::stream(chunks)))))
    }
}

/// The page, about 100 users at a time.
struct Chunks {
    next: u32,
    users: u32,
    is_whole: bool,
}

impl Stream for Chunks {
    type Item = Result<bytes::Bytes, BoxError>;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.is_whole {
            return Poll::Ready(None);
        }
        let mut chunk = String::new();
        let end = self.users.min(self.next + 100);
        for number in self.next..end {
            chunk.push_str(if number == 0 { r#"{"value":["# } else { "," });
            chunk.push_str(&user(number));
        }
        self.next = end;
        if end == self.users {
            self.is_whole = true;
            chunk.push_str("]}");
        }
        Poll::Ready(Some(Ok(chunk.into())))
    }
}

fn request(users: u32) -> ListRequest<edmark::User> {
    let client = Client::new("https://zoo.example", Service(users));
    Request::new(Method::Get, At::root(client).segment("users"), response::json)
}

/// The service never lets a request wait.
fn finished<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("nothing is waited for"),
    }
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

#[divan::bench(sample_count = 10)]
fn users_5_compact(bencher: Bencher<'_, '_>) {
    read::<compact::Page<compact::User>>(bencher);
}

#[divan::bench(sample_count = 10)]
fn items_1_of_whole_pages(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let mut items = request(USERS).items();
        while let Some(user) = finished(items.try_next()).expect("the page is good") {
            black_box(user);
        }
    });
}

#[divan::bench(args = [USERS, 2_600_000], sample_count = 1, sample_size = 1)]
fn items_2_unbuffered(bencher: Bencher<'_, '_>, users: u32) {
    bencher.bench(|| {
        let mut items = request(users).items_unbuffered();
        while let Some(user) = finished(items.try_next()).expect("the page is good") {
            black_box(user);
        }
    });
}
