//! Models by hand → emitted text.

mod build;

use std::path::PathBuf;

use self::build::*;
use super::{Layout, Options, RuntimeDependency, emit};
use crate::model::*;
use crate::schema::operation::{Argument, ArgumentValue, HttpMethod};
use crate::schema::{Filter, Returned};

fn sample() -> Model {
    let mut model = model();
    let days = add_enum(&mut model, {
        let mut days = enumeration(ROOT, "dayOfWeek", &["sunday", "monday"]);
        days.is_flags = true;
        days.members[0].description = Some("The first one.".to_owned());
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
    object.rust.any = Some("AnyDirectoryObject".to_owned());
    object.properties.push(property("deletedDateTime", ValueType::Primitive(Primitive::DateTimeOffset)));
    let object = add(&mut model, object, Some(entity));
    let mut profile = ty(ROOT, "passwordProfile");
    profile.kind = TypeKind::Complex;
    profile.is_open = true;
    let profile = add(&mut model, profile, None);
    let mut user = ty(ROOT, "user");
    user.description =
        Some("A person's account; see [the overview](overview.md) or [more](https://example.com/a b(c)).".to_owned());
    let mut enabled = property("accountEnabled", ValueType::Primitive(Primitive::Boolean));
    enabled.description =
        Some("**true** if the account is enabled; otherwise, **false**. Supports `$filter` (`eq`, `ne`).".to_owned());
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
    user.methods = methods(object);
    add(&mut model, user, Some(object));
    let session = add(&mut model, ty(SUB, "session"), Some(entity));
    let mut segment = ty(SUB, "user");
    segment.properties =
        vec![property("session", ValueType::Structured(session)), many("managers", ValueType::Structured(object))];
    add(&mut model, segment, Some(object));
    model
}

fn methods(object: TypeId) -> Vec<Method> {
    let parameter = |name: &str| Parameter { placeholder: name.to_owned(), rust_name: name.to_owned() };
    let method = |name: &str, path: Vec<Segment>, parameters: &[&str], response: Response| Method {
        rust_name: name.to_owned(),
        title: name.replace('_', " "),
        description: None,
        http: HttpMethod::Get,
        path,
        parameters: parameters.iter().map(|name| parameter(name)).collect(),
        response,
        page: crate::source::FileId(0),
        span: span(),
    };
    let literal = |text: &str| Segment::Literal(text.to_owned());
    let key = |text: &str| Segment::Key(text.to_owned());
    let object = ValueType::Structured(object);
    vec![
        method("get", vec![literal("users"), key("id")], &["id"], Response::One(object.clone())),
        method(
            "list_member_of",
            vec![literal("users"), key("id"), literal("memberOf")],
            &["id"],
            Response::Many(object),
        ),
        method("photo", vec![literal("me"), literal("photo"), literal("$value")], &[], Response::Stream),
        method(
            "usage",
            vec![
                literal("reports"),
                Segment::Call {
                    name: "getUsage".to_owned(),
                    arguments: vec![
                        Argument {
                            name: "period".to_owned(),
                            value: ArgumentValue::Placeholder { name: "period".to_owned(), quoted: true },
                        },
                        Argument {
                            name: "top".to_owned(),
                            value: ArgumentValue::Placeholder { name: "top".to_owned(), quoted: false },
                        },
                        Argument { name: "kind".to_owned(), value: ArgumentValue::Fixed("'a'".to_owned()) },
                    ],
                },
            ],
            &["period", "top"],
            Response::Nothing,
        ),
        method(
            "item",
            vec![
                literal("drive"),
                Segment::ByPath { anchor: "root".to_owned(), parameter: "path".to_owned(), closed: true },
                Segment::ByPath { anchor: "{item}".to_owned(), parameter: "other".to_owned(), closed: false },
            ],
            &["path", "item", "other"],
            Response::Nothing,
        ),
    ]
}

fn crate_options() -> Options {
    Options {
        layout: Layout::Crate {
            name: "sample".to_owned(),
            runtime: RuntimeDependency::Path("/work/wt/runtime/runtime".to_owned()),
        },
    }
}

/// Emits the pages of `EDMARK_CORPUS` and says how long that takes; writes them to `EDMARK_EMIT_TO`, where that is set.
#[test]
#[ignore = "needs pages"]
fn emit_corpus() {
    let Some(corpus) = std::env::var_os("EDMARK_CORPUS") else { return };
    let (sources, _) = crate::source::load(&[corpus]).expect("pages");
    let (schema, _) = crate::pipeline::read(&sources);
    let (model, _) = crate::pipeline::resolve(&schema, &sources);
    let mut files = emit(&model, &sources, &crate_options());
    for _ in 0..5 {
        let start = std::time::Instant::now();
        files = emit(&model, &sources, &crate_options());
        let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
        eprintln!("{:?}: {} files, {bytes} bytes", start.elapsed(), files.iter().len());
    }
    if let Some(dir) = std::env::var_os("EDMARK_EMIT_TO").map(PathBuf::from) {
        let start = std::time::Instant::now();
        let report = files.write(&dir).expect("written");
        eprintln!("{} written in {:?}", report.written.len(), start.elapsed());
        let start = std::time::Instant::now();
        assert_eq!(files.write(&dir).expect("written").unchanged, files.iter().len());
        eprintln!("unchanged in {:?}", start.elapsed());
    }
}

/// Writes what is emitted to the folder that `EDMARK_EMIT_TO` names, to look at it.
#[test]
#[ignore = "writes where it is told to"]
fn write_sample() {
    let Some(dir) = std::env::var_os("EDMARK_EMIT_TO").map(PathBuf::from) else { return };
    for (name, layout) in [
        ("crate", crate_options().layout),
        ("modules", Layout::Modules),
        ("single", Layout::SingleFile { name: "graph.rs".to_owned() }),
    ] {
        emit(&sample(), &sources(), &Options { layout }).write(&dir.join(name)).expect("written");
    }
}

/// rustfmt's layout is imitated for names of any length; what is beyond the rules says `#[rustfmt::skip]`.
#[test]
fn rustfmt_changes_nothing() {
    let mut model = sample();
    for length in 1..120 {
        let name = format!("n{}", "a".repeat(length - 1));
        let camel = crate::model::TypeId(model.types.len() as u32);
        let mut base = ty(ROOT, &name);
        base.rust.any = Some(format!("Any{}", base.rust.name));
        let mut read_only = many(&format!("r{}", "x".repeat(length)), ValueType::Structured(camel));
        read_only.facts.read_only = Some(span());
        base.properties = vec![property(&name, ValueType::Structured(camel)), string(&format!("o{length}")), read_only];
        base.properties[0].description = Some("Eins zwei drei vier. ".repeat(length));
        let id = add(&mut model, base, None);
        let mut derived = ty(SUB, &format!("d{name}"));
        derived.properties = (0..length).map(|index| string(&format!("p{}{index}", "z".repeat(length % 9)))).collect();
        add(&mut model, derived, Some(id));
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
        // Where rustfmt is not installed, there is nothing to compare with.
        if let Ok(run) = run {
            let said = [run.stdout, run.stderr].concat();
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&said));
        }
    }
}
