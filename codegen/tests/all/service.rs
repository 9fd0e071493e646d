//! Services other than Microsoft Graph, and settings for a single service.

use edmark::diff::{self, Step};
use edmark::resolve::Options;
use edmark::service::{BatchUrls, DurationLiterals, EnumLiterals, InLists, KeySyntax, Protocol, Service};
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

/// A type, and a page of a request that reads it.
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
    assert!(paths(&surface_of(&pages, Service::default())).contains(&"acme_store::Box"));
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

/// The code of requests for pages whose request lines have this form of keys.
fn code_of(namespace: &str, key: &str, service: Service) -> String {
    let pages = described(namespace, "lamp").map(|(path, text)| (path, text.replace("/{id}", key)));
    code(pages.to_vec(), service)
}

fn code(pages: Vec<(String, String)>, service: Service) -> String {
    let sources = SourceMap::from_texts(pages);
    let (schema, _) = pipeline::read(&sources);
    let options = resolve::Options { service, ..Options::default() };
    let (model, _) = pipeline::resolve(&schema, &sources, &options);
    let options = emit::Options { layout: emit::Layout::SingleFile { name: Some("code.rs".to_owned()) } };
    emit::emit(&model, &sources, &options).get("code.rs").unwrap_or_default().to_owned()
}

#[test]
fn keys_are_written_as_the_request_lines_show_them() {
    let is_in_parentheses = |code: &str| code.contains("rt::KeyForm::Parentheses");
    assert!(is_in_parentheses(&code_of("acme.shop", "('{id}')", Service::default())));
    assert!(is_in_parentheses(&code_of("acme.shop", "({id})", Service::default())));
    assert!(code_of("acme.shop", "/{id}", Service::default()).contains("rt::KeyForm::Segment"));
    // No request line has a key.
    assert!(is_in_parentheses(&code_of("acme.shop", "", Service::default())));
    // The default protocol of a client is that of Microsoft Graph.
    assert!(!code_of("microsoft.graph", "/{id}", Service::default()).contains("rt::KeyForm"));
    let said = Service { keys: Some(KeySyntax::Parentheses), ..Service::default() };
    assert!(is_in_parentheses(&code_of("acme.shop", "/{id}", said)));
}

/// The code of requests for pages with these request lines, and with the URL of an example.
fn code_of_lines(lines: &[&str], example: &str, service: Service) -> String {
    let [resource, (path, text)] = described("acme.shop", "lamp");
    let text = text.replace("GET /lamps/{id}", &lines.join("\n"));
    let text = format!(
        "{text}\n## Example\n<!-- {{ \"blockType\": \"request\" }} -->\n```http\nGET {example}\n```\n\
         <!-- {{ \"blockType\": \"response\", \"@odata.type\": \"acme.shop.lamp\" }} -->\n```http\nHTTP/1.1 200 OK\n\n\
         {{ \"id\": \"a\" }}\n```\n"
    );
    code(vec![resource, (path, text)], service)
}

#[test]
fn nothing_of_the_root_stands_in_a_path() {
    let all = ["/lamps", "/lamps/{id}"];
    for (before, example, root) in [
        ("", "https://acme.example/odata/v4/shop/lamps/7", Some("https://acme.example/odata/v4/shop")),
        ("/v2.0", "https://acme.example/v2.0/lamps/7", Some("https://acme.example/v2.0")),
        ("/api/data/v9.2", "https://acme.example/api/data/v9.2/lamps/7", Some("https://acme.example/api/data/v9.2")),
        ("{serviceRoot}", "https://acme.example/odata/lamps/7", Some("https://acme.example/odata")),
        ("https://{host}/{version}", "https://acme.example/v3/lamps/7", Some("https://acme.example/v3")),
        ("https://acme.example/odata/v4/shop", "/lamps/7", Some("https://acme.example/odata/v4/shop")),
        ("https://acme.example/store", "https://acme.example/store/lamps/7", Some("https://acme.example/store")),
        ("", "https://acme.example/lamps/7", Some("https://acme.example")),
        ("", "/lamps/7", None),
    ] {
        let lines = all.map(|path| format!("GET {before}{path}"));
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let code = code_of_lines(&lines, example, Service::default());
        let stated = code.split_once("BASE_URL: &'static str =").and_then(|(_, rest)| rest.split('"').nth(1));
        assert_eq!(stated, root, "{before}");
        let segments: Vec<&str> = code.split("segment(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(segments, ["lamps"], "{before}");
    }
}

#[test]
fn a_root_that_is_said_is_cut_off_as_well() {
    let lines = ["GET https://acme.example/store/lamps/{id}", "GET /lamps/{id}"];
    let said = Service { root: Some("https://test.example/store".to_owned()), ..Service::default() };
    let code = code_of_lines(&lines, "https://acme.example/store/lamps/7", said);
    assert!(code.contains("\"https://test.example/store\"") && !code.contains("segment(\"store\")"), "{code}");
}

#[test]
fn sets_keep_their_spelling() {
    for set in ["lamps", "Lamps", "LAMPS"] {
        let code = code_of_lines(&[&format!("GET /{set}/{{id}}")], &format!("/{set}/7"), Service::default());
        assert!(code.contains(&format!("segment(\"{set}\")")), "{set}");
    }
    // A type whose name begins with a capital letter does not affect the entity set.
    let pages = described("acme.shop", "lamp").map(|(path, text)| {
        (path, text.replace("# lamp resource", "# Lamp resource").replace("shop.lamp", "shop.Lamp"))
    });
    assert!(code(pages.to_vec(), Service::default()).contains("segment(\"lamps\")"));
}

#[test]
fn settings_of_the_protocol_are_in_the_code() {
    let pages = || described("acme.shop", "lamp").to_vec();
    let protocol = Protocol {
        enums: Some(EnumLiterals::Qualified),
        durations: Some(DurationLiterals::Short),
        in_lists: Some(InLists::WrittenOut),
        batch_urls: Some(BatchUrls::Slash),
        exact_numbers: Some(true),
        max_version: Some("4.0".to_owned()),
        consistency: Some("Shop-Read: late".to_owned()),
        request_id: Some("shop-id".to_owned()),
        batch_limit: Some(100),
        prefer: Some("odata.include-annotations=\"*\"".to_owned()),
    };
    let code_of = |protocol| code(pages(), Service { protocol, ..Service::default() }).replace([' ', '\n'], "");
    assert!(code_of(protocol).contains(
        "rt::Protocol::new().keys(rt::KeyForm::Segment).enums(rt::EnumLiterals::Qualified)\
             .durations(rt::DurationLiterals::Short).in_lists(rt::InLists::WrittenOut)\
             .batch_urls(rt::BatchUrls::Slash).batch_limit(100).exact_numbers(true).max_version(\"4.0\")\
             .consistency(\"Shop-Read\",\"late\").request_id(\"shop-id\").prefer(\"odata.include-annotations=\\\"*\\\"\");"
    ));
    assert!(code_of(Protocol::default()).contains("rt::Protocol::new().keys(rt::KeyForm::Segment);"));
    // The default protocol of a client is that of Microsoft Graph; the setting is added to it.
    let exact = Protocol { exact_numbers: Some(true), ..Protocol::default() };
    let graph = code(described("microsoft.graph", "lamp").to_vec(), Service { protocol: exact, ..Service::default() });
    let graph = graph.replace([' ', '\n'], "");
    assert!(graph.contains(
        ".batch_urls(rt::BatchUrls::Slash).exact_numbers(true).consistency(\"ConsistencyLevel\",\"eventual\");"
    ));
}

#[test]
fn a_description_makes_no_key_where_the_block_names_one() {
    let pages = described("acme.shop", "lamp").map(|(path, text)| {
        (
            path,
            text.replace("|id|String|", "|shade|String|Key of the shade.|\n|id|String|")
                .replace("\"id\": \"String\"", "\"id\": \"String\", \"shade\": \"String\""),
        )
    });
    let sources = SourceMap::from_texts(pages.clone());
    let (schema, _) = pipeline::read(&sources);
    let (model, _) = pipeline::resolve(&schema, &sources, &resolve::Options::default());
    assert_eq!(model.types[0].key, ["id"]);
    assert!(!code(pages.to_vec(), Service::default()).contains("/// Key."));
    // If no other source names a key, this does.
    let pages = pages
        .map(|(path, text)| (path, text.replace("\"keyProperty\": \"id\", ", "").replace("Key of the shade.", "Key.")));
    let sources = SourceMap::from_texts(pages);
    let (schema, _) = pipeline::read(&sources);
    let (model, _) = pipeline::resolve(&schema, &sources, &resolve::Options::default());
    assert_eq!(model.types[0].key, ["shade"]);
}

#[test]
fn words_of_one_service_mean_nothing_to_another() {
    let said = Service { delta: Some("delta".to_owned()), ..Service::default() };
    for (namespace, service, reads_changes) in [
        ("microsoft.graph", Service::default(), true),
        ("acme.shop", Service::default(), false),
        ("acme.shop", said, true),
    ] {
        let [ty, (path, get)] = described(namespace, "lamp");
        let several = get.replace("a [lamp](lamp.md) object", "a collection of [lamp](lamp.md) objects");
        let list = several.replace("/lamps/{id}", "/lamps");
        let delta = several.replace("/lamps/{id}", "/lamps/delta");
        let pages = vec![ty, (path, get), ("lamp-list.md".to_owned(), list), ("lamp-delta.md".to_owned(), delta)];
        let code = code(pages, service);
        assert!(code.contains("pub fn delta(&self)"), "{namespace}");
        assert_eq!(code.contains("rt::DeltaRequest<"), reads_changes, "{namespace}");
    }
}

#[test]
fn a_single_file_is_called_after_its_service() {
    let variable = || Service { variable: Some("shop".to_owned()), ..Service::default() };
    for (namespace, service, expected) in [
        ("microsoft.graph", Service::default(), "graph.rs"),
        ("acme.shop", Service::default(), "odata.rs"),
        ("acme.shop", variable(), "shop.rs"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in described(namespace, "lamp") {
            std::fs::write(folder.path().join(path), text).expect("a page");
        }
        let config = || edmark::Config::new().docs(folder.path()).service(service.clone());
        let names = |config: edmark::Config| {
            let files = config.generate().expect("code").files;
            files.iter().map(|(path, _)| path.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(config()), [expected], "{namespace}");
        assert_eq!(names(config().file_name("lamps.rs")), ["lamps.rs"], "{namespace}");
    }
}
