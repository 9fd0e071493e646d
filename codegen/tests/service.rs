//! Services that are not Microsoft Graph, and what is one service's alone.

use edmark::diff::{self, Step};
use edmark::resolve::Options;
use edmark::service::{KeySyntax, Service};
use edmark::source::SourceMap;
use edmark::surface::Surface;
use edmark::{emit, pipeline, resolve};

fn surface_of(pages: &[(String, String)], service: Service) -> Surface {
    let sources = SourceMap::from_texts(pages.to_vec());
    let (schema, _) = pipeline::read(&sources);
    let options = resolve::Options { service, ..Options::default() };
    Surface::of(&pipeline::resolve(&schema, &sources, &options).0, &sources).expect("Rust")
}

fn paths(surface: &Surface) -> Vec<&str> {
    surface.types.iter().map(|ty| ty.path.as_str()).collect()
}

/// A type with a page that reads it.
fn described(namespace: &str, name: &str) -> [(String, String); 2] {
    let ty = format!(
        "# {name} resource type\n\nNamespace: {namespace}\n\nA {name}.\n\n## Methods\n|Method|Return type|Description|\n|:---|:---|:---|\n\
         |[Get {name}]({name}-get.md)|[{name}]({name}.md)|Read one.|\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n\
         |id|String|Identifies it.|\n\n<!-- {{ \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \
         \"{namespace}.{name}\" }} -->\n```json\n{{ \"id\": \"String\" }}\n```\n"
    );
    let get = format!(
        "# Get {name}\n\nNamespace: {namespace}\n\nRead one.\n\n## HTTP request\n```http\nGET /{name}s/{{id}}\n```\n\n## Response\n\
         If successful, this method returns a `200 OK` response code and a [{name}]({name}.md) object in the response body.\n"
    );
    [(format!("{name}.md"), ty), (format!("{name}-get.md"), get)]
}

#[test]
fn further_pages_rename_nothing() {
    for (root, entry) in [("microsoft.graph", "Graph"), ("acme.shop", "Shop")] {
        let few = described(root, "lamp").to_vec();
        let below = format!("{root}.rooms");
        let mut all = few.clone();
        for name in ["hall", "cellar", "lamp2"] {
            all.extend(described(&below, name));
        }
        let (few, all) = (surface_of(&few, Service::default()), surface_of(&all, Service::default()));
        assert_eq!(diff::compare(&few, &all).step(), Step::Minor, "{:?}", paths(&all));
        let entry = format!("requests::{entry}");
        for path in ["Lamp", "requests::LampRequests", &entry] {
            assert!(paths(&all).contains(&path), "{path} of {:?}", paths(&all));
        }
        assert!(paths(&all).contains(&"rooms::Hall"), "{:?}", paths(&all));
    }
}

#[test]
fn a_setting_takes_precedence_over_what_pages_and_profiles_say() {
    let pages = [described("acme.shop", "lamp"), described("acme.store", "box")].concat();
    assert!(paths(&surface_of(&pages, Service::default())).contains(&"store::Box"));
    let service = Service {
        name: Some("Acme".to_owned()),
        namespace: Some("acme.store".to_owned()),
        keys: Some(KeySyntax::Parentheses),
        ..Service::default()
    };
    let surface = surface_of(&pages, service);
    let paths = paths(&surface);
    assert!(["Box", "acme_shop::Lamp", "requests::Acme"].iter().all(|path| paths.contains(path)), "{paths:?}");
}

/// The code of requests for pages whose request lines have keys of this form.
fn code_of(namespace: &str, key: &str, service: Service) -> String {
    let pages = described(namespace, "lamp").map(|(path, text)| (path, text.replace("/{id}", key)));
    let sources = SourceMap::from_texts(pages);
    let (schema, _) = pipeline::read(&sources);
    let options = resolve::Options { service, ..Options::default() };
    let (model, _) = pipeline::resolve(&schema, &sources, &options);
    let options = emit::Options { layout: emit::Layout::SingleFile { name: "code.rs".to_owned() } };
    emit::emit(&model, &sources, &options).get("code.rs").unwrap_or_default().to_owned()
}

#[test]
fn keys_are_written_as_the_request_lines_show_them() {
    let is_in_parentheses = |code: &str| code.contains("rt::KeyForm::Parentheses");
    assert!(is_in_parentheses(&code_of("acme.shop", "('{id}')", Service::default())));
    assert!(is_in_parentheses(&code_of("acme.shop", "({id})", Service::default())));
    assert!(code_of("acme.shop", "/{id}", Service::default()).contains("rt::KeyForm::Segment"));
    // Nothing shows a key.
    assert!(is_in_parentheses(&code_of("acme.shop", "", Service::default())));
    // A client without another protocol has that of Microsoft Graph.
    assert!(!code_of("microsoft.graph", "/{id}", Service::default()).contains("rt::KeyForm"));
    let said = Service { keys: Some(KeySyntax::Parentheses), ..Service::default() };
    assert!(is_in_parentheses(&code_of("acme.shop", "/{id}", said)));
}
