//! Finds requests that only the examples of a page show: one of its request templates with
//! something appended that the section "HTTP request" does not list.
//!
//! This can be `$count`, a type cast (`/members/microsoft.graph.user`), both of them, `$value`, a
//! placeholder at the end, or arguments of the last segment (`delta(token='…')`). Also, a URL
//! without a host is a template of its own if it ends like a template of that section. Any other
//! URL of an example that fits no template is a request of another page, or a mistake.

use super::template;
use crate::path_template::{self, Token};
use crate::schema::operation::{
    Argument, ArgumentValue, Example, ExampleRequest, Parameter, ParameterPlace, Request, Segment,
};
use crate::schema::simple_name;

/// The requests of examples that are not among `requests`, in order. `parameters` are those that
/// the page's tables describe.
pub(super) fn read(requests: &[Request], parameters: &[Parameter], examples: &[Example]) -> Vec<Request> {
    let mut found: Vec<Request> = Vec::new();
    for example in examples.iter().filter_map(|example| example.request.as_ref()) {
        let text = example.url.value.split(['?', '#']).next().unwrap_or_default();
        let Ok(line) = template::parse_url(text, example.method, "stands before the URL") else { continue };
        let url = Url::new(&line.path);
        let of_method = || requests.iter().chain(&found).filter(|request| request.method == example.method);
        if of_method().any(|request| url.fits(&request.path)) {
            continue;
        }
        let path = requests.iter().filter(|request| request.method == example.method).find_map(|request| {
            let elsewhere = || text.starts_with('/').then(|| elsewhere(&request.path, &url)).flatten();
            let item = || text.ends_with('}').then(|| item(&request.path, &url)).flatten();
            longer(&request.path, &url)
                .or_else(|| with_arguments(&request.path, &url, parameters))
                .or_else(item)
                .or_else(elsewhere)
        });
        found.extend(path.map(|path| request(example, path)));
    }
    found
}

/// The path of an example.
struct Url<'s> {
    segments: &'s [Segment],
    tokens: Vec<Token>,
    /// For each segment, the number of tokens up to its end.
    ends: Vec<usize>,
}

impl<'s> Url<'s> {
    fn new(segments: &'s [Segment]) -> Self {
        let (mut tokens, mut ends) = (Vec::new(), Vec::new());
        for segment in segments {
            tokens.extend(path_template::tokens(&segment.to_string()).into_iter().map(|(token, _)| token));
            ends.push(tokens.len());
        }
        Url { segments, tokens, ends }
    }

    /// Returns true if the URL is one of a template.
    fn fits(&self, template: &[Segment]) -> bool {
        path_template::fits(template, &self.tokens, |_| false)
    }

    /// The segments behind the first ones, if these are a URL of a template.
    fn behind(&self, template: &[Segment], count: usize) -> Option<&'s [Segment]> {
        let (_, tail) = self.segments.split_at_checked(count)?;
        let end = count.checked_sub(1).map_or(0, |last| self.ends[last]);
        path_template::fits(template, &self.tokens[..end], |_| false).then_some(tail)
    }

    /// Returns true if its last segment is one of a template.
    fn ends_with(&self, template: &Segment) -> bool {
        let start = self.ends.len().checked_sub(2).map_or(0, |before| self.ends[before]);
        path_template::fits(std::slice::from_ref(template), &self.tokens[start..], |_| false)
    }
}

fn request(example: &ExampleRequest, path: Vec<Segment>) -> Request {
    Request { method: example.method, root: None, path, query: Vec::new(), span: example.url.span }
}

/// The template, with the segments that the URL appends to it.
fn longer(template: &[Segment], url: &Url<'_>) -> Option<Vec<Segment>> {
    let tail = url.behind(template, template.len())?;
    let is_known = match tail {
        [only] if is_value(only) => matches!(template.last(), Some(Segment::Key(_))),
        [only] => is_count(only) || is_cast(only),
        [cast, count] => is_cast(cast) && is_count(count),
        _ => false,
    };
    let ends = matches!(template.last(), Some(Segment::Literal(last)) if last.starts_with('$'));
    (is_known && !ends).then(|| [template, tail].concat())
}

/// The template, with the arguments in the last segment of the URL. An argument that neither the
/// template nor a table has is a mistake of the example, if a table describes others.
fn with_arguments(template: &[Segment], url: &Url<'_>, parameters: &[Parameter]) -> Option<Vec<Segment>> {
    let (last, before) = template.split_last()?;
    let Segment::Call { name: shown, arguments } = url.segments.last()? else { return None };
    let (Segment::Literal(name) | Segment::Call { name, .. }) = last else { return None };
    let are_named = !arguments.is_empty() && arguments.iter().all(|argument| !argument.name.is_empty());
    if !shown.eq_ignore_ascii_case(name) || !are_named {
        return None;
    }
    url.behind(before, url.segments.len() - 1)?;
    let mut described = parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Function).peekable();
    if described.peek().is_some() {
        let stated: &[Argument] = if let Segment::Call { arguments, .. } = last { arguments } else { &[] };
        let mut known = described.map(|parameter| &parameter.name.value).collect::<Vec<_>>();
        known.extend(stated.iter().map(|argument| &argument.name));
        if !arguments.iter().all(|argument| known.iter().any(|name| name.eq_ignore_ascii_case(&argument.name))) {
            return None;
        }
    }
    let open = |Argument { name, value }: &Argument| {
        let quoted = matches!(value, ArgumentValue::Fixed(text) if text.starts_with('\''))
            || matches!(value, ArgumentValue::Placeholder { quoted: true, .. });
        Argument { name: name.clone(), value: ArgumentValue::Placeholder { name: name.clone(), quoted } }
    };
    let call = Segment::Call { name: name.clone(), arguments: arguments.iter().map(open).collect() };
    Some([before, &[call]].concat())
}

/// The template, with the placeholder that the URL appends to it.
fn item(template: &[Segment], url: &Url<'_>) -> Option<Vec<Segment>> {
    let (Segment::Key(_), head) = url.segments.split_last()? else { return None };
    let is_set = matches!(template.last(), Some(Segment::Literal(last)) if !last.starts_with('$'));
    (is_set && url.behind(template, head.len()).is_some()).then(|| url.segments.to_vec())
}

/// The URL with the last segment of the template, if the URL ends in that segment after another
/// path.
fn elsewhere(template: &[Segment], url: &Url<'_>) -> Option<Vec<Segment>> {
    let ((last, _), (_, before)) = (template.split_last()?, url.segments.split_last()?);
    let is_end = !matches!(last, Segment::Key(_)) && url.ends_with(last);
    let is_template = before.iter().all(|segment| match segment {
        Segment::Literal(name) => !name.starts_with('$'),
        segment => matches!(segment, Segment::Key(_)),
    });
    (is_end && is_template).then(|| [before, std::slice::from_ref(last)].concat())
}

fn is_count(segment: &Segment) -> bool {
    matches!(segment, Segment::Literal(text) if text == "$count")
}

fn is_value(segment: &Segment) -> bool {
    matches!(segment, Segment::Literal(text) if text == "$value")
}

/// Returns true if a segment is a qualified name, which has dots like the name of a host.
fn is_cast(segment: &Segment) -> bool {
    let Segment::Literal(text) = segment else { return false };
    let last = simple_name(text);
    text.matches('.').count() > 1
        && !matches!(last, "com" | "org" | "net" | "gov" | "edu")
        && text.split('.').all(|part| {
            part.starts_with(|c: char| c.is_ascii_alphabetic()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::operation::{HttpMethod, Message};
    use crate::source::{At, FileId, Span};

    fn shown(templates: &[&str], urls: &[&str]) -> Vec<String> {
        let span = Span::start_of(FileId(0));
        let requests: Vec<Request> = templates
            .iter()
            .map(|template| {
                let line = template::parse(&format!("GET {template}")).unwrap_or_else(|flaw| panic!("{}", flaw.text));
                Request { method: HttpMethod::Get, root: None, path: line.path, query: line.query, span }
            })
            .collect();
        let example = |url: &&str| Example {
            title: None,
            request: Some(ExampleRequest {
                method: HttpMethod::Get,
                url: At::new((*url).to_owned(), span),
                message: Message::default(),
            }),
            response: None,
        };
        let examples: Vec<Example> = urls.iter().map(example).collect();
        let found = read(&requests, &[], &examples);
        found.iter().map(|request| request.path.iter().map(|segment| format!("/{segment}")).collect()).collect()
    }

    #[test]
    fn what_stands_behind_a_template() {
        for (template, url, request) in [
            ("/ships", "https://host/v1.0/ships/$count?$filter=x", "/ships/$count"),
            ("/ships/{id}/crew", "/ships/7/crew/fleet.model.cook", "/ships/{id}/crew/fleet.model.cook"),
            ("/ships/{id}/crew", "/ships/7/crew/fleet.model.cook/$count", "/ships/{id}/crew/fleet.model.cook/$count"),
            ("/ships/{id}/flag/{n}", "https://host/v1.0/ships/7/flag/1/$value", "/ships/{id}/flag/{n}/$value"),
            ("/ships", "https://host/v1.0/ships/{id}", "/ships/{id}"),
            ("/ships/{id}/crew", "/ports/{port}/crew", "/ports/{port}/crew"),
            ("/ships/near(port='{p}')", "/me/near(port='Oslo')", "/me/near(port='{p}')"),
            ("/ships/delta", "/ships/delta(token='1')", "/ships/delta(token='{token}')"),
            ("/ships/near(port='{p}')", "/ships/near(port='a',miles=3)", "/ships/near(port='{port}',miles={miles})"),
        ] {
            assert_eq!(shown(&[template], &[url, url]), [request], "{url}");
        }
    }

    #[test]
    fn other_urls_are_not_of_the_page() {
        for (template, url) in [
            ("/ships", "/ships"),
            ("/ships/{id}", "/ships/fleet.model.cook"),
            ("/ships", "/ships/7"),
            ("/ships", "/ports/$count"),
            ("/ships/{id}/crew", "https://host/v1.0/ports/{port}/crew"),
            ("/ships/{id}/crew", "/ports/{port}/cargo"),
            ("/ships", "/ships/$value"),
            ("/ships/$count", "/ships/$count/$count"),
            ("/sites", "/sites/www.example.com"),
            ("/ships/delta", "/ships/delta(1)"),
        ] {
            assert_eq!(shown(&[template], &[url]), [""; 0], "{url}");
        }
    }
}
