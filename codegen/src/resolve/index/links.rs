//! Follows the links of pages to other pages and to the types that these describe.

use super::{Index, Meaning};
use crate::diagnostics::Diagnostic;
use crate::schema::{PageInfo, TypeRef, simple_name};
use crate::source::FileId;

impl Index<'_> {
    /// The file name of the page that describes a mentioned type, if there is just one such type.
    pub(in crate::resolve) fn file_of(&self, mention: &TypeRef) -> Option<&str> {
        let [Meaning::Structured(id)] = self.called(mention) else { return None };
        self.sources.file(self.types.get(id.0 as usize)?.merged.file).path.rsplit('/').next()
    }

    /// Returns true if the linked page has a title that names the mentioned type. Then the type
    /// counts as described, though with no properties.
    pub(in crate::resolve) fn is_titled(&self, mention: &TypeRef) -> bool {
        let Some(target) = &mention.target else { return false };
        let path = target.split('#').next().unwrap_or_default();
        let simple = simple_name(&mention.name);
        let title = self.page(path, mention.span.file).and_then(|page| self.titled.get(&page));
        title.is_some_and(|title| title.eq_ignore_ascii_case(simple))
    }

    /// Adds a note to the diagnostic if the link of a mention leads to no page.
    pub(in crate::resolve) fn note_absent(&self, problem: Diagnostic, mention: &TypeRef) -> Diagnostic {
        match mention.target.as_deref().and_then(|target| self.absent(target, mention.span.file)) {
            Some(path) => problem.absent(path),
            None => problem,
        }
    }

    /// The path of a link to a page that is not among the inputs. Other sites, and addresses from
    /// the root of the site, are not looked at.
    pub(in crate::resolve) fn absent<'t>(&self, target: &'t str, from: FileId) -> Option<&'t str> {
        let path = target.split(['#', '?']).next()?;
        let is_file = path.to_ascii_lowercase().ends_with(".md") && !path.starts_with('/');
        // `/graph/api/resources/lamp` is the address of `resources/lamp.md` on its site.
        let is_page = !path.contains("://") && (is_file || path.starts_with('/') && path.contains("/resources/"));
        (is_page && self.page(path, from).is_none()).then_some(path)
    }

    /// The type that the target page of a link describes: the one with the link's name, or the only
    /// one of the page.
    pub(in crate::resolve) fn through_link(&self, target: &str, simple: &str, from: FileId) -> Option<Meaning> {
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let file = self.page(path, from)?;
        let on_page = self.by_page.get(&file)?;
        let is_called = |meaning: &&Meaning, wanted: &str| {
            self.names.get(*meaning).is_some_and(|name| name.name.eq_ignore_ascii_case(wanted))
        };
        if let Some(found) = on_page.iter().find(|meaning| is_called(meaning, simple)) {
            return Some(*found);
        }
        let anchored = anchor.trim_end_matches("-values").trim_end_matches("-enum").trim_end_matches("-enumeration");
        if !anchored.is_empty()
            && let Some(found) = on_page.iter().find(|meaning| is_called(meaning, anchored))
        {
            return Some(*found);
        }
        let mut structured = on_page.iter().filter(|meaning| matches!(meaning, Meaning::Structured(_)));
        match (structured.next(), structured.next(), on_page.as_slice()) {
            (Some(only), None, _) if anchor.is_empty() => Some(*only),
            (None, None, [only]) if anchor.is_empty() => Some(*only),
            _ => None,
        }
    }

    /// The page at the path of a link on another page.
    pub(in crate::resolve) fn page(&self, path: &str, from: FileId) -> Option<FileId> {
        if path.is_empty() {
            return Some(from);
        }
        let path = path.split('?').next().unwrap_or_default();
        let file_name = path.rsplit('/').next()?.to_ascii_lowercase();
        let has_extension = file_name.ends_with(".md");
        let file_name = if has_extension { file_name } else { format!("{file_name}.md") };
        let called_so = self.by_file_name.get(&file_name).map_or(&[][..], Vec::as_slice);
        // Of the only page with the file name, neither the case nor the folder matters.
        if let ([only], true) = (called_so, has_extension) {
            return Some(*only);
        }
        let joined = joined(&self.sources.file(from).path, path);
        self.sources.find(&joined).or(match called_so {
            [only] => Some(*only),
            several => several.iter().copied().find(|file| self.sources.file(*file).path.eq_ignore_ascii_case(&joined)),
        })
    }
}

/// The name of the type in a page's title: `x resource type`.
pub(super) fn titled(page: &PageInfo) -> Option<(FileId, String)> {
    let title = page.title.as_ref()?.value.to_ascii_lowercase();
    let (name, rest) = title.split_once(' ')?;
    let says_type = ["resource", "complex type", "entity type"].iter().any(|word| rest.starts_with(word));
    says_type.then(|| (page.file, name.to_owned()))
}

/// Resolves a path relative to the folder of a page.
pub(in crate::resolve) fn joined(page: &str, path: &str) -> String {
    let folder = page.rfind('/').map_or("", |end| &page[..end]);
    let mut joined = String::with_capacity(page.len() + path.len());
    joined.push_str(folder);
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => joined.truncate(joined.rfind('/').unwrap_or_default()),
            part => {
                if !joined.is_empty() || page.starts_with('/') {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
    }
    joined
}
