//! Reads the query strings of templates. Callers set the system query options; all other options
//! belong to the request.

use super::arguments::Arguments;
use crate::model::requests::QueryValue;
use crate::vocabulary::QueryOption;

/// The options of a template that are part of the request: names and values as written.
pub(super) fn own(query: &[(String, String)]) -> Vec<&(String, String)> {
    query.iter().filter(|(name, _)| !is_system(name)).collect()
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
pub(super) fn has_system(query: &[(String, String)]) -> bool {
    query.iter().any(|(name, _)| is_system(name))
}

/// The values of a template's own options; placeholders become parameters.
pub(super) fn values(query: &[&(String, String)], arguments: &mut Arguments<'_>) -> Vec<(String, QueryValue)> {
    let mut value = |(name, value): &(String, String)| {
        let quoted = value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''));
        let bare = quoted.unwrap_or(value);
        let placeholder = bare.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
        let value = match placeholder {
            Some(placeholder) => {
                arguments.option(name, placeholder);
                QueryValue::Placeholder { quoted: quoted.is_some() }
            }
            // A text with placeholders in it: the caller passes the whole text.
            None if value.contains('{') => {
                arguments.option(name, value);
                QueryValue::Placeholder { quoted: false }
            }
            None => QueryValue::Fixed(value.clone()),
        };
        (name.clone(), value)
    };
    query.iter().map(|option| value(option)).collect()
}
