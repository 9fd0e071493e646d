//! Whose word counts where a page says two things of one property.
//!
//! The counts are of references whose service's metadata says which side is right.
//!
//! | question | which side was right | taken |
//! | --- | --- | --- |
//! | two spellings, and only one begins with a small letter | that one, 9 of 9 | that one |
//! | two spellings that differ in the case of other letters | the JSON block, 2 of 2 | the block |
//! | two names that differ in a letter or two | the table, 1 of 1 | the table |

/// Whether the block's spelling of a property's name is likelier right than the table's.
pub(crate) fn block_spells_better(table: &str, block: &str) -> bool {
    let is_small = |name: &str| name.starts_with(|first: char| first.is_lowercase());
    match (is_small(table), is_small(block)) {
        (true, false) => false,
        (false, true) => true,
        _ => table.eq_ignore_ascii_case(block),
    }
}

#[cfg(test)]
mod tests {
    use super::block_spells_better;

    #[test]
    fn a_small_beginning_counts_first() {
        assert!(!block_spells_better("model", "Model"));
        assert!(block_spells_better("Model", "model"));
        assert!(block_spells_better("printerID", "printerId"));
        assert!(!block_spells_better("isAssignableToRole", "isAssignableRole"));
    }
}
