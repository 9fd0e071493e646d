//! Pages of structured types, as tests write them.

/// A page of a type in the namespace `microsoft.graph`, with these rows in its table of properties.
/// `comment` stands in the annotation of the JSON block: `, "openType": true`.
pub(crate) fn page(name: &str, comment: &str, rows: &str) -> String {
    page_in("microsoft.graph", name, comment, rows, "")
}

/// A page of a type in a namespace; `more` holds the sections before the properties.
pub(crate) fn page_in(namespace: &str, name: &str, comment: &str, rows: &str, more: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: {namespace}\n\nA {name}.\n\n{more}## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n\
         {rows}\n\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"{namespace}.{name}\"{comment} }} -->\n```json\n{{}}\n```\n"
    )
}
