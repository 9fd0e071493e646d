//! Templates whose tokens are made once and copied into the code of each item.
//!
//! `quote!` makes a token by allocating and checking it, and a thousand types have the same
//! functions. So the tokens of a template are kept in the printer's form. A gap, `$name`, is filled
//! with what differs; `#name` is, as in all of `quote!`, the same in all copies.

use std::sync::OnceLock;

use proc_macro2::TokenStream;

use super::print::Tokens;

/// A template with gaps.
pub(super) struct Template {
    make: fn() -> TokenStream,
    made: OnceLock<Made>,
}

/// The tokens of a template, and the positions and names of its gaps.
struct Made {
    tokens: Tokens,
    gaps: Vec<(usize, String)>,
}

impl Template {
    pub(super) const fn new(make: fn() -> TokenStream) -> Self {
        Template { make, made: OnceLock::new() }
    }

    /// Appends a copy. `fills` appends what stands in each gap, by the gap's name; others are for
    /// another template in the same place.
    pub(super) fn write(&self, out: &mut Tokens, fills: &[Fill<'_>]) {
        let Made { tokens, gaps } = self.made.get_or_init(|| Made::of((self.make)()));
        let (mut at, mut opened) = (0, Vec::new());
        for (gap, name) in gaps {
            out.copy(tokens, at, *gap, &mut opened);
            let fill = fills.iter().find(|(known, _)| known == name);
            debug_assert!(fill.is_some(), "nothing fills the gap `{name}`");
            if let Some((_, fill)) = fill {
                fill(out);
            }
            at = gap + GAP;
        }
        out.copy(tokens, at, tokens.len(), &mut opened);
    }
}

/// The name of a gap, and what fills it.
pub(super) type Fill<'f> = (&'f str, &'f dyn Fn(&mut Tokens));

/// A gap is two tokens: the sign and its name.
const GAP: usize = 2;

impl Made {
    fn of(template: TokenStream) -> Self {
        let tokens = Tokens::of(template).shrunk();
        let signs = (0..tokens.len()).filter(|at| tokens.is(*at, "$"));
        let gaps = signs.map(|at| (at, tokens.text(at + 1).to_owned())).collect();
        Made { tokens, gaps }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_copy_has_the_tokens_of_the_template_and_those_in_its_gaps() {
        static FUNCTION: Template = Template::new(|| {
            let same = quote!(same(self));
            quote! {
                $doc
                fn $name(&self) -> [$type; 2] {
                    #same;
                    $calls
                    f({ $name })
                }
            }
        });
        static CALL: Template = Template::new(|| quote!($name($value);));
        let mut out = Tokens::of(quote!(
            use a as b;
        ));
        for name in ["one", "r#type"] {
            let call = |called: &str, out: &mut Tokens| {
                CALL.write(out, &[("name", &|out| out.ident(called)), ("value", &|out| out.string("\"é\""))]);
            };
            let fills: [Fill<'_>; 4] = [
                ("doc", &|_| ()),
                ("name", &|out| out.ident(name)),
                ("type", &|out| out.code("super::B<Vec<&str>>")),
                ("calls", &|out| ["c", "d"].iter().for_each(|called| call(called, out))),
            ];
            FUNCTION.write(&mut out, &fills);
        }
        let one = quote! {
            fn one(&self) -> [super::B<Vec<&str>>; 2] {
                same(self);
                c("\"é\"");
                d("\"é\"");
                f({ one })
            }
        };
        let other = quote! {
            fn r#type(&self) -> [super::B<Vec<&str>>; 2] {
                same(self);
                c("\"é\"");
                d("\"é\"");
                f({ r#type })
            }
        };
        assert_eq!(out, Tokens::of(quote!(use a as b; #one #other)));
    }

    #[test]
    fn short_ways_make_the_tokens_that_all_code_is_parsed_to() {
        let of = |write: &dyn Fn(&mut Tokens)| {
            let mut out = Tokens::default();
            write(&mut out);
            out
        };
        for text in [
            "User",
            "crate::a::User",
            "super::super::r#type::User",
            "Option<Vec<super::User>>",
            "::std::option::Option<rt::Flags<_Odd1>>",
            "Vec<<T as A>::B>",
            "rt::ReadRequest<super::User, rt::query::One<A>>",
            "Option<&&mut B,>",
            "impl Into<rt::Date>",
            "&[i32]",
            "(A, B)",
            "&'static str",
            "Über<é>",
            "1 + a",
            "",
        ] {
            assert_eq!(of(&|out| out.code(text)), Tokens::of(text.parse().expect(text)), "{text}");
        }
        assert_eq!(of(&|out| out.code("Vec<(")), Tokens::default());
        for text in ["", "displayName", "it's", "a \"b\"", "\\", "é\n\0"] {
            assert_eq!(of(&|out| out.string(text)), Tokens::of(quote!(#text)));
        }
        assert_eq!(of(&|out| out.number(12)), Tokens::of(quote!(12)));
    }

    #[test]
    fn a_comment_keeps_its_text() {
        for text in ["plain", "a \"b\"", "a \"#b\"", "a\\b", "a\rb"] {
            let mut out = Tokens::default();
            out.comment(text);
            let spelled: proc_macro2::TokenStream = out.text(0).parse().expect("a literal");
            let read: syn::LitStr = syn::parse2(spelled).expect("a text");
            assert_eq!((read.value().as_str(), out.len()), (text, 1));
        }
    }
}
