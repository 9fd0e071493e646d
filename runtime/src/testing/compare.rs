//! Equality of JSON documents: the order of members does not matter, numbers are compared by value,
//! and everything else must be identical.

use std::fmt;

use serde_json::Number;

use crate::Json;

/// The first place where two documents differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The path: `value[3].owner.id`; empty for the document itself.
    pub path: String,
    /// A description of the difference.
    pub what: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.what),
            path => write!(f, "{path}: {}", self.what),
        }
    }
}

/// Compares a written document with the one that was read.
///
/// ```
/// use edmark_runtime::testing::difference;
/// let read = serde_json::json!({"id": "1", "sizes": [1.0, 2]});
/// assert_eq!(difference(&read, &serde_json::json!({"sizes": [1, 2.0], "id": "1"})), None);
/// let found = difference(&read, &serde_json::json!({"id": "1", "sizes": [1, "2"]})).expect("a difference");
/// assert_eq!(found.to_string(), r#"sizes[1]: 2 became "2""#);
/// ```
pub fn difference(read: &Json, written: &Json) -> Option<Difference> {
    let mut path = String::new();
    let what = compare(read, written, &mut path)?;
    Some(Difference { path, what })
}

/// Returns the first difference. `path` then is the path of the difference.
fn compare(read: &Json, written: &Json, path: &mut String) -> Option<String> {
    let here = path.len();
    match (read, written) {
        (Json::Object(read), Json::Object(written)) => {
            for (name, value) in read {
                enter(path, name);
                let what = match written.get(name) {
                    Some(other) => compare(value, other, path),
                    None => Some(format!("{} was lost", shown(value))),
                };
                if what.is_some() {
                    return what;
                }
                path.truncate(here);
            }
            let (name, value) = written.iter().find(|(name, _)| !read.contains_key(*name))?;
            enter(path, name);
            Some(format!("{} was added", shown(value)))
        }
        (Json::Array(read), Json::Array(written)) => {
            for (index, (value, other)) in read.iter().zip(written).enumerate() {
                path.push_str(&format!("[{index}]"));
                let what = compare(value, other, path);
                if what.is_some() {
                    return what;
                }
                path.truncate(here);
            }
            (read.len() != written.len()).then(|| format!("{} elements became {}", read.len(), written.len()))
        }
        (Json::Number(one), Json::Number(other)) if same_number(one, other) => None,
        _ if read == written => None,
        _ => Some(format!("{} became {}", shown(read), shown(written))),
    }
}

fn enter(path: &mut String, name: &str) {
    if name.contains(['@', '.', '[']) {
        path.push_str(&format!("[{name:?}]"));
    } else {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
    }
}

fn same_number(one: &Number, other: &Number) -> bool {
    one == other
        || match (one.as_f64(), other.as_f64()) {
            // As doubles, integers beyond 2^53 cannot be distinguished.
            (Some(a), Some(b)) => a == b && (a.abs() < 9_007_199_254_740_992.0 || one.is_f64() || other.is_f64()),
            _ => false,
        }
}

/// The text of a value, shortened to fit into a line.
fn shown(value: &Json) -> String {
    const LONGEST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(read: &Json, written: &Json) -> String {
        difference(read, written).map_or_else(String::new, |difference| difference.to_string())
    }

    #[test]
    fn order_of_members_and_kind_of_number_do_not_matter() {
        assert_eq!(found(&json!({"a": 1, "b": [2.5, 3]}), &json!({"b": [2.5, 3.0], "a": 1.0})), "");
        assert_eq!(found(&json!(-0.0), &json!(0)), "");
    }

    #[test]
    fn everything_else_does() {
        assert_eq!(found(&json!({"a": null}), &json!({})), "a: null was lost");
        assert_eq!(found(&json!({}), &json!({"a": null})), "a: null was added");
        assert_eq!(found(&json!([1, 2]), &json!([2, 1])), "[0]: 1 became 2");
        assert_eq!(found(&json!([1]), &json!([1, 2])), "1 elements became 2");
        assert_eq!(
            found(&json!({"a": {"@odata.id": "x"}}), &json!({"a": {"@odata.id": "y"}})),
            r#"a["@odata.id"]: "x" became "y""#
        );
        assert_eq!(
            found(&json!("2020-01-01T00:00:00Z"), &json!("2020-01-01T00:00:00.0Z")),
            r#""2020-01-01T00:00:00Z" became "2020-01-01T00:00:00.0Z""#
        );
        assert_eq!(
            found(&json!(9_007_199_254_740_993_u64), &json!(9_007_199_254_740_992_u64)),
            "9007199254740993 became 9007199254740992"
        );
        assert_eq!(found(&json!({"a": "1"}), &json!({"a": 1})), r#"a: "1" became 1"#);
    }
}
