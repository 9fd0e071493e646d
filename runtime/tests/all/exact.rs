//! `Edm.Int64` and `Edm.Decimal` keep all their digits, in responses, in undocumented members, and
//! in request bodies.

use edmark_runtime::{
    At, Client, Collection, Decimal, Json, Method, Property, Protocol, Update, derived, response, strictly,
};

use crate::sample::{Being, Robot, Thing};

const LONG: &str = "12345678901234567890.12345678901234567890";

#[test]
fn what_is_read_goes_back_with_all_digits() {
    for text in [
        &*format!(r#"{{"price":{LONG}}}"#),
        r#"{"price":1.10}"#,
        r#"{"price":-0.000000000000000000001234567890123456789}"#,
        r#"{"price":1E400}"#,
        r#"{"price":"1.10"}"#,
        r#"{"big":9007199254740993,"price":9007199254740993}"#,
        &*format!(r#"{{"@odata.etag":"W/\"1\"","id":"1","x":{LONG},"y":{{"z":[1.10,1,"1.10"]}}}}"#),
        r#"{"x":123456789012345678901234567890}"#,
        r#"{"x":[1,2,{"a":"\"1.10"}],"y":null,"z":true}"#,
    ] {
        assert_eq!(serde_json::to_string(&serde_json::from_str::<Thing>(text).unwrap()).unwrap(), text);
        let page = format!(r#"{{"value":[{text}]}}"#);
        assert_eq!(serde_json::to_string(&serde_json::from_str::<Collection<Thing>>(&page).unwrap()).unwrap(), page);
        let read: Thing = serde_json::from_reader(text.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }
    let thing: Thing = serde_json::from_str(&format!(r#"{{"price": {LONG}, "x": {LONG}}}"#)).unwrap();
    assert_eq!(thing.price.as_ref().unwrap().as_str(), LONG);
    assert_eq!((thing.additional.text("x").as_deref(), thing.additional.text("y")), (Some(LONG), None));
    // Its type is converted to another and back.
    let late = format!(r##"{{"x":{LONG},"@odata.type":"#sample.robot","arms":2}}"##);
    let robot: Robot = derived::downcast(serde_json::from_str::<Being>(&late).unwrap()).unwrap();
    let text = serde_json::to_string(&robot).unwrap();
    assert!(text.contains(LONG), "{text}");
    let being = serde_json::to_string(&Being::from(robot)).unwrap();
    assert!(being.contains(LONG), "{being}");
}

#[test]
fn what_is_changed_is_not_what_was_read() {
    let mut thing: Thing = serde_json::from_str(&format!(r#"{{"x": {LONG}, "y": {LONG}}}"#)).unwrap();
    thing.additional.insert("x", 5);
    thing.additional.remove("y");
    assert_eq!(serde_json::to_string(&thing).unwrap(), r#"{"x":5}"#);
    let twice: Thing = serde_json::from_str(&format!(r#"{{"x": {LONG}, "y": 1.10, "x": 5}}"#)).unwrap();
    assert_eq!(serde_json::to_string(&twice).unwrap(), r#"{"y":1.10,"x":5}"#);
    let decimal: Option<Decimal> = serde_json::from_str("null").unwrap();
    assert_eq!(decimal, None);
    assert!(
        strictly(|| serde_json::from_str::<Thing>(r#"{"price": true}"#))
            .unwrap_err()
            .to_string()
            .contains("price: invalid type")
    );
    let list = strictly(|| serde_json::from_str::<Thing>(r#"{"price": [1]}"#));
    assert!(list.unwrap_err().to_string().contains("a decimal"));
    assert_eq!(serde_json::from_str::<Thing>(r#"{"price": null}"#).unwrap().price, None);
    let value = serde_json::from_value::<Thing>(serde_json::json!({"price": 1.5, "x": 2.5})).unwrap();
    assert_eq!(serde_json::to_value(value).unwrap(), serde_json::json!({"price": 1.5, "x": 2.5}));
}

#[test]
fn an_undocumented_member_is_kept_as_the_text_that_was_sent() {
    let sent = "{ \"x\" : {\n \"a\": [ 1.10,\t\"b \\\" c\" ],\r\n \"b\":1.0 }, \"y\": \"\\u0041\\/\\n\", \"z\": true }";
    let mut thing: Thing = serde_json::from_str(sent).unwrap();
    assert_eq!(thing.additional.text("x").as_deref(), Some(r#"{"a":[1.10,"b \" c"],"b":1.0}"#));
    assert_eq!(thing.additional.text("y").as_deref(), Some(r#""A/\n""#));
    assert_eq!(thing.additional.get("y"), Some(Json::from("A/\n")));
    let written = serde_json::to_string(&thing).unwrap();
    assert_eq!(written, r#"{"x":{"a":[1.10,"b \" c"],"b":1.0},"y":"A/\n","z":true}"#);
    // By bytes, in the layout for people, and as values of another format.
    assert_eq!(serde_json::from_slice::<Thing>(written.as_bytes()).unwrap(), thing);
    let pretty = serde_json::to_string_pretty(&thing).unwrap();
    assert!(pretty.contains("1.10"), "{pretty}");
    assert_eq!(serde_json::from_str::<Thing>(&pretty).unwrap(), thing);
    assert_eq!(serde_json::from_value::<Thing>(serde_json::to_value(&thing).unwrap()).unwrap(), thing);
    // As a type.
    assert_eq!(thing.additional.read::<bool>("z").unwrap(), Some(true));
    assert_eq!(thing.additional.read::<bool>("none").unwrap(), None);
    assert!(thing.additional.read::<bool>("y").is_err());
    thing.additional.insert("robot", serde_json::json!({"arms": 2, "hat": null}));
    assert_eq!(thing.additional.read::<Robot>("robot").unwrap().and_then(|robot| robot.arms), Some(2));
    // A clone is a value of its own.
    let before = thing.clone();
    thing.additional.insert("z", 1);
    assert_eq!((before.additional.get("z"), thing.additional.get("z")), (Some(true.into()), Some(1.into())));
    assert_ne!(before, thing);
}

#[test]
fn a_member_that_cannot_be_read_later_is_refused_at_once() {
    for value in [r#""\ud800""#, r#"["\udc00"]"#, r#"{"a":"\ud800x"}"#, "1e999", "[-1E999]", &"9".repeat(400)] {
        let text = format!(r#"{{"id":"1","x":{value}}}"#);
        assert!(serde_json::from_str::<Thing>(&text).is_err(), "{text}");
        assert!(serde_json::from_slice::<Thing>(text.as_bytes()).is_err(), "{text}");
    }
    for value in [r#"["\ud83d\ude00"]"#, "[1e30]", r#"{"e":-0.5e-3}"#] {
        let text = format!(r#"{{"x":{value}}}"#);
        let thing = serde_json::from_str::<Thing>(&text).unwrap();
        assert_eq!(serde_json::to_string(&thing).unwrap(), text);
    }
}

#[test]
fn a_service_gets_them_as_strings_where_it_wants_that() {
    let sent = |protocol: Protocol, body: &dyn Fn(edmark_runtime::Request<Json>) -> edmark_runtime::Request<Json>| {
        let at = At::root(Client::offline("https://x.example").with_protocol(protocol)).segment("things");
        let http = body(at.request(Method::Post, response::json::<Json>)).http().unwrap();
        let media_type = http.headers()["content-type"].to_str().unwrap().to_owned();
        (String::from_utf8(http.into_body()).unwrap(), media_type)
    };
    let plain = Protocol::new();
    let exact = plain.exact_numbers(true);
    let thing: Thing =
        serde_json::from_str(&format!(r#"{{"age":5,"big":9007199254740993,"price":{LONG},"ratio":0.5}}"#)).unwrap();
    let (body, media_type) = sent(exact, &|request| request.json(&thing));
    assert_eq!(body, format!(r#"{{"age":5,"big":"9007199254740993","price":"{LONG}","ratio":0.5}}"#));
    assert_eq!(media_type, "application/json;IEEE754Compatible=true");
    let (body, media_type) = sent(plain, &|request| request.json(&thing));
    assert_eq!(body, format!(r#"{{"age":5,"big":9007199254740993,"price":{LONG},"ratio":0.5}}"#));
    assert_eq!(media_type, "application/json");

    let big: Property<Thing, i64> = Property::new("big");
    let update = Update::<Thing>::new().set(big, 9_007_199_254_740_993_i64).set(Thing::AGE, -5);
    assert_eq!(sent(exact, &|request| request.json(&update)).0, r#"{"big":"9007199254740993","age":-5}"#);
    assert_eq!(sent(plain, &|request| request.json(&update)).0, r#"{"big":9007199254740993,"age":-5}"#);
    assert_eq!(sent(exact, &|request| request.json(&update.clone().clear(big))).0, r#"{"big":null,"age":-5}"#);
    // Both forms can be read.
    let read: Thing = serde_json::from_str(r#"{"big": "9007199254740993", "price": "1.10"}"#).unwrap();
    assert_eq!((read.big, read.price.unwrap().as_str()), (Some(9_007_199_254_740_993), "1.10"));
}
