//! Tests of valid and invalid configurations, and of the messages for mistakes.

use std::path::Path;

use super::reader;
use super::*;
use crate::schema::{Primitive, QualifiedName, TypeItem, TypeKind};
use crate::service::{Absent, BatchUrls, DurationLiterals, EnumLiterals, InLists, KeySyntax, Protocol};
use crate::source::FileId;

fn corrections(text: &str) -> Corrections {
    Corrections::parse("edmark.toml", text).expect("valid")
}

fn user(text: &str) -> TypeCorrection {
    let name = QualifiedName::new("microsoft.graph", "user");
    corrections(text).types.remove(&name).expect("a correction of user")
}

#[test]
fn every_option_is_read() {
    let (mut options, corrections) = reader::read(
        Path::new("edmark.toml"),
        r#"
        docs = ["a", "b"]
        out = "src"
        crate = "sdk"
        license = "(MIT OR Apache-2.0) AND BSD-3-Clause"
        runtime-path = "../runtime"
        with-tests = true
        single-file = true
        file_name = "sdk.rs"
        include = "user"
        exclude = ["microsoft.graph.callRecords"]
        navigation = "omit"
        extern-paths = { "microsoft.graph" = "::models::graph" }
        requests = false
        derives."microsoft.graph.*" = ["Eq", "schemars::JsonSchema"]
        type-attributes = { user = '#[must_use] #[derive(Hash)]' }
        field-attributes = { "user.mail" = ['#[a(b)]', "/// c"] }
        deny = "warnings"

        [service]
        name = "Zoo"
        namespace = "example.zoo"
        root = "https://zoo.example/odata/v4"
        keys = "parentheses"
        site = "https://docs.zoo.example"
        pages.resources = "https://docs.zoo.example/{page}"
        singletons = { here = "home" }
        enums = "qualified"
        durations = "short"
        in-lists = "written-out"
        batch-urls = "slash"
        exact-numbers = true
        max-version = "4.0"
        consistency = "Zoo-Read: late"
        request-id = "zoo-id"
        variable = "zoo"
        absent = "not-found"
        delta = "changes"
        content = "bytes"
        batch-limit = 100
        prefer = 'odata.include-annotations="*"'
        "#,
    )
    .expect("valid");
    let added = |additions: &[Addition]| -> Vec<(String, Vec<String>, Vec<String>)> {
        let parts = |one: &Addition| (one.name.clone(), one.attributes.derives.clone(), one.attributes.others.clone());
        additions.iter().map(parts).collect()
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        added(&options.additions.types),
        [
            ("microsoft.graph.*".to_owned(), texts(&["Eq", "schemars :: JsonSchema"]), vec![]),
            ("user".to_owned(), texts(&["Hash"]), texts(&["must_use"])),
        ]
    );
    assert_eq!(added(&options.additions.members), [("user.mail".to_owned(), vec![], texts(&["a (b)", "doc = \"c\""]))]);
    options.additions = Additions::default();
    assert_eq!(
        options,
        Options {
            service: Service {
                name: Some("Zoo".to_owned()),
                namespace: Some("example.zoo".to_owned()),
                root: Some("https://zoo.example/odata/v4".to_owned()),
                keys: Some(KeySyntax::Parentheses),
                site: Some("https://docs.zoo.example".to_owned()),
                pages: [("resources".to_owned(), "https://docs.zoo.example/{page}".to_owned())].into(),
                singletons: [("here".to_owned(), "home".to_owned())].into(),
                variable: Some("zoo".to_owned()),
                absent: Some(Absent::NotFound),
                delta: Some("changes".to_owned()),
                content: Some("bytes".to_owned()),
                protocol: Protocol {
                    enums: Some(EnumLiterals::Qualified),
                    durations: Some(DurationLiterals::Short),
                    in_lists: Some(InLists::WrittenOut),
                    batch_urls: Some(BatchUrls::Slash),
                    batch_limit: Some(100),
                    exact_numbers: Some(true),
                    max_version: Some("4.0".to_owned()),
                    consistency: Some("Zoo-Read: late".to_owned()),
                    request_id: Some("zoo-id".to_owned()),
                    prefer: Some("odata.include-annotations=\"*\"".to_owned()),
                },
            },
            metadata: vec![],
            docs: vec!["a".into(), "b".into()],
            out: Some("src".into()),
            crate_name: Some("sdk".into()),
            license: Some("(MIT OR Apache-2.0) AND BSD-3-Clause".into()),
            runtime_path: Some("../runtime".into()),
            with_tests: true,
            single_file: true,
            file_name: Some("sdk.rs".into()),
            selection: Selection {
                include: vec!["user".into()],
                exclude: vec!["microsoft.graph.callRecords".into()],
                navigation: Navigation::Omit,
                external: [("microsoft.graph".to_owned(), "::models::graph".to_owned())].into(),
            },
            additions: Additions::default(),
            no_requests: true,
            deny_warnings: true,
            edits: crate::file_set::Edits::Keep,
            no_cache: false,
        }
    );
    assert!(corrections.is_empty());
}

#[test]
fn the_documented_keys_are_those_that_are_read() {
    let docs = include_str!("../config.rs").lines().map_while(|line| line.strip_prefix("//!"));
    let lines = docs.skip_while(|line| !line.contains("```toml")).skip(1).take_while(|line| !line.contains("```"));
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    let (options, corrections) = reader::read(Path::new("edmark.toml"), &text).expect("valid");
    assert!(options.deny_warnings);
    for key in Service::keys() {
        assert!(text.contains(&format!("\n {key} = ")) || text.contains(&format!("\n {key}.")), "{key}");
    }
    assert!(!corrections.types.is_empty() && !corrections.enums.is_empty());
}

#[test]
fn every_fact_of_a_type_can_be_corrected() {
    let ty = user(
        r#"
        [types."microsoft.graph.user"]
        kind = "complex"
        base = false
        abstract = true
        open = true
        key = ["id"]
        rename = "Person"
        exclude = false
        "#,
    );
    assert_eq!(ty.kind.expect("kind").value, TypeKind::Complex);
    assert_eq!(ty.base.expect("base").value, None);
    assert!(ty.is_abstract.expect("abstract").value && ty.is_open.expect("open").value);
    assert_eq!(ty.key.expect("key").value[0].value, "id");
    assert_eq!(ty.rename.expect("rename").value, "Person");
    assert!(!ty.exclude.expect("exclude").value);
}

#[test]
fn a_property_is_corrected_in_either_form() {
    let short = user(
        r#"[types."microsoft.graph.user".mail]
        type = "Collection(Edm.Int32)""#,
    );
    let long = user(
        r#"[types."microsoft.graph.user".properties.mail]
        type = "Collection(Edm.Int32)""#,
    );
    for ty in [short, long] {
        let expr = ty.properties["mail"].ty.as_ref().expect("type");
        assert_eq!(expr.value.item, TypeItem::Primitive(Primitive::Int32));
        assert!(expr.value.collection);
    }
}

#[test]
fn a_property_may_have_the_name_of_a_key() {
    let ty = user(
        r#"
        [types."microsoft.graph.user"]
        kind = "entity"
        base.nullable = false
        [types."microsoft.graph.user".properties]
        kind.type = "microsoft.graph.userKind"
        properties.exclude = true
        "#,
    );
    assert_eq!(ty.kind.as_ref().expect("kind").value, TypeKind::Entity);
    assert_eq!(ty.properties.keys().collect::<Vec<_>>(), ["base", "kind", "properties"]);
}

#[test]
fn a_correction_knows_its_place() {
    let text = "[enums.\"a.e\"]\nadd = [\"x\"]\n";
    let found = corrections(text).enums.into_values().next().expect("an enum");
    assert_eq!(found.span.file, FileId::CONFIGURATION);
    assert_eq!(&text[found.span.range()], "\"a.e\"");
    assert_eq!(&text[found.add[0].span.range()], "\"x\"");
}

#[test]
fn mistakes_name_their_place_and_what_would_be_right() {
    let cases = [
        "docs = [",
        "doc = \"a\"",
        "docs = 1",
        "docs = [\"a\", 1]",
        "zzzzzzzzzz = 1",
        "deny = \"errors\"",
        "navigation = \"none\"",
        "extern-paths = { \"a.b\" = \"models\" }",
        "extern-paths = { \"a.b\" = \"::models<u8>\" }",
        "[derives]\nuser = [\n  \"Eq\",\n  \"Partial Ord\",\n]",
        "license = \"\"",
        "license = \"M\\nIT\"",
        "derives = \"Eq\"",
        "[type-attributes]\n\"user\" = \"must_use\"",
        "[type-attributes]\n\"user\" = \"#[schemars(title = \\\"x]\"",
        "[type-attributes]\n\"user\" = [\"#[must_use]\", \"#![allow(dead_code)]\"]",
        "[type-attributes]\n\"user\" = \"\"",
        "[field-attributes]\nmail = \"#[a]\"",
        "[field-attributes]\n\"user.mail\" = \"#[derive(Eq)]\"",
        "[field-attributes]\nuser.mail = \"#[a]\"",
        "file-name = \"../x.rs\"",
        "docs = \"a\"\ndocs = \"b\"",
        "docs = [\"a\", \"\"]",
        "out = \"\"",
        "with-tests = true\nwith_tests = false",
        "[types.\"a.b\".c]\nread_only = true\nread-only = false",
        "service = 1",
        "service.nam = \"Zoo\"",
        "service.name = \"the zoo\"",
        "service.keys = \"slashes\"",
        "service.root = \"zoo.example\"",
        "service.root = \"https://zoo.example/?a\"",
        "service.pages = \"https://zoo.example\"",
        "service.pages.api = \"docs\"",
        "types = 1",
        "[types.microsoft.graph.user]\nkind = \"entity\"",
        "[types.\"a.b\"]\nkid = \"entity\"",
        "[types.\"a.b\"]\nkind = \"enum\"",
        "[types.\"a.b\"]\nbase = true",
        "[types.\"a.b\"]\nbase = \"c\"",
        "[types.\"a.b\"]\nrename = \"fn\"",
        "[types.\"a.b\"]\nrename = \"a-b\"",
        "[types.\"a.b\".c]\ntype = \"String\"",
        "[types.\"a.b\".c]\ntype = \"Edm.string\"",
        "[types.\"a.b\".c]\ntype = \"Collection(Edm.String\"",
        "[types.\"a.b\".c]\nreadonly = true",
        "[types.\"a.b\".properties]\nc = true",
        "[types.\"a.b\"]\nc.nullable = true\nproperties.c.nullable = true",
        "# ä\n[enums.\"a.b\"]\n  member = []",
        "[enums.\"a.b\"]\nadd = \"x\"",
    ];
    let mut text = String::new();
    for case in cases {
        let error = Corrections::parse("edmark.toml", case).expect_err(case);
        text += &format!("{case}\n=> {error}\n\n");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_file_is_found_upwards_and_its_paths_start_from_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let below = folder.path().join("a/b");
    std::fs::create_dir_all(&below).expect("folders");
    let path = folder.path().join(FILE_NAME);
    std::fs::write(&path, "docs = \"docs\"\nruntime-path = \"/r\"").expect("a file");
    assert_eq!(Config::find(&below).as_deref(), Some(path.as_path()));
    let config = Config::from_file(&path).expect("valid");
    assert_eq!(config.options.docs, [folder.path().join("docs")]);
    assert_eq!(config.options.runtime_path.as_deref(), Some(Path::new("/r")));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = Config::from_file("no/edmark.toml").expect_err("no file");
    assert!(error.to_string().starts_with("cannot read no/edmark.toml: "), "{error}");
}
