//! Tests that emit models built by hand.

mod build;
mod compile;
mod doc;
mod examples;
mod features;
mod hostile;
mod print;
mod requests;
mod units;
mod words;

use self::build::*;
use super::{Layout, Options, RuntimeDependency};
use crate::file_set::{FileSet, MARKER};
use crate::model::*;
use crate::schema::{Filter, Returned};
use crate::source::SourceMap;

/// Emits a model that has only the public names of generated code; the private ones are assigned
/// here, as `resolve` does.
fn emit(model: &Model, sources: &SourceMap, options: &Options) -> FileSet {
    let mut model = model.clone();
    crate::resolve::assign_private(&mut model);
    super::emit(&model, sources, options)
}

fn sample() -> Model {
    let mut model = model();
    let days = add_enum(&mut model, {
        let mut days = enumeration(ROOT, "dayOfWeek", &["sunday", "monday"]);
        days.is_flags = true;
        days.members[0].description = Some(build::described("The first one.".to_owned()));
        days.members[1].value = Some(1);
        days
    });
    let group = add_enum(&mut model, enumeration(SUB, "ageGroup", &["minor", "notAdult", "adult"]));
    let mut entity = ty(ROOT, "entity");
    entity.is_abstract = true;
    let mut id = string("id");
    id.facts.key = Some(span());
    id.facts.read_only = Some(span());
    entity.properties.push(id);
    let entity = add(&mut model, entity, None);
    let mut object = ty(ROOT, "directoryObject");
    object.rust.any = Some(family("AnyDirectoryObject".to_owned()));
    object.properties.push(property("deletedDateTime", ValueType::Primitive(Primitive::DateTimeOffset)));
    let object = add(&mut model, object, Some(entity));
    let mut profile = ty(ROOT, "passwordProfile");
    profile.kind = TypeKind::Complex;
    profile.is_open = true;
    let profile = add(&mut model, profile, None);
    let mut user = ty(ROOT, "user");
    let mut described = build::described("A person's account; see ".to_owned());
    described.push_link("the overview", build::link(None));
    described.push_text(" or ");
    described.push_link("more", build::link(Some("https://example.com/a b(c)")));
    user.description = Some(described);
    let mut enabled = property("accountEnabled", ValueType::Primitive(Primitive::Boolean));
    let mut described = build::described("true if the account is enabled; otherwise, false. Supports ".to_owned());
    described.push_code("$filter");
    described.push_text(".");
    enabled.description = Some(described);
    enabled.facts.filter = Some(at(Filter { supported: true, operators: vec!["eq".to_owned(), "ne".to_owned()] }));
    enabled.facts.returned = Some(at(Returned::OnSelect));
    user.properties = vec![
        enabled,
        property("passwordProfile", ValueType::Structured(profile)),
        property("manager", ValueType::Structured(object)),
        many("memberOf", ValueType::Structured(object)),
        property("ageGroup", ValueType::Enum(group)),
        property("days", ValueType::Enum(days)),
        many("scores", ValueType::Primitive(Primitive::Double)),
        property("anything", ValueType::Primitive(Primitive::Untyped)),
        property("root", ValueType::Structured(entity)),
        property("lost", ValueType::Undocumented(QualifiedName::new("microsoft.graph", "lost"))),
        property("type", ValueType::Primitive(Primitive::String)),
    ];
    let last = user.properties.len() - 1;
    user.properties[last].rust_field = "r#type".to_owned();
    add(&mut model, user, Some(object));
    let session = add(&mut model, ty(SUB, "session"), Some(entity));
    let mut segment = ty(SUB, "user");
    segment.properties =
        vec![property("session", ValueType::Structured(session)), many("managers", ValueType::Structured(object))];
    add(&mut model, segment, Some(object));
    model
}

fn crate_options() -> Options {
    Options {
        layout: Layout::Crate {
            name: "sample".to_owned(),
            license: Some("MIT".to_owned()),
            runtime: RuntimeDependency::Path("../runtime".to_owned()),
            tests: false,
        },
    }
}

fn single() -> Layout {
    Layout::SingleFile { name: Some("graph.rs".to_owned()) }
}

fn crate_files(model: &Model) -> FileSet {
    emit(model, &sources(), &crate_options())
}

#[test]
fn a_struct_has_fields_constants_and_the_wire() {
    insta::assert_snapshot!(crate_files(&sample()).get("src/user.rs").expect("a file"));
}

#[test]
fn a_base_has_a_view_of_its_family() {
    let files = crate_files(&sample());
    let text = files.get("src/directory_object.rs").expect("a file");
    let (_, any) = text.split_once("\n\n/// A [`DirectoryObject`]").expect("the enum");
    insta::assert_snapshot!(any);
}

#[test]
fn an_enum_is_open() {
    insta::assert_snapshot!(crate_files(&sample()).get("src/day_of_week.rs").expect("a file"));
}

#[test]
fn a_type_without_properties_matches_nothing() {
    let files = crate_files(&sample());
    let text = files.get("src/password_profile.rs").expect("a file");
    let (_, wire) = text.split_once("impl rt::Structured").expect("the impl");
    let (wire, _) = wire.split_once("impl rt::Value").expect("the impl");
    insta::assert_snapshot!(wire);
}

#[test]
fn a_crate_has_a_manifest_and_a_root() {
    let files = crate_files(&sample());
    let paths: Vec<&str> = files.iter().map(|(path, _)| path).collect();
    insta::assert_debug_snapshot!(paths);
    insta::assert_snapshot!(files.get("Cargo.toml").expect("a manifest"));
    insta::assert_snapshot!(files.get("src/lib.rs").expect("a root"));
    insta::assert_snapshot!(files.get("src/call_records.rs").expect("a namespace"));
}

#[test]
fn a_single_file_holds_the_same_tree() {
    let mut model = sample();
    model.types.retain(|ty| ty.rust.module == SUB && ty.name.name == "session");
    model.types[0].base = None;
    model.enums.clear();
    let files = emit(&model, &sources(), &Options { layout: single() });
    assert_eq!(files.iter().len(), 1);
    insta::assert_snapshot!(files.get("graph.rs").expect("the file"));
}

#[test]
fn modules_have_an_entry() {
    let files = emit(&sample(), &sources(), &Options { layout: Layout::Modules });
    assert!(files.get("mod.rs").expect("an entry").contains("mod user;\npub use self::user::User;\n"));
    assert_eq!(files.get("user.rs"), crate_files(&sample()).get("src/user.rs"));
    assert_eq!(files.get("call_records/user.rs"), crate_files(&sample()).get("src/call_records/user.rs"));
}

#[test]
fn every_rust_file_begins_with_the_marker_and_parses() {
    for layout in [crate_options().layout, Layout::Modules, single()] {
        for (path, text) in emit(&hostile::model(), &sources(), &Options { layout }).iter() {
            let first = text.lines().next().unwrap_or_default();
            assert!(first.ends_with(MARKER), "{path}: {first}");
            if path.ends_with(".rs") {
                syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            }
        }
    }
}

#[cfg(feature = "parallel")]
#[test]
fn threads_do_not_show() {
    let emit_on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| crate_files(&hostile::model()))
    };
    assert_eq!(emit_on(1), emit_on(7));
}

/// The printer imitates rustfmt for names of any length; code beyond its rules is marked
/// `#[rustfmt::skip]`.
#[test]
fn rustfmt_changes_nothing() {
    let mut model = sample();
    requests::add_tree(&mut model);
    let tree = model.requests.clone();
    for length in 1..120 {
        let name = format!("n{}", "a".repeat(length - 1));
        let camel = crate::model::TypeId(model.types.len() as u32);
        let mut base = ty(ROOT, &name);
        base.rust.any = Some(family(format!("Any{}", base.rust.name)));
        let mut read_only = many(&format!("r{}", "x".repeat(length)), ValueType::Structured(camel));
        read_only.facts.read_only = Some(span());
        base.properties = vec![property(&name, ValueType::Structured(camel)), string(&format!("o{length}")), read_only];
        base.properties[0].description = Some(build::described("Eins zwei drei vier. ".repeat(length)));
        let id = add(&mut model, base, None);
        let mut derived = ty(SUB, &format!("d{name}"));
        derived.properties = (0..length).map(|index| string(&format!("p{}{index}", "z".repeat(length % 9)))).collect();
        add(&mut model, derived, Some(id));
        requests::stretch(&mut model, &tree, length);
        let half = "m".repeat(length / 2 + 1);
        add_enum(&mut model, enumeration(SUB, &format!("e{name}"), &[&format!("q{name}"), &half, "x"]));
    }
    let dir = tempfile::tempdir().expect("a folder");
    for options in [crate_options(), Options { layout: Layout::Modules }] {
        let entry = if options.layout == Layout::Modules { "mod.rs" } else { "src/lib.rs" };
        let files = emit(&model, &sources(), &options);
        files.write(dir.path()).expect("written");
        let run = std::process::Command::new("rustfmt")
            .args(["--check", "--edition", "2024"])
            .arg(dir.path().join(entry))
            .output();
        // If rustfmt is not installed, there is nothing to compare with.
        if let Ok(run) = run {
            let said = [run.stdout, run.stderr].concat();
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&said));
        }
    }
}
