//! What a method is called: the words of its row, verb first, without the type's own name, and a suffix that tells templates apart.
//!
//! | row | type | name |
//! | --- | --- | --- |
//! | List messages | user | `list_messages` |
//! | Get user, List users | user | `get`, `list` |
//! | message: createForward | message | `create_forward` |
//! | assign action | policy | `assign` |

use heck::ToSnakeCase;

use crate::resolve::rust_names::field_name;
use crate::schema::{MethodRow, Operation};

/// Names that mean something else on every Rust type.
const RESERVED: [&str; 16] = [
    "as_mut",
    "as_ref",
    "borrow",
    "clone",
    "cmp",
    "default",
    "deref",
    "deserialize",
    "drop",
    "eq",
    "fmt",
    "from",
    "hash",
    "into",
    "new",
    "serialize",
];

/// More words than these say no more.
const MOST_WORDS: usize = 8;

/// The plain names of a type's rows, in snake case; not yet identifiers. Parentheses count only where two pages would have one name:
/// "List (daily)" and "List (monthly)".
pub(super) fn of_rows(rows: &[(&MethodRow, &Operation)], type_name: &str) -> Vec<String> {
    let plain: Vec<String> =
        rows.iter().map(|(row, _)| of_title(&without_parentheses(&row.title.value), type_name)).collect();
    let clashes = |index: usize| {
        let same_name = |other: &usize| plain[*other] == plain[index];
        (0..rows.len()).filter(same_name).any(|other| rows[other].1.file != rows[index].1.file)
    };
    (0..rows.len())
        .map(|index| match clashes(index) {
            true => of_title(&rows[index].0.title.value, type_name),
            false => plain[index].clone(),
        })
        .collect()
}

pub(in crate::resolve) fn of_title(title: &str, type_name: &str) -> String {
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
    let snake = |words: &[&str]| words.join(" ").to_snake_case();
    let object = snake(object);
    let own = type_name.to_snake_case();
    let names_type = squeezed(&object) == squeezed(&own) || squeezed(&singular(&object)) == squeezed(&own);
    let verb = snake(&[verb]);
    match (object.is_empty() || names_type, RESERVED.contains(&verb.as_str())) {
        (true, false) => verb,
        (true, true) => format!("{verb}_{own}"),
        (false, _) => format!("{verb}_{object}"),
    }
}

/// The identifier of a plain name and a suffix.
pub(super) fn identifier(plain: &str, suffix: &str) -> String {
    match suffix {
        "" => field_name(plain),
        suffix => field_name(&format!("{plain}_{suffix}")),
    }
}

fn squeezed(name: &str) -> String {
    name.replace('_', "")
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if out.trim().is_empty() { text.replace(['(', ')'], " ") } else { out }
}

/// The singular of an English plural in lower case, as far as rules go.
pub(in crate::resolve) fn singular(plural: &str) -> String {
    let ends = |ending| plural.strip_suffix(ending).filter(|stem: &&str| stem.len() > 1);
    if plural.ends_with("series") || plural.ends_with("news") {
        return plural.to_owned();
    }
    if let Some(stem) = ends("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zes", "uses"] {
        if plural.ends_with(ending) {
            return plural[..plural.len() - 2].to_owned();
        }
    }
    match ends("s") {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => plural.to_owned(),
    }
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
            ("Clone ship", "ship", "clone_ship"),
            ("clone", "ship", "clone_ship"),
            ("Ship status", "shipStatus", "ship_status"),
            ("Get shipStatus", "shipStatus", "get"),
            ("List 2nd-class cabins", "ship", "list_2nd_class_cabins"),
            ("–", "ship", "request"),
        ] {
            assert_eq!(of_title(title, ty), name, "{title}");
        }
    }

    #[test]
    fn parentheses_only_where_they_tell_apart() {
        assert_eq!(without_parentheses("List (preview)"), "List ");
        assert_eq!(without_parentheses("(deprecated)"), " deprecated ");
    }

    #[test]
    fn identifiers() {
        assert_eq!(identifier("move", ""), "r#move");
        assert_eq!(identifier("move", "of_me"), "move_of_me");
        assert_eq!(identifier("self", ""), "self_");
    }

    #[test]
    fn singulars() {
        for (plural, one) in [
            ("ships", "ship"),
            ("entries", "entry"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("statuses", "status"),
            ("status", "status"),
            ("series", "series"),
            ("s", "s"),
            ("access", "access"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }
}
