//! Invalid input: the result is a message or correct code of a size that the input justifies, and
//! never a panic.
//!
//! Other cases are tested elsewhere: pages that are not UTF-8 or too large, repeated types and
//! cycles of base types in the fixtures; arguments that are not folders with the command; unusual
//! names in `fixtures/good/names.md`, whose code is compiled.

use edmark_tests::{Run, pages_below, workspace};

/// The most that is written, as code and as problems, for a byte of input; and for any input.
const WRITTEN_FOR_A_BYTE: usize = 128;
const WRITTEN_FOR_NOTHING: usize = 20_000;

/// Runs on one page. The inputs are so large that a run in quadratic time would not end, and what
/// is written about them is counted.
fn bounded(what: &str, text: String) -> Run {
    let size = text.len();
    let run = Run::of_page(text);
    let code = run.code();
    assert!(code.starts_with("// @generated"), "{what}");
    let written = code.len() + run.problems().len();
    assert!(written <= WRITTEN_FOR_NOTHING + WRITTEN_FOR_A_BYTE * size, "{what}: {written} bytes for {size}");
    run
}

fn around(table: &str, json: &str) -> String {
    format!(
        "# x resource type\n\nNamespace: microsoft.graph\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n{table}\n\n\
         <!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.x\" }} -->\n```json\n{json}\n```\n"
    )
}

#[test]
fn megabytes_of_one_character() {
    for character in [
        "|",
        "|\n",
        "[",
        "(",
        "<",
        "`",
        "*",
        "_",
        "\\",
        "&",
        "> ",
        "- ",
        "#",
        "\n",
        "\t",
        "\u{feff}",
        "~~~\n",
        "<!--",
        "{",
        "![",
        "|a|\n|-|\n",
    ] {
        let text = character.repeat((1 << 18) / character.len());
        bounded(character, text.clone());
        bounded(character, around(&text, "{}"));
        bounded(character, around(&format!("|id|{text}|.|", text = text.replace('\n', " ")), "{}"));
    }
}

#[test]
fn pipes_up_to_the_limit() {
    bounded("pipes", "|".repeat(15 << 20));
    bounded("rows of pipes", "|||||||\n".repeat(1 << 17));
}

#[test]
fn json_that_nests_without_end() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        bounded("deep JSON", around("|a|String|.|", &deep));
        bounded("deep JSON that does not end", around("|a|String|.|", &open.repeat(100_000)));
        bounded("a deep comment", format!("<!-- {{ \"blockType\": {deep} }} -->\n```json\n{{}}\n```\n"));
    }
}

#[test]
fn thousands_of_rows_and_columns() {
    let rows: String = (0..5_000).map(|index| format!("|p{index}|String|Text {index}.|\n")).collect();
    let run = bounded("rows", around(&rows, "{}"));
    assert_eq!(run.model.types[0].properties.len(), 5_000);
    bounded("columns", around(&format!("|id|{}", "String|".repeat(50_000)), "{}"));
    bounded("the same row", around(&"|id|String|.|\n".repeat(5_000), "{}"));
    bounded("a long name", around(&format!("|{}|String|.|", "x".repeat(1 << 20)), "{}"));
}

#[test]
fn a_thousand_pages_for_one_type() {
    let pages = (0..1_000).map(|index| (format!("x{index}.md"), around("|id|String|.|", "{ \"id\": \"String\" }")));
    let run = Run::of(pages);
    assert_eq!((run.model.types.len(), run.model.types[0].properties.len()), (1, 1));
}

#[test]
fn a_chain_of_a_thousand_bases() {
    let pages = (0..1_000).map(|index| {
        let text = format!(
            "# t{index} resource type\n\nNamespace: microsoft.graph\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n\
             |p{index}|String|.|\n\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.t{index}\", \
             \"baseType\": \"microsoft.graph.t{}\" }} -->\n```json\n{{ \"p{index}\": \"String\" }}\n```\n",
            index + 1
        );
        (format!("t{index}.md"), text)
    });
    let run = Run::of(pages);
    assert_eq!(run.model.types.len(), 1_000);
    // Each type has its own property only: the inherited ones stand in the struct of its base.
    let declared: usize = run.model.types.iter().map(|ty| ty.properties.len()).sum();
    assert_eq!(declared, 1_000);
}

/// Cuts, repeats and mixes the sample pages: nothing panics, and every place is within the text.
#[test]
fn damaged_pages() {
    let pages = pages_below(&workspace("docs"));
    let mut state = 1_u64;
    let mut next = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit.max(1)
    };
    for round in 0..400 {
        let (path, text) = &pages[next(pages.len())];
        let mut text: Vec<char> = text.chars().collect();
        for _ in 0..=next(4) {
            let (from, to) = (next(text.len()), next(text.len()));
            let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 200));
            match next(5) {
                0 => text.truncate(from),
                1 => drop(text.drain(from..to)),
                2 => {
                    let piece: Vec<char> = text[from..to].to_vec();
                    text.splice(to..to, piece);
                }
                3 => {
                    let odd = ['|', '`', '{', '"', '\n', '<', '[', '\\', '\u{0}', '\u{202e}', 'ß', '🦀'];
                    if let Some(place) = text.get_mut(from) {
                        *place = odd[next(odd.len())];
                    }
                }
                _ => {
                    let (_, other) = &pages[next(pages.len())];
                    let piece: Vec<char> = other.chars().skip(next(1_000)).take(300).collect();
                    text.splice(from..from, piece);
                }
            }
        }
        let run = Run::of_page(text.iter().collect::<String>());
        for problem in run.diagnostics.iter() {
            for label in std::iter::once(&problem.primary).chain(&problem.secondary) {
                let source = run.sources.file(label.span.file).text();
                assert!(source.get(label.span.range()).is_some(), "{path}, round {round}: {problem:?}");
            }
        }
        assert!(!run.code().is_empty() && run.problems().len() < 10_000_000);
    }
}
