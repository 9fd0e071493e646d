//! Edits of requests. All edits share one tree of request builders, so each has its own URLs, below
//! a step with its name.

use super::Edit;
use super::pages::with_requests;

/// The title, the request line and the response. `EDIT` is replaced by the name of the edit.
type Requests = &'static [(&'static str, &'static str, &'static str)];

const LIST: (&str, &str, &str) = ("List cities", "GET /EDIT", "CITY collection");
const GET: (&str, &str, &str) = ("Get city", "GET /EDIT/{id}", "CITY");

pub(super) fn all() -> Vec<Edit> {
    let pages = |edit: &'static str, requests: Requests| {
        let lines: Vec<String> = requests.iter().map(|(_, line, _)| line.replace("EDIT", edit)).collect();
        let requests: Vec<_> = requests
            .iter()
            .zip(&lines)
            .map(|((title, _, response), line)| (*title, line.as_str(), *response))
            .collect();
        with_requests(edit, &requests)
    };
    let of = |name: &'static str, before: Requests, after: Requests, caller: &'static str, says: &'static str| Edit {
        name,
        says,
        before: pages(name, before),
        after: pages(name, after),
        caller,
    };
    vec![
        of(
            "request_added",
            &[LIST],
            &[LIST, GET],
            "let _ = graph::requests::Graph::offline_at(\"\").request_added().list();",
            "RequestAddedCityRequests: added",
        ),
        of(
            "request_removed",
            &[LIST, GET],
            &[GET],
            "let _ = graph::requests::Graph::offline_at(\"\").request_removed().list();",
            "RequestRemovedRequests: function `list` removed, was `() -> rt::ListRequest<City>`",
        ),
        of(
            "answer_retyped",
            &[GET],
            &[("Get city", "GET /EDIT/{id}", "CITY collection")],
            "let _: rt::ReadRequest<City> = graph::requests::Graph::offline_at(\"\").answer_retyped().id(\"Rome\").get();",
            "ItemOfAnswerRetypedRequests: renamed, was `AnswerRetypedCityRequests`",
        ),
        of(
            "parameter_added",
            &[("Find cities", "GET /EDIT/find", "CITY collection")],
            &[("Find cities", "GET /EDIT/find?name={name}", "CITY collection")],
            "let _ = graph::requests::Graph::offline_at(\"\").parameter_added().find();",
            "ParameterAddedRequests: function `find` has another type: `() -> rt::ListRequest<City>` became `(&str) -> rt::ListRequest<City>`",
        ),
        of(
            "request_rewired",
            &[("Find cities", "GET /EDIT/findCities", "CITY collection")],
            &[("Find cities", "GET /EDIT/find-cities", "CITY collection")],
            "let _ = graph::requests::Graph::offline_at(\"\").request_rewired().find_cities();",
            "RequestRewiredRequests: function `find_cities` stands for `GET /request_rewired/find-cities`, not `GET /request_rewired/findCities`",
        ),
        of(
            "step_renamed",
            &[("List cities", "GET /EDIT/towns", "CITY collection")],
            &[("List cities", "GET /EDIT/cities", "CITY collection")],
            "let _ = graph::requests::Graph::offline_at(\"\").step_renamed().towns();",
            "CitiesOfStepRenamedRequests: added",
        ),
        Edit {
            name: "request_documented",
            says: "RequestDocumentedCityRequests: function `get` has another documentation",
            before: pages("request_documented", &[GET]),
            after: pages("request_documented", &[GET])
                .into_iter()
                .map(|(path, text)| {
                    (path, text.replace("|Get city.|", "|Reads one.|").replace("\nGet city.\n", "\nReads one.\n"))
                })
                .collect(),
            caller: "let _ = graph::requests::Graph::offline_at(\"\").request_documented().id(\"Rome\").get();",
        },
    ]
}
