//! The cost of building a request, compared with writing its URL by hand.
//!
//! `cargo bench -p edmark-bench --bench requests`

use std::fmt::Write as _;

use divan::black_box;
use edmark_runtime::query::Filter;
use edmark_runtime::{At, Client, Collection, Json, ListRequest, Method, Property, Request, response};

fn main() {
    divan::main();
}

const BASE: &str = "https://graph.microsoft.com/v1.0";

struct Message;

impl Message {
    const SUBJECT: Property<Self, String> = Property::new("subject");
    const IS_READ: Property<Self, bool> = Property::new("isRead");
    const RECEIVED: Property<Self, String> = Property::new("receivedDateTime");
}

/// Builders as edmark generates them.
struct Graph(At);
struct UsersRequests(At);
struct UserRequests(At);
struct MailFoldersRequests(At);
struct MailFolderRequests(At);
struct MessagesRequests(At);

impl Graph {
    fn users(&self) -> UsersRequests {
        UsersRequests(self.0.segment("users"))
    }
}

impl UsersRequests {
    fn id(&self, user_id: &str) -> UserRequests {
        UserRequests(self.0.key(user_id))
    }
}

impl UserRequests {
    fn get(&self) -> Request<Json> {
        Request::new(Method::Get, self.0.clone(), response::json)
    }
    fn mail_folders(&self) -> MailFoldersRequests {
        MailFoldersRequests(self.0.segment("mailFolders"))
    }
}

impl MailFoldersRequests {
    fn id(&self, mail_folder_id: &str) -> MailFolderRequests {
        MailFolderRequests(self.0.key(mail_folder_id))
    }
}

impl MailFolderRequests {
    fn messages(&self) -> MessagesRequests {
        MessagesRequests(self.0.segment("messages"))
    }
}

impl MessagesRequests {
    fn list(&self) -> ListRequest<Json, Message> {
        Request::<Collection<Json>, _>::new(Method::Get, self.0.clone(), response::json)
    }
}

fn graph() -> Graph {
    Graph(At::root(Client::offline(BASE)))
}

const USER: &str = "ada lovelace@contoso.com";
const FOLDER: &str = "AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OAAuAAAA=";

/// The minimum of work: only the path is encoded.
fn user_by_hand() -> String {
    format!("{BASE}/users/{}", encoded(black_box(USER)))
}

fn messages_by_hand() -> String {
    format!(
        "{BASE}/users/{}/mailFolders/{}/messages?$select=subject,isRead&$filter=isRead%20eq%20{}&$top={}",
        encoded(black_box(USER)),
        encoded(black_box(FOLDER)),
        black_box(false),
        black_box(50)
    )
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(byte.into());
        } else {
            let _ = write!(out, "%{byte:02X}"); // writing to a String cannot fail
        }
    }
    out
}

fn messages(graph: &Graph) -> ListRequest<Json, Message> {
    let filter: Filter<Message> = Message::IS_READ.eq(black_box(false));
    let messages = graph.users().id(black_box(USER)).mail_folders().id(black_box(FOLDER)).messages();
    messages.list().select((Message::SUBJECT, Message::IS_READ)).filter(filter).top(black_box(50))
}

#[divan::bench]
fn user_1_url_by_hand() -> String {
    user_by_hand()
}

#[divan::bench]
fn user_2_value(bencher: divan::Bencher<'_, '_>) {
    let graph = graph();
    bencher.bench_local(|| graph.users().id(black_box(USER)).get());
}

#[divan::bench]
fn user_3_http(bencher: divan::Bencher<'_, '_>) {
    let graph = graph();
    bencher.bench_local(|| graph.users().id(black_box(USER)).get().http());
}

#[divan::bench]
fn messages_1_url_by_hand() -> String {
    messages_by_hand()
}

#[divan::bench]
fn messages_2_value(bencher: divan::Bencher<'_, '_>) {
    let graph = graph();
    bencher.bench_local(|| messages(&graph));
}

#[divan::bench]
fn messages_3_http(bencher: divan::Bencher<'_, '_>) {
    let graph = graph();
    bencher.bench_local(|| messages(&graph).http());
}

/// Also checks that all three ways produce the same request.
#[divan::bench]
fn messages_4_ordered(bencher: divan::Bencher<'_, '_>) {
    let graph = graph();
    assert_eq!(messages(&graph).url(), messages_by_hand());
    bencher.bench_local(|| messages(&graph).orderby(Message::RECEIVED.desc()).http());
}
