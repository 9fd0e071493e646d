//! Names in the case that Rust asks for: `snake_case` and `PascalCase`.
//!
//! The words of a name are those that `heck` finds. Nearly all names are ASCII, and for these the
//! conversion here takes a tenth of the time, because it looks at bytes and formats nothing; all
//! others are left to `heck`.

use heck::{ToPascalCase as _, ToSnakeCase as _};

/// `signInActivity` becomes `sign_in_activity`.
pub(crate) fn snake(name: &str) -> String {
    if !name.is_ascii() {
        return name.to_snake_case();
    }
    let mut out = String::with_capacity(name.len() + 4);
    each_word(name, |word| {
        if !out.is_empty() {
            out.push('_');
        }
        out.push_str(word);
    });
    out.make_ascii_lowercase();
    out
}

/// `signInActivity` becomes `SignInActivity`.
pub(crate) fn pascal(name: &str) -> String {
    if !name.is_ascii() {
        return name.to_pascal_case();
    }
    let mut out = String::with_capacity(name.len());
    each_word(name, |word| {
        let (first, rest) = word.split_at(1);
        out.push_str(first);
        let start = out.len();
        out.push_str(rest);
        out[start - 1..start].make_ascii_uppercase();
        out[start..].make_ascii_lowercase();
    });
    out
}

/// Calls `each` with the words of an ASCII name; none of them is empty. A word ends before a
/// capital that follows a small letter, before a capital that follows capitals and is followed by a
/// small letter, and where a character is neither letter nor digit. Digits have no case.
fn each_word<'n>(name: &'n str, mut each: impl FnMut(&'n str)) {
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        let bytes = part.as_bytes();
        let mut start = 0;
        // True if the last letter of the word is a capital; `None` if it has no letter yet.
        let mut after_capital = None;
        for (at, (byte, next)) in bytes.iter().zip(bytes.iter().skip(1)).enumerate() {
            let is_capital = if byte.is_ascii_alphabetic() { Some(byte.is_ascii_uppercase()) } else { after_capital };
            let end = match (is_capital, next) {
                (Some(false), next) if next.is_ascii_uppercase() => at + 1,
                _ if after_capital == Some(true) && byte.is_ascii_uppercase() && next.is_ascii_lowercase() => at,
                _ => {
                    after_capital = is_capital;
                    continue;
                }
            };
            each(&part[start..end]);
            start = end;
            after_capital = None;
        }
        if start < part.len() {
            each(&part[start..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_heck() {
        let known =
            ["", "_", "id", "signInActivity", "HTTPServer", "x509Key", "iOS", "a1B2c3", "ABCd", "größeÄnderung"];
        for name in known {
            assert_eq!((snake(name), pascal(name)), (name.to_snake_case(), name.to_pascal_case()), "{name}");
        }
        // All names of seven characters of four kinds.
        for number in 0..4_usize.pow(7) {
            let name: String = (0..7).map(|place| ['a', 'B', '1', '-'][number / 4_usize.pow(place) % 4]).collect();
            assert_eq!((snake(&name), pascal(&name)), (name.to_snake_case(), name.to_pascal_case()), "{name}");
        }
    }
}
