#![allow(clippy::unwrap_used)]

use std::borrow::Cow;

use super::{Document, Problem, Value, ValueKind, parse};
use crate::source::FileId;

const START: usize = 100;

fn read(text: &str) -> Document<'_> {
    parse(FileId(0), START, text)
}

fn problems(text: &str) -> Vec<Problem> {
    read(text).problems.iter().map(|problem| problem.value).collect()
}

/// The value in JSON notation, with bare words in angle brackets.
fn show(value: &Value) -> String {
    match &value.kind {
        ValueKind::Null => "null".into(),
        ValueKind::Bool(value) => value.to_string(),
        ValueKind::Number(number) => (*number).into(),
        ValueKind::String(text) => format!("{text:?}"),
        ValueKind::Word(word) => format!("<{word}>"),
        ValueKind::Array(values) => format!("[{}]", values.iter().map(show).collect::<Vec<_>>().join(",")),
        ValueKind::Object(members) => {
            let members = members.iter().map(|(key, value)| format!("{:?}:{}", key.value, show(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
    }
}

fn reads(text: &str, value: &str, expected: &[Problem]) {
    let document = read(text);
    assert_eq!(show(&document.value), value, "{text}");
    assert_eq!(problems(text), expected, "{text}");
}

#[test]
fn valid_json_has_no_problems() {
    reads(
        r#" {"a": [1, -2.5e+3, true, false, null, {}], "b": "x\n\"\u00e9\ud83d\ude00"} "#,
        r#"{"a":[1,-2.5e+3,true,false,null,{}],"b":"x\n\"é😀"}"#,
        &[],
    );
}

#[test]
fn spans_cover_quotes_and_brackets() {
    let text = r#"{"key": ["v"]}"#;
    let document = read(text);
    let ValueKind::Object(members) = &document.value.kind else { panic!() };
    let slice = |span: crate::source::Span| &text[span.range().start - START..span.range().end - START];
    assert_eq!(slice(document.value.span), text);
    assert_eq!(slice(members[0].0.span), r#""key""#);
    assert_eq!(slice(members[0].1.span), r#"["v"]"#);
}

#[test]
fn strings_without_escapes_are_borrowed() {
    let document = read(r#"["plain", "esc\t"]"#);
    let ValueKind::Array(values) = &document.value.kind else { panic!() };
    assert!(matches!(values[0].kind, ValueKind::String(Cow::Borrowed("plain"))));
    assert!(matches!(&values[1].kind, ValueKind::String(Cow::Owned(text)) if text == "esc\t"));
}

#[test]
fn repeated_keys_are_kept_and_the_last_one_counts() {
    let document = read(r#"{"a": 1, "a": 2}"#);
    assert_eq!(show(&document.value), r#"{"a":1,"a":2}"#);
    assert!(matches!(document.value.get("a").unwrap().kind, ValueKind::Number("2")));
}

#[test]
fn commas() {
    reads("[1, 2,]", "[1,2]", &[Problem::TrailingComma]);
    reads(r#"{"a": 1,}"#, r#"{"a":1}"#, &[Problem::TrailingComma]);
    reads("{\"a\": \"x\"\n\"b\": 2}", r#"{"a":"x","b":2}"#, &[Problem::MissingComma]);
    reads("[{} {}]", "[{},{}]", &[Problem::MissingComma]);
    reads("[1,,2]", "[1,2]", &[Problem::Unexpected]);
}

#[test]
fn comments_and_ellipses() {
    reads("{\"a\": 1 // one\n, /* two */ \"b\": 2}", r#"{"a":1,"b":2}"#, &[Problem::Comment; 2]);
    reads(
        r#"{"a": [{...}, ...], "b": "...", …}"#,
        r#"{"a":[{}],"b":"..."}"#,
        &[Problem::Ellipsis, Problem::Ellipsis, Problem::TrailingComma, Problem::Ellipsis, Problem::TrailingComma],
    );
}

#[test]
fn closing_marks() {
    reads(r#"{"a": {"b": 1}"#, r#"{"a":{"b":1}}"#, &[Problem::Unbalanced]);
    reads(r#"{"a": [1}"#, r#"{"a":[1]}"#, &[Problem::Unbalanced]);
    reads(r#"[{"a": 1]"#, r#"[{"a":1}]"#, &[Problem::Unbalanced]);
    reads(r#"{"a": 1}}"#, r#"{"a":1}"#, &[Problem::Unbalanced]);
    reads(r#""a": 1, "b": 2}"#, r#"{"a":1,"b":2}"#, &[Problem::Unbalanced]);
}

#[test]
fn quotes() {
    reads("{\"a\": \"x,\n \"b\": \"y\"}", r#"{"a":"x","b":"y"}"#, &[Problem::MissingQuote]);
    reads(r#"{"a: "x", "b": 1}"#, r#"{"a":"x","b":1}"#, &[Problem::MissingQuote]);
    reads(r#"{a": "x"}"#, r#"{"a":"x"}"#, &[Problem::MissingQuote]);
    reads(r#"{"a": x"}"#, r#"{"a":"x"}"#, &[Problem::MissingQuote]);
    reads("{'a': 'x'}", r#"{"a":"x"}"#, &[Problem::WrongQuote; 2]);
    reads("{“a”: ‘x’}", r#"{"a":"x"}"#, &[Problem::WrongQuote; 2]);
    reads("[\"two\nlines\"]", "[\"two\\nlines\"]", &[Problem::BadString]);
    reads(r#"["\q"]"#, r#"["\\q"]"#, &[Problem::BadString]);
}

#[test]
fn bare_words() {
    reads(
        "{a: String (id), b: 2020-01-01T00:00:00Z}",
        r#"{"a":<String (id)>,"b":<2020-01-01T00:00:00Z>}"#,
        &[Problem::BareWord; 4],
    );
    reads("[True, 01]", "[true,<01>]", &[Problem::BareWord; 2]);
}

#[test]
fn keys_without_values() {
    reads("{\"a\",\n\"b\": 1}", r#"{"a":null,"b":1}"#, &[Problem::MissingColon]);
    reads("{\"a\"\n\"b\": 1}", r#"{"a":null,"b":1}"#, &[Problem::MissingColon, Problem::MissingComma]);
    reads(r#"{"a" "x"}"#, r#"{"a":"x"}"#, &[Problem::MissingColon]);
    reads(r#"{"a": , "b": 1}"#, r#"{"a":null,"b":1}"#, &[Problem::Unexpected]);
    reads(r#"{"a": {} {"b": 1}}"#, r#"{"a":{}}"#, &[Problem::Unexpected]);
    reads("{\"a\": 1,\n{\n\"b\": 2}}", r#"{"a":1,"b":2}"#, &[Problem::Unexpected]);
}

#[test]
fn text_around() {
    reads("", "null", &[Problem::Unexpected]);
    reads("{} and more ", "{}", &[Problem::TrailingText]);
    reads("/", "</>", &[Problem::BareWord]);
}

#[test]
fn nesting_is_limited_and_huge_texts_are_quick() {
    for unit in [
        "[", "{", "[{", "{\"a\":", "]", "}{", "[1,", "\"", "'", "\\", "/", "/*", "//", ".", ",", "a:", "\"\n", "\"\\u",
        "\"\n\n",
    ] {
        let text = unit.repeat(300_000);
        let document = read(&text);
        assert!(!document.problems.is_empty());
    }
    let deep = format!("{}{}", "[".repeat(70), "]".repeat(70));
    assert_eq!(problems(&deep), [Problem::TooDeep]);
}
