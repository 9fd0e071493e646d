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

/// The plain name for a row, in snake case; not yet an identifier.
pub(super) fn of_row(title: &str, type_name: &str) -> String {
    let title = without_parentheses(title);
    let title = match title.rsplit_once(':') {
        Some((_, behind)) if !behind.trim().is_empty() => behind.to_owned(),
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
pub(super) fn singular(plural: &str) -> String {
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
