//! Reads CSDL XML into [`Element`]s.

use roxmltree::{Document, Node};

use super::Fault;
use super::element::Element;
use crate::source::{At, FileId, Span};

/// Parses a document that begins at `start` in its file.
pub(super) fn parse(file: FileId, start: usize, text: &str) -> Result<Element, Fault> {
    let document = Document::parse(text).map_err(|error| {
        let at = offset(text, error.pos()) + start;
        if matches!(error, roxmltree::Error::DtdDetected) {
            let message = "this is no metadata, which has no `<!DOCTYPE`; is it the page of a sign-in?";
            return Fault::new(Span::new(file, at..at), message);
        }
        // The parser's message ends in the place, which our message begins with.
        let message = error.to_string();
        let message = message.rsplit_once(" at ").map_or(message.as_str(), |(message, _)| message);
        Fault::new(Span::new(file, at..at), message)
    })?;
    let reader = Reader { file, start, text };
    let root = document.root_element();
    let mut edmx = reader.shell(&root);
    edmx.name = "Edmx".to_owned();
    match root.tag_name().name() {
        // A schema alone, as some tools write it.
        "Schema" => edmx.children.push(reader.element(&root)),
        "Edmx" => {
            for child in root.children().filter(Node::is_element) {
                match child.tag_name().name() {
                    "DataServices" => {
                        let schemas = child.children().filter(Node::is_element);
                        edmx.children.extend(schemas.map(|schema| reader.element(&schema)));
                    }
                    _ => edmx.children.push(reader.element(&child)),
                }
            }
        }
        _ => {}
    }
    let is_old = edmx.attribute("Version").is_some_and(|version| version.value == "1.0");
    if edmx.children_named("Schema").next().is_none() && !is_old {
        return Err(Fault::new(edmx.span, "this is no CSDL document: `edmx:Edmx` with a `Schema` was expected"));
    }
    Ok(edmx)
}

/// The byte offset of the parser's line and column.
fn offset(text: &str, at: roxmltree::TextPos) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(at.row as usize - 1).map(str::len).sum();
    let line = text.get(line_start..).unwrap_or_default();
    line_start + line.char_indices().nth(at.col as usize - 1).map_or(line.len(), |(offset, _)| offset)
}

struct Reader<'t> {
    file: FileId,
    start: usize,
    text: &'t str,
}

impl Reader<'_> {
    /// Reads an element with everything inside it. The parser limits the depth of documents.
    fn element(&self, node: &Node<'_, '_>) -> Element {
        let mut element = self.shell(node);
        element.children = node.children().filter(Node::is_element).map(|child| self.element(&child)).collect();
        element.text = node.text().unwrap_or_default().trim().to_owned();
        element
    }

    /// Reads an element without its children. XML namespaces are ignored, because they differ
    /// between versions of CSDL and nothing else does here.
    fn shell(&self, node: &Node<'_, '_>) -> Element {
        let range = node.range();
        let tag = self.text[range.clone()].find('>').map_or(range.end, |end| range.start + end + 1);
        let mut element = Element::new(node.tag_name().name(), self.span(range.start..tag));
        for attribute in node.attributes() {
            let value = At::new(attribute.value().to_owned(), self.span(attribute.range_value()));
            element.attributes.push((attribute.name().to_owned(), value));
        }
        element
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start + self.start..range.end + self.start)
    }
}
