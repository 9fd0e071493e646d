//! Spellings of types in property tables, and the resulting types in the model.

use std::fmt::Write as _;

use edmark::model::{Model, PropertyType, ValueType};
use edmark_tests::Run;

/// The type in the notation of CSDL, with the types of the sample pages by their simple names.
fn csdl(model: &Model, ty: &PropertyType) -> String {
    let item = match &ty.item {
        ValueType::Primitive(primitive) => primitive.edm_name().trim_start_matches("Edm.").to_owned(),
        ValueType::Structured(id) => model.structured(*id).name.to_string().replace("microsoft.graph.", ""),
        ValueType::Enum(id) => model.enumeration(*id).name.to_string().replace("microsoft.graph.", ""),
        ValueType::Undocumented(name) => format!("?{name}"),
    };
    if ty.collection { format!("Collection({item})") } else { item }
}

fn resource(name: &str, namespace: &str, rows: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: {namespace}\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n{rows}\n\
         <!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"{namespace}.{name}\" }} -->\n```json\n{{}}\n```\n"
    )
}

/// The types of a page's properties whose type cells have these spellings; the pages that they
/// refer to are included.
fn types_of(spellings: &[&str]) -> Vec<String> {
    let mut rows = String::new();
    for (index, spelling) in spellings.iter().enumerate() {
        writeln!(rows, "|p{index}|{spelling}|.|").expect("memory");
    }
    let page = resource("sample", "microsoft.graph", &rows)
        + "\n### color values\n|Member|\n|:---|\n|red|\n\n\
           [user]: user.md\n[group]: ../resources/group.md\n[**user**]: user.md\n";
    let pages = [
        ("resources/sample.md", page),
        ("resources/user.md", resource("user", "microsoft.graph", "|id|String|.|\n")),
        ("resources/group.md", resource("group", "microsoft.graph", "|id|String|.|\n")),
        ("resources/provisioninguser.md", resource("provisioningUser", "microsoft.graph", "|id|String|.|\n")),
        ("resources/calls-session.md", resource("session", "microsoft.graph.calls", "|id|String|.|\n")),
        ("resources/date.md", resource("date", "microsoft.graph", "|day|Int32|.|\n")),
    ];
    let run = Run::of(pages.map(|(path, text)| (path.to_owned(), text)));
    let sample = run.model.types.iter().find(|ty| ty.name.name == "sample").expect("the sample");
    (0..spellings.len())
        .map(|index| {
            let name = format!("p{index}");
            let property = sample.properties.iter().find(|property| property.name == name);
            property.map_or_else(|| "none".to_owned(), |property| csdl(&run.model, &property.ty))
        })
        .collect()
}

fn check(table: &[(&str, &str)]) {
    let spellings: Vec<&str> = table.iter().map(|(spelling, _)| *spelling).collect();
    let found = types_of(&spellings);
    let wrong: Vec<String> = table
        .iter()
        .zip(&found)
        .filter(|((_, expected), found)| expected != found)
        .map(|((spelling, expected), found)| format!("`{spelling}` is {found} and should be {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn primitives() {
    check(&[
        ("String", "String"),
        ("string", "String"),
        ("STRING", "String"),
        ("Edm.String", "String"),
        ("`String`", "String"),
        ("**String**", "String"),
        (" String ", "String"),
        ("String (identifier)", "String"),
        ("String (timestamp)", "DateTimeOffset"),
        ("string (url)", "String"),
        ("string (readonly)", "String"),
        ("string, maximum size 20", "String"),
        ("Url", "String"),
        ("Boolean", "Boolean"),
        ("bool", "Boolean"),
        ("Bool", "Boolean"),
        ("edm.boolean", "Boolean"),
        ("Byte", "Byte"),
        ("SByte", "SByte"),
        ("Int16", "Int16"),
        ("Int32", "Int32"),
        ("int", "Int32"),
        ("Integer", "Int32"),
        ("Edm.Int32", "Int32"),
        ("Int64", "Int64"),
        ("Single", "Single"),
        ("float", "Single"),
        ("Double", "Double"),
        ("Decimal", "Decimal"),
        ("DateTimeOffset", "DateTimeOffset"),
        ("dateTime", "DateTimeOffset"),
        ("Timestamp", "DateTimeOffset"),
        ("Date", "Date"),
        ("TimeOfDay", "TimeOfDay"),
        ("Duration", "Duration"),
        ("GUID", "Guid"),
        ("Guid", "Guid"),
        ("Binary", "Binary"),
        ("Stream", "Stream"),
        ("Edm.Stream", "Stream"),
        ("Json", "?microsoft.graph.Json"),
        ("Edm.Untyped", "Untyped"),
    ]);
}

#[test]
fn collections() {
    check(&[
        ("String collection", "Collection(String)"),
        ("string collection", "Collection(String)"),
        ("String Collection", "Collection(String)"),
        ("Collection(String)", "Collection(String)"),
        ("collection(Edm.String)", "Collection(String)"),
        ("Collection (String)", "Collection(String)"),
        ("collection of String", "Collection(String)"),
        ("Collection of strings", "Collection(String)"),
        ("String[]", "Collection(String)"),
        ("`String` collection", "Collection(String)"),
        ("Int32 collection", "Collection(Int32)"),
        ("[user](user.md) collection", "Collection(user)"),
        ("[user](user.md)collection", "Collection(user)"),
        ("Collection([user](user.md))", "Collection(user)"),
        ("Collection([user](user.md)", "Collection(user)"),
        ("[user collection](user.md)", "Collection(user)"),
        ("collection of [user](user.md)", "Collection(user)"),
        ("[user][] collection", "Collection(user)"),
        ("user collection", "Collection(user)"),
        ("Collection(microsoft.graph.user)", "Collection(user)"),
        ("[color](#color-values) collection", "Collection(color)"),
        ("Collection(calls.session)", "Collection(calls.session)"),
    ]);
}

#[test]
fn named_types() {
    check(&[
        ("user", "user"),
        ("User", "user"),
        ("[user](user.md)", "user"),
        ("[user](../resources/user.md)", "user"),
        ("[user](USER.md)", "user"),
        ("[**user**](user.md)", "user"),
        ("**[user](user.md)**", "user"),
        ("`user`", "user"),
        ("[user][]", "user"),
        ("[user]", "user"),
        ("[the user][group]", "group"),
        ("[**user**][**user**]", "user"),
        ("user resource", "user"),
        ("[user](user.md) resource type", "user"),
        ("microsoft.graph.user", "user"),
        ("#microsoft.graph.user", "user"),
        ("[microsoft.graph.user](user.md)", "user"),
        ("microsoft.graph.calls.session", "calls.session"),
        ("[session](calls-session.md)", "calls.session"),
        ("[microsoft.graph.calls.session](calls-session.md)", "calls.session"),
        // The target of a link decides which type is meant.
        ("[user](provisioninguser.md)", "provisioningUser"),
        ("[date](date.md)", "date"),
        ("color", "color"),
        ("[color](#color-values)", "color"),
        ("[robot](robot.md)", "?microsoft.graph.robot"),
        ("microsoft.graph.calls.robot", "?microsoft.graph.calls.robot"),
        // If there are several types, the common base type is used, or else untyped JSON.
        ("[user](user.md) or [group](group.md)", "Untyped"),
    ]);
}

#[test]
fn cells_without_a_type() {
    check(&[
        ("", "Untyped"),
        ("see the description of the other one", "Untyped"),
        ("42", "Untyped"),
        ("---", "Untyped"),
    ]);
}
