//! The methods of a type → associated functions that make request values.
//!
//! A path is one chain of calls; what does not fit in a chain's line gets a `let` of its own before it. Tokens laid out by prettyplease took
//! 0.2 ms a method, three times what all the rest of a type takes.

use super::doc::{self, Doc};
use super::text::{SHORT, Text, WIDTH, literal, width};
use super::types::Scope;
use crate::model::{Argument, ArgumentValue, HttpMethod, Method, Parameter, Part, Response, Segment, StructuredType};
use crate::source::SourceMap;

/// The parameters that clippy allows a function.
const MANY: usize = 7;

/// Behind a longer type rustfmt puts the brace on a line of its own.
const LONG_ANSWER: usize = 68;

/// The `impl` with the functions; nothing for a type without methods.
pub(crate) fn emit(out: &mut Text, scope: &Scope<'_>, sources: &SourceMap, ty: &StructuredType) {
    if ty.methods.is_empty() {
        return;
    }
    out.push("\n");
    out.line(0, &format!("impl {} {{", ty.rust.name));
    for (index, method) in ty.methods.iter().enumerate() {
        if index > 0 {
            out.push("\n");
        }
        function(out, scope, sources, method);
    }
    out.line(0, "}");
}

fn function(out: &mut Text, scope: &Scope<'_>, sources: &SourceMap, method: &Method) {
    method_doc(sources, method).write(out, 1, "///");
    for lint in allowed(method) {
        out.line(1, &format!("#[allow(clippy::{lint})]"));
    }
    out.line(1, super::wire::INLINE);
    let path = Path::of(method);
    let answer = answer(scope, &method.response);
    let write = |out: &mut Text| {
        signature(out, method, &answer);
        path.write(out);
        out.line(2, &format!("rt::OldRequest::new(rt::Method::{}, path)", variant(method.http)));
        out.line(1, "}");
    };
    if path.regular && width(&answer) <= LONG_ANSWER {
        out.item(1, write);
    } else {
        out.line(1, "#[rustfmt::skip]");
        write(out);
    }
}

fn signature(out: &mut Text, method: &Method, answer: &str) {
    let name = &method.rust_name;
    let parameters: Vec<String> =
        method.parameters.iter().map(|parameter| format!("{}: &str", parameter.rust_name)).collect();
    let line = format!("pub fn {name}({}) -> rt::OldRequest<{answer}> {{", parameters.join(", "));
    if 4 + width(&line) <= WIDTH || parameters.is_empty() {
        out.line(1, &line);
        return;
    }
    out.line(1, &format!("pub fn {name}("));
    for parameter in parameters {
        out.line(2, &format!("{parameter},"));
    }
    out.line(1, &format!(") -> rt::OldRequest<{answer}> {{"));
}

/// What clippy would say against a function because of its name or its length.
fn allowed(method: &Method) -> Vec<&'static str> {
    let mut lints = Vec::new();
    if matches!((method.rust_name.as_str(), method.parameters.len()), ("default", 0) | ("from_iter" | "from_str", 1)) {
        lints.push("should_implement_trait");
    }
    if method.rust_name == "new" {
        lints.push("new_ret_no_self");
    }
    if method.parameters.len() > MANY {
        lints.push("too_many_arguments");
    }
    lints
}

fn variant(http: HttpMethod) -> &'static str {
    match http {
        HttpMethod::Get => "Get",
        HttpMethod::Post => "Post",
        HttpMethod::Put => "Put",
        HttpMethod::Patch => "Patch",
        HttpMethod::Delete => "Delete",
    }
}

pub(crate) fn answer(scope: &Scope<'_>, response: &Response) -> String {
    match response {
        Response::Nothing => "()".to_owned(),
        Response::One(ty) => scope.value(ty),
        Response::Many(ty) => format!("rt::Collection<{}>", scope.value(ty)),
        Response::Stream => format!("{}<u8>", scope.prelude("Vec")),
    }
}

/// The path as code.
struct Path<'a> {
    /// The parameters that no placeholder has taken yet.
    parameters: std::slice::Iter<'a, Parameter>,
    /// Arguments of functions, each list a `let`: its name, its items.
    lists: Vec<(String, Vec<String>)>,
    /// `.segment("users")`
    calls: Vec<String>,
    /// It stays within what `text` knows of rustfmt.
    regular: bool,
}

impl<'a> Path<'a> {
    fn of(method: &'a Method) -> Self {
        let mut path =
            Path { parameters: method.parameters.iter(), lists: Vec::new(), calls: Vec::new(), regular: true };
        for segment in &method.path {
            path.segment(segment, &method.parameters);
        }
        path
    }

    /// The value of the next placeholder. Where there are more of them than parameters, the braces stay, so that it shows.
    fn next(&mut self, placeholder: &str) -> String {
        match self.parameters.next() {
            Some(parameter) => parameter.rust_name.clone(),
            None => literal(&format!("{{{placeholder}}}")),
        }
    }

    fn call(&mut self, name: &str, arguments: &str) {
        self.regular &= width(arguments) <= SHORT;
        self.calls.push(format!(".{name}({arguments})"));
    }

    fn segment(&mut self, segment: &Segment, parameters: &[Parameter]) {
        match segment {
            Segment::Literal(text) => self.call("segment", &literal(text)),
            Segment::Key(placeholder) => {
                let key = self.next(placeholder);
                self.call("key", &key);
            }
            Segment::Mixed(parts) if parts.is_empty() => self.call("segment", "\"\""),
            Segment::Mixed(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|part| match part {
                        Part::Text(text) => literal(text),
                        Part::Placeholder(placeholder) => self.next(placeholder),
                    })
                    .collect();
                self.call("key", &format!("&[{}].concat()", parts.join(", ")));
            }
            Segment::Call { name, arguments } if arguments.is_empty() => {
                self.call("function", &format!("{}, &[]", literal(name)));
            }
            Segment::Call { name, arguments } => {
                let items = arguments.iter().map(|argument| self.argument(argument)).collect();
                let mut list = "arguments".to_owned();
                while parameters.iter().any(|parameter| parameter.rust_name == list)
                    || self.lists.iter().any(|(name, _)| *name == list)
                {
                    list.push('_');
                }
                self.call("function", &format!("{}, &{list}", literal(name)));
                self.lists.push((list, items));
            }
            Segment::ByPath { anchor, parameter, .. } => {
                match anchor.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
                    Some(placeholder) => {
                        let key = self.next(placeholder);
                        self.call("key", &key);
                    }
                    None => self.call("segment", &literal(anchor)),
                }
                let parameter = self.next(parameter);
                self.call("by_path", &parameter);
            }
        }
    }

    fn argument(&mut self, argument: &Argument) -> String {
        let value = match &argument.value {
            ArgumentValue::Placeholder { name, quoted } => {
                format!("rt::Literal::{}({})", if *quoted { "string" } else { "bare" }, self.next(name))
            }
            ArgumentValue::EnumLiteral { type_name, name } => {
                let open = literal(&format!("{type_name}'"));
                let value = format!("[{open}, {}, \"'\"].concat()", self.next(name));
                self.regular &= width(&value) <= SHORT;
                format!("rt::Literal::bare({value})")
            }
            ArgumentValue::Fixed(text) => match text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
                Some(text) => format!("rt::Literal::string({})", literal(&text.replace("''", "'"))),
                None => format!("rt::Literal::bare({})", literal(text)),
            },
        };
        let pair = format!("{}, {value}", literal(&argument.name));
        self.regular &= width(&pair) <= SHORT;
        format!("({pair})")
    }

    fn write(&self, out: &mut Text) {
        for (name, items) in &self.lists {
            let line = format!("let {name} = [{}];", items.join(", "));
            let inner = line.len() - name.len() - "let  = [];".len();
            if (inner <= SHORT || items.len() == 1) && 8 + width(&line) <= WIDTH {
                out.line(2, &line);
            } else {
                out.line(2, &format!("let {name} = ["));
                for item in items {
                    out.line(3, &format!("{item},"));
                }
                out.line(2, "];");
            }
        }
        const START: &str = "rt::Path::new()";
        let chain = format!("{START}{}", self.calls.concat());
        let one_line = 8 + "let path = ;".len() + width(&chain) <= WIDTH;
        if one_line && (self.calls.len() <= 1 || width(&chain) <= SHORT) {
            out.line(2, &format!("let path = {chain};"));
        } else {
            out.line(2, &format!("let path = {START}"));
            for (index, call) in self.calls.iter().enumerate() {
                let end = if index + 1 == self.calls.len() { ";" } else { "" };
                out.line(3, &format!("{call}{end}"));
            }
        }
    }
}

fn method_doc(sources: &SourceMap, method: &Method) -> Doc {
    let mut doc = Doc::default();
    let described = method.description.as_ref().is_some_and(|text| doc.markdown(text));
    if !described && !doc.markdown(&method.title) {
        doc.text("A request.");
    }
    doc.text(&doc::code(&template(method)));
    doc.text(&doc::page(&sources.file(method.page).path));
    doc
}

/// `GET /users/{id}`
pub(crate) fn template(method: &Method) -> String {
    let path: String = method.path.iter().map(|segment| format!("/{segment}")).collect();
    format!("{} {path}", method.http.name())
}
