//! Reads the query strings of templates. Callers set the system query options; all other options
//! belong to the request.

use super::arguments::Arguments;
use crate::model::requests::QueryValue;
use crate::model::{Argument, ArgumentValue};
use crate::vocabulary::QueryOption;

/// The options of a template that are part of the request.
pub(super) fn own(query: &[Argument]) -> Vec<&Argument> {
    query.iter().filter(|option| !is_system(&option.name)).collect()
}

/// Returns true for `$select` and the like, and for OData 4.01's short forms without the dollar
/// sign (URL Conventions 4.01, 5.1). `$id` identifies a reference, so it is an argument and not an
/// option. `search` without the dollar sign is also the older name of a custom option.
fn is_system(name: &str) -> bool {
    match name.strip_prefix('$') {
        Some(unknown) => !unknown.eq_ignore_ascii_case("id"),
        None => QueryOption::in_url(name).is_some(),
    }
}

/// Returns true if a query has system query options.
pub(super) fn has_system(query: &[Argument]) -> bool {
    query.iter().any(|option| is_system(&option.name))
}

/// The values of a template's own options; placeholders become parameters.
pub(super) fn values(query: &[&Argument], arguments: &mut Arguments<'_>) -> Vec<(String, QueryValue)> {
    let mut value = |Argument { name, value }: &Argument| {
        let value = match value {
            ArgumentValue::Placeholder { name: placeholder, quoted } => {
                arguments.option(name, placeholder);
                QueryValue::Placeholder { quoted: *quoted }
            }
            ArgumentValue::EnumLiteral { name: placeholder, .. } => {
                arguments.option(name, placeholder);
                QueryValue::Placeholder { quoted: false }
            }
            // A text with placeholders in it: the caller passes the whole text.
            ArgumentValue::Fixed(text) if text.contains('{') => {
                arguments.option(name, text);
                QueryValue::Placeholder { quoted: false }
            }
            ArgumentValue::Fixed(text) => QueryValue::Fixed(text.clone()),
        };
        (name.clone(), value)
    };
    query.iter().map(|option| value(option)).collect()
}
