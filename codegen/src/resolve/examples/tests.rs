//! Small services that were written for these tests.

use crate::config::{Corrections, Selection};
use crate::model::{Envelope, ExampleContent, MessageKind, Model, UntypedContent, ValueType};
use crate::pipeline;
use crate::resolve::Options;
use crate::source::SourceMap;

fn resource(name: &str, base: &str, rows: &str) -> (String, String) {
    let text = format!(
        "---\ndoc_type: resourcePageType\n---\n# {name} resource type\n\nNamespace: microsoft.graph\n\nA type.\n\n\
         ## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n|id|String|Key.|\n{rows}\n\n\
         ## JSON representation\n<!-- {{ \"blockType\": \"resource\", \"keyProperty\": \"id\", \"baseType\": \"{base}\", \"@odata.type\": \
         \"microsoft.graph.{name}\" }} -->\n```json\n{{ }}\n```\n"
    );
    (format!("resources/{name}.md"), text)
}

fn api(request: &str, body: &str, response: &str, examples: &[String]) -> (String, String) {
    let text = format!(
        "---\ndoc_type: apiPageType\n---\n# Do it\n\nNamespace: microsoft.graph\n\n## HTTP request\n```http\n{request}\n```\n\n\
         ## Request body\n{body}\n\n## Response\n{response}\n\n## Example\n{}",
        examples.concat()
    );
    ("api/do-it.md".to_owned(), text)
}

fn message(comment: &str, first: &str, body: &str) -> String {
    format!("<!-- {comment} -->\n```http\n{first}\nContent-Type: application/json\n\n{body}\n```\n\n")
}

fn request(first: &str, body: &str) -> String {
    message(r#"{"blockType": "request", "name": "it"}"#, first, body)
}

fn response(annotation: &str, body: &str) -> String {
    message(&format!(r#"{{"blockType": "response"{annotation}}}"#), "HTTP/1.1 200 OK", body)
}

const GAUGE_ROWS: &str = "|isOn|Boolean|.|\n|limits|Double collection|.|\n|size|Int64|.|\n|unit|[unit](unit.md)|.|\n|any|Json|.|\n\
                          |born|Date|.|\n|small|Single|.|\n|bits|Byte|.|";

/// Returns the examples of a page, as part of a service of gauges, in words.
fn examples(page: (String, String)) -> Vec<String> {
    let pages = [
        resource("gauge", "", GAUGE_ROWS),
        resource("smartGauge", "microsoft.graph.gauge", "|mind|Boolean|.|"),
        resource("unit", "", "|symbol|String|.|"),
        resource("site", "", "|gauges|[gauge](gauge.md) collection|.|\n|unit|[unit](unit.md)|.|"),
        page,
    ];
    let sources = SourceMap::from_texts(pages);
    let (schema, _) = pipeline::read(&sources);
    let (model, diagnostics) = pipeline::resolve(&schema, &sources, &Options::default());
    let reported = diagnostics.iter().filter(|problem| problem.code == crate::diagnostics::Code::ExampleDisagrees);
    // A number with more digits than a single has is no mistake of the page, although reading and
    // writing it changes it.
    let is_reported = |defect: &str| !defect.ends_with("which is `Edm.Single`");
    let defective = model.examples.iter().filter_map(|example| example.defect.as_ref());
    assert!(reported.count() >= defective.filter(|defect| is_reported(&defect.value)).count());
    model
        .examples
        .iter()
        .map(|example| {
            let of = match example.message {
                MessageKind::Request => "request",
                MessageKind::Response => "response",
            };
            let defect = example.defect.as_ref().map_or_else(String::new, |defect| format!("; {}", defect.value));
            format!("{of}: {}{defect}", content(&model, &example.content))
        })
        .collect()
}

fn content(model: &Model, content: &ExampleContent) -> String {
    match content {
        ExampleContent::Typed { ty, envelope } => {
            let name = match ty {
                ValueType::Structured(id) => model.structured(*id).name.name.clone(),
                ValueType::Primitive(primitive) => primitive.edm_name().to_owned(),
                other => format!("{other:?}"),
            };
            match envelope {
                Envelope::None => name,
                Envelope::Single => format!("one {name}"),
                Envelope::Collection => format!("many {name}"),
            }
        }
        ExampleContent::Untyped(UntypedContent::Undocumented(name)) => format!("undocumented {name}"),
        ExampleContent::Untyped(why) => format!("{why:?}"),
        ExampleContent::Invalid => "invalid".to_owned(),
    }
}

fn responses(request: &str, said: &str, shown: &[(&str, &str)]) -> Vec<String> {
    let shown: Vec<String> = shown.iter().map(|(annotation, body)| response(annotation, body)).collect();
    examples(api(request, "Don't supply a request body.", said, &shown))
}

fn requests(line: &str, said: &str, returns: &str, shown: &[&str]) -> Vec<String> {
    let shown: Vec<String> = shown.iter().map(|body| request(line, body)).collect();
    examples(api(line, said, returns, &shown))
}

#[test]
fn the_annotation_types_a_response_and_the_document_its_envelope() {
    let gauge = r#", "@odata.type": "microsoft.graph.gauge""#;
    let gauges = r#", "@odata.type": "microsoft.graph.gauge", "isCollection": true"#;
    let found = responses(
        "GET /things",
        "",
        &[
            (gauge, r#"{"isOn": true}"#),
            (gauge, r#"{"value": [{"isOn": true}]}"#),
            (gauge, r#"{"@odata.context": "x", "value": {"isOn": true}}"#),
            (gauges, r#"{"value": []}"#),
            (r#", "@odata.type": "Collection(microsoft.graph.gauge)""#, r#"{"value": []}"#),
            (r#", "@odata.type": "string""#, r#"{"value": "x"}"#),
            (r#", "@odata.type": "Edm.Int32", "isCollection": true"#, r#"{"value": [1]}"#),
            (r#", "@odata.type": "microsoft.graph.nowhere""#, "{}"),
            (gauge, "{ ... }"),
        ],
    );
    let expected = [
        "response: gauge",
        "response: many gauge",
        "response: one gauge",
        "response: many gauge",
        "response: many gauge",
        "response: one Edm.String",
        "response: many Edm.Int32",
        // The first example of the page states the response of its requests.
        "response: gauge",
        "response: invalid",
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_text_types_a_response_without_annotation() {
    let said = "If successful, this method returns a `200 OK` response code and a [gauge](../resources/gauge.md) object in the response body.";
    assert_eq!(responses("GET /things", said, &[("", r#"{"isOn": true}"#)]), ["response: gauge"]);
    assert_eq!(responses("GET /things", "", &[("", r#"{"isOn": true}"#)]), ["response: Unsaid"]);
    // The document decides between the linked type and the annotated one. If it has members of
    // neither, the annotation counts.
    let unit = r#", "@odata.type": "microsoft.graph.unit""#;
    assert_eq!(responses("GET /things", said, &[(unit, r#"{"isOn": true}"#)]), ["response: gauge"]);
    assert_eq!(responses("GET /things", said, &[(unit, r#"{"id": "1", "other": true}"#)]), ["response: unit"]);
}

#[test]
fn errors_have_no_type() {
    let error = message(r#"{"blockType": "response"}"#, "HTTP/1.1 404 Not Found", r#"{"error": {}}"#);
    assert_eq!(examples(api("GET /gauges", "", "", &[error])), ["response: Error"]);
}

#[test]
fn a_request_is_what_the_section_says_or_the_path_addresses() {
    let typed = "In the request body, supply a JSON representation of the [gauge](../resources/gauge.md) object.";
    assert_eq!(requests("POST /things", typed, "", &[r#"{"isOn": true}"#]), ["request: gauge"]);
    let properties = "In the request body, supply the values for relevant fields that should be updated.";
    for line in [
        "PATCH /gauges/{id}",
        "PATCH /sites/{id}/gauges/{id}",
        "PATCH /unknown/{id}/gauges/{id}",
        "PATCH /sites/{id}/gauges/{id}/microsoft.graph.smartGauge",
    ] {
        assert_eq!(
            requests(line, properties, "", &[r#"{"isOn": true}"#])[0].replace("smartGauge", "gauge"),
            "request: gauge",
            "{line}"
        );
    }
    assert_eq!(requests("PATCH /sites/{id}/unit", properties, "", &[r#"{"symbol": "m"}"#]), ["request: unit"]);
    assert_eq!(requests("PATCH /unknown/{id}", properties, "", &[r#"{"isOn": true}"#]), ["request: Unsaid"]);
    // Only the path suggests the type, and the document has none of its members.
    assert_eq!(requests("PATCH /sites/{id}/unit", properties, "", &[r#"{"isOn": true}"#]), ["request: Unsaid"]);
    let returns = "If successful, this method returns a `200 OK` response code and a [gauge](../resources/gauge.md) object in the response body.";
    assert_eq!(requests("PATCH /unknown/{id}", properties, returns, &[r#"{"isOn": true}"#]), ["request: gauge"]);
}

#[test]
fn what_is_no_entity_is_counted_apart() {
    let parameters = "In the request body, supply JSON with the following parameters.\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|to|String|.|";
    assert_eq!(requests("POST /gauges/{id}/send", parameters, "", &[r#"{"to": "x"}"#]), ["request: Parameters"]);
    let typed = "In the request body, supply a JSON representation of the [gauge](../resources/gauge.md) object.";
    let reference = r#"{"@odata.id": "https://x/gauges/1"}"#;
    assert_eq!(requests("POST /sites/{id}/gauges/$ref", typed, "", &[reference]), ["request: Reference"]);
}

#[test]
fn what_does_not_fit_is_a_defect() {
    let gauge = r#", "@odata.type": "microsoft.graph.gauge""#;
    let gauges = r#", "@odata.type": "microsoft.graph.gauge", "isCollection": true"#;
    let bad = |annotation: &str, body: &str| {
        responses("GET /things", "", &[(annotation, body)])[0]
            .split_once("; ")
            .map_or_else(String::new, |(_, defect)| defect.to_owned())
    };
    // Nulls, placeholders, unknown members and members that pages do not describe are no mistakes.
    let fine = r#"{"id": null, "isOn": true, "limits": [1, null, "x"], "size": -1, "unit": {"symbol": null, "odd": []}, "any": [1], "born": "date-value",
        "small": 0.1, "bits": 255, "other": {"isOn": "x"}, "isOn@x": 1}"#;
    assert_eq!(bad(gauge, fine), "");
    assert_eq!(bad(gauge, r#"{"isOn": "true"}"#), "a string for `isOn`, which is `Edm.Boolean`");
    assert_eq!(bad(gauge, r#"{"limits": 1.5}"#), "a number for `limits`, which is a collection");
    assert_eq!(bad(gauge, r#"{"limits": [1.5, "NaN", "high"]}"#), "a string for `limits`, which is `Edm.Double`");
    assert_eq!(bad(gauge, r#"{"size": "12"}"#), "a string for `size`, which is `Edm.Int64`");
    assert_eq!(bad(gauge, r#"{"size": 9223372036854775808}"#), "a number for `size`, which is `Edm.Int64`");
    assert_eq!(bad(gauge, r#"{"size": 1e3, "bits": 256}"#), "a number for `bits`, which is `Edm.Byte`");
    assert_eq!(bad(gauge, r#"{"small": 0.1234567890123}"#), "a number for `small`, which is `Edm.Single`");
    assert_eq!(bad(gauge, r#"{"born": 5}"#), "a number for `born`, which is `Edm.Date`");
    assert_eq!(bad(gauge, r#"{"unit": "m"}"#), "a string for `unit`, which is `microsoft.graph.unit`");
    assert_eq!(bad(gauge, r#"{"unit": {"symbol": 1}}"#), "a number for `symbol`, which is `Edm.String`");
    assert_eq!(bad(gauges, r#"{"isOn": true}"#), "an object, and should be a collection, with an array `value`");
    assert_eq!(bad(gauges, r#"{"value": [], "@odata.count": "3"}"#), "a string, and should be `Edm.Int64`");
    // The tag decides which properties the object has.
    assert_eq!(bad(gauge, r##"{"mind": 1}"##), "");
    assert_eq!(
        bad(gauge, r##"{"@odata.type": "#microsoft.graph.smartGauge", "mind": 1}"##),
        "a number for `mind`, which is `Edm.Boolean`"
    );
    assert_eq!(
        bad(gauge, r##"{"@odata.type": "#Microsoft.Graph.SmartGauge", "isOn": 1}"##),
        "a number for `isOn`, which is `Edm.Boolean`"
    );
}

#[test]
fn what_is_left_out_has_no_type() {
    let pages = [
        resource("gauge", "", GAUGE_ROWS),
        resource("unit", "", "|symbol|String|.|"),
        api(
            "GET /things",
            "",
            "",
            &[
                response(r#", "@odata.type": "microsoft.graph.unit""#, r#"{"symbol": "m"}"#),
                response(r#", "@odata.type": "microsoft.graph.gauge""#, r#"{"unit": 1}"#),
            ],
        ),
    ];
    let sources = SourceMap::from_texts(pages);
    let (schema, _) = pipeline::read(&sources);
    let (model, _) = pipeline::resolve(&schema, &sources, &Options::default());
    let shown = |model: &Model| -> Vec<(String, bool)> {
        let examples = model.examples.iter();
        examples.map(|example| (content(model, &example.content), example.defect.is_some())).collect()
    };
    let [unit, gauge] = ["unit", "gauge"].map(str::to_owned);
    assert_eq!(shown(&model), [(unit, false), (gauge.clone(), true)]);
    // Values of the type `unit` are untyped now, so that a number is as good as an object.
    let selection = Selection { exclude: vec!["unit".to_owned()], ..Selection::default() };
    let selected = pipeline::select(model, &sources, &selection).expect("a type");
    assert_eq!(shown(&selected), [(gauge.clone(), false)]);
    let text = r#"types."microsoft.graph.unit".exclude = true"#;
    let corrections = Corrections::parse("edmark.toml", text).expect("valid");
    let (corrected, _) = pipeline::resolve(&schema, &sources, &Options { corrections, ..Options::default() });
    assert_eq!(shown(&corrected), [("undocumented microsoft.graph.unit".to_owned(), false), (gauge, false)]);
}
