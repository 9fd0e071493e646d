//! Resolves the targets of links in descriptions, and lists the reference pages of the model.
//!
//! A link to a page that describes a type refers to the type, unless it points to a part of the
//! page. A link to another page of the reference, or of the web site that contains it, refers to
//! the page's web address. A link with a complete address refers to that. All other links have no
//! target, and only their text is kept.

use crate::hashing::HashSet;

use super::index::{Index, Meaning, joined};
use crate::model::{Link, LinkedType, Model, ReferencePage, TypeId};
use crate::parallel;
use crate::schema::{PageKind, Schema, simple_name};
use crate::service::Service;
use crate::source::{FileId, SourceMap};

/// Resolves all links of a model, and enters its pages.
pub(super) fn settle(model: &mut Model, schema: &Schema, index: &Index<'_>, sources: &SourceMap) {
    let pages = parallel::map(&schema.pages, |page| {
        let path = &sources.file(page.file).path;
        let file_name = path.rsplit('/').next().unwrap_or(path);
        let title = page.title.as_ref().map(|title| title.value.as_str()).filter(|title| !title.is_empty());
        let title = title.unwrap_or(file_name).to_owned();
        (page.file, ReferencePage { title, address: model.service.page(path) })
    });
    model.pages.extend(pages);
    let operations = schema.pages.iter().filter(|page| page.kind == PageKind::Operation);
    let operations: HashSet<FileId> = operations.map(|page| page.file).collect();
    let service = model.service.clone();
    let links = Links { service: &service, index, sources, operations };
    let mut descriptions = model.descriptions_mut();
    parallel::each(&mut descriptions, |description| {
        description.linked_texts().for_each(|(text, link)| links.resolve(text, link));
    });
    for position in 0..model.types.len() {
        let id = TypeId(position as u32);
        let entry = index.entry(id);
        let base = model.types[position].base.map(Meaning::Structured);
        let ty = &mut model.types[position];
        ty.base_span = ty.description.as_ref().and_then(|description| {
            let claims = entry.merged.bases.iter().map(|claim| &claim.base);
            let mut told = claims.filter(|claim| description.covers(claim.span));
            told.find(|claim| base.is_some() && index.resolve(claim, &entry.name.namespace) == base)
                .map(|claim| claim.span)
        });
    }
}

struct Links<'l, 'a> {
    service: &'l Service,
    index: &'l Index<'a>,
    sources: &'l SourceMap,
    /// The pages of operations, which may show types that they do not describe.
    operations: HashSet<FileId>,
}

impl Links<'_, '_> {
    fn resolve(&self, text: &str, link: &mut Link) {
        let (target, page) = (link.written.value.trim(), link.written.span.file);
        if let Some((scheme, _)) = target.split_once(':').filter(|(scheme, _)| !scheme.contains(['/', '#', '?'])) {
            let known = ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
            link.address = known.then(|| target.to_owned());
            return;
        }
        let (path, part) = target.split_once('#').map_or((target, None), |(path, part)| (path, Some(part)));
        let with_part = |address: String| match part {
            Some(part) => format!("{address}#{part}"),
            None => address,
        };
        if path.starts_with('/') {
            let site = self.service.site.as_deref();
            link.address = site.map(|site| {
                let site = site.trim_end_matches('/');
                with_part(format!("{site}{}", path.trim_end_matches(".md")))
            });
            return;
        }
        let text = simple_name(text.trim_matches(['`', '*', '"'])).to_ascii_lowercase();
        let leads_to_operation = self.index.page(path, page).is_some_and(|file| self.operations.contains(&file));
        if !leads_to_operation {
            link.ty = self.index.through_link(target, &text, page).map(|meaning| match meaning {
                Meaning::Structured(id) => LinkedType::Structured(id),
                Meaning::Enum(id) => LinkedType::Enum(id),
            });
        }
        let here = &self.sources.file(page).path;
        let path = path.split('?').next().unwrap_or_default();
        let path = if path.is_empty() { here.clone() } else { joined(here, path) };
        let file_name = path.rsplit('/').next().unwrap_or_default();
        let is_page = file_name.ends_with(".md") || !file_name.contains('.');
        link.address = self.service.page(&path).filter(|_| is_page).map(with_part);
    }
}
