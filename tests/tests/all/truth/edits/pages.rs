//! Small pages; each edit has its own namespace.

use super::Edit;

/// The namespace of an edit. Its last part is the name of the module.
fn namespace(edit: &str) -> String {
    format!("microsoft.graph.{edit}")
}

/// A page of a structured type, with `more` before the properties.
pub(super) fn page(edit: &str, name: &str, base: Option<&str>, rows: &str, more: &str) -> (String, String) {
    let namespace = namespace(edit);
    let base = base.map_or(String::new(), |base| format!(", \"baseType\": \"{namespace}.{base}\""));
    let text = format!(
        "# {name} resource type\n\nNamespace: {namespace}\n\nA {name}.\n\n{more}\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n{rows}\n\n\
         ## JSON representation\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"{namespace}.{name}\"{base} }} -->\n```json\n{{}}\n```\n"
    );
    (format!("{edit}-{name}.md"), text)
}

/// Types of the root namespace. There are more than in any edit, so that every edit is a module
/// below it.
pub(crate) fn of_the_root() -> Vec<(String, String)> {
    let page = |index: usize| {
        let (path, text) = page("root", &format!("filler{index}"), None, "|name|String|Its name.|", "");
        (path, text.replace(&namespace("root"), "microsoft.graph"))
    };
    (0..9).map(page).collect()
}

/// The page of a city.
pub(super) fn city(edit: &str, rows: &str) -> (String, String) {
    page(edit, "city", None, rows, "")
}

/// An edit of the rows of a city.
pub(super) fn of_rows(name: &'static str, before: &str, after: &str, caller: &'static str, says: &'static str) -> Edit {
    Edit { name, says, before: vec![city(name, before)], after: vec![city(name, after)], caller }
}

/// A page of a city whose mood is an enum with these members, given by name and description;
/// `intro` is written before them.
pub(super) fn mood(edit: &str, intro: &str, members: &[(&str, &str)]) -> (String, String) {
    let (path, text) = city(edit, "|mood|[mood](#mood-values)|How it feels.|");
    let rows: String = members.iter().map(|(name, said)| format!("|{name}|{said}|\n")).collect();
    (path, format!("{text}\n### mood values\n\n{intro}\n\n|Member|Description|\n|:---|:---|\n{rows}"))
}

/// An edit of the members of an enum.
pub(super) fn of_members(
    name: &'static str,
    before: &[(&str, &str)],
    after: &[(&str, &str)],
    caller: &'static str,
    says: &'static str,
) -> Edit {
    Edit { name, says, before: vec![mood(name, "", before)], after: vec![mood(name, "", after)], caller }
}

/// The page of a request.
pub(super) fn request(edit: &str, title: &str, line: &str, answer: &str) -> (String, String) {
    let file = title.to_lowercase().replace(' ', "-");
    let text = format!(
        "---\ndoc_type: apiPageType\n---\n# {title}\n\nNamespace: {}\n\n{title}.\n\n## HTTP request\n```http\n{line}\n```\n\n## Response\n\
         If successful, this method returns a `200 OK` response code and {answer} in the response body.\n",
        namespace(edit)
    );
    (format!("{edit}-{file}.md"), text)
}

/// A page of a city and a page for each of these requests: title, request line, and response
/// (`CITY`, `CITY collection`).
pub(super) fn with_requests(edit: &str, requests: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let city = format!("[city]({edit}-city.md)");
    let mut rows = String::new();
    let mut pages = Vec::new();
    for (title, line, answer) in requests {
        let objects = if answer.ends_with(" collection") {
            format!("a collection of {city} objects")
        } else {
            format!("a {city} object")
        };
        let page = request(edit, title, line, &objects);
        rows += &format!("|[{title}]({})|{}|{title}.|\n", page.0, answer.replace("CITY", &city));
        pages.push(page);
    }
    let methods = format!("## Methods\n|Method|Return type|Description|\n|:---|:---|:---|\n{rows}\n");
    pages.push(page(edit, "city", None, "|name|String|Its name.|", &methods));
    pages
}
