//! The parameters of functions, actions and queries, in all places where a page may list them.

use edmark_tests::Run;

/// A page of an operation on ships, with `more` between the request line and the response.
fn page(title: &str, line: &str, more: &str) -> Run {
    let ship = "# ship resource type\n\nNamespace: microsoft.graph\n\nA ship.\n\n\
         ## Properties\n|Property|Type|Description|\n|-|-|-|\n|id|String|Its key.|\n\n\
         <!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"microsoft.graph.ship\" } -->\n\
         ```json\n{ \"id\": \"String\" }\n```\n";
    let page = format!(
        "# {title}\n\nNamespace: microsoft.graph\n\nDoes it.\n\n## HTTP request\n```http\n{line}\n```\n\n{more}\n\n\
         ## Response\nA `200 OK` response code and a [ship](ship.md) object in the response body.\n"
    );
    Run::of([("ship.md".to_owned(), ship.to_owned()), ("ship-page.md".to_owned(), page)])
}

/// The function with a name, without documentation and on one line.
#[track_caller]
fn function(run: &Run, name: &str) -> String {
    let code = run.code();
    let start = code.find(&format!("pub fn {name}(")).expect("the function is there");
    let body = &code[start..];
    let end = body.find("\n    }").or_else(|| body.find("\n        }")).expect("it ends");
    body[..end].split_whitespace().collect::<Vec<_>>().join(" ")
}

const TABLE: &str = "|Parameter|Type|Description|\n|-|-|-|\n";

#[test]
fn parameters_in_the_body_of_a_get_page_are_arguments() {
    let rows = format!(
        "## Request body\nGive these:\n\n{TABLE}|other|String|Another one.|\n|distance|Int32|How far. Optional.|"
    );
    let run = page("ship: near", "GET /ships/{id}/near", &rows);
    let near = function(&run, "near");
    assert!(near.contains("other: &str, distance: Option<i32>"), "{near}");
    assert!(near.contains("(\"other\", Some(rt::Literal::string(other)))"), "{near}");
    assert!(near.contains("(\"distance\", distance.map(rt::Literal::bare))"), "{near}");
    assert!(near.contains("function_of(\"near\", &arguments)"), "{near}");
    assert_eq!(run.problems(), "");
}

#[test]
fn members_of_enums_are_quoted_whatever_the_line_shows() {
    let rows = format!("## Function parameters\n{TABLE}|pace|sailing|Possible values are: `slow`, `fast`.|");
    for line in ["GET /ships/{id}/near(pace={pace})", "GET /ships/{id}/near(pace='{pace}')"] {
        let near = function(&page("ship: near", line, &rows), "near");
        assert!(near.contains("(\"pace\", rt::Literal::string(rt::OpenEnum::as_str(pace)))"), "{line}: {near}");
    }
}

#[test]
fn a_line_without_the_argument_is_the_way_to_leave_it_out() {
    let rows = format!("## Function parameters\n{TABLE}|distance|Int32|How far. Optional.|");
    let run = page("ship: near", "GET /ships/{id}/near\nGET /ships/{id}/near(distance={distance})", &rows);
    assert!(function(&run, "near_by_distance").contains("distance: i32"));
    assert!(function(&run, "near").contains("segment(\"near\")"));
    // If all arguments are optional and no request line has them, the request line is correct.
    let run = page("ship: near", "GET /ships/{id}/near", &rows);
    assert!(function(&run, "near").contains("segment(\"near\")"));
}

#[test]
fn query_options_that_no_line_has_are_optional() {
    let rows = format!(
        "## Query parameters\n{TABLE}|width|Int32|Required when it is a picture.|\n|format|String|Required.|\n|$top|Int32|How many.|"
    );
    let run = page("Get picture", "GET /ships/{id}/picture", &rows);
    let get = function(&run, "picture");
    assert!(get.contains("width: Option<i32>, format: &str"), "{get}");
    assert!(get.contains(".query_of(\"width\", width) .query(\"format\", format)"), "{get}");
}

#[test]
fn values_of_an_actions_parameter_make_an_enum() {
    let rows = format!(
        "## Request body\nSupply a JSON object with these parameters.\n\n\
         {TABLE}|how|sailing|Possible values are: `slow`, `fast`.|\n\
         |flag|String|Either `red` or `white`.|\n|crew|String|Who.|\n|cargo|freight|What.|\n\n\
         ### Crews\nThe following values are allowed for the **crew** parameter.\n\n\
         |Crew value|Description|\n|-|-|\n|`all`|Everybody.|\n|`half`|Half of them.|\n"
    );
    let run = page("ship: setSail", "POST /ships/{id}/setSail", &rows);
    let code = run.code();
    for field in ["how: Option<Sailing>", "flag: Option<SetSailFlag>", "crew: Option<SetSailCrew>"] {
        assert!(code.replace("super::", "").replace("graph::", "").contains(field), "{field}:\n{code}");
    }
    // An undocumented type is reported.
    let problems = run.problems();
    assert!(problems.contains("no page describes `freight`"), "{problems}");
    assert_eq!(run.diagnostics.iter().count(), 1, "{problems}");
}
