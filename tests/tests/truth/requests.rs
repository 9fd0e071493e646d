//! Edits of requests.

use super::Edit;
use super::pages::with_requests;

type Requests = &'static [(&'static str, &'static str, &'static str)];

const LIST: (&str, &str, &str) = ("List cities", "GET /cities", "CITY collection");
const GET: (&str, &str, &str) = ("Get city", "GET /cities/{id}", "CITY");

pub(super) fn all() -> Vec<Edit> {
    let of = |name: &'static str, before: Requests, after: Requests, caller: &'static str, says: &'static str| Edit {
        name,
        says,
        before: with_requests(name, before),
        after: with_requests(name, after),
        caller,
    };
    vec![
        of(
            "request_added",
            &[LIST],
            &[LIST, GET],
            "let _ = City::list();",
            "City: function `get` added: `(&str) -> rt::Request<City>`",
        ),
        of(
            "request_removed",
            &[LIST, GET],
            &[LIST],
            "let _ = City::get(\"Rome\");",
            "City: function `get` removed, was `(&str) -> rt::Request<City>`",
        ),
        of(
            "request_renamed",
            &[GET],
            &[("Read city", "GET /cities/{id}", "CITY")],
            "let _ = City::get(\"Rome\");",
            "City: function `read` renamed, was `get`",
        ),
        of(
            "answer_retyped",
            &[GET],
            &[("Get city", "GET /cities/{id}", "CITY collection")],
            "let _: rt::Request<City> = City::get(\"Rome\");",
            "City: function `get` has another type: `(&str) -> rt::Request<City>` became `(&str) -> rt::Request<rt::Collection<City>>`",
        ),
        of(
            "parameter_added",
            &[GET],
            &[("Get city", "GET /lands/{id}/cities/{id}", "CITY")],
            "let _ = City::get(\"Rome\");",
            "City: function `get` has another type: `(&str) -> rt::Request<City>` became `(&str, &str) -> rt::Request<City>`",
        ),
        of(
            "request_rewired",
            &[GET],
            &[("Get city", "GET /towns/{id}", "CITY")],
            "let _ = City::get(\"Rome\");",
            "City: function `get` stands for `GET /towns/{id}`, not `GET /cities/{id}`",
        ),
        Edit {
            name: "request_documented",
            says: "City: function `get` has another documentation",
            before: with_requests("request_documented", &[GET]),
            after: with_requests("request_documented", &[GET])
                .into_iter()
                .map(|(path, text)| (path, text.replace("|Get city.|", "|Reads one.|")))
                .collect(),
            caller: "let _ = City::get(\"Rome\");",
        },
    ]
}
