//! Finds the responses of all pages: once for each page, compared with the rows of methods tables
//! that link to it.

use super::response::{PageResponse, Resolver, Response};
use super::rows::{self, Rows};
use super::trie::Line;
use crate::diagnostics::Diagnostics;
use crate::hashing::HashMap;
use crate::model::{Model, TypeId, ValueType};
use crate::ordered;
use crate::parallel;
use crate::resolve::expansion::Described;
use crate::resolve::index::Index;
use crate::schema::operation::BodyContent;
use crate::schema::{DocumentedOperation, HasName, Piece, Schema, TypeExpr, TypeRef};
use crate::source::FileId;

/// The rows of methods tables that link to a page.
#[derive(Clone, Debug, Default)]
pub(in crate::resolve) struct Listed {
    /// The types whose methods tables link to it, sorted.
    pub(in crate::resolve) owners: Vec<TypeId>,
    /// Those of the owners whose main page has the table; a type can be described on further pages.
    pub(in crate::resolve) leading: Vec<TypeId>,
    /// The responses, according to each of these rows.
    pub(in crate::resolve) returns: Vec<Response>,
}

/// What was found out about a page.
struct Page {
    response: PageResponse,
    /// Without owners if no row links to the page.
    listed: Listed,
    problems: Diagnostics,
}

/// The responses of all pages.
pub(in crate::resolve) struct PageResponses<'a> {
    index: &'a Index<'a>,
    pub(super) model: &'a Model,
    namespaces: HashMap<FileId, &'a str>,
    /// In the order of the operations.
    pages: Vec<Page>,
    /// The index in `pages` for each page.
    positions: HashMap<FileId, usize>,
}

impl<'a> PageResponses<'a> {
    pub(in crate::resolve) fn new(
        schema: &'a Schema,
        operations: &[Described<'_>],
        index: &'a Index<'a>,
        model: &'a Model,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let rows = rows::read(schema, index, diagnostics);
        let namespaces =
            schema.pages.iter().filter_map(|page| Some((page.file, page.namespace.as_ref()?.value.as_str()))).collect();
        let positions = schema.operations.iter().enumerate().map(|(position, page)| (page.file, position)).collect();
        let mut responses = PageResponses { index, model, namespaces, pages: Vec::new(), positions };
        let mut pages = parallel::map(operations, |page| responses.settle(page, &rows));
        pages.iter_mut().for_each(|page| diagnostics.append(std::mem::take(&mut page.problems)));
        responses.pages = pages;
        responses
    }

    /// Finds the response of a page, on its own and for each row that links to it.
    fn settle(&self, page: &DocumentedOperation, rows: &Rows<'_>) -> Page {
        let mut problems = Diagnostics::default();
        let mut listed = Listed::default();
        let rows = rows.get(&page.file).map_or(&[][..], Vec::as_slice);
        if rows.is_empty() {
            return Page { response: self.resolver(page).settle(None, page, &mut problems), listed, problems };
        }
        let is_shared = rows.iter().any(|(owner, _)| *owner != rows[0].0);
        for (owner, row) in rows {
            let resolver = Resolver { shared_owner: is_shared.then_some(*owner), ..self.resolver_for(page, *owner) };
            let response = resolver.settle(Some(row), page, &mut problems);
            if row.title.span.file == self.index.entry(*owner).merged.file {
                listed.leading.push(*owner);
            }
            if !listed.returns.contains(response.response()) {
                listed.returns.push(response.response().clone());
            }
        }
        listed.owners = ordered::unique(rows.iter().map(|(owner, _)| *owner));
        let (owner, row) = rows.iter().find(|(_, row)| row.returns.is_some()).unwrap_or(&rows[0]);
        let response = self.resolver_for(page, *owner).settle(Some(row), page, &mut Diagnostics::default());
        Page { response, listed, problems }
    }

    /// Resolves the type names on a page.
    pub(in crate::resolve) fn resolver<'s>(&'s self, page: &DocumentedOperation) -> Resolver<'s, 'a> {
        let namespace = self.namespaces.get(&page.file).copied().unwrap_or(&self.index.root_namespace);
        Resolver { index: self.index, model: self.model, shared_owner: None, namespace }
    }

    /// Resolves the type names on a page for a type that links to it. If the page states no
    /// namespace, that of the type applies.
    fn resolver_for<'s>(&'s self, page: &DocumentedOperation, owner: TypeId) -> Resolver<'s, 'a> {
        let namespace = self.namespaces.get(&page.file).copied();
        let namespace = namespace.unwrap_or(&self.index.entry(owner).name.namespace);
        Resolver { namespace, ..self.resolver(page) }
    }

    /// The response of a request line.
    pub(super) fn of(&self, line: Line, operations: &[Described<'_>]) -> Response {
        let operation = &operations[line.operation];
        self.pages[line.operation].response.of_template(line.request(operations), &operation.requests)
    }

    /// The response of a page as a whole. Metadata states the request body of each request by
    /// itself.
    pub(super) fn page(&self, page: &DocumentedOperation) -> Option<&Response> {
        Some(self.pages.get(*self.positions.get(&page.file)?)?.response.response())
    }

    /// The type of the entity that the request of a page changes: the type of its request body or
    /// response, the only type whose methods table links to it, the type in its title, or the first
    /// type that its first sentence links to. The rows of its request body have to be properties of
    /// that type.
    pub(super) fn changed(&self, page: &DocumentedOperation) -> Option<TypeId> {
        let resolver = self.resolver(page);
        let structured = |ty: &TypeExpr| match resolver.of_type(ty)? {
            Response::One(ValueType::Structured(id)) => Some(id),
            _ => None,
        };
        let sent = page.body.as_ref().and_then(|body| match &body.content {
            BodyContent::Type(ty) => structured(ty),
            _ => None,
        });
        let returned = || match self.page(page)? {
            Response::One(ValueType::Structured(id)) => Some(*id),
            _ => None,
        };
        let listed = || match self.owners(page.file).collect::<Vec<_>>().as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        let titled = || {
            let title =
                page.title.value.strip_prefix("Update ").or_else(|| page.title.value.strip_prefix("Change "))?;
            let name = title.split_whitespace().next()?.to_owned();
            resolver.structured(&TypeRef { name, target: None, span: page.title.span })
        };
        let linked = || {
            page.summary.as_ref()?.pieces().find_map(|piece| {
                let Piece::Link(text, target) = piece else { return None };
                let name = text.to_owned();
                resolver.structured(&TypeRef { name, target: Some(target.value.clone()), span: target.span })
            })
        };
        let ty = sent.or_else(returned).or_else(listed).or_else(titled).or_else(linked)?;
        let properties = self.model.all_properties(ty);
        let rows = page.body.iter().flat_map(|body| &body.members);
        let is_property = |name: &str| properties.iter().any(|property| property.is_called(name));
        rows.into_iter().all(|row| is_property(&row.name.value)).then_some(ty)
    }

    /// The rows of methods tables that link to a page.
    pub(in crate::resolve) fn listed(&self, page: FileId) -> Option<&Listed> {
        let listed = &self.pages.get(*self.positions.get(&page)?)?.listed;
        (!listed.owners.is_empty()).then_some(listed)
    }

    /// The types whose methods tables link to a page.
    pub(super) fn owners(&self, page: FileId) -> impl Iterator<Item = TypeId> + '_ {
        self.listed(page).into_iter().flat_map(|listed| listed.owners.iter().copied())
    }
}
