//! A function's parameters: one a placeholder, in the order of the path.
//!
//! An argument keeps its name. A placeholder that says no more than `id` or `name` is called after the collection before it (`users/{id}` →
//! `user_id`), so that `{id}` can stand twice in a path.

use heck::ToSnakeCase;

use super::names::singular;
use crate::model::{ArgumentValue, Parameter, Part, Segment};
use crate::resolve::rust_names::{field_name, unique};

/// The parameters of a path.
pub(super) fn of_path(path: &[Segment]) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut add = |placeholder: &str, name: String| {
        let rust_name = unique(
            field_name(&name),
            |name| parameters.iter().any(|known: &Parameter| known.rust_name == *name),
            |name, number| format!("{}_{number}", name.trim_start_matches("r#").trim_end_matches('_')),
        );
        parameters.push(Parameter { placeholder: placeholder.to_owned(), rust_name });
    };
    let mut collection = "";
    for segment in path {
        match segment {
            Segment::Literal(text) => collection = text,
            Segment::Key(name) => add(name, of_key(name, collection)),
            Segment::Call { name, arguments } => {
                for argument in arguments {
                    let (ArgumentValue::Placeholder { name: placeholder, .. }
                    | ArgumentValue::EnumLiteral { name: placeholder, .. }) = &argument.value
                    else {
                        continue;
                    };
                    let rust = if argument.name.is_empty() {
                        of_key(placeholder, name)
                    } else {
                        argument.name.to_snake_case()
                    };
                    add(placeholder, rust);
                }
                collection = name;
            }
            Segment::ByPath { anchor, parameter, .. } => {
                if let Some(placeholder) = anchor.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                    add(placeholder, of_key(placeholder, collection));
                }
                add(parameter, words(parameter));
            }
            Segment::Mixed(parts) => {
                for part in parts {
                    if let Part::Placeholder(name) = part {
                        add(name, of_key(name, collection));
                    }
                }
            }
        }
    }
    parameters
}

/// `{id}`, `{id | userPrincipalName}`, `{message-id}` behind a collection.
pub(in crate::resolve) fn of_key(placeholder: &str, collection: &str) -> String {
    let first = placeholder.split('|').next().unwrap_or_default();
    let name = words(first);
    let bare = matches!(name.as_str(), "" | "id" | "name" | "key" | "index" | "guid" | "value");
    // A qualified name's last part says what it is.
    let collection = singular(&words(collection.rsplit('.').next().unwrap_or_default()));
    match (bare, collection.is_empty()) {
        (true, false) if name.is_empty() || name == collection => collection,
        (true, false) => format!("{collection}_{name}"),
        (true, true) if name.is_empty() => "key".to_owned(),
        _ => name,
    }
}

pub(in crate::resolve) fn words(text: &str) -> String {
    let words: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    words.to_snake_case()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Argument;

    fn names(path: &[Segment]) -> Vec<String> {
        of_path(path).into_iter().map(|parameter| parameter.rust_name).collect()
    }

    fn literal(text: &str) -> Segment {
        Segment::Literal(text.to_owned())
    }

    fn key(text: &str) -> Segment {
        Segment::Key(text.to_owned())
    }

    #[test]
    fn bare_keys_are_called_after_their_collection() {
        assert_eq!(
            names(&[literal("ships"), key("id | callSign"), literal("cabinEntries"), key("id")]),
            ["ship_id", "cabin_entry_id"]
        );
        assert_eq!(names(&[literal("ships"), key("ship-id"), literal("logs"), key("name")]), ["ship_id", "log_name"]);
        assert_eq!(names(&[key("id")]), ["id"]);
        assert_eq!(names(&[literal("types"), key("type")]), ["r#type"]);
    }

    #[test]
    fn names_are_unique() {
        assert_eq!(
            names(&[literal("a"), key("ship-id"), literal("b"), key("shipId"), literal("c"), key("ship id")]),
            ["ship_id", "ship_id_2", "ship_id_3"]
        );
    }

    #[test]
    fn arguments_and_paths() {
        let argument = |name: &str, placeholder: &str| Argument {
            name: name.to_owned(),
            value: ArgumentValue::Placeholder { name: placeholder.to_owned(), quoted: true },
        };
        let call = Segment::Call {
            name: "near".to_owned(),
            arguments: vec![argument("portName", "value"), argument("", "<x>")],
        };
        assert_eq!(names(&[literal("ships"), call]), ["port_name", "x"]);
        let by_path =
            Segment::ByPath { anchor: "{parent-id}".to_owned(), parameter: "file path".to_owned(), closed: true };
        assert_eq!(names(&[literal("disk"), by_path]), ["parent_id", "file_path"]);
        let mixed = Segment::Mixed(vec![Part::Text("t=".to_owned()), Part::Placeholder("id".to_owned())]);
        assert_eq!(names(&[literal("roles"), mixed]), ["role_id"]);
    }
}
