//! Decides which source is more reliable if pages contradict themselves.
//!
//! All such decisions are in this module. The counts are from references of services whose metadata
//! shows which side is right.
//!
//! | question | which side was right | taken |
//! | --- | --- | --- |
//! | two spellings, and only one begins with a small letter | that one, 9 of 9 | that one |
//! | two spellings that differ in the case of other letters | the JSON block, 2 of 2 | the block |
//! | two names that differ in a letter or two | the table, 1 of 1 | the table |
//! | a name in small letters alone, and its type's name has capitals | the type's, 3 of 3 | the type's |
//! | a cell that says String, and a literal `true` or `12.5` in the block | the block, 6 of 6 | the block |
//! | a type that is a slip of a primitive type's name | the primitive type, 4 of 4 | that |
//! | a base in a sentence, and one in the comment that has only a key | the sentence, 3 of 3 | the sentence |
//! | a link's text that names a described type, and another type's page as its target | the text, 3 of 3 | the text |
//! | the same, and the target's type has the text in its name | the target, 2 of 2 | the target |
//! | an entity type without a stated key, and a property `id` | the property is the key, 32 of 32 | that |
//! | a row of one entity, and a method that lists it under a plural | the method, 5 of 5 | a collection |

use crate::nearest::is_slip;
use crate::schema::{JsonItem, Primitive};

/// Returns true if the JSON block's spelling of a property's name is more likely right than the
/// table's.
pub(crate) fn block_spells_better(table: &str, block: &str) -> bool {
    let is_small = |name: &str| name.starts_with(|first: char| first.is_lowercase());
    match (is_small(table), is_small(block)) {
        (true, false) => false,
        (false, true) => true,
        _ => table.eq_ignore_ascii_case(block),
    }
}

/// The type of a literal in the JSON block that contradicts the type `String` of the table. An
/// integer is not such a literal, because it may be a sample of a text.
pub(crate) fn literal_beats_string(token: &JsonItem) -> Option<Primitive> {
    match token {
        JsonItem::Boolean => Some(Primitive::Boolean),
        JsonItem::Number { integral: false } => Some(Primitive::Double),
        _ => None,
    }
}

/// The primitive type whose misspelt name a word is: `DateTimeOfset`, `Sting`.
pub(crate) fn misspelt_primitive(word: &str) -> Option<Primitive> {
    let word = word.strip_prefix("Edm.").unwrap_or(word);
    Primitive::ALL.iter().copied().find(|primitive| is_slip(word, primitive.simple_name()))
}

/// Returns true if a sentence about a type's base type is one of the first two of its paragraph. A
/// later sentence follows text about something else, and is less reliable than the comment: 1 of 1.
pub(crate) fn is_main_sentence(before: &str) -> bool {
    before.matches(". ").count() < 2
}

/// Returns true for the name that a key has where no page says which property is the key.
pub(crate) fn names_a_key(property: &str) -> bool {
    property == "id"
}

/// Returns true if a link means the type of its target, although its text is the name of another
/// one: `[servicePrincipal](provisioningserviceprincipal.md)`.
pub(crate) fn target_beats_text(text: &str, target: &str) -> bool {
    // Nearly all links have the name of their target as the text.
    target.eq_ignore_ascii_case(text) || target.to_ascii_lowercase().contains(&text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_beginning_counts_first() {
        assert!(!block_spells_better("model", "Model"));
        assert!(block_spells_better("Model", "model"));
        assert!(block_spells_better("printerID", "printerId"));
        assert!(!block_spells_better("isAssignableToRole", "isAssignableRole"));
    }

    #[test]
    fn slips_of_primitive_types_are_understood() {
        assert_eq!(misspelt_primitive("Sting"), Some(Primitive::String));
        assert_eq!(misspelt_primitive("DateTimeOfset"), Some(Primitive::DateTimeOffset));
        assert_eq!(misspelt_primitive("Bolean"), Some(Primitive::Boolean));
        assert_eq!(misspelt_primitive("Int61"), None);
        assert_eq!(misspelt_primitive("user"), None);
        assert_eq!(misspelt_primitive("link"), None);
        assert_eq!(misspelt_primitive("settings"), None);
    }
}
