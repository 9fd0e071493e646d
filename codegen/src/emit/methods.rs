//! The methods of a type → associated functions that make request values.
//!
//! Built as tokens and laid out by prettyplease, as an expression can nest; rustfmt would break its lines elsewhere, so the block carries
//! `#[rustfmt::skip]`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::doc::{self, Doc};
use super::text::Text;
use super::types::Scope;
use crate::model::{Argument, ArgumentValue, HttpMethod, Method, Part, Response, Segment, StructuredType};
use crate::source::SourceMap;

/// The parameters that clippy allows a function.
const MANY: usize = 7;

/// The `impl` with the functions; nothing for a type without methods.
pub(crate) fn emit(out: &mut Text, scope: &Scope<'_>, sources: &SourceMap, ty: &StructuredType) {
    if ty.methods.is_empty() {
        return;
    }
    let name = ident(&ty.rust.name);
    let functions = ty.methods.iter().map(|method| function(scope, sources, method));
    let tokens = quote! {
        #[rustfmt::skip]
        impl #name {
            #(#functions)*
        }
    };
    match syn::parse2(tokens) {
        Ok(file) => {
            out.push("\n");
            out.push(&prettyplease::unparse(&file));
        }
        Err(error) => debug_assert!(false, "methods of {}: {error}", ty.name),
    }
}

fn function(scope: &Scope<'_>, sources: &SourceMap, method: &Method) -> TokenStream {
    let doc = method_doc(sources, method).attributes(1);
    let name = ident(&method.rust_name);
    let parameters: Vec<Ident> = method.parameters.iter().map(|parameter| ident(&parameter.rust_name)).collect();
    let http = ident(match method.http {
        HttpMethod::Get => "Get",
        HttpMethod::Post => "Post",
        HttpMethod::Put => "Put",
        HttpMethod::Patch => "Patch",
        HttpMethod::Delete => "Delete",
    });
    let answer = answer(scope, &method.response);
    let path = path(&method.path, &parameters);
    let allow = allowed(method);
    quote! {
        #(#[doc = #doc])*
        #allow
        pub fn #name(#(#parameters: &str),*) -> rt::Request<#answer> {
            rt::Request::new(rt::Method::#http, #path)
        }
    }
}

/// What clippy would say against a function because of its name or its length.
fn allowed(method: &Method) -> TokenStream {
    let trait_like =
        matches!((method.rust_name.as_str(), method.parameters.len()), ("default", 0) | ("from_iter" | "from_str", 1));
    let trait_like = trait_like.then(|| quote!(#[allow(clippy::should_implement_trait)]));
    let new = (method.rust_name == "new").then(|| quote!(#[allow(clippy::new_ret_no_self)]));
    let many = (method.parameters.len() > MANY).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote!(#trait_like #new #many)
}

fn answer(scope: &Scope<'_>, response: &Response) -> TokenStream {
    let ty = match response {
        Response::Nothing => "()".to_owned(),
        Response::One(ty) => scope.value(ty),
        Response::Many(ty) => format!("rt::Collection<{}>", scope.value(ty)),
        Response::Stream => format!("{}<u8>", scope.prelude("Vec")),
    };
    ty.parse().unwrap_or_default()
}

/// The path as a chain of calls. Placeholders take the parameters in order.
fn path(segments: &[Segment], parameters: &[Ident]) -> TokenStream {
    let mut parameters = parameters.iter();
    // A path with more placeholders than parameters keeps the braces, so that it shows.
    let mut next = |placeholder: &str| match parameters.next() {
        Some(parameter) => quote!(#parameter),
        None => {
            let text = format!("{{{placeholder}}}");
            quote!(#text)
        }
    };
    let mut chain = quote!(rt::Path::new());
    for segment in segments {
        let call = match segment {
            Segment::Literal(text) => quote!(.segment(#text)),
            Segment::Key(placeholder) => {
                let key = next(placeholder);
                quote!(.key(#key))
            }
            Segment::Mixed(parts) => {
                let parts = parts.iter().map(|part| match part {
                    Part::Text(text) => quote!(#text),
                    Part::Placeholder(placeholder) => next(placeholder),
                });
                quote!(.key(&[#(#parts),*].concat()))
            }
            Segment::Call { name, arguments } => {
                let arguments = arguments.iter().map(|argument| call_argument(argument, &mut next));
                quote!(.function(#name, &[#(#arguments),*]))
            }
            Segment::ByPath { anchor, parameter, closed } => {
                let anchor = match anchor.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
                    Some(placeholder) => {
                        let key = next(placeholder);
                        quote!(.key(#key))
                    }
                    None => quote!(.segment(#anchor)),
                };
                let parameter = next(parameter);
                if *closed { quote!(#anchor.by_path_closed(#parameter)) } else { quote!(#anchor.by_path(#parameter)) }
            }
        };
        chain.extend(call);
    }
    chain
}

fn call_argument(argument: &Argument, next: &mut impl FnMut(&str) -> TokenStream) -> TokenStream {
    let name = &argument.name;
    let literal = match &argument.value {
        ArgumentValue::Placeholder { name, quoted } => {
            let value = next(name);
            if *quoted { quote!(rt::Literal::string(#value)) } else { quote!(rt::Literal::bare(#value)) }
        }
        ArgumentValue::EnumLiteral { type_name, name } => {
            let value = next(name);
            let open = format!("{type_name}'");
            quote!(rt::Literal::bare([#open, #value, "'"].concat()))
        }
        ArgumentValue::Fixed(text) => match text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
            Some(text) => {
                let text = text.replace("''", "'");
                quote!(rt::Literal::string(#text))
            }
            None => quote!(rt::Literal::bare(#text)),
        },
    };
    quote!((#name, #literal))
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
fn template(method: &Method) -> String {
    let path: String = method.path.iter().map(|segment| format!("/{segment}")).collect();
    format!("{} {path}", method.http.name())
}

/// An identifier that the model has found; raw ones carry their `r#`.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
