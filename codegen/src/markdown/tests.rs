use super::parse;
use crate::diagnostics::Diagnostics;
use crate::page::{Block, Page, Piece, PieceKind, Text};
use crate::source::SourceMap;

fn text(text: &Text) -> String {
    text.pieces.iter().map(piece).collect()
}

/// A piece in a notation of its own: `code`, [text](target), ⏎ for a break, {comment}, *bold*.
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

/// The page `a/page.md` of some texts, and the codes of its diagnostics with the text at their place.
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
