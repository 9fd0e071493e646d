//! Hostile and invalid JSON: errors have the position and the reason, and nothing panics, overflows
//! or hangs.

use edmark_runtime::{Additional, Collection, Json, Untyped, strictly};
use serde_json::json;

use crate::sample::{Being, Node, Thing};

#[track_caller]
fn refused<T: serde::de::DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
    strictly(|| serde_json::from_str::<T>(text)).expect_err(text).to_string()
}

/// Checks that a page with one item that is not of its type is written back unchanged, and returns
/// that item.
#[track_caller]
fn kept(member: &str) -> Thing {
    let text = format!(r#"{{"value":[{{"id":"1"}},{{{member}}},{{"id":"3"}}]}}"#);
    let mut page: Collection<Thing> = serde_json::from_str(&text).expect("a page");
    assert_eq!(page.value.len(), 3);
    assert_eq!(serde_json::to_string(&page).expect("JSON"), text);
    page.value.remove(1)
}

fn misfits(additional: &Additional) -> Vec<(&str, Json)> {
    additional.misfits().collect()
}

#[test]
fn a_value_of_another_type_does_not_cost_its_page() {
    assert_eq!(kept(r#""enabled":"true""#).enabled, None);
    for (member, name, value) in [
        (r#""enabled":"true""#, "enabled", json!("true")),
        (r#""id":true"#, "id", json!(true)),
        (r#""id":{"a":[1]}"#, "id", json!({"a": [1]})),
        (r#""numbers":[1,2147483648]"#, "numbers", json!([1, 2_147_483_648_i64])),
        (r#""big":"12a""#, "big", json!("12a")),
        (r#""born":5"#, "born", json!(5)),
        (r#""color":5"#, "color", json!(5)),
        (r#""owner":[1]"#, "owner", json!([1])),
        (r#""manager":"x""#, "manager", json!("x")),
        (r#""ratio":"1.5""#, "ratio", json!("1.5")),
    ] {
        assert_eq!(misfits(&kept(member).additional), [(name, value)], "{member}");
    }
    // A nested value is kept in the nested object.
    let owner = kept(r#""owner":{"id":true}"#).owner.expect("an owner");
    assert_eq!(misfits(&owner.additional), [("id", json!(true))]);
    // An undocumented member is not a misfit.
    assert_eq!(misfits(&kept(r#""colour":5"#).additional), []);
}

#[test]
fn what_can_only_mean_one_thing_is_read_as_that() {
    let read = |text: &str| -> Thing { serde_json::from_str(text).expect(text) };
    assert_eq!(read(r#"{"id": 17}"#).id.as_deref(), Some("17"));
    assert_eq!(read(r#"{"numbers": 4}"#).numbers, Some(vec![4]));
    assert_eq!(read(r#"{"numbers": "4"}"#).numbers, Some(vec![4]));
    assert_eq!(read(r#"{"names": "Ada"}"#).names, Some(vec!["Ada".to_owned()]));
    // A document of the wrong type as a whole is an error, other than a single member.
    for (text, place) in [(r#"{"value": {"id": "1"}}"#, "value: "), (r#"{"value": [{}, "x"]}"#, "value[1]: ")] {
        let error = serde_json::from_str::<Collection<Thing>>(text).expect_err(text).to_string();
        assert!(error.starts_with(place), "{error}");
    }
    let error = strictly(|| serde_json::from_str::<Thing>(r#"{"id": 17}"#)).expect_err("strict");
    assert!(error.to_string().starts_with("id: invalid type: integer `17`, expected a string"), "{error}");
}

#[test]
fn wrong_types_are_named_with_their_place() {
    let cases = [
        (
            r#"{"value": [{}, {}, {}, {"owner": {"id": 5}}]}"#,
            "value[3].owner.id: invalid type: integer `5`, expected a string at line 1 column 41",
        ),
        (r#"{"value": 5}"#, "value: invalid type: integer `5`, expected an array at line 1 column 11"),
        (
            r#"{"value": [5]}"#,
            "value[0]: invalid type: integer `5`, expected an object (sample.thing) at line 1 column 12",
        ),
        (
            r#"{"value": [{"id": true}]}"#,
            "value[0].id: invalid type: boolean `true`, expected a string at line 1 column 22",
        ),
        (
            r#"{"value": [{"enabled": "true"}]}"#,
            "value[0].enabled: invalid type: string \"true\", expected a Boolean at line 1 column 29",
        ),
        (
            r#"{"value": [{"numbers": [1, 2147483648]}]}"#,
            "value[0].numbers[1]: invalid type: integer `2147483648`, expected a 32-bit integer at line 1 column 37",
        ),
        (
            r#"{"value": [{"big": "12a"}]}"#,
            "value[0].big: invalid type: string \"12a\", expected a 64-bit integer, as a number or a string at line 1 column 24",
        ),
        (
            r#"{"value": [{"born": 5}]}"#,
            "value[0].born: invalid type: integer `5`, expected a string (a date) at line 1 column 21",
        ),
        (
            r#"{"value": [{"color": 5}]}"#,
            "value[0].color: invalid type: integer `5`, expected a string (the name of an enum member) at line 1 column 22",
        ),
        (
            r#"{"value": [{"names": {"a": 1}}]}"#,
            "value[0].names: invalid type: an object, expected an array at line 1 column 22",
        ),
        (
            r#"{"value": [{"id": {"a": 1}}]}"#,
            "value[0].id: invalid type: an object, expected a string at line 1 column 19",
        ),
        (
            r#"{"value": [{"owner": [1]}]}"#,
            "value[0].owner: invalid type: an array, expected an object (sample.node) at line 1 column 22",
        ),
        (
            r#"{"value": [{"manager": "x"}]}"#,
            "value[0].manager: invalid type: string \"x\", expected an object (sample.being) at line 1 column 26",
        ),
        (
            r#"{"@odata.count": "x", "value": []}"#,
            "[\"@odata.count\"]: invalid type: string \"x\", expected a 64-bit integer, as a number or a string at line 1 column 20",
        ),
        (
            r#"{"value": [{"ratio": "1.5"}]}"#,
            "value[0].ratio: invalid type: string \"1.5\", expected a number, \"NaN\", \"INF\" or \"-INF\" at line 1 column 26",
        ),
        ("5", "invalid type: integer `5`, expected an object (Collection) at line 1 column 1"),
        ("null", "invalid type: null, expected an object (Collection) at line 1 column 4"),
    ];
    for (text, error) in cases {
        assert_eq!(refused::<Collection<Thing>>(text), error);
    }
}

#[test]
fn long_texts_are_not_repeated() {
    let text = format!(r#"{{"age": "{}"}}"#, "é".repeat(100_000));
    let error = refused::<Thing>(&text);
    assert!(error.len() < 200 && error.contains("199920 bytes more"), "{error}");
}

#[test]
fn errors_of_the_format_keep_their_kind() {
    let cut = serde_json::from_str::<Thing>(r#"{"owner": {"id": "1"#).expect_err("cut off");
    assert!(cut.is_eof(), "{cut}");
    let bad = serde_json::from_str::<Thing>(r#"{"owner": {"id": tru}}"#).expect_err("not JSON");
    assert!(bad.is_syntax(), "{bad}");
    let wrong = strictly(|| serde_json::from_str::<Thing>("{\n\"owner\": {\"id\":\n 5}}")).expect_err("a number");
    assert_eq!((wrong.is_data(), wrong.line(), wrong.column()), (true, 3, 2));
}

#[test]
fn ten_thousand_levels() {
    for (open, close) in [(r#"{"next":"#, "}"), (r#"{"children":["#, "]}"), (r#"{"x":"#, "}"), (r#"{"next":[["#, "]]}")]
    {
        let deep = format!("{}{{}}{}", open.repeat(10_000), close.repeat(10_000));
        let error = refused::<Node>(&deep);
        assert!(error.contains("recursion limit") || error.contains("expected"), "{error}");
        refused::<Untyped>(&deep);
        refused::<Being>(&deep);
    }
    let deepest = |levels: usize| format!("{}{{}}{}", r#"{"next":"#.repeat(levels), "}".repeat(levels));
    assert!(serde_json::from_str::<Node>(&deepest(126)).is_ok());
    assert!(serde_json::from_str::<Json>(&deepest(126)).is_ok());
}

#[test]
fn deep_values_from_a_format_without_a_limit() {
    let mut value = json!({});
    for _ in 0..1_000 {
        value = json!({"next": value});
    }
    let error = serde_json::from_value::<Node>(value).expect_err("too deep").to_string();
    assert!(error.ends_with("nested more than 128 levels deep"), "{error}");
    assert!(error.starts_with("next.next."), "{error}");
}

/// This would not end in reasonable time if it were quadratic.
#[test]
fn many_members_and_many_elements() {
    let members: Vec<String> = (0..200_000).map(|n| format!("\"m{n}\":{n}")).collect();
    let text = format!("{{{}}}", members.join(","));
    let thing: Thing = serde_json::from_str(&text).expect("unknown members are fine");
    assert_eq!(thing.additional.len(), 200_000);
    assert_eq!(serde_json::to_string(&thing).expect("writing").len(), text.len());
    assert!(thing == thing.clone());
    let tags = r##""@odata.type":"#sample.robot","@odata.type":"#sample.person","##.repeat(100_000);
    let text = format!("{{{},{tags}\"id\":\"1\"}}", members.join(","));
    let being: Being = serde_json::from_str(&text).expect("the last tag counts");
    assert_eq!((being.additional.len(), being.additional.odata_type()), (200_001, Some("#sample.person")));
    let elements = format!("{{\"names\":[{}\"\"]}}", "\"a\",".repeat(1_000_000));
    let thing: Thing = serde_json::from_str(&elements).expect("a long list");
    assert_eq!(thing.names.map(|names| names.len()), Some(1_000_001));
}

#[test]
fn any_byte_changed_in_a_document_never_panics() {
    let text = r##"{"id":"1","age":3,"owner":{"next":{"id":null}},"staff":[{"name":"n","@odata.type":"#sample.person"}],"names":["a",null],"x":[1.5e3]}"##;
    for position in 0..text.len() {
        for byte in [b'"', b'{', b'}', b'[', b']', b',', b':', b'0', b'n', b' ', b'\\', 0xFF] {
            let mut bytes = text.as_bytes().to_vec();
            bytes[position] = byte;
            if let Ok(thing) = serde_json::from_slice::<Thing>(&bytes) {
                let document: Json = serde_json::from_slice(&bytes).expect("what a type reads is JSON");
                assert_eq!(json!(thing), document);
            }
        }
        assert!(serde_json::from_str::<Thing>(&text[..position]).is_err());
    }
}
