//! The published reference of the service, if `EDMARK_CORPUS` is set: everything on its pages is
//! understood, or a problem is reported.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use edmark::model::{Example, ExampleContent, MessageKind};
use edmark::report::Positions;
use edmark::schema::PageKind;
use edmark::source::FileId;
use edmark_tests::{Run, corpus, pages_below};

fn run(folder: &Path) -> Run {
    Run::of(pages_below(folder))
}

/// A row of a table whose header says that it lists properties, found without edmark's code.
struct Row {
    line: usize,
    name: String,
}

/// The cells of a line, split at pipes that are not escaped.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            c => cells.last_mut().expect("never empty").push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn is_delimiter(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '\r'))
}

/// The text with comments replaced by blanks.
fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("<!--") {
        let (comment, after) = behind.split_once("-->").unwrap_or((behind, ""));
        out.push_str(before);
        out.extend(comment.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    out + rest
}

fn rows(text: &str) -> Vec<Row> {
    let text = without_comments(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut rows = Vec::new();
    let mut index = 0;
    while index + 1 < lines.len() {
        let header = cells(lines[index]);
        let title = header.first().map(|cell| cell.replace('*', "").to_ascii_lowercase()).unwrap_or_default();
        let of_properties =
            matches!(title.as_str(), "property" | "property name" | "relationship" | "relationship name" | "name")
                && header.get(1).is_some_and(|cell| cell.replace('*', "").eq_ignore_ascii_case("type"));
        if !of_properties || !is_delimiter(lines[index + 1]) {
            index += 1;
            continue;
        }
        index += 2;
        while index < lines.len() && lines[index].contains('|') {
            let cells = cells(lines[index]);
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(Row { line: index + 1, name: name(&cells[0]) });
            }
            index += 1;
        }
    }
    rows
}

/// The name in a cell without marks: `**[name](link)** (deprecated)` → `name`.
fn name(cell: &str) -> String {
    let shown = match (cell.find('['), cell.find("](")) {
        (Some(open), Some(close)) if open < close => &cell[open + 1..close],
        _ => cell,
    };
    let plain: String = shown.chars().filter(|c| !matches!(c, '*' | '`' | '\\' | '"' | '\'')).collect();
    plain
        .split(|c: char| c.is_whitespace() || c == '(' || c == '<')
        .find(|word| !word.is_empty())
        .unwrap_or("")
        .to_owned()
}

#[test]
fn no_row_vanishes() {
    let Some(folder) = corpus("no_row_vanishes") else { return };
    let run = run(&folder);
    let positions = Positions::new(&run.sources);
    let mut reported: BTreeSet<(FileId, usize)> = BTreeSet::new();
    for problem in run.diagnostics.iter() {
        for label in std::iter::once(&problem.primary).chain(&problem.secondary) {
            reported.insert((label.span.file, positions.place(label.span).line));
        }
    }
    // The properties of each page's types in the model, including inherited ones.
    let by_name: BTreeMap<String, _> =
        run.model.structured_types().map(|(id, ty)| (ty.name.to_string().to_ascii_lowercase(), id)).collect();
    let mut fields: BTreeMap<FileId, BTreeSet<String>> = BTreeMap::new();
    for ty in &run.schema.types {
        let Some(id) = by_name.get(&ty.name.value.to_string().to_ascii_lowercase()) else { continue };
        let names = run.model.all_properties(*id).into_iter().map(|property| property.name.to_ascii_lowercase());
        fields.entry(ty.file).or_default().extend(names);
    }
    for ty in &run.schema.enums {
        let names = ty.members.iter().map(|member| member.name.value.to_ascii_lowercase());
        fields.entry(ty.file).or_default().extend(names);
    }
    let nothing = BTreeSet::new();
    let (mut seen, mut foreign, mut lost) = (0, 0, Vec::new());
    for page in run.schema.pages.iter().filter(|page| page.kind != PageKind::Operation) {
        let file = run.sources.file(page.file);
        let fields = fields.get(&page.file).unwrap_or(&nothing);
        let rows: Vec<_> = rows(file.text()).into_iter().collect();
        seen += rows.len();
        for table in rows.chunk_by(|one, next| one.line + 1 == next.line) {
            let is_told = |row: &Row| {
                let is_none = row.name.trim_end_matches('.').eq_ignore_ascii_case("none");
                is_none || fields.contains(&row.name.to_ascii_lowercase()) || reported.contains(&(page.file, row.line))
            };
            // Control information (OData JSON 4.01, section 4.6) is not a property.
            let is_control = |row: &Row| row.name.contains('@') || row.name.starts_with("odata.");
            let left: Vec<_> = table.iter().filter(|row| !is_told(row) && !is_control(row)).collect();
            // A table without any property has another subject, such as JSON inside a text.
            if left.len() == table.len() {
                foreign += left.len();
            } else {
                lost.extend(left.iter().map(|row| format!("{}:{}: {}", file.path, row.line, row.name)));
            }
        }
    }
    assert!(seen > 7_000, "{seen} rows were found; the scan of this test is wrong");
    assert!(foreign * 200 < seen, "{foreign} of {seen} rows are in tables that say nothing of properties");
    assert!(lost.is_empty(), "{} of {seen} rows have neither a field nor a problem:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn every_page_with_a_block_becomes_a_type() {
    let Some(folder) = corpus("every_page_with_a_block_becomes_a_type") else { return };
    let run = run(&folder.join("resources"));
    let mut described: BTreeSet<FileId> = run.schema.types.iter().map(|ty| ty.file).collect();
    described.extend(run.schema.enums.iter().map(|ty| ty.file));
    let is_block = |text: &str| {
        text.split("<!--").skip(1).filter_map(|rest| rest.split("-->").next()).any(|comment| {
            let packed: String = comment.chars().filter(|c| !c.is_whitespace()).collect();
            packed.contains("\"blockType\":\"resource\"")
        })
    };
    let with_block: Vec<_> = run.sources.files().filter(|(_, file)| is_block(file.text())).collect();
    let missing: Vec<&str> =
        with_block.iter().filter(|(id, _)| !described.contains(id)).map(|(_, file)| file.path.as_str()).collect();
    assert!(with_block.len() > 900, "{} pages have a block; the scan of this test is wrong", with_block.len());
    assert!(missing.is_empty(), "{} pages with a block became no type: {missing:?}", missing.len());
    let names: BTreeSet<String> =
        run.schema.types.iter().map(|ty| ty.name.value.to_string().to_ascii_lowercase()).collect();
    assert!(run.model.types.len() >= names.len(), "{} types of {} names", run.model.types.len(), names.len());
}

#[test]
fn generation_ends_well_and_the_same_each_time() {
    let Some(folder) = corpus("generation_ends_well_and_the_same_each_time") else { return };
    let generated = edmark::Config::new().docs(&folder).generate().expect("code");
    let code = generated.files.get("graph.rs").expect("one file");
    let structs = code.lines().filter(|line| line.trim_start().starts_with("pub struct ")).count();
    assert!(structs >= 990, "{structs} structs");
    // The folder is given in other words, and the arguments in another order.
    let parts = edmark::Config::new().docs(folder.join("resources")).docs(folder.join("api")).generate().expect("code");
    assert!(parts.files.get("graph.rs") == Some(code), "the code differs");
}

/// Generated tests check the code with the examples; this test checks the number of usable
/// examples.
#[test]
fn examples_fit_their_types() {
    let Some(folder) = corpus("examples_fit_their_types") else { return };
    let run = run(&folder);
    for (message, least) in [(MessageKind::Request, 500), (MessageKind::Response, 1_050)] {
        let is_typed = |example: &&Example| matches!(example.content, ExampleContent::Typed { .. });
        let of_kind = run.model.examples.iter().filter(|example| example.message == message);
        let typed: Vec<&Example> = of_kind.filter(is_typed).collect();
        let good = typed.iter().filter(|example| example.defect.is_none()).count();
        assert!(typed.len() >= least, "{message:?}: {} are typed", typed.len());
        assert!(good * 100 >= typed.len() * 98, "{message:?}: {good} of {} fit", typed.len());
    }
}
