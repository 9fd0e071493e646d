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
    assert_eq!((thing.additional.exact("x"), thing.additional.exact("y")), (Some(LONG), None));
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
