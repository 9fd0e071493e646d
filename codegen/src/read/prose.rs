//! Sentences: from inline text to markdown for documentation, and to the [`Facts`] that descriptions state.
//!
//! Facts are found by the phrases that the reference uses, sentence by sentence, in any case. A phrase counts only where it speaks of the
//! property itself; a sentence with "if" or "when" before it states no fact.

use crate::page::{Block, PieceKind, Text, folded};
use crate::schema::{Deprecation, Facts, Filter, Returned, TypeRef};
use crate::source::{At, Span};

/// A text as markdown: code stays code, a link becomes its text, line breaks become blanks.
pub(crate) fn markdown(text: &Text<'_>) -> String {
    let mut out = String::new();
    for piece in &text.pieces {
        match &piece.kind {
            PieceKind::Plain(text) => out.push_str(text),
            PieceKind::Link { text, .. } => out.push_str(text),
            PieceKind::Code(code) => {
                if code.contains('`') || code.trim().is_empty() {
                    out.push_str(code);
                } else {
                    out.push('`');
                    out.push_str(code);
                    out.push('`');
                }
            }
            PieceKind::Break => out.push(' '),
            PieceKind::Comment(_) => {}
        }
    }
    folded(out)
}

/// [`markdown`] with its place; `None` where nothing can be seen.
pub(crate) fn described(text: &Text<'_>) -> Option<At<String>> {
    let markdown = markdown(text);
    (!markdown.is_empty()).then(|| At::new(markdown, text.span))
}

/// The first paragraph that describes something, among the blocks below a heading.
pub(crate) fn first_paragraph<'p, 'a>(blocks: &'p [Block<'a>]) -> Option<&'p Text<'a>> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(text) if !text.is_empty() && !is_namespace(text) && !is_label(text) => Some(text),
        _ => None,
    })
}

/// A paragraph such as `Namespace: microsoft.graph`.
pub(crate) fn is_namespace(text: &Text<'_>) -> bool {
    text.plain().to_ascii_lowercase().starts_with("namespace:")
}

/// A paragraph that is an alert in disguise (`**Note:** …`).
fn is_label(text: &Text<'_>) -> bool {
    let plain = text.plain().to_ascii_lowercase();
    ["note:", "important:", "caution:", "warning:", "[!include"].iter().any(|label| plain.starts_with(label))
}

/// The sentences of a text: cut behind `.`, `;`, `!`, `?` where a blank follows, not inside parentheses, code or abbreviations.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut sentences = Vec::new();
    let (mut start, mut depth, mut code) = (0, 0_i32, false);
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'`' => code = !code,
            b'(' if !code => depth += 1,
            b')' if !code => depth = (depth - 1).max(0),
            b'.' | b';' | b'!' | b'?' if !code && depth == 0 => {
                let ends = bytes.get(index + 1).is_none_or(|next| next.is_ascii_whitespace());
                let before = &text[start..index];
                let abbreviation =
                    ["e.g", "i.e", "etc", "vs", "No", "approx"].iter().any(|short| before.ends_with(short));
                if ends && !abbreviation {
                    sentences.push(text[start..=index].trim());
                    start = index + 1;
                }
            }
            _ => {}
        }
    }
    if !text[start..].trim().is_empty() {
        sentences.push(text[start..].trim());
    }
    sentences
}

/// What a property's description states about it.
pub(crate) fn facts(description: &Text<'_>) -> Facts {
    let mut facts = Facts { inherited_from: inherited_from(description), ..Facts::default() };
    let text = markdown(description);
    let span = description.span;
    let all = sentences(&text);
    for (index, sentence) in all.iter().enumerate() {
        let lower = sentence.to_ascii_lowercase();
        // Most sentences state nothing: one look for the words that every phrase of a kind contains spares the phrases.
        if has_any(&lower, &["read", "null", "requir", "key", "must be"]) {
            state_access(&lower, span, &mut facts);
        }
        if has_any(&lower, &["$", "filter", "return"]) {
            state_query(sentence, &lower, span, &mut facts);
        }
        if has_any(&lower, &["default", "character", "max"]) {
            state_limits(sentence, &lower, span, &mut facts);
        }
        if has_any(
            &lower,
            &["deprecat", "n't use", "not use", "no longer", "stop returning", "retired", "obsolete", "going forward"],
        ) {
            state_deprecation(&all, index, &lower, span, &mut facts);
        }
    }
    facts
}

/// Whether one of a few short words stands in a text.
fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// A sentence that says it of some cases only.
fn is_conditional(lower: &str) -> bool {
    let anywhere = ["if ", "when ", "unless ", "for example", "once ", "after "];
    anywhere.iter().any(|word| lower.starts_with(word) || lower.contains(&format!(" {word}")))
        || ["for a ", "for an ", "for on-premises"].iter().any(|start| lower.starts_with(start))
}

/// What can be said once, on creation, is not read-only: only what the service alone sets is.
fn state_access(lower: &str, span: Span, facts: &mut Facts) {
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let read_only = bare == "read-only"
        || bare == "read only"
        || bare == "readonly"
        || ["read-only.", "read only.", "read-only,", "read-only (", "readonly."]
            .iter()
            .any(|start| lower.starts_with(start))
        || ["is read-only", "is read only", "is readonly", "read-only property"]
            .iter()
            .any(|phrase| lower.contains(phrase))
        || lower.ends_with("(read-only).")
        || lower.ends_with("(read-only)")
        || lower.ends_with(", read-only.")
        || lower.ends_with(" read-only.");
    if read_only && !is_conditional(lower) && !lower.contains("not read-only") && !lower.contains("not read only") {
        facts.read_only.get_or_insert(span);
    }
    if matches!(
        bare,
        "not nullable"
            | "non-nullable"
            | "non nullable"
            | "not null"
            | "cannot be null"
            | "can't be null"
            | "can not be null"
    ) || lower.contains("not nullable")
        || ["this property cannot be null", "it cannot be null", "must not be null", "can't be null"]
            .iter()
            .any(|p| lower.contains(p))
            && !is_conditional(lower)
    {
        facts.nullable.get_or_insert(At::new(false, span));
    } else if matches!(bare, "nullable")
        || lower.contains("this property is nullable")
        || bare == "can be null"
        || bare.ends_with("read-only, nullable")
        || ["null if", "is null when", "is null if", "null when", "can be null"]
            .iter()
            .any(|phrase| lower.contains(phrase))
    {
        facts.nullable.get_or_insert(At::new(true, span));
    }
    if bare == "required"
        || bare == "required on create"
        || bare.starts_with("required when creating")
        || bare.starts_with("required when a ") && bare.contains(" created")
        || lower.contains("required on create")
        || lower.contains("must be specified when") && lower.contains("created")
        || lower.contains("required when creating")
        || lower.contains("this property is required when") && lower.contains("created")
    {
        facts.required.get_or_insert(span);
    }
    if matches!(bare, "key" | "primary key" | "key property")
        || bare.starts_with("key of the ")
        || bare.starts_with("key of this ")
    {
        facts.key.get_or_insert(span);
    }
}

const OPERATORS: [&str; 22] = [
    "eq",
    "ne",
    "gt",
    "ge",
    "lt",
    "le",
    "in",
    "not",
    "and",
    "or",
    "has",
    "any",
    "all",
    "startsWith",
    "endsWith",
    "contains",
    "substringof",
    "indexof",
    "length",
    "geo.distance",
    "tolower",
    "toupper",
];

fn state_query(sentence: &str, lower: &str, span: Span, facts: &mut Facts) {
    let negative = [
        "not support",
        "n't support",
        "unsupported",
        "not filterable",
        "is not supported",
        "isn't supported",
        "cannot be used",
        "can't be used",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase));
    let speaks = lower.contains("support")
        || lower.contains("filterable")
        || lower.contains("can be filtered")
        || lower.contains("can use");
    if speaks && (lower.contains("$filter") || lower.contains("filterable") || lower.contains("can be filtered")) {
        let operators = if negative { Vec::new() } else { operators(sentence) };
        // "$search is not supported, $filter is": only a sentence about one option can be negative.
        let about_one = lower.matches('$').count() <= 1;
        if !negative || about_one {
            facts.filter.get_or_insert(At::new(Filter { supported: !negative, operators }, span));
        }
    }
    let option = |names: &[&str]| {
        (speaks && names.iter().any(|name| lower.contains(name)) && (!negative || lower.matches('$').count() <= 1))
            .then(|| At::new(!negative, span))
    };
    if facts.order_by.is_none() {
        facts.order_by = option(&["$orderby"]);
    }
    if facts.search.is_none() {
        facts.search = option(&["$search"]);
    }
    if facts.expand.is_none() {
        facts.expand = option(&["$expand"]);
    }
    if lower.contains("returned only on")
        || lower.contains("only returned on")
        || lower.contains("only returned when") && lower.contains("$select")
        || lower.contains("returned only if") && lower.contains("$select")
        || lower.contains("not returned by default")
        || lower.contains("isn't returned by default")
        || lower.contains("requires $select")
        || lower.contains("requires `$select`")
    {
        facts.returned.get_or_insert(At::new(Returned::OnSelect, span));
    } else if lower.contains("returned by default") || lower.contains("always returned") {
        facts.returned.get_or_insert(At::new(Returned::ByDefault, span));
    }
}

/// The operators in code behind `$filter`: "(`eq`, `ne`)", "eq, ne".
fn operators(sentence: &str) -> Vec<String> {
    let Some(at) = sentence.find("$filter") else { return Vec::new() };
    let rest = &sentence[at + "$filter".len()..];
    let rest = rest.find('$').map_or(rest, |next| &rest[..next]);
    let mut found: Vec<String> = Vec::new();
    for part in rest.split(|c: char| !(c.is_alphanumeric() || c == '.')) {
        // "and", "or", "in", "not", "any" are also plain words; they count only as code or inside the parentheses.
        let canonical = OPERATORS.iter().find(|known| known.eq_ignore_ascii_case(part));
        let plain_word = matches!(part, "and" | "or" | "in" | "not" | "any" | "all" | "has");
        let marked = part.as_ptr() as usize > rest.as_ptr() as usize
            && rest.as_bytes().get(part.as_ptr() as usize - rest.as_ptr() as usize - 1) == Some(&b'`');
        if let Some(canonical) = canonical
            && (marked || !plain_word || part.chars().all(char::is_uppercase))
            && !found.iter().any(|known| known == canonical)
        {
            found.push((*canonical).to_owned());
        }
    }
    found
}

fn state_limits(sentence: &str, lower: &str, span: Span, facts: &mut Facts) {
    for phrase in [
        "default value is ",
        "the default is ",
        "default is ",
        "defaults to ",
        "default value: ",
        "default value of ",
        "default: ",
        "by default, the value is ",
    ] {
        if let Some(at) = lower.find(phrase) {
            // "The default value is X for Y" depends on Y.
            let rest = &sentence[at + phrase.len()..];
            if let Some(value) = literal(rest) {
                facts.default.get_or_insert(At::new(value, span));
            }
            break;
        }
    }
    let is_length = lower.contains("maximum length")
        || lower.contains("max length")
        || lower.contains("maximum size")
        || lower.contains("character");
    if is_length && !is_conditional(lower) {
        for phrase in [
            "maximum length is ",
            "maximum length of ",
            "maximum length: ",
            "max length is ",
            "maximum size ",
            "maximum of ",
            "limited to ",
            "length limit of ",
            "must be at most ",
            "up to ",
            "at most ",
            "cannot exceed ",
            "can't exceed ",
            "maximum length for this property is ",
        ] {
            if let Some(at) = lower.find(phrase) {
                let digits: String = sentence[at + phrase.len()..]
                    .chars()
                    .take_while(|c| c.is_ascii_digit() || *c == ',')
                    .filter(char::is_ascii_digit)
                    .collect();
                let unit = sentence[at + phrase.len()..].to_ascii_lowercase();
                let of_characters = unit.contains("character") || phrase.contains("length") || phrase.contains("size");
                if let (Ok(length), true) =
                    (digits.parse(), of_characters && !unit.contains("bytes") && !unit.contains(" kb"))
                {
                    facts.max_length.get_or_insert(At::new(length, span));
                    break;
                }
            }
        }
    }
}

/// A literal at the beginning of `text`: code, a quoted word, a number, `true`, `false`, `null`, or one bare word before a stop.
fn literal(text: &str) -> Option<String> {
    let text = text.trim_start().trim_start_matches("set to ").trim_start_matches("the value ");
    for quote in ['`', '\'', '"'] {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest.split_once(quote).map(|(value, _)| value.to_owned()).filter(|value| !value.is_empty());
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')')).unwrap_or(text.len());
    let word = text[..end].trim_end_matches('.');
    let rest = text[end..].trim_start();
    let sure = word.parse::<f64>().is_ok() || matches!(word.to_ascii_lowercase().as_str(), "true" | "false" | "null");
    let ends_here = rest.is_empty() || text[end..].starts_with([',', ';', ')']) || text[..end].ends_with('.');
    let identifier = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
    (identifier && (sure && !rest.starts_with('%') || ends_here)).then(|| word.to_owned())
}

fn state_deprecation(all: &[&str], index: usize, lower: &str, span: Span, facts: &mut Facts) {
    if facts.deprecation.is_some() || !is_deprecation(lower) {
        return;
    }
    let sentence = all[index];
    let mut deprecation = Deprecation { text: sentence.to_owned(), since: since(sentence), instead: instead(sentence) };
    for next in all.iter().skip(index + 1).take(2) {
        if deprecation.instead.is_none() {
            deprecation.instead = instead(next);
        }
        if deprecation.since.is_none() && is_deprecation(&next.to_ascii_lowercase()) {
            deprecation.since = since(next);
        }
    }
    facts.deprecation = Some(At::new(deprecation, span));
}

/// Whether a sentence retires what it is about.
pub(crate) fn is_deprecation(lower: &str) -> bool {
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    bare == "deprecated"
        || bare.starts_with("deprecated ")
        || lower.starts_with("(deprecated)")
        || lower.starts_with("deprecated.")
        || lower.starts_with("[deprecated")
        || [
            "is deprecated",
            "are deprecated",
            "been deprecated",
            "being deprecated",
            "will be deprecated",
            "no longer supported",
            "(deprecated)",
            "will stop returning",
            "will be retired",
            "is obsolete",
        ]
        .iter()
        .any(|phrase| lower.contains(phrase))
        || bare.starts_with("do not use")
        || bare.starts_with("don't use")
        || lower.starts_with("going forward, use")
}

/// A date in a sentence: "on May 1, 2021", "as of 2021-04".
fn since(sentence: &str) -> Option<String> {
    let lower = sentence.to_ascii_lowercase();
    for phrase in
        ["as of ", "since ", "beginning ", "starting ", "starting on ", "effective ", " on ", " by ", "after "]
    {
        if let Some(at) = lower.find(phrase) {
            let rest = &sentence[at + phrase.len()..];
            let words: Vec<&str> = rest.split_whitespace().take(3).collect();
            let year = words.iter().position(|word| {
                let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
                digits.len() >= 4 && digits.starts_with("20")
            });
            if let Some(year) = year {
                return Some(words[..=year].join(" ").trim_end_matches(['.', ',', ')']).to_owned());
            }
        }
    }
    None
}

/// What to use instead: a word in code or an identifier behind "use".
fn instead(sentence: &str) -> Option<String> {
    let lower = sentence.to_ascii_lowercase();
    let at = ["instead, use ", "please use ", "use the ", "use ", "replaced by ", "replaced with ", "see "]
        .iter()
        .find_map(|phrase| lower.find(phrase).map(|at| at + phrase.len()))?;
    if lower[..at].ends_with("do not use ") || lower[..at].ends_with("don't use ") {
        return None;
    }
    let rest = sentence[at..].trim_start_matches("the ");
    if let Some(code) = rest.strip_prefix('`') {
        return code.split_once('`').map(|(name, _)| name.to_owned()).filter(|name| !name.is_empty());
    }
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    // A plain English word is no property's name; one with a capital inside, or "x property", is.
    let named = word.chars().skip(1).any(char::is_uppercase) || rest[word.len()..].trim_start().starts_with("property");
    (named && !word.is_empty()).then_some(word)
}

/// The type behind "Inherited from": a link, code or a word.
fn inherited_from(text: &Text<'_>) -> Option<TypeRef> {
    type_behind(text, &["inherited from"])
}

/// The type that stands behind one of `phrases`: in a link, in code, in bold or as a bare name.
pub(crate) fn type_behind(text: &Text<'_>, phrases: &[&str]) -> Option<TypeRef> {
    for (index, piece) in text.pieces.iter().enumerate() {
        let PieceKind::Plain(plain) = &piece.kind else { continue };
        let lower = plain.to_ascii_lowercase();
        for phrase in phrases {
            for (at, _) in lower.match_indices(phrase) {
                let behind = &plain[at + phrase.len()..];
                let words = behind.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
                let words = ["the base ", "the abstract ", "an abstract ", "the ", "an ", "a "]
                    .iter()
                    .find_map(|article| words.strip_prefix(article))
                    .unwrap_or(words)
                    .trim_start();
                // "Inherits from base class [x](x.md)": up to three words before a link.
                let leads_to_link = words.split_whitespace().count() <= 3
                    && !words.contains([',', '.', ';', ':'])
                    && matches!(text.pieces.get(index + 1).map(|next| &next.kind), Some(PieceKind::Link { .. }));
                if words.is_empty() || words == "microsoft.graph." || leads_to_link {
                    let next = text.pieces[index + 1..]
                        .iter()
                        .find(|next| !matches!(&next.kind, PieceKind::Plain(text) if text.trim().is_empty()))?;
                    match &next.kind {
                        PieceKind::Link { text, target } => {
                            let name = text.trim().trim_matches(['`', '*']);
                            let name = name.split_whitespace().next().unwrap_or_default();
                            return Some(TypeRef {
                                name: name.to_owned(),
                                target: Some(target.clone().into_owned()),
                                span: next.span,
                            });
                        }
                        PieceKind::Code(code) => {
                            return Some(TypeRef { name: code.trim().to_owned(), target: None, span: next.span });
                        }
                        PieceKind::Plain(word) if next.strong => {
                            return Some(TypeRef { name: word.trim().to_owned(), target: None, span: next.span });
                        }
                        _ => {}
                    }
                    continue;
                }
                let name: String =
                    words.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.')).collect();
                let name = name.trim_end_matches('.');
                if !name.is_empty() && super::type_expr::is_type_name(name) {
                    return Some(TypeRef { name: name.to_owned(), target: None, span: piece.span });
                }
            }
        }
    }
    None
}
