//! Writes the values of parameters as literals of a URL.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::super::code::ident;
use crate::model::requests::{Parameter, ParameterType, Presence};
use crate::model::{Primitive, ValueType};

/// An argument of a function, or a query option, that may be optional.
#[derive(Hash)]
pub(super) enum Given<V> {
    Always(V),
    /// With the parameter, which is an `Option`; `value` uses a variable of the same name.
    Maybe {
        parameter: String,
        value: V,
    },
    /// The same, of which none is written as null.
    OrNull {
        parameter: String,
        value: V,
    },
}

/// An argument of an OData function, as a literal of the URL.
#[derive(Hash)]
pub(super) enum Argument {
    /// Without quotes.
    Bare(Value),
    /// In quotes.
    Quoted(Value),
    /// A member of an enum type: the name of the type, then the member's name in quotes.
    Member { type_name: String, name: Value },
    /// A parameter that is converted to a type of the runtime, which knows its literals.
    Typed { ty: &'static str, name: String },
    /// A parameter of a Rust enum type, which knows the name of its OData type.
    MemberOf(String),
    /// A parameter that is a complex value or an entity.
    Structured(String),
    /// A parameter that is a collection.
    List(String),
}

/// The runtime's type of a parameter that takes anything that can be converted to it: a text, or a
/// value such as `Guid`. An argument that can be left out takes a text only, because the type of
/// `None` would have to be written out.
pub(super) fn typed(parameter: &Parameter) -> Option<&'static str> {
    if parameter.rust_type != ParameterType::Text || parameter.presence != Presence::Required {
        return None;
    }
    use Primitive::{Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
    match parameter.ty {
        ValueType::Primitive(primitive @ (Date | DateTimeOffset | Decimal | Duration | Guid | TimeOfDay)) => {
            primitive.rust_type().strip_prefix("rt::")
        }
        _ => None,
    }
}

/// A value in generated code.
#[derive(Hash)]
pub(super) enum Value {
    /// A fixed text.
    Literal(String),
    /// A parameter as it is.
    Parameter(String),
    /// A parameter that is converted to text.
    Printed(String),
    /// A parameter that is converted to a type of the runtime, as text.
    PrintedAs { ty: &'static str, name: String },
    /// A parameter of a Rust enum type, as the name of the member.
    MemberName(String),
}

impl ToTokens for Given<Argument> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let mapped = |parameter: &str, value: &Argument| {
            let parameter = ident(parameter);
            match value {
                Argument::Bare(Value::Parameter(_)) => quote!(#parameter.map(rt::Literal::bare)),
                Argument::Quoted(Value::Parameter(_)) => quote!(#parameter.map(rt::Literal::string)),
                Argument::MemberOf(_) => quote!(#parameter.map(rt::Literal::member_of)),
                Argument::Structured(_) => quote!(#parameter.map(rt::Literal::json)),
                Argument::List(_) => quote!(#parameter.map(rt::Literal::list)),
                value => quote!(#parameter.map(|#parameter| #value)),
            }
        };
        tokens.extend(match self {
            Given::Always(value) => quote!(#value),
            Given::Maybe { parameter, value } => mapped(parameter, value),
            Given::OrNull { parameter, value } => {
                let value = mapped(parameter, value);
                quote!(rt::Literal::or_null(#value))
            }
        });
    }
}

impl ToTokens for Argument {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Argument::Bare(value) => quote!(rt::Literal::bare(#value)),
            Argument::Quoted(value) => quote!(rt::Literal::string(#value)),
            Argument::Typed { ty, name } => {
                let (ty, name) = (ident(ty), ident(name));
                quote!(rt::Literal::of::<rt::#ty>(#name))
            }
            Argument::MemberOf(name) => {
                let name = ident(name);
                quote!(rt::Literal::member_of(#name))
            }
            Argument::Member { type_name, name } => quote!(rt::Literal::member(#type_name, #name)),
            Argument::Structured(name) => {
                let name = ident(name);
                quote!(rt::Literal::json(#name))
            }
            Argument::List(name) => {
                let name = ident(name);
                quote!(rt::Literal::list(#name))
            }
        });
    }
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Value::Literal(text) => quote!(#text),
            Value::Parameter(name) => ident(name).into_token_stream(),
            Value::Printed(name) => {
                let name = ident(name);
                quote!(&#name.to_string())
            }
            Value::PrintedAs { ty, name } => {
                let (ty, name) = (ident(ty), ident(name));
                quote!(&Into::<rt::#ty>::into(#name).to_string())
            }
            Value::MemberName(name) => {
                let name = ident(name);
                quote!(rt::OpenEnum::as_str(#name))
            }
        });
    }
}
