//! Pages against a service's metadata: each disagreement at its place, and the corrections that the messages offer.
#![cfg(feature = "metadata")]

use std::fs;

use edmark::Config;
use edmark::diagnostics::{Code, Diagnostic, Diagnostics};
use edmark::metadata::{ItemType, Metadata, compare};
use edmark::source::SourceMap;
use tempfile::TempDir;

const XML: &str = r#"<?xml version="1.0" encoding="utf-8"?>
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

/// A page of a structured type; `rows` of its table.
fn page(name: &str, comment: &str, rows: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: microsoft.graph\n\nA {name}.\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n\
         {rows}\n\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.{name}\"{comment} }} -->\n```json\n{{}}\n```\n"
    )
}

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
    let path = folder.path().join("edmark.toml");
    fs::write(&path, format!("docs = \".\"\n{toml}")).expect("a file");
    let analysis = Config::from_file(path).expect("a configuration").analyse().expect("an analysis");
    let mut diagnostics = Diagnostics::default();
    compare(&analysis.model, &Metadata::parse(XML).expect("metadata"), &mut diagnostics);
    diagnostics.sort();
    (analysis.sources, diagnostics)
}

/// One line a problem: page, line, code, message, help.
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
    let missing: Vec<_> = Code::ALL.iter().filter(|code| code.name().starts_with("service-") && !shown(code)).collect();
    assert!(missing.is_empty(), "{missing:?} is not shown");
    insta::assert_snapshot!(text(&sources, &problems));
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
    // What removes one member each is one list of an enum.
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
fn aliases_and_definitions_are_resolved() {
    let metadata = Metadata::parse(XML).expect("metadata");
    let person = metadata.types.iter().find(|(name, _)| name.name == "person").map(|(_, ty)| ty).expect("a person");
    assert_eq!(person.base.as_ref().map(ToString::to_string).as_deref(), Some("microsoft.graph.undescribed"));
    let tags = person.properties.iter().find(|property| property.name == "tags").expect("tags");
    assert!(
        tags.collection && matches!(&tags.item, ItemType::Primitive(primitive) if primitive.edm_name() == "Edm.String")
    );
    let place = person.properties.iter().find(|property| property.name == "place").expect("a place");
    assert_eq!(place.item, ItemType::Other("Edm.GeographyPoint".to_owned()));
}

#[test]
fn what_is_no_metadata_is_named_with_its_place() {
    let cases = [
        ("", "1:1: the document does not have a root node"),
        ("<a>\n  <b></a>", "2:6: expected 'b' tag, not 'a'"),
        ("<html></html>", "1:1: this is no CSDL document: `edmx:Edmx` with a `Schema` was expected"),
        ("<Schema/>", "1:1: `Schema` has no `Namespace`"),
        (
            "<Schema Namespace='a'>\n <EntityType Name='b'>\n  <Property Name='c'/></EntityType></Schema>",
            "3:3: `Property` has no `Type`",
        ),
        (
            "<Schema Namespace='a'><EntityType Name='b' BaseType='c'/></Schema>",
            "1:23: `c` is neither a primitive type nor a qualified name",
        ),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><Schema Namespace='&a;'/>", "1:1: XML with DTD detected"),
    ];
    for (text, message) in cases {
        assert_eq!(Metadata::parse(text).expect_err(text).to_string(), message, "{text}");
    }
}

#[test]
fn a_ring_of_base_types_ends() {
    let folder = docs();
    let analysis = Config::new().docs(folder.path()).analyse().expect("an analysis");
    let ring = XML.replace("<EntityType Name=\"entity\"", "<EntityType Name=\"entity\" BaseType=\"graph.person\"");
    let mut diagnostics = Diagnostics::default();
    compare(&analysis.model, &Metadata::parse(&ring).expect("metadata"), &mut diagnostics);
    assert!(!diagnostics.is_empty());
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
