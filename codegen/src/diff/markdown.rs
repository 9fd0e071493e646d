//! A comparison as markdown: a comment on a pull request, a section of a changelog.

use super::{Comparison, Grade};

/// GitHub allows 65,536 characters in a comment. A longer text is cut, with a note.
const LIMIT: usize = 60_000;

/// Writes the comparison as a section with a heading of the third level: breaking changes,
/// additions, and documentation.
///
/// ```
/// assert_eq!(edmark::diff::markdown::render(&edmark::diff::Comparison::default()), "### API changes\n\nThe API is the same.\n");
/// ```
pub fn render(comparison: &Comparison) -> String {
    let summary = comparison.summary();
    let mut capitals = summary.chars();
    let first: String = capitals.next().into_iter().flat_map(char::to_uppercase).collect();
    let mut out = format!("### API changes\n\n{first}{}.\n", capitals.as_str());
    let mut left_out = 0;
    for (grade, title) in [
        (Grade::Breaking, "Breaking"),
        (Grade::Minor, "Additions and deprecations"),
        (Grade::Documentation, "Documentation"),
    ] {
        let count = comparison.count(grade);
        if count == 0 {
            continue;
        }
        // Changes without an effect on callers are collapsed.
        let folded = grade == Grade::Documentation;
        out += &if folded {
            format!("\n<details><summary>{title} ({count})</summary>\n\n")
        } else {
            format!("\n#### {title}\n\n")
        };
        for (ty, change) in comparison.changes().filter(|(_, change)| change.grade == grade) {
            let line = format!("- {} `{}`: {change}\n", ty.shape.description(), ty.path);
            if out.len() + line.len() > LIMIT {
                left_out += 1;
            } else {
                out += &line;
            }
        }
        if folded {
            out += "\n</details>\n";
        }
    }
    if left_out > 0 {
        out += &format!("\n… and {left_out} more: `edmark diff` lists them all.\n");
    }
    out
}
