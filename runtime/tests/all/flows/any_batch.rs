//! Properties of all batches, tested with random steps, dependencies and failures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use edmark_runtime::{At, Error, Json, Method, response};
use proptest::prelude::*;
use serde_json::json;

use super::service::{Service, json as answered, run};

/// A step: its dependencies, as distances to earlier steps, and the statuses of its responses one
/// after the other.
type Step = (Vec<usize>, Vec<u16>);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let statuses = prop::sample::select(vec![200_u16, 200, 200, 204, 404, 429, 429, 500]);
    let step = (prop::collection::vec(1_usize..30, 0..3), prop::collection::vec(statuses, 6));
    prop::collection::vec(step, 0..70)
}

/// The state of the service: the last response to each step, and the number of its requests.
#[derive(Default)]
struct Seen {
    last: BTreeMap<usize, u16>,
    times: BTreeMap<usize, usize>,
}

/// Returns the response to a batch, and checks that the batch is valid.
fn play(steps: &[Step], seen: &mut Seen, body: &[u8]) -> Json {
    let document: Json = serde_json::from_slice(body).unwrap();
    let requests = document["requests"].as_array().unwrap();
    let id = |value: &Json| value.as_str().unwrap().parse::<usize>().unwrap();
    let batch: BTreeSet<usize> = requests.iter().map(|request| id(&request["id"])).collect();
    assert!((1..=20).contains(&requests.len()) && batch.len() == requests.len(), "{} steps", requests.len());
    let mut responses = Vec::new();
    for request in requests {
        let index = id(&request["id"]);
        let named: BTreeSet<usize> = request["dependsOn"].as_array().into_iter().flatten().map(id).collect();
        let (distances, statuses) = &steps[index];
        let needed: BTreeSet<usize> = distances.iter().filter_map(|distance| index.checked_sub(*distance)).collect();
        assert!(named.is_subset(&batch) && named.is_subset(&needed), "{index} names what is not there");
        for other in needed.difference(&named) {
            assert!(seen.last[other] < 400, "{index} went out, though {other} has not succeeded");
        }
        assert!(matches!(seen.last.get(&index), None | Some(424 | 429)), "{index} went out again");
        let status = if named.iter().any(|other| seen.last[other] >= 400) {
            424
        } else {
            let times = seen.times.entry(index).or_default();
            *times += 1;
            statuses[*times - 1]
        };
        seen.last.insert(index, status);
        responses.push(json!({"id": index.to_string(), "status": status, "body": {}}));
    }
    json!({ "responses": responses })
}

proptest! {
    #[test]
    fn every_step_is_answered_and_none_is_done_twice(steps in steps()) {
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let (played, memory) = (steps.clone(), Arc::clone(&seen));
        let service = Service::new(move |_, request| {
            answered(200, &play(&played, &mut memory.lock().unwrap(), request.body()).to_string())
        });
        let client = service.client();
        let mut batch = client.batch();
        let mut added: Vec<edmark_runtime::batch::Step<()>> = Vec::new();
        for (distances, _) in &steps {
            let after: Vec<_> = distances
                .iter()
                .filter_map(|distance| added.len().checked_sub(*distance))
                .map(|index| added[index].id())
                .collect();
            // Actions are not idempotent, so an action that was executed must not be sent again.
            let request = At::root(client.clone()).segment("act").request(Method::Post, response::nothing);
            added.push(batch.add_after(&request, &after).unwrap());
        }
        run(batch.send()).unwrap();
        let seen = seen.lock().unwrap();
        for (index, step) in added.iter().enumerate() {
            let status = match batch.response(*step) {
                Ok(()) => 200,
                Err(Error::Service(error)) => error.status().as_u16(),
                Err(error) => panic!("{index}: {error}"),
            };
            // A step that was not sent has the same response as one that depends on a failed step
            // of the same batch.
            let told = seen.last.get(&index).map_or(424, |status| if *status < 400 { 200 } else { *status });
            prop_assert_eq!(status, told, "{}", index);
            prop_assert!(seen.times.get(&index).is_none_or(|times| *times <= 5));
        }
    }
}
