//! Pages whose marks are nested or left open thousands of times: reading ends and returns the type.

use edmark::emit::{self, Layout};
use edmark::source::SourceMap;
use edmark::{pipeline, resolve};

/// The number of repetitions of a mark.
const MANY: usize = 10_000;

/// The code for a page with one description in its first paragraph and one in a table cell.
fn code(paragraph: &str, cell: &str) -> String {
    let page = format!(
        "# ship resource type\n\nNamespace: fleet\n\n{paragraph}\n\n## Properties\n\n\
         |Property|Type|Description|\n|:-|:-|:-|\n|name|String|{cell}|\n"
    );
    let sources = SourceMap::from_texts([("docs/resources/ship.md".to_owned(), page)]);
    let (schema, _) = pipeline::read(&sources);
    let (model, _) = pipeline::resolve(&schema, &sources, &resolve::Options::default());
    let layout = Layout::SingleFile { name: Some("fleet.rs".to_owned()) };
    let files = emit::emit(&model, &sources, &emit::Options { layout });
    files.get("fleet.rs").expect("the file").to_owned()
}

#[test]
fn marks_without_end_are_read_in_a_moment() {
    let runs: String = (0..MANY / 10).map(|index| "`".repeat(index % 200 + 1) + " ").collect();
    let texts = [
        format!("{}x{}", "[".repeat(MANY), "](a)".repeat(MANY)),
        format!("{}x{}", "![".repeat(MANY), "](a)".repeat(MANY)),
        format!("{}x{}", "[".repeat(MANY), "](https://a.example)".repeat(MANY)),
        format!("[a]({}{})", "(".repeat(MANY), ")".repeat(MANY)),
        "[".repeat(MANY),
        "![".repeat(MANY),
        "[a](".repeat(MANY),
        "[a][b]".repeat(MANY),
        "[!INCLUDE [a](b.md)] ".repeat(MANY),
        "<".repeat(MANY),
        "<a ".repeat(MANY),
        "<!-- ".repeat(MANY),
        "&".repeat(MANY),
        "http://".repeat(MANY),
        runs,
        "` `` ".repeat(MANY),
        "*a ".repeat(MANY),
        "*a_ **b__ ".repeat(MANY),
        "~~a ~".repeat(MANY),
        "\\".repeat(MANY),
    ];
    for text in texts {
        let code = code(&format!("A {text}"), &text);
        assert!(code.contains("pub name: Option<String>"), "{}", &text[..20]);
    }
}

#[test]
fn blocks_inside_one_another_are_read_in_a_moment() {
    for marks in [">", "> ", "- ", "1. ", "> - "] {
        let code = code(&format!("{}deep", marks.repeat(MANY)), "What it is called.");
        assert!(code.contains("/// What it is called."), "{marks}");
    }
}
