//! Reads the text of a chapter as a list of steps.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// The step that a code block stands for.
pub(crate) enum Step {
    /// Create a file.
    File { path: String, text: String },
    /// Run commands.
    Commands(Vec<Command>),
    /// Compare the output of the commands.
    Output(String),
}

/// A command, and its expected exit code.
pub(crate) struct Command {
    pub(crate) line: String,
    pub(crate) code: i32,
}

/// The steps of a chapter's code blocks. A block that is not of one of the three kinds is a mistake
/// in the chapter.
pub(crate) fn steps(chapter: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut block: Option<(String, String)> = None;
    for event in Parser::new(chapter) {
        match (event, &mut block) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), _) => {
                block = Some((info.to_string(), String::new()))
            }
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)), _) => panic!("a block without a fence"),
            (Event::Text(text), Some((_, content))) => content.push_str(&text),
            (Event::End(TagEnd::CodeBlock), _) => {
                let (info, content) = block.take().expect("a block that ends has begun");
                steps.push(step(&info, content));
            }
            _ => {}
        }
    }
    steps
}

fn step(info: &str, content: String) -> Step {
    match info.split_once(" title=") {
        Some((_, path)) => Step::File { path: path.trim_matches('"').to_owned(), text: content },
        None if info == "sh" => Step::Commands(content.lines().filter(|line| !line.is_empty()).map(command).collect()),
        None if info == "text" => Step::Output(content),
        None => panic!("a block of `{info}` without a title"),
    }
}

fn command(line: &str) -> Command {
    match line.split_once(" # ends with ") {
        Some((line, code)) => Command { line: line.to_owned(), code: code.parse().expect("a number") },
        None => Command { line: line.to_owned(), code: 0 },
    }
}

/// The commands of a GitHub workflow.
pub(crate) fn commands_of_workflow(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with(".github/workflows/") {
        return Vec::new();
    }
    let commands: Vec<String> =
        text.lines().filter_map(|line| line.trim().strip_prefix("- run: ")).map(str::to_owned).collect();
    assert_eq!(commands.len(), text.matches("run:").count(), "{path}: a command of another form than `- run: …`");
    commands
}

/// Checks that each expected line is in the output, in this order. Other lines may only be between
/// them at a line `…`. A line that ends in `…` is only the beginning of a line in the output.
#[track_caller]
pub(crate) fn assert_shown(expected: &str, shown: &str) {
    let mut rest = shown.lines().map(str::trim_end);
    let mut gap = true;
    for line in expected.lines().map(str::trim_end) {
        if line == "…" {
            gap = true;
            continue;
        }
        let fits = |other: &str| match line.strip_suffix('…') {
            Some(begin) => other.starts_with(begin),
            None => other == line,
        };
        let found = if gap { rest.any(fits) } else { rest.next().is_some_and(fits) };
        assert!(found, "this line is not shown, or not in this place: {line}\n{shown}");
        gap = false;
    }
}

/// The programs of a file, each as a section: its title, and its code. A program stands below a
/// comment with its number; it is a function, or where there is none what the test of it does.
pub(crate) fn recipes(programs: &str) -> String {
    let sections = programs.split("\n// ").skip(1).filter(|section| section.starts_with(|c: char| c.is_ascii_digit()));
    sections.map(recipe).collect::<Vec<_>>().join("\n")
}

fn recipe(section: &str) -> String {
    let (title, code) = section.split_once('\n').expect("a program below its title");
    // What is shared by the programs that follow stands behind a blank line, with documentation.
    let code = code.split("\n/// ").next().unwrap_or(code);
    let (program, test) = code.split_once("#[test]\n").expect("a test of the program");
    let code = if program.trim().is_empty() { body(test) } else { program.trim().to_owned() };
    let (_, title) = title.split_once(". ").expect("a title behind its number");
    format!("## {}\n\n```rust,ignore\n{code}\n```\n", title.trim_end_matches('.'))
}

/// What stands between the braces of a function.
fn body(function: &str) -> String {
    let lines = function.lines().skip(1).take_while(|line| *line != "}");
    lines.map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}
