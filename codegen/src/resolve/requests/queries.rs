//! The query strings of templates. System query options are for the caller to set; the others
//! belong to the request.

use super::arguments::Arguments;
use crate::model::requests::QueryValue;
use crate::vocabulary::QueryOption;

/// The options of a template that are part of the request: names and values as written.
pub(super) fn own(query: &[(String, String)]) -> Vec<&(String, String)> {
    query.iter().filter(|(name, _)| !is_system(name)).collect()
}

/// `$select`, and OData 4.01's short form without the dollar sign (URL Conventions 4.01, 5.1).
/// `$id` says which reference is meant: no option but an argument. `search` without the sign is the
/// older name of another one.
fn is_system(name: &str) -> bool {
    match name.strip_prefix('$') {
        Some(unknown) => !unknown.eq_ignore_ascii_case("id"),
        None => QueryOption::in_url(name).is_some(),
    }
}

/// Whether it has system query options.
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
            // A text with placeholders in it: all of it is the caller's.
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
