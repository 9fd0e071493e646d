//! Ways to break a page by accident: each is read as what the page means, and reported once, at its
//! line.

mod calls;

use edmark_tests::Run;

const LAMP: &str = r##"---
title: "lamp resource type"
description: "A lamp in a room."
doc_type: resourcePageType
---

# lamp resource type

Namespace: contoso.home

A lamp in a room.

## Methods

|Method|Return type|Description|
|:---|:---|:---|
|[List lamps](../api/lamp-list.md)|[lamp](lamp.md) collection|All lamps.|

## Properties

|Property|Type|Description|
|:---|:---|:---|
|id|String|Identifies the lamp. Key. Read-only.|
|colour|String|Its colour. Supports `$filter` (`eq`).|
|kind|[lampKind](#lampkind-values)|What it is. The possible values are: `hall`, `attic`, `unknownFutureValue`.|
|room|[room](room.md)|Where it stands. Required.|
|rooms|[room](room.md) collection|Where it may stand.|
|watt|Int32|Its power.|
|lit|Boolean|Whether it is on.|

### lampKind values

|Member|Description|
|:---|:---|
|hall|In the hall.|
|attic|Under the roof.|
|unknownFutureValue|Evolvable enumeration sentinel value. Don't use.|

## Relationships

|Relationship|Type|Description|
|:---|:---|:---|
|neighbours|[lamp](lamp.md) collection|The lamps beside it.|

## JSON representation

The following JSON representation shows the resource type.

<!-- {
  "blockType": "resource",
  "keyProperty": "id",
  "@odata.type": "contoso.home.lamp"
} -->
```json
{
  "@odata.type": "#contoso.home.lamp",
  "id": "String (identifier)",
  "colour": "String",
  "kind": "String",
  "room": { "@odata.type": "contoso.home.room" },
  "rooms": [{ "@odata.type": "contoso.home.room" }],
  "watt": 60,
  "lit": true
}
```
"##;

const ROOM: &str = "# room complex type\n\nNamespace: contoso.home\n\nA room.\n\n## Properties\n\n\
    |Property|Type|Description|\n|:---|:---|:---|\n|name|String|What it is called.|\n";

const LIST: &str = "---\ntitle: List lamps\ndoc_type: apiPageType\n---\n\n# List lamps\n\nNamespace: contoso.home\n\nAll lamps.\n\n\
    ## HTTP request\n\n```http\nGET /lamps\n```\n\n## Request body\n\nDon't supply a request body for this method.\n\n## Response\n\n\
    If successful, this method returns a `200 OK` response code and a collection of [lamp](../resources/lamp.md) objects in the \
    response body.\n";

const DIM: &str = r##"---
title: "lamp: dim"
doc_type: apiPageType
---

# lamp: dim

Namespace: contoso.home

Dims a [lamp](../resources/lamp.md).

## Permissions

|Permission type|Permissions (from least to most privileged)|
|:---|:---|
|Delegated (work or school account)|Lamp.Write, Home.Write|
|Application|Home.Write|

## HTTP request

```http
POST /lamps/{lampId}/dim
```

## Request body

In the request body, provide a JSON object with the following parameters.

|Parameter|Type|Description|
|:---|:---|:---|
|level|Int32|How bright it becomes.|
|rooms|String collection|The rooms, each of them.|
|reason|String|Why it is dimmed.|

## Response

If successful, this action returns a `200 OK` response code and a [lamp](../resources/lamp.md) object in the response body.

## Examples

### Request

<!-- {
  "blockType": "request",
  "name": "dim"
} -->
```http
POST https://contoso.example/v1.0/lamps/7/dim
Content-Type: application/json

{
  "level": 3,
  "rooms": ["hall"],
  "reason": "It is late."
}
```

### Response

<!-- {
  "blockType": "response",
  "@odata.type": "contoso.home.lamp"
} -->
```http
HTTP/1.1 200 OK
Content-Type: application/json

{
  "id": "7",
  "colour": "red"
}
```
"##;

fn run_dim(dim: &str) -> Run {
    let page = |path: &str, text: &str| (format!("docs/{path}"), text.to_owned());
    Run::of([
        page("api/lamp-dim.md", dim),
        page("api/lamp-list.md", LIST),
        page("resources/lamp.md", LAMP),
        page("resources/room.md", ROOM),
    ])
}

fn run(lamp: String) -> Run {
    let page = |path: &str, text: &str| (format!("docs/{path}"), text.to_owned());
    Run::of([page("api/lamp-list.md", LIST), page("resources/lamp.md", &lamp), page("resources/room.md", ROOM)])
}

/// The text that is replaced, what stands there instead, the code of the problem, and the beginning
/// of the line that it names.
type Accident = (&'static str, &'static str, &'static str, &'static str);

const HEADER: &str = "|Property|Type|Description|\n|:---|:---|:---|\n|id|";

const ACCIDENTS: &[Accident] = &[
    // Rows.
    ("|watt|Int32|", "|watt Int32|", "row-malformed", "|watt Int32"),
    ("|rooms|[room]", "|rooms [room]", "row-malformed", "|rooms [room]"),
    ("|watt|", "||watt|", "row-malformed", "||watt"),
    ("|watt|Int32|", "|watt||", "type-missing", "|watt||"),
    ("|watt|Int32|Its power.|", "|Int32|watt|Its power.|", "row-malformed", "|Int32|watt"),
    ("|watt|Int32|Its power.|", "|watt|Its power.|Int32|", "row-malformed", "|watt|Its"),
    ("|watt|Int32|Its power.|", "|watt|Int32|Its\npower.|", "row-malformed", "power.|"),
    ("|watt|", "|wa tt|", "row-malformed", "|wa tt"),
    ("|watt|", "|Watt|", "name-disagrees", "|Watt"),
    ("|lit|Boolean|", "|lit|Bolean|", "type-unknown", "|lit|Bolean"),
    ("[room](room.md) collection", "[room](room.md) colection", "row-malformed", "|rooms|"),
    ("[room](room.md)|Where it stands", "[room](rom.md)|Where it stands", "link-broken", "|room|"),
    ("|lit|", "\n|lit|", "table-malformed", "|lit|"),
    ("|lit|", "\nMore of them:\n\n|lit|", "table-malformed", "|lit|"),
    ("|lit|", "<!-- volt is to come -->\n|lit|", "table-malformed", "|lit|"),
    ("|lit|", "\n> [!NOTE]\n> Mind the switch.\n\n|lit|", "table-malformed", "|lit|"),
    ("[room](room.md)|Where it stands", "[room(room.md)|Where it stands", "row-malformed", "|room|"),
    ("[room](room.md)|Where it stands", "[room](room.md|Where it stands", "row-malformed", "|room|"),
    ("[room](room.md)|Where it stands", "[room] (room.md)|Where it stands", "row-malformed", "|room|"),
    ("Where it stands. Required.|\n", "Where it stands. Required.\n|\n", "table-malformed", "|rooms|"),
    // Headers and the rows below them.
    (HEADER, "|Property||Description|\n|:---|:---|:---|\n|id|", "header-unclear", "|Property||"),
    (HEADER, "|Proprety|Type|Description|\n|:---|:---|:---|\n|id|", "header-unclear", "|Proprety"),
    (HEADER, "|Property|Type|Descripton|\n|:---|:---|:---|\n|id|", "header-unclear", "|Property|Type|Desc"),
    (HEADER, "|Property|Type|Description|\n|id|", "table-malformed", "|Property|Type|"),
    (HEADER, "|Property|Type|Description|\n|:---|:---|\n|id|", "table-malformed", "|Property|Type|"),
    ("|Member|", "|Membr|", "header-unclear", "|Membr|"),
    ("|Method|", "|Methd|", "header-unclear", "|Methd|"),
    // Headings.
    ("## Properties", "##Properties", "heading-misspelt", "##Properties"),
    ("## Properties", "**Properties**", "row-outside", "|Property|Type|"),
    ("## Properties\n\n", "", "row-outside", "|Property|Type|"),
    ("## Properties", "## Propertes", "heading-misspelt", "## Propertes"),
    ("### lampKind values", "### lampKind vaules", "heading-misspelt", "### lampKind"),
    ("### lampKind values", "### lampKinds values", "heading-misspelt", "### lampKinds"),
    ("## Relationships\n\n", "", "row-outside", "|Relationship|"),
    (
        "## Relationships",
        "### lampKind values\n\n|Member|Description|\n|---|---|\n|hall|Hall.|\n\n## Relationships",
        "property-repeated",
        "### lampKind",
    ),
    ("## Relationships", "## Relatonships", "heading-misspelt", "## Relatonships"),
    ("Namespace:", "Namespce:", "front-matter-misspelt", "Namespce:"),
    ("Namespace: contoso.home", "Namespace: contoso.hmoe", "type-name-disagrees", "Namespace:"),
    // Comments and the JSON block.
    ("## Properties", "<!-- to be checked\n\n## Properties", "comment-invalid", "<!-- to be"),
    ("} -->\n```json", "}\n```json", "comment-invalid", "<!-- {"),
    ("\"blockType\"", "\"blocktype\"", "comment-invalid", "  \"blocktype\""),
    ("\"blockType\": \"resource\"", "\"blockType\": \"resorce\"", "comment-invalid", "  \"blockType\""),
    ("\"contoso.home.lamp\"\n}", "\"contoso.home.lmap\"\n}", "type-name-disagrees", "  \"@odata.type\""),
    ("\"watt\": 60,", "\"watt\": 60", "json-invalid", "  \"lit\""),
    ("\"colour\": \"String\"", "\"color\": \"String\"", "name-disagrees", "|colour|"),
    ("  \"watt\": 60,\n", "", "missing-from-json", "|watt|"),
    ("```json\n{", "{", "fence-unclosed", "{"),
    ("\"keyProperty\"", "\"keyPropery\"", "comment-invalid", "  \"keyPropery\""),
    ("# lamp resource", "#lamp resource", "heading-misspelt", "#lamp resource"),
];

#[test]
fn accidents_are_read_as_meant_and_reported_once() {
    let good = run(LAMP.to_owned());
    assert!(good.diagnostics.is_empty(), "{}", good.problems());
    let code = good.code();
    for accident in ACCIDENTS {
        assert_read_as_meant(LAMP, accident, &code, |page| run(page.to_owned()));
    }
}

/// Asserts that a page with an accident gives the same code, and one problem at the accident.
fn assert_read_as_meant(page: &str, accident: &Accident, code: &str, run: impl Fn(&str) -> Run) {
    let (before, after, problem, line) = *accident;
    assert!(page.contains(before), "{before}");
    let broken = run(&page.replacen(before, after, 1));
    let shown = broken.problems();
    assert_eq!(broken.diagnostics.iter().count(), 1, "{after}:\n{shown}");
    let told = broken.diagnostics.iter().next().expect("one");
    assert_eq!(told.code.name(), problem, "{after}:\n{shown}");
    let text = broken.sources.file(told.primary.span.file).text();
    let start = text[..told.primary.span.range().start].rfind('\n').map_or(0, |at| at + 1);
    assert!(text[start..].starts_with(line), "{after}:\n{shown}");
    assert_eq!(broken.code(), code, "{after}:\n{shown}");
}

/// The codes of a run's problems, in order.
fn codes(run: &Run) -> Vec<&str> {
    run.diagnostics.iter().map(|problem| problem.code.name()).collect()
}

const ROWS: &str = "|level|Int32|How bright it becomes.|\n|rooms|String collection|The rooms, each of them.|\n|reason|String|Why it is dimmed.|\n";

const ACCIDENTS_OF_OPERATIONS: &[Accident] = &[
    ("## HTTP request", "## HTTP reqest", "heading-misspelt", "## HTTP reqest"),
    ("## Request body", "##Request body", "heading-misspelt", "##Request body"),
    ("POST /lamps", "PSOT /lamps", "request-malformed", "PSOT"),
    ("|level|Int32|", "|Int32|level|", "row-malformed", "|Int32|level"),
    ("|level|Int32|", "|level Int32|", "row-malformed", "|level Int32"),
    ("|reason|String|", "\n|reason|String|", "table-malformed", "|reason|"),
    ("|reason|String|", "> [!NOTE]\n> Mind this.\n\n|reason|String|", "table-malformed", "|reason|"),
    (
        "|reason|String|Why it is dimmed.|",
        "|reason|String|Why it is dimmed.|\n|reason|String|Again.|",
        "property-repeated",
        "|reason|String|Again",
    ),
    (
        "following parameters.\n\n|Parameter|Type|",
        "following parameters.\n\n|Type|Parameter|",
        "header-unclear",
        "|Type|Parameter|",
    ),
    (
        "following parameters.\n\n|Parameter|Type|Description|",
        "following parameters.\n\n|What|Kind|Use|",
        "header-unclear",
        "|What|",
    ),
    (
        "|Permission type|Permissions (from least to most privileged)|",
        "|Type|Scopes|",
        "header-unclear",
        "|Type|Scopes|",
    ),
    ("HTTP/1.1 200 OK", "HTTP/1.1 204 No Content", "example-body-unexpected", "{"),
];

#[test]
fn accidents_of_operations_are_read_as_meant_and_reported_once() {
    let good = run_dim(DIM);
    assert!(good.diagnostics.is_empty(), "{}", good.problems());
    let code = good.code();
    assert!(DIM.contains(ROWS));
    let quoted: String = ROWS.lines().map(|line| format!("> {line}\n")).collect();
    let header = "|Parameter|Type|Description|\n|:---|:---|:---|\n";
    let in_note =
        DIM.replace(&format!("{header}{ROWS}"), &format!("> {}\n{quoted}", header.trim().replace('\n', "\n> ")));
    assert_ne!(in_note, DIM);
    assert_eq!(run_dim(&in_note).code(), code);
    for accident in ACCIDENTS_OF_OPERATIONS {
        assert_read_as_meant(DIM, accident, &code, run_dim);
    }
}

#[test]
fn what_an_operation_lost_by_accident_is_told_once() {
    for (before, after, problem) in [
        ("|reason|String|Why it is dimmed.|", "|reason|String|Why it is dimmed|or lit.|", "row-malformed"),
        ("|Delegated (work or school account)|Lamp", "|Delegated (work or school account) Lamp", "row-malformed"),
    ] {
        let broken = run_dim(&DIM.replacen(before, after, 1));
        assert_eq!(codes(&broken), [problem], "{}", broken.problems());
    }
}

#[test]
fn other_line_ends_marks_and_blanks_change_nothing() {
    let code = run(LAMP.to_owned()).code();
    for page in [
        LAMP.replace('\n', "\r\n"),
        format!("\u{feff}{LAMP}"),
        LAMP.replace("|watt|Int32|", "|\twatt\t|\tInt32\t|"),
        LAMP.replace("|watt|Int32|", "|\u{a0}watt\u{a0}|\u{a0}Int32\u{a0}|"),
        LAMP.replace("|watt|Int32|Its power.|", "watt|Int32|Its power."),
        LAMP.replace("## Properties\n\n", "## Properties\n"),
        LAMP.replace("## Properties", "## Properties:"),
        LAMP.replace("## Properties", "#### Properties"),
        LAMP.replace("```json", "~~~json").replace("\n```\n", "\n~~~\n"),
        LAMP.replace("# lamp resource type\n", "lamp resource type\n==================\n"),
        LAMP.replace("## Properties", "::: zone pivot=\"home\"\n\n## Properties")
            .replace("## Relationships", "::: zone-end\n\n## Relationships"),
        LAMP.replace("\n## Relationships", "::: moniker-end\n\n## Relationships"),
        LAMP.replace("### lampKind values", "### lampKind"),
    ] {
        let run = run(page);
        assert!(run.diagnostics.is_empty(), "{}", run.problems());
        assert_eq!(run.code(), code);
    }
}

/// The page with the lines of the table of properties replaced.
fn with_table(table: impl Fn(Vec<&str>) -> String) -> String {
    let start = LAMP.find("|Property|Type|Description|").expect("the table");
    let end = LAMP.find("\n### lampKind").expect("its end");
    format!("{}{}{}", &LAMP[..start], table(LAMP[start..end].lines().collect()), &LAMP[end..])
}

#[test]
fn a_table_may_be_html_or_stand_in_a_note() {
    let code = run(LAMP.to_owned()).code();
    let row = |line: &&str| {
        let cells = line.trim_matches('|').split('|').map(|cell| {
            let cell = cell.replace("[room](room.md)", "<a href=\"room.md\">room</a>");
            format!(
                "    <td>{}</td>\n",
                cell.replace("[lampKind](#lampkind-values)", "<a href='#lampkind-values'>lampKind</a>")
            )
        });
        format!("  <tr>\n{}  </tr>\n", cells.collect::<String>())
    };
    let rows = |lines: &[&str]| lines.iter().filter(|line| !line.starts_with("|:--")).map(row).collect::<String>();
    for page in [
        with_table(|lines| format!("<table>\n{}</table>\n", rows(&lines))),
        with_table(|lines| {
            format!("<table>\n\n{}\n</table>\n<!-- the end -->\n", rows(&lines).replace("</tr>", "</tr>\n"))
        }),
        with_table(|lines| {
            rows(&lines).replace("</td>\n", "").replace("  </tr>\n", "").replacen("  <tr>", "<table><tr>", 1)
        }),
        with_table(|lines| lines.iter().map(|line| format!("> {line}\n")).collect()),
        with_table(|lines| {
            format!("- These:\n\n{}", lines.iter().map(|line| format!("  {line}\n")).collect::<String>())
        }),
    ] {
        let run = run(page);
        assert!(run.diagnostics.is_empty(), "{}", run.problems());
        assert_eq!(run.code(), code);
    }
}

#[test]
fn a_list_of_several_lines_in_a_cell_ends_no_table() {
    let list = "Where it stands. Required.\n<ul><li>**cellar** - Below.</li>\n<li>**tower** - Above.</li></ul> |\n";
    let run = run(LAMP.replace("Where it stands. Required.|\n", list));
    assert_eq!(codes(&run), ["row-malformed"], "{}", run.problems());
    let code = run.code();
    assert!(
        ["Where it may stand.", "cellar - Below.", "tower - Above."].iter().all(|text| code.contains(text)),
        "{code}"
    );
}

#[test]
fn names_that_differ_between_places_are_told_once() {
    for (before, after, problem) in [
        ("# lamp resource type", "# lantern resource type", "type-name-disagrees"),
        ("`attic`, `unknown", "`Attic`, `unknown", "enum-disagrees"),
    ] {
        let run = run(LAMP.replace(before, after));
        assert_eq!(codes(&run), [problem], "{}", run.problems());
        let code = run.code();
        assert!(code.contains("pub struct Lamp ") && code.contains("\"attic\""), "{code}");
    }
}

#[test]
fn cells_over_several_columns_and_rows_keep_their_place() {
    let run = run(with_table(|_| {
        "<table><tr><th>Property<th>Type<th>Description</tr><tr><td>id</td><td rowspan=2>String</td><td>Key.</td></tr>\
         <tr><td>colour</td><td>Its colour.</td></tr><tr><td colspan=\"2\">watt</td><td>Its power.</td></tr></table>\n"
            .to_owned()
    }));
    let code = run.code();
    assert!(code.contains("Its colour.") && code.contains("Its power."), "{code}");
    assert!(
        run.diagnostics.iter().any(|problem| problem.message == "the row of `watt` has no type"),
        "{}",
        run.problems()
    );
}

#[test]
fn tables_that_run_into_each_other_or_are_code_are_told_once() {
    let code = run(LAMP.to_owned()).code();
    let indented = with_table(|lines| lines.iter().map(|line| format!("    {line}\n")).collect());
    let tabs = with_table(|lines| lines.iter().map(|line| format!("\t{line}\n")).collect());
    for page in [indented, tabs] {
        let run = run(page);
        assert_eq!(codes(&run), ["table-malformed"], "{}", run.problems());
        assert_eq!(run.code(), code);
    }
    let fence = LAMP.find("```json").expect("the block");
    let lines = LAMP[fence..].lines().map(|line| format!("    {line}\n"));
    let block = run(format!("{}{}", &LAMP[..fence], lines.collect::<String>()));
    assert_eq!(codes(&block), ["fence-unclosed"], "{}", block.problems());
    assert_eq!(block.code(), code);
    let run = run(LAMP.replace("\n## Relationships\n\n", ""));
    assert_eq!(codes(&run), ["table-malformed", "row-outside"], "{}", run.problems());
    assert_eq!(run.code(), code);
}

#[test]
fn a_block_that_ends_too_early_is_one_problem() {
    for page in [
        LAMP.replace("  \"colour\": \"String\",\n", "  \"colour\": \"String\",\n```\n"),
        LAMP[..LAMP.find("  \"watt\"").expect("a member")].to_owned(),
    ] {
        let run = run(page);
        assert_eq!(codes(&run), ["json-invalid"], "{}", run.problems());
    }
    let run = run(LAMP.replace("```json", "`` json"));
    let told: Vec<&str> = run.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(told, ["no code block follows this comment"], "{}", run.problems());
}

#[test]
fn a_table_that_is_there_twice_is_one_problem() {
    let start = LAMP.find("|Property|Type|Description|").expect("the table");
    let end = LAMP.find("\n### lampKind").expect("its end");
    let table = &LAMP[start..end];
    let run = run(LAMP.replace("## Relationships", &format!("## Properties\n\n{table}\n## Relationships")));
    let told: Vec<&str> = run.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(told, ["all 7 properties of this table are described above"]);
}

#[test]
fn swapped_cells_are_told_row_by_row() {
    let rows = ["id|String", "colour|String", "watt|Int32", "lit|Boolean"];
    let mut page = LAMP.to_owned();
    for row in rows {
        let (name, ty) = row.split_once('|').expect("two cells");
        page = page.replace(&format!("|{row}|"), &format!("|{ty}|{name}|"));
    }
    // The others keep the right order, so that each is told by itself.
    let run = run(page);
    assert!(run.diagnostics.iter().all(|problem| problem.code.name() == "row-malformed"), "{}", run.problems());
}
