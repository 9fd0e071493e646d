//! Writes types as text: paths begin at the root of the code, and blanks are placed as in formatted
//! code.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::modules::{Import, Module, Tree, absolute};

/// The text of a type, or of another part of a signature, in a module.
pub(super) fn text(tree: &Tree, module: &Module, tokens: TokenStream) -> String {
    let mut out = String::new();
    write(tree, module, tokens, &mut out);
    out
}

fn write(tree: &Tree, module: &Module, tokens: TokenStream, out: &mut String) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut index = 0;
    while index < tokens.len() {
        let before = out.chars().last();
        match &tokens[index] {
            TokenTree::Ident(_) => {
                let (path, next) = path(&tokens, index);
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    out.push(' ');
                }
                out.push_str(&resolve(tree, module, path));
                index = next;
                continue;
            }
            TokenTree::Punct(punct) => punctuation(punct.as_char(), punct.spacing(), before, out),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                write(tree, module, group.stream(), out);
                out.push_str(close);
            }
            TokenTree::Literal(literal) => out.push_str(&literal.to_string()),
        }
        index += 1;
    }
}

fn punctuation(c: char, spacing: Spacing, before: Option<char>, out: &mut String) {
    match c {
        ',' => out.push_str(", "),
        '+' | '=' => {
            out.push(' ');
            out.push(c);
            out.push(' ');
        }
        // The first half of an arrow; its head follows.
        '-' if spacing == Spacing::Joint => out.push_str(" -"),
        '>' if before == Some('-') => out.push_str("> "),
        // The colon before a bound.
        ':' if spacing == Spacing::Alone && before != Some(':') => out.push_str(": "),
        '\'' if before.is_some_and(|c| c.is_alphanumeric()) => out.push_str(" '"),
        c => out.push(c),
    }
}

/// The path that begins at a token, and the position of the token after it.
fn path(tokens: &[TokenTree], from: usize) -> (Vec<String>, usize) {
    let mut path = Vec::new();
    let mut index = from;
    while let Some(TokenTree::Ident(ident)) = tokens.get(index) {
        path.push(ident.to_string());
        index += 1;
        let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        let goes_on = is_colon(index) && is_colon(index + 1);
        if !goes_on || !matches!(tokens.get(index + 2), Some(TokenTree::Ident(_))) {
            break;
        }
        index += 2;
    }
    (path, index)
}

fn resolve(tree: &Tree, module: &Module, path: Vec<String>) -> String {
    let here = absolute(&module.path, &path).or_else(|| {
        let (first, rest) = path.split_first()?;
        match module.imports.get(first)? {
            Import::Here(target) => Some(target.iter().chain(rest).cloned().collect()),
            Import::Elsewhere => None,
        }
    });
    match here {
        Some(path) => tree.exported(path).join("::"),
        None => path.join("::"),
    }
}
