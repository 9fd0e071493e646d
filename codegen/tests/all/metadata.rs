//! Pages compared with a service's metadata: each contradiction is reported at its place, with a
//! correction that works.
#![cfg(feature = "metadata")]

use std::fs;

use edmark::Config;
use edmark::diagnostics::{Code, Diagnostic, Diagnostics};
use edmark::source::SourceMap;
use tempfile::TempDir;

use crate::pages::page;

pub(crate) const XML: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <TypeDefinition Name="shortText" UnderlyingType="Edm.String"/>
      <EnumType Name="mood">
        <Member Name="glad" Value="0"/>
        <Member Name="sad" Value="1"/>
        <Member Name="unknownFutureValue" Value="2"/>
      </EnumType>
      <EnumType Name="colours" IsFlags="true"><Member Name="red" Value="1"/></EnumType>
      <EnumType Name="size"><Member Name="small"/><Member Name="big"/></EnumType>
      <EntityType Name="entity" Abstract="true">
        <Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.String" Nullable="false"/>
      </EntityType>
      <EntityType Name="undescribed" BaseType="graph.entity"><Property Name="between" Type="Edm.Boolean"/></EntityType>
      <EntityType Name="person" BaseType="graph.undescribed">
        <Property Name="age" Type="Edm.Int32"/>
        <Property Name="tags" Type="Collection(graph.shortText)"/>
        <Property Name="nickName" Type="Edm.String"/>
        <Property Name="mood" Type="graph.mood"/>
        <Property Name="size" Type="graph.size"/>
        <Property Name="place" Type="Edm.GeographyPoint"/>
        <Property Name="home" Type="graph.address"/>
        <Property Name="colours" Type="graph.colours"/>
        <NavigationProperty Name="friends" Type="Collection(graph.person)"/>
      </EntityType>
      <ComplexType Name="address"><Property Name="street" Type="Edm.String"/></ComplexType>
      <ComplexType Name="bag" OpenType="true"/>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
"#;

fn docs() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let members =
        "\n### mood values\n|Member|\n|:---|\n|glad|\n|Sad|\n|wild|\n\n### colours values\n|Member|\n|:---|\n|red|\n";
    let pages = [
        ("entity.md", page("entity", ", \"keyProperty\": \"id\", \"abstract\": true", "|id|String|Its key.|")),
        (
            "person.md",
            page(
                "person",
                ", \"keyProperty\": \"id\"",
                "|id|String|Its key.|\n|age|String|Years.|\n|tags|String|Words.|\n|nickname|String|.|\n|mood|[mood](#mood-values)|.|\n\
                 |size|[size](enums.md)|.|\n|home|[address](address.md)|.|\n|colours|[colours](#colours-values)|.|\n|shoe|Int32|.|\n\
                 |@odata.etag|String|.|",
            ) + members,
        ),
        ("address.md", page("address", ", \"keyProperty\": \"street\"", "|street|String|Its key.|")
            .replace("## Properties", "## Methods\n|Method|Return type|Description|\n|:---|:---|:---|\n|Get|[address](address.md)|.|\n\n## Properties")),
        ("bag.md", page("bag", ", \"openType\": true", "|anything|String|.|")),
        ("ghost.md", page("ghost", "", "|x|String|.|")),
        ("colours.md", page("size2", "", "|x|String|.|")),
    ];
    for (name, text) in pages {
        fs::write(folder.path().join(name), text).expect("a page");
    }
    folder
}

fn lint(folder: &TempDir, toml: &str) -> (SourceMap, Diagnostics) {
    lint_with(folder, toml, XML)
}

fn lint_with(folder: &TempDir, toml: &str, metadata: &str) -> (SourceMap, Diagnostics) {
    let path = folder.path().join("edmark.toml");
    fs::write(&path, format!("docs = \".\"\nmetadata = \"metadata.xml\"\n{toml}")).expect("a file");
    fs::write(folder.path().join("metadata.xml"), metadata).expect("a file");
    let analysis = Config::from_file(path).expect("a configuration").analyse().expect("an analysis");
    let mut diagnostics = Diagnostics::default();
    for problem in analysis.diagnostics.iter().filter(|problem| problem.code.name().starts_with("service-")) {
        diagnostics.push(problem.clone());
    }
    (analysis.sources, diagnostics)
}

/// One line for each problem: page, line, code, message, help.
fn text(sources: &SourceMap, problems: &Diagnostics) -> String {
    let line = |problem: &Diagnostic| {
        let span = problem.primary.span;
        let (line, column) = sources.line_column(span);
        let page = sources.file(span.file).path.rsplit('/').next().unwrap_or_default();
        let (code, help) = (problem.code.name(), problem.help.as_deref().unwrap_or_default());
        format!("{page}:{line}:{column} {code}: {}\n    {help}\n", problem.message)
    };
    problems.iter().map(line).collect()
}

#[test]
fn every_disagreement_has_its_place() {
    let folder = docs();
    let (sources, problems) = lint(&folder, "");
    let shown = |code: &&Code| problems.iter().any(|problem| problem.code == **code);
    let others = ["parameter", "path", "method", "return", "key"];
    let of_types =
        |code: &&Code| code.name().starts_with("service-") && !others.iter().any(|part| code.name().contains(part));
    let missing: Vec<_> = Code::ALL.iter().filter(|code| of_types(code) && !shown(code)).collect();
    assert!(missing.is_empty(), "{missing:?} is not shown");
    insta::assert_snapshot!(text(&sources, &problems));
}

#[test]
fn parameters_of_actions_are_compared() {
    let folder = docs();
    let rows = "|until|DateTimeOffset|Until when.|\n|loudly|Boolean|Whether it is heard.|";
    let page = format!(
        "# person: wave\n\nNamespace: microsoft.graph\n\nWave.\n\n## HTTP request\n```http\nPOST /people/{{id}}/wave\n```\n\n\
         ## Request body\nSupply the parameters.\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n{rows}\n\n\
         ## Response\nIf successful, this action returns a `204 No Content` response code.\n"
    );
    fs::write(folder.path().join("person-wave.md"), page).expect("a page");
    let action = "<Action Name=\"wave\" IsBound=\"true\"><Parameter Name=\"bindingParameter\" Type=\"graph.person\"/>\
                  <Parameter Name=\"until\" Type=\"Edm.String\"/></Action>";
    let (sources, problems) = lint_with(&folder, "", &XML.replace("</Schema>", &format!("{action}</Schema>")));
    let text = text(&sources, &problems);
    let about = |code: &str| text.lines().find(|line| line.contains(code)).unwrap_or_default().to_owned();
    assert_eq!(
        about("service-parameter-differs"),
        "person-wave.md:17:8 service-parameter-differs: the parameter `until` of `microsoft.graph.wave` is `Edm.String` in the service"
    );
    assert!(about("service-lacks-parameter").contains("has no parameter `loudly`"), "{text}");
}

/// Nothing in a message depends on the order of a hash map.
#[test]
fn of_several_derived_types_the_first_by_name_is_named() {
    let derived: String = (1..=8)
        .rev()
        .map(|number| {
            format!(
                r#"<EntityType Name="ferry{number}" BaseType="fleet.ship"><Property Name="ramp" Type="Edm.String"/></EntityType>"#
            )
        })
        .collect();
    let service = format!(
        r#"<Schema Namespace="fleet"><EntityType Name="ship"><Key><PropertyRef Name="id"/></Key>
          <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>{derived}
        <EntityContainer Name="all"><EntitySet Name="ships" EntityType="fleet.ship"/></EntityContainer></Schema>"#
    );
    let folder = tempfile::tempdir().expect("a folder");
    let ship = page("ship", ", \"keyProperty\": \"id\"", "|id|String|Its key.|");
    fs::write(folder.path().join("ship.md"), ship.replace("microsoft.graph", "fleet")).expect("a page");
    let ramp = "# Get ramp\n\n## HTTP request\n```http\nGET /ships/{id}/ramp\n```\n";
    fs::write(folder.path().join("ship-ramp.md"), ramp).expect("a page");
    let (_, problems) = lint_with(&folder, "", &service);
    let labels: Vec<&str> = problems.iter().map(|problem| problem.primary.text.as_str()).collect();
    assert_eq!(labels, ["only the derived type `fleet.ferry1` has it"]);
}

/// Request lines, what they return and keys, each as a page has it and as the service declares it.
#[test]
fn requests_and_keys_are_compared() {
    const SERVICE: &str = r#"<Schema Namespace="fleet">
        <EntityType Name="ship"><Key><PropertyRef Name="id"/></Key>
          <Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="name" Type="Edm.String"/>
          <NavigationProperty Name="flag" Type="fleet.flag"/><NavigationProperty Name="crew" Type="Collection(fleet.sailor)"/></EntityType>
        <EntityType Name="ferry" BaseType="fleet.ship"><NavigationProperty Name="ramps" Type="Collection(fleet.flag)"/></EntityType>
        <EntityType Name="flag"><Key><PropertyRef Name="code"/></Key><Property Name="code" Type="Edm.String"/><Property Name="name" Type="Edm.String"/></EntityType>
        <EntityType Name="sailor"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
        <Action Name="dock" IsBound="true"><Parameter Name="it" Type="fleet.ship"/><ReturnType Type="fleet.flag"/></Action>
        <Function Name="oldest" IsBound="true"><Parameter Name="them" Type="Collection(fleet.ship)"/><ReturnType Type="fleet.ship"/></Function>
        <EntityContainer Name="all"><EntitySet Name="ships" EntityType="fleet.ship"/></EntityContainer></Schema>"#;
    let folder = tempfile::tempdir().expect("a folder");
    let of_fleet = |text: String| text.replace("microsoft.graph", "fleet");
    let write = |name: &str, text: String| fs::write(folder.path().join(name), of_fleet(text)).expect("a page");
    for (name, key) in [("ship", "id"), ("ferry", "id"), ("flag", "name"), ("sailor", "id")] {
        let rows = format!("|{key}|String|Its key.|");
        write(&format!("{name}.md"), page(name, &format!(", \"keyProperty\": \"{key}\""), &rows));
    }
    let operation = |name: &str, line: &str, response: &str| {
        let text = format!(
            "# {name}\n\nNamespace: microsoft.graph\n\nIt does.\n\n## HTTP request\n```http\n{line}\n```\n\n## Response\nIf successful, this method returns {response}.\n"
        );
        write(&format!("{name}.md"), text);
    };
    let one = |name: &str| format!("a `200 OK` response code and a [{name}]({name}.md) object in the response body");
    let many = |name: &str| {
        format!("a `200 OK` response code and a collection of [{name}]({name}.md) objects in the response body")
    };
    // What the service has.
    operation("ship-get", "GET /ships/{id}", &one("ferry"));
    operation("ship-inbox", "GET /ships/flagship/crew", &many("sailor"));
    operation("ship-property", "GET /ships/{id}/{property}", &one("flag"));
    operation("ship-dock", "POST /ships/{id}/dock", &one("flag"));
    operation("ship-oldest", "GET /ships/fleet.oldest()", &one("ship"));
    // What it does not.
    operation("ship-mast", "GET /ships/{id}/mast\nGET /ships/{id}/mast/top", &one("flag"));
    operation("ship-ramps", "GET /ships/{id}/ramps", &many("flag"));
    operation("port-list", "GET /ports", &many("flag"));
    operation("ship-sink", "POST /ships/sink", "a `204 No Content` response code");
    operation("ship-dock2", "GET /ships/{id}/dock", &one("flag"));
    operation("ship-crew", "GET /ships/{id}/crew", &one("sailor"));
    operation("ship-newest", "GET /ships/oldest()", &one("flag"));
    operation("ship-dock3", "POST /ships/{id}/dock", "a `204 No Content` response code");
    let (sources, problems) = lint_with(&folder, "", SERVICE);
    let text = text(&sources, &problems);
    let about: Vec<&str> =
        text.lines().filter(|line| !line.starts_with("  ") && !line.contains("service-has")).collect();
    insta::assert_snapshot!(about.join("\n"));
}

#[test]
fn the_corrections_that_are_offered_mend_it() {
    let folder = docs();
    let (_, problems) = lint(&folder, "");
    let mut offered: Vec<String> = Vec::new();
    for problem in problems.iter() {
        let help = problem.help.as_deref().unwrap_or_default();
        let Some((_, corrections)) = help.split_once("edmark.toml: ") else { continue };
        offered.extend(corrections.split('`').filter(|part| part.contains(" = ")).map(str::to_owned));
    }
    // Each correction of the enum removes or adds one member, so they are combined to one list.
    let (lists, mut rest): (Vec<_>, Vec<_>) =
        offered.into_iter().partition(|line| line.contains("\"microsoft.graph.mood\""));
    for key in ["remove", "add"] {
        let of_key = lists.iter().filter(|line| line.contains(&format!(".{key} = ")));
        let names: Vec<_> = of_key.filter_map(|line| line.split(['[', ']']).nth(1)).collect();
        rest.push(format!("enums.\"microsoft.graph.mood\".{key} = [{}]", names.join(", ")));
    }
    let (sources, problems) = lint(&folder, &rest.join("\n"));
    let left: Vec<_> = problems.iter().filter(|problem| problem.code != Code::ServiceLacksType).collect();
    assert!(left.is_empty(), "{}\n{}", rest.join("\n"), text(&sources, &problems));
}

#[test]
fn what_was_exported_is_read_back() {
    let folder = docs();
    let analysis = |config: Config| config.analyse().expect("an analysis");
    let pages = edmark::export::csdl_json(&analysis(Config::new().docs(folder.path())).model);
    fs::write(folder.path().join("model.json"), pages.to_string()).expect("a file");
    let again = edmark::export::csdl_json(&analysis(Config::new().metadata(folder.path().join("model.json"))).model);
    assert_eq!(again, pages);
}

#[test]
fn a_ring_of_base_types_ends() {
    let folder = docs();
    let ring = XML.replace("<EntityType Name=\"entity\"", "<EntityType Name=\"entity\" BaseType=\"graph.person\"");
    fs::write(folder.path().join("ring.xml"), ring).expect("a file");
    let config = Config::new().docs(folder.path()).metadata(folder.path().join("ring.xml"));
    assert!(!config.analyse().expect("an analysis").diagnostics.is_empty());
}

#[cfg(feature = "cli")]
mod command {
    use std::process::{Command, Output};

    use super::*;

    fn edmark(folder: &TempDir, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_edmark"));
        command.args(arguments).current_dir(folder.path()).output().expect("the command runs")
    }

    #[test]
    fn lint_compares() {
        let folder = docs();
        fs::write(folder.path().join("metadata.xml"), XML).expect("a file");
        let output = edmark(&folder, &["lint", "--docs", ".", "--metadata", "metadata.xml", "--format", "json"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stdout).contains("\"service-type-differs\""));
    }

    #[test]
    fn metadata_that_cannot_be_read_ends_the_command() {
        let folder = docs();
        fs::write(folder.path().join("bad.xml"), "<Schema>\n<x</Schema>").expect("a file");
        fs::write(folder.path().join("binary.xml"), [0xff, 0xfe]).expect("a file");
        let cases = [
            ("none.xml", "error: cannot read none.xml: "),
            ("bad.xml", "error: bad.xml:2:3: "),
            ("binary.xml", "error: cannot read binary.xml: "),
        ];
        for (file, message) in cases {
            let output = edmark(&folder, &["lint", "--docs", ".", "--metadata", file]);
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{stderr}");
            assert!(stderr.starts_with(message) && output.stdout.is_empty(), "{stderr}");
        }
    }
}
