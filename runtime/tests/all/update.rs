//! Leaving properties unchanged, setting and clearing them.

use edmark_runtime::{Flags, Update};
use serde_json::json;

use crate::sample::{Color, Day, Node, Robot, Thing};

#[test]
fn every_kind_of_value() {
    let update = Update::<Thing>::new()
        .set(Thing::AGE, 5)
        .set(Thing::COLOR, Color::Red)
        .set(Thing::DAYS, [Day::Friday, Day::Monday])
        .set(Thing::NAMES, vec!["a".to_owned()])
        .set(Thing::PARTS, [Node { id: Some("1".into()), ..Node::default() }])
        .set(Thing::MANAGER, Robot { arms: Some(2), ..Robot::default() })
        .set(Thing::RATIO, f64::NAN)
        .update(Thing::OWNER, Update::new().set(Node::ID, "n").clear(Node::NEXT))
        .bind("boss", "https://x/1")
        .bind_all("members", ["https://x/1", "https://x/2"])
        .member("extension_x", true);
    assert_eq!(
        json!(update),
        json!({
            "age": 5, "color": "red", "days": "friday,monday", "names": ["a"], "parts": [{"id": "1"}],
            "manager": {"@odata.type": "#sample.robot", "arms": 2}, "ratio": "NaN", "owner": {"id": "n", "next": null},
            "boss@odata.bind": "https://x/1", "members@odata.bind": ["https://x/1", "https://x/2"], "extension_x": true,
        })
    );
}

#[test]
fn the_last_word_counts() {
    let update = Update::<Thing>::new().set(Thing::AGE, 5).clear(Thing::AGE);
    assert_eq!(serde_json::to_string(&update).expect("writing"), r#"{"age":null}"#);
    assert_eq!(update, Update::new().clear(Thing::AGE));
    assert_eq!(format!("{update:?}"), r#"Update {"age": Null}"#);
    assert!(Update::<Thing>::new().is_empty());
    let _ = Update::<Thing>::new().set(Thing::DAYS, Flags::from(Day::Friday) | Day::Monday);
}

/// Values are taken in the forms that people write, without a conversion.
#[test]
fn values_stand_for_others() {
    use edmark_runtime::{Binary, Date, Decimal, Guid, Property, ValueFor};

    struct Thing;
    fn written<V: edmark_runtime::Value>(value: impl ValueFor<V>) -> String {
        let update = Update::<Thing>::new().set(Property::<Thing, V>::new("x"), value);
        serde_json::to_value(&update).expect("JSON")["x"].to_string()
    }
    let name = "ada".to_owned();
    assert_eq!(written::<i16>(7), "7");
    assert_eq!(written::<u8>(7), "7");
    assert_eq!(written::<i64>(7), "7");
    assert_eq!(written::<f64>(7), "7.0");
    assert_eq!(written::<f64>(0.5), "0.5");
    assert_eq!(written::<Decimal>(7), "7");
    assert_eq!(written::<String>(&name), r#""ada""#);
    assert_eq!(written::<Guid>(&name), r#""ada""#);
    assert_eq!(written::<Date>("2025-01-31"), r#""2025-01-31""#);
    assert_eq!(written::<Vec<String>>(["a", "b"]), r#"["a","b"]"#);
    assert_eq!(written::<Vec<String>>([name.as_str()].as_slice()), r#"["ada"]"#);
    assert_eq!(written::<Vec<String>>(&vec![name]), r#"["ada"]"#);
    assert_eq!(written::<Vec<Date>>(["2025-01-31"]), r#"["2025-01-31"]"#);
    assert_eq!(written::<Vec<i16>>([1, 2]), "[1,2]");
    assert_eq!(written::<Binary>(b"tea"), r#""dGVh""#);
    assert_eq!(written::<Binary>(vec![0_u8]), r#""AA==""#);
    assert_eq!(written::<i32>(Box::new(7)), "7");
}
