//! Accidents at the other tables and blocks of API pages, and on enum pages.

use edmark_tests::Run;

use super::{Accident, DIM, LAMP, LIST, ROOM, assert_read_as_meant};

const GET: &str = r##"---
title: Get lamp
doc_type: apiPageType
---

# Get lamp

Namespace: contoso.home

Gets a [lamp](../resources/lamp.md).

## Permissions

|Permission type|Least privileged permissions|Higher privileged permissions|
|:---|:---|:---|
|Delegated (work or school account)|Lamp.Read|Home.Read|
|Application|Home.Read|Not available.|

## HTTP request

```http
GET /lamps/{lampId}
GET /lamps/byColour(colour='{colour}',near='{near}')
```

## Function parameters

|Parameter|Type|Description|
|:---|:---|:---|
|colour|String|Its colour.|
|near|String|What is near.|

## Request headers

|Name|Description|
|:---|:---|
|Authorization|Bearer {token}. Required.|
|If-Match|The etag. Optional.|

## Request body

Don't supply a request body for this method.

## Response

If successful, this method returns a `200 OK` response code and a [lamp](../resources/lamp.md) object in the response body.

## Examples

### Request

<!-- {
  "blockType": "request",
  "name": "get_lamp"
} -->
```http
GET https://contoso.example/v1.0/lamps/7
```

### Response

<!-- {
  "blockType": "response",
  "truncated": true,
  "@odata.type": "contoso.home.lamp"
} -->
```http
HTTP/1.1 200 OK
Content-Type: application/json

{
  "@odata.type": "#contoso.home.lamp",
  "id": "7",
  "colour": "red",
  "watt": 7,
  "lit": true
}
```
"##;

const UPDATE: &str = r##"---
title: Update lamp
doc_type: apiPageType
---

# Update lamp

Namespace: contoso.home

Changes a [lamp](../resources/lamp.md).

## HTTP request

```http
PATCH /lamps/{lampId}
```

## Request body

In the request body, supply only the values for properties to update.

|Property|Type|Description|
|:---|:---|:---|
|colour|String|Its colour. Optional.|
|watt|Int32|Its power. Optional.|
|room|[room](../resources/room.md)|Where it stands. Optional.|

## Response

If successful, this method returns a `200 OK` response code and an updated [lamp](../resources/lamp.md) object in the response body.

## Examples

### Request

<!-- {
  "blockType": "request",
  "name": "update_lamp"
} -->
```http
PATCH https://contoso.example/v1.0/lamps/7
Content-Type: application/json

{
  "colour": "red",
  "watt": 3
}
```

### Response

<!-- {
  "blockType": "response",
  "truncated": true,
  "@odata.type": "contoso.home.lamp"
} -->
```http
HTTP/1.1 200 OK
Content-Type: application/json

{
  "id": "7",
  "colour": "red",
  "watt": 3
}
```
"##;

const MOOD: &str = r##"---
title: lampMood enum type
doc_type: enumPageType
---

# lampMood enum type

Namespace: contoso.home

How a lamp feels.

## Members

|Member|Value|Description|
|:---|:---|:---|
|warm|0|Warm light.|
|cold|1|Cold light.|
|dark|2|None at all.|
"##;

const PATHS: [&str; 7] = [
    "api/lamp-dim.md",
    "api/lamp-get.md",
    "api/lamp-list.md",
    "api/lamp-update.md",
    "resources/lamp.md",
    "resources/lampmood.md",
    "resources/room.md",
];

/// Runs all pages, with one of them replaced.
fn run(path: &str, text: &str) -> Run {
    let pages = PATHS.into_iter().zip([DIM, GET, LIST, UPDATE, LAMP, MOOD, ROOM]);
    Run::of(pages.map(|(other, page)| (format!("docs/{other}"), if other == path { text } else { page }.to_owned())))
}

fn assert_all(path: &str, page: &str, accidents: &[Accident]) {
    let good = run(path, page);
    assert!(good.diagnostics.is_empty(), "{}", good.problems());
    let code = good.code();
    for accident in accidents {
        assert_read_as_meant(page, accident, &code, |page| run(path, page));
    }
}

#[test]
fn members() {
    assert_all(
        "resources/lampmood.md",
        MOOD,
        &[
            ("|warm|0|", "|0|warm|", "row-malformed", "|0|warm|"),
            ("|warm|0|", "||warm|0|", "row-malformed", "||warm|"),
            ("|cold|1|", "\n|cold|1|", "table-malformed", "|cold|"),
            ("|Member|Value|Description|", "|Foo|Bar|Baz|", "header-unclear", "|Foo|"),
            ("|Member|Value|Description|", "||||", "header-unclear", "|||"),
            ("## Members", "## Membrs", "heading-misspelt", "## Membrs"),
            ("# lampMood", "#lampMood", "heading-misspelt", "#lampMood"),
        ],
    );
}

#[test]
fn methods() {
    assert_all(
        "resources/lamp.md",
        LAMP,
        &[
            ("|[List lamps](../api/lamp-list.md)|", "||[List lamps](../api/lamp-list.md)|", "row-malformed", "||[List"),
            (
                "list.md)|[lamp](lamp.md) collection|All",
                "list.md) [lamp](lamp.md) collection|All",
                "row-malformed",
                "|[List",
            ),
            ("list.md)|[lamp](lamp.md) collection|All", "list.md)|All", "row-malformed", "|[List"),
            ("[lamp](lamp.md) collection|All", "[lamp](lamp.md) colection|All", "row-malformed", "|[List"),
        ],
    );
}

#[test]
fn permissions_and_headers() {
    assert_all(
        "api/lamp-get.md",
        GET,
        &[
            ("|Application|", "|Aplication|", "permission-unclear", "|Aplication"),
            ("|Application|Home.Read|", "|Home.Read|Application|", "row-malformed", "|Home.Read"),
            ("|Application|Home.Read|", "||Application|Home.Read|", "row-malformed", "||Application"),
            ("Not available.|", "Not available|yet.|", "row-malformed", "|Application"),
            ("## Permissions", "## Permisions", "heading-misspelt", "## Permisions"),
            ("|Name|Description|", "|Nmae|Description|", "header-unclear", "|Nmae|"),
            ("|If-Match|The etag. Optional.|", "|If-Match|", "row-malformed", "|If-Match|"),
            ("|If-Match|", "||If-Match|", "row-malformed", "||If-Match|"),
        ],
    );
}

#[test]
fn arguments() {
    assert_all(
        "api/lamp-get.md",
        GET,
        &[
            ("near='{near}'", "near='{near}", "request-malformed", "GET /lamps/byColour"),
            ("near='{near}'", "near={near}'", "request-malformed", "GET /lamps/byColour"),
            ("{colour}',near", "{colour}' near", "request-malformed", "GET /lamps/byColour"),
            ("near='{near}'", "naer='{near}'", "request-malformed", "GET /lamps/byColour"),
            ("near='{near}')", "near='{near}'", "request-malformed", "GET /lamps/byColour"),
            ("|near|String|What is near.|", "|near|What is near.|", "row-malformed", "|near|"),
            ("## Function parameters\n\n", "", "row-outside", "|Parameter|"),
        ],
    );
}

#[test]
fn request_lines_and_first_lines_of_examples() {
    assert_all(
        "api/lamp-dim.md",
        DIM,
        &[
            ("POST /lamps/", "/lamps/", "request-malformed", "/lamps/"),
            ("POST /lamps/", "POST/lamps/", "request-malformed", "POST/lamps/"),
            ("POST /lamps/", "POST: /lamps/", "request-malformed", "POST: /lamps/"),
            ("{lampId}/dim", "{lampId}/ dim", "request-malformed", "POST /lamps/"),
            ("POST https", "https", "example-malformed", "https"),
            ("POST https", "PSOT https", "example-malformed", "PSOT"),
            ("HTTP/1.1 200 OK", "HTP/1.1 200 OK", "example-malformed", "HTP/"),
            ("HTTP/1.1 200 OK", "HTTP/1.1 20 OK", "example-malformed", "HTTP/"),
            ("\"blockType\": \"request\"", "\"blockTyp\": \"request\"", "comment-invalid", "  \"blockTyp"),
            ("\"blockType\": \"request\"", "\"blockType\": \"reqest\"", "comment-invalid", "  \"blockType"),
            ("\"@odata.type\"", "\"odata.type\"", "comment-invalid", "  \"odata.type"),
            ("```http\nPOST /lamps", "POST /lamps", "fence-unclosed", "POST /lamps"),
            ("```http\nPOST https", "POST https", "fence-unclosed", "POST https"),
            ("```http\nHTTP", "HTTP", "fence-unclosed", "HTTP"),
            ("## Request body\n\n", "", "row-outside", "|Parameter|"),
            ("# lamp: dim\n", "#lamp: dim\n", "heading-misspelt", "#lamp"),
            ("|level|Int32|", "|Level|Int32|", "name-disagrees", "|Level|"),
            ("\"level\": 3", "\"level\": \"three\"", "example-disagrees", "  \"level\""),
        ],
    );
}

#[test]
fn statuses_and_their_words() {
    assert_all(
        "api/lamp-get.md",
        GET,
        &[
            ("HTTP/1.1 200 OK", "HTTP/1.1 200 Success", "status-disagrees", "HTTP/1.1"),
            ("`200 OK` response", "`200 Created` response", "status-disagrees", "If successful"),
        ],
    );
}

#[test]
fn what_is_no_accident() {
    let code = run("api/lamp-get.md", GET).code();
    let example = "GET https://contoso.example/v1.0/lamps/7\n";
    for page in [
        GET.replace(example, "GET https://contoso.example/v1.0/lamps/byColour(near='room', colour='red')\n"),
        GET.replace("`200 OK` response code", "`200` response code"),
        GET.replace("`200 OK` response code", "`200 OK response` code"),
    ] {
        let run = run("api/lamp-get.md", &page);
        assert!(page != GET && run.diagnostics.is_empty(), "{}", run.problems());
        assert_eq!(run.code(), code);
    }
}

#[test]
fn an_example_with_other_arguments_makes_no_function() {
    let example = "GET https://contoso.example/v1.0/lamps/7\n";
    let page = GET.replace(example, "GET https://contoso.example/v1.0/lamps/byColour(color='red',near='room')\n");
    let run = run("api/lamp-get.md", &page);
    let codes: Vec<&str> = run.diagnostics.iter().map(|problem| problem.code.name()).collect();
    assert_eq!(codes, ["example-request-unknown"], "{}", run.problems());
    assert_eq!(run.code().matches("pub fn by_colour").count(), 1);
}

#[test]
fn bodies_of_properties() {
    assert_all(
        "api/lamp-update.md",
        UPDATE,
        &[
            ("|watt|Int32|", "|watt|String|", "type-mismatch", "|watt|String|"),
            ("|watt|Int32|Its power. Optional.|", "|watt|Its power. Optional.|", "row-malformed", "|watt|"),
            ("[room](../resources/room.md)|Where", "[room](../resources/rooom.md)|Where", "link-broken", "|room|"),
        ],
    );
}
