//! An array of a hundred megabytes: every element is read, and an error at the end has its
//! position.

use edmark_runtime::{Collection, strictly};

use crate::sample::Thing;

/// The size of an element, and the number of elements.
const ELEMENT: usize = 4 << 10;
const ELEMENTS: usize = (100 << 20) / ELEMENT;

/// A page of items, each with its own number and a long text.
fn page() -> String {
    let mut page = String::with_capacity(ELEMENTS * (ELEMENT + 1) + 64);
    page.push_str(r#"{"value":["#);
    let filling = "x".repeat(ELEMENT);
    for element in 0..ELEMENTS {
        let start = page.len();
        page.push_str(&format!(r#"{{"big":{element},"id":""#));
        page.push_str(&filling[..ELEMENT - (page.len() - start) - r#""}"#.len()]);
        page.push_str(r#""},"#);
    }
    page.pop();
    page.push_str("]}");
    page
}

#[test]
fn a_hundred_megabytes_of_one_array() {
    let mut text = page();
    assert!(text.len() > 100 << 20);
    let read: Collection<Thing> = serde_json::from_str(&text).expect("it is a page of things");
    assert_eq!(read.value.len(), ELEMENTS);
    assert!(
        read.value.iter().map(|thing| thing.big).eq((0..ELEMENTS as i64).map(Some)),
        "every element has its number"
    );
    assert!(read.additional.is_empty(), "nothing was kept as JSON");
    drop(read);

    let last = ELEMENTS - 1;
    let at = text.rfind(&format!(":{last},")).expect("the last number") + 1;
    text.replace_range(at..at + last.to_string().len(), "false");
    let error = strictly(|| serde_json::from_str::<Collection<Thing>>(&text)).expect_err("a Boolean is no number");
    let error = error.to_string();
    assert!(error.starts_with(&format!("value[{last}].big: ")), "{error}");
}
