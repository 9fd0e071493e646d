//! Reads a [`Page`] into a [`Schema`]: types, properties, enums and operations.
//!
//! Each page is read on its own, and its facts are kept as it states them. Names are still strings,
//! and every fact has the place that states it.

mod copied;
#[cfg(feature = "metadata")]
pub mod csdl;
#[cfg(not(feature = "metadata"))]
#[path = "read/without_csdl.rs"]
pub mod csdl;
mod enumeration;
mod facts;
mod front_matter;
mod inheritance;
mod json_block;
mod metadata_error;
mod operation;
pub(crate) mod prose;
mod resource;
mod rows;
mod sections;
mod type_expr;
mod values;

use self::sections::{Role, Sections};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::{hint, is_slip};
use crate::page::{Block, Page};
use crate::schema::{PageInfo, PageKind, Schema};
use crate::source::{At, Format, SourceMap, Span};
use crate::vocabulary::AnnotationKey;

/// Reads all documents of metadata among the sources. A further format is told apart from CSDL
/// here, by its text, and adds to the same schema.
///
/// # Errors
/// [`MetadataError`](csdl::MetadataError) for a document that is not valid.
pub fn documents(sources: &SourceMap, diagnostics: &mut Diagnostics) -> Result<Schema, csdl::MetadataError> {
    let documents = sources.files().filter(|(_, source)| source.format != Format::Page);
    csdl::read(sources, &documents.map(|(file, _)| file).collect::<Vec<_>>(), diagnostics)
}

/// Reads one page.
pub fn read(page: &Page<'_>, diagnostics: &mut Diagnostics) -> Schema {
    front_matter::check(page, diagnostics);
    let title = page.sections.iter().filter_map(|section| section.heading.as_ref()).find(|heading| heading.level == 1);
    let title = title.map(|heading| At::new(heading.text.plain().into_owned(), heading.text.span));
    let namespace = namespace(page, diagnostics).map(|stated| without_slip(stated, page, diagnostics));
    let sections = Sections::of(page);
    let kind = kind(page, &sections, title.as_ref().map(|title| title.value.as_str()));
    let info = PageInfo { file: page.file, kind, title, namespace };
    let mut schema = Schema::default();
    match kind {
        PageKind::Operation => {
            schema.operations.extend(operation::read(page, diagnostics));
            // The page of an operation may show a type that it needs. The type's own page takes
            // precedence.
            if page.fences().any(json_block::is_resource_block) {
                schema.types = resource::read(page, &sections, &info, &mut Diagnostics::default());
            }
        }
        PageKind::Resource => {
            schema.types = resource::read(page, &sections, &info, diagnostics);
            schema.enums = enumeration::of_sections(&sections, &info, &schema.types, diagnostics);
        }
        PageKind::Enumeration => schema.enums = enumeration::read(&sections, &info, diagnostics),
        PageKind::Conceptual => {
            schema.enums = enumeration::of_sections(&sections, &info, &[], diagnostics);
            if page.sections.iter().all(|section| section.blocks.is_empty() && section.heading.is_none()) {
                diagnostics.push(
                    Diagnostic::new(Code::NothingDescribed, Span::start_of(page.file), "the page is empty")
                        .help("describe a type or an operation, or remove the page"),
                );
            }
        }
    }
    comments_without_block(page, diagnostics);
    schema.pages.push(info);
    schema
}

/// Reports comments that annotate a code block which does not follow them.
fn comments_without_block(page: &Page<'_>, diagnostics: &mut Diagnostics) {
    for block in page.sections.iter().flat_map(|section| &section.blocks) {
        let Block::Comment(text) = block else { continue };
        if !text.value.contains(AnnotationKey::BlockType.name()) {
            continue;
        }
        let json = crate::json::parse(text.span.file, text.span.start as usize, text.value);
        let Some(kind) = json.value.get(AnnotationKey::BlockType.name()) else { continue };
        if matches!(kind.as_str(), Some("resource" | "request" | "response")) {
            diagnostics.push(
                Diagnostic::new(Code::CommentInvalid, kind.span, "no code block follows this comment")
                    .label("what it says of the block is lost")
                    .help("put the comment directly above the fence of the block, and check the fence's back quotes"),
            );
        }
    }
}

/// The namespace that a page states: `Namespace: microsoft.graph.callRecords`.
fn namespace(page: &Page<'_>, diagnostics: &mut Diagnostics) -> Option<At<String>> {
    page.sections.iter().take(3).flat_map(|section| &section.blocks).find_map(|block| match block {
        Block::Paragraph(text) if prose::is_namespace(text) => {
            let plain = text.plain();
            let (word, rest) = prose::namespace(&plain)?;
            let stated = rest.split_whitespace().next()?.trim_end_matches(['.', ',']).to_owned();
            if !word.eq_ignore_ascii_case("namespace") {
                diagnostics.push(
                    Diagnostic::new(
                        Code::FrontMatterMisspelt,
                        text.span,
                        format!("a line that begins with `{word}:` means nothing{}", hint(Some("Namespace:"))),
                    )
                    .label("read as the namespace of the page")
                    .help("correct the word"),
                );
            }
            (!stated.is_empty() && type_expr::is_type_name(&stated)).then(|| At::new(stated, text.span))
        }
        _ => None,
    })
}

/// The namespace of the page's types, if the stated one differs from it in a slip only.
fn without_slip(stated: At<String>, page: &Page<'_>, diagnostics: &mut Diagnostics) -> At<String> {
    let shown = page.fences().find_map(json_block::shown_namespace);
    let Some(shown) = shown.filter(|shown| shown.value != stated.value && is_slip(&shown.value, &stated.value)) else {
        return stated;
    };
    diagnostics.push(
        Diagnostic::new(
            Code::TypeNameDisagrees,
            stated.span,
            format!("the page states the namespace `{}`, its block `{}`", stated.value, shown.value),
        )
        .label(format!("read as `{}`", shown.value))
        .also(shown.span, "named so here")
        .help("use one name"),
    );
    At::new(shown.value, stated.span)
}

/// The kind of a page. Its code blocks are most reliable, then its sections, then its title, and
/// the front matter is last.
fn kind(page: &Page<'_>, sections: &Sections<'_, '_>, title: Option<&str>) -> PageKind {
    let doc_type = front_matter::doc_type(page).unwrap_or_default();
    let title = title.unwrap_or_default().to_ascii_lowercase();
    let has_resource_block = page.fences().any(json_block::is_resource_block);
    let has_request = page.sections.iter().any(sections::is_http_request);
    let has_members = || sections.with(&[Role::Members]).next().is_some();
    let has_properties = || {
        let mut blocks = sections.with(&[Role::Properties, Role::Relationships]).flat_map(|section| &section.blocks);
        blocks.any(|block| matches!(block, Block::Table(_)))
    };
    let says_enum = title.contains(" enum type")
        || title.ends_with(" enum")
        || title.ends_with(" enumeration")
        || doc_type.starts_with("enum");
    let says_resource = doc_type == "resourcepagetype" && has_resource_block;
    if has_request && (doc_type == "apipagetype" || !says_resource && !has_properties()) {
        PageKind::Operation
    } else if has_resource_block {
        // An enum page that carries a resource block all the same is still an enum page.
        if (says_enum || has_members()) && !has_properties() { PageKind::Enumeration } else { PageKind::Resource }
    } else if !has_request && title.contains("resource type") && resource::title_names_type(&title) && has_properties()
    {
        // Whatever the front matter says.
        PageKind::Resource
    } else if doc_type == "apipagetype" || has_request && doc_type != "resourcepagetype" {
        PageKind::Operation
    } else if says_enum || has_members() && !has_properties() {
        PageKind::Enumeration
    } else if resource::title_names_type(&title) && has_properties() {
        PageKind::Resource
    } else {
        PageKind::Conceptual
    }
}

impl Schema {
    /// Adds the facts of another page.
    pub fn append(&mut self, mut other: Schema) {
        self.pages.append(&mut other.pages);
        self.types.append(&mut other.types);
        self.enums.append(&mut other.enums);
        self.operations.append(&mut other.operations);
        self.declared_operations.append(&mut other.declared_operations);
        self.container.append(&mut other.container);
    }
}
