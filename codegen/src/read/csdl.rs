//! Reads the service's metadata into a [`Schema`], as `read` does with pages. Supports CSDL XML 4.0
//! and 4.01, and CSDL JSON 4.01.
//!
//! | step | from → to |
//! | --- | --- |
//! | `xml`, `json` | text → `Element`s, which are the same for both formats |
//! | `names` | aliases, type definitions and annotations of all documents |
//! | `types` | entity, complex and enum types |
//! | `operations` | actions and functions |
//! | `container` | entity sets, singletons and imports |
//! | `facts`, `capabilities` | annotations of the standard vocabularies → facts, capabilities |
//! | `unique` | declarations whose name is taken → left out |
//! | `restrictions` | restrictions of entity sets → facts about properties |
//!
//! All documents of a run are read together, because one can annotate what another declares. A
//! document that cannot be read at all ends the run ([`MetadataError`]). A single declaration that
//! cannot be read is left out with a diagnostic.

use crate::hashing::{HashMap, HashSet};

mod annotations;
mod capabilities;
mod container;
mod element;
mod facts;
mod json;
mod names;
mod operations;
mod restrictions;
mod types;
mod unique;
mod xml;

use element::Element;
use names::Names;

pub use super::metadata_error::MetadataError;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::{MemberKind, QualifiedName, Schema, TypeExpr, TypeItem};
use crate::source::{FileId, Format, SourceMap, Span};

/// A mistake in a document's text.
struct Fault {
    span: Span,
    message: String,
}

impl Fault {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Fault { span, message: message.into() }
    }
}

/// Reads documents of metadata.
///
/// # Errors
/// [`MetadataError`] at the place that is neither XML nor JSON, or not CSDL, or CSDL of OData 2
/// or 3.
pub fn read(sources: &SourceMap, files: &[FileId], diagnostics: &mut Diagnostics) -> Result<Schema, MetadataError> {
    let mut documents: Vec<(FileId, Element)> = Vec::new();
    for file in files.iter().copied() {
        let source = sources.file(file);
        let document = parse(file, source.text()).map_err(|fault| {
            let (line, column) = sources.line_column(fault.span);
            MetadataError { path: source.path.clone(), line, column, message: fault.message }
        })?;
        documents.push((file, document));
    }
    let mut schema = Schema::default();
    let names = Names::of(&documents, diagnostics);
    for (file, document) in &documents {
        for part in document.children_named("Schema") {
            let Some(namespace) = part.attribute("Namespace") else { continue };
            let reader = Reader { file: *file, names: &names, namespace: &namespace.value };
            reader.schema(part, &mut schema, diagnostics);
        }
    }
    unique::apply(&mut schema, diagnostics);
    restrictions::apply(&documents, &names, &mut schema);
    report_shared_names(&schema, diagnostics);
    names.report_targets(diagnostics);
    let own = own_containers(&documents, &names, sources);
    schema.container.retain(|member| own.contains(&member.container));
    report_members(&schema, diagnostics);
    Ok(schema)
}

/// Reports members of the container whose entity type, action or function no document declares.
/// They have no requests.
fn report_members(schema: &Schema, diagnostics: &mut Diagnostics) {
    let types: HashSet<String> = schema.types.iter().map(|ty| ty.name.value.to_string()).collect();
    let unbound: HashSet<(&QualifiedName, bool)> = schema
        .declared_operations
        .iter()
        .filter(|operation| operation.binding.is_none())
        .map(|operation| (&operation.name.value, operation.is_function))
        .collect();
    let missing_type = |ty: &TypeExpr| match &ty.item {
        TypeItem::Named(name) => (!types.contains(&name.name)).then(|| format!("entity type `{}`", name.name)),
        _ => Some("entity type".to_owned()),
    };
    for member in &schema.container {
        let missing = match &member.kind {
            MemberKind::EntitySet(ty) | MemberKind::Singleton(ty) => missing_type(ty),
            MemberKind::ActionImport(name) => {
                (!unbound.contains(&(name, false))).then(|| format!("unbound action `{name}`"))
            }
            MemberKind::FunctionImport(name) => {
                (!unbound.contains(&(name, true))).then(|| format!("unbound function `{name}`"))
            }
        };
        let Some(missing) = missing else { continue };
        let message = format!("the metadata declares no {missing}, which `{}` refers to", member.name.value);
        diagnostics.push(
            Diagnostic::new(Code::MetadataInvalid, member.name.span, message)
                .label("it has no requests")
                .help("give the document that declares it as well, with `--metadata`"),
        );
    }
}

/// Reports operations that have the name of a type. Within a schema, names are unique except for
/// overloads (CSDL 4.01, 5), so CSDL JSON cannot represent both (CSDL JSON 4.01, 5).
fn report_shared_names(schema: &Schema, diagnostics: &mut Diagnostics) {
    let types = schema.types.iter().map(|ty| &ty.name.value);
    let taken: HashSet<&QualifiedName> = types.chain(schema.enums.iter().map(|ty| &ty.name.value)).collect();
    for operation in schema.declared_operations.iter().filter(|operation| taken.contains(&operation.name.value)) {
        let kind = if operation.is_function { "function" } else { "action" };
        let message = format!("the {kind} `{}` is called like a type of its schema", operation.name.value);
        diagnostics.push(
            Diagnostic::new(Code::MetadataNameShared, operation.name.span, message)
                .label("an export to CSDL JSON leaves it out"),
        );
    }
}

/// The entity containers of the service: those of the documents that the user named, and the
/// containers that they extend (CSDL 4.01, 13.1).
fn own_containers(documents: &[(FileId, Element)], names: &Names<'_>, sources: &SourceMap) -> HashSet<QualifiedName> {
    let mut extends: HashMap<QualifiedName, Option<QualifiedName>> = HashMap::default();
    let mut open: Vec<QualifiedName> = Vec::new();
    for (file, document) in documents {
        for schema in document.children_named("Schema") {
            let Some(namespace) = schema.attribute("Namespace") else { continue };
            for container in schema.children_named("EntityContainer") {
                let Some(name) = container.attribute("Name") else { continue };
                let name = QualifiedName::new(&namespace.value, &name.value);
                let base = container.attribute("Extends").and_then(|base| names.qualified(*file, &base.value));
                extends.insert(name.clone(), base);
                if sources.file(*file).format == Format::Metadata {
                    open.push(name);
                }
            }
        }
    }
    let mut own = HashSet::default();
    while let Some(name) = open.pop() {
        if own.insert(name.clone())
            && let Some(base) = extends.get(&name).cloned().flatten()
        {
            open.push(base);
        }
    }
    own
}

/// The addresses of the documents that a document refers to (`edmx:Reference`, CSDL 4.01, 4.1), as
/// written. Empty if the text is not CSDL.
pub fn references(text: &str) -> Vec<String> {
    let Ok(document) = parse(FileId::CONFIGURATION, text) else { return Vec::new() };
    let references = document.children_named("Reference").filter_map(|reference| reference.attribute("Uri"));
    references.map(|uri| uri.value.clone()).collect()
}

/// Parses a document into elements. The root is `Edmx`; its children are `Reference`s and
/// `Schema`s.
fn parse(file: FileId, text: &str) -> Result<Element, Fault> {
    // A byte order mark at the beginning is not part of the document.
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = &text[start..];
    let document = match body.trim_start().chars().next() {
        Some('{') => json::parse(file, start, body)?,
        Some('<') => xml::parse(file, start, body)?,
        _ => {
            let place = Span::new(file, start..start);
            return Err(Fault::new(place, "this is no metadata: it begins neither with `<` (XML) nor with `{` (JSON)"));
        }
    };
    check_version(&document)?;
    let nameless = document.children_named("Schema").find(|schema| schema.attribute("Namespace").is_none());
    if let Some(schema) = nameless {
        return Err(Fault::new(schema.span, "`Schema` has no `Namespace`"));
    }
    Ok(document)
}

/// Rejects everything but OData 4.0 and 4.01 (CSDL 4.01, 3.1). Earlier versions have other types,
/// other operations and other URLs.
fn check_version(document: &Element) -> Result<(), Fault> {
    let Some(version) = document.attribute("Version") else { return Ok(()) };
    match version.value.trim() {
        "4.0" | "4.01" => Ok(()),
        "1.0" | "2.0" | "3.0" => Err(Fault::new(
            version.span,
            "this is metadata of OData 2 or 3; only OData 4.0 and 4.01 are supported (many services have both: look for `/v4/` in the address)",
        )),
        other => {
            Err(Fault::new(version.span, format!("metadata of version `{other}` is not supported; 4.0 and 4.01 are")))
        }
    }
}

/// Reads one schema of a document.
struct Reader<'r> {
    file: FileId,
    names: &'r Names<'r>,
    /// The namespace of the schema.
    namespace: &'r str,
}

impl Reader<'_> {
    fn schema(&self, schema: &Element, out: &mut Schema, diagnostics: &mut Diagnostics) {
        for child in &schema.children {
            match child.name.as_str() {
                "EntityType" | "ComplexType" => out.types.extend(self.structured(child, diagnostics)),
                "EnumType" => out.enums.extend(self.enumeration(child, diagnostics)),
                "Action" | "Function" => out.declared_operations.extend(self.operation(child, diagnostics)),
                "EntityContainer" => self.container(child, out, diagnostics),
                // These have been read already, or concern only other metadata.
                "TypeDefinition" | "Term" | "Annotation" | "Annotations" => {}
                _ => self.unknown(child, diagnostics),
            }
        }
    }
}
