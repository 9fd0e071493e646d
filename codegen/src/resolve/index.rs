//! Knows all types, and resolves names of types on pages.
//!
//! A type name on a page is resolved in this order: as a qualified name; by the page that its link
//! leads to; as a simple name in the namespace of the page; as a simple name in the root namespace;
//! as a simple name that only one namespace has. Names are compared without case, because pages are
//! not careful about it.

mod entry;
mod links;
mod near_page;

use std::sync::OnceLock;

pub(super) use entry::Entry;
pub(super) use links::joined;
use links::titled;
use near_page::PageName;

use super::corrections::Lookup;
use super::names::with_namespace;
use crate::diagnostics::Diagnostics;
use crate::evidence;
use crate::hashing::{HashMap, HashSet};
use crate::model::{EnumId, TypeId};
use crate::nearest::Names;
use crate::parallel;
use crate::schema::{DocumentedOperation, PageInfo, QualifiedName, Schema, TypeRef, folded_in, simple_name};
use crate::source::{FileId, Format, SourceMap, Span};

/// The type that a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    Structured(TypeId),
    Enum(EnumId),
}

/// The pages by their file name in lower case.
fn by_file_name(sources: &SourceMap) -> HashMap<String, Vec<FileId>> {
    let mut pages: HashMap<String, Vec<FileId>> =
        HashMap::with_capacity_and_hasher(sources.files().len(), Default::default());
    for (file, source) in sources.files() {
        let name = source.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        pages.entry(name).or_default().push(file);
    }
    pages
}

/// All types by name and by page.
pub(super) struct Index<'a> {
    sources: &'a SourceMap,
    types: Vec<Entry<'a>>,
    /// The namespace of types whose page does not state one.
    pub(super) root_namespace: String,
    by_name: HashMap<String, Meaning>,
    by_simple_name: HashMap<String, Vec<Meaning>>,
    /// The simple names, made when the first mention has none of them.
    simple_names: OnceLock<Names>,
    by_page: HashMap<FileId, Vec<Meaning>>,
    /// Pages by their file name in lower case, for links with another case or folder.
    by_file_name: HashMap<String, Vec<FileId>>,
    /// The names of pages, made when the first link leads to none.
    page_names: OnceLock<Vec<PageName>>,
    /// The names of all types.
    names: HashMap<Meaning, QualifiedName>,
    /// The pages whose titles name a type, with that name in lower case, even if they do not
    /// describe it.
    titled: HashMap<FileId, String>,
    /// The namespaces that pages state.
    namespaces: HashMap<FileId, String>,
    pub(super) corrections: &'a Lookup<'a>,
    /// The types with a correction as the pages describe them, including those that are excluded.
    uncorrected: Vec<Entry<'a>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(
        schema: &'a Schema,
        sources: &'a SourceMap,
        root_namespace: &str,
        corrections: &'a Lookup<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let namespace = |page: &PageInfo| Some((page.file, page.namespace.as_ref()?.value.clone()));
        let (types, (by_file_name, titled)) = parallel::both(
            || entry::of_all(schema, sources, root_namespace, diagnostics),
            || (by_file_name(sources), schema.pages.iter().filter_map(titled).collect()),
        );
        let described = types.len() + schema.enums.len();
        let mut index = Index {
            sources,
            types: Vec::new(),
            root_namespace: root_namespace.to_owned(),
            by_name: HashMap::with_capacity_and_hasher(described, Default::default()),
            by_simple_name: HashMap::with_capacity_and_hasher(described, Default::default()),
            simple_names: OnceLock::new(),
            by_page: HashMap::with_capacity_and_hasher(described, Default::default()),
            by_file_name,
            page_names: OnceLock::new(),
            names: HashMap::with_capacity_and_hasher(described, Default::default()),
            namespaces: schema.pages.iter().filter_map(namespace).collect(),
            titled,
            corrections,
            uncorrected: corrections.uncorrected().map_or_else(Vec::new, |schema| {
                let is_corrected =
                    |name: &QualifiedName| corrections.ty(&with_namespace(name, root_namespace)).is_some();
                entry::of_some(schema, &is_corrected, sources, root_namespace, &mut Diagnostics::default())
            }),
        };
        for (position, entry) in types.iter().enumerate() {
            index.add(Meaning::Structured(TypeId(position as u32)), &entry.name, entry.merged.file);
        }
        // Links to any page of a merged type refer to it.
        for ty in &schema.types {
            let name = with_namespace(&ty.name.value, root_namespace);
            if let Some(meaning) = index.by_name.get(&name.folded()).copied() {
                index.add_page(meaning, ty.file);
            }
        }
        index.types = types;
        index
    }

    /// Registers a type by its name and its page.
    pub(super) fn add(&mut self, meaning: Meaning, name: &QualifiedName, file: FileId) {
        self.by_name.insert(name.folded(), meaning);
        let simple = self.by_simple_name.entry(name.name.to_ascii_lowercase()).or_default();
        if !simple.contains(&meaning) {
            simple.push(meaning);
        }
        self.add_page(meaning, file);
        self.names.insert(meaning, name.clone());
    }

    /// Registers a further page of a type.
    pub(super) fn add_page(&mut self, meaning: Meaning, file: FileId) {
        let on_page = self.by_page.entry(file).or_default();
        if !on_page.contains(&meaning) {
            on_page.push(meaning);
        }
    }

    pub(super) fn types(&self) -> &[Entry<'a>] {
        &self.types
    }

    pub(super) fn entry(&self, id: TypeId) -> &Entry<'a> {
        &self.types[id.0 as usize]
    }

    /// The types with a correction, as the pages describe them.
    pub(super) fn uncorrected(&self) -> &[Entry<'a>] {
        &self.uncorrected
    }

    pub(super) fn entry_mut(&mut self, id: TypeId) -> &mut Entry<'a> {
        &mut self.types[id.0 as usize]
    }

    pub(super) fn ids(&self) -> impl ExactSizeIterator<Item = TypeId> + use<> {
        (0..self.types.len() as u32).map(TypeId)
    }

    /// The full name of a type name that cannot be resolved: as written, or in the namespace of the
    /// page.
    pub(super) fn name_of_mention(&self, mention: &TypeRef, namespace: &str) -> QualifiedName {
        let name = QualifiedName::parse(&mention.name);
        name.unwrap_or_else(|| {
            let namespace = if namespace.is_empty() { &self.root_namespace } else { namespace };
            QualifiedName::new(namespace, &mention.name)
        })
    }

    /// Returns true if an unresolved name refers to a type that was excluded on purpose.
    pub(super) fn is_left_out(&self, mention: &TypeRef, namespace: &str) -> bool {
        let here = self.name_of_mention(mention, namespace);
        let in_root = QualifiedName::new(&self.root_namespace, &here.name);
        self.corrections.excludes(&here) || self.corrections.excludes(&in_root)
    }

    /// The name of a registered type.
    pub(super) fn name(&self, meaning: Meaning) -> Option<&QualifiedName> {
        self.names.get(&meaning)
    }

    /// Returns true if a file is a metadata document.
    pub(super) fn is_metadata(&self, file: FileId) -> bool {
        self.sources.file(file).format != Format::Page
    }

    /// Removes all enums, because their ids are about to be assigned again.
    pub(super) fn forget_enums(&mut self) {
        let is_structured = |meaning: &Meaning| matches!(meaning, Meaning::Structured(_));
        self.by_name.retain(|_, meaning| is_structured(meaning));
        self.names.retain(|meaning, _| is_structured(meaning));
        for meanings in self.by_simple_name.values_mut().chain(self.by_page.values_mut()) {
            meanings.retain(is_structured);
        }
    }

    /// The type with this full name.
    pub(super) fn named(&self, name: &QualifiedName) -> Option<Meaning> {
        self.named_in(&name.namespace, &name.name)
    }

    /// The type with this name in a namespace.
    fn named_in(&self, namespace: &str, name: &str) -> Option<Meaning> {
        self.by_name.get(&folded_in(namespace, name)).copied()
    }

    /// The type with this simple name in a namespace, or else in the root namespace.
    fn named_here(&self, namespace: &str, name: &str) -> Option<Meaning> {
        self.named_in(namespace, name).or_else(|| self.named_in(&self.root_namespace, name))
    }

    /// All types with this simple name, in any namespace.
    pub(super) fn called(&self, mention: &TypeRef) -> &[Meaning] {
        let simple = simple_name(&mention.name).to_ascii_lowercase();
        self.by_simple_name.get(&simple).map_or(&[], Vec::as_slice)
    }

    /// The name of the type that a mention may be a misspelling of.
    pub(super) fn near(&self, mention: &TypeRef) -> Option<String> {
        let simple = simple_name(&mention.name);
        let known = self.simple_names.get_or_init(|| self.by_simple_name.keys().cloned().collect());
        let near = known.slip_of(simple, |_| true)?;
        let [only] = self.by_simple_name.get(near)?.as_slice() else { return None };
        self.names.get(only).map(|name| name.name.clone())
    }

    /// The type that a mention means on a page of a type in `namespace`.
    pub(super) fn resolve(&self, mention: &TypeRef, namespace: &str) -> Option<Meaning> {
        let qualified = QualifiedName::parse(&mention.name);
        if let Some(found) = qualified.as_ref().and_then(|name| self.named(name)) {
            return Some(found);
        }
        let simple = qualified.as_ref().map_or(mention.name.as_str(), |name| name.name.as_str()).to_ascii_lowercase();
        if let Some(target) = &mention.target
            && let Some(found) = self.through_link(target, &simple, mention.span.file)
        {
            return Some(self.named_instead(&simple, namespace, found).unwrap_or(found));
        }
        if qualified.is_some() {
            // A qualified name does not refer to a type with the same simple name elsewhere. But
            // pages abbreviate namespaces.
            let candidates = self.by_simple_name.get(&simple)?;
            return match candidates.as_slice() {
                [only] if self.is_abbreviation(qualified.as_ref()?, *only) => Some(*only),
                _ => None,
            };
        }
        self.named_here(namespace, &simple).or_else(|| match self.by_simple_name.get(&simple)?.as_slice() {
            [only] => Some(*only),
            _ => None,
        })
    }

    /// The type that the text of a link names, if its target describes another type and the text
    /// takes precedence.
    pub(super) fn named_instead(&self, text: &str, namespace: &str, target: Meaning) -> Option<Meaning> {
        let target_name = &self.names.get(&target)?.name;
        if evidence::target_beats_text(text, target_name) {
            return None;
        }
        self.named_here(namespace, text).filter(|named| *named != target)
    }

    /// The name of the type that a link leads to, if the mention refers to another type.
    pub(super) fn elsewhere(&self, mention: &TypeRef, namespace: &str) -> Option<&str> {
        let simple = simple_name(&mention.name).to_ascii_lowercase();
        let target = self.through_link(mention.target.as_deref()?, &simple, mention.span.file)?;
        let meant = self.resolve(mention, namespace)?;
        (meant != target).then(|| self.names.get(&target).map(|name| name.name.as_str()))?
    }

    /// Returns true if any type is in this namespace.
    pub(super) fn is_namespace(&self, namespace: &str) -> bool {
        namespace.eq_ignore_ascii_case(&self.root_namespace)
            || self.names.values().any(|name| name.namespace.eq_ignore_ascii_case(namespace))
    }

    /// The namespace of a page's types.
    pub(super) fn namespace_of(&self, page: FileId) -> String {
        self.namespaces.get(&page).unwrap_or(&self.root_namespace).clone()
    }

    /// The source text at a place.
    pub(super) fn text(&self, span: Span) -> &'a str {
        self.sources.text(span)
    }

    /// The text before a place, in the same paragraph.
    pub(super) fn paragraph_before(&self, span: Span) -> &'a str {
        let before = self.text(Span { start: 0, end: span.start, ..span });
        before.rsplit("\n\n").next().unwrap_or_default().rsplit("\r\n\r\n").next().unwrap_or_default()
    }

    /// Those of the names that an example of an API page has as a member.
    pub(super) fn shown<'n>(&self, schema: &Schema, names: &HashSet<&'n str>) -> HashSet<&'n str> {
        let bodies = schema.operations.iter().flat_map(DocumentedOperation::example_bodies);
        let texts: Vec<&str> = bodies.map(|body| self.text(body)).collect();
        // Of the hundreds of thousands of texts in quotes, few are hashed: those that begin like a
        // name and are as long.
        let mut lengths = [0_u64; 256];
        let length = |name: &str| 1 << (name.len() % 64);
        for name in names {
            lengths[usize::from(name.as_bytes().first().copied().unwrap_or_default())] |= length(name);
        }
        let is_alike =
            |text: &&str| text.bytes().next().is_some_and(|first| lengths[usize::from(first)] & length(text) != 0);
        let found = parallel::map(&texts, |text| {
            let quotes = memchr::memchr_iter(b'"', text.as_bytes());
            let mut start = text.len();
            let between = quotes.filter_map(|at| text.get(std::mem::replace(&mut start, at + 1)..at));
            between.filter(is_alike).filter_map(|name| names.get(name).copied()).collect::<HashSet<&str>>()
        });
        found.into_iter().flatten().collect()
    }

    /// Returns true for abbreviations such as `callRecords.session` and `graph.session` of
    /// `microsoft.graph.callRecords.session`.
    fn is_abbreviation(&self, short: &QualifiedName, meaning: Meaning) -> bool {
        self.names.get(&meaning).is_some_and(|name| {
            let full = name.namespace.to_ascii_lowercase();
            let short = short.namespace.to_ascii_lowercase();
            let root = simple_name(&self.root_namespace);
            full.ends_with(&format!(".{short}")) || full.starts_with(&short) || short.eq_ignore_ascii_case(root)
        })
    }
}
