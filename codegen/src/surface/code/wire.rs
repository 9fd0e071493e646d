//! Extracts the names of the service from the bodies of functions.

use crate::hashing::HashMap;

use syn::{Expr, ExprLit, ExprMethodCall, ImplItemFn, Lit, Pat, Stmt};

/// The string literals in a function's body, in the order of the code.
pub(super) fn strings(function: &ImplItemFn) -> Vec<String> {
    fn of(tokens: proc_macro2::TokenStream, found: &mut Vec<String>) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Group(group) => of(group.stream(), found),
                proc_macro2::TokenTree::Literal(literal) => {
                    if let Lit::Str(text) = Lit::new(literal) {
                        found.push(text.value());
                    }
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    let block = &function.block;
    of(quote::quote!(#block), &mut found);
    found
}

/// `self.display_name.offer(3, members);` for each property: its field, and its index in the name
/// table.
pub(super) fn offers(function: &ImplItemFn) -> HashMap<String, usize> {
    let statements = function.block.stmts.iter();
    let calls = statements.filter_map(|statement| match statement {
        Stmt::Expr(Expr::MethodCall(call), _) => Some(call),
        _ => None,
    });
    calls.filter_map(|call| Some((field(&call.receiver)?, number(call.args.first()?)?))).collect()
}

/// `Self::Draft => "draft"`: the variants and their names in the service.
pub(super) fn members(function: &ImplItemFn) -> HashMap<String, String> {
    let Some(Stmt::Expr(Expr::Match(choice), _)) = function.block.stmts.last() else { return HashMap::default() };
    let pairs = choice.arms.iter().filter_map(|arm| {
        let Pat::Path(pattern) = &arm.pat else { return None };
        Some((pattern.path.segments.last()?.ident.to_string(), string(&arm.body)?))
    });
    pairs.collect()
}

/// The part of a request that a function of a request builder contributes: `GET` if it makes a
/// request, and the segments that it adds to the path of its builder.
pub(super) fn request(function: &ImplItemFn) -> String {
    let mut place = HashMap::default();
    let mut method = None;
    let mut path = String::new();
    for statement in &function.block.stmts {
        match statement {
            Stmt::Local(local) => {
                if let (Pat::Ident(name), Some(init)) = (&local.pat, &local.init) {
                    place.insert(name.ident.to_string(), segments(&init.expr, &place));
                }
            }
            Stmt::Expr(expression, _) => {
                let (made, at) = made(expression, &place);
                (method, path) = (made, at);
            }
            _ => {}
        }
    }
    match method {
        Some(method) => format!("{method} {path}").trim_end().to_owned(),
        None => path,
    }
}

/// The method of a request that an expression makes, and the segments after those of its builder.
fn made(expression: &Expr, place: &HashMap<String, String>) -> (Option<String>, String) {
    match expression {
        Expr::MethodCall(call) if !is_step(call) => made(&call.receiver, place),
        Expr::Call(call) => {
            let arguments: Vec<&Expr> = call.args.iter().collect();
            match arguments.as_slice() {
                [Expr::Path(method), at, ..] if method.path.segments.iter().any(|part| part.ident == "Method") => {
                    let name = method.path.segments.last().map(|part| part.ident.to_string().to_uppercase());
                    (name, segments(at, place))
                }
                [at, ..] => (None, segments(at, place)),
                [] => (None, String::new()),
            }
        }
        other => (None, segments(other, place)),
    }
}

const STEPS: [&str; 6] = ["segment", "key", "function", "by_path", "parentheses", "named_key"];

fn is_step(call: &ExprMethodCall) -> bool {
    STEPS.iter().any(|step| call.method == step)
}

fn segments(expression: &Expr, place: &HashMap<String, String>) -> String {
    match expression {
        Expr::Path(path) => path.path.get_ident().and_then(|name| place.get(&name.to_string())).cloned(),
        Expr::Reference(reference) => Some(segments(&reference.expr, place)),
        Expr::MethodCall(call) if is_step(call) => {
            let before = segments(&call.receiver, place);
            let text = call.args.first().and_then(string);
            Some(match (call.method.to_string().as_str(), text) {
                ("segment", Some(text)) => format!("{before}/{text}"),
                ("function", Some(text)) => format!("{before}/{text}()"),
                ("parentheses" | "named_key", _) => format!("{before}({{}})"),
                ("by_path", _) => format!("{before}:/{{}}"),
                _ => format!("{before}/{{}}"),
            })
        }
        Expr::MethodCall(call) => Some(segments(&call.receiver, place)),
        _ => None,
    }
    .unwrap_or_default()
}

fn field(receiver: &Expr) -> Option<String> {
    let Expr::Field(field) = receiver else { return None };
    match &field.member {
        syn::Member::Named(name) => Some(name.to_string()),
        syn::Member::Unnamed(_) => None,
    }
}

fn number(expression: &Expr) -> Option<usize> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    }
}

/// Returns true if the constant of a property is made by `rt::Property::read_only`.
pub(super) fn is_read_only(expression: &Expr) -> bool {
    let Expr::Call(call) = expression else { return false };
    let Expr::Path(function) = &*call.func else { return false };
    function.path.segments.last().is_some_and(|segment| segment.ident == "read_only")
}

/// The text of a string literal.
pub(super) fn string(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}
