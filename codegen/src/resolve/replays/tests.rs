use super::replays;
use crate::model::Model;
use crate::model::replays::{Call, Deviation, NoCall, Replay};
use crate::pipeline;
use crate::resolve::Options;
use crate::source::SourceMap;

const SHIP: &str = "# ship resource type\nNamespace: fleet\n\n## Properties\n|Property|Type|Description|\n|:-|:-|:-|\n\
    |id|String|Its id. Key.|\n|crew|Int32|How many.|\n\n\
    <!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"fleet.ship\" } -->\n\
    ```json\n{ \"id\": \"String\", \"crew\": 1 }\n```\n";

/// A page with these request lines and example requests.
fn page(title: &str, lines: &str, examples: &[&str]) -> String {
    let mut page = format!(
        "---\ndoc_type: apiPageType\n---\n# {title}\nNamespace: fleet\n\n## HTTP request\n```http\n{lines}\n```\n\n## Request body\n\
         Do not supply a request body for this method.\n\n## Response\nReturns `200 OK` and a [ship](../resources/ship.md).\n\n## Example\n"
    );
    for example in examples {
        page.push_str(&format!("### Request\n<!-- {{ \"blockType\": \"request\" }} -->\n```http\n{example}\n```\n"));
    }
    page
}

fn found(pages: &[(&str, String)]) -> (Model, Vec<Replay>) {
    let ship = ("v1.0/resources/ship.md".to_owned(), SHIP.to_owned());
    let pages = pages.iter().map(|(name, text)| (format!("v1.0/api/{name}.md"), text.clone()));
    let sources = SourceMap::from_texts(std::iter::once(ship).chain(pages));
    let (schema, _) = pipeline::read(&sources);
    let (model, _) = pipeline::resolve(&schema, &sources, &Options::default());
    let replays = replays(&schema, &model, &sources);
    (model, replays)
}

/// `ships.id("17").get()`
fn chain(model: &Model, call: &Call) -> String {
    let mut parts = Vec::new();
    for taken in &call.steps {
        let step = &model.requests.builder(taken.from).steps[taken.step];
        parts.push(format!("{}({})", step.rust_name, taken.arguments.join(", ")));
    }
    let operation = &model.requests.builder(call.builder).operations[call.operation];
    let arguments: Vec<&str> = call.arguments.iter().map(|given| given.as_deref().unwrap_or("None")).collect();
    parts.push(format!("{}({})", operation.rust_name, arguments.join(", ")));
    parts.join(".")
}

fn chains(pages: &[(&str, String)]) -> Vec<Result<String, NoCall>> {
    let (model, replays) = found(pages);
    replays.into_iter().map(|replay| replay.call.map(|call| chain(&model, &call))).collect()
}

#[test]
fn an_example_is_followed_through_the_tree() {
    let get = page(
        "Get ship",
        "GET /ships/{id}\nGET /harbour/ships/{id}",
        &[
            "GET https://service.example/v1.0/ships/a%20b?$select=id,crew&x",
            "GET /harbour/ships/{id}",
            "POST /ships/17",
            "GET /ships/17/masts",
        ],
    );
    let (model, replays) = found(&[("ship-get", get.clone())]);
    let calls: Vec<_> = replays.iter().map(|replay| replay.call.clone()).collect();
    let first = calls[0].as_ref().expect("a call");
    assert_eq!(chain(&model, first), "ships().id(a b).get()");
    assert_eq!(first.query, [("$select".to_owned(), "id,crew".to_owned()), ("x".to_owned(), String::new())]);
    assert_eq!(first.deviation, None);
    assert_eq!(chain(&model, calls[1].as_ref().expect("a call")), "harbour().ships().id({id}).get()");
    assert_eq!(calls[2], Err(NoCall::Method));
    assert_eq!(calls[3], Err(NoCall::Undescribed));
}

#[test]
fn arguments_are_taken_from_calls_and_queries() {
    let page = page(
        "Find ships",
        "GET /ships/find(name='{name}',crew={crew})?from='{from}'&version=2",
        &[
            "GET /ships/find(name='O''Neil/x',crew=4)?from='a'&version=2&$top=1",
            "GET /ships/find(crew=4,name='b')?from='a'&version=2",
            "GET /ships/find(name='b',crew=4)?version=2",
            "GET /ships/find(name='b',crew=4)?from='a'&version=3",
        ],
    );
    let (model, replays) = found(&[("ship-find", page)]);
    let calls: Vec<_> = replays.iter().map(|replay| replay.call.clone()).collect();
    let first = calls[0].as_ref().expect("a call");
    assert_eq!(chain(&model, first), "ships().find(O'Neil/x, 4).get(a)");
    assert_eq!(first.query, [("$top".to_owned(), "1".to_owned())]);
    assert_eq!(first.deviation, None);
    // The call writes the arguments in the order of the template.
    assert!(matches!(&calls[1], Ok(Call { deviation: Some(Deviation::Segment { .. }), .. })), "{:?}", calls[1]);
    assert_eq!(calls[2], Err(NoCall::Query("from".to_owned())));
    assert!(matches!(&calls[3], Ok(Call { deviation: Some(Deviation::Query(name)), .. }) if name == "version"));
}

#[test]
fn what_contradicts_the_templates_is_said() {
    let page = page(
        "Get ship",
        "GET /ships/{id}",
        &["GET /Ships/17", "GET /ships('17')", "GET /ships/17\nContent-type: application/json\n\n{}"],
    );
    let (_, replays) = found(&[("ship-get", page)]);
    let said: Vec<String> = replays
        .iter()
        .map(|replay| match &replay.call {
            Ok(call) => call.deviation.as_ref().map_or_else(String::new, ToString::to_string),
            Err(reason) => reason.to_string(),
        })
        .collect();
    assert_eq!(
        said,
        [
            "the example has `Ships` in its path, the templates `ships`",
            "the example has `('17')` in its path, the templates `/17`",
            "the example has a body, and the page describes none",
        ]
    );
}

#[test]
fn another_host_is_another_service() {
    let examples = [
        "https://service.example/v1.0/ships/1",
        "https://service.example/v1.0/ships/2",
        "https://elsewhere.example/v1.0/ships/1",
    ];
    let examples = examples.map(|url| format!("GET {url}"));
    let examples: Vec<&str> = examples.iter().map(String::as_str).collect();
    let found = chains(&[("ship-get", page("Get ship", "GET /ships/{id}", &examples))]);
    assert_eq!(found[2], Err(NoCall::Foreign));
    assert!(found[..2].iter().all(Result::is_ok), "{found:?}");
}

#[test]
fn items_are_followed_by_their_paths() {
    let page = page(
        "Get ship",
        "GET /fleet/root:/{path}\nGET /fleet/root:/{path}:/crew",
        &["GET /fleet/root:/a/b%20c", "GET /fleet/root:/a/b:/crew"],
    );
    let found = chains(&[("ship-get", page)]);
    assert_eq!(found[0].as_deref().ok(), Some("fleet().root().by_path(a/b c).get()"));
    assert!(found[1].as_deref().is_ok_and(|chain| chain.starts_with("fleet().root().by_path(a/b).crew")), "{found:?}");
}

#[test]
fn no_text_panics() {
    for url in ["", "?", "/", "/ships(", "/ships()", "/ships/('", "http://", "/%%%/'", "/root:/:/", "/a:"] {
        let page = page("Get ship", "GET /ships/{id}\nGET /root:/{path}", &[&format!("GET {url} HTTP/1.1")]);
        let _ = chains(&[("ship-get", page)]);
    }
}
