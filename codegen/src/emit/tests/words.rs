//! Pages whose types, properties and requests are named by words that have a meaning in Rust.

use super::crate_options;
use crate::diagnostics::Diagnostics;
use crate::emit::emit;
use crate::file_set::FileSet;
use crate::rust_ident::KEYWORDS;
use crate::source::SourceMap;
use crate::{pipeline, resolve};

/// Crates, modules and items that generated code or the compiler refers to.
const KNOWN: [&str; 24] = [
    "core",
    "std",
    "alloc",
    "serde",
    "rt",
    "edmark_runtime",
    "graph",
    "requests",
    "lib",
    "main",
    "option",
    "string",
    "vec",
    "result",
    "default",
    "from",
    "some",
    "none",
    "ok",
    "err",
    "iterator",
    "str",
    "bool",
    "u8",
];

/// A crate with an entity type and requests for each word.
pub(super) fn files() -> FileSet {
    let mut texts = Vec::new();
    for word in KEYWORDS.iter().chain(&KNOWN) {
        let resource = format!(
            "# {word} resource type\n\nNamespace: microsoft.graph\n\nA thing.\n\n## Properties\n\n\
             |Property|Type|Description|\n|:---|:---|:---|\n|{word}|String|What it says.|\n|next|[{word}]({word}.md)|Another.|\n"
        );
        let api = format!(
            "# Get {word}\n\nNamespace: microsoft.graph\n\nGet it.\n\n## HTTP request\n\n```http\nGET /{word}s/{{id}}\n\
             GET /{word}\nPOST /{word}s/{{id}}/{word}\n```\n\n## Response\n\nIf successful, this method returns a `200 OK` \
             response code and a [{word}](../resources/{word}.md) object in the response body.\n"
        );
        texts.push((format!("resources/{word}.md"), resource));
        texts.push((format!("api/{word}-get.md"), api));
    }
    let sources = SourceMap::from_texts(texts);
    let (schema, _) = pipeline::read(&sources);
    let mut diagnostics = Diagnostics::default();
    let model = resolve::resolve(&schema, &sources, &resolve::Options::default(), &mut diagnostics);
    emit(&model, &sources, &crate_options())
}

#[test]
fn every_word_is_a_name() {
    let files = files();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    for name in ["src/override_.rs", "src/requests/override_.rs", "src/core_.rs", "src/lib_.rs"] {
        assert!(files.get(name).is_some(), "{name}");
    }
}
