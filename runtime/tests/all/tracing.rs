//! The tracing span of a request.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use edmark_runtime::{At, BatchError, Client, Error, Json, Method, Token, response};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::flows::service::{BASE, Service, json, run, with};

/// Keeps the fields of each span.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<BTreeMap<&'static str, String>>>>);

struct Fields<'a>(&'a mut BTreeMap<&'static str, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let text = self.0.entry(field.name()).or_default();
        text.clear();
        write!(text, "{value:?}").unwrap();
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = BTreeMap::from([("name", span.metadata().name().to_owned())]);
        span.record(&mut Fields(&mut fields));
        let mut spans = self.0.lock().unwrap();
        spans.push(fields);
        Id::from_u64(spans.len() as u64)
    }
    fn record(&self, id: &Id, values: &Record<'_>) {
        let index = usize::try_from(id.into_u64()).unwrap() - 1;
        values.record(&mut Fields(&mut self.0.lock().unwrap()[index]));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// The spans while a function runs.
fn spans(run: impl FnOnce()) -> Vec<BTreeMap<&'static str, String>> {
    let spans = Spans::default();
    tracing::subscriber::with_default(spans.clone(), run);
    std::mem::take(&mut spans.0.lock().unwrap())
}

fn client(service: &Arc<Service>) -> Client {
    Client::new(BASE, Arc::clone(service))
        .with_tokens(Token::bearer("hush-hush-token").unwrap())
        .with_header("client-request-id", "c-1")
}

#[test]
fn a_request_is_a_span_with_its_template() {
    let service = Service::new(|number, request| match number {
        0 | 1 => with(429, &[("retry-after", "0"), ("request-id", "busy")], ""),
        // A service that repeats the token in its headers.
        _ => {
            let token = request.headers()["authorization"].to_str().unwrap();
            with(201, &[("request-id", &format!("r-1 {token}"))], r#"{"private": true}"#)
        }
    });
    let seen = spans(|| {
        let users = At::root(client(&service)).segment("users").key("ada@contoso.com").segment("messages");
        let find = users.function("find", &[("text", edmark_runtime::Literal::string("private"))]);
        let request = find.request(Method::Post, response::json::<Json>);
        run(request.query("$filter", "private").json(&"private").send()).unwrap();
    });
    let expected = [
        ("attempts", "3"),
        ("client_request_id", "c-1"),
        ("method", "POST"),
        ("name", "request"),
        ("request_id", "r-1 Bearer (secret)"),
        ("status", "201"),
        ("template", "/users/{key}/messages/find(text={text})"),
    ];
    assert_eq!(seen, [expected.map(|(name, value)| (name, value.to_owned())).into()]);
}

#[test]
fn a_batch_is_a_span_with_a_template_too() {
    let service = Service::new(|_, _| json(200, r#"{"responses": []}"#));
    let seen = spans(|| {
        let client = client(&service);
        let mut batch = client.batch();
        let step = At::root(client).segment("users").key("ada").request(Method::Get, response::json::<Json>);
        let step = batch.add(&step).unwrap();
        run(batch.send()).unwrap();
        assert!(matches!(batch.response(step), Err(Error::Batch(BatchError::NoResponse))));
    });
    assert_eq!((seen.len(), &*seen[0]["template"], &*seen[0]["status"]), (1, "/$batch", "200"));
}

#[test]
fn the_spans_of_callers_keep_their_fields() {
    // A subscriber that wants no span of this crate.
    struct Outer(Spans);
    impl Subscriber for Outer {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            !metadata.target().starts_with("edmark_runtime")
        }
        fn new_span(&self, span: &Attributes<'_>) -> Id {
            self.0.new_span(span)
        }
        fn record(&self, id: &Id, values: &Record<'_>) {
            self.0.record(id, values);
        }
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, _: &Event<'_>) {}
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }
    let service = Service::new(|_, _| json(200, "{}"));
    let seen = Spans::default();
    tracing::subscriber::with_default(Outer(seen.clone()), || {
        tracing::info_span!("mine", status = "good").in_scope(|| {
            run(At::root(client(&service)).segment("me").request(Method::Get, response::json::<Json>).send()).unwrap();
        });
    });
    let seen = seen.0.lock().unwrap();
    assert_eq!((seen.len(), &*seen[0]["status"]), (1, "good"));
}
