//! Metadata with rare declarations that the standard allows: each has its code and its requests,
//! and nothing is lost. `tests/tests/all/services.rs` compiles what is generated for it.

use std::path::Path;

use edmark::emit::{Layout, Options};
use edmark::model::{Model, Primitive, ValueType};
use edmark::source::SourceMap;
use edmark::{Config, lookup};

fn store() -> Model {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/csdl/odd.xml");
    let analysis = Config::new().metadata(file).analyse().expect("a model");
    let messages: Vec<&str> = analysis.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
    assert!(messages.is_empty(), "{messages:?}");
    analysis.model
}

#[test]
fn every_path_has_a_call() {
    let model = store();
    for (request, call) in [
        ("GET /Shelves(10:00:00)", r#"odata.shelves().id("10:00:00").get()"#),
        // Any entity type.
        ("GET /Shelves(10:00:00)/anything", r#"odata.shelves().id("10:00:00").anything().get()"#),
        ("GET /Shelves(10:00:00)/all", r#"odata.shelves().id("10:00:00").all().list()"#),
        // The base type has no key, so the key is behind the cast.
        ("GET /Things/store.Pallet(7)", "odata.things().as_pallet().id(7).get()"),
        // Bound to complex values.
        ("GET /Shelves(10:00:00)/box/store.fold()", r#"odata.shelves().id("10:00:00").r#box().fold()"#),
        ("POST /Shelves(10:00:00)/boxes/store.foldAll", r#"odata.shelves().id("10:00:00").boxes().fold_all()"#),
        ("GET /Shelves(10:00:00)/box/shelf", r#"odata.shelves().id("10:00:00").r#box().shelf().get()"#),
        // Only a composable function leads to the entity.
        ("POST /Shelves(10:00:00)/store.echo(times=3)/store.stop", r#"odata.shelves().id("10:00:00").echo(3).stop()"#),
        (
            "GET /Lines(order='a',row=7,word='self',day=2024-01-31)",
            r#"odata.lines().order_and_row_and_word_and_day("a", 7, &"self".into(), "2024-01-31").get()"#,
        ),
        (
            "GET /around(box=@b,place=geography'SRID=4326;Point(1 2)',plan=null,loose=@l,spot=null)",
            r#"odata.around_by_box_and_place_and_plan_and_loose_and_spot(Some(&r#box), "SRID=4326;Point(1 2)", None, &loose, None)"#,
        ),
        ("GET /Vocabulary('self')", r#"odata.vocabulary().id(&"self".into()).get()"#),
        ("GET /Spans(duration'PT1H')", r#"odata.spans().id("PT1H").get()"#),
        ("GET /Shelves(10:00:00)/store.find(a=1)", r#"odata.shelves().id("10:00:00").find_by_a(Some(1))"#),
        ("GET /Shelves/store.find()", "odata.shelves().find()"),
        ("POST /move", "odata.r#move()"),
        ("GET /Under‿scores('x')", r#"odata.under_scores().id("x").get()"#),
        ("POST /Shelves(10:00:00)/store.client", r#"odata.shelves().id("10:00:00").client_shelf()"#),
        ("GET /client", "odata.client_store().list()"),
        // A property on its own.
        ("GET /Main/string", "odata.main().property(Shelf::STRING).get()"),
        ("PUT /Main/string", "odata.main().property(Shelf::STRING).set(value)"),
        ("DELETE /Main/string", "odata.main().property(Shelf::STRING).clear()"),
        ("GET /Main/string/$value", "odata.main().property(Shelf::STRING).value()"),
        ("GET /Main/binary/$value", "odata.main().property(Shelf::BINARY).bytes()"),
        (
            "PATCH /Main/box/inner/inner",
            "odata.main().property(Shelf::BOX).property(Box::INNER).property(Box::INNER).update(&changes)",
        ),
        ("GET /Main/boxes?$top=2", r#"odata.main().property(Shelf::BOXES).list().query("$top", "2")"#),
        ("POST /Main/boxes", "odata.main().property(Shelf::BOXES).add(item)"),
        ("GET /Main/boxes/$count", "odata.main().property(Shelf::BOXES).count()"),
        // A derived entity is changed behind the cast.
        ("PATCH /Things/store.Pallet(7)", "odata.things().as_pallet().id(7).update(&changes)"),
    ] {
        let found = lookup::find(&model, request).map(|found| found.call);
        assert_eq!(found.as_deref().ok(), Some(call), "{request}: {found:?}");
    }
}

/// The pages have paths of items below a colon.
#[test]
fn a_colon_behind_a_key_is_not_part_of_it() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let model = Config::new().docs(docs).analyse().expect("a model").model;
    let request = "POST /me/drive/items/1:/a.txt:/createUploadSession";
    let call = lookup::find(&model, request).map(|found| found.call).expect("a call");
    assert!(call.starts_with(r#"graph.me().drive().items().id("1").by_path("a.txt")."#), "{call}");
}

#[test]
fn every_declaration_has_its_code() {
    let model = store();
    let shelf = model.types.iter().find(|ty| ty.name.name == "Shelf").expect("a type");
    let ty =
        |name: &str| shelf.properties.iter().find(|property| property.name == name).map(|property| &property.ty.item);
    for (name, primitive) in [
        ("moment", Primitive::DateTimeOffset),
        ("spot", Primitive::GeographyPoint),
        ("areas", Primitive::GeographyPolygon),
        ("plan", Primitive::GeometryCollection),
        ("primitive", Primitive::Untyped),
        ("anything", Primitive::Untyped),
    ] {
        assert_eq!(ty(name), Some(&ValueType::Primitive(primitive)), "{name}");
    }
    let files = edmark::emit::emit(&model, &SourceMap::default(), &Options { layout: Layout::Modules });
    let code = |path: &str| files.get(path).unwrap_or_else(|| panic!("no {path}"));
    let words = code("words.rs");
    for (name, variant) in
        [("self", "Self_"), ("Self", "Self2"), ("Type", "Type2"), ("other", "Other2"), ("größe", "Größe")]
    {
        assert!(words.contains(&format!("Self::{variant} => \"{name}\",")), "{name}: {words}");
    }
    for field in ["pub self_:", "pub r#type:", "pub additional2:", "pub größe:", "pub 名前:", "pub x:", "pub x2:"] {
        assert!(code("shelf.rs").contains(field), "{field}");
    }
    // Keys and arguments have the types of the metadata.
    let requests = code("requests/shelf.rs");
    assert!(requests.contains("pub fn id(&self, opens: impl Into<rt::TimeOfDay>)"), "{requests}");
    assert!(files.iter().any(|(_, code)| code.contains("rt::Literal::of::<rt::Date>(day)")));
    // What may be null is an `Option`; the builders are those of the entity types.
    let requests = code("requests/shelf.rs");
    assert!(requests.contains("pub fn next(&self) -> rt::Nullable<super::ShelfRequests>"), "{requests}");
    assert!(requests.contains("pub fn first(&self) -> super::ShelfRequests"), "{requests}");
    let root = code("requests/root.rs");
    assert!(root.contains("pub fn spare(&self) -> rt::Nullable<super::CrateRequests>"), "{root}");
    assert!(root.contains("(\"place\", rt::Literal::member(\"geography\", place))"), "{root}");
    assert!(root.contains("(\"loose\", rt::Literal::json(loose))"), "{root}");
}

/// Some services respond with 404 where nothing is related, so there is nothing to be `None`.
#[test]
fn a_setting_says_how_the_service_tells_that_nothing_is_related() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/csdl/odd.xml");
    let service = edmark::service::Service { absent: Some(edmark::service::Absent::NotFound), ..Default::default() };
    let model = Config::new().metadata(file).service(service).analyse().expect("a model").model;
    let files = edmark::emit::emit(&model, &SourceMap::default(), &Options { layout: Layout::Modules });
    assert!(files.iter().all(|(_, code)| !code.contains("Nullable")));
}

/// Pages may have segments that no identifier begins with.
#[test]
fn builders_have_identifiers() {
    let dir = tempfile::tempdir().expect("a folder");
    let page = "# Get a site\n\nNamespace: store\n\n## HTTP request\n```http\nGET /0sites/{id}\nGET /7x/{id}\n```\n";
    std::fs::write(dir.path().join("get.md"), page).expect("a page");
    std::fs::write(dir.path().join("lamp.md"), super::pages::page("lamp", "", "|id|String|The key.|")).expect("a page");
    let model = Config::new().docs(dir.path()).analyse().expect("a model").model;
    let names: Vec<&str> = model.requests.builders.iter().map(|builder| builder.rust_name.as_str()).collect();
    assert_eq!(names, ["Graph", "ItemOfT0sitesRequests", "ItemOfT7xRequests", "T0sitesRequests", "T7xRequests"]);
    let is_identifier = |name: &&str| syn::parse_str::<syn::Ident>(name).is_ok();
    assert!(names.iter().all(is_identifier), "{names:?}");
}
