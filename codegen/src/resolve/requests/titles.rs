//! Makes a name of a page's heading: the verb first, without the name of the type.
//!
//! | heading | type | name |
//! | --- | --- | --- |
//! | List messages | user | `list_messages` |
//! | Get user, List users | user | `get`, `list` |
//! | message: createForward | message | `create_forward` |
//! | assign action | policy | `assign` |

use super::plural::singular;
use crate::case;

/// Further words would make names too long.
const MOST_WORDS: usize = 8;

/// The words of a title, in snake case; not yet an identifier.
pub(super) fn of_title(title: &str, type_name: &str) -> String {
    let title = match title.rsplit_once(':') {
        Some((_, behind)) if !behind.trim().is_empty() => behind,
        _ => title,
    };
    let title = title.replace("'s ", " ").replace("’s ", " ");
    let mut words: Vec<&str> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "a" | "an" | "the" | "A" | "An" | "The"))
        .collect();
    if words.len() > 1 && words.last().is_some_and(|last| matches!(*last, "action" | "function" | "method")) {
        words.pop();
    }
    words.truncate(MOST_WORDS);
    let Some((verb, object)) = words.split_first() else {
        return "request".to_owned();
    };
    let snake = |words: &[&str]| case::snake(&words.join(" "));
    let object = snake(object);
    let own = case::snake(type_name);
    let names_type = squeezed(&object) == squeezed(&own) || squeezed(&singular(&object)) == squeezed(&own);
    let verb = snake(&[verb]);
    if object.is_empty() || names_type { verb } else { format!("{verb}_{object}") }
}

fn squeezed(name: &str) -> String {
    name.replace('_', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for (title, ty, name) in [
            ("List crew members", "ship", "list_crew_members"),
            ("Get ship", "ship", "get"),
            ("List ships", "ship", "list"),
            ("List harbour entries", "harbourEntry", "list"),
            ("Create a ship", "ship", "create"),
            ("ship: setSail", "ship", "set_sail"),
            ("setSail action", "ship", "set_sail"),
            ("action", "ship", "action"),
            ("Update captain's log", "ship", "update_captain_log"),
            ("Ship status", "shipStatus", "ship_status"),
            ("Get shipStatus", "shipStatus", "get"),
            ("List 2nd-class cabins", "ship", "list_2nd_class_cabins"),
            ("–", "ship", "request"),
        ] {
            assert_eq!(of_title(title, ty), name, "{title}");
        }
    }
}
