//! Finds the headers that every request of a page must have, with a value that the page fixes.

use crate::schema::DocumentedOperation;
use crate::schema::operation::Header;

/// Headers that depend on the request body, on a condition or on the sender.
const OWN: [&str; 6] = ["authorization", "content-type", "content-length", "if-match", "user-agent", "prefer"];

/// The names and values of these headers.
pub(super) fn required(page: &DocumentedOperation) -> Vec<(String, String)> {
    let value = |header: &Header| {
        let name = &header.name.value;
        if header.required != Some(true) || OWN.iter().any(|own| name.eq_ignore_ascii_case(own)) {
            return None;
        }
        let said = header.description.as_deref()?;
        // In "This header and `$count` are required when using `$search`", the header depends on
        // the option.
        if [" when ", " if ", "`$"].iter().any(|condition| said.contains(condition)) {
            return None;
        }
        // A dot inside of a word is none at the end of a sentence: `4.01`.
        let word = said.split_whitespace().next()?.trim_end_matches(['.', ',', ';']).trim_matches('`');
        let is_token =
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=.".contains(&byte));
        is_token.then(|| (name.clone(), word.to_owned()))
    };
    page.headers.iter().filter_map(value).collect()
}
