//! Reads whole pages that were written for these tests.

use super::*;
use crate::markdown;
use crate::schema::operation::*;
use crate::schema::{TypeExpr, TypeItem};
use crate::source::SourceMap;

/// Reads a page. Returns the operation, and the diagnostics as `code: text at their place`.
fn page(text: &str) -> (Option<DocumentedOperation>, Vec<String>) {
    let sources = SourceMap::from_texts([("api/page.md".to_owned(), text.to_owned())]);
    let mut diagnostics = Diagnostics::default();
    let mut operation = None;
    for (file, _) in sources.files() {
        let page = markdown::parse(&sources, file, &mut diagnostics);
        operation = read(&page, &mut diagnostics);
    }
    let shown = diagnostics
        .iter()
        .map(|diagnostic| format!("{}: {}", diagnostic.code.name(), sources.text(diagnostic.primary.span)))
        .collect();
    (operation, shown)
}

fn operation(text: &str) -> DocumentedOperation {
    let (operation, diagnostics) = page(text);
    assert_eq!(diagnostics, [""; 0]);
    operation.expect("an operation")
}

const REQUEST: &str = "## HTTP request\n```http\nGET /ships\n```\n";

fn ty(expr: &TypeExpr) -> String {
    let name = match &expr.item {
        TypeItem::Primitive(primitive) => primitive.edm_name().to_owned(),
        TypeItem::Named(name) => name.name.clone(),
        TypeItem::OneOf(names) => names.iter().map(|name| name.name.as_str()).collect::<Vec<_>>().join(" or "),
        TypeItem::Unclear(text) => format!("?{text}"),
    };
    if expr.collection { format!("{name}*") } else { name }
}

fn response(operation: &DocumentedOperation) -> String {
    operation.response().map_or("unsaid".to_owned(), |claim| match &claim.value {
        ResponseType::None => "nothing".to_owned(),
        ResponseType::Stream => "bytes".to_owned(),
        ResponseType::Text => "text".to_owned(),
        ResponseType::Type(expr) => ty(expr),
    })
}

#[test]
fn a_whole_page() {
    let operation = operation(
        "---\ntitle: List ships\n---\n# List ships\n\nNamespace: fleet\n\nLists the ships of a `port`.\n\n> [!NOTE]\n> Slow.\n\n\
         ## Permissions\n|Permission type|Permissions (from least to most privileged)|\n|:-|:-|\n\
         |Delegated (work or school account)|Ship.Read, Ship.ReadWrite.All|\n\
         |Delegated (personal Microsoft account)|Not supported.|\n|Application|Ship.Read.All|\n\
         ## HTTP request\n<!-- { \"blockType\": \"ignored\" } -->\n``` http\nGET /ports/{id}/ships\nGET /me/ships\n```\n\
         ### Optional query parameters\nThis method supports the `$select` and `$top` query options.\n\n`$skip` is not supported.\n\
         ### Path parameters\n|Parameter|Type|Description|\n|-|-|-|\n|**id**|String|The port. Required.|\n\
         ## Request headers\n|Name|Description|\n|-|-|\n|Authorization|Bearer {token}. Required.|\n|Prefer|Optional.|\n\
         ## Request body\nDo not supply a request body for this method.\n\
         ## Response\nIf successful, this method returns a `200 OK` response code and a collection of [ship](../resources/ship.md) objects.\n",
    );
    assert_eq!(operation.title.value, "List ships");
    assert_eq!(
        operation.summary.as_ref().map(|said| said.to_markdown()).as_deref(),
        Some("Lists the ships of a `port`.")
    );
    assert_eq!(operation.requests.len(), 2);
    assert_eq!(
        operation.query_options.iter().map(|option| option.value.as_str()).collect::<Vec<_>>(),
        ["$select", "$top"]
    );
    let parameter = &operation.parameters[0];
    assert_eq!(
        (parameter.name.value.as_str(), parameter.place, parameter.required),
        ("id", ParameterPlace::Path, Some(true))
    );
    let headers: Vec<_> =
        operation.headers.iter().map(|header| (header.name.value.as_str(), header.required)).collect();
    assert_eq!(headers, [("Authorization", Some(true)), ("Prefer", Some(false))]);
    assert_eq!(operation.body.as_ref().map(|body| &body.content), Some(&BodyContent::Nothing));
    assert_eq!(response(&operation), "ship*");
    let permissions: Vec<_> =
        operation.permissions.iter().map(|one| (&one.kind, shown(&one.least), shown(&one.higher))).collect();
    assert_eq!(
        permissions,
        [
            (&PermissionKind::DelegatedWork, "Ship.Read".to_owned(), "Ship.ReadWrite.All".to_owned()),
            (&PermissionKind::DelegatedPersonal, String::new(), String::new()),
            (&PermissionKind::Application, "Ship.Read.All".to_owned(), String::new()),
        ]
    );
}

fn shown(grants: &[Grant]) -> String {
    grants.iter().map(Grant::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn least_permissions_are_needed_together_where_the_page_says_so() {
    let table = "|Permission type|Least privileged permissions|Higher privileged permissions|\n|-|-|-|\n\
                 |Application|A.Read, B.Read|C.All, D.All|";
    for (sentence, expected) in [
        ("One of these.", "A.Read B.Read < C.All D.All"),
        ("A caller has all of the following permissions.", "A.Read and B.Read < C.All D.All"),
        ("Grant both the least privileged permissions.", "A.Read and B.Read < C.All D.All"),
        ("All the rest are permissions.", "A.Read B.Read < C.All D.All"),
    ] {
        let operation = operation(&format!("# Sail\n## Permissions\n{sentence}\n\n{table}\n\n{REQUEST}"));
        let one = &operation.permissions[0];
        assert_eq!(format!("{} < {}", shown(&one.least), shown(&one.higher)), expected, "{sentence}");
    }
}

#[test]
fn permission_tables() {
    for (table, expected) in [
        (
            "|Permission type|Permissions (from most to least privileged)|\n|-|-|\n|Application|C.All, B.All, A.All|",
            "Application: A.All < B.All C.All",
        ),
        (
            "|Permission type|Least privileged permissions|Higher privileged permissions|\n|-|-|-|\n|Application|A.All|B.All, C.All|",
            "Application: A.All < B.All C.All",
        ),
        ("|Permission type|Permissions|\n|-|-|\n|Delegated (personal account)|Not available.|", "DelegatedPersonal:"),
        (
            "|Permission type|Permissions (from least to most privileged)|\n|-|-|\n|Delegated (work)||\n|&nbsp;&nbsp;Cargo|A.Read|\n|&nbsp;&nbsp;Crew|B.Read<br>C.Read|",
            "DelegatedWork:; DelegatedWork/Cargo: A.Read; DelegatedWork/Crew: B.Read < C.Read",
        ),
        (
            "|Supported resource|Delegated (work or school account)|Application|\n|-|-|-|\n|[ship](ship.md)|A.Read|Not supported|",
            "DelegatedWork/ship: A.Read; Application/ship:",
        ),
        (
            "|Permission type|Permissions|\n|-|-|\n|Application|A.Read.Group*, offline_access. See also B.Read|",
            "Application: A.Read.Group < offline_access B.Read",
        ),
        (
            "|Permission type|Permissions|\n|-|-|\n|Application|A.Read and B.Read, C.Read*  and D.Read<sup>2</sup>, agreement.Read|",
            "Application: A.Read and B.Read < C.Read and D.Read agreement.Read",
        ),
        // A list of three, and cases that are not connected.
        (
            "|Permission type|Permissions|\n|-|-|\n|Application|A.Read, B.Read, and C.Read|\n|Delegated (work)|A.Read for mail. And B.Read for chat|",
            "Application: A.Read < B.Read C.Read; DelegatedWork: A.Read < B.Read",
        ),
        (
            "|Permission type|Permissions|\n|-|-|\n|Application|One from A.Read, B.Read plus either C.Read or D.Read|",
            "Application: A.Read and C.Read < A.Read and D.Read B.Read and C.Read B.Read and D.Read",
        ),
    ] {
        let operation = operation(&format!("# Sail\n## Permissions\n{table}\n\n{REQUEST}"));
        let shown: Vec<String> = operation
            .permissions
            .iter()
            .map(|one| {
                let subject = one.subject.as_ref().map(|subject| format!("/{subject}")).unwrap_or_default();
                let least = one.least.iter().map(|grant| format!(" {grant}")).collect::<String>();
                let higher = if one.higher.is_empty() { String::new() } else { format!(" < {}", shown(&one.higher)) };
                format!("{:?}{subject}:{least}{higher}", one.kind)
            })
            .collect();
        assert_eq!(shown.join("; "), expected);
    }
    let (_, diagnostics) = page(&format!(
        "# Sail\n## Permissions\n|Permission type|Permissions|\n|-|-|\n|Application|to be decided|\n\n{REQUEST}"
    ));
    assert_eq!(diagnostics, ["permission-unclear: to be decided"]);
}

#[test]
fn which_fences_hold_requests() {
    for (body, expected, diagnostics) in [
        ("## HTTP request\n```http\nGET /a\nor\n// again\nPOST /b\n```\n", "GET POST", vec![]),
        (
            "## HTTP request\n```http\nGET\n/a\n/b\n```\n",
            "GET GET",
            vec!["request-malformed: /a", "request-malformed: /b"],
        ),
        ("## HTTP request\n```http\nGET /a\n  ?x={x}\n  &y={y}\n```\n", "GET", vec![]),
        ("## HTTP request\n```http\nPOST /a\nContent-Type: application/json\n\n{\"x\": 1}\n```\n", "POST", vec![]),
        ("## HTTP request\n```http\nGET /a\nSee below\n```\n", "GET", vec!["request-malformed: See below"]),
        ("## HTTP request\nEncode it:\n```csharp\nvar x = y;\n```\n```http\nGET /a\n```\n", "GET", vec![]),
        (
            "## HTTP request\n#### For a ship\n```http\nGET /a\n```\n#### For a port\n```\nPUT /b\n```\n",
            "GET PUT",
            vec![],
        ),
        ("## Get the root\n```http\nGET /a\n```\n## Example\n```http\nGET /a/1\n```\n", "GET", vec![]),
        ("## Permissions\nNone.\n```http\nPOST /a\n```\n", "POST", vec![]),
        ("## HTTP request\nNone.\n", "", vec!["request-missing: HTTP request"]),
        ("## Example\n```http\nGET /a/1\n```\n", "", vec!["request-missing: Sail"]),
    ] {
        let (operation, found) = page(&format!("# Sail\n{body}"));
        let methods: Vec<&str> = operation.iter().flat_map(|one| &one.requests).map(|one| one.method.name()).collect();
        assert_eq!(
            (methods.join(" ").as_str(), found),
            (expected, diagnostics.into_iter().map(str::to_owned).collect()),
            "{body}"
        );
    }
}

#[test]
fn samples_of_documented_parameters_are_placeholders() {
    let operation = operation(
        "# Sail\n## HTTP request\n```http\nGET /a/near(miles=5,port='x')\n```\n## Function parameters\n|Parameter|Type|Description|\n|-|-|-|\n|miles|Int32|How far.|\n",
    );
    let Segment::Call { arguments, .. } = &operation.requests[0].path[1] else { panic!("a call") };
    assert_eq!(arguments[0].value, ArgumentValue::Placeholder { name: "miles".to_owned(), quoted: false });
    assert_eq!(arguments[1].value, ArgumentValue::Fixed("'x'".to_owned()));
}

#[test]
fn request_bodies() {
    let link = "[ship](../resources/ship.md)";
    let table = |name: &str| format!("\n\n|{name}|Type|Description|\n|-|-|-|\n|name|String|x|\n|size|Int32|y|\n");
    for (body, expected) in [
        (format!("In the request body, supply a JSON representation of the {link} object."), "Type(ship) 0"),
        (format!("Supply a JSON representation of a {link} object.{}", table("Property")), "Type(ship) 2"),
        (format!("Provide a JSON object with the following parameters.{}", table("Parameter")), "Parameters 2"),
        (format!("Supply the parameters of the action.{}", table("Property")), "Parameters 2"),
        (format!("Supply the values for relevant fields that should be updated.{}", table("Property")), "Properties 2"),
        ("Supply the values for the properties that should be updated.".to_owned(), "Properties 0"),
        (format!("A {link}."), "Type(ship) 0"),
        (format!("Supply the id of a {link} in `@odata.id`."), "Reference 0"),
        ("The contents of the request body should be the binary stream of the file.".to_owned(), "Stream 0"),
        ("Don't supply a request body for this method.".to_owned(), "Nothing 0"),
        (String::new(), "unsaid"),
    ] {
        let request = REQUEST.replace("GET", "POST");
        let operation = operation(&format!("# Sail\n{request}## Request body\n{body}\n"));
        let shown = operation.body.map_or("unsaid".to_owned(), |body| match &body.content {
            BodyContent::Type(expr) => format!("Type({}) {}", ty(expr), body.members.len()),
            content => format!("{content:?} {}", body.members.len()),
        });
        assert_eq!(shown, expected, "{body}");
    }
}

#[test]
fn responses_in_prose() {
    let (ship, port) = ("[ship](../resources/ship.md)", "[port](../resources/port.md)");
    for (text, expected) in [
        (
            format!(
                "If successful, this method returns a `200 OK` response code and a {ship} object in the response body."
            ),
            "ship",
        ),
        (format!("Returns `200 OK` and the requested {ship} objects in the response body."), "ship*"),
        (format!("Returns `200 OK` and a list of the {ship} resources."), "ship*"),
        (format!("Returns `200 OK` and a {ship} collection in the response body."), "ship*"),
        (
            "Returns `200 OK` and the [ships](../resources/ship.md) in the response body.".to_owned(),
            "ship*".replace("ship", "ships").as_str(),
        ),
        (format!("Returns `200 OK` and a {ship} or {port} object in the response body."), "ship or port"),
        ("Returns `200 OK` and an updated **ship** object in the response body.".to_owned(), "ship"),
        ("Returns `200 OK` and a String collection in the response body.".to_owned(), "Edm.String*"),
        ("Returns `200 OK` and a Stream in the response body.".to_owned(), "bytes"),
        ("Returns `200 OK` and binary data of the picture.".to_owned(), "bytes"),
        ("Returns a `302 Found` response that redirects to a download URL.".to_owned(), "bytes"),
        ("If successful, this method returns `204 No Content` response code.".to_owned(), "nothing"),
        (format!("Returns a `204 No Content` response code and a {ship} object in the response body."), "nothing"),
        ("Returns `202 Accepted`. It does not return anything in the response body.".to_owned(), "nothing"),
        (format!("Returns `201 Created` and a {ship} object. For a long operation, it returns an empty body."), "ship"),
        (
            format!(
                "Returns `202 Accepted` with a `Location` header of the {ship}. See [errors](../resources/errors.md)."
            ),
            "nothing",
        ),
        ("If successful, this method returns a `200 OK` response code.".to_owned(), "nothing"),
        ("See below.".to_owned(), "unsaid"),
    ]
    .map(|(text, expected): (String, &str)| (text, expected.to_owned()))
    {
        assert_eq!(response(&operation(&format!("# Sail\n{REQUEST}## Response\n{text}\n"))), expected, "{text}");
    }
}

#[test]
fn responses_in_examples() {
    for (annotation, message, expected) in [
        ("\"@odata.type\": \"fleet.ship\"", "HTTP/1.1 200 OK\n\n{\"name\": \"x\"}", "fleet.ship"),
        ("\"@odata.type\": \"fleet.ship\", \"isCollection\": true", "HTTP/1.1 200 OK", "fleet.ship*"),
        ("\"@odata.type\": \"fleet.ship\", \"isCollection\": \" True\"", "HTTP/1.1 200 OK", "fleet.ship*"),
        ("\"@odata.type\": \"Collection(fleet.ship)\"", "HTTP/1.1 200 OK\n\n{}", "fleet.ship*"),
        (
            "\"@odata.type\": \"fleet.ship\"",
            "HTTP/1.1 200 OK\nContent-type: application/json\n\n{\"@odata.context\": \"\", \"value\": [{}]}",
            "fleet.ship*",
        ),
        ("\"@odata.type\": \"Edm.String\"", "HTTP/1.1 200 OK\n\n{\"value\": \"x\"}", "Edm.String"),
        ("\"@odata.type\": \"stream\"", "HTTP/1.1 200 OK", "bytes"),
        ("\"truncated\": true", "HTTP/1.1 204 No Content", "nothing"),
        ("\"@odata.type\": \"fleet.log\"", "HTTP/1.1 302 Found\nLocation: https://x", "bytes"),
        ("\"truncated\": true", "HTTP/1.1 200 OK\nContent-Type: text/plain\n\n12", "text"),
        ("\"truncated\": true", "HTTP/1.1 200 OK\nContent-Type: image/png\n\n...", "bytes"),
        ("\"truncated\": true", "HTTP/1.1 201 Created", "nothing"),
    ] {
        let text = format!(
            "# Sail\n{REQUEST}## Example\n<!-- {{\"blockType\": \"response\", {annotation}}} -->\n```http\n{message}\n```\n"
        );
        assert_eq!(response(&operation(&text)), expected, "{annotation} {message}");
    }
}

#[test]
fn the_example_comes_first_where_path_and_title_are_silent() {
    let text = |title: &str, path: &str, example: &str, prose: &str| {
        operation(&format!(
            "# {title}\n## HTTP request\n```http\nGET {path}\n```\n## Response\nReturns `200 OK` and {prose} in the response body.\n## Example\n<!-- {{\"blockType\": \"response\", \"@odata.type\": \"fleet.ship\", \"isCollection\": {example}}} -->\n```http\nHTTP/1.1 200 OK\n```\n"
        ))
    };
    let (one, many) = ("a [ship](../resources/ship.md) object", "[ship](../resources/ship.md) objects");
    for (title, path, example, prose, expected) in [
        ("Sail", "/ships/near", "true", many, "fleet.ship*"),
        ("Sail", "/ships/near", "true", one, "fleet.ship*"),
        ("Get ship", "/ships/{id}", "true", one, "ship"),
        ("List ships", "/ships", "false", many, "ship*"),
    ] {
        assert_eq!(response(&text(title, path, example, prose)), expected, "{title}");
    }
}

#[test]
fn examples_are_paired() {
    let operation = operation(
        "# Sail\n## HTTP request\n```http\nGET /a\n```\n## Examples\n### Example 1: One ship\n#### Request\n<!-- {\"blockType\": \"request\", \"name\": \"one\"} -->\n\
         ```msgraph-interactive\nGET https://h/v1.0/a?$top=1 HTTP/1.1\nPrefer: x\n```\n#### Response\n<!-- {\"blockType\": \"response\", \"truncated\": true} -->\n\
         ```http\nHTTP/1.1 200 OK\nContent-type: application/json\n\n{\"value\": [ ]}\n```\n\
         ### Example 2: Two ships\n```http\nPOST /a\n{ \"no\": \"blank line\" }\n```\n<!-- {\"blockType\": \"request\", \"name\": \"three\"} -->\n```http\nPOST /b\n```\n\
         <!-- {\"blockType\": \"response\", \"name\": [\"three\"]} -->\n```http\nHTTP/1.1 204 No Content\n```\n\
         <!-- {\"blockType\": \"response\"} -->\n```json\n{\"alone\": 1}\n```\n",
    );
    let shown: Vec<String> = operation
        .examples
        .iter()
        .map(|example| {
            let request = example.request.as_ref().map_or("-".to_owned(), |request| {
                let body = if request.message.body.is_some() { " body" } else { "" };
                format!("{} {} {}{body}", request.method.name(), request.url.value, request.message.headers.len())
            });
            let response = example.response.as_ref().map_or("-".to_owned(), |response| {
                format!(
                    "{:?}{}",
                    response.status.as_ref().map(|status| status.value),
                    if response.message.is_list { " list" } else { "" }
                )
            });
            format!("{}: {request} -> {response}", example.title.as_ref().map_or("", |title| &title.value))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "One ship: GET https://h/v1.0/a?$top=1 1 -> Some(200) list",
            "Two ships: POST /a 0 body -> -",
            "Two ships: POST /b 0 -> Some(204)",
            "Two ships: - -> None",
        ]
    );
}

#[test]
fn what_is_not_valid_in_examples_is_said() {
    let (_, diagnostics) = page(&format!(
        "# Sail\n{REQUEST}## Example\n<!-- {{\"blockType\": \"response\", }} -->\n```http\nHTTP/1.1 200 OK\n\n{{\"a\": 1,}}\n```\n"
    ));
    assert_eq!(diagnostics.len(), 2, "{diagnostics:?}");
    assert!(diagnostics[0].starts_with("comment-invalid"), "{diagnostics:?}");
    assert!(diagnostics[1].starts_with("json-invalid"), "{diagnostics:?}");
}

#[test]
fn a_page_without_a_heading_is_no_operation() {
    let (operation, diagnostics) = page(REQUEST);
    assert!(operation.is_none());
    assert_eq!(diagnostics, ["nothing-described: "]);
}

/// Reads every template of the corpus, if `EDMARK_CORPUS` is set.
#[test]
#[expect(clippy::print_stderr, reason = "says that it was left out")]
fn the_templates_of_the_corpus() {
    let Some(corpus) = std::env::var_os("EDMARK_CORPUS") else {
        eprintln!("the templates of the corpus: left out: EDMARK_CORPUS is not set");
        return;
    };
    let folder = std::path::Path::new(&corpus).join("v1.0/api");
    let sources = crate::source::load(&[folder]).expect("the corpus");
    let (mut pages, mut templates, mut doubted) = (0, 0, 0);
    for (file, _) in sources.files() {
        let mut diagnostics = Diagnostics::default();
        let page = markdown::parse(&sources, file, &mut diagnostics);
        let found = read(&page, &mut diagnostics).map_or(0, |operation| operation.requests.len());
        pages += usize::from(found > 0);
        templates += found;
        doubted += diagnostics.iter().filter(|one| one.code == Code::RequestMalformed).count();
    }
    assert!(pages >= 2092, "{pages} pages with templates");
    assert!(templates >= 3719, "{templates} templates");
    assert!(doubted <= 90, "{doubted} doubts");
}

#[test]
fn a_page_retires_its_operation_in_its_title_or_its_introduction() {
    for (page, expected) in [
        (format!("# Sail (deprecated)\nSails.\n{REQUEST}"), Some("Deprecated.")),
        (
            format!("# Sail\n> [!CAUTION]\n> This API is deprecated. Use [row](row.md) instead.\n\nSails.\n{REQUEST}"),
            Some("This API is deprecated."),
        ),
        (format!("# Sail\nThe sail method has been deprecated by nobody.\n{REQUEST}"), None),
        (format!("# Sail\nThe operation will be retired.\n{REQUEST}"), Some("The operation will be retired.")),
        (format!("# Sail\nFinds ships whose flag is deprecated.\n{REQUEST}"), None),
    ] {
        let said = operation(&page).deprecation;
        assert_eq!(said.as_ref().map(|said| said.value.text.as_str()), expected, "{page}");
    }
}
