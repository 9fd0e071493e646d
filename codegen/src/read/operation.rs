//! Reads API pages into [`DocumentedOperation`]s.
//!
//! A page is split into parts by its headings, and each part has its own reader. A section below
//! another one belongs to it, unless its own heading is known. Everything below "Example" is
//! example.

mod body;
mod calls;
mod example;
mod message;
mod parameters;
mod permissions;
mod prose_response;
mod requests;
mod response;
mod segment;
mod shown;
mod status;
mod template;
#[cfg(test)]
mod tests;
mod verbs;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::{is_slip, nearest, read_as};
use crate::page::{Block, Fence, Heading, Page, Section, Table, Text};
use crate::read::facts::deprecation::{self, Subject};
use crate::read::front_matter::{self, Key};
use crate::read::sections::heading_misspelt;
use crate::read::{copied, prose};
use crate::schema::DocumentedOperation;
use crate::schema::operation::{Argument, ArgumentValue, Example, Parameter, ParameterPlace, Request, Segment};
use crate::source::{At, Span};
use crate::vocabulary::Topic;

/// Reads an API page. `None` if the page has no heading.
pub(crate) fn read(page: &Page<'_>, diagnostics: &mut Diagnostics) -> Option<DocumentedOperation> {
    let parts = parts(page, diagnostics);
    let Some(title) = title(page) else {
        diagnostics.push(
            Diagnostic::new(Code::NothingDescribed, Span::start_of(page.file), "the API page has no heading")
                .help("begin it with a heading that names the operation: `# List messages`"),
        );
        return None;
    };
    let summary = parts
        .iter()
        .filter(|part| part.kind == PartKind::Introduction)
        .find_map(|part| prose::first_paragraph(&part.section.blocks))
        .and_then(prose::described);
    let introduction = parts.iter().filter(|part| part.kind == PartKind::Introduction);
    let deprecation = deprecation::of_page(
        introduction.flat_map(|part| &part.section.blocks),
        Some((&title.value, title.span)),
        Subject::Operation,
    );
    let examples = example::read(&parts, requests::method(&parts), diagnostics);
    let told = verbs::told(&title.value, &examples);
    let mut requests = requests::read(&parts, &title, told, diagnostics);
    let mut parameters = parameters::read(&parts, diagnostics);
    generalise(&mut requests, &parameters);
    mend_arguments(&mut requests, &parameters, &examples, diagnostics);
    let body = calls::complete(&mut requests, &mut parameters, body::read(&parts, diagnostics));
    let rows = parameters.iter().chain(body.iter().flat_map(|body| &body.members));
    copied::report(rows.map(|row| (&row.name, row.description.as_ref())), diagnostics);
    verbs::mend(&title, &mut requests, &examples, diagnostics);
    let responses = response::read(&parts, &title.value, &requests, &examples, diagnostics);
    status::check_texts(&parts, diagnostics);
    let shown = shown::read(&requests, &parameters, &examples);
    requests.extend(shown);
    Some(DocumentedOperation {
        file: page.file,
        query_options: parameters::query_options(&parts),
        headers: parameters::headers(&parts, diagnostics),
        body,
        permissions: permissions::read(&parts, diagnostics),
        title,
        summary,
        deprecation,
        requests,
        parameters,
        responses,
        examples,
    })
}

/// The first heading, or the title in the front matter.
fn title(page: &Page<'_>) -> Option<At<String>> {
    page.sections
        .iter()
        .filter_map(|section| section.heading.as_ref())
        .find(|heading| heading.level == 1 && !heading.text.is_empty())
        .map(|heading| At::new(heading.text.plain().into_owned(), heading.text.span))
        .or_else(|| front_matter::value(page, Key::Title).cloned())
}

/// A section of an API page, and its kind.
struct Part<'p, 'a> {
    kind: PartKind,
    section: &'p Section<'a>,
}

/// The kind of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PartKind {
    Introduction,
    Permissions,
    Request,
    Parameters(ParameterPlace),
    Headers,
    Body,
    Response,
    Example,
    Other,
}

impl<'p, 'a> Part<'p, 'a> {
    fn heading(&self) -> Option<&'p Text<'a>> {
        self.section.heading.as_ref().map(|heading| &heading.text)
    }

    /// The tables of the section. Those within notes count where there are no others.
    fn tables(&self) -> Vec<&'p Table<'a>> {
        let table = |block: &'p Block<'a>| match block {
            Block::Table(table) => Some(table),
            _ => None,
        };
        let blocks = &self.section.blocks;
        let mut found: Vec<_> = blocks.iter().filter_map(table).collect();
        if found.is_empty() && matches!(self.kind, PartKind::Body | PartKind::Parameters(_)) {
            for block in blocks {
                if let Block::Quote(quoted) = block {
                    found.extend(quoted.iter().filter_map(table));
                }
            }
        }
        found
    }

    fn fences(&self) -> Vec<&'p Fence<'a>> {
        let fence = |block: &'p Block<'a>| match block {
            Block::Fence(fence) => Some(fence),
            _ => None,
        };
        self.section.blocks.iter().filter_map(fence).collect()
    }

    /// Paragraphs and list items.
    fn texts(&self) -> Vec<&'p Text<'a>> {
        let mut found = Vec::new();
        for block in &self.section.blocks {
            match block {
                Block::Paragraph(text) => found.push(text),
                Block::List(items) => found.extend(items),
                _ => {}
            }
        }
        found
    }
}

/// The paragraphs and list items of all sections of a kind.
fn texts<'p, 'a>(parts: &[Part<'p, 'a>], kind: PartKind) -> Vec<&'p Text<'a>> {
    let mut found = Vec::new();
    for part in parts.iter().filter(|part| part.kind == kind) {
        found.append(&mut part.texts());
    }
    found
}

fn parts<'p, 'a>(page: &'p Page<'a>, diagnostics: &mut Diagnostics) -> Vec<Part<'p, 'a>> {
    let mut parts = Vec::new();
    // The headings that enclose the current section, the nearest last.
    let mut above: Vec<(u8, PartKind)> = Vec::new();
    for section in &page.sections {
        let kind = match &section.heading {
            None => PartKind::Introduction,
            Some(heading) => {
                while above.last().is_some_and(|(level, _)| *level >= heading.level) {
                    above.pop();
                }
                let parent = above.last().map_or(PartKind::Other, |(_, kind)| *kind);
                let kind = if heading.level == 1 {
                    PartKind::Introduction
                } else if parent == PartKind::Example {
                    PartKind::Example
                } else {
                    match kind(&heading.text.plain()).or_else(|| nearly(heading, diagnostics)) {
                        Some(kind) => kind,
                        None if parent == PartKind::Introduction => PartKind::Other,
                        None => parent,
                    }
                };
                above.push((heading.level, kind));
                kind
            }
        };
        parts.push(Part { kind, section });
    }
    parts
}

/// The kind of a section, by its heading.
fn kind(heading: &str) -> Option<PartKind> {
    of_topic(Topic::on_api_page(heading)?)
}

/// The kind of a section whose heading is misspelt.
fn nearly(heading: &Heading<'_>, diagnostics: &mut Diagnostics) -> Option<PartKind> {
    let topic = Topic::nearly_on_api_page(&heading.text.plain())?;
    diagnostics.push(heading_misspelt(heading, topic));
    of_topic(topic)
}

fn of_topic(topic: Topic) -> Option<PartKind> {
    Some(match topic {
        Topic::Permissions => PartKind::Permissions,
        Topic::HttpRequest => PartKind::Request,
        Topic::QueryParameters => PartKind::Parameters(ParameterPlace::Query),
        Topic::PathParameters => PartKind::Parameters(ParameterPlace::Path),
        Topic::FunctionParameters => PartKind::Parameters(ParameterPlace::Function),
        Topic::Headers => PartKind::Headers,
        Topic::RequestBody => PartKind::Body,
        Topic::Response => PartKind::Response,
        Topic::Example => PartKind::Example,
        Topic::Errors | Topic::Aside => PartKind::Other,
        Topic::Methods | Topic::Properties | Topic::Relationships | Topic::Members | Topic::DerivedTypes => {
            return None;
        }
    })
}

/// Corrects the name of an argument that the table of parameters spells otherwise, unless an
/// example has it.
fn mend_arguments(
    requests: &mut [Request],
    parameters: &[Parameter],
    examples: &[Example],
    diagnostics: &mut Diagnostics,
) {
    let shows = |name: &str| {
        let mut urls = examples.iter().filter_map(|example| Some(&example.request.as_ref()?.url.value));
        urls.any(|url| url.contains(&format!("{name}=")))
    };
    let of_functions = parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Function);
    let names: Vec<&At<String>> = of_functions.map(|parameter| &parameter.name).collect();
    for request in requests {
        for segment in &mut request.path {
            let Segment::Call { arguments, .. } = segment else { continue };
            name_arguments(arguments, &names, request.span, diagnostics);
            let is_known = |name: &str| names.iter().any(|known| known.value.eq_ignore_ascii_case(name));
            let free: Vec<&&At<String>> = names
                .iter()
                .filter(|name| !arguments.iter().any(|argument| argument.name.eq_ignore_ascii_case(&name.value)))
                .collect();
            for argument in arguments.iter_mut().filter(|argument| !is_known(&argument.name) && !shows(&argument.name))
            {
                let is_meant = |name: &str| match free.as_slice() {
                    [_] => nearest(&argument.name, std::iter::once(name.to_owned())).is_some(),
                    _ => is_slip(&argument.name, name),
                };
                let Some(meant) = free.iter().find(|name| is_meant(&name.value)) else { continue };
                diagnostics.push(
                    Diagnostic::new(
                        Code::RequestMalformed,
                        request.span,
                        format!("the argument `{}` is in no table of parameters", argument.name),
                    )
                    .label(read_as(&meant.value))
                    .also(meant.span, "the parameter")
                    .help("use one name in both places"),
                );
                argument.name.clone_from(&meant.value);
            }
        }
    }
}

/// Names an argument of which only the value stands among arguments with names, if the table of
/// parameters has the value's name: `near(colour='{colour}',{distance})`.
fn name_arguments(arguments: &mut [Argument], known: &[&At<String>], line: Span, diagnostics: &mut Diagnostics) {
    if arguments.iter().all(|argument| argument.name.is_empty()) {
        return;
    }
    for argument in arguments.iter_mut().filter(|argument| argument.name.is_empty()) {
        let ArgumentValue::Placeholder { name, .. } = &argument.value else { continue };
        let Some(meant) = known.iter().find(|known| known.value.eq_ignore_ascii_case(name)) else { continue };
        diagnostics.push(
            Diagnostic::new(Code::RequestMalformed, line, format!("the argument `{name}` has no name or no value"))
                .label(format!("read as `{}={{{name}}}`", meant.value))
                .also(meant.span, "the parameter")
                .help("write the name and the value of each argument"),
        );
        argument.name.clone_from(&meant.value);
    }
}

/// Turns a fixed argument into a placeholder if a parameters table lists it: `image(width=640)`
/// takes any width.
fn generalise(requests: &mut [Request], parameters: &[Parameter]) {
    let is_parameter = |name: &str| parameters.iter().any(|parameter| parameter.name.value.eq_ignore_ascii_case(name));
    for segment in requests.iter_mut().flat_map(|request| &mut request.path) {
        let Segment::Call { arguments, .. } = segment else {
            continue;
        };
        for Argument { name, value } in arguments {
            if let ArgumentValue::Fixed(text) = value
                && is_parameter(name)
            {
                *value = ArgumentValue::Placeholder { name: name.clone(), quoted: text.starts_with('\'') };
            }
        }
    }
}
