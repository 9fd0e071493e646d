//! Values are written as they were read.

use edmark_runtime::{Change, Collection, Delta, Flags, Json, OpenEnum, Structured, Untyped, derived};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::sample::{Being, Color, Day, Node, Person, Robot, Thing};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Reads from text, from a reader and from a `Value`, and writes to text and to a `Value`; all must
/// agree with the document.
#[track_caller]
fn survives<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(document: &Json) -> T {
    let text = document.to_string();
    let value: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let again: T = serde_json::from_value(document.clone()).unwrap_or_else(|error| panic!("{error}: {text}"));
    let slow: T = serde_json::from_reader(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(value, again, "from text and from a value: {text}");
    assert_eq!(value, slow, "from text and from a reader: {text}");
    let written = serde_json::to_string(&value).expect("writing to memory");
    let read_back: Json = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(read_back, *document, "written as {written}");
    assert_eq!(serde_json::to_value(&value).expect("writing to memory"), *document);
    value
}

#[test]
fn a_document_of_every_kind_of_property() {
    let thing: Thing = survives(&json!({
        "@odata.context": "https://x/$metadata#things/$entity",
        "@odata.etag": "W/\"1\"",
        "id": "a\"b\\c\n\u{1F600}",
        "age": -3,
        "any": {"x": [1, null, {"y": 1.5}]},
        "anys": [1, null, "x", []],
        "big": 9_007_199_254_740_993_i64,
        "born": "2025-02-30",
        "color": "mauve",
        "colors": ["red", "green", "blue"],
        "created": "datetime-value",
        "days": "friday, monday",
        "enabled": true,
        "guid": "{id}",
        "manager": {"@odata.type": "#sample.robot", "id": "r", "arms": 4, "weight": 12},
        "names": [],
        "names@odata.count": 0,
        "numbers": [1, -2, 2_147_483_647],
        "owner": {"id": "o", "next": {"next": {"children": [{}, {"id": null}]}}},
        "parts": [{"id": "p"}, {"extra": {"deep": [true]}}],
        "price": 12.5,
        "ratio": 0.1,
        "root": {"@odata.type": "#sample.unknown", "x": 1},
        "single": 1.5,
        "staff": [{"id": "plain"}, {"@odata.type": "#sample.person", "name": "Ann", "boss": {"@odata.type": "#sample.person", "id": "2"}}],
        "undocumented": [{"a": null}],
    }));
    assert_eq!(thing.additional.etag(), Some("W/\"1\""));
    assert_eq!(thing.color, Some(Color::Other("mauve".into())));
    assert_eq!(thing.days, Some(Flags::from([Day::Monday, Day::Friday])));
    let manager = thing.manager.as_deref().and_then(derived::to::<Robot>);
    assert_eq!(manager.and_then(|robot| robot.arms), Some(4));
    assert_eq!(thing.additional.annotation("names", "odata.count"), Some(json!(0)));
    assert!(!thing.additional.contains("id"));
    assert!(thing.type_info().is_sorted());
}

#[test]
fn nulls_go_back_as_nulls_and_absent_properties_stay_absent() {
    let document: serde_json::Map<String, Json> =
        Thing::default().type_info().properties().iter().map(|name| ((*name).to_owned(), Json::Null)).collect();
    let mut thing: Thing = survives(&Json::Object(document));
    assert_eq!(thing.additional.len(), 0);
    assert_eq!(thing.additional.nulls().count(), thing.type_info().properties().len());
    assert!(thing.additional.is_null("color") && !thing.additional.is_null("colour"));

    thing = survives(&json!({"age": null, "id": "1"}));
    thing.age = Some(1);
    assert_eq!(json!(thing), json!({"age": 1, "id": "1"}));
    thing.age = None;
    assert!(thing.additional.forget_null("age"));
    assert_eq!(json!(thing), json!({"id": "1"}));
    assert!(thing.additional.is_empty());
}

#[test]
fn nulls_stand_among_the_values_by_name_and_a_value_takes_the_place_of_one() {
    let mut thing: Thing =
        serde_json::from_str(r#"{"x": 1, "age": null, "id": null, "names": null, "color": "red"}"#).expect("a thing");
    assert_eq!(
        serde_json::to_string(&thing).expect("writing"),
        r#"{"age":null,"color":"red","id":null,"names":null,"x":1}"#
    );
    thing.id = Some("1".to_owned());
    thing.color = None;
    assert_eq!(serde_json::to_string(&thing).expect("writing"), r#"{"age":null,"id":"1","names":null,"x":1}"#);
}

#[test]
fn a_null_among_values_keeps_the_member_as_json() {
    let thing: Thing =
        survives(&json!({"names": ["a", null, 3], "parts": [{"id": "1"}, null], "id": "x", "numbers": [1]}));
    assert_eq!((thing.names, thing.parts, thing.numbers), (None, None, Some(vec![1])));
    assert_eq!(thing.additional.get("names"), Some(json!(["a", null, 3])));
    let page: Collection<Node> = survives(&json!({"value": [{"id": "1"}, null]}));
    assert!(page.value.is_empty());
}

#[test]
fn the_last_of_duplicates_counts() -> Outcome {
    let cases = [
        r#"{"id": "1", "id": "2"}"#,
        r#"{"id": "1", "id": null}"#,
        r#"{"id": null, "id": "1"}"#,
        r#"{"parts": [{"id": "1"}], "parts": []}"#,
        r#"{"owner": {"id": "1"}, "owner": {"next": {}}}"#,
        r#"{"names": [null], "names": ["a"]}"#,
        r#"{"names": [null], "names": null}"#,
        r#"{"names": ["a"], "names": [null]}"#,
        r#"{"names": null, "names": [null]}"#,
        r#"{"any": 1, "any": null}"#,
        r#"{"names": null, "id": null, "any": 1, "names": ["a"], "id": "1"}"#,
        r#"{"names": ["a"], "id": "1", "any": 1, "names": null, "id": null}"#,
        r#"{"x": 1, "y": 2, "x": 3}"#,
        r##"{"manager": {"@odata.type": "#sample.robot", "id": "1"}, "manager": {"id": "2"}}"##,
        r##"{"manager": {"@odata.type": "#sample.robot", "arms": 1, "@odata.type": "#sample.person", "name": "n"}}"##,
        r##"{"manager": {"nicknames": [null], "boss": null, "@odata.type": "#sample.person", "nicknames": ["a"], "boss": {}}}"##,
        r##"{"manager": {"nicknames": [null], "@odata.type": "#sample.robot", "nicknames": ["a"], "@odata.type": "#sample.person"}}"##,
        r##"{"manager": {"@odata.type": "#sample.person", "name": "n", "@odata.type": "#sample.robot", "name": 5, "@odata.type": 7}}"##,
        r##"{"manager": {"@odata.type": "#sample.ghost", "@odata.type": "#sample.robot", "@odata.type": "sample.ROBOT"}}"##,
        r#"{"color": "red", "color": null, "days": "monday", "days": null, "price": 1, "price": null, "enabled": true, "enabled": null}"#,
    ];
    for text in cases {
        let thing: Thing = serde_json::from_str(text)?;
        let last: Json = serde_json::from_str(text)?;
        assert_eq!(json!(thing), last, "{text}");
        assert_eq!(thing, serde_json::from_value(last)?, "{text}");
        assert_eq!(
            serde_json::to_string(&thing)?.matches("\"names\"").count(),
            usize::from(text.contains("\"names\""))
        );
    }
    let many: String = (0..40).map(|n| format!("\"m{}\": {n},", n % 20)).collect();
    let text = format!("{{{many} \"id\": \"1\"}}");
    let thing: Thing = serde_json::from_str(&text)?;
    assert_eq!(json!(thing), serde_json::from_str::<Json>(&text)?);
    Ok(())
}

#[test]
fn a_set_property_wins_over_a_member_of_its_name() {
    let mut thing = Thing { id: Some("1".into()), ..Thing::default() };
    thing.additional.insert("id", "2");
    thing.additional.insert("age", Json::Null);
    assert_eq!(serde_json::to_string(&thing).expect("writing"), r#"{"id":"1","age":null}"#);
    thing.id = None;
    assert_eq!(json!(thing), json!({"id": "2", "age": null}));
}

#[test]
fn a_tag_works_wherever_it_stands() -> Outcome {
    let person = |text: &str| -> Result<(), Box<dyn std::error::Error>> {
        let being: Being = serde_json::from_str(text)?;
        assert_eq!(json!(being), serde_json::from_str::<Json>(text)?);
        let person: Person = derived::downcast(being).map_err(|being| format!("{being:?} of {text}"))?;
        assert_eq!((person.id.as_deref(), person.weight, person.name.as_deref()), (Some("1"), Some(7), Some("Ann")));
        assert!(person.additional.is_null("boss") && person.additional.get("hat") == Some(json!([1, null])), "{text}");
        assert_eq!(person.additional.len(), 3, "{text}");
        assert_eq!(json!(person), serde_json::from_str::<Json>(text)?);
        Ok(())
    };
    person(
        r##"{"@odata.type": "#sample.person", "@odata.id": "x", "id": "1", "weight": 7, "name": "Ann", "boss": null, "hat": [1, null]}"##,
    )?;
    person(
        r##"{"@odata.id": "x", "@odata.type": "#sample.person", "id": "1", "weight": 7, "name": "Ann", "boss": null, "hat": [1, null]}"##,
    )?;
    person(
        r##"{"id": "1", "name": "Ann", "boss": null, "@odata.id": "x", "@odata.type": "#sample.person", "weight": 7, "hat": [1, null]}"##,
    )?;
    person(
        r##"{"hat": [1, null], "name": "Ann", "boss": null, "weight": 7, "id": "1", "@odata.id": "x", "@odata.type": "sample.Person"}"##,
    )?;
    Ok(())
}

#[test]
fn a_value_of_a_base_type_is_what_its_tag_says() -> Outcome {
    let robot: Being = survives(&json!({"@odata.type": "#sample.robot", "arms": 2}));
    assert!(derived::is::<Robot>(&robot) && derived::is::<Being>(&robot) && !derived::is::<Person>(&robot));
    assert_eq!(derived::to::<Person>(&robot), None);
    // A failed downcast returns the value unchanged.
    let robot = derived::downcast::<_, Person>(robot).expect_err("a robot is no person");
    let typed: Robot = derived::downcast(robot.clone()).map_err(|being| format!("{being:?}"))?;
    assert_eq!((typed.arms, typed.additional.len()), (Some(2), 1));
    assert_eq!(Being::from(typed), robot);

    // Without `@odata.type`, and with one that no type has, a value is of the declared type.
    for document in [
        json!({"id": "1"}),
        json!({"@odata.type": "#sample.being"}),
        json!({"@odata.type": "#sample.ghost", "id": "1", "sheets": 2}),
        json!({"@odata.type": 5, "id": "1"}),
        json!({"@odata.type": null}),
    ] {
        let being: Being = survives(&document);
        assert!(!derived::is::<Robot>(&being), "{document}");
        assert_eq!(derived::downcast::<_, Robot>(being).map_err(|being| json!(being)).err(), Some(document));
    }
    let _: Node = survives(&json!({"@odata.type": "#sample.node", "id": "1"}));
    Ok(())
}

#[test]
fn what_does_not_fit_the_derived_type_is_kept() -> Outcome {
    let document = json!({
        "@odata.type": "#sample.person", "id": "1", "weight": 7, "name": {"first": "Ann"}, "boss": [{"name": 5}],
        "nicknames": ["a", 5], "hat": 1.5,
    });
    let being: Being = survives(&document);
    let person: Person = derived::downcast(being).map_err(|being| format!("{being:?}"))?;
    assert_eq!((person.weight, &person.name, &person.nicknames), (Some(7), &None, &None));
    assert_eq!(json!(person), document);
    assert_eq!(json!(Being::from(person)), document);
    Ok(())
}

#[test]
fn a_derived_value_is_tagged_and_the_base_is_not() {
    let robot = || Robot { id: Some("1".into()), arms: Some(2), ..Robot::default() };
    assert_eq!(json!(robot()), json!({"id": "1", "arms": 2}));
    let text = serde_json::to_string(&Being::from(robot())).expect("writing");
    assert_eq!(text, r##"{"@odata.type":"#sample.robot","id":"1","arms":2}"##);
    assert_eq!(json!(Being::default()), json!({}));
    let staff = Thing { staff: Some(vec![robot().into(), Being::default()]), ..Thing::default() };
    assert_eq!(json!(staff), json!({"staff": [{"@odata.type": "#sample.robot", "id": "1", "arms": 2}, {}]}));
    // A boxed property needs no extra code, for values of the base type and of a derived type.
    let person = Person { boss: Some(robot().into()), ..Person::default() };
    assert_eq!(json!(person), json!({"boss": {"@odata.type": "#sample.robot", "id": "1", "arms": 2}}));
    let person = Person { boss: Some(Being { weight: Some(3), ..Being::default() }.into()), ..Person::default() };
    assert_eq!(json!(person), json!({"boss": {"weight": 3}}));
}

#[test]
fn numbers_in_every_form() -> Outcome {
    let thing: Thing = serde_json::from_str(
        r#"{"big": "-9223372036854775808", "age": 5.0, "ratio": "INF", "single": "NaN", "price": "001.10", "numbers": [1e3]}"#,
    )?;
    assert_eq!((thing.big, thing.age, thing.ratio), (Some(i64::MIN), Some(5), Some(f64::INFINITY)));
    assert!(thing.single.is_some_and(f32::is_nan));
    assert_eq!(
        json!(thing),
        json!({"big": i64::MIN, "age": 5, "ratio": "INF", "single": "NaN", "price": "001.10", "numbers": [1000]})
    );
    let _: Thing = survives(&json!({"price": 18_446_744_073_709_551_615_u64, "ratio": "-INF"}));
    let _: Thing = survives(&json!({"price": -5}));
    let _: Thing = survives(&json!({"price": 1e300}));
    let thing: Thing = serde_json::from_str(r#"{"ratio": 3, "single": 0.1}"#)?;
    assert_eq!(serde_json::to_string(&thing)?, r#"{"ratio":3.0,"single":0.1}"#);
    Ok(())
}

#[test]
fn pages_and_deltas() {
    let page: Collection<Being> = survives(&json!({
        "@odata.context": "c", "@odata.count": 5, "@odata.nextLink": "n",
        "value": [{"id": "1"}, {"@odata.type": "#sample.robot", "arms": 1}],
    }));
    assert_eq!((page.value.len(), page.count, page.next_link.as_deref()), (2, Some(5), Some("n")));
    let _: Collection<String> = survives(&json!({"value": ["a"], "@odata.nextLink": null}));
    let _: Collection<Node> = survives(&json!({"value": null}));

    let delta: Delta<Being> = survives(&json!({
        "@odata.context": "c", "@odata.count": 2, "@odata.deltaLink": "d", "@odata.nextLink": null,
        "value": [{"id": "1"}, {"id": "2", "@removed": {"reason": "changed"}}, {"@odata.type": "#sample.robot", "@removed": {"reason": "deleted"}}],
    }));
    assert_eq!(delta.delta_link.as_deref(), Some("d"));
    assert!(!delta.value[0].is_removed());
    let Change::Removed(gone) = &delta.value[1] else { panic!("{delta:?}") };
    assert_eq!((gone.id(), gone.reason()), (Some("2"), Some("changed")));
    let _: Delta<Node> = survives(&json!({"value": []}));
}

#[test]
fn untyped_values() -> Outcome {
    for document in
        [json!({"@odata.type": "#sample.robot", "arms": 2}), json!([1, {"a": null}]), json!(5), json!("x"), json!(null)]
    {
        let _: Untyped = survives(&document);
    }
    let value = Untyped::from(json!({"@odata.type": "#sample.robot", "arms": 2}));
    assert!(value.is::<Robot>() && !value.is::<Person>());
    assert_eq!(value.downcast::<Robot>()?.arms, Some(2));
    let error = value.downcast::<Person>().expect_err("a robot is no person");
    assert_eq!(error.to_string(), "the value is a #sample.robot, not a #sample.person");
    assert!(derived::is::<Robot>(&value.read_as::<Being>()?));
    Ok(())
}

#[test]
fn debug_shows_what_is_set() -> Outcome {
    let thing: Thing =
        serde_json::from_str(r#"{"id": "1", "age": null, "owner": {"children": [{"id": "2"}]}, "x": 1}"#)?;
    assert_eq!(
        format!("{thing:?}"),
        r#"thing { id: "1", owner: node { children: [node { id: "2" }] }, additional: {"age": Null, "x": Number(1)} }"#
    );
    assert_eq!(Color::from_name("x").to_string(), "x");
    Ok(())
}
