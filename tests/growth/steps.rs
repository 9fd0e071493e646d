//! Pages of a small service, and the changes of it that clients have to be prepared for (OData
//! Protocol 4.01, section 5.2). `build.rs` makes code for each of them, which `caller.rs` is
//! compiled against; `tests/all/growth.rs` compares it with that of the pages before the change.

/// Pages before any change, by path.
pub(crate) const PAGES: [(&str, &str); 13] = [
    (
        "resources/harbour.md",
        "# harbour resource type\n\nNamespace: contoso.sea\n\nA place for ships.\n\n## Methods\n\n\
         |Method|Return type|Description|\n|:---|:---|:---|\n\
         |[List harbours](../api/harbour-list.md)|[harbour](harbour.md) collection|All.|\n\
         |[Get harbour](../api/harbour-get.md)|[harbour](harbour.md)|One.|\n\
         |[Update harbour](../api/harbour-update.md)|[harbour](harbour.md)|Changes one.|\n\
         |[close](../api/harbour-close.md)|None|Closes one.|\n\n## Properties\n\n\
         |Property|Type|Description|\n|:---|:---|:---|\n\
         |berths|Int32|How many ships have room.|\n\
         |id|String|Its number. Read-only.|\n\
         |kind|harbourKind|What it is for.|\n\
         |name|String|Its name.|\n\
         |place|[place](place.md)|Where it is.|\n\n\
         ### harbourKind values\n\n|Member|Description|\n|:---|:---|\n|fishing|For fish.|\n|naval|For the navy.|\n\n\
         ## Relationships\n\n|Relationship|Type|Description|\n|:---|:---|:---|\n\
         |owner|[party](party.md)|Who owns it.|\n\
         |ships|[ship](ship.md) collection|What lies in it.|\n\n\
         ## JSON representation\n\n\
         <!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"contoso.sea.harbour\" } -->\n\
         ```json\n{ \"berths\": 1, \"id\": \"String\", \"kind\": \"String\", \"name\": \"String\", \"place\": {\"@odata.type\": \"contoso.sea.place\"} }\n```\n",
    ),
    (
        "resources/party.md",
        "# party resource type\n\nNamespace: contoso.sea\n\nA person or a company.\n\n## Properties\n\n\
         |Property|Type|Description|\n|:---|:---|:---|\n|id|String|Their number. Read-only.|\n|name|String|Their name.|\n\n\
         ## JSON representation\n\n\
         <!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"contoso.sea.party\" } -->\n\
         ```json\n{ \"id\": \"String\", \"name\": \"String\" }\n```\n",
    ),
    (
        "resources/ship.md",
        "# ship resource type\n\nNamespace: contoso.sea\n\nA ship.\n\n## Properties\n\n\
         |Property|Type|Description|\n|:---|:---|:---|\n|id|String|Its number. Read-only.|\n|name|String|Its name.|\n\n\
         ## JSON representation\n\n\
         <!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"contoso.sea.ship\" } -->\n\
         ```json\n{ \"id\": \"String\", \"name\": \"String\" }\n```\n",
    ),
    (
        "resources/place.md",
        "# place resource type\n\nNamespace: contoso.sea\n\nA place on a map.\n\n## Properties\n\n\
         |Property|Type|Description|\n|:---|:---|:---|\n|coast|String|The coast.|\n\n\
         ## JSON representation\n\n\
         <!-- { \"blockType\": \"resource\", \"@odata.type\": \"contoso.sea.place\" } -->\n\
         ```json\n{ \"coast\": \"String\" }\n```\n",
    ),
    (
        "api/harbour-list.md",
        "# List harbours\n\nNamespace: contoso.sea\n\nLists the harbours.\n\n## HTTP request\n\n```http\nGET /harbours\n```\n\n\
         ## Request body\n\nDo not supply a request body.\n\n## Response\n\n\
         If successful, this method returns a `200 OK` response code and a collection of [harbour](../resources/harbour.md) objects in the response body.\n",
    ),
    (
        "api/harbour-get.md",
        "# Get harbour\n\nNamespace: contoso.sea\n\nReads a harbour.\n\n## HTTP request\n\n```http\nGET /harbours/{id}\n```\n\n\
         ## Request body\n\nDo not supply a request body.\n\n## Response\n\n\
         If successful, this method returns a `200 OK` response code and a [harbour](../resources/harbour.md) object in the response body.\n",
    ),
    (
        "api/harbour-update.md",
        "# Update harbour\n\nNamespace: contoso.sea\n\nChanges a harbour.\n\n## HTTP request\n\n```http\nPATCH /harbours/{id}\n```\n\n\
         ## Request body\n\nIn the request body, supply the values of a [harbour](../resources/harbour.md) that are to change.\n\n## Response\n\n\
         If successful, this method returns a `200 OK` response code and a [harbour](../resources/harbour.md) object in the response body.\n",
    ),
    (
        "api/harbour-close.md",
        "# harbour: close\n\nNamespace: contoso.sea\n\nCloses a harbour.\n\n## HTTP request\n\n```http\nPOST /harbours/{id}/close\n```\n\n\
         ## Request body\n\nIn the request body, provide a JSON object with the following parameters.\n\n\
         |Parameter|Type|Description|\n|:---|:---|:---|\n|reason|String|Why.|\n\n## Response\n\n\
         If successful, this method returns a `204 No Content` response code.\n",
    ),
    (
        "api/harbour-get-owner.md",
        "# Get owner\n\nNamespace: contoso.sea\n\nReads who owns a harbour.\n\n## HTTP request\n\n```http\nGET /harbours/{id}/owner\n```\n\n\
         ## Request body\n\nDo not supply a request body.\n\n## Response\n\n\
         If successful, this method returns a `200 OK` response code and a [party](../resources/party.md) object in the response body.\n",
    ),
    (
        "api/harbour-queue.md",
        "# harbour: queue\n\nNamespace: contoso.sea\n\nTells which ships wait on a day.\n\n## HTTP request\n\n```http\nGET /harbours/{id}/queue(day={day})\n```\n\n\
         ## Function parameters\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|day|Int32|The day.|\n\n\
         ## Request body\n\nDo not supply a request body.\n\n## Response\n\n\
         If successful, this method returns a `200 OK` response code and a collection of [ship](../resources/ship.md) objects in the response body.\n",
    ),
    (
        "api/harbour-list-ships.md",
        "# List ships\n\nNamespace: contoso.sea\n\nList ships.\n\n## HTTP request\n\n```http\nGET /harbours/{id}/ships\n```\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of [ship](../resources/ship.md) objects in the response body.\n",
    ),
    (
        "api/ship-get.md",
        "# Get ship\n\nNamespace: contoso.sea\n\nGet ship.\n\n## HTTP request\n\n```http\nGET /harbours/{id}/ships/{id}\n```\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a [ship](../resources/ship.md) object in the response body.\n",
    ),
    (
        "api/harbour-largest.md",
        "# Get largest\n\nNamespace: contoso.sea\n\nGet largest.\n\n## HTTP request\n\n```http\nGET /harbours/{id}/largest\n```\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a [ship](../resources/ship.md) object in the response body.\n",
    ),
];

/// A change of the pages.
pub(crate) struct Step {
    /// The rule, as the name of a module.
    pub(crate) rule: &'static str,
    /// Texts that are replaced: page, old, new.
    pub(crate) edits: &'static [(&'static str, &'static str, &'static str)],
    /// Pages that are added.
    pub(crate) pages: &'static [(&'static str, &'static str)],
}

const HARBOUR: &str = "resources/harbour.md";

/// One step for each rule.
pub(crate) const STEPS: [Step; 25] = [
    Step { rule: "nothing", edits: &[], pages: &[] },
    Step {
        rule: "a_property",
        edits: &[(HARBOUR, "|id|String|", "|depth|Double|How deep it is.|\n|id|String|")],
        pages: &[],
    },
    Step {
        rule: "a_navigation_property",
        edits: &[(
            HARBOUR,
            "|ships|[ship]",
            "|pilot|[party](party.md)|Who leads ships in.|\n|rivals|[harbour](harbour.md) collection|Others.|\n|ships|[ship]",
        )],
        pages: &[],
    },
    Step {
        rule: "a_derived_type",
        edits: &[],
        pages: &[
            (
                "resources/company.md",
                "# company resource type\n\nNamespace: contoso.sea\n\nA company. Inherits from [party](party.md).\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|form|String|The legal form.|\n\n## JSON representation\n\n<!-- { \"blockType\": \"resource\", \"baseType\": \"contoso.sea.party\", \"@odata.type\": \"contoso.sea.company\" } -->\n```json\n{ \"form\": \"String\" }\n```\n",
            ),
            (
                "resources/pier.md",
                "# pier resource type\n\nNamespace: contoso.sea\n\nA pier. Inherits from [place](place.md).\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|length|Int32|How long.|\n\n## JSON representation\n\n<!-- { \"blockType\": \"resource\", \"baseType\": \"contoso.sea.place\", \"@odata.type\": \"contoso.sea.pier\" } -->\n```json\n{ \"length\": 1 }\n```\n",
            ),
        ],
    },
    Step {
        rule: "an_entity_type_with_its_set",
        edits: &[],
        pages: &[
            (
                "resources/buoy.md",
                "# buoy resource type\n\nNamespace: contoso.sea\n\nA buoy.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|id|String|Its number.|\n\n## JSON representation\n\n<!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"contoso.sea.buoy\" } -->\n```json\n{ \"id\": \"String\" }\n```\n",
            ),
            (
                "api/buoy-list.md",
                "# List buoys\n\nNamespace: contoso.sea\n\nLists the buoys.\n\n## HTTP request\n\n```http\nGET /buoys\n```\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of [buoy](../resources/buoy.md) objects in the response body.\n",
            ),
        ],
    },
    Step {
        rule: "a_complex_type",
        edits: &[(HARBOUR, "|place|[place]", "|limits|[limits](limits.md)|What fits.|\n|place|[place]")],
        pages: &[(
            "resources/limits.md",
            "# limits resource type\n\nNamespace: contoso.sea\n\nWhat fits.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|draught|Int32|How deep.|\n\n## JSON representation\n\n<!-- { \"blockType\": \"resource\", \"@odata.type\": \"contoso.sea.limits\" } -->\n```json\n{ \"draught\": 1 }\n```\n",
        )],
    },
    Step {
        rule: "a_singleton",
        edits: &[("api/harbour-get.md", "GET /harbours/{id}\n", "GET /harbours/{id}\nGET /home\n")],
        pages: &[],
    },
    Step {
        rule: "an_action_and_a_function",
        edits: &[],
        pages: &[
            (
                "api/harbour-open.md",
                "# harbour: open\n\nNamespace: contoso.sea\n\nOpens a harbour.\n\n## HTTP request\n\n```http\nPOST /harbours/{id}/open\n```\n\n## Request body\n\nIn the request body, provide a JSON object with the following parameters.\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|since|Date|Since when.|\n\n## Response\n\nIf successful, this method returns a `204 No Content` response code.\n",
            ),
            (
                "api/harbour-tide.md",
                "# harbour: tide\n\nNamespace: contoso.sea\n\nTells the ships that a tide brings.\n\n## HTTP request\n\n```http\nGET /harbours/{id}/tide(day={day})\n```\n\n## Function parameters\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|day|Int32|The day.|\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of [ship](../resources/ship.md) objects in the response body.\n",
            ),
        ],
    },
    Step {
        rule: "an_overload_of_a_function",
        edits: &[],
        pages: &[(
            "api/harbour-queue-by-hour.md",
            "# harbour: queue\n\nNamespace: contoso.sea\n\nTells which ships wait in an hour.\n\n## HTTP request\n\n```http\nGET /harbours/{id}/queue(day={day},hour={hour})\n```\n\n## Function parameters\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|day|Int32|The day.|\n|hour|Int32|The hour.|\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of [ship](../resources/ship.md) objects in the response body.\n",
        )],
    },
    Step {
        rule: "operations_on_known_paths",
        edits: &[],
        pages: &[
            (
                "api/harbour-create.md",
                "# Create harbour\n\nNamespace: contoso.sea\n\nCreate harbour.\n\n## HTTP request\n\n```http\nPOST /harbours\n```\n\n## Request body\n\nIn the request body, supply a JSON representation of a [harbour](../resources/harbour.md).\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a [harbour](../resources/harbour.md) object in the response body.\n",
            ),
            (
                "api/harbour-delete.md",
                "# Delete harbour\n\nNamespace: contoso.sea\n\nDelete harbour.\n\n## HTTP request\n\n```http\nDELETE /harbours/{id}\n```\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `204 No Content` response code.\n",
            ),
            (
                "api/harbour-delta.md",
                "# harbour: delta\n\nNamespace: contoso.sea\n\nharbour: delta.\n\n## HTTP request\n\n```http\nGET /harbours/delta\n```\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of [harbour](../resources/harbour.md) objects in the response body.\n",
            ),
            (
                "api/harbour-by-name.md",
                "# Get harbour by name\n\nNamespace: contoso.sea\n\nGet harbour by name.\n\n## HTTP request\n\n```http\nGET /harbours(name='{name}')\n```\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a [harbour](../resources/harbour.md) object in the response body.\n",
            ),
            (
                "api/harbour-ships-create.md",
                "# Create ship\n\nNamespace: contoso.sea\n\nCreate ship.\n\n## HTTP request\n\n```http\nPOST /harbours/{id}/ships\n```\n\n## Request body\n\nIn the request body, supply a JSON representation of a [ship](../resources/ship.md).\n\n## Response\n\nIf successful, this method returns a `201 Created` response code and a [ship](../resources/ship.md) object in the response body.\n",
            ),
        ],
    },
    Step {
        rule: "names_of_generated_code",
        edits: &[(
            HARBOUR,
            "|id|String|",
            "|additional|String|More.|\n|clone|String|Another.|\n|default|String|The usual.|\n|type|String|Its type.|\n|id|String|",
        )],
        pages: &[
            (
                "resources/sea.md",
                "# sea resource type\n\nNamespace: contoso.sea\n\nA sea.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|id|String|Its number.|\n\n## JSON representation\n\n<!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"contoso.sea.sea\" } -->\n```json\n{ \"id\": \"String\" }\n```\n",
            ),
            (
                "resources/tug.md",
                "# tug resource type\n\nNamespace: contoso.sea.requests\n\nA tug that somebody asked for.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|id|String|Its number.|\n\n## JSON representation\n\n<!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"contoso.sea.requests.tug\" } -->\n```json\n{ \"id\": \"String\" }\n```\n",
            ),
        ],
    },
    Step {
        rule: "a_parameter_of_an_action",
        edits: &[(
            "api/harbour-close.md",
            "|reason|String|Why.|",
            "|reason|String|Why.|\n|until|Date|Until when. Optional.|",
        )],
        pages: &[],
    },
    Step {
        rule: "an_enum_type",
        edits: &[
            (HARBOUR, "|name|String|", "|light|lightColour|The light at its end.|\n|name|String|"),
            (
                HARBOUR,
                "## Relationships",
                "### lightColour values\n\n|Member|Description|\n|:---|:---|\n|green|Starboard.|\n|red|Port.|\n\n## Relationships",
            ),
        ],
        pages: &[],
    },
    Step {
        rule: "a_member_of_an_enum",
        edits: &[(HARBOUR, "|naval|For the navy.|", "|leisure|For fun.|\n|naval|For the navy.|")],
        pages: &[],
    },
    Step {
        rule: "descriptions",
        edits: &[
            (HARBOUR, "Its name.", "What it is called."),
            ("api/harbour-list.md", "Lists the harbours.", "All harbours."),
        ],
        pages: &[],
    },
    Step {
        rule: "read_only",
        edits: &[(
            HARBOUR,
            "|berths|Int32|How many ships have room.|",
            "|berths|Int32|How many ships have room. Read-only.|",
        )],
        pages: &[],
    },
    Step {
        rule: "no_longer_read_only",
        edits: &[(HARBOUR, "|id|String|Its number. Read-only.|", "|id|String|Its number.|")],
        pages: &[],
    },
    Step {
        rule: "facts",
        edits: &[(
            HARBOUR,
            "Its name.",
            "Its name. Required. Not nullable. Supports `$filter` (`eq`). Maximum length is 80 characters.",
        )],
        pages: &[],
    },
    Step {
        rule: "deprecated",
        edits: &[
            (HARBOUR, "Its name.", "Its name. This property is deprecated."),
            (HARBOUR, "Who owns it.", "Who owns it. This property is deprecated."),
        ],
        pages: &[],
    },
    Step {
        rule: "references",
        edits: &[],
        pages: &[
            (
                "api/harbour-set-owner.md",
                "# Set owner\n\nNamespace: contoso.sea\n\nSet owner.\n\n## HTTP request\n\n```http\nPUT /harbours/{id}/owner/$ref\n```\n\n## Request body\n\nIn the request body, supply a reference to a [party](../resources/party.md).\n\n## Response\n\nIf successful, this method returns a `204 No Content` response code.\n",
            ),
            (
                "api/harbour-remove-owner.md",
                "# Remove owner\n\nNamespace: contoso.sea\n\nRemove owner.\n\n## HTTP request\n\n```http\nDELETE /harbours/{id}/owner/$ref\n```\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `204 No Content` response code.\n",
            ),
            (
                "api/harbour-add-ship.md",
                "# Add ship\n\nNamespace: contoso.sea\n\nAdd ship.\n\n## HTTP request\n\n```http\nPOST /harbours/{id}/ships/$ref\n```\n\n## Request body\n\nIn the request body, supply a reference to a [ship](../resources/ship.md).\n\n## Response\n\nIf successful, this method returns a `204 No Content` response code.\n",
            ),
            (
                "api/harbour-remove-ship.md",
                "# Remove ship\n\nNamespace: contoso.sea\n\nRemove ship.\n\n## HTTP request\n\n```http\nDELETE /harbours/{id}/ships/{id}/$ref\n```\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `204 No Content` response code.\n",
            ),
        ],
    },
    Step {
        rule: "a_set_that_is_called_like_a_builder",
        edits: &[],
        pages: &[(
            "api/ship-list.md",
            "# List harbour ships\n\nNamespace: contoso.sea\n\nList harbour ships.\n\n## HTTP request\n\n```http\nGET /harbourShips\nGET /shipsOfHarbours\n```\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of [ship](../resources/ship.md) objects in the response body.\n",
        )],
    },
    Step {
        rule: "an_overload_with_as_many_parameters",
        edits: &[],
        pages: &[(
            "api/harbour-queue-of-month.md",
            "# harbour: queue\n\nNamespace: contoso.sea\n\nharbour: queue.\n\n## HTTP request\n\n```http\nGET /harbours/{id}/queue(month={month})\n```\n\n## Function parameters\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|month|Int32|The month.|\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of [ship](../resources/ship.md) objects in the response body.\n",
        )],
    },
    Step {
        rule: "requests_behind_a_function",
        edits: &[(HARBOUR, "|owner|[party]", "|largest|[ship](ship.md)|The largest of them.|\n|owner|[party]")],
        pages: &[
            (
                "api/harbour-largest-update.md",
                "# Update largest\n\nNamespace: contoso.sea\n\nUpdate largest.\n\n## HTTP request\n\n```http\nPATCH /harbours/{id}/largest\n```\n\n## Request body\n\nIn the request body, supply the values of a [ship](../resources/ship.md) that are to change.\n\n## Response\n\nIf successful, this method returns a `204 No Content` response code.\n",
            ),
            (
                "api/ship-owner.md",
                "# Get owner\n\nNamespace: contoso.sea\n\nGet owner.\n\n## HTTP request\n\n```http\nGET /harbours/{id}/largest/owner\n```\n\n## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, this method returns a `200 OK` response code and a [party](../resources/party.md) object in the response body.\n",
            ),
        ],
    },
    Step {
        rule: "a_namespace",
        edits: &[],
        pages: &[(
            "resources/plane.md",
            "# plane resource type\n\nNamespace: contoso.air\n\nA plane.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|id|String|Its number.|\n\n## JSON representation\n\n<!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"contoso.air.plane\" } -->\n```json\n{ \"id\": \"String\" }\n```\n",
        )],
    },
    Step {
        rule: "an_address",
        edits: &[(
            "api/harbour-list.md",
            "objects in the response body.\n",
            "objects in the response body.\n\n## Example\n\n```http\nGET https://sea.example/v1/harbours\n```\n",
        )],
        pages: &[],
    },
];

/// The pages after a step.
pub(crate) fn after(step: &Step) -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> =
        PAGES.iter().chain(step.pages).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for (page, old, new) in step.edits {
        for (_, text) in pages.iter_mut().filter(|(path, _)| path == page) {
            *text = text.replacen(old, new, 1);
        }
    }
    pages
}
