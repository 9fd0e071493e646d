//! Corrections of `edmark.toml`, from the configuration to the model and the code: their effects,
//! and the report of a correction without effect.

use std::fs;

use edmark::diagnostics::Code;
use edmark::model::{Model, Property, StructuredType, TypeKind, ValueType};
use edmark::source::{FileId, SourceMap};
use edmark::{Analysis, Config};
use tempfile::TempDir;

use crate::pages::page;

fn docs() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = [
        (
            "entity.md",
            page("entity", ", \"keyProperty\": \"id\", \"abstract\": true", "|id|String|Its key. Read-only.|"),
        ),
        (
            "person.md",
            page(
                "person",
                ", \"keyProperty\": \"id\", \"baseType\": \"microsoft.graph.entity\"",
                "|id|String|Inherited from [entity](entity.md).|\n|age|String|Years.|\n|tags|String|Words.|\n|mood|[mood](#mood-values)|.|\n\
                 |colour|microsoft.graph.colour|.|\n|home|[address](address.md)|.|\n|note|String|Possible values are: `a`, `b`.|",
            ) + "\n### mood values\n|Member|Value|Description|\n|:---|:---|:---|\n|glad|0|Well.|\n|sad|1|Not so.|\n|odd|2|.|\n",
        ),
        ("address.md", page("address", "", "|street|String|.|\n|person|[person](person.md)|.|")),
        ("employee.md", page("employee", "", "|id|String|Its key.|\n|salary|Int32|Read-only.|")),
    ];
    for (name, text) in pages {
        fs::write(folder.path().join(name), text).expect("a page");
    }
    folder
}

fn analyse(toml: &str) -> Analysis {
    let folder = docs();
    let path = folder.path().join("edmark.toml");
    fs::write(&path, format!("docs = \".\"\n{toml}")).expect("a file");
    Config::from_file(path).expect("a configuration").analyse().expect("an analysis")
}

fn ty<'m>(model: &'m Model, name: &str) -> &'m StructuredType {
    model.types.iter().find(|ty| ty.name.name == name).expect("the type")
}

fn property<'m>(model: &'m Model, of: &str, name: &str) -> &'m Property {
    ty(model, of).properties.iter().find(|property| property.name == name).expect("the property")
}

/// The type of a property in the notation of CSDL.
fn shown(model: &Model, of: &str, name: &str) -> String {
    let ty = &property(model, of, name).ty;
    let item = match &ty.item {
        ValueType::Primitive(primitive) => primitive.edm_name().to_owned(),
        ValueType::Structured(id) => model.structured(*id).name.to_string(),
        ValueType::Enum(id) => model.enumeration(*id).name.to_string(),
        ValueType::Undocumented(name) => format!("? {name}"),
    };
    if ty.collection { format!("Collection({item})") } else { item }
}

fn members(model: &Model, name: &str) -> Vec<(String, Option<i64>)> {
    let ty = model.enums.iter().find(|ty| ty.name.name == name).expect("the enum");
    ty.members.iter().map(|member| (member.name.clone(), member.value)).collect()
}

/// The problems of corrections: the text at the place, and the message.
fn idle(analysis: &Analysis) -> Vec<(String, String)> {
    let of = |sources: &SourceMap, span| sources.text(span).to_owned();
    let problems = analysis.diagnostics.iter().filter(|problem| problem.code == Code::CorrectionIdle);
    problems
        .map(|problem| {
            assert_eq!(problem.primary.span.file, FileId::CONFIGURATION);
            (of(&analysis.sources, problem.primary.span), problem.message.clone())
        })
        .collect()
}

/// The model, after a check that no correction is reported.
fn corrected(toml: &str) -> Model {
    let analysis = analyse(toml);
    assert_eq!(idle(&analysis), []);
    analysis.model
}

#[test]
fn facts_of_a_type() {
    let model = corrected(
        r#"
        [types."microsoft.graph.employee"]
        base = "microsoft.graph.person"
        open = true
        abstract = true
        [types."microsoft.graph.person"]
        base = false
        key = ["id", "age"]
        "#,
    );
    let employee = ty(&model, "employee");
    assert_eq!(model.structured(employee.base.expect("a base")).name.name, "person");
    assert!(employee.is_open && employee.is_abstract);
    // The other properties are declared by its new base type.
    assert_eq!(employee.properties.len(), 1);
    let person = ty(&model, "person");
    assert_eq!((person.base, person.key.as_slice()), (None, ["id".to_owned(), "age".to_owned()].as_slice()));
}

#[test]
fn a_kind_wins_over_votes_and_counts_for_derived_types() {
    let toml = "types.\"microsoft.graph.address\".kind = \"entity\"\ntypes.\"microsoft.graph.person\".kind = \"complex\"\n\
                types.\"microsoft.graph.employee\".base = \"microsoft.graph.person\"\n";
    let model = corrected(toml);
    assert_eq!(ty(&model, "address").kind, TypeKind::Entity);
    assert!(property(&model, "person", "home").is_navigation);
    assert_eq!((ty(&model, "person").kind, ty(&model, "employee").kind), (TypeKind::Complex, TypeKind::Complex));
    assert_eq!(ty(&model, "entity").kind, TypeKind::Entity);
}

#[test]
fn facts_of_properties() {
    let model = corrected(
        r#"
        [types."microsoft.graph.person"]
        age.type = "Edm.Int32"
        age.read-only = true
        tags = { type = "Collection(Edm.String)", nullable = false }
        note.exclude = true
        home.type = "microsoft.graph.employee"
        nickname = { add = true, type = "Edm.String" }
        [types."microsoft.graph.employee"]
        salary.read-only = false
        "#,
    );
    assert_eq!(shown(&model, "person", "age"), "Edm.Int32");
    assert!(property(&model, "person", "age").facts.read_only.is_some());
    assert_eq!(shown(&model, "person", "tags"), "Collection(Edm.String)");
    assert_eq!(property(&model, "person", "tags").facts.nullable.as_ref().map(|stated| stated.value), Some(false));
    assert_eq!(shown(&model, "person", "home"), "microsoft.graph.employee");
    assert_eq!(shown(&model, "person", "nickname"), "Edm.String");
    assert!(!ty(&model, "person").properties.iter().any(|property| property.name == "note"));
    assert!(property(&model, "employee", "salary").facts.read_only.is_none());
}

#[test]
fn an_excluded_property_does_not_come_back_through_a_derived_type() {
    let model = corrected("types.\"microsoft.graph.entity\".id.exclude = true");
    assert!(!ty(&model, "person").properties.iter().any(|property| property.name == "id"));
    assert!(ty(&model, "person").key.is_empty());
}

#[test]
fn an_excluded_type_is_untyped_and_nothing_is_said_about_it() {
    let analysis = analyse("types.\"microsoft.graph.address\".exclude = true");
    assert_eq!(idle(&analysis), []);
    assert_eq!(shown(&analysis.model, "person", "home"), "? microsoft.graph.address");
    let unknown = analysis.diagnostics.iter().filter(|problem| problem.code == Code::TypeUnknown);
    assert_eq!(
        unknown.map(|problem| analysis.sources.text(problem.primary.span)).collect::<Vec<_>>(),
        ["microsoft.graph.colour"]
    );
}

#[test]
fn members_of_enums() {
    let numbered =
        |list: &[(&str, Option<i64>)]| -> Vec<_> { list.iter().map(|(n, v)| ((*n).to_owned(), *v)).collect() };
    let model = corrected("[enums.\"microsoft.graph.mood\"]\nmembers = [\"sad\", \"new\"]\nflags = true");
    assert_eq!(members(&model, "mood"), numbered(&[("sad", Some(1)), ("new", None)]));
    assert!(model.enums.iter().any(|ty| ty.name.name == "mood" && ty.is_flags));
    let model = corrected("[enums.\"microsoft.graph.mood\"]\nadd = [\"new\"]\nremove = [\"odd\"]");
    assert_eq!(members(&model, "mood"), numbered(&[("glad", Some(0)), ("sad", Some(1)), ("new", None)]));
}

#[test]
fn an_enum_that_no_page_describes_can_be_added() {
    let toml = "enums.\"microsoft.graph.colour\".members = [\"red\", \"blue\"]";
    let analysis = analyse(toml);
    assert_eq!(idle(&analysis), []);
    assert_eq!(shown(&analysis.model, "person", "colour"), "microsoft.graph.colour");
    assert_eq!(members(&analysis.model, "colour").len(), 2);
    assert!(!analysis.diagnostics.iter().any(|problem| problem.code == Code::TypeUnknown));
    // It is used by a property whose type is corrected to it.
    let model = corrected(
        "enums.\"microsoft.graph.note\".members = [\"a\", \"b\"]\ntypes.\"microsoft.graph.person\".note.type = \"microsoft.graph.note\"",
    );
    assert_eq!(shown(&model, "person", "note"), "microsoft.graph.note");
}

#[test]
fn an_excluded_enum_is_a_string() {
    let model = corrected("enums.\"microsoft.graph.mood\".exclude = true");
    assert_eq!(shown(&model, "person", "mood"), "Edm.String");
    assert!(model.enums.is_empty());
}

#[test]
fn names_in_rust() {
    let folder = docs();
    let corrections = edmark::config::Corrections::parse(
        "edmark.toml",
        r#"
        [types."microsoft.graph.person"]
        rename = "Human"
        age.rename = "years"
        [types."microsoft.graph.employee"]
        base = "microsoft.graph.person"
        [enums."microsoft.graph.mood"]
        rename = "Temper"
        "#,
    )
    .expect("valid");
    let generated = Config::new().docs(folder.path()).corrections(corrections).generate().expect("code");
    assert_eq!(idle(&generated.analysis), []);
    let (_, code) = generated.files.iter().next().expect("a file");
    for expected in
        ["pub struct Human ", "pub enum AnyHuman ", "pub years: Option<String>", "YEARS", "Temper>", "pub enum Temper"]
    {
        assert!(code.contains(expected), "{expected} is missing");
    }
    // In requests and responses the service's names are used.
    assert!(code.contains("#microsoft.graph.person") && code.contains("\"age\""));
    assert!(!code.contains("struct Person"));
}

#[test]
fn a_name_that_is_given_goes_first() {
    let model = corrected("types.\"microsoft.graph.person\".rename = \"Employee\"");
    assert_eq!(
        (ty(&model, "person").rust.name.as_str(), ty(&model, "employee").rust.name.as_str()),
        ("Employee", "Employee2")
    );
}

#[test]
fn a_correction_that_names_nothing_is_reported() {
    let cases = [
        (
            "types.\"microsoft.graph.persons\".open = true",
            "no page describes the type `microsoft.graph.persons`; did you mean `microsoft.graph.person`?",
        ),
        (
            "types.\"microsoft.graph.person\".agge.nullable = true",
            "no page describes a property `agge` of `microsoft.graph.person`; did you mean `age`?",
        ),
        (
            "types.\"microsoft.graph.person\".id.type = \"Edm.Guid\"",
            "`id` is inherited from `microsoft.graph.entity`: correct it there",
        ),
        (
            "types.\"microsoft.graph.person\".key = [\"zzzzzz\"]",
            "`zzzzzz` is no property that `microsoft.graph.person` declares",
        ),
        (
            "types.\"microsoft.graph.person\".base = \"microsoft.graph.entitie\"",
            "no page describes `microsoft.graph.entitie`; did you mean `microsoft.graph.entity`?",
        ),
        (
            "enums.\"microsoft.graph.moods\".add = [\"x\"]",
            "no page describes the enum type `microsoft.graph.moods`; did you mean `microsoft.graph.mood`?",
        ),
        (
            "enums.\"microsoft.graph.nobodys\".members = [\"x\"]",
            "no page names the enum type `microsoft.graph.nobodys`, so nothing has these members",
        ),
        (
            "enums.\"microsoft.graph.person\".members = [\"x\"]",
            "`microsoft.graph.person` is described as a structured type, not as an enum type",
        ),
        (
            "enums.\"microsoft.graph.mood\".remove = [\"saad\"]",
            "`microsoft.graph.mood` has no member `saad`; did you mean `sad`?",
        ),
    ];
    for (toml, message) in cases {
        let analysis = analyse(toml);
        let found = idle(&analysis);
        assert_eq!(found.iter().map(|(_, message)| message.as_str()).collect::<Vec<_>>(), [message], "{toml}");
        assert!(!analysis.model.enums.iter().any(|ty| ty.name.name == "nobodys"));
    }
}

#[test]
fn a_correction_that_says_what_the_pages_say_is_reported() {
    let person = |text: &str| format!("types.\"microsoft.graph.person\".{text}");
    let mood = |text: &str| format!("enums.\"microsoft.graph.mood\".{text}");
    let cases = [
        (person("kind = \"entity\""), "\"entity\""),
        (person("base = \"microsoft.graph.entity\""), "\"microsoft.graph.entity\""),
        (person("abstract = false"), "false"),
        (person("open = false"), "false"),
        (person("exclude = false"), "false"),
        (person("rename = \"Person\""), "\"Person\""),
        (person("age.type = \"Edm.String\""), "\"Edm.String\""),
        (person("age.read-only = false"), "false"),
        (person("age.rename = \"age\""), "\"age\""),
        (person("age.exclude = false"), "false"),
        (person("age = { add = true, type = \"Edm.Int32\" }"), "true"),
        ("types.\"microsoft.graph.entity\".key = [\"id\"]".to_owned(), "[\"id\"]"),
        ("types.\"microsoft.graph.address\".base = false".to_owned(), "false"),
        (mood("members = [\"glad\", \"sad\", \"odd\"]"), "[\"glad\", \"sad\", \"odd\"]"),
        (mood("add = [\"sad\"]"), "\"sad\""),
        (mood("flags = false"), "false"),
        (mood("exclude = false"), "false"),
        (mood("rename = \"Mood\""), "\"Mood\""),
    ];
    for (toml, place) in cases {
        let analysis = analyse(&toml);
        let found = idle(&analysis);
        assert_eq!(found.iter().map(|(place, _)| place.as_str()).collect::<Vec<_>>(), [place], "{toml}: {found:?}");
    }
}

#[test]
fn corrections_are_compared_with_the_pages_one_by_one() {
    let analysis = analyse(
        r#"
        [types."microsoft.graph.person"]
        base = false
        kind = "entity"
        key = ["age"]
        rename = "Employee"
        age = { type = "Edm.Int32", rename = "note" }
        note = { type = "Edm.String", rename = "note2" }
        home.exclude = true
        [types."microsoft.graph.employee"]
        base = "microsoft.graph.person"
        kind = "complex"
        rename = "Employee2"
        id.type = "Edm.String"
        [types."microsoft.graph.address"]
        open = true
        exclude = true
        "#,
    );
    let found = idle(&analysis);
    let found: Vec<(&str, &str)> = found.iter().map(|(place, message)| (place.as_str(), message.as_str())).collect();
    assert_eq!(
        found,
        [
            ("\"entity\"", "this `kind` corrects nothing: the pages say so without it"),
            ("\"Edm.String\"", "this `type` corrects nothing: the pages say so without it"),
            ("id", "`id` is inherited from `microsoft.graph.person`: correct it there"),
        ]
    );
}

#[test]
fn a_name_is_compared_with_the_one_that_is_free_without_it() {
    let twice = |text: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let rows = "|big_box|String|.|\n|bigBox|String|.|";
        fs::write(folder.path().join("crate.md"), page("crate", "", rows)).expect("a page");
        let path = folder.path().join("edmark.toml");
        fs::write(&path, format!("docs = \".\"\n[types.\"microsoft.graph.crate\"]\n{text}")).expect("a file");
        idle(&Config::from_file(path).expect("a configuration").analyse().expect("an analysis"))
    };
    // Both properties are `big_box` in Rust, and the first one gets this name.
    assert_eq!(twice("bigBox.rename = \"big_box\"\n"), []);
    assert_eq!(twice("bigBox.rename = \"big_box2\"\n").len(), 1);
    assert_eq!(twice("big_box.rename = \"big_box\"\n").len(), 1);
}

#[test]
fn a_correction_that_cannot_be_heeded_is_reported() {
    let analysis = analyse("types.\"microsoft.graph.person\".base = \"microsoft.graph.person\"");
    assert_eq!(idle(&analysis)[0].1, "this `base` could not be heeded");
    let both = "types.\"microsoft.graph.address\".rename = \"Box\"\ntypes.\"microsoft.graph.person\".rename = \"Box\"";
    let analysis = analyse(both);
    assert_eq!(idle(&analysis)[0].1, "the name `Box` is taken; it became `Box2`");
}

#[test]
fn an_added_property_needs_a_type() {
    let error = edmark::config::Corrections::parse("edmark.toml", "types.\"a.b\".c.add = true").expect_err("no type");
    assert_eq!(error.to_string(), "edmark.toml:1:21: a property that is added needs a `type`");
}
