//! Turns path segments and their placeholders into the method calls that build a URL path.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::super::code::ident;
use super::value::{Argument, Given, Value, typed};
use crate::model::requests::{Parameter, ParameterType, Presence};
use crate::model::{self, ArgumentValue, Part, Segment, ValueType};
use crate::url::unquoted;

/// A path below the builder's, as method calls.
#[derive(Default, Hash)]
pub(super) struct PathCalls {
    /// The argument lists of OData functions; each is bound to a variable.
    lists: Vec<List>,
    calls: Vec<Call>,
}

/// The arguments of an OData function, and the variable that holds them.
#[derive(Hash)]
struct List {
    variable: String,
    arguments: Vec<(String, Given<Argument>)>,
}

impl List {
    /// Returns true if some of the arguments can be omitted.
    fn has_optional(&self) -> bool {
        self.arguments.iter().any(|(_, given)| matches!(given, Given::Maybe { .. }))
    }
}

/// A method call that appends to a path.
#[derive(Hash)]
enum Call {
    /// Appends a segment with a fixed name.
    Segment(String),
    /// Appends a key that is text.
    Key(Value),
    /// Appends a key of another type.
    TypedKey(Argument),
    /// Appends a segment that is joined from several values.
    Joined(Vec<Value>),
    /// Appends the call of an OData function. Its arguments are in a variable, if there are any.
    Function { name: String, list: Option<String> },
    /// The same, if some of the arguments can be omitted.
    FunctionOf { name: String, list: String },
    /// Appends a key in parentheses, whose values are in a variable.
    Parentheses { list: String },
    /// Appends the path of a drive item, as in `root:/path:`.
    ByPath(Value),
}

/// The parameters of a function, taken one by one by the placeholders of its path.
pub(super) struct Parameters<'a> {
    rest: std::slice::Iter<'a, Parameter>,
    /// The names of the variables for argument lists.
    lists: std::slice::Iter<'a, String>,
}

impl<'a> Parameters<'a> {
    pub(super) fn new(all: &'a [Parameter], lists: &'a [String]) -> Self {
        Parameters { rest: all.iter(), lists: lists.iter() }
    }

    /// The value of the next placeholder, as text. If there are more placeholders than parameters,
    /// the placeholder is kept in its braces, so that the mistake can be seen.
    fn text(&mut self, placeholder: &str) -> Value {
        let Some(parameter) = self.rest.next() else { return Value::Literal(format!("{{{placeholder}}}")) };
        let name = parameter.rust_name.clone();
        if let Some(ty) = typed(parameter) {
            return Value::PrintedAs { ty, name };
        }
        match parameter.rust_type {
            ParameterType::Text | ParameterType::Structured | ParameterType::List => Value::Parameter(name),
            ParameterType::Enum => Value::MemberName(name),
            ParameterType::Bool | ParameterType::I32 | ParameterType::I64 | ParameterType::F64 => Value::Printed(name),
        }
    }

    /// The call that appends the next placeholder as a key.
    fn key(&mut self, placeholder: &str) -> Call {
        if let Some(parameter) = self.rest.as_slice().first().filter(|key| key.rust_type == ParameterType::Enum) {
            let key = Argument::MemberOf(parameter.rust_name.clone());
            self.rest.next();
            return Call::TypedKey(key);
        }
        match self.rest.as_slice().first().is_none_or(|parameter| parameter.ty.is_quoted_in_urls()) {
            true => Call::Key(self.text(placeholder)),
            false => Call::TypedKey(self.argument(placeholder, false)),
        }
    }

    /// The value of the next placeholder, as something that implements `Display`.
    pub(super) fn displayed(&mut self, placeholder: &str) -> Value {
        match self.text(placeholder) {
            Value::Printed(name) => Value::Parameter(name),
            value => value,
        }
    }

    /// The value of the next placeholder, as a literal of the URL.
    pub(super) fn argument(&mut self, placeholder: &str, quoted: bool) -> Argument {
        let next = self.rest.as_slice().first();
        let as_json = next.and_then(|parameter| match parameter.rust_type {
            ParameterType::Structured => Some(Argument::Structured(parameter.rust_name.clone())),
            ParameterType::List => Some(Argument::List(parameter.rust_name.clone())),
            _ => None,
        });
        if let Some(argument) = as_json {
            self.rest.next();
            return argument;
        }
        if let Some((ty, name)) = next.and_then(|next| Some((typed(next)?, next.rust_name.clone())))
            && !quoted
        {
            self.rest.next();
            return Argument::Typed { ty, name };
        }
        let prefix = next.and_then(|parameter| match &parameter.ty {
            ValueType::Primitive(primitive) => primitive.prefix(),
            _ => None,
        });
        match (quoted, prefix) {
            (true, _) => Argument::Quoted(self.text(placeholder)),
            (false, Some(prefix)) => Argument::Member { type_name: prefix.to_owned(), name: self.text(placeholder) },
            (false, None) => Argument::Bare(self.displayed(placeholder)),
        }
    }

    /// The value that `read` makes of the next placeholder; it is optional if the placeholder's
    /// parameter is an `Option`.
    pub(super) fn given<V>(&mut self, read: impl FnOnce(&mut Self) -> V) -> Given<V> {
        let parameter = self.rest.as_slice().first().map(|next| (next.rust_name.clone(), next.presence));
        let value = read(self);
        match parameter {
            Some((parameter, Presence::Optional)) => Given::Maybe { parameter, value },
            Some((parameter, Presence::Nullable)) => Given::OrNull { parameter, value },
            Some((_, Presence::Required)) | None => Given::Always(value),
        }
    }

    fn list(&mut self, arguments: &[model::Argument]) -> List {
        let arguments = arguments.iter().map(|argument| {
            let read = |parameters: &mut Self| match &argument.value {
                ArgumentValue::Placeholder { name, quoted } => parameters.argument(name, *quoted),
                ArgumentValue::EnumLiteral { type_name, name } => {
                    Argument::Member { type_name: type_name.clone(), name: parameters.text(name) }
                }
                ArgumentValue::Fixed(text) => match unquoted(text) {
                    Some(text) => Argument::Quoted(Value::Literal(text)),
                    None => Argument::Bare(Value::Literal(text.clone())),
                },
            };
            let given = match argument.value {
                ArgumentValue::Fixed(_) => Given::Always(read(self)),
                _ => self.given(read),
            };
            (argument.name.clone(), given)
        });
        let arguments = arguments.collect();
        List { variable: self.lists.next().cloned().unwrap_or_default(), arguments }
    }
}

impl PathCalls {
    /// The path that consists of these segments.
    pub(super) fn of(segments: &[Segment], parameters: &mut Parameters<'_>) -> Self {
        let mut place = PathCalls::default();
        for segment in segments {
            place.segment(segment, parameters);
        }
        place
    }

    /// Returns true if it is the builder's own path.
    pub(super) fn is_here(&self) -> bool {
        self.calls.is_empty()
    }

    fn segment(&mut self, segment: &Segment, parameters: &mut Parameters<'_>) {
        let call = match segment {
            Segment::Literal(text) => Call::Segment(text.clone()),
            Segment::Key(placeholder) => parameters.key(placeholder),
            Segment::Mixed(parts) if parts.is_empty() => Call::Segment(String::new()),
            Segment::Mixed(parts) => {
                let parts = parts.iter().map(|part| match part {
                    Part::Text(text) => Value::Literal(text.clone()),
                    Part::Placeholder(placeholder) => parameters.text(placeholder),
                });
                Call::Joined(parts.collect())
            }
            Segment::Call { name, arguments } if arguments.is_empty() => {
                Call::Function { name: name.clone(), list: None }
            }
            Segment::Call { name, arguments } => {
                let list = self.list(arguments, parameters);
                match self.lists.last().is_some_and(List::has_optional) {
                    true => Call::FunctionOf { name: name.clone(), list },
                    false => Call::Function { name: name.clone(), list: Some(list) },
                }
            }
            // The step before it has written the name of the collection.
            Segment::NamedKey { arguments, .. } => Call::Parentheses { list: self.list(arguments, parameters) },
            Segment::ByPath { anchor, parameter, .. } => {
                match anchor.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
                    _ if anchor.is_empty() => {}
                    Some(placeholder) => self.calls.push(Call::Key(parameters.text(placeholder))),
                    None => self.calls.push(Call::Segment(anchor.clone())),
                }
                Call::ByPath(parameters.text(parameter))
            }
        };
        self.calls.push(call);
    }

    /// Adds a list of arguments and returns the name of its variable.
    fn list(&mut self, arguments: &[model::Argument], parameters: &mut Parameters<'_>) -> String {
        let list = parameters.list(arguments);
        let variable = list.variable.clone();
        self.lists.push(list);
        variable
    }

    /// The `let` statements of the lists of arguments.
    pub(super) fn bindings(&self) -> TokenStream {
        let variables = self.lists.iter().map(|list| ident(&list.variable));
        let lists = self.lists.iter().map(|list| {
            let has_optional = list.has_optional();
            let arguments = list.arguments.iter().map(|(name, given)| match given {
                given @ (Given::Always(_) | Given::OrNull { .. }) if has_optional => quote!((#name, Some(#given))),
                given => quote!((#name, #given)),
            });
            quote!([#(#arguments),*])
        });
        quote!(#(let #variables = #lists;)*)
    }
}

impl ToTokens for PathCalls {
    /// `self.0.segment("users").key(id)`
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let calls = &self.calls;
        tokens.extend(match self.is_here() {
            true => quote!(self.0.clone()),
            false => quote!(self.0 #(#calls)*),
        });
    }
}

impl ToTokens for Call {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Call::Segment(name) => quote!(.segment(#name)),
            Call::Key(value) => quote!(.key(#value)),
            Call::TypedKey(value) => quote!(.key(#value)),
            Call::Joined(values) => quote!(.key([#(#values),*].concat())),
            Call::Function { name, list: None } => quote!(.function(#name, &[])),
            Call::Function { name, list: Some(list) } => {
                let list = ident(list);
                quote!(.function(#name, &#list))
            }
            Call::FunctionOf { name, list } => {
                let list = ident(list);
                quote!(.function_of(#name, &#list))
            }
            Call::Parentheses { list } => {
                let list = ident(list);
                quote!(.parentheses(&#list))
            }
            Call::ByPath(value) => quote!(.by_path(#value)),
        });
    }
}
