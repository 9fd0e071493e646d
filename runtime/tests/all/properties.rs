//! Random JSON objects are read and written through open types without loss, and so are random
//! values of a type.

use edmark_runtime::{Collection, Flags, Json, OpenEnum, Path, Untyped, derived};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::json;

use crate::sample::{Being, Color, Day, Node, Person, Robot, Thing};

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        ".{0,8}".prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Json::from),
            btree_map(".{0,6}", inner, 0..5).prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

/// Objects whose members mostly have the names of properties, with valid values, nulls and values
/// of other types.
fn near_being() -> impl Strategy<Value = Vec<(String, Json)>> {
    let text = prop_oneof![Just(Json::Null), ".{0,5}".prop_map(Json::from)];
    let tag = prop_oneof![
        Just(json!("#sample.person")),
        Just(json!("#sample.robot")),
        Just(json!("sample.ROBOT")),
        Just(json!("#sample.being")),
        Just(json!("#sample.ghost")),
        Just(json!(3)),
    ];
    let member = prop_oneof![
        ("id", text.clone()),
        ("name", text.clone()),
        ("@odata.id", text),
        ("@odata.type", tag),
        ("weight", prop_oneof![Just(Json::Null), any::<i64>().prop_map(Json::from)]),
        ("arms", prop_oneof![Just(Json::Null), any::<i32>().prop_map(Json::from)]),
        ("nicknames", vec(prop_oneof![Just(Json::Null), Just(json!("n"))], 0..3).prop_map(Json::from)),
        ("x", any_json()),
    ];
    vec(member.prop_map(|(name, value)| (name.to_owned(), value)), 0..12)
}

/// Writes members as a text, keeping duplicates and their order.
fn text_of(members: &[(String, Json)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, value)| format!("{}:{value}", Json::from(name.as_str()))).collect();
    format!("{{{}}}", members.join(","))
}

fn any_node() -> impl Strategy<Value = Node> {
    let leaf = option::of(".{0,6}").prop_map(|id| Node { id, ..Node::default() });
    leaf.prop_recursive(4, 24, 4, |inner| {
        (option::of(".{0,6}"), option::of(inner.clone()), option::of(vec(inner, 0..4)))
            .prop_map(|(id, next, children)| Node { id, next: next.map(Box::new), children, ..Node::default() })
    })
}

fn any_being() -> impl Strategy<Value = Being> {
    prop_oneof![
        Just(Being::default()),
        (option::of(any::<i32>()), option::of(any::<i64>())).prop_map(|(arms, weight)| Robot {
            arms,
            weight,
            ..Robot::default()
        }
        .into()),
        option::of(vec(".{0,4}", 0..3)).prop_map(|nicknames| Person { nicknames, ..Person::default() }.into()),
    ]
}

prop_compose! {
    fn any_thing()(
        age in option::of(any::<i32>()),
        any in option::of(any_json().prop_filter("a null reads as None", |json| !json.is_null())),
        big in option::of(any::<i64>()),
        color in option::of("red|green|[a-z ]{0,4}"),
        created in option::of(".{0,12}"),
        days in option::of(vec("monday|friday|[a-z]{1,3}", 0..4)),
        enabled in option::of(any::<bool>()),
        manager in option::of(any_being()),
        staff in option::of(vec(any_being(), 0..3)),
        parts in option::of(vec(any_node(), 0..3)),
        ratio in option::of(prop_oneof![any::<f64>().prop_filter("not itself", |ratio| !ratio.is_nan()), Just(f64::INFINITY)]),
        single in option::of(any::<f32>().prop_filter("not itself", |single| !single.is_nan())),
        extra in btree_map("x.{0,4}", any_json(), 0..3),
    ) -> Thing {
        Thing {
            age, any, big,
            color: color.map(|name| Color::from_name(&name)),
            created: created.map(Into::into),
            days: days.map(|names| names.iter().map(|name| Day::from_name(name)).collect::<Flags<_>>()),
            enabled,
            manager: manager.map(Box::new),
            staff, parts, ratio, single,
            additional: extra.into_iter().collect(),
            ..Thing::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_survives(thing in any_thing()) {
        let text = serde_json::to_string(&thing).expect("writing to memory");
        let read: Thing = serde_json::from_str(&text).expect("what was written");
        prop_assert_eq!(&read, &thing, "{}", text);
        let document = serde_json::to_value(&thing).expect("writing to memory");
        prop_assert_eq!(&serde_json::from_str::<Json>(&text).expect("JSON"), &document);
        prop_assert_eq!(serde_json::from_value::<Thing>(document).expect("what was written"), thing);
    }

    #[test]
    fn any_object_survives_an_open_type(members in btree_map("x.{0,5}", any_json(), 0..8)) {
        let document = Json::Object(members.into_iter().collect());
        let text = document.to_string();
        for written in [
            json!(serde_json::from_str::<Thing>(&text).expect("an object")),
            json!(serde_json::from_str::<Being>(&text).expect("an object")),
            json!(serde_json::from_str::<Untyped>(&text).expect("JSON")),
        ] {
            prop_assert_eq!(&written, &document);
        }
        let page = json!({"value": [document]});
        prop_assert_eq!(json!(serde_json::from_value::<Collection<Node>>(page.clone()).expect("a page")), page);
    }

    #[test]
    fn duplicates_nulls_and_tags_in_any_order(members in near_being()) {
        let text = text_of(&members);
        let last: Json = serde_json::from_str(&text).expect("JSON");
        // The value of a member may be valid for one type and not for another; then both ways of
        // reading must be an error.
        match (serde_json::from_str::<Being>(&text), serde_json::from_value::<Being>(last.clone())) {
            (Ok(streamed), Ok(settled)) => {
                prop_assert_eq!(&streamed, &settled, "{}", text);
                prop_assert_eq!(json!(streamed), last.clone(), "{}", text);
                // Conversions to another type and back lose nothing, even values that fit only one
                // of the types.
                let person = derived::convert::<Person>(streamed.clone());
                prop_assert_eq!(json!(person), last.clone(), "{}", text);
                let robot = derived::convert::<Robot>(*person);
                prop_assert_eq!(json!(robot), last, "{}", text);
                prop_assert_eq!(derived::convert::<Being>(*robot), Box::new(streamed), "{}", text);
            }
            (Err(_), Err(_)) => {}
            (streamed, settled) => prop_assert!(false, "{text}: {streamed:?} {settled:?}"),
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in r#"[{}\[\]",:a-z0-9@. \\-]{0,40}"#) {
        let _ = serde_json::from_str::<Thing>(&text);
        let _ = serde_json::from_str::<Being>(&text);
        let _ = serde_json::from_str::<Collection<Being>>(&text);
    }

    #[test]
    fn a_key_is_one_segment(key in any::<String>()) {
        let path = Path::new().segment("users").key(&key).segment("end").to_string();
        let inner = path.strip_prefix("/users").and_then(|rest| rest.strip_suffix("/end")).expect("the ends stay");
        prop_assert!(inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/%-._~()'".contains(&byte)), "{}", inner);
        let segment = inner.strip_prefix('/');
        prop_assert!(segment.is_some() != inner.starts_with("('"), "{}", inner);
        prop_assert!(!matches!(segment, Some("" | "." | "..")));
        prop_assert!(!inner.get(1..).unwrap_or_default().contains('/'));
        if segment.is_some() {
            prop_assert_eq!(decode(&inner[1..]), key);
        }
    }
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'%' {
            let digits = std::str::from_utf8(&tail[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
            rest = &tail[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).expect("what was encoded")
}
