//! Diagnostics as [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html),
//! which code scanning services read: one run with all problems, and a rule for each kind of them.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Location, Positions};
use crate::diagnostics::{Code, Diagnostic, Label, Severity};

/// The characters that are percent-encoded in the path of a URI.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}');

/// The document with all problems of a run. `relative` makes a path relative to the repository.
pub fn render<'d>(
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    positions: &Positions<'_>,
    relative: impl Fn(&str) -> String,
) -> String {
    let rules = Code::ALL.iter().map(|code| {
        let text = code.explanation().lines().map(str::trim).collect::<Vec<_>>().join(" ");
        json!({
            "id": code.name(),
            "fullDescription": { "text": text.trim() },
            "defaultConfiguration": { "level": level(code.severity()) },
        })
    });
    let uri = |path: &str| utf8_percent_encode(&relative(path), PATH).to_string();
    let results = diagnostics.into_iter().map(|problem| result(problem, positions, &uri));
    let document = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "edmark",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{document:#}")
}

fn result(problem: &Diagnostic, positions: &Positions<'_>, uri: &dyn Fn(&str) -> String) -> Value {
    let mut text = problem.message.clone();
    if let Some(help) = &problem.help {
        text.push_str(&format!(" ({help})"));
    }
    let others: Vec<Value> = problem.secondary.iter().map(|label| location(label, positions, uri)).collect();
    let mut result = json!({
        "ruleId": problem.code.name(),
        "level": level(problem.severity()),
        "message": { "text": text },
        "locations": [location(&problem.primary, positions, uri)],
    });
    if !others.is_empty() {
        result["relatedLocations"] = others.into();
    }
    result
}

fn location(label: &Label, positions: &Positions<'_>, uri: &dyn Fn(&str) -> String) -> Value {
    let Location { path, line, column, end_line, end_column } = positions.place(label.span);
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(path) },
            "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
        },
    });
    if !label.text.is_empty() {
        location["message"] = json!({ "text": label.text });
    }
    location
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
