//! Reads resource pages: the structured types that a page describes by its JSON block, tables and
//! sentences.

mod introduction;
mod merge;
mod missing_rows;
mod tables;

use self::merge::{Rows, merge_blocks, reconcile};
use self::tables::{Candidate, PropertyTable, split};
use super::front_matter::{self, Key};
use super::json_block;
use super::rows::{self, header_span, header_unclear};
use super::sections::Sections;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::json::{Document, Problem, Value, ValueKind};
use crate::nearest::{is_slip, nearest};
use crate::ordered;
use crate::page::{Comment, Fence, Page, Table};
use crate::schema::{
    BaseClaim, BaseSource, DeclaredType, PageInfo, PropertySource, QualifiedName, TypeRef, simple_name,
};
use crate::source::{At, Span};
use crate::vocabulary::{AnnotationKey, bare};

/// Returns true if a title can be that of a type: `x resource type`, `x complex type`, a bare `x`.
pub(crate) fn title_names_type(title: &str) -> bool {
    title_type(title).is_some()
}

/// The name of the type in a title, which a remark may follow: `x resource type (directory
/// extensions)`.
fn title_type(title: &str) -> Option<&str> {
    let mut words = super::prose::without_remark(title).split_whitespace();
    let name = words.next()?.trim_matches(['`', '*']);
    let rest: Vec<String> = words.map(|word| bare(word).to_ascii_lowercase()).collect();
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

/// Reads the structured types of a page: one for each resource block, or the one that the title
/// names.
pub(crate) fn read(
    page: &Page<'_>,
    sections: &Sections<'_, '_>,
    info: &PageInfo,
    diagnostics: &mut Diagnostics,
) -> Vec<DeclaredType> {
    let mut parts = split(page, sections);
    if parts.is_empty() {
        return Vec::new();
    }
    sections.report_misspelt(diagnostics);
    let mut types: Vec<DeclaredType> = Vec::new();
    let several = parts.len() > 1;
    for (index, part) in parts.drain(..).enumerate() {
        let Some(mut ty) = structured_type(page, sections, info, part, diagnostics) else { continue };
        if index == 0 {
            introduction::describe(page, sections, &mut ty);
        }
        if several && types.iter().any(|known| known.name.value == ty.name.value) {
            // The page shows the same type twice. The blocks complete each other.
            if let Some(known) = types.iter_mut().find(|known| known.name.value == ty.name.value) {
                merge_blocks(known, ty, diagnostics);
            }
            continue;
        }
        types.push(ty);
    }
    types
}

/// A resource block and the tables that belong to it.
struct Part<'p, 'a> {
    fence: Option<&'p Fence<'a>>,
    tables: Vec<PropertyTable<'p, 'a>>,
    methods: Vec<&'p Table<'a>>,
    /// Other tables, which may describe properties as well.
    others: Vec<Candidate<'p, 'a>>,
}

fn structured_type(
    page: &Page<'_>,
    sections: &Sections<'_, '_>,
    info: &PageInfo,
    part: Part<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> Option<DeclaredType> {
    let Part { fence, tables, methods, others } = part;
    let comment = fence.and_then(|fence| fence.comment.as_ref());
    if let Some(document) = comment.and_then(|comment| comment.json.as_ref()) {
        json_block::report(document, Code::CommentInvalid, "the comment of the block", diagnostics);
    }
    let document = fence.map(|fence| {
        let document = crate::json::parse(fence.code.span.file, fence.code.span.start as usize, fence.code.value);
        json_block::report(&document, Code::JsonInvalid, "the JSON block", diagnostics);
        document
    });
    let name = name(page, info, comment, document.as_ref(), diagnostics)?;
    let members = document.as_ref().map(|document| json_block::members(document, diagnostics)).unwrap_or_default();
    let shown: Vec<&str> = members.iter().map(|(name, _)| name.value.as_str()).collect();
    let tables = property_tables(tables, others, fence.is_some(), &shown, diagnostics);
    let mut described = Rows::default();
    for table in &tables {
        read_rows(table, &shown, &mut described, diagnostics);
    }
    let properties = described.into_properties();
    super::copied::report(
        properties.iter().map(|property| (&property.name, property.description.as_ref())),
        diagnostics,
    );
    let methods = methods.iter().flat_map(|table| rows::methods(table, diagnostics)).collect();
    let mut ty = DeclaredType {
        properties,
        methods,
        block: fence.map(|fence| fence.span),
        ..DeclaredType::named(name, page.file)
    };
    if let Some(comment) = comment {
        read_comment(&mut ty, comment);
    }
    if fence.is_some() {
        // A block that ends too early tells nothing about what it does not show.
        let problems = document.iter().flat_map(|document| &document.problems);
        let is_cut = problems.map(|problem| problem.value).any(|problem| problem == Problem::Unbalanced);
        reconcile(&mut ty, members, &optional(comment), is_cut, diagnostics);
        missing_rows::find(&mut ty.properties, &tables);
    }
    if let Some(span) = introduction::says_all_read_only(sections) {
        for property in &mut ty.properties {
            property.facts.read_only.get_or_insert(span);
        }
    }
    Some(ty)
}

/// The tables that describe properties; those of relationships come last, as on most pages. `shown`
/// are the names in the JSON block.
fn property_tables<'p, 'a>(
    mut tables: Vec<PropertyTable<'p, 'a>>,
    others: Vec<Candidate<'p, 'a>>,
    has_block: bool,
    shown: &[&str],
    diagnostics: &mut Diagnostics,
) -> Vec<PropertyTable<'p, 'a>> {
    for other in others {
        if !shown.is_empty() {
            tables.extend(other.read(shown));
        } else if tables.is_empty() && other.says_properties() && other.is_under_another_topic() {
            let lost = other.lost();
            diagnostics.push(outside(lost.table, "it was read, as no other table describes properties"));
            tables.push(lost);
        } else if other.says_properties() && !has_block {
            let why = "it was left out, as nothing tells whether it is about this type";
            diagnostics.push(outside(other.table(), why));
        }
    }
    ordered::sort_by_key(&mut tables, |table| table.source == PropertySource::Relationships);
    tables
}

/// Adds the properties of a table.
fn read_rows(table: &PropertyTable<'_, '_>, shown: &[&str], described: &mut Rows, diagnostics: &mut Diagnostics) {
    if table.is_guessed {
        diagnostics.push(header_unclear(table.table, "Property|Type|Description"));
    } else {
        table.columns.report_misspelt(table.table, diagnostics);
    }
    if table.outside.is_some() {
        let why = match table.columns.says_relationships() {
            true => "it was read, as its header says that it lists relationships",
            false => "it was read, as its names stand in the JSON block",
        };
        diagnostics.push(outside(table.table, why));
    }
    let mut repeated = Diagnostics::default();
    let rows = rows::properties(table.table, &table.columns, table.source, shown, diagnostics);
    let count = rows.len();
    for property in rows {
        described.add(property, &mut repeated);
    }
    match count > 2 && repeated.iter().count() == count {
        true => diagnostics.push(doubled(table, count)),
        false => diagnostics.append(repeated),
    }
}

/// The diagnostic of a table that describes again what others describe.
fn doubled(table: &PropertyTable<'_, '_>, count: usize) -> Diagnostic {
    Diagnostic::new(
        Code::PropertyRepeated,
        header_span(table.table),
        format!("all {count} properties of this table are described above"),
    )
    .label("again here")
    .help("remove one of the two tables")
}

/// The diagnostic of a table under a heading that is not about properties.
fn outside(table: &Table<'_>, consequence: &str) -> Diagnostic {
    Diagnostic::new(
        Code::RowOutside,
        header_span(table),
        format!("this table is not under a heading for properties; {consequence}"),
    )
    .help("move it below \"Properties\" or \"Relationships\" if it describes properties of the type")
}

/// The properties that responses may omit, according to the comment.
fn optional(comment: Option<&Comment<'_>>) -> Vec<String> {
    let stated = comment.and_then(|comment| comment.get(AnnotationKey::OptionalProperties));
    match stated.map(|value| &value.kind) {
        Some(ValueKind::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// The name of the type, from the comment of the block or else from the title. If the comment
/// contradicts both the title and the block, it is a mistake and does not count.
fn name(
    page: &Page<'_>,
    info: &PageInfo,
    comment: Option<&Comment<'_>>,
    document: Option<&Document<'_>>,
    diagnostics: &mut Diagnostics,
) -> Option<At<QualifiedName>> {
    let page_namespace = || info.namespace.as_ref().map(|namespace| namespace.value.clone()).unwrap_or_default();
    if let Some(At { value: name, span }) = comment.and_then(Comment::type_name) {
        let name = name.trim_start_matches('#');
        if super::type_expr::is_type_name(name) {
            let qualified = QualifiedName::parse(name).unwrap_or_else(|| QualifiedName::new(page_namespace(), name));
            let Some((right, place)) = outvoted(page, &qualified, info, document) else {
                diagnostics.extend(other_title(info, &qualified, span));
                return Some(At::new(qualified, span));
            };
            diagnostics.push(
                Diagnostic::new(
                    Code::TypeNameDisagrees,
                    span,
                    format!("the comment names the type `{}`, the page `{right}`", qualified.name),
                )
                .label(format!("did you mean `{}.{right}`?", qualified.namespace))
                .also(place, "named so here, which is taken")
                .help("use one name"),
            );
            return Some(At::new(QualifiedName::new(qualified.namespace, right), place));
        }
    }
    let title = info.title.as_ref()?;
    let name = title_type(&title.value)?;
    let qualified = QualifiedName::parse(name).unwrap_or_else(|| QualifiedName::new(page_namespace(), name));
    Some(At::new(qualified, title.span))
}

/// The problem of a title with another name than the comment has. It may be a part of that: titles
/// leave out what all types of a workload begin with.
fn other_title(info: &PageInfo, stated: &QualifiedName, span: Span) -> Option<Diagnostic> {
    let title = info.title.as_ref()?;
    let name = simple_name(title_type(&title.value)?);
    let (shorter, longer) = (name.to_ascii_lowercase(), stated.name.to_ascii_lowercase());
    if longer.contains(&shorter) || shorter.contains(&longer) {
        return None;
    }
    let message = format!("the title names the type `{name}`, and the comment of its block `{}`", stated.name);
    let problem = Diagnostic::new(Code::TypeNameDisagrees, title.span, message)
        .label("named so here")
        .also(span, "and so here, which is taken")
        .help("use one name");
    Some(problem)
}

/// The page's name for the type, if the name in the comment is a mistake: the title has another
/// name, and the block's `@odata.type` or the front matter agrees with the title.
fn outvoted(
    page: &Page<'_>,
    stated: &QualifiedName,
    info: &PageInfo,
    document: Option<&Document<'_>>,
) -> Option<(String, Span)> {
    let title = info.title.as_ref()?;
    let name = title_type(&title.value)?;
    let name = simple_name(name);
    if name.eq_ignore_ascii_case(&stated.name) {
        return None;
    }
    let shown = document.and_then(|document| document.value.get("@odata.type")).and_then(Value::as_str);
    let shown = shown.map(simple_name);
    let in_front = front_matter::value(page, Key::Title).and_then(|title| title_type(&title.value));
    let votes_for = [shown, in_front].iter().flatten().filter(|other| other.eq_ignore_ascii_case(name)).count();
    let votes_against =
        [shown, in_front].iter().flatten().filter(|other| other.eq_ignore_ascii_case(&stated.name)).count();
    // Short names differ in a letter without being slips, but three places for one name leave no
    // doubt.
    let is_meant = is_slip(&stated.name, name)
        || votes_for == 2 && nearest(&stated.name, std::iter::once(name.to_owned())).is_some();
    (is_meant && votes_for > votes_against).then(|| {
        // The title may differ from the name on the wire in case.
        let name = shown.filter(|shown| shown.eq_ignore_ascii_case(name)).unwrap_or(name);
        (name.to_owned(), title.span)
    })
}

/// Reads the facts about the type in the comment before the block.
fn read_comment(ty: &mut DeclaredType, comment: &Comment<'_>) {
    ty.is_open = comment.flag(AnnotationKey::OpenType);
    ty.is_abstract = comment.flag(AnnotationKey::Abstract);
    ty.has_stream = comment.flag(AnnotationKey::IsMediaEntity);
    if let Some(value) = comment.get(AnnotationKey::BaseType)
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
    if let Some(value) = comment.get(AnnotationKey::KeyProperty) {
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
