//! Descriptions → comments.

use crate::emit::doc::{Doc, code, page};
use crate::emit::text::Text;
use crate::service::graph;

fn comment(markdown: &str) -> String {
    let mut doc = Doc::default();
    doc.markdown(markdown);
    let mut out = Text::default();
    doc.write(&mut out, 0, "///");
    out.into_string().trim_end().to_owned()
}

#[test]
fn descriptions_come_out_safe() {
    let cases = [
        // Links: absolute ones stay, the others leave their text.
        ("See [x](x.md) and [y][] and [z][1].", "/// See x and y and z."),
        ("[a *b*](https://a.example/b c)", "/// [a *b*](https://a.example/b)"),
        ("[a](/graph/paging)", "/// [a](https://learn.microsoft.com/graph/paging)"),
        ("[a](https://a.example/(b)) c", "/// [a](https://a.example/%28b%29) c"),
        ("[a](x.md", "/// \\[a\\](x.md"),
        ("![alt](images/a.png)", "/// alt"),
        ("![alt", "/// !\\[alt"),
        ("Type [String], items[0], ] and [", "/// Type \\[String\\], items\\[0\\], \\] and \\["),
        ("[!INCLUDE [a](../includes/a.md)] b", "/// b"),
        (
            "At https://a.example/b?c=d. Or <https://a.example>",
            "/// At <https://a.example/b?c=d>. Or <https://a.example>",
        ),
        ("https://{tenant}.example, **http://a.example**", "/// `https://{tenant}.example`, **<http://a.example>**"),
        // HTML
        ("a<br>b<br/>c<ul><li>d<li>e</ul>", "/// a b c d e"),
        ("<b>a</b> <!-- b --> c <!-- d", "/// a c"),
        ("Send to <address>, Vec<String>", "/// Send to \\<address>, Vec\\<String>"),
        ("a&nbsp;b &lt;c&gt; &amp; d & e &copy;", "/// a b \\<c\\> \\& d & e &copy;"),
        // Code
        ("`a  b` ``c`d`` `e", "/// `a  b` ``c`d`` \\`e"),
        ("`[a]` `<b>` `*/`", "/// `[a]` `<b>` `*/`"),
        // Beginnings of lines
        ("# no heading", "/// \\# no heading"),
        ("1. no list", "/// 1\\. no list"),
        ("- no list", "/// \\- no list"),
        ("> no quote", "/// \\> no quote"),
        ("*emphasis* stays", "/// *emphasis* stays"),
        ("***", "/// \\***"),
        ("```rust", "/// \\`\\`\\`rust"),
        // Characters
        ("a\r\nb\tc\u{0}d\u{202e}e\u{feff}", "/// a b cde"),
        ("end\\", "/// end\\\\"),
        ("a\\_b\\<c", "/// a\\_b\\<c"),
        ("*/ /* // */ \"#", "/// */ /* // */ \"#"),
        ("  \n <br> ", ""),
    ];
    for (markdown, expected) in cases {
        assert_eq!(comment(markdown), expected, "of {markdown:?}");
    }
}

#[test]
fn lines_are_filled_and_begin_harmlessly() {
    let text = format!("{} - 1) + `a code span that has blanks` {}", "word ".repeat(18), "- ".repeat(60));
    insta::assert_snapshot!(comment(&text), @r"
    /// word word word word word word word word word word word word word word word word word word - 1) +
    /// `a code span that has blanks` - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -
    /// \- - - - - - - - - - - - - - - - - - - - - - - - - - -
    ");
}

#[test]
fn code_spans_hold_any_text() {
    assert_eq!(code("a"), "`a`");
    assert_eq!(code("a`b"), "``a`b``");
    assert_eq!(code("`"), "`` ` ``");
    assert_eq!(code("a\nb"), "`a b`");
    assert_eq!(code(""), "(nothing)");
}

#[test]
fn pages_are_linked_where_their_address_is_known() {
    assert_eq!(
        page(&graph::profile(), "docs/v1.0/resources/user.md"),
        "[Reference page](https://learn.microsoft.com/graph/api/resources/user)"
    );
    assert_eq!(
        page(&graph::profile(), "api/user-get.md"),
        "[Reference page](https://learn.microsoft.com/graph/api/user-get)"
    );
    assert_eq!(page(&graph::profile(), "pages/a b.md"), "Reference page: `a b.md`.");
    assert_eq!(page(&graph::profile(), "user.md"), "Reference page: `user.md`.");
}
