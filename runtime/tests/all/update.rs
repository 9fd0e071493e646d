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
