//! `==` of structured values.
//!
//! It compares what the writer would get. Derived for each of a thousand types, it takes a
//! twentieth of the compiler's memory.

use crate::flags;
use crate::structured::{List, Members, Structured, View};

/// Returns true if the values are of one type, and all that is written of them is the same.
pub(super) fn objects(left: &dyn Structured, right: &dyn Structured) -> bool {
    std::ptr::eq(left.type_info(), right.type_info())
        && same(&views(|all| left.offer(all)), &views(|all| right.offer(all)))
        && left.additional() == right.additional()
}

fn lists(left: &dyn List, right: &dyn List) -> bool {
    left.len() == right.len() && same(&views(|all| left.offer(all)), &views(|all| right.offer(all)))
}

/// Members, or elements, with their indices.
type Views<'a> = Vec<(usize, View<'a>)>;

struct Collect<'a>(Views<'a>);

impl<'a> Members<'a> for Collect<'a> {
    fn member(&mut self, index: usize, view: View<'a>) {
        self.0.push((index, view));
    }
}

fn views<'a>(offer: impl FnOnce(&mut dyn Members<'a>)) -> Views<'a> {
    let mut all = Collect(Vec::new());
    offer(&mut all);
    all.0
}

fn same(left: &Views<'_>, right: &Views<'_>) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|((left_index, left), (right_index, right))| left_index == right_index && are_equal(*left, *right))
}

fn are_equal(left: View<'_>, right: View<'_>) -> bool {
    match (left, right) {
        (View::None, View::None) => true,
        (View::Bool(left), View::Bool(right)) => left == right,
        (View::Int(left), View::Int(right)) | (View::Long(left), View::Long(right)) => left == right,
        (View::UInt(left), View::UInt(right)) => left == right,
        (View::Single(left), View::Single(right)) => left == right,
        (View::Double(left), View::Double(right)) => left == right,
        (View::Str(left), View::Str(right)) | (View::Number(left), View::Number(right)) => left == right,
        (View::Flags(left), View::Flags(right)) => flags::are_equal(left, right),
        (View::Object(left), View::Object(right)) => objects(left, right),
        (View::List(left), View::List(right)) => lists(left, right),
        (View::Json(left), View::Json(right)) => left == right,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::objects;
    use crate::{Collection, Decimal, Flags, Json, OpenEnum, Structured, Value};

    struct Day(Box<str>);

    impl OpenEnum for Day {
        const TYPE_NAME: &'static str = "sample.day";
        fn as_str(&self) -> &str {
            &self.0
        }
        fn from_name(name: &str) -> Self {
            Self(name.into())
        }
    }

    /// Compares two collections, as `==` of a struct does.
    fn same<T: Value>(left: &str, right: &str) -> bool
    where
        Collection<T>: DeserializeOwned + Structured,
    {
        let read = |items: &str| serde_json::from_str::<Collection<T>>(&format!("{{\"value\":{items}}}"));
        objects(&read(left).expect("a collection"), &read(right).expect("a collection"))
    }

    #[test]
    fn values_are_equal_as_their_types_say() {
        assert!(same::<Flags<Day>>(r#"["monday, friday"]"#, r#"["friday,monday"]"#));
        assert!(!same::<Flags<Day>>(r#"["monday"]"#, r#"["friday,monday"]"#));
        assert!(!same::<Flags<Day>>(r#"["monday,friday"]"#, r#"["monday"]"#));
        assert!(!same::<f64>(r#"["NaN"]"#, r#"["NaN"]"#));
        assert!(same::<f64>("[0.5, 1]", "[0.5, 1.0]"));
        assert!(!same::<Decimal>("[1.10]", r#"["1.10"]"#));
        assert!(same::<Json>(r#"[{"a":1,"b":[2]}]"#, r#"[{"b":[2],"a":1}]"#));
        assert!(!same::<Option<i32>>("[1, null]", "[1]"));
        assert!(!same::<Option<i32>>("[1, null]", "[null, 1]"));
        assert!(same::<Option<i32>>("[1, null]", "[1, null]"));
    }

    #[test]
    fn what_is_not_documented_counts_too() {
        let read = |text| serde_json::from_str::<Collection<Collection<bool>>>(text).expect("collections");
        let sent = read(r#"{"value":[{"value":[true],"a":1,"b":2}]}"#);
        assert!(objects(&sent, &read(r#"{"value":[{"b":2,"a":1,"value":[true]}]}"#)));
        assert!(!objects(&sent, &read(r#"{"value":[{"a":1,"value":[true]}]}"#)));
        assert!(!objects(&sent, &read(r#"{"value":[{"value":[false],"a":1,"b":2}]}"#)));
    }
}
