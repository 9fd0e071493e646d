//! Selection, from the configuration to the code: the selected types, and the treatment of others
//! that they need.

use std::fs;

use edmark::config::Navigation;
use edmark::model::requests::ReturnType;
use edmark::model::{Model, StructuredType, ValueType};
use edmark::{Config, Error};
use tempfile::TempDir;

use crate::pages::page_in;

const GET: &str = "---\ndoc_type: apiPageType\n---\n# Get boss\n\nNamespace: microsoft.graph\n\n## HTTP request\n```http\nGET /people/{id}/boss\n```\n\n\
                   ## Response\nIf successful, this method returns a `200 OK` response code and a [boss](boss.md) object in the response body.\n";

const DIAL: &str = "---\ndoc_type: apiPageType\n---\n# Dial\n\nNamespace: microsoft.graph.calls\n\n## HTTP request\n```http\nPOST /lines/{id}/dial\n```\n\n\
                    ## Response\nIf successful, this method returns a `204 No Content` response code.\n";

fn docs() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let methods = "## Methods\n|Method|Return type|Description|\n|:---|:---|:---|\n|[Get boss](person-get-boss.md)|[boss](boss.md)|.|\n\n";
    let dial = "## Methods\n|Method|Return type|Description|\n|:---|:---|:---|\n|[Dial](line-dial.md)|None|.|\n\n";
    let relationships = "## Relationships\n|Relationship|Type|Description|\n|:---|:---|:---|\n|manager|[boss](boss.md)|.|\n|friends|[person](person.md) collection|.|\n\n";
    let graph = "microsoft.graph";
    let key = ", \"keyProperty\": \"id\"";
    let derived = |base: &str| format!(", \"keyProperty\": \"id\", \"baseType\": \"microsoft.graph.{base}\"");
    let pages = [
        ("entity.md", page_in(graph, "entity", key, "|id|String|Its key.|", "")),
        (
            "person.md",
            page_in(
                graph,
                "person",
                &derived("entity"),
                "|home|[address](address.md)|.|\n|mood|[mood](#mood-values)|.|",
                &(methods.to_owned() + relationships),
            ) + "\n### mood values\n|Member|\n|:---|\n|glad|\n|sad|\n",
        ),
        ("boss.md", page_in(graph, "boss", &derived("person"), "|desk|[desk](desk.md)|.|", "")),
        ("address.md", page_in(graph, "address", "", "|place|[place](place.md) collection|.|", "")),
        ("place.md", page_in(graph, "place", "", "|name|String|.|", "")),
        ("desk.md", page_in(graph, "desk", "", "|wood|String|.|", "")),
        (
            "call.md",
            page_in("microsoft.graph.calls", "call", key, "|id|String|Its key.|\n|line|[line](line.md)|.|", ""),
        ),
        ("line.md", page_in("microsoft.graph.calls", "line", "", "|number|String|.|", dial)),
        ("person-get-boss.md", GET.to_owned()),
        ("line-dial.md", DIAL.to_owned()),
    ];
    for (name, text) in pages {
        fs::write(folder.path().join(name), text).expect("a page");
    }
    folder
}

fn select(change: impl FnOnce(Config) -> Config) -> Result<Model, Error> {
    let folder = docs();
    let config = change(Config::new().docs(folder.path()));
    // This also checks that code can be generated for every selection.
    config.generate().map(|generated| generated.analysis.model)
}

fn selected(include: &[&str], exclude: &[&str]) -> Model {
    select(|config| config.include(include.iter().copied()).exclude(exclude.iter().copied())).expect("a model")
}

fn names(model: &Model) -> Vec<&str> {
    let types = model.types.iter().map(|ty| ty.name.name.as_str());
    types.chain(model.enums.iter().map(|ty| ty.name.name.as_str())).collect()
}

fn ty<'m>(model: &'m Model, name: &str) -> &'m StructuredType {
    model.types.iter().find(|ty| ty.name.name == name).expect("the type")
}

fn item<'m>(model: &'m Model, of: &str, property: &str) -> &'m ValueType {
    let property = ty(model, of).properties.iter().find(|known| known.name == property);
    &property.expect("the property").ty.item
}

#[test]
fn what_a_type_needs_comes_with_it() {
    let model = selected(&["person"], &[]);
    assert_eq!(names(&model), ["address", "entity", "person", "place", "mood"]);
    assert!(matches!(item(&model, "person", "manager"), ValueType::Undocumented(name) if name.name == "boss"));
    // A type that is selected in any case stays typed.
    assert!(
        matches!(item(&model, "person", "friends"), ValueType::Structured(id) if model.structured(*id).name.name == "person")
    );
    assert_eq!(ty(&model, "person").rust.any, None);
    assert_eq!(model.modules.len(), 1);
}

#[test]
fn a_response_that_was_not_selected_is_untyped() {
    let all = selected(&[], &[]);
    assert!(matches!(response(&all, "Get boss"), ReturnType::One(ValueType::Structured(_))));
    let model = selected(&["person"], &[]);
    assert!(
        matches!(response(&model, "Get boss"), ReturnType::One(ValueType::Undocumented(name)) if name.name == "boss")
    );
}

#[test]
fn navigation_is_followed_or_omitted_by_option() {
    let with = |navigation| select(|config| config.include(["person"]).navigation(navigation)).expect("a model");
    let followed = with(Navigation::Follow);
    assert_eq!(names(&followed), ["address", "boss", "desk", "entity", "person", "place", "mood"]);
    assert_eq!(ty(&followed, "person").rust.any.as_ref().map(|any| any.name.as_str()), Some("AnyPerson"));
    let omitted = with(Navigation::Omit);
    let properties: Vec<_> = ty(&omitted, "person").properties.iter().map(|property| property.name.as_str()).collect();
    assert_eq!(properties, ["home", "mood", "friends"]);
}

#[test]
fn names_are_simple_qualified_namespaces_or_patterns() {
    for include in ["call", "CALL", "microsoft.graph.calls.call", "*.call", "c?ll"] {
        assert_eq!(names(&selected(&[include], &[])), ["call", "line"], "{include}");
    }
    for include in ["microsoft.graph.calls", "microsoft.graph.calls.*"] {
        assert_eq!(names(&selected(&[include], &[])), ["call", "line"], "{include}");
    }
    assert_eq!(names(&selected(&["microsoft.graph"], &["microsoft.graph.b*"])).len(), 6);
    assert_eq!(names(&selected(&["mood"], &[])), ["mood"]);
}

#[test]
fn the_root_of_the_modules_does_not_depend_on_the_selection() {
    let model = selected(&["call"], &[]);
    let modules: Vec<_> = model.modules.iter().map(|module| (module.namespace.as_str(), module.path.len())).collect();
    assert_eq!(modules, [("microsoft.graph", 0), ("microsoft.graph.calls", 1)]);
    assert_eq!(ty(&model, "call").rust.module, 1);
}

#[test]
fn what_is_excluded_is_untyped_and_what_it_alone_needs_stays() {
    let model = selected(&[], &["address", "mood"]);
    assert!(matches!(item(&model, "person", "home"), ValueType::Undocumented(name) if name.name == "address"));
    assert!(
        matches!(item(&model, "person", "mood"), ValueType::Primitive(primitive) if primitive.edm_name() == "Edm.String")
    );
    assert!(names(&model).contains(&"place"));
    assert_eq!(model.undocumented.len(), 1);
    // If types are included, it is left out, too.
    assert_eq!(names(&selected(&["person"], &["address"])), ["entity", "person", "mood"]);
}

#[test]
fn an_excluded_base_hands_its_properties_down() {
    let model = selected(&["boss"], &["person"]);
    let boss = ty(&model, "boss");
    assert_eq!(boss.base.map(|base| model.structured(base).name.name.as_str()), Some("entity"));
    let properties: Vec<_> = boss.properties.iter().map(|property| property.name.as_str()).collect();
    assert_eq!(properties, ["home", "mood", "manager", "friends", "desk"]);
    assert_eq!(names(&model), ["address", "boss", "desk", "entity", "place", "mood"]);
    let model = selected(&["boss"], &["person", "entity"]);
    assert_eq!((ty(&model, "boss").base, ty(&model, "boss").key.as_slice()), (None, ["id".to_owned()].as_slice()));
}

fn operations(model: &Model) -> Vec<&str> {
    model.requests.operations().map(|(_, operation)| operation.title.as_str()).collect()
}

fn response<'m>(model: &'m Model, title: &str) -> &'m ReturnType {
    let mut operations = model.requests.operations().map(|(_, operation)| operation);
    &operations.find(|operation| operation.title == title).expect("the operation").response
}

#[test]
fn an_operation_comes_with_what_it_needs() {
    for include in ["person-get-boss", "PERSON-get-*", "person-get-boss.md"] {
        let model = selected(&[include], &[]);
        // The response is a boss, which derives from person.
        assert_eq!(names(&model), ["address", "boss", "desk", "entity", "person", "place", "mood"], "{include}");
        assert_eq!(operations(&model), ["Get boss"]);
        assert!(matches!(response(&model, "Get boss"), ReturnType::One(ValueType::Structured(_))));
    }
}

/// The method and path of all remaining requests.
fn requests(model: &Model) -> Vec<String> {
    let operations = model.requests.builders.iter().flat_map(|builder| &builder.operations);
    operations.map(|operation| format!("{} {}", operation.http.name(), operation.templates[0])).collect()
}

#[test]
fn requests_follow_the_selection() {
    let all = requests(&selected(&[], &[]));
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(requests(&selected(&["boss"], &[])), ["GET /people/{id}/boss"]);
    assert_eq!(requests(&selected(&[], &["line-*"])), ["GET /people/{id}/boss"]);
    // The type of the operation's page is not needed.
    let model = selected(&["line-dial"], &[]);
    assert_eq!((requests(&model), names(&model)), (vec!["POST /lines/{id}/dial".to_owned()], Vec::new()));
    assert_eq!(requests(&selected(&["line-dial", "person"], &["line-dial"])), ["GET /people/{id}/boss"]);
    assert_eq!(selected(&["desk"], &[]).requests.builders.len(), 0);
}

#[test]
fn once_an_operation_is_named_no_other_comes_along() {
    // Boss derives from person, so person is needed, but its operation is not.
    assert_eq!(operations(&selected(&["boss"], &[])), ["Get boss"]);
    assert_eq!(operations(&selected(&["boss", "line-*"], &[])), ["Dial"]);
    assert_eq!(operations(&selected(&["person", "line-*"], &[])), ["Get boss", "Dial"]);
}

#[test]
fn operations_can_be_excluded() {
    let model = selected(&[], &["person-*"]);
    assert_eq!((operations(&model), model.types.len()), (vec!["Dial"], 8));
    let none = selected(&["person"], &["person-get-boss"]);
    assert_eq!((operations(&none), none.requests.builders.len()), (Vec::new(), 0));
    let both = selected(&["person-get-boss", "desk"], &["person-get-boss"]);
    assert_eq!(names(&both), ["desk"]);
}

#[test]
fn a_name_that_fits_nothing_is_an_error() {
    let cases = [
        ("persn", "include: no type, namespace or operation is called `persn`; did you mean `person`?"),
        (
            "microsoft.graph.adress",
            "include: no type, namespace or operation is called `microsoft.graph.adress`; did you mean `microsoft.graph.address`?",
        ),
        (
            "microsoft.grph.calls",
            "include: no type, namespace or operation is called `microsoft.grph.calls`; did you mean `microsoft.graph.calls`?",
        ),
        (
            "person-gets-boss",
            "include: no type, namespace or operation is called `person-gets-boss`; did you mean `person-get-boss`?",
        ),
        ("zzzzzz", "include: no type, namespace or operation is called `zzzzzz`"),
        ("zz*", "include: no type or operation is called like `zz*`"),
        ("", "include: no type, namespace or operation is called ``"),
    ];
    for (name, message) in cases {
        let error = select(|config| config.include([name])).expect_err(name);
        assert!(matches!(error, Error::Selection(_)));
        assert_eq!(error.to_string(), message);
    }
    let error = select(|config| config.exclude(["pers"])).expect_err("no type");
    assert!(error.to_string().starts_with("exclude: "), "{error}");
}

#[test]
fn the_order_of_names_does_not_matter() {
    let code = |include: &[&str]| {
        let folder = docs();
        let generated = Config::new().docs(folder.path()).include(include.iter().copied()).generate().expect("code");
        generated.files.iter().map(|(_, text)| text.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(code(&["person", "call", "desk"]), code(&["desk", "person", "person", "call"]));
}

fn code(change: impl FnOnce(Config) -> Config) -> String {
    let folder = docs();
    let generated = change(Config::new().docs(folder.path())).generate().expect("code");
    generated.files.get("graph.rs").expect("a file").to_owned()
}

#[test]
fn types_of_another_crate_are_named_by_its_path() {
    let code = code(|config| {
        config.include(["person", "call"]).extern_path("address", "::other::graph").extern_path("mood", "crate::own")
    });
    assert!(code.contains("pub home: Option<Box<::other::graph::Address>>"), "{code}");
    assert!(code.contains("pub mood: Option<crate::own::Mood>"), "{code}");
    // Types that only the external types need are not generated either.
    for gone in ["struct Address", "struct Place", "enum Mood"] {
        assert!(!code.contains(gone), "{gone}: {code}");
    }
    assert!(code.contains("struct Person") && code.contains("struct Line"), "{code}");
}

#[test]
fn a_namespace_of_another_crate_has_no_module() {
    let code = code(|config| config.extern_path("microsoft.graph.calls", "::other"));
    assert!(code.contains("struct Person") && !code.contains("mod calls") && !code.contains("struct Call"), "{code}");
}

#[test]
fn a_base_of_another_crate_hands_its_properties_down() {
    let code =
        code(|config| config.include(["boss"]).extern_path("person", "::other").extern_path("entity", "::other"));
    // The struct has its own properties and those of the two base types. The enum of the base type
    // and its derived types is not generated here.
    for property in ["pub desk:", "pub home:", "pub mood:", "pub id:"] {
        assert!(code.contains(property), "{property} {code}");
    }
    assert!(
        code.contains("struct Address") && !code.contains("struct Person") && !code.contains("AnyPerson"),
        "{code}"
    );
}

#[test]
fn another_crates_type_has_to_be_there() {
    let error = select(|config| config.extern_path("persom", "::other")).expect_err("a slip");
    assert!(
        error
            .to_string()
            .contains("extern-paths: no type, namespace or operation is called `persom`; did you mean `person`?"),
        "{error}"
    );
}
