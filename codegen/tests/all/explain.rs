//! `edmark explain`: the reason why a type is generated, and everything that is known about it.
#![cfg(feature = "cli")]

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::pages::page_in;

/// A page of a type; `more` is written before the properties, `comment` in the annotation of the
/// JSON block.
fn page(name: &str, comment: &str, rows: &str, more: &str) -> String {
    page_in("microsoft.graph", name, comment, rows, more)
}

const DOCK: &str = "---\ndoc_type: apiPageType\n---\n# Dock ship\n\nNamespace: microsoft.graph\n\n## HTTP request\n```http\nPOST /ships/{id}/dock\n```\n\n\
                    ## Response\nIf successful, this method returns a `200 OK` response code and a [berth](berth.md) object in the response body.\n";

fn docs() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let methods = "## Methods\n|Method|Return type|Description|\n|:---|:---|:---|\n|[Dock](ship-dock.md)|[berth](berth.md)|.|\n\n";
    let relationships =
        "## Relationships\n|Relationship|Type|Description|\n|:---|:---|:---|\n|owner|[person](person.md)|.|\n\n";
    let key = ", \"keyProperty\": \"id\"";
    let derived = ", \"baseType\": \"microsoft.graph.vehicle\"";
    let ship =
        "|hull|[hull](hull.md)|What it is made of. Required.|\n|flag|[nowhere](nowhere.md)|Whose it is. Read-only.|";
    fs::create_dir(folder.path().join("docs")).expect("a folder");
    for (name, text) in [
        ("vehicle", page("vehicle", key, "|id|String|Its key. Read-only.|", "")),
        ("ship", page("ship", derived, ship, &format!("{methods}{relationships}"))),
        ("hull", page("hull", "", "|paint|[paint](paint.md)|.|", "")),
        (
            "paint",
            page("paint", "", "|shade|[shade](#shade-values)|.|", "")
                + "\n### shade values\n|Member|Description|\n|:---|:---|\n|red|.|\n|grey|.|\n",
        ),
        ("person", page("person", key, "|id|String|Their key.|", "")),
        ("berth", page("berth", "", "|number|Int32|.|", "")),
        ("ship-dock", DOCK.to_owned()),
    ] {
        fs::write(folder.path().join(format!("docs/{name}.md")), text).expect("a page");
    }
    folder
}

fn edmark(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edmark"));
    command.arg("explain").args(arguments).current_dir(folder.path()).output().expect("the command runs")
}

#[track_caller]
fn said(arguments: &[&str]) -> String {
    let output = edmark(&docs(), arguments);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The lines of the section with the reason.
#[track_caller]
fn why(name: &str, selection: &[&str]) -> String {
    let arguments = [&[name, "--docs", "docs"], selection].concat();
    let text = said(&arguments);
    let section = text.split("\n\n").nth(1).expect("a section");
    section.to_owned()
}

#[test]
fn all_that_is_known_of_a_type() {
    insta::assert_snapshot!(said(&["SHIP", "--docs", "docs"]));
}

#[test]
fn all_that_is_known_of_an_enum() {
    insta::assert_snapshot!(said(&["microsoft.graph.shade", "--docs", "docs", "--include", "ship"]));
}

#[test]
fn chains_lead_to_a_name() {
    let g = "microsoft.graph";
    for (name, selection, chain) in [
        (
            "paint",
            &["--include", "ship*"][..],
            format!(
                "  {g}.ship: `ship*` is included\n  {g}.hull: the property `hull` of {g}.ship has it\n  {g}.paint: the property `paint` of {g}.hull has it"
            ),
        ),
        (
            "vehicle",
            &["--include", "ship"],
            format!("  {g}.ship: `ship` is included\n  {g}.vehicle: {g}.ship derives from it"),
        ),
        (
            "berth",
            &["--include", "ship-*"],
            format!("  {g}.berth: the operation ship-dock returns it, and `ship-*` is included"),
        ),
        (
            "person",
            &["--include", "ship", "--navigation", "follow"],
            format!("  {g}.ship: `ship` is included\n  {g}.person: the property `owner` of {g}.ship has it"),
        ),
        ("person", &[], format!("  {g}.person: everything is: no name is included")),
    ] {
        assert_eq!(why(name, selection), format!("in the output, because\n{chain}"));
    }
}

#[test]
fn what_is_left_out_is_explained_too() {
    let needless = "it is not included, and nothing that is included needs it";
    let leads =
        |what| format!("\n  the navigation property `owner` of microsoft.graph.ship leads to it, and is {what}");
    for (name, selection, reason) in [
        ("person", &["--include", "ship"][..], format!("{needless}{}", leads("untyped"))),
        ("person", &["--include", "ship", "--navigation", "omit"], format!("{needless}{}", leads("left out"))),
        ("berth", &["--include", "ship"], needless.to_owned()),
        ("hull", &["--exclude", "h*"], "`h*` is excluded".to_owned()),
    ] {
        assert_eq!(why(name, selection), format!("not in the output, because {reason}"));
    }
}

#[test]
fn a_configuration_is_heeded() {
    let folder = docs();
    fs::write(folder.path().join("edmark.toml"), "docs = \"docs\"\ninclude = [\"hull\"]\n").expect("a file");
    let text = String::from_utf8(edmark(&folder, &["paint"]).stdout).expect("UTF-8");
    assert!(text.contains("microsoft.graph.hull: `hull` is included\n"), "{text}");
    let text = String::from_utf8(edmark(&folder, &["berth", "--include", "ship-dock"]).stdout).expect("UTF-8");
    assert!(text.contains("`ship-dock` is included\n"), "{text}");
}

#[test]
fn names_that_mean_nothing_get_a_hint() {
    let folder = docs();
    for (arguments, message) in [
        (&["shp", "--docs", "docs"][..], "error: no type is called `shp`; did you mean `ship`?\n"),
        (&["zzzzzz", "--docs", "docs"], "error: no type is called `zzzzzz`\n"),
        (&["nowhere", "--docs", "docs"], "error: no page describes `microsoft.graph.nowhere`, which docs/ship.md:"),
        (
            &["ship", "--docs", "docs", "--include", "hul"],
            "error: include: no type, namespace or operation is called `hul`; did you mean `hull`?\n",
        ),
        (&["ship"], "error: no folder of pages is given"),
    ] {
        let output = edmark(&folder, arguments);
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains(message), "{arguments:?}: {text}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    }
}
