//! With random input, this stage does not panic, and every span is a part of its file's text.

use proptest::prelude::*;

use super::parse;
use crate::diagnostics::Diagnostics;
use crate::json;
use crate::page::{Block, Piece, PieceKind, Text};
use crate::source::{FileId, SourceMap, Span};

struct Check<'s>(&'s SourceMap);

impl Check<'_> {
    fn span(&self, span: Span) {
        let text = self.0.file(span.file).text();
        assert!(text.get(span.range()).is_some(), "{:?} of {:?}", span.range(), text);
    }

    fn text(&self, text: &Text) {
        self.span(text.span);
        for Piece { span, kind, .. } in &text.pieces {
            self.span(*span);
            assert!(!matches!(kind, PieceKind::Plain(text) if text.is_empty()));
        }
        for pair in text.pieces.windows(2) {
            let same = pair[0].strong == pair[1].strong
                && pair[0].span.file == pair[1].span.file
                && pair[0].span.end <= pair[1].span.start;
            let plain = |piece: &Piece| matches!(piece.kind, PieceKind::Plain(_));
            assert!(!same || !plain(&pair[0]) || !plain(&pair[1]), "{:?}", text.pieces);
        }
    }

    fn json(&self, value: &json::Value) {
        self.span(value.span);
        match &value.kind {
            json::ValueKind::Array(values) => values.iter().for_each(|value| self.json(value)),
            json::ValueKind::Object(members) => members.iter().for_each(|(key, value)| {
                self.span(key.span);
                self.json(value);
            }),
            _ => {}
        }
    }

    fn document(&self, document: &json::Document) {
        self.json(&document.value);
        document.problems.iter().for_each(|problem| self.span(problem.span));
    }

    fn block(&self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.text(text),
            Block::List(items) => items.iter().for_each(|item| self.text(item)),
            Block::Table(table) => {
                self.span(table.span);
                table.header.iter().for_each(|cell| self.text(cell));
                for row in &table.rows {
                    self.span(row.span);
                    row.cells.iter().for_each(|cell| self.text(cell));
                }
            }
            Block::Fence(fence) => {
                self.span(fence.span);
                assert_eq!(self.0.text(fence.code.span), fence.code.value);
                if let Some(comment) = &fence.comment {
                    assert_eq!(self.0.text(comment.text.span), comment.text.value);
                    comment.json.iter().for_each(|json| self.document(json));
                }
            }
            Block::Quote(blocks) => blocks.iter().for_each(|block| self.block(block)),
            Block::Comment(text) | Block::Html(text) => assert_eq!(self.0.text(text.span), text.value),
        }
    }

    fn page(&self, file: FileId) {
        let mut diagnostics = Diagnostics::default();
        let page = parse(self.0, file, &mut diagnostics);
        page.front_matter.iter().for_each(|(_, value)| self.span(value.span));
        for section in &page.sections {
            section.heading.iter().for_each(|heading| self.text(&heading.text));
            section.blocks.iter().for_each(|block| self.block(block));
        }
        for diagnostic in diagnostics.iter() {
            self.span(diagnostic.primary.span);
            diagnostic.secondary.iter().for_each(|label| self.span(label.span));
        }
    }
}

/// Checks a page that includes another one.
fn check(page: &str, included: &str) {
    let texts = [("a.md", page), ("b.md", included)].map(|(path, text)| (path.to_owned(), text.to_owned()));
    let sources = SourceMap::from_texts(texts);
    Check(&sources).page(FileId(0));
    Check(&sources).page(FileId(1));
}

const TOKENS: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "    ",
    "\t",
    "|",
    "|",
    "|",
    "|",
    "\\|",
    "\\",
    "-",
    "---",
    "|---|",
    "|-|-|",
    ":",
    ":-",
    "`",
    "``",
    "```",
    "```json",
    "~~~",
    "~",
    "~~",
    "*",
    "**",
    "_",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "<!--",
    "-->",
    "<!-- {",
    "} -->",
    "<br>",
    "<li>",
    "</ul>",
    "<a>",
    "<x-y>",
    "<div>",
    "<",
    ">",
    "[",
    "]",
    "(",
    ")",
    "[x](b.md)",
    "[x][]",
    "[x][y]",
    "[x]: y.md\n",
    "[!INCLUDE [x](b.md)]",
    "[!INCLUDE [y](a.md)]",
    "[!INCLUDE ",
    "# [T](#tab/t)",
    "&lt;",
    "&nvge;",
    "&nbsp;",
    "&",
    "{",
    "}",
    "\"",
    "'",
    ",",
    "...",
    "//",
    "/*",
    "\\u",
    "\\ud83d",
    "“",
    "key: value",
    "title: \"x\"",
    "word",
    "é",
    "\u{feff}",
    "\u{a0}",
    "😀",
    "1",
    "true",
];

fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(TOKENS), 0..60).prop_map(|tokens| tokens.concat())
}

const PAGE: &str = "\u{feff}---\ntitle: \"é resource type\"\nms.prod: x\n# note\n---\n\n# é resource type\r\n\nNamespace: a.b\n\n> [!NOTE]\n> Text.\n\n## Properties\n\n\
    |Property|Type|Description|\n|:---|:---|:---|\n|id|String|One `a|b` <br> **two** <!-- c -->.|\n|é|[x][]|Three,\nfour |\n|y|[z](b.md)|&nbsp;|5|\n\n|q|w|e|\n\n\
    [!INCLUDE [x](b.md)]\n\n- a\n  - b\n\n  ```json\n  {\"é\": 1}\n  ```\n\n|a|b|\n|1|2|\n\n<!-- {\n  \"blockType\": \"resource\",\n  'é: \"x\n} -->\n\n# [HTTP](#tab/http)\n\
    ```json\n{ \"a\": String, // x\n  \"é\": [1,,], ... }\n```\n\n---\n<!-- {\"a\"\n```http\nGET /\n```\n";

#[test]
fn every_beginning_of_a_page() {
    for (end, _) in PAGE.char_indices() {
        check(&PAGE[..end], PAGE);
        check(&PAGE[end..], "|a|b|\n|-|-|\n[!INCLUDE [x](a.md)]");
    }
}

#[test]
fn inputs_that_once_failed() {
    check("", "<x-y>[!INCLUDE [x](b.md)]|");
    check("&lt;<br>|", "\n|\n[!INCLUDE [y](a.md)][!INCLUDE [y](a.md)]");
    check("", "# [!INCLUDE [!INCLUDE [x](b.md)][x](b.md)");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_pages(page in markdown(), included in markdown()) {
        check(&page, &included);
    }

    #[test]
    fn random_front_matter(head in markdown(), page in markdown()) {
        check(&format!("---\ntitle: {head}\n---\n{page}"), "");
    }

    #[test]
    fn random_json(text in markdown()) {
        let sources = SourceMap::from_texts([("a.md".to_owned(), text)]);
        let document = json::parse(FileId(0), 0, sources.file(FileId(0)).text());
        Check(&sources).document(&document);
    }
}

/// A text that repeats one thing ten thousand times is read like any other. `benches/generation.sh`
/// measures that the time grows with the size of such pages only.
#[test]
fn large_inputs_are_read() {
    let units = [
        "|",
        "|\n",
        "|a",
        "| - ",
        "|a|b|\n",
        "|`a",
        "a|b\n",
        "> ",
        "- ",
        "- > ",
        "<!-- {\n```\n",
        "<!--",
        "<div>\n|a|b|\n",
        "[x][]",
        "[",
        "`",
        "**a",
        "<br>",
        "[!INCLUDE [x](b.md)]\n",
        "---\n",
        "# a\n",
        "a: \n",
        "{",
        "|a|b|\n\n",
        "<x>",
        "&nvge;",
        "a\nb|c\n",
        "```\n",
    ];
    for unit in units {
        let text = unit.repeat(60_000 / unit.len());
        for text in [&text, &format!("---\ntitle: x\n{text}"), &format!("|a|b|\n|-|-|\n{text}")] {
            check(text, "x");
        }
    }
}
