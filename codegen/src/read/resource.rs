//! Resource pages: the structured types that a page describes, put together from its block, tables
//! and sentences.

mod introduction;
mod merge;

use self::merge::{add_row, merge_blocks, reconcile};
use super::sections::{Columns, Role};
use super::{json_block, rows, sections};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::json::{Value, ValueKind};
use crate::page::{Block, Comment, Fence, Page, Table};
use crate::schema::{
    BaseClaim, BaseSource, MethodRow, PageInfo, PropertySource, QualifiedName, StructuredType, TypeRef,
};
use crate::source::At;

/// Whether a fence shows a resource: its comment says `"blockType": "resource"`.
pub(crate) fn is_resource_block(fence: &Fence<'_>) -> bool {
    comment_value(fence, "blockType").and_then(Value::as_str) == Some("resource")
}

fn comment_value<'f>(fence: &'f Fence<'_>, key: &str) -> Option<&'f Value<'f>> {
    fence.comment.as_ref()?.json.as_ref()?.value.get(key)
}

/// Whether a title can be that of a type: `x resource type`, `x complex type`, a bare `x`.
pub(crate) fn title_names_type(title: &str) -> bool {
    title_type(title).is_some()
}

/// The type's name in a title.
fn title_type(title: &str) -> Option<&str> {
    let mut words = title.split_whitespace();
    let name = words.next()?.trim_matches(['`', '*']);
    let rest: Vec<String> =
        words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase()).collect();
    let known = rest.iter().all(|word| {
        matches!(
            word.as_str(),
            "resource"
                | "type"
                | "complex"
                | "entity"
                | "data"
                | "facet"
                | "deprecated"
                | "object"
                | "preview"
                | "abstract"
                | ""
        )
    });
    (known && super::type_expr::is_type_name(name)).then_some(name)
}

/// Reads the structured types of a page: one a resource block, or the one that the title names.
pub(crate) fn read(page: &Page<'_>, info: &PageInfo, diagnostics: &mut Diagnostics) -> Vec<StructuredType> {
    let mut parts = split(page);
    if parts.is_empty() {
        return Vec::new();
    }
    let mut types: Vec<StructuredType> = Vec::new();
    let several = parts.len() > 1;
    for (index, part) in parts.drain(..).enumerate() {
        let Some(mut ty) = structured_type(page, info, part, diagnostics) else { continue };
        if index == 0 {
            introduction::describe(page, &mut ty);
        }
        if several && types.iter().any(|known| known.name.value == ty.name.value) {
            // The same type shown twice on a page: the blocks complete each other.
            if let Some(known) = types.iter_mut().find(|known| known.name.value == ty.name.value) {
                merge_blocks(known, ty, diagnostics);
            }
            continue;
        }
        types.push(ty);
    }
    types
}

/// A block and the tables that go with it.
struct Part<'p, 'a> {
    fence: Option<&'p Fence<'a>>,
    properties: Vec<&'p Table<'a>>,
    relationships: Vec<&'p Table<'a>>,
    methods: Vec<&'p Table<'a>>,
    ignored: Vec<&'p Table<'a>>,
}

/// Deals a page's tables to its resource blocks. With one block, all are its. With several, each
/// sections of properties goes with the block of the same rank, and what is left with the first.
fn split<'p, 'a>(page: &'p Page<'a>) -> Vec<Part<'p, 'a>> {
    let fences: Vec<&Fence<'a>> = page.fences().filter(|fence| is_resource_block(fence)).collect();
    let count = fences.len().max(1);
    let mut parts: Vec<Part<'p, 'a>> = (0..count)
        .map(|index| Part {
            fence: fences.get(index).copied(),
            properties: Vec::new(),
            relationships: Vec::new(),
            methods: Vec::new(),
            ignored: Vec::new(),
        })
        .collect();
    let (mut properties_seen, mut relationships_seen) = (0_usize, 0_usize);
    for section in &page.sections {
        let role = sections::role(section);
        let tables: Vec<&Table<'a>> = section
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Table(table) => Some(table),
                _ => None,
            })
            .collect();
        if tables.is_empty() {
            continue;
        }
        let rank = match role {
            Role::Properties => {
                properties_seen += 1;
                properties_seen
            }
            Role::Relationships => {
                relationships_seen += 1;
                relationships_seen
            }
            _ => 1,
        };
        let part = &mut parts[(rank - 1).min(count - 1)];
        for table in tables {
            let columns = Columns::of(table);
            match role {
                // The table's own header outweighs the heading: relationships stand under
                // "Properties" and the reverse.
                Role::Properties | Role::Relationships if columns.is_property_table() => {
                    let navigation = columns.names.starts_with("relationship")
                        || columns.names.starts_with("navigation")
                        || role == Role::Relationships;
                    if navigation { part.relationships.push(table) } else { part.properties.push(table) }
                }
                // A first table whose header is a slip (`Method|Return type|Description`) under
                // "Properties" still lists properties.
                Role::Properties if columns.ty.is_some() && part.properties.is_empty() => part.properties.push(table),
                Role::Relationships if columns.ty.is_some() && part.relationships.is_empty() => {
                    part.relationships.push(table)
                }
                _ if columns.is_method_table() => part.methods.push(table),
                _ if columns.is_property_table()
                    && matches!(columns.names.as_str(), "property" | "property name" | "relationship") =>
                {
                    part.ignored.push(table)
                }
                _ => {}
            }
        }
    }
    parts
}

fn structured_type(
    page: &Page<'_>,
    info: &PageInfo,
    part: Part<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> Option<StructuredType> {
    let comment = part.fence.and_then(|fence| fence.comment.as_ref());
    if let Some(document) = comment.and_then(|comment| comment.json.as_ref()) {
        json_block::report(document, Code::CommentInvalid, "the comment of the block", diagnostics);
    }
    let name = name(info, comment)?;
    let mut properties = Vec::new();
    for (tables, source) in
        [(&part.properties, PropertySource::Properties), (&part.relationships, PropertySource::Relationships)]
    {
        for table in tables {
            for property in rows::properties(table, source, diagnostics) {
                add_row(&mut properties, property, diagnostics);
            }
        }
    }
    for table in &part.ignored {
        for row in &table.rows {
            diagnostics.push(
                Diagnostic::new(
                    Code::RowOutside,
                    row.span,
                    "this row is not under a heading for properties, so it was left out",
                )
                .help("if it describes a property of the type, move it below \"Properties\" or \"Relationships\""),
            );
        }
    }
    let mut ty = StructuredType {
        name,
        file: page.file,
        declaration: None,
        description: None,
        key: Vec::new(),
        bases: Vec::new(),
        derived: Vec::new(),
        is_abstract: None,
        is_open: None,
        has_stream: None,
        stated_kind: None,
        properties,
        methods: part.methods.iter().flat_map(|table| rows::methods(table)).collect::<Vec<MethodRow>>(),
        deprecation: None,
        block: part.fence.map(|fence| fence.span),
    };
    if let Some(comment) = comment {
        read_comment(&mut ty, comment);
    }
    if let Some(fence) = part.fence {
        let document = crate::json::parse(fence.code.span.file, fence.code.span.start as usize, fence.code.value);
        json_block::report(&document, Code::JsonInvalid, "the JSON block", diagnostics);
        let members = json_block::members(&document, diagnostics);
        reconcile(&mut ty, members, diagnostics);
    }
    Some(ty)
}

/// The type's name: from the block's comment, else from the title.
fn name(info: &PageInfo, comment: Option<&Comment<'_>>) -> Option<At<QualifiedName>> {
    let page_namespace = || info.namespace.as_ref().map(|namespace| namespace.value.clone()).unwrap_or_default();
    let stated = comment.and_then(|comment| comment.json.as_ref()).and_then(|json| {
        ["@odata.type", "@type"]
            .iter()
            .find_map(|key| json.value.get(key))
            .and_then(|value| value.as_str().map(|name| (name.trim().to_owned(), value.span)))
    });
    if let Some((name, span)) = stated {
        let name = name.trim_start_matches('#');
        if super::type_expr::is_type_name(name) {
            let qualified = QualifiedName::parse(name).unwrap_or_else(|| QualifiedName::new(page_namespace(), name));
            return Some(At::new(qualified, span));
        }
    }
    let title = info.title.as_ref()?;
    let name = title_type(&title.value)?;
    let qualified = QualifiedName::parse(name).unwrap_or_else(|| QualifiedName::new(page_namespace(), name));
    Some(At::new(qualified, title.span))
}

/// What the comment before the block states about the type.
fn read_comment(ty: &mut StructuredType, comment: &Comment<'_>) {
    let Some(json) = &comment.json else { return };
    let flag = |key: &str| {
        json.value.get(key).and_then(|value| match &value.kind {
            ValueKind::Bool(flag) => Some(At::new(*flag, value.span)),
            ValueKind::String(text) => text.trim().parse().ok().map(|flag| At::new(flag, value.span)),
            _ => None,
        })
    };
    ty.is_open = flag("openType");
    ty.is_abstract = flag("abstract");
    ty.has_stream = flag("isMediaEntity");
    if let Some(value) = json.value.get("baseType")
        && let Some(name) = value.as_str()
    {
        let name = name.trim().trim_start_matches('#');
        if !name.is_empty() && super::type_expr::is_type_name(name) {
            ty.bases.push(BaseClaim {
                base: TypeRef { name: name.to_owned(), target: None, span: value.span },
                source: BaseSource::Comment,
            });
        }
    }
    if let Some(value) = json.value.get("keyProperty") {
        match &value.kind {
            ValueKind::String(text) => {
                for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
                    ty.key.push(At::new(name.to_owned(), value.span));
                }
            }
            ValueKind::Array(names) => ty
                .key
                .extend(names.iter().filter_map(|name| name.as_str().map(|text| At::new(text.to_owned(), name.span)))),
            _ => {}
        }
    }
}
