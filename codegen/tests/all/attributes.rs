//! Derives and attributes that users add to the generated code, from the configuration to the code.

use std::fs;
use std::path::Path;

use edmark::Config;
use edmark::diagnostics::Code;
use tempfile::TempDir;

const PAGES: [(&str, &str); 3] = [
    (
        "thing.md",
        "# thing resource type\n\nNamespace: microsoft.graph\n\nA thing.\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n\
         |id|String|Its key. Key.|\n|mood|[mood](#mood-values)|How it is.|\n\n\
         ### mood values\n|Member|\n|:---|\n|glad|\n|sad|\n",
    ),
    (
        "user.md",
        "# user resource type\n\nNamespace: microsoft.graph\n\nA user. Inherits from [thing](thing.md).\n\n## Properties\n\
         |Property|Type|Description|\n|:---|:---|:---|\n|mail|String|Where mail goes.|\n",
    ),
    (
        "call.md",
        "# call resource type\n\nNamespace: microsoft.graph.calls\n\nA call.\n\n## Properties\n\
         |Property|Type|Description|\n|:---|:---|:---|\n|length|Int32|How long it was.|\n",
    ),
];

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("docs")).expect("a folder");
    for (name, text) in PAGES {
        fs::write(folder.path().join("docs").join(name), text).expect("a page");
    }
    folder
}

/// The code of one file, without documentation, and the problems of the configuration with their
/// places.
fn generate(config: &Config) -> (String, Vec<String>) {
    let generated = config.generate().expect("code");
    let (_, code) = generated.files.iter().next().expect("a file");
    let code: Vec<&str> = code.lines().map(str::trim).filter(|line| !line.starts_with("///")).collect();
    let analysis = &generated.analysis;
    let problems = analysis.diagnostics.iter().filter(|problem| problem.code == Code::AttributeIdle).map(|problem| {
        let (line, column) = analysis.sources.line_column(problem.primary.span);
        format!("{line}:{column}: {}", problem.message)
    });
    (code.join("\n"), problems.collect())
}

fn configured(folder: &Path, text: &str) -> (String, Vec<String>) {
    let path = folder.join("edmark.toml");
    fs::write(&path, format!("docs = \"docs\"\n{text}")).expect("a file");
    generate(&Config::from_file(path).expect("a configuration"))
}

#[track_caller]
fn assert_has(code: &str, lines: &[&str]) {
    let wanted = lines.join("\n");
    assert!(code.contains(&wanted), "{wanted}\nis not in\n{code}");
}

#[test]
fn names_and_patterns_say_where_attributes_go() {
    let folder = folder();
    let (code, problems) = configured(
        folder.path(),
        r##"
        [derives]
        "microsoft.graph" = "a::OfNamespace"
        "microsoft.graph.*" = "a::OfAll"
        "*call" = ["a::OfCall", "a::OfAll"]
        [type-attributes]
        User = ["#[must_use]", "#[b(c = 1)]"]
        MOOD = "#[derive(Ord)]"
        [field-attributes]
        "user.mail" = "#[mail]"
        "user.id" = "#[id]"
        "*.additional" = "#[rest]"
        "microsoft.graph.mood.GLAD" = "/// Also said of happy ones.\n#[glad]"
        "##,
    );
    assert_eq!(problems, [""; 0]);
    assert_has(
        &code,
        &[
            "#[derive(Clone, Default, a::OfNamespace, a::OfAll)]",
            "#[must_use]",
            "#[b(c = 1)]",
            "pub struct User {",
            "#[id]",
            "pub id: Option<String>,",
            "pub mood: Option<super::Mood>,",
            "#[mail]",
            "pub mail: Option<String>,",
            "#[rest]",
            "pub additional: rt::Additional,",
        ],
    );
    // The attribute of a field that `user` inherits does not affect the base type.
    assert_has(&code, &["pub struct Thing {", "pub id: Option<String>,"]);
    assert_has(&code, &["#[derive(Clone, Default, a::OfAll, a::OfCall)]", "pub struct Call {"]);
    assert_has(
        &code,
        &[
            "#[derive(Clone, Debug, PartialEq, Eq, Hash, a::OfNamespace, a::OfAll, Ord)]",
            "#[non_exhaustive]",
            "pub enum Mood {",
            "#[glad]",
            "Glad,",
            "Sad,",
        ],
    );
}

#[test]
fn what_the_code_derives_or_implements_is_not_derived_again() {
    let folder = folder();
    let traits =
        ["Clone", "std::fmt::Debug", "::core::default::Default", "PartialEq", "serde::Serialize", "Eq", "x::Debug"];
    let config = Config::new().docs(folder.path().join("docs"));
    let config = traits.into_iter().fold(config, |config, path| config.derive("*", path));
    let (code, _) = generate(&config.type_attribute("*", "#[derive(Hash, Eq)]"));
    assert_has(&code, &["#[derive(Clone, Default, Eq, x::Debug, Hash)]", "pub struct Call {"]);
    assert_has(&code, &["#[derive(Clone, Debug, PartialEq, Eq, Hash, ::core::default::Default, x::Debug)]"]);
}

#[test]
fn a_name_that_fits_nothing_is_reported_at_its_place() {
    let folder = folder();
    let (_, problems) = configured(
        folder.path(),
        "[derives]\n\"usr\" = \"Eq\"\n[type-attributes]\n\"a.*\" = \"#[b]\"\n[field-attributes]\n\"user.mial\" = \"#[b]\"\n  \"nobody.mail\" = \"#[b]\"\n",
    );
    assert_eq!(
        problems,
        [
            "3:1: `usr` adds nothing: no type or namespace is called `usr`; did you mean `user`?",
            "5:1: `a.*` adds nothing: no type or namespace is called `a.*`",
            "7:1: `user.mial` adds nothing: it has no property and no member `mial`; did you mean `mail`?",
            "8:3: `nobody.mail` adds nothing: no type or namespace is called `nobody`",
        ]
    );
    let config = Config::new().docs(folder.path().join("docs"));
    let (_, problems) = generate(&config.field_attribute("user.mial", "#[b]"));
    assert_eq!(problems.len(), 1);
}

#[test]
#[should_panic(expected = "expected attributes, as `#[must_use]`, found `must_use`")]
fn a_builder_is_told_what_is_no_attribute() {
    let _ = Config::new().type_attribute("user", "must_use");
}

/// Attributes are part of a unit's input: a later run generates only this unit again.
#[test]
fn a_later_run_takes_over_what_has_changed() {
    let folder = folder();
    let path = folder.path().join("edmark.toml");
    let out = folder.path().join("out");
    let compile = |text: &str| {
        fs::write(&path, format!("docs = \"docs\"\n{text}")).expect("a file");
        Config::from_file(&path).expect("a configuration").out_dir(&out).compile().expect("code");
        fs::read_to_string(out.join("graph.rs")).expect("a file")
    };
    let plain = compile("");
    let with = compile("derives.user = \"x::Y\"\nfield-attributes.\"user.mail\" = \"#[z]\"");
    // The first line has the seal, which differs.
    let added = with.lines().skip(1).filter(|line| !plain.contains(line));
    let added: Vec<&str> = added.map(str::trim).collect();
    assert_eq!(added, ["#[derive(Clone, Default, x::Y)]", "#[z]"]);
    assert_eq!(compile(""), plain);
}
