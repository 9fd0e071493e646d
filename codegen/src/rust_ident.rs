//! Identifiers of Rust (the Rust Reference, "Identifiers" and "Keywords"; edition 2024).

/// The strict and reserved keywords, which cannot be the name of an item, sorted.
pub(crate) const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Returns true if a word is a keyword.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.binary_search(&name).is_ok()
}

/// Returns true if an item can have this name without `r#`.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
        && chars.all(unicode_ident::is_xid_continue)
        && name != "_"
        && !is_keyword(name)
}

/// Returns true if Windows has a device of this name: no file or folder can have it there, with any
/// extension ("Naming Files, Paths, and Namespaces", Microsoft Learn).
pub(crate) fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_port = |kind: &str| name.strip_prefix(kind).is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']));
    matches!(name.as_str(), "con" | "prn" | "aux" | "nul") || is_port("com") || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_no_files() {
        assert!(["con", "NUL", "Aux", "prn", "com0", "com9", "LPT1"].iter().all(|name| is_device(name)));
        assert!(!["cons", "com", "com10", "lpt", "lpta", "user", ""].iter().any(|name| is_device(name)));
    }

    #[test]
    fn the_compiler_agrees() {
        assert!(KEYWORDS.is_sorted());
        // syn knows the keywords of all editions.
        for word in KEYWORDS.iter().chain(&["user", "r2", "größe", "名", "2x", "_", "_x", "a-b", "a b", "", "é́"])
        {
            let parsed = syn::parse_str::<syn::Ident>(word).is_ok();
            // `gen` is a keyword since edition 2024 only.
            assert_eq!(is_identifier(word), parsed && *word != "gen", "{word}");
        }
    }
}
