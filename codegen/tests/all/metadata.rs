//! Pages compared with a service's metadata: each contradiction is reported at its place, with a
//! correction that works.
#![cfg(feature = "metadata")]

use std::fs;
use std::path::Path;

use edmark::Config;
use edmark::diagnostics::{Code, Diagnostic, Diagnostics};
use edmark::emit::{Layout, Options};
use edmark::lookup;
use edmark::metadata::Metadata;
use edmark::model::{Primitive, ValueType};
use edmark::pipeline;
use edmark::read::csdl::MetadataError;
use edmark::schema::Schema;
use edmark::source::SourceMap;
use tempfile::TempDir;

use crate::pages::page;

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

/// The schema of a document, and the line, column and message of each problem.
fn read(text: &str) -> Result<(Schema, Vec<String>), MetadataError> {
    let sources = SourceMap::with_metadata([], [("metadata.xml".to_owned(), text.to_owned())]);
    let (schema, problems) = pipeline::read_metadata(&sources)?;
    let line = |problem: &Diagnostic| {
        let (line, column) = sources.line_column(problem.primary.span);
        format!("{line}:{column}: {}: {}", problem.code.name(), problem.message)
    };
    Ok((schema, problems.iter().map(line).collect()))
}

#[test]
fn aliases_and_definitions_are_resolved() {
    let (schema, problems) = read(XML).expect("metadata");
    assert!(problems.is_empty(), "{problems:?}");
    let metadata = Metadata::of(&schema);
    let person = metadata.types.iter().find(|(name, _)| name.name == "person").map(|(_, ty)| *ty).expect("a person");
    assert_eq!(person.bases[0].base.name, "microsoft.graph.undescribed");
    let ty = |name: &str| {
        let property = person.properties.iter().find(|property| property.name.value == name).expect("a property");
        format!("{:?}", property.table_type.as_ref().expect("a type").value)
    };
    assert_eq!(ty("tags"), "TypeExpr { item: Primitive(String), collection: true }");
    assert_eq!(ty("place"), "TypeExpr { item: Primitive(GeographyPoint), collection: false }");
}

#[test]
fn what_is_no_metadata_is_named_with_its_place() {
    let cases = [
        ("", "1:1: this is no metadata: it begins neither with `<` (XML) nor with `{` (JSON)"),
        ("<a>\n  <b></a>", "2:6: expected 'b' tag, not 'a'"),
        ("<html></html>", "1:1: this is no CSDL document: `edmx:Edmx` with a `Schema` was expected"),
        ("<Schema/>", "1:1: `Schema` has no `Namespace`"),
        (
            "<!DOCTYPE x [<!ENTITY a 'b'>]><Schema Namespace='&a;'/>",
            "1:1: this is no metadata, which has no `<!DOCTYPE`; is it the page of a sign-in?",
        ),
        (
            "<Edmx\n Version='1.0'><DataServices><Schema Namespace='a'/></DataServices></Edmx>",
            "2:11: this is metadata of OData 2 or 3; only OData 4.0 and 4.01 are supported (many services have both: look for `/v4/` in the \
             address)",
        ),
        (
            "<Edmx Version='5.0'><Schema Namespace='a'/></Edmx>",
            "1:16: metadata of version `5.0` is not supported; 4.0 and 4.01 are",
        ),
        ("{\"$Version\": \"4.01\",}", "1:20: this is no valid JSON: a comma before a closing mark"),
        ("{}", "1:1: this is no CSDL document: a member `$Version` was expected"),
    ];
    for (text, message) in cases {
        let error = read(text).expect_err(text).to_string();
        assert_eq!(error, format!("metadata.xml:{message}"), "{text}");
    }
}

#[test]
fn a_declaration_that_cannot_be_read_is_left_out() {
    let cases = [
        (
            "<Schema Namespace='a'>\n <EntityType Name='b'>\n  <Property Name='c'/></EntityType></Schema>",
            "3:3: metadata-invalid: `Property` has no `Type`",
        ),
        (
            "<Schema Namespace='a'><EntityType Name='b' BaseType='c'/></Schema>",
            "1:54: metadata-invalid: the base type `c` is no qualified name",
        ),
        ("<Schema Namespace='a'><EnumType/></Schema>", "1:23: metadata-invalid: `EnumType` has no `Name`"),
        (
            "<Schema Namespace='a'><Association Name='x'/></Schema>",
            "1:23: metadata-invalid: an element `Association` has no meaning here",
        ),
        (
            "<Schema Namespace='a' Alias='s'><Annotations Target='s.b/c'><Annotation Term='Org.OData.Core.V1.Computed'/></Annotations></Schema>",
            "1:54: metadata-target-unknown: there is no `a.b/c` to annotate",
        ),
        (
            "<Schema Namespace='a'><ComplexType Name='b'/><Function Name='b'><ReturnType Type='a.b'/></Function></Schema>",
            "1:62: metadata-name-shared: the function `a.b` is called like a type of its schema",
        ),
        (
            "<Schema Namespace='a'><ComplexType Name='b'/><EnumType Name='b'/></Schema>",
            "1:62: metadata-name-shared: `a.b` is declared twice",
        ),
        (
            "<Schema Namespace='a'><ComplexType Name='b'><Property Name='c' Type='Edm.Date'/><Property Name='c' Type='Edm.Date'/></ComplexType></Schema>",
            "1:97: metadata-name-shared: `c` is declared twice",
        ),
        (
            "<Schema Namespace='a'><EnumType Name='b'><Member Name='c'/><Member Name='C'/><Member Name='c'/></EnumType></Schema>",
            "1:92: metadata-name-shared: `c` is declared twice",
        ),
        (
            "<Schema Namespace='a'><EnumType Name='b'><Member Name='c' Value='1.5'/></EnumType></Schema>",
            "1:66: metadata-invalid: the value `1.5` is no integer of 64 bits",
        ),
        (
            "<Schema Namespace='a'><EntityType Name='b'><Key/></EntityType></Schema>",
            "1:44: metadata-invalid: the key of `a.b` has no `PropertyRef`",
        ),
        (
            "<Schema Namespace='a'><EntityType Name='b'><NavigationProperty Name='c' Type='Edm.Date'/></EntityType></Schema>",
            "1:79: metadata-invalid: the navigation property `c` has no entity type",
        ),
        (
            "<Schema Namespace='a'><TypeDefinition Name='b' UnderlyingType='a.c'/></Schema>",
            "1:64: metadata-invalid: the type definition `a.b` leads to no primitive type",
        ),
        (
            "<Schema Namespace='a'><Function Name='b'/></Schema>",
            "1:23: metadata-invalid: the function `a.b` has no `ReturnType`",
        ),
        (
            "<Schema Namespace='a'><EntityContainer Name='b'><EntitySet Name='c' EntityType='a.d'/></EntityContainer></Schema>",
            "1:66: metadata-invalid: the metadata declares no entity type `a.d`, which `c` refers to",
        ),
        (
            "<Schema Namespace='a'><EntityContainer Name='b'><FunctionImport Name='c' Function='a.d'/></EntityContainer></Schema>",
            "1:71: metadata-invalid: the metadata declares no unbound function `a.d`, which `c` refers to",
        ),
        (r#"{"$Version": "4.01", "a": {"b": 5}}"#, "1:28: metadata-invalid: an element `b` has no meaning here"),
        (
            r#"{"$Version": "4.01", "a": {"b": {"$Kind": "ComplexType", "c": 5}}}"#,
            "1:58: metadata-invalid: an element `c` has no meaning here",
        ),
    ];
    for (text, message) in cases {
        let (_, problems) = read(text).expect("metadata");
        assert_eq!(problems, [message], "{text}");
    }
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

/// A service with an entity set of each kind: with and without restrictions, keys with one and with
/// several properties, bound and unbound operations.
const ZOO: &str = r#"<edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:Reference Uri="https://example.org/Org.OData.Core.V1.xml"><edmx:Include Namespace="Org.OData.Core.V1" Alias="Core"/></edmx:Reference>
  <edmx:Reference Uri="https://example.org/Org.OData.Capabilities.V1.xml">
    <edmx:Include Namespace="Org.OData.Capabilities.V1" Alias="Cap"/>
  </edmx:Reference>
  <edmx:DataServices><Schema Namespace="zoo" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
    <EnumType Name="Diet"><Member Name="leaves"/><Member Name="meat"/></EnumType>
    <EntityType Name="Animal">
      <Key><PropertyRef Name="ID"/></Key>
      <Property Name="ID" Type="Edm.Int32" Nullable="false"/>
      <Property Name="Name" Type="Edm.String"/>
      <Property Name="Photo" Type="Edm.Stream"/>
      <NavigationProperty Name="Keeper" Type="self.Keeper"/>
      <NavigationProperty Name="Young" Type="Collection(self.Animal)"/>
      <NavigationProperty Name="Visits" Type="Collection(self.Visit)" ContainsTarget="true"/>
    </EntityType>
    <EntityType Name="Lion" BaseType="self.Animal"/>
    <EntityType Name="Keeper">
      <Key><PropertyRef Name="Code"/></Key>
      <Property Name="Code" Type="Edm.Guid" Nullable="false"/>
      <Annotation Term="Core.AlternateKeys"><Collection><Record><PropertyValue Property="Key"><Collection>
        <Record><PropertyValue Property="Name" PropertyPath="Mail"/></Record>
      </Collection></PropertyValue></Record></Collection></Annotation>
      <Property Name="Mail" Type="Edm.String"/>
    </EntityType>
    <EntityType Name="Visit">
      <Key><PropertyRef Name="Day"/><PropertyRef Name="Number"/></Key>
      <Property Name="Day" Type="Edm.Date" Nullable="false"/>
      <Property Name="Number" Type="Edm.Int64" Nullable="false"/>
    </EntityType>
    <Action Name="Feed" IsBound="true">
      <Parameter Name="it" Type="self.Animal"/><Parameter Name="amount" Type="Edm.Double"/>
    </Action>
    <Function Name="Eaters" IsBound="true">
      <Parameter Name="it" Type="Collection(self.Animal)"/><Parameter Name="diet" Type="self.Diet"/>
      <Parameter Name="most" Type="Edm.Int32"><Annotation Term="Core.OptionalParameter"/></Parameter>
      <ReturnType Type="Collection(self.Animal)"/>
    </Function>
    <ComplexType Name="Place"><Property Name="Row" Type="Edm.Int32"/></ComplexType>
    <Function Name="Heaviest" IsBound="true">
      <Parameter Name="it" Type="Collection(self.Animal)"/><Parameter Name="ids" Type="Collection(Edm.Int32)" Nullable="false"/>
      <Parameter Name="near" Type="self.Place"/><Parameter Name="name" Type="Edm.String"/>
      <ReturnType Type="self.Animal"/>
    </Function>
    <Function Name="Oldest" IsBound="true">
      <Parameter Name="it" Type="Collection(self.Animal)"/><Parameter Name="diet" Type="self.Diet" Nullable="false"/>
      <ReturnType Type="self.Animal" Nullable="false"/>
    </Function>
    <Action Name="Close"/>
    <Function Name="Weather"><ReturnType Type="Edm.String"/></Function>
    <EntityContainer Name="Container">
      <EntitySet Name="Animals" EntityType="self.Animal">
        <Annotation Term="Cap.UpdateRestrictions">
          <Record><PropertyValue Property="FilterSegmentSupported" Bool="true"/></Record>
        </Annotation>
      </EntitySet>
      <EntitySet Name="Ancestors" EntityType="self.Animal">
        <Annotation Term="Cap.DeleteRestrictions"><Record><PropertyValue Property="Deletable" Bool="false"/></Record></Annotation>
        <Annotation Term="Cap.InsertRestrictions"><Record><PropertyValue Property="Insertable" Bool="false"/></Record></Annotation>
      </EntitySet>
      <EntitySet Name="Keepers" EntityType="self.Keeper"/>
      <Singleton Name="Star" Type="self.Lion"/>
      <ActionImport Name="Close" Action="self.Close"/>
      <FunctionImport Name="Weather" Function="self.Weather"/>
    </EntityContainer>
  </Schema></edmx:DataServices>
</edmx:Edmx>
"#;

fn zoo() -> edmark::model::Model {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("zoo.xml"), ZOO).expect("a file");
    Config::new().metadata(folder.path().join("zoo.xml")).analyse().expect("an analysis").model
}

#[test]
fn a_container_offers_requests() {
    insta::assert_snapshot!(edmark::export::requests(&zoo()));
}

#[test]
fn a_request_is_looked_up() {
    let model = zoo();
    for (request, call) in [
        ("GET /Animals(7)/Young?$top=2", "odata.animals().id(7).young().list().top(2)"),
        ("/animals/{id}", "odata.animals().id(animal_id).get()"),
        (
            "GET https://zoo.example/api/v4/Animals/7/zoo.Lion?$select=Name",
            "odata.animals().id(7).as_lion().get().select(Lion::NAME)",
        ),
        (
            "DELETE /Animals(1)/Visits(Day=2024-01-31,Number=2)",
            "odata.animals().id(1).visits().day_and_number(\"2024-01-31\", 2).delete()",
        ),
        (
            "DELETE /Animals(1)/Visits/2024-01-31/2",
            "odata.animals().id(1).visits().day_and_number(\"2024-01-31\", 2).delete()",
        ),
        ("POST /Animals(1)/self.Feed", "odata.animals().id(1).feed(&AnimalFeedParameters { … })"),
        ("POST /Animals(1)/Feed", "odata.animals().id(1).feed(&AnimalFeedParameters { … })"),
        ("GET /Animals/zoo.Eaters(diet=zoo.Diet'meat')", "odata.animals().eaters(Some(&\"meat\".into()), None)"),
        ("GET /Animals/Eaters(diet=@d,most=3)?@d='meat'", "odata.animals().eaters(Some(&\"meat\".into()), Some(3))"),
        ("GET /Animals/Oldest(diet='meat')", "odata.animals().oldest(&\"meat\".into())"),
        (
            "GET /Animals/Heaviest(ids=@i,near=null,name='a')?@i=[1,2]",
            "odata.animals().heaviest(&[1, 2], None, Some(\"a\"))",
        ),
        (
            "GET /Animals/Heaviest(ids=@i,near=@n,name=null)?@i=[1,2]&@n={\"Row\":1}",
            "odata.animals().heaviest(&[1, 2], Some(&near), None)",
        ),
        ("PATCH /Animals/$filter(Name eq 'a/b')/$each", "odata.animals().update_each(\"Name eq 'a/b'\", &changes)"),
        ("GET /Keepers(Mail='a@b')", "odata.keepers().mail(\"a@b\").get()"),
        ("POST /$batch", "odata.client().batch()"),
    ] {
        assert_eq!(edmark::lookup::find(&model, request).map(|found| found.call).as_deref(), Ok(call), "{request}");
    }
    for (request, known, methods) in [
        ("GET /Animals(7)/Old", "/Animals(7)", 0),
        ("DELETE /Ancestors(7)", "/Ancestors(7)", 2),
        ("POST /Ancestors", "/Ancestors", 1),
        ("GET /Nothing", "", 0),
    ] {
        let unknown = edmark::lookup::find(&model, request).expect_err(request);
        assert_eq!((unknown.known.as_str(), unknown.methods.len()), (known, methods), "{request}");
    }
}

/// The exported service has the form that the standard requires (CSDL JSON 4.01, 12 and 13).
#[test]
fn an_exported_service_is_well_formed() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("zoo.xml"), ZOO).expect("a file");
    let of = |config: Config| config.analyse().expect("an analysis").model;
    let exported = edmark::export::csdl_json(&of(Config::new().metadata(folder.path().join("zoo.xml"))));
    assert_eq!(exported["$EntityContainer"], "zoo.Container");
    let container = exported["zoo"]["Container"].as_object().expect("a container");
    for (name, member) in container.iter().filter(|(name, _)| !name.starts_with('$')) {
        let kinds = ["$Type", "$Action", "$Function"].iter().filter(|kind| member.get(kind).is_some());
        assert_eq!(kinds.count(), 1, "{name}: {member}");
        let named =
            ["$Type", "$Action", "$Function"].iter().find_map(|kind| member.get(kind)?.as_str()).expect("a name");
        let (namespace, simple) = named.rsplit_once('.').expect("a qualified name");
        assert!(exported[namespace].get(simple).is_some(), "{named} is declared");
    }
    for overload in ["Feed", "Eaters"].iter().flat_map(|name| exported["zoo"][name].as_array().expect("overloads")) {
        assert_eq!(overload["$IsBound"], true);
        assert!(overload["$Parameter"].as_array().is_some_and(|parameters| !parameters.is_empty()), "{overload}");
    }
    // When the document is read again, it has the same requests.
    fs::write(folder.path().join("model.json"), exported.to_string()).expect("a file");
    let again = of(Config::new().metadata(folder.path().join("model.json")));
    assert_eq!(edmark::export::csdl_json(&again), exported);
    assert_eq!(edmark::export::requests(&again), edmark::export::requests(&zoo()));
}

#[test]
fn documents_beside_a_document_are_read_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = |head: &str, body: &str| {
        format!("<Edmx Version='4.0'>{head}<DataServices><Schema Namespace='{body}</Schema></DataServices></Edmx>")
    };
    let main = schema(
        "<Reference Uri='shared.xml'><Include Namespace='shared' Alias='s'/></Reference>\
         <Reference Uri='https://example.org/Org.OData.Core.V1.xml'><Include Namespace='Org.OData.Core.V1' Alias='Core'/></Reference>",
        "main'><ComplexType Name='order'><Property Name='size' Type='s.size'/></ComplexType>\
         <Annotations Target='s.size/big'><Annotation Term='Core.Description' String='Large.'/></Annotations>",
    );
    let shared = schema("", "shared'><EnumType Name='size'><Member Name='small'/><Member Name='big'/></EnumType>");
    fs::write(folder.path().join("main.xml"), main).expect("a file");
    fs::write(folder.path().join("shared.xml"), shared).expect("a file");
    let analysis = Config::new().metadata(folder.path().join("main.xml")).analyse().expect("an analysis");
    assert!(analysis.diagnostics.is_empty(), "{:?}", analysis.diagnostics);
    let big = &analysis.model.enums[0].members[1];
    assert_eq!((big.name.as_str(), big.description.as_ref().map(|said| said.text())), ("big", Some("Large.")));
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

/// Equivalent and rare forms of CSDL: all are read, with the same result from XML and from the
/// exported JSON.
#[test]
fn all_forms_are_read() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/csdl/forms.xml");
    let model = Config::new().metadata(&file).analyse().expect("a model");
    assert!(model.diagnostics.is_empty(), "{}", text(&model.sources, &model.diagnostics));
    let mill = model.model.types.iter().find(|ty| ty.name.name == "Mill").expect("a mill");
    let property = |name: &str| mill.properties.iter().find(|property| property.name == name).expect("a property");
    let said = |name: &str| property(name).description.as_ref().map(|said| said.text().to_owned()).unwrap_or_default();
    // A type definition that refers to another one, in another schema.
    assert_eq!(property("code").ty.item, ValueType::Primitive(Primitive::String));
    assert_eq!(property("weight").ty.item, ValueType::Primitive(Primitive::Decimal));
    assert_eq!(said("weight"), "What it weighs. No $filter.");
    assert_eq!(said("age"), "From 0 to 900.");
    assert!(property("code").facts.immutable.is_some());
    let grain = model.model.enums.iter().find(|ty| ty.name.name == "Grain").expect("an enum");
    let members: Vec<_> =
        grain.members.iter().map(|member| (member.name.as_str(), member.value, member.description.is_some())).collect();
    assert_eq!(members, [("wheat", Some(1), true), ("rye", Some(2), true), ("oat", Some(7), false)]);

    let call = |request: &str| lookup::find(&model.model, request).map(|found| found.call).ok();
    assert!(call("POST /Mills").is_some(), "what only an instance decides is allowed");
    assert!(call("GET /Mills/$count").is_none());
    assert!(call("DELETE /Millers(1)").is_none());
    assert!(call("GET /Mills(1)/wheels(number=1,street='x')").is_some());
    assert!(call("GET /Mills(1)/bank/nearest").is_some());
    assert!(call("POST /Mills(1)/mill.stop").is_some());
    assert!(call("POST /stopAll").is_some());

    let json = edmark::export::csdl_json(&model.model).to_string();
    let sources = SourceMap::with_metadata([], [("forms.json".to_owned(), json)]);
    let (_, problems) = pipeline::read_metadata(&sources).expect("metadata");
    assert!(problems.is_empty(), "{}", text(&sources, &problems));
}

/// A restriction of entity sets becomes a fact of a property if all sets with the property agree.
#[test]
fn restrictions_of_sets_are_facts_of_properties() {
    const XML: &str = r#"<Schema Namespace="a">
        <EntityType Name="Base"><Key><PropertyRef Name="id"/></Key>
          <Property Name="id" Type="Edm.Int32" Nullable="false"/><Property Name="shared" Type="Edm.String"/></EntityType>
        <EntityType Name="One" BaseType="a.Base"><Property Name="x" Type="Edm.Int32"/><Property Name="y" Type="Edm.Int32"/>
          <NavigationProperty Name="next" Type="a.One"/></EntityType>
        <EntityType Name="Two" BaseType="a.Base"/>
        <EntityContainer Name="C">
          <EntitySet Name="Ones" EntityType="a.One">
            <Annotation Term="Org.OData.Capabilities.V1.FilterRestrictions"><Record>
              <PropertyValue Property="NonFilterableProperties"><Collection><PropertyPath>x</PropertyPath><PropertyPath>shared</PropertyPath></Collection></PropertyValue>
              <PropertyValue Property="RequiredProperties"><Collection><PropertyPath>y</PropertyPath></Collection></PropertyValue>
              <PropertyValue Property="FilterExpressionRestrictions"><Collection><Record>
                <PropertyValue Property="Property" PropertyPath="y"/><PropertyValue Property="AllowedExpressions" String="MultiValue"/>
              </Record></Collection></PropertyValue>
            </Record></Annotation>
            <Annotation Term="Org.OData.Capabilities.V1.SortRestrictions"><Record><PropertyValue Property="Sortable" Bool="false"/></Record></Annotation>
            <Annotation Term="Org.OData.Capabilities.V1.ExpandRestrictions"><Record>
              <PropertyValue Property="NonExpandableProperties"><Collection><NavigationPropertyPath>next</NavigationPropertyPath></Collection></PropertyValue>
            </Record></Annotation>
          </EntitySet>
          <EntitySet Name="Twos" EntityType="a.Two"/>
        </EntityContainer></Schema>"#;
    let (schema, problems) = read(XML).expect("metadata");
    assert!(problems.is_empty(), "{problems:?}");
    let property = |ty: &str, name: &str| {
        let ty = schema.types.iter().find(|known| known.name.value.name == ty).expect("a type");
        ty.properties.iter().find(|property| property.name.value == name).expect("a property").clone()
    };
    let filter = |ty: &str, name: &str| {
        property(ty, name).facts.filter.map(|filter| (filter.value.supported, filter.value.operators))
    };
    assert_eq!(filter("One", "x"), Some((false, vec![])));
    assert_eq!(filter("One", "y"), Some((true, vec!["eq".to_owned(), "in".to_owned()])));
    // The other set does not have this restriction.
    assert_eq!(filter("Base", "shared"), None);
    assert_eq!(property("One", "next").facts.expand.map(|fact| fact.value), Some(false));
    assert_eq!(property("One", "x").facts.order_by.map(|fact| fact.value), Some(false));
    let said = property("One", "y").description.map(|said| said.text().to_owned());
    assert_eq!(said.as_deref(), Some("No $orderby. A $filter has to have a condition on it."));
}

/// Generated types that only the arguments of functions name: structured ones, lists and enums.
#[test]
fn what_only_arguments_name_is_imported() {
    for (ty, written) in [
        ("self.Address", "&graph::Address"),
        ("Collection(self.Address)", "&[graph::Address]"),
        ("self.Mood", "&graph::Mood"),
        ("Collection(self.Mood)", "&[graph::Mood]"),
        ("Collection(Edm.Int32)", "&[i32]"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let xml = format!(
            r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
              <ComplexType Name="Address"><Property Name="City" Type="Edm.String"/></ComplexType>
              <EnumType Name="Mood"><Member Name="glad"/></EnumType>
              <Function Name="Near"><Parameter Name="of" Type="{ty}" Nullable="false"/>
                <ReturnType Type="Edm.Int32" Nullable="false"/></Function>
              <EntityContainer Name="C"><FunctionImport Name="Near" Function="self.Near"/></EntityContainer>
            </Schema></edmx:DataServices></edmx:Edmx>"#
        );
        fs::write(folder.path().join("near.xml"), xml).expect("a file");
        let model = Config::new().metadata(folder.path().join("near.xml")).analyse().expect("an analysis").model;
        let options = Options { layout: Layout::Modules };
        let files = edmark::emit::emit(&model, &SourceMap::default(), &options);
        let (_, root) = files.iter().find(|(path, _)| path.ends_with("requests/root.rs")).expect("the first builder");
        assert!(root.contains(&format!("of: {written})")), "{ty}: {root}");
        assert_eq!(root.contains("graph::"), root.contains("as graph;"), "{ty}: {root}");
    }
}
