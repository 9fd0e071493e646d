//! CSDL documents are read in all their forms, and what cannot be read is reported at its place.
#![cfg(feature = "metadata")]

use std::fs;
use std::path::Path;

use edmark::diagnostics::Diagnostic;
use edmark::metadata::Metadata;
use edmark::model::{Primitive, ValueType};
use edmark::read::csdl::MetadataError;
use edmark::schema::Schema;
use edmark::source::SourceMap;
use edmark::{Config, lookup, pipeline};

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
    let (schema, problems) = read(crate::metadata::XML).expect("metadata");
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

/// Equivalent and rare forms of CSDL: all are read, with the same result from XML and from the
/// exported JSON.
#[test]
fn all_forms_are_read() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/csdl/forms.xml");
    let model = Config::new().metadata(&file).analyse().expect("a model");
    assert!(model.diagnostics.is_empty(), "{:?}", model.diagnostics);
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
    assert!(problems.is_empty(), "{problems:?}");
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
