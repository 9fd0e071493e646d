//! Names the parameters of keys. A key that is only called `id` or `name` gets the name of the
//! collection before it (`users/{id}` → `user_id`), so that a path can contain `{id}` twice.

use super::plural::singular;
use crate::case;
use crate::schema::simple_name;

/// The name for `{id}`, `{id | userPrincipalName}`, `{message-id}` after a collection.
pub(super) fn of_key(placeholder: &str, collection: &str) -> String {
    let first = placeholder.split('|').next().unwrap_or_default();
    let name = words(first);
    let bare = matches!(name.as_str(), "" | "id" | "name" | "key" | "index" | "guid" | "value");
    // The last part of a qualified name is the simple name.
    let collection = singular(&words(simple_name(collection)));
    match (bare, collection.is_empty()) {
        (true, false) if name.is_empty() || name == collection => collection,
        (true, false) => format!("{collection}_{name}"),
        (true, true) if name.is_empty() => "key".to_owned(),
        _ => name,
    }
}

pub(super) fn words(text: &str) -> String {
    case::snake(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_keys_are_called_after_their_collection() {
        for (placeholder, collection, name) in [
            ("id | callSign", "ships", "ship_id"),
            ("id", "cabinEntries", "cabin_entry_id"),
            ("ship-id", "ships", "ship_id"),
            ("name", "logs", "log_name"),
            ("name", "names", "name"),
            ("id", "", "id"),
            ("", "", "key"),
            ("type", "types", "type"),
            ("id", "fleet.cargoShip", "cargo_ship_id"),
        ] {
            assert_eq!(of_key(placeholder, collection), name, "{placeholder}");
        }
    }
}
