//! Segments of a path, and their placeholders → the calls that lead to a place.

use super::super::text::{SHORT, Text, WIDTH, literal, width};
use super::super::types::Scope;
use crate::model::requests::Parameter;
use crate::model::{Argument, ArgumentValue, Part, Segment, ValueType};
use crate::vocabulary::UrlForm;

/// How a parameter of a function is declared.
pub(super) fn declaration(scope: &Scope<'_>, parameter: &Parameter) -> String {
    format!("{}: {}", parameter.rust_name, Kind::of(scope, &parameter.ty).rust(scope, &parameter.ty))
}

/// What the type of a parameter is in Rust.
pub(in super::super) enum Kind {
    /// Passed by value, and printed as it is.
    Plain(&'static str),
    /// Passed by reference, and known by its name.
    Enum,
    /// `&str`: text, and whatever has the form of text in a URL.
    Text,
}

impl Kind {
    pub(in super::super) fn of(scope: &Scope<'_>, ty: &ValueType) -> Kind {
        match ty {
            ValueType::Primitive(primitive) => match primitive.url() {
                UrlForm::Plain { rust: "&str" } | UrlForm::Quoted | UrlForm::Prefixed(_) => Kind::Text,
                UrlForm::Plain { rust } => Kind::Plain(rust),
            },
            ValueType::Enum(id) if !scope.model.enumeration(*id).is_flags => Kind::Enum,
            _ => Kind::Text,
        }
    }

    fn rust(&self, scope: &Scope<'_>, ty: &ValueType) -> String {
        match self {
            Kind::Plain(name) => (*name).to_owned(),
            Kind::Enum => format!("&{}", scope.value(ty)),
            Kind::Text => "&str".to_owned(),
        }
    }
}

/// The parameters of a function, in the order of the placeholders that take them.
pub(super) struct Parameters<'a> {
    scope: &'a Scope<'a>,
    all: &'a [Parameter],
    taken: usize,
}

impl<'a> Parameters<'a> {
    pub(super) fn new(scope: &'a Scope<'a>, all: &'a [Parameter]) -> Self {
        Parameters { scope, all, taken: 0 }
    }

    /// A name for something else in the same function.
    pub(super) fn free_name(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        while self.all.iter().any(|parameter| parameter.rust_name == name) {
            name.push('_');
        }
        name
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
        match Kind::of(self.scope, &parameter.ty) {
            Kind::Plain(_) => format!("&{name}.to_string()"),
            Kind::Enum => format!("rt::OpenEnum::as_str({name})"),
            Kind::Text => name.clone(),
        }
    }

    /// The value of the next placeholder, as a literal of a URL.
    pub(super) fn literal(&mut self, placeholder: &str, quoted: bool) -> String {
        let plain = self
            .all
            .get(self.taken)
            .is_some_and(|parameter| matches!(Kind::of(self.scope, &parameter.ty), Kind::Plain(_)));
        match (quoted, plain) {
            (false, true) => format!("rt::Literal::bare({})", self.name(placeholder)),
            (true, _) => format!("rt::Literal::string({})", self.text(placeholder)),
            (false, false) => format!("rt::Literal::bare({})", self.text(placeholder)),
        }
    }

    /// The value of the next placeholder, as something that can be displayed.
    pub(super) fn name(&mut self, placeholder: &str) -> String {
        match self.all.get(self.taken) {
            Some(parameter) if matches!(Kind::of(self.scope, &parameter.ty), Kind::Plain(_)) => {
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
        let mut name = parameters.free_name("arguments");
        while self.lists.iter().any(|(known, _)| *known == name) {
            name.push('_');
        }
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
