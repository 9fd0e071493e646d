//! Batches.

use std::collections::BTreeMap;

use edmark_runtime::{At, BatchError, Client, Collection, Content, Error, Json, Method, Request, Untyped, response};
use serde_json::json;

use super::service::{Service, json as answered, run, users, with};

fn get(client: &Client, segment: &str) -> Request<Json> {
    Request::new(Method::Get, At::root(client.clone()).segment(segment), response::json)
}

/// The steps of a batch by their ids.
fn steps(request: &http::Request<Vec<u8>>) -> BTreeMap<usize, Json> {
    let document: Json = serde_json::from_slice(request.body()).unwrap();
    let steps = document["requests"].as_array().unwrap();
    steps.iter().map(|step| (step["id"].as_str().unwrap().parse().unwrap(), step.clone())).collect()
}

/// Responds to each step by its id, in reverse order, because a service may use any order.
fn answer_steps(request: &http::Request<Vec<u8>>, answer: impl Fn(usize) -> Json) -> http::Response<Content> {
    let mut responses = Vec::new();
    for id in steps(request).into_keys().rev() {
        let mut response = answer(id);
        response["id"] = id.to_string().into();
        responses.push(response);
    }
    answered(200, &json!({ "responses": responses }).to_string())
}

fn ok(body: Json) -> Json {
    json!({"status": 200, "headers": {"Content-Type": "application/json"}, "body": body})
}

#[test]
fn steps_of_different_types_share_a_request() {
    let service = Service::new(|_, request| {
        answer_steps(request, |id| match id {
            0 => ok(json!({"id": "me"})),
            1 => ok(json!({"value": [{"id": "1"}, {"id": "2"}]})),
            2 => json!({"status": 204}),
            3 => json!({"status": 200, "headers": {"Content-Type": "image/jpeg"}, "body": "/9j/"}),
            4 => json!({"status": 200, "headers": {"Content-Type": "text/plain"}, "body": "12"}),
            _ => {
                json!({"status": 404, "headers": {"Content-Type": "application/json"}, "body": {"error": {"code": "itemNotFound", "message": "None."}}})
            }
        })
    });
    let client = service.client();
    let root = At::root(client.clone());
    let mut batch = client.batch();
    let me = batch.add(&get(&client, "me")).unwrap();
    let list = batch.add(&users(&client).top(2).search("displayName:a b")).unwrap();
    let change = Request::<_, ()>::new(Method::Patch, root.segment("me"), response::nothing)
        .json(&json!({"jobTitle": "Chair"}))
        .if_match("W/\"1\"");
    let change = batch.add_after(&change, &[me.id(), list.id()]).unwrap();
    let photo: Request<Vec<u8>> =
        Request::new(Method::Get, root.segment("me").segment("photo").segment("$value"), response::bytes);
    let photo = batch.add(&photo).unwrap();
    let count: Request<i64> = Request::new(Method::Get, root.segment("users").segment("$count"), response::count);
    let count = batch.add(&count).unwrap();
    let missing = batch.add(&get(&client, "nothing")).unwrap();
    assert!(matches!(batch.response(me), Err(Error::Batch(BatchError::NotSent))));
    run(batch.send()).unwrap();

    assert_eq!(batch.response(me).unwrap()["id"], "me");
    let page: Collection<Untyped> = batch.response(list).unwrap();
    assert_eq!(page.value.len(), 2);
    batch.response(change).unwrap();
    assert_eq!(batch.response(photo).unwrap(), [0xFF, 0xD8, 0xFF]);
    assert_eq!(batch.response(count).unwrap(), 12);
    assert_eq!(batch.response(missing).unwrap_err().service().and_then(|error| error.code()), Some("itemNotFound"));

    assert_eq!(service.asked(), ["POST /$batch"]);
    let steps = steps(&service.request(0));
    assert_eq!(
        steps[&2],
        json!({
            "id": "2", "dependsOn": ["0", "1"], "method": "PATCH", "url": "/me",
            "headers": {"content-type": "application/json", "if-match": "W/\"1\""}, "body": {"jobTitle": "Chair"}
        })
    );
    assert_eq!(steps[&1]["headers"]["consistencylevel"], "eventual");
    assert!(steps[&1]["url"].as_str().unwrap().starts_with("/users?$top=2&$search="));
    // The token is in the header of the batch request, but not in its body.
    assert!(!String::from_utf8(service.request(0).body().clone()).unwrap().contains("secret"));
}

#[test]
fn forty_five_steps_are_three_batches() {
    let service = Service::new(|_, request| answer_steps(request, |id| ok(json!({ "id": id }))));
    let client = service.client();
    let mut batch = client.batch();
    let added: Vec<_> = (0..45).map(|number| batch.add(&get(&client, &format!("users/{number}"))).unwrap()).collect();
    let last = batch.add_after(&get(&client, "me"), &[added[3].id(), added[44].id()]).unwrap();
    run(batch.send()).unwrap();
    for (number, step) in added.iter().enumerate() {
        assert_eq!(batch.response(*step).unwrap()["id"], number);
    }
    assert_eq!(batch.response(last).unwrap()["id"], 45);
    let sizes: Vec<usize> = (0..3).map(|number| steps(&service.request(number)).len()).collect();
    assert_eq!(sizes, [20, 20, 6]);
    // Steps of an earlier batch are not listed as dependencies.
    assert_eq!(steps(&service.request(2))[&45]["dependsOn"], json!(["44"]));
}

#[test]
fn only_throttled_steps_go_out_again() {
    let service = Service::new(|number, request| {
        answer_steps(request, |id| match (number, id) {
            (0, 1) => {
                json!({"status": 429, "headers": {"Retry-After": "7"}, "body": {"error": {"code": "TooManyRequests", "message": ""}}})
            }
            (0, 2) => json!({"status": 424, "body": {"error": {"code": "FailedDependency", "message": ""}}}),
            (0, 3) => json!({"status": 503, "headers": {"Retry-After": "9"}}),
            (0, 4) => json!({"status": 503}),
            (0, 5) => json!({"status": 500}),
            _ => ok(json!({ "try": number })),
        })
    });
    let client = service.client();
    let create = |segment| {
        Request::<_, ()>::new(Method::Post, At::root(client.clone()).segment(segment), response::json::<Json>)
            .json(&json!({}))
    };
    let mut batch = client.batch();
    let fine = batch.add(&create("a")).unwrap();
    let throttled = batch.add(&create("b")).unwrap();
    let dependent = batch.add_after(&create("c"), &[throttled.id()]).unwrap();
    let busy = batch.add(&create("d")).unwrap();
    let unknown = batch.add(&create("e")).unwrap();
    let broken = batch.add(&get(&client, "f")).unwrap();
    run(batch.send()).unwrap();
    assert_eq!(service.waits(), [9.0]);
    assert_eq!(steps(&service.request(1)).into_keys().collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(steps(&service.request(1))[&2]["dependsOn"], json!(["1"]));
    let tries = [fine, throttled, dependent, busy].map(|step| batch.response(step).unwrap()["try"].as_u64().unwrap());
    assert_eq!(tries, [0, 1, 1, 1]);
    // It is not known if this was executed, so it is not sent again.
    assert_eq!(batch.response(unknown).unwrap_err().status().unwrap(), 503);
    assert_eq!(batch.response(broken).unwrap_err().status().unwrap(), 500);
}

#[test]
fn throttling_without_end_ends() {
    for whole in [false, true] {
        let service = Service::new(move |_, request| {
            if whole {
                return with(429, &[("retry-after", "1")], "");
            }
            answer_steps(request, |_| json!({"status": 429, "headers": {"Retry-After": "1"}}))
        });
        let client = service.client();
        let mut batch = client.batch();
        let step = batch.add(&get(&client, "me")).unwrap();
        run(batch.send()).unwrap();
        assert_eq!(batch.response(step).unwrap_err().status().unwrap(), 429);
        assert_eq!((service.asked().len(), service.waits()), (5, vec![1.0; 4]));
    }
}

#[test]
fn what_depends_on_a_failure_is_not_sent() {
    let service = Service::new(|_, request| {
        answer_steps(request, |id| if id == 0 { json!({"status": 404}) } else { ok(json!({})) })
    });
    let client = service.client();
    let mut batch = client.batch();
    let failed = batch.add(&get(&client, "missing")).unwrap();
    for _ in 0..19 {
        batch.add(&get(&client, "me")).unwrap();
    }
    let dependent = batch.add_after(&get(&client, "me"), &[failed.id()]).unwrap();
    run(batch.send()).unwrap();
    assert_eq!(service.asked().len(), 1);
    let error = batch.response(dependent).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the service answered 424 Failed Dependency: FailedDependency: Not sent, as a step that it depends on (GET /missing) was answered with 404 Not Found."
    );
}

#[test]
fn answers_that_are_none() {
    let cases: [(u16, &str); 5] =
        [(200, "<html>"), (200, r#"{"responses": [{"id": "0", "sta"#), (200, "{}"), (400, "{}"), (502, "<html>")];
    for (status, body) in cases {
        let service = Service::new(move |_, _| answered(status, body));
        let client = service.client();
        let mut batch = client.batch();
        let step = batch.add(&get(&client, "me")).unwrap();
        let error = run(batch.send()).unwrap_err();
        match status {
            200 => assert!(matches!(error, Error::Decode(_)), "{body}: {error:?}"),
            status => assert_eq!(error.status().unwrap(), status),
        }
        // It has no response and can be sent again.
        assert!(matches!(batch.response(step), Err(Error::Batch(BatchError::NotSent))));
    }
    let service = Service::new(|_, _| answered(200, r#"{"responses": [{"id": "7", "status": 200}]}"#));
    let client = service.client();
    let mut batch = client.batch();
    let step = batch.add(&get(&client, "me")).unwrap();
    run(batch.send()).unwrap();
    assert!(matches!(batch.response(step), Err(Error::Batch(BatchError::NoResponse))));
}

#[test]
fn a_token_that_is_sent_back_shows_nowhere() {
    for status in [200, 502] {
        let service = Service::new(move |_, request| {
            let token = request.headers()["authorization"].to_str().unwrap();
            let step = json!({"id": "0", "status": 500, "headers": {"Content-Type": "text/html"}, "body": format!("<p>{token}")});
            answered(status, &json!({"error": {"message": token}, "responses": [step]}).to_string())
        });
        let client = service.client();
        let mut batch = client.batch();
        let step = batch.add(&get(&client, "me")).unwrap();
        let error = run(batch.send()).err().unwrap_or_else(|| batch.response(step).unwrap_err());
        assert!(error.service().is_some() && !format!("{error} {error:?}").contains("very-secret"), "{error:?}");
        assert!(!String::from_utf8_lossy(error.service().unwrap().body()).contains("very-secret"));
    }
}

#[test]
fn a_failure_midway_keeps_earlier_answers() {
    let service = Service::failing(|number, request| match number {
        1 => Err("connection reset".into()),
        _ => Ok(answer_steps(request, |id| ok(json!({ "id": id })))),
    });
    let client = service.client();
    let mut batch = client.batch();
    let added: Vec<_> = (0..21).map(|_| batch.add(&get(&client, "me")).unwrap()).collect();
    assert!(matches!(run(batch.send()), Err(Error::Transport { .. })));
    assert_eq!(batch.response(added[19]).unwrap()["id"], 19);
    run(batch.send()).unwrap();
    assert_eq!(batch.response(added[20]).unwrap()["id"], 20);
    assert_eq!(steps(&service.request(2)).into_keys().collect::<Vec<_>>(), [20]);
}

#[test]
fn steps_stay_in_their_batch_and_at_their_service() {
    let service = Service::new(|_, _| answered(200, "{}"));
    let client = service.client();
    let mut one = client.batch();
    let mut other = client.batch();
    let step = one.add(&get(&client, "me")).unwrap();
    assert!(matches!(other.response(step), Err(Error::Batch(BatchError::OtherBatch))));
    assert!(matches!(other.add_after(&get(&client, "me"), &[step.id()]), Err(Error::Batch(BatchError::OtherBatch))));
    for elsewhere in
        ["https://example.com/v1.0", "https://graph.microsoft.com/v1.0x", "https://graph.microsoft.com/beta"]
    {
        let error = one.add(&get(&Client::offline(elsewhere), "me")).unwrap_err();
        assert!(matches!(error, Error::Batch(BatchError::OtherService { .. })), "{elsewhere}: {error:?}");
    }
    assert_eq!((one.len(), other.is_empty()), (1, true));
}

#[test]
fn groups_and_what_earlier_steps_give() {
    let service = Service::new(|_, request| {
        answer_steps(request, |id| match id {
            0 => {
                json!({"status": 201, "headers": {"Location": "https://x/users/7", "Content-Type": "application/json"}, "body": {"id": "7"}})
            }
            _ => ok(json!({"id": "m"})),
        })
    });
    let client = service.client();
    let users = At::root(client.clone()).segment("users");
    let mut batch = client.batch();
    let group = batch.group();
    let user = batch.add_to(group, &users.request(Method::Post, response::json::<Json>).json(&json!({})), &[]).unwrap();
    let messages = batch.result_of(user.id()).unwrap().segment("messages");
    let message = messages.request(Method::Post, response::json::<Json>).json(&json!({}));
    let message = batch.add_to(group, &message, &[user.id()]).unwrap();
    let manager = users.key("8").segment("manager").segment("$ref").request(Method::Put, response::json::<Json>);
    let manager = manager.json(&batch.reference_to(user.id()).unwrap());
    batch.add_after(&manager, &[message.id()]).unwrap();
    // Not among the others any more, and not of this batch.
    let late = batch.add_to(group, &get(&client, "me"), &[]);
    assert!(matches!(late, Err(Error::Batch(BatchError::GroupEnded))));
    let other = client.batch().group();
    assert!(matches!(batch.add_to(other, &get(&client, "me"), &[]), Err(Error::Batch(BatchError::OtherBatch))));
    run(batch.send()).unwrap();

    let steps = steps(&service.request(0));
    assert_eq!((&steps[&0]["atomicityGroup"], &steps[&1]["atomicityGroup"]), (&json!("g1"), &json!("g1")));
    assert_eq!((&steps[&1]["url"], &steps[&1]["dependsOn"]), (&json!("$0/messages"), &json!(["0"])));
    assert_eq!((&steps[&2]["atomicityGroup"], &steps[&2]["dependsOn"]), (&Json::Null, &json!(["1", "g1"])));
    assert_eq!(steps[&2]["body"], json!({"@odata.id": "$0"}));
    let (value, head) = batch.response_with_head(user).unwrap();
    assert_eq!((&value["id"], head.status().as_u16(), head.location()), (&json!("7"), 201, Some("https://x/users/7")));
}
