//! Tests how descriptions become comments.

use quote::quote;

use crate::diagnostics::Diagnostics;
use crate::emit::doc::{Doc, code, page};
use crate::emit::print;
use crate::emit::types::Scope;
use crate::markdown;
use crate::model::{Description, LinkedType, ReferencePage};
use crate::page::Block;
use crate::read::prose;
use crate::source::SourceMap;

/// Returns a paragraph of a page as a comment. Links to `/user.md` point to the type `user`,
/// absolute links to the web.
fn comment(markdown: &str) -> String {
    let sources = SourceMap::from_texts([("page.md".to_owned(), markdown.to_owned())]);
    let page = markdown::parse(&sources, sources.find("page.md").expect("a page"), &mut Diagnostics::default());
    let blocks = page.sections.into_iter().flat_map(|section| section.blocks);
    let text = blocks.into_iter().find_map(|block| match block {
        Block::Paragraph(text) => Some(text),
        _ => None,
    });
    let Some(said) = text.as_ref().and_then(prose::described) else { return String::new() };
    let model = super::sample();
    let mut said = Description::from(&said);
    for (_, link) in said.linked_texts() {
        let written = link.written.value.as_str();
        let user = model.structured_types().find(|(_, ty)| ty.name.name == "user").expect("a type").0;
        link.ty = (written == "user.md").then_some(LinkedType::Structured(user));
        link.address = written.starts_with("http").then(|| written.to_owned());
    }
    let mut doc = Doc::default();
    doc.description(&said, &Scope::within(&model, &model.types[0].rust));
    let printed = print::items(quote!(#doc struct Commented;));
    printed.strip_suffix("struct Commented;\n").expect("the item").trim_end().to_owned()
}

#[test]
fn descriptions_come_out_safe() {
    let cases = [
        // Links point to the generated code or to the web; all others leave only their text.
        ("A [user *or two*](user.md), [x](x.md) and [y][].", "/// A [user or two](super::User), x and y."),
        ("[a *b*](<https://a.example/b c>)", "/// [a b](https://a.example/b%20c)"),
        ("[a](https://a.example/(b)) c", "/// [a](https://a.example/%28b%29) c"),
        ("[a](x.md", "/// \\[a\\](x.md"),
        ("[a [b] `c`](https://a.example)", "/// [a \\[b\\] c](https://a.example)"),
        ("[ ](https://a.example) b [](https://a.example)", "/// b"),
        ("Look\\![a](https://a.example)!", "/// Look\\![a](https://a.example)!"),
        ("[https://a.example/b](https://a.example/b)", "/// <https://a.example/b>"),
        ("[https://a.example/b](https://a.example/c)", "/// [https://a.example/b](https://a.example/c)"),
        ("![alt](images/a.png)", "/// alt"),
        ("![alt", "/// !\\[alt"),
        ("Type [String], items[0], ] and [", "/// Type \\[String\\], items\\[0\\], \\] and \\["),
        (
            "At https://a.example/b?c=d. Or <https://a.example>",
            "/// At <https://a.example/b?c=d>. Or <https://a.example>",
        ),
        ("https://{tenant}.example, **http://a.example**", "/// `https://{tenant}.example`, <http://a.example>"),
        // HTML
        ("a<br>b<ul><li>d<li>e</ul>", "/// a\n///\n/// b\n///\n/// d\n///\n/// e"),
        ("x <b>a</b> <!-- b --> c", "/// x a c"),
        ("Send to <address>, Vec<String>", "/// Send to \\<address>, Vec\\<String>"),
        ("a&nbsp;b &lt;c&gt; &amp; d & e &copy; &amp;copy; &unknown;", "/// a b \\<c> & d & e © \\&copy; \\&unknown;"),
        // Code
        ("`a  b` ``c`d`` `e", "/// `a b` ``c`d`` \\`e"),
        ("`` a` `` `c`<!-- -->`d`", "/// `` a` `` `c` `d`"),
        ("`[a]` `<b>` `*/`", "/// `[a]` `<b>` `*/`"),
        // Marks of emphasis that are plain text
        ("snake_case_, _one \\_two\\_ * 5\\*3\\* ~\\~a\\~~", "/// snake_case\\_, _one _two\\_ * 5\\*3\\* ~\\~a\\~\\~"),
        ("*emphasis* is **gone**", "/// emphasis is gone"),
        // Beginnings of lines
        ("\\# no heading", "/// \\# no heading"),
        ("1\\. no list", "/// 1\\. no list"),
        ("\\- no list", "/// \\- no list"),
        ("\\> no quote", "/// \\> no quote"),
        ("\\*\\*\\*", "/// *\\*\\*"),
        ("\\`\\`\\`rust", "/// \\`\\`\\`rust"),
        // Characters
        ("a\r\nb\tc\u{0}d\u{202e}e\u{feff}", "/// a b cde"),
        ("end\\", "/// end\\\\"),
        ("a\\_b\\<c", "/// a_b\\<c"),
        ("\\*/ /\\* // \\*/ \"#", "/// */ /\\* // */ \"#"),
        ("  \n <br> ", ""),
    ];
    for (markdown, expected) in cases {
        assert_eq!(comment(markdown), expected, "of {markdown:?}");
    }
}

#[test]
fn lines_are_filled_and_begin_harmlessly() {
    let text = format!("{} - 1) + `a code span that has blanks` {}", "word ".repeat(18), "- ".repeat(60));
    insta::assert_snapshot!(comment(&text), @r"
/// word word word word word word word word word word word word word word word word word word - 1) +
/// `a code span that has blanks` - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -
/// \- - - - - - - - - - - - - - - - - - - - - - - - - - -
");
}

#[test]
fn code_spans_hold_any_text() {
    assert_eq!(code("a"), "`a`");
    assert_eq!(code("a`b"), "``a`b``");
    assert_eq!(code("`"), "`` ` ``");
    assert_eq!(code("a\nb"), "`a b`");
    assert_eq!(code(""), "(nothing)");
}

#[test]
fn pages_are_linked_where_their_address_is_known() {
    let linked = |title: &str, address: Option<&str>| {
        page(&ReferencePage { title: title.to_owned(), address: address.map(str::to_owned) })
    };
    assert_eq!(
        linked("user: send [it]", Some("https://a.example/user (1)")),
        "[user: send \\[it\\]](https://a.example/user%20%281%29)"
    );
    assert_eq!(linked("user *resource* type", None), "user *resource\\* type");
}
