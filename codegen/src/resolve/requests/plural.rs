//! The plural and the singular of English words in names.

/// The plural of an English word, as far as names of entity sets need it.
pub(super) fn plural(name: &str) -> String {
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if name.ends_with(['s', 'x']) || name.ends_with("ch") || name.ends_with("sh") => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

/// The singular of an English plural in lower case, by simple rules.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singulars() {
        for (plural, one) in [
            ("ships", "ship"),
            ("entries", "entry"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("statuses", "status"),
            ("status", "status"),
            ("series", "series"),
            ("s", "s"),
            ("access", "access"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }
}
