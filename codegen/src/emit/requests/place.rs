//! Segments of a path, and their placeholders → the calls that lead to a place.

use super::super::text::{SHORT, Text, WIDTH, literal, width};
use super::super::types::Scope;
use crate::model::requests::{Parameter, ParameterType};
use crate::model::{Argument, ArgumentValue, Part, Segment};

/// How a parameter of a function is declared.
pub(super) fn declaration(scope: &Scope<'_>, parameter: &Parameter) -> String {
    let ty = match parameter.rust_type {
        ParameterType::Bool => "bool".to_owned(),
        ParameterType::I32 => "i32".to_owned(),
        ParameterType::I64 => "i64".to_owned(),
        ParameterType::F64 => "f64".to_owned(),
        ParameterType::Enum => format!("&{}", scope.value(&parameter.ty)),
        ParameterType::Text => "&str".to_owned(),
    };
    format!("{}: {ty}", parameter.rust_name)
}

/// Whether a parameter is passed by value, and printed as it is.
fn is_plain(parameter: &Parameter) -> bool {
    !matches!(parameter.rust_type, ParameterType::Enum | ParameterType::Text)
}

/// The parameters of a function, in the order of the placeholders that take them.
pub(super) struct Parameters<'a> {
    all: &'a [Parameter],
    taken: usize,
    /// The names of variables for lists of arguments.
    lists: std::slice::Iter<'a, String>,
}

impl<'a> Parameters<'a> {
    pub(super) fn new(all: &'a [Parameter], lists: &'a [String]) -> Self {
        Parameters { all, taken: 0, lists: lists.iter() }
    }

    fn next(&mut self) -> Option<&'a Parameter> {
        let next = self.all.get(self.taken);
        self.taken += 1;
        next
    }

    /// The value of the next placeholder, as a `&str`. Where there are more of them than parameters, the braces stay, so that it shows.
    pub(super) fn text(&mut self, placeholder: &str) -> String {
        let Some(parameter) = self.next() else { return literal(&format!("{{{placeholder}}}")) };
        let name = &parameter.rust_name;
        match parameter.rust_type {
            ParameterType::Enum => format!("rt::OpenEnum::as_str({name})"),
            ParameterType::Text => name.clone(),
            _ => format!("&{name}.to_string()"),
        }
    }

    /// The value of the next placeholder, as a literal of a URL.
    pub(super) fn literal(&mut self, placeholder: &str, quoted: bool) -> String {
        let plain = self.all.get(self.taken).is_some_and(is_plain);
        match (quoted, plain) {
            (false, true) => format!("rt::Literal::bare({})", self.name(placeholder)),
            (true, _) => format!("rt::Literal::string({})", self.text(placeholder)),
            (false, false) => format!("rt::Literal::bare({})", self.text(placeholder)),
        }
    }

    /// The value of the next placeholder, as something that can be displayed.
    pub(super) fn name(&mut self, placeholder: &str) -> String {
        match self.all.get(self.taken) {
            Some(parameter) if is_plain(parameter) => {
                self.taken += 1;
                parameter.rust_name.clone()
            }
            _ => self.text(placeholder),
        }
    }
}

/// A place below that of the builder, as code.
#[derive(Default)]
pub(super) struct Place {
    /// Arguments of functions, each list a `let`: its name, its items.
    lists: Vec<(String, Vec<String>)>,
    /// `.segment("users")`
    calls: Vec<String>,
    /// It goes beyond what `text` knows of rustfmt.
    pub(super) irregular: bool,
}

impl Place {
    pub(super) fn of(segments: &[Segment], parameters: &mut Parameters<'_>) -> Self {
        let mut place = Place::default();
        for segment in segments {
            place.segment(segment, parameters);
        }
        place
    }

    /// A key between parentheses behind the segment before.
    pub(super) fn key_of(segment: &Segment, parameters: &mut Parameters<'_>) -> Self {
        let mut place = Place::default();
        match segment {
            Segment::Call { arguments, .. } => {
                let list = place.list(arguments, parameters);
                place.call("parentheses", &format!("&{list}"));
            }
            other => place.segment(other, parameters),
        }
        place
    }

    /// Whether it is the builder's own.
    pub(super) fn is_here(&self) -> bool {
        self.calls.is_empty()
    }

    /// `self.0.segment("users")`
    pub(super) fn chain(&self) -> String {
        if self.calls.is_empty() { "self.0.clone()".to_owned() } else { format!("self.0{}", self.calls.concat()) }
    }

    /// The lists that the chain refers to.
    pub(super) fn write_lists(&self, out: &mut Text) {
        for (name, items) in &self.lists {
            let line = format!("let {name} = [{}];", items.join(", "));
            let inner = width(&line) - width(name) - "let  = [];".len();
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
    }

    fn call(&mut self, name: &str, arguments: &str) {
        self.calls.push(format!(".{name}({arguments})"));
    }

    fn segment(&mut self, segment: &Segment, parameters: &mut Parameters<'_>) {
        match segment {
            Segment::Literal(text) => self.call("segment", &literal(text)),
            Segment::Key(placeholder) => {
                let key = parameters.text(placeholder);
                self.call("key", &key);
            }
            Segment::Mixed(parts) if parts.is_empty() => self.call("segment", "\"\""),
            Segment::Mixed(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|part| match part {
                        Part::Text(text) => literal(text),
                        Part::Placeholder(placeholder) => parameters.text(placeholder),
                    })
                    .collect();
                self.call("key", &format!("&[{}].concat()", parts.join(", ")));
            }
            Segment::Call { name, arguments } if arguments.is_empty() => {
                self.call("function", &format!("{}, &[]", literal(name)));
            }
            Segment::Call { name, arguments } => {
                let list = self.list(arguments, parameters);
                self.call("function", &format!("{}, &{list}", literal(name)));
            }
            Segment::ByPath { anchor, parameter, .. } => {
                match anchor.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
                    _ if anchor.is_empty() => {}
                    Some(placeholder) => {
                        let key = parameters.text(placeholder);
                        self.call("key", &key);
                    }
                    None => self.call("segment", &literal(anchor)),
                }
                let path = parameters.text(parameter);
                self.call("by_path", &path);
            }
        }
    }

    /// The name of a list of arguments.
    fn list(&mut self, arguments: &[Argument], parameters: &mut Parameters<'_>) -> String {
        let items = arguments.iter().map(|argument| self.argument(argument, parameters)).collect();
        let name = parameters.lists.next().cloned().unwrap_or_default();
        self.lists.push((name.clone(), items));
        name
    }

    fn argument(&mut self, argument: &Argument, parameters: &mut Parameters<'_>) -> String {
        let value = match &argument.value {
            ArgumentValue::Placeholder { name, quoted } => parameters.literal(name, *quoted),
            ArgumentValue::EnumLiteral { type_name, name } => {
                format!("rt::Literal::member({}, {})", literal(type_name), parameters.text(name))
            }
            ArgumentValue::Fixed(text) => match text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
                Some(text) => format!("rt::Literal::string({})", literal(&text.replace("''", "'"))),
                None => format!("rt::Literal::bare({})", literal(text)),
            },
        };
        let pair = format!("{}, {value}", literal(&argument.name));
        self.irregular |= width(&pair) > SHORT;
        format!("({pair})")
    }
}
