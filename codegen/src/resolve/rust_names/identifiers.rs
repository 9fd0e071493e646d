//! Turns names of the service into Rust identifiers. Case is converted by `heck`.

use std::borrow::Cow;

use heck::ToShoutySnakeCase;

use crate::case;
use crate::hashing::{HashMap, HashSet};
use crate::rust_ident;

/// The first of `name`, `name2`, `name3` … that is free.
pub(in crate::resolve) fn unique<N: Clone>(name: N, taken: impl Fn(&N) -> bool, with: impl Fn(&N, &str) -> N) -> N {
    if !taken(&name) {
        return name;
    }
    (2_u32..).map(|number| with(&name, &number.to_string())).find(|candidate| !taken(candidate)).unwrap_or(name)
}

/// The names that are taken in a scope, in which all names have to differ.
#[derive(Clone, Default)]
pub(in crate::resolve) struct Taken {
    names: HashSet<String>,
    /// The lowest number that may be free behind a name. Thousands of the service's names may have
    /// the same form in Rust, so a search must not begin with the first number each time.
    numbers: HashMap<String, u32>,
}

impl Taken {
    /// Takes `name`, or the first of `name2`, `name3` … that is free. With a number behind it, a
    /// name is no keyword, so it loses the `r#` or the `_` that keeps it from being one: `Self_`,
    /// then `Self2`.
    pub(in crate::resolve) fn take(&mut self, name: String) -> String {
        if self.names.insert(name.clone()) {
            return name;
        }
        let bare = name.trim_start_matches("r#");
        let bare = Some(bare.trim_end_matches('_')).filter(|bare| !bare.is_empty()).unwrap_or(bare);
        let next = self.numbers.entry(name.clone()).or_insert(2);
        loop {
            let candidate = format!("{bare}{next}");
            *next += 1;
            if self.names.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

impl<N: Into<String>> FromIterator<N> for Taken {
    fn from_iter<I: IntoIterator<Item = N>>(names: I) -> Self {
        Taken { names: names.into_iter().map(Into::into).collect(), numbers: HashMap::default() }
    }
}

/// Letters and digits only, so that heck sees words; a name without any is spelled by its code
/// points.
fn words(name: &str) -> Cow<'_, str> {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Cow::Borrowed(name);
    }
    let words: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    if words.trim().is_empty() {
        let points: Vec<String> = name.chars().map(|c| format!("u{:x}", c as u32)).collect();
        return Cow::Owned(points.join(" "));
    }
    // Signs distinguish members such as "+1" and "-1".
    match name.chars().next() {
        Some('-') => Cow::Owned(format!("minus {words}")),
        Some('+') => Cow::Owned(format!("plus {words}")),
        _ => Cow::Owned(words),
    }
}

/// Makes an identifier: a digit at the beginning gets a prefix, and characters that are not allowed
/// (XID) are removed.
pub(in crate::resolve) fn identifier(mut name: String, digit_prefix: &str) -> String {
    if is_plain(&name) {
        return name;
    }
    name.retain(|c| c == '_' || c.is_alphanumeric());
    let name = if name.chars().next().is_none_or(|first| !first.is_alphabetic() && first != '_') {
        format!("{digit_prefix}{name}")
    } else {
        name
    };
    if rust_ident::is_identifier(&name) || rust_ident::is_keyword(&name) {
        name
    } else {
        let ascii: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c.to_string() } else { format!("u{:x}", c as u32) })
            .collect();
        if ascii.chars().next().is_some_and(|first| first.is_ascii_digit()) {
            format!("{digit_prefix}{ascii}")
        } else {
            ascii
        }
    }
}

/// Returns true for an ASCII name that is an identifier or a keyword, as nearly all names are.
fn is_plain(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

pub(super) fn type_name(name: &str) -> String {
    let name = identifier(case::pascal(&words(name)), "T");
    if rust_ident::is_keyword(&name) { format!("{name}_") } else { name }
}

pub(in crate::resolve) fn module_name(name: &str) -> String {
    let name = identifier(case::snake(&words(name)), "t");
    // `mod` and `lib` are file names with a meaning for rustc.
    if rust_ident::is_keyword(&name)
        || matches!(name.as_str(), "lib" | "main" | "mod" | "core" | "std" | "alloc" | "edmark_runtime" | "serde")
    {
        format!("{name}_")
    } else {
        name
    }
}

pub(in crate::resolve) fn field_name(name: &str) -> String {
    field(case::snake(&words(name)))
}

/// The names of the field and of the constant of a property.
pub(super) fn field_and_constant(name: &str) -> (String, String) {
    let words = words(name);
    let snake = case::snake(&words);
    // Both names have the same words, and splitting a name into words is the expensive part.
    let capitals = if snake.is_ascii() { snake.to_ascii_uppercase() } else { words.to_shouty_snake_case() };
    (field(snake), constant(capitals))
}

fn field(snake: String) -> String {
    let name = identifier(snake, "n");
    match name.as_str() {
        "self" | "crate" | "super" | "_" => format!("{name}_"),
        _ if rust_ident::is_keyword(&name) => format!("r#{name}"),
        _ => name,
    }
}

fn constant(capitals: String) -> String {
    let name = identifier(capitals, "N");
    if name == "_" { "N_".to_owned() } else { name }
}

pub(super) fn variant_name(name: &str) -> String {
    let name = identifier(case::pascal(&words(name)), "V");
    if rust_ident::is_keyword(&name) { format!("{name}_") } else { name }
}
