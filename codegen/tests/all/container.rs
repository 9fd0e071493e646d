//! Requests that the entity container of a service's metadata offers.
#![cfg(feature = "metadata")]

use std::fs;

use edmark::Config;
use edmark::emit::{Layout, Options};
use edmark::source::SourceMap;

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

/// The metadata tells calls from keys, whatever they are called, and the types of keys that have an
/// alias.
#[test]
fn calls_and_keys_are_as_declared() {
    let folder = tempfile::tempdir().expect("a folder");
    let xml = r#"<edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
        <Schema Namespace="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
          <ComplexType Name="Place"><Property Name="Row" Type="Edm.Int32" Nullable="false"/></ComplexType>
          <EntityType Name="Shelf"><Key><PropertyRef Name="Place/Row" Alias="Row"/></Key>
            <Property Name="Place" Type="self.Place" Nullable="false"/>
            <NavigationProperty Name="Books" Type="Collection(self.Book)" ContainsTarget="true"/></EntityType>
          <EntityType Name="Book"><Key><PropertyRef Name="Author"/><PropertyRef Name="Number"/></Key>
            <Property Name="Author" Type="Edm.String" Nullable="false"/>
            <Property Name="Number" Type="Edm.Int32" Nullable="false"/></EntityType>
          <Function Name="Books"><Parameter Name="number" Type="Edm.Int32" Nullable="false"/>
            <ReturnType Type="Collection(self.Book)"/></Function>
          <EntityContainer Name="C"><EntitySet Name="Shelves" EntityType="self.Shelf"/>
            <FunctionImport Name="Books" Function="self.Books"/></EntityContainer>
        </Schema></edmx:DataServices></edmx:Edmx>"#;
    fs::write(folder.path().join("shelves.xml"), xml).expect("a file");
    let model = Config::new().metadata(folder.path().join("shelves.xml")).analyse().expect("an analysis").model;
    for (request, call) in [
        ("GET /Books(number=3)", "odata.books(3)"),
        ("GET /Shelves(3)", "odata.shelves().id(3).get()"),
        (
            "GET /Shelves(3)/Books(Author='a',Number=2)",
            "odata.shelves().id(3).books().author_and_number(\"a\", 2).get()",
        ),
    ] {
        assert_eq!(edmark::lookup::find(&model, request).map(|found| found.call).as_deref(), Ok(call), "{request}");
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

/// Generated types that only the arguments of functions name: structured ones, lists and enums.
#[test]
fn what_only_arguments_name_is_imported() {
    for (ty, written) in [
        ("self.Address", "&odata::Address"),
        ("Collection(self.Address)", "&[odata::Address]"),
        ("self.Mood", "&odata::Mood"),
        ("Collection(self.Mood)", "&[odata::Mood]"),
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
        assert_eq!(root.contains("odata::"), root.contains("as odata;"), "{ty}: {root}");
    }
}
