//! Links of descriptions in the documentation of the generated code.

use edmark::emit::{self, Layout};
use edmark::source::SourceMap;
use edmark::{pipeline, resolve};

fn page(name: &str, description: &str) -> (String, String) {
    let text = format!(
        "# {name} resource type\n\nNamespace: microsoft.graph\n\n{description}\n\n## Properties\n\n\
         |Property|Type|Description|\n|:-|:-|:-|\n|id|String|Key.|\n"
    );
    (format!("docs/resources/{name}.md"), text)
}

/// The description of the type `ship` in rustdoc, in one line.
fn rustdoc(description: &str) -> String {
    let sources = SourceMap::from_texts([page("ship", description), page("port", "A port.")]);
    let (schema, _) = pipeline::read(&sources);
    let (model, _) = pipeline::resolve(&schema, &sources, &resolve::Options::default());
    let files = emit::emit(&model, &sources, &emit::Options { layout: Layout::Modules });
    let code = files.get("ship.rs").expect("the file");
    let lines = code.lines().skip_while(|line| !line.starts_with("///"));
    let lines: Vec<&str> = lines.map_while(|line| line.strip_prefix("/// ")).collect();
    lines.join(" ")
}

#[test]
fn links_lead_to_items_and_to_the_web() {
    let site = "https://learn.microsoft.com";
    for (said, expected) in [
        ("At a [harbour](port.md).", "At a [harbour](super::Port).".to_owned()),
        ("At a [harbour](../resources/PORT.md).", "At a [harbour](super::Port).".to_owned()),
        ("[Its depth](port.md#properties).", format!("[Its depth]({site}/graph/api/resources/port#properties).")),
        ("A [crew](crew.md).", format!("A [crew]({site}/graph/api/resources/crew).")),
        ("See [how to sail](../api/ship-sail.md).", format!("See [how to sail]({site}/graph/api/ship-sail).")),
        ("See [paging](/graph/paging).", format!("See [paging]({site}/graph/paging).")),
        ("See [more](https://a.example/b).", "See [more](https://a.example/b).".to_owned()),
        ("Each [ship](ship.md) sails.", "Each ship sails.".to_owned()),
        ("A [note](notes.txt), [b](javascript:b), [c][].", "A note, b, c.".to_owned()),
    ] {
        assert_eq!(rustdoc(said), expected, "{said}");
    }
}

#[test]
fn a_base_that_the_description_links_is_named_once() {
    let text = rustdoc("Moored for good. Inherits from [port](port.md).");
    assert_eq!(text, "Moored for good. Inherits from [port](super::Port).");
    let code = {
        let sources = SourceMap::from_texts([page("ship", "Inherits from [port](port.md)."), page("port", "A port.")]);
        let (schema, _) = pipeline::read(&sources);
        let (model, _) = pipeline::resolve(&schema, &sources, &resolve::Options::default());
        let files = emit::emit(&model, &sources, &emit::Options { layout: Layout::Modules });
        files.get("ship.rs").expect("the file").to_owned()
    };
    assert!(!code.contains("Derived from"), "{code}");
    assert!(code.contains("Reference: [ship resource type]("), "{code}");
}
