#![allow(clippy::unwrap_used)]

use super::parse;
use crate::diagnostics::Diagnostics;
use crate::page::{Block, Page, Piece, PieceKind, Text};
use crate::source::SourceMap;

fn text(text: &Text) -> String {
    text.pieces.iter().map(piece).collect()
}

/// A piece in a notation for tests: `code`, [text](target), ⏎ for a break, {comment}, *bold*.
fn piece(piece: &Piece) -> String {
    let text = match &piece.kind {
        PieceKind::Plain(text) => text.to_string(),
        PieceKind::Code(code) => format!("`{code}`"),
        PieceKind::Link { text, target } => format!("[{text}]({target})"),
        PieceKind::Break => "⏎".to_owned(),
        PieceKind::Comment(comment) => format!("{{{comment}}}"),
    };
    if piece.strong { format!("*{text}*") } else { text }
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(paragraph) => format!("p({})", text(paragraph)),
        Block::List(items) => format!("list({})", items.iter().map(text).collect::<Vec<_>>().join("; ")),
        Block::Table(table) => {
            let line = |cells: &[Text]| cells.iter().map(text).collect::<Vec<_>>().join(" | ");
            let rows = table.rows.iter().map(|row| line(&row.cells));
            let lines: Vec<_> = std::iter::once(line(&table.header)).chain(rows).collect();
            format!("{}({})", if table.repaired { "repaired" } else { "table" }, lines.join(" / "))
        }
        Block::Fence(fence) => {
            let comment =
                fence.comment.as_ref().map_or(String::new(), |comment| format!(" <{}>", comment.text.value.trim()));
            format!("fence({}{comment}: {})", fence.info, fence.code.value.trim_end())
        }
        Block::Quote(blocks) => format!("quote({})", blocks.iter().map(self::block).collect::<Vec<_>>().join(" ")),
        Block::Comment(comment) => format!("comment({})", comment.value.trim()),
        Block::Html(html) => format!("html({})", html.value),
    }
}

fn page(page: &Page) -> String {
    let mut out = Vec::new();
    for section in &page.sections {
        if let Some(heading) = &section.heading {
            out.push(format!("h{}({})", heading.level, text(&heading.text)));
        }
        out.extend(section.blocks.iter().map(block));
    }
    out.join("\n")
}

/// The page `a/page.md` of several texts, and the codes of its diagnostics with the text at their
/// positions.
fn read(texts: &[(&str, &str)]) -> (String, Vec<String>) {
    let sources = SourceMap::from_texts(texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    let mut diagnostics = Diagnostics::default();
    let parsed = parse(&sources, sources.find("a/page.md").unwrap(), &mut diagnostics);
    let found = diagnostics.iter().map(|item| format!("{}: {}", item.code.name(), sources.text(item.primary.span)));
    (page(&parsed), found.collect())
}

#[track_caller]
fn reads(markdown: &str, expected: &str) {
    assert_eq!(read(&[("a/page.md", markdown)]), (expected.to_owned(), vec![]));
}

#[track_caller]
fn reports(markdown: &str, expected: &str, diagnostics: &[&str]) {
    let (page, found) = read(&[("a/page.md", markdown)]);
    assert_eq!(page, expected);
    assert_eq!(found, diagnostics);
}

#[test]
fn sections_begin_at_headings() {
    reads("before\n\n# One\ntext\n### Two ###\n\n* a\n* b", "p(before)\nh1(One)\np(text)\nh3(Two)\nlist(a; b)");
}

#[test]
fn tabs_are_no_headings() {
    reports(
        "## Request\n\n# [HTTP](#tab/http)\n\n```http\nGET /a\n```\n# [C#](#tab/csharp)\n[!INCLUDE [x](x.md)]\n---\n\ntext\n\n---\n\nmore",
        "h2(Request)\nfence(http: GET /a)\np(text)\np(more)",
        &["include-missing: [!INCLUDE [x](x.md)]"],
    );
    reads("a\n\n[!INCLUDE [x](../includes/snippets/csharp/x.md)]\n\nb", "p(a)\np(b)");
}

#[test]
fn pieces_of_text() {
    reads("a **b `c` d** e_f_ ~~g~~ ~5 x~\\*", "p(a *b **`c`** d* e_f_ g ~5 x~*)");
    reads("one\ntwo  \nthree<br/>four<br>five &lt;&nbsp;&#124;", "p(one two⏎three⏎four⏎five <\u{a0}|)");
    reads("a <b>x</b> <tenant-id> <!-- c --> [^1] [!NOTE] [x]", "p(a x <tenant-id> { c } [^1] [!NOTE] [x])");
    reads("<ul><li>one<li>two</ul>\ntext", "html(<ul><li>one<li>two</ul>\ntext)");
    reads("x <ul><li>one</li><li>two</li></ul> y", "p(x ⏎one⏎two⏎ y)");
}

#[test]
fn links() {
    reads(
        "[a `b` **c**](x.md) <https://example.com> ![alt](i.png)",
        "p([a b c](x.md) [https://example.com](https://example.com) alt)",
    );
    reads("[a][] [**b**][c] [d][]\n\n[a]: a.md\n[c]: <c d.md>", "p([a](a.md) [b](c d.md) [d]())");
    reads("[a&amp;b](x.md#y)", "p([a&b](x.md#y))");
}

#[test]
fn lists_are_flat_and_blocks_stand_in_order() {
    reads("- a\n  - b\n\n    more b\n  - c\n- d", "list(a; b⏎more b; c; d)");
    reads(
        "1. a\n\n   | x | y |\n   |---|---|\n   | 1 | 2 |\n\n   after\n2. b",
        "list(a)\ntable(x | y / 1 | 2)\np(after)\nlist(b)",
    );
    reads("* a\n  ```json\n  {}\n  ```\n* b", "list(a)\nfence(json: {})\nlist(b)");
    reads("- a\n\n  ## H\n  text", "list(a)\nh2(H)\np(text)");
}

#[test]
fn quotes_stand_apart() {
    reads(
        "> [!NOTE]\n> text\n>\n> | a | b |\n> |---|---|\n> | 1 | 2 |\n\nend",
        "quote(p([!NOTE] text) table(a | b / 1 | 2))\np(end)",
    );
    reads("> # h\n> - a\n> - b", "quote(p(h) list(a; b))");
    let deep = "> ".repeat(200);
    let (page, _) = read(&[("a/page.md", &format!("{deep}x"))]);
    assert!(page.contains("p(x)"));
}

#[test]
fn comments_go_to_their_fence() {
    reads("<!-- {\"a\": 1} -->\n```json\n{}\n```", "fence(json <{\"a\": 1}>: {})");
    reads(
        "<!-- {\"a\": 1} -->\n\n# [HTTP](#tab/http)\n\n<!-- x -->\n```http\nGET /\n```",
        "comment(x)\nfence(http <{\"a\": 1}>: GET /)",
    );
    reads("<!-- a --><!-- b -->\n\n    code", "comment(a)\nfence( <b>: code)");
    reads("<!-- {} -->\ntext\n```\nx\n```", "comment({})\np(text)\nfence(: x)");
    reads("<!-- {} -->\n## H\n```\nx\n```", "comment({})\nh2(H)\nfence(: x)");
    reads("- a\n\n  <!-- {} -->\n  ```\n  x\n  ```", "list(a)\nfence( <{}>: x)");
    reads("<!--a-->b<!--c--> d", "comment(a)\nhtml(b)\ncomment(c)\nhtml(d)");
}

#[test]
fn a_comment_before_a_fence_is_read_as_json() {
    let text = "<!-- {\"blockType\": \"resource\",} -->\n```json\n{}\n```\n";
    let sources = SourceMap::from_texts([("p.md".to_owned(), text.to_owned())]);
    let page = parse(&sources, sources.find("p.md").unwrap(), &mut Diagnostics::default());
    let Block::Fence(fence) = &page.sections[0].blocks[0] else { panic!() };
    let json = fence.comment.as_ref().unwrap().json.as_ref().unwrap();
    assert_eq!(json.value.get("blockType").unwrap().as_str(), Some("resource"));
    assert_eq!(sources.text(json.value.get("blockType").unwrap().span), "\"resource\"");
    assert_eq!(sources.text(json.problems[0].span), ",");
}

#[test]
fn comments_that_are_not_closed() {
    reports("a\n\n<!-- todo\n\n# b", "p(a)\ncomment(todo)\nh1(b)", &["comment-invalid: <!-- todo"]);
    reports(
        "<!-- todo\n\n# b\n\n<!-- c -->\n\nd",
        "comment(todo)\nh1(b)\ncomment(c)\np(d)",
        &["comment-invalid: <!-- todo"],
    );
    reports(
        "<!-- {\"a\": 1}\n```json\n{}\n```\n## H\n<!-- {\"b\": 2} -->\n```json\n[]\n```",
        "fence(json <{\"a\": 1}>: {})\nh2(H)\nfence(json <{\"b\": 2}>: [])",
        &["comment-invalid: <!-- {\"a\": 1}"],
    );
    reports(
        "<!-- {\"a\": 1} --\n```json\n{}\n```",
        "fence(json <{\"a\": 1}>: {})",
        &["comment-invalid: <!-- {\"a\": 1} --"],
    );
}

#[test]
fn a_tag_does_not_swallow_what_follows() {
    reads(
        "<a name=\"x\">\n## H\n\n<br/>\n| a | b |\n|---|---|\n| 1 | 2 |",
        "html(<a name=\"x\">)\nh2(H)\nhtml(<br/>)\ntable(a | b / 1 | 2)",
    );
    reads("<pre>\n# x\n</pre>", "html(<pre>\n# x\n</pre>)");
}

#[test]
fn tables_keep_every_cell() {
    reads("|a|b|\n|:-|-:|\n| 1 | `x` | 3 |\n|4|\n|5||", "table(a | b / 1 | `x` | 3 / 4 / 5 | )");
    reads("a|b\n-|-\n1|2|\\|3 `\\|`", "table(a | b / 1 | 2 | |3 `|`)");
    reads("|a|b|\n|-|-|\n|1|\\|2 `\\|`|", "table(a | b / 1 | |2 `|`)");
    reads("|a|b|\n|-|-|\n|1|2|[x][]|1. y|# z|\n\n[x]: x.md", "table(a | b / 1 | 2 | [x](x.md) | 1. y | # z)");
    reads("|a|b|\n|-|-|\n||<!-- c -->x<br>y|", "table(a | b /  | { c }x⏎y)");
    reads("text\n|a|b|\n|-|-|\n|1|2|", "p(text)\ntable(a | b / 1 | 2)");
    reads("|a|\n|-|\n|1|\n\n|\n", "table(a / 1)");
}

#[test]
fn pipes_in_inline_code() {
    reports("|a|b|\n|-|-|\n|`x|y`|2|\n|1|2|", "table(a | b / `x|y` | 2 / 1 | 2)", &["row-malformed: |`x|y`|2|"]);
    reports(
        "|a|b|\n|-|-|\n|``a`|b``|`|",
        "table(a | b / ``a`|b`` | `)".replace("``a`|b``", "`a`|b`").as_str(),
        &["row-malformed: |``a`|b``|`|"],
    );
}

#[test]
fn rows_over_two_lines() {
    reports(
        "|a|b|\n|-|-|\n|1|two,\nthree `x` |\n|4|5|",
        "table(a | b / 1 | two, three `x` / 4 | 5)",
        &["row-malformed: three `x` |"],
    );
    reports("|a|b|c|\n|-|-|-|\n|1|two\nand|3|", "table(a | b | c / 1 | two and | 3)", &["row-malformed: and|3|"]);
    reads("|a|b|\n|-|-|\n|1|2|\nA paragraph.\nIts `end`.", "table(a | b / 1 | 2)\np(A paragraph. Its `end`.)");
    reads("|a|b|\n|-|-|\n1|2|", "table(a | b / 1 | 2)");
    reads("a|b\n-|-\n1|2\nlone", "table(a | b / 1 | 2 / lone)");
}

#[test]
fn tables_that_are_none_in_markdown() {
    reports(
        "text\n|a|b|\n|1|`2`|\n|3|4|5|",
        "p(text)\nrepaired(a | b / 1 | `2` / 3 | 4 | 5)",
        &["table-malformed: |a|b|"],
    );
    reports("|a|b|\n|-|-|-|\n|1|2|", "repaired(a | b / 1 | 2)", &["table-malformed: |a|b|"]);
    reports("a|b\n-|-|-\n1|[x](y.md)", "repaired(a | b / 1 | [x](y.md))", &["table-malformed: a|b"]);
    reports("> |a|b|\n> |-|\n> |1|2|", "quote(repaired(a | b / 1 | 2))", &["table-malformed: |a|b|"]);
    reports("- |a|b|\n  |-|\n  |1|2|", "repaired(a | b / 1 | 2)", &["table-malformed: |a|b|"]);
    reports("|a|b|\n|-|-|\n|1|2|\n\n|3|4|\n", "table(a | b / 1 | 2 / 3 | 4)", &["table-malformed: |3|4|"]);
    reads("|a|b|\n| -\t|- \t|\n|1|2|", "table(a | b / 1 | 2)");
    reads("a | b\nc | d", "p(a | b c | d)");
    reads("|a|b|", "p(|a|b|)");
    reads("|x\n|y", "p(|x |y)");
}

#[test]
fn includes() {
    let include = |markdown: &str| {
        read(&[
            ("a/page.md", markdown),
            ("inc/text.md", "---\ntitle: x\n---\nsome *text*\n"),
            ("inc/table.md", "\u{feff}## H\n\n|a|b|\n|-|-|\n|1|2|\n"),
            ("inc/loop.md", "a\n\n[!INCLUDE [x](loop.md)]\n\n[!include[x](text.md#y)]\n"),
        ])
        .0
    };
    assert_eq!(include("[!INCLUDE [x](../inc/text.md)]"), "p(some text)");
    assert_eq!(include("a [!INCLUDE [x](../inc/text.md)] b"), "p(a some text b)");
    assert_eq!(include("a\n[!INCLUDE [x](../inc/table.md)]\nb"), "p(a)\nh2(H)\ntable(a | b / 1 | 2)\np(b)");
    assert_eq!(
        include("|a|b|\n|-|-|\n|[!INCLUDE [x](../inc/text.md)]|x [!INCLUDE [x](../inc/none.md)]|"),
        "table(a | b / some text | x)"
    );
    assert_eq!(include("[!INCLUDE [x](../inc/loop.md)]"), "p(a)\np(some text)");
    assert_eq!(include("[!INCLUDE [x](none.md)]\n[!INCLUDE [y](https://x/y.md)]"), "");
    assert_eq!(include("> [!INCLUDE [x](../inc/table.md)]"), "quote(p(H) table(a | b / 1 | 2))");
    assert_eq!(include("- [!INCLUDE [x](../inc/text.md)]\n- b"), "list(some text; b)");
}

#[test]
fn pieces_of_an_include_have_its_spans() {
    let sources = SourceMap::from_texts(
        [("b.md", "x **incl**"), ("p.md", "a [!INCLUDE [x](b.md)]")].map(|(a, b)| (a.into(), b.into())),
    );
    let page = parse(&sources, sources.find("p.md").unwrap(), &mut Diagnostics::default());
    let Block::Paragraph(text) = &page.sections[0].blocks[0] else { panic!() };
    let spans: Vec<_> = text.pieces.iter().map(|piece| sources.text(piece.span)).collect();
    assert_eq!(spans, ["a ", "x ", "incl"]);
}

fn front_matter(text: &str) -> (Vec<(String, String, String)>, String, usize) {
    let sources = SourceMap::from_texts([("p.md".to_owned(), text.to_owned())]);
    let mut diagnostics = Diagnostics::default();
    let parsed = parse(&sources, sources.find("p.md").unwrap(), &mut diagnostics);
    let entries = parsed
        .front_matter
        .iter()
        .map(|(key, value)| (key.clone(), value.value.clone(), sources.text(value.span).to_owned()));
    assert!(diagnostics.iter().all(|item| item.code.name() == "front-matter-invalid"));
    (entries.collect(), page(&parsed), diagnostics.len())
}

#[track_caller]
fn matter(text: &str, expected: &[(&str, &str, &str)], problems: usize) {
    let (entries, rest, found) = front_matter(text);
    let entries: Vec<_> = entries.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(entries, expected);
    assert_eq!(rest, "h1(H)");
    assert_eq!(found, problems);
}

#[test]
fn front_matter_is_yaml() {
    let simple = [("title", "a b", "\"a b\""), ("ms.prod", "c", "c")];
    matter("---\ntitle: \"a b\"\nms.prod: c\n---\n# H", &simple, 0);
    matter("\u{feff}---\r\ntitle: \"a b\"\r\nms.prod: c  \r\n---\r\n# H", &simple, 0);
    // A comment changes nothing.
    matter("---\n# note\ntitle: \"a b\"\nms.prod: c\n---\n# H", &simple, 0);
    matter(
        "---\nä: 1\ntoc:\n  title: 'x'\n  deep: {a: é, b: y}\nlist: [p, q]\nempty:\nlast: z\n--- \n# H",
        &[
            ("ä", "1", "1"),
            ("toc.title", "x", "'x'"),
            ("toc.deep.a", "é", "é"),
            ("toc.deep.b", "y", "y"),
            ("list", "p", "p"),
            ("list", "q", "q"),
            ("empty", "", ""),
            ("last", "z", "z"),
        ],
        0,
    );
    matter("# H", &[], 0);
    matter("---\n---\n# H", &[], 0);
}

#[test]
fn front_matter_that_is_no_yaml() {
    matter(
        "---\ntitle: a: b\nx: \"c \"d\" e\"\n---\n# H",
        &[("title", "a: b", "a: b"), ("x", "c \"d\" e", "\"c \"d\" e\"")],
        1,
    );
    matter("---\ntitle: a\nx: b\n\n# H\n", &[("title", "a", "a"), ("x", "b", "b")], 1);
    matter("---\n\n# H\n\n---\n", &[], 0);
}
