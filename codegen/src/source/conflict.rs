//! Marks of an unfinished merge: `<<<<<<< ours`, `=======`, `>>>>>>> theirs`, each at the beginning
//! of a line.

use std::ops::Range;

/// Replaces the marks and all sides but the first of an unfinished merge by blanks. Returns the
/// text and the position of the first mark, or `None` if there is no unfinished merge.
///
/// Line breaks are replaced, too, so that positions in the rest of the text do not change and no
/// table is divided.
pub(super) fn settle(text: &str) -> Option<(String, Range<usize>)> {
    // A fast check, because most pages have no such mark.
    memchr::memmem::find(text.as_bytes(), b"<<<<<<<")?;
    let mut first: Option<Range<usize>> = None;
    let mut blank: Vec<Range<usize>> = Vec::new();
    let mut side = Side::None;
    let mut open = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let start = text[..at].trim_end_matches(['\n', '\r']).len();
        let end = at + content.len();
        let next = match side {
            Side::None if is_mark(content, "<<<<<<<") => Side::Ours,
            Side::Ours if content == "=======" || is_mark(content, "|||||||") => Side::Theirs,
            Side::Theirs if is_mark(content, ">>>>>>>") => Side::None,
            other => other,
        };
        match (side, next) {
            (Side::None, Side::Ours) => {
                first.get_or_insert(at..end);
                blank.push(start..end);
            }
            (Side::Ours, Side::Theirs) => open = start,
            (Side::Theirs, Side::None) => blank.push(open..end),
            _ => {}
        }
        side = next;
        at += line.len();
    }
    if side != Side::None {
        // A merge has all three marks, so these are not marks of a merge.
        return None;
    }
    let first = first?;
    let mut bytes = text.as_bytes().to_vec();
    blank.into_iter().for_each(|range| bytes[range].fill(b' '));
    Some((String::from_utf8(bytes).ok()?, first))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    None,
    Ours,
    Theirs,
}

fn is_mark(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::settle;

    #[test]
    fn the_first_side_stays_in_its_place() {
        let text = "|a|\n<<<<<<< HEAD\n|b|\n=======\n|c|\n>>>>>>> other\n|d|\n";
        let (settled, first) = settle(text).expect("a conflict");
        assert_eq!(settled.len(), text.len());
        assert_eq!(settled.split_whitespace().collect::<Vec<_>>(), ["|a|", "|b|", "|d|"]);
        assert_eq!(settled.lines().count(), 3);
        assert_eq!(&text[first], "<<<<<<< HEAD");
        assert_eq!(settled.find("|d|"), text.find("|d|"));
        assert_eq!(settle("# x\n\n<<<<<<< HEAD\n"), None);
        assert_eq!(settle("Title\n=======\n"), None);
    }
}
