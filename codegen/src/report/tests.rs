//! Tests of every form of output with the same problems.

use super::*;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Format, SourceFile, SourceMap, Span};

const USER: &str = "---\ntitle: user\n---\n# user resource type\n\n|Property|Type|Description|\n|:---|:---|:---|\n|mail|Sting|The address.|\n|mail|String|Again.|\n\n```json\n{\n  \"mail\": 1\n}\n```\n";

fn sources() -> SourceMap {
    let long = format!("# long\n\n|{}|tpye|{}|\n|{}|\n", "name ".repeat(80), "text ".repeat(80), "wide ".repeat(100));
    let mut sources = SourceMap::from_texts(
        [
            ("docs/a,b.md", "\u{feff}one line\r\nsecond\u{1b}[31m line\r\n"),
            ("docs/long.md", long.as_str()),
            ("docs/user.md", USER),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned())),
    );
    let configuration = SourceFile::new(Format::Page, "edmark.toml", "[types.\"a.b\"]\nopen = true\n");
    sources.set_configuration(configuration);
    sources
}

/// The span of the nth occurrence of `part`.
fn find(sources: &SourceMap, path: &str, part: &str, nth: usize) -> Span {
    let file = sources.find(path).expect("a file");
    let text = sources.file(file).text();
    let (start, _) = text.match_indices(part).nth(nth).expect("the part");
    Span::new(file, start..start + part.len())
}

fn problems(sources: &SourceMap) -> Diagnostics {
    let at = |path, part, nth| find(sources, path, part, nth);
    let mut all = Diagnostics::default();
    all.push(
        Diagnostic::new(Code::TypeUnclear, at("docs/user.md", "Sting", 0), "`Sting` is no type")
            .label("not understood")
            .help("write `String`"),
    );
    all.push(
        Diagnostic::new(Code::PropertyRepeated, at("docs/user.md", "mail", 1), "property `mail` is described twice")
            .label("here again")
            .also(at("docs/user.md", "mail", 0), "first here")
            .also(at("docs/long.md", "long", 0), "and elsewhere"),
    );
    all.push(Diagnostic::new(
        Code::JsonInvalid,
        at("docs/user.md", "{\n  \"mail\": 1\n}", 0),
        "the block is wrong: 100%\nreally",
    ));
    all.push(Diagnostic::new(Code::TypeUnclear, at("docs/long.md", "tpye", 0), "`tpye` is no type").label("here"));
    let row = "wide ".repeat(100);
    all.push(Diagnostic::new(Code::RowMalformed, at("docs/long.md", &row, 0), "a row has 1 cell").label("one cell"));
    all.push(Diagnostic::new(Code::BaseCycle, at("docs/a,b.md", "one", 0), "a cycle"));
    all.push(Diagnostic::new(Code::LinkBroken, at("docs/a,b.md", "line", 1), "escapes \u{1b}[31m stay text"));
    all.push(Diagnostic::new(
        Code::TypeMissing,
        Span::start_of(sources.find("docs/user.md").expect("a file")),
        "at the start",
    ));
    all.push(Diagnostic::new(Code::CorrectionIdle, Span::new(FileId::CONFIGURATION, 7..12), "no type `a.b`"));
    all
}

fn render(form: impl Fn(&Diagnostic, &Positions<'_>) -> String, between: &str) -> String {
    let sources = sources();
    let positions = Positions::new(&sources);
    let texts: Vec<String> = problems(&sources).iter().map(|problem| form(problem, &positions)).collect();
    texts.join(between)
}

#[test]
fn lines() {
    insta::assert_snapshot!(render(line, "\n"));
}

#[test]
fn annotations_of_github() {
    insta::assert_snapshot!(render(|problem, positions| github::render(problem, positions, str::to_owned), "\n"));
}

#[test]
#[cfg(feature = "export")]
fn json_objects() {
    let text = render(json::render, "\n");
    for line in text.lines() {
        let _: serde_json::Value = serde_json::from_str(line).expect("an object a line");
    }
    insta::assert_snapshot!(text);
}

#[test]
#[cfg(feature = "cli")]
fn terminal() {
    let human = human::Human::new(false, 100);
    let text = render(|problem, positions| human.render(problem, positions), "\n\n");
    assert!(text.lines().all(|line| line.chars().count() <= 110), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
#[cfg(feature = "cli")]
fn terminal_in_colour() {
    let human = human::Human::new(true, 100);
    let text = render(|problem, positions| human.render(problem, positions), "\n\n");
    assert!(text.contains("\u{1b}[") && !text.contains("escapes \u{1b}[31m"), "{text:?}");
}

#[test]
fn summary() {
    insta::assert_snapshot!(Summary::of(problems(&sources()).iter()));
    assert_eq!(Summary::default().to_string(), "no problems");
}
