//! The documented permissions of a request that several pages describe.

use edmark::model::requests::{Operation, Permission};
use edmark_tests::Run;

/// A page of the type `ship` that links to an API page.
fn ship(list: &str) -> String {
    format!(
        "# ship resource type\n\nNamespace: microsoft.graph\n\nA ship.\n\n\
         ## Methods\n|Method|Return type|Description|\n|-|-|-|\n|[List]({list}.md)|[ship](ship.md) collection|All.|\n\n\
         ## Properties\n|Property|Type|Description|\n|-|-|-|\n|id|String|Its key.|\n\n\
         <!-- {{ \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"microsoft.graph.ship\" }} -->\n\
         ```json\n{{ \"id\": \"String\" }}\n```\n"
    )
}

/// A page of an operation that lists ships, with these rows in its permission table.
fn list(rows: &str, more: &str) -> String {
    format!(
        "# List ships\n\nNamespace: microsoft.graph\n\nLists them.\n\n\
         ## Permissions\n|Permission type|Permissions (from least to most privileged)|\n|-|-|\n{rows}\n\n\
         ## HTTP request\n```http\nGET /ships\n```\n\n\
         ## Response\nA `200 OK` response code and a collection of [ship](ship.md) objects.\n\n{more}"
    )
}

/// The operation at `/ships` for these two pages, each of which belongs to a page of the type.
fn operation(own: String, yard: String) -> Operation {
    let run = Run::of(
        [
            ("yard-ship", ship("a-yard-ship-list")),
            ("ship", ship("ship-list")),
            ("a-yard-ship-list", yard),
            ("ship-list", own),
        ]
        .map(|(name, text)| (format!("{name}.md"), text)),
    );
    let lists = run.model.requests.operations().map(|(_, operation)| operation);
    lists.into_iter().find(|operation| operation.rust_name == "list").expect("ships are listed").clone()
}

fn shown(rows: &[Permission]) -> Vec<String> {
    let row = |row: &Permission| {
        let grants: Vec<String> = row.grants().map(ToString::to_string).collect();
        let subject = row.subject.as_ref().map_or(String::new(), |subject| format!(" ({subject})"));
        format!("{:?}{subject}: {}", row.kind, grants.join(", "))
    };
    rows.iter().map(row).collect()
}

#[test]
fn the_page_that_the_types_own_page_links_to_leads() {
    // A page describes the request line even if its example has a longer path.
    let counts = "## Example\n<!-- { \"blockType\": \"request\" } -->\n```http\nGET /ships/$count\n```\n";
    let operation = operation(
        list("|Application|Ship.Read and Yard.Read, Fleet.Read|\n|Delegated (work)|Ship.Read|", counts),
        list("|Application|Yard.Read|\n|Delegated (work)|Ship.Read|", ""),
    );
    assert_eq!(
        shown(&operation.permissions),
        ["Application: Ship.Read and Yard.Read, Fleet.Read", "DelegatedWork: Ship.Read"]
    );
    let [(page, rows)] = operation.also_permissions.as_slice() else {
        panic!("one page differs: {:?}", operation.also_permissions);
    };
    assert_eq!(operation.also, [*page]);
    assert_eq!(shown(rows), ["Application: Yard.Read"]);
}

#[test]
fn of_a_table_by_resources_the_row_of_this_one_counts() {
    let table = "|Supported resource|Delegated (work or school account)|Application|\n|-|-|-|\n\
                 |[ship](ship.md)|Ship.Read|Ship.Read.All|\n|[yard](yard.md)|Yard.Read|Not supported|";
    let by_resource =
        list("", "").replace("|Permission type|Permissions (from least to most privileged)|\n|-|-|\n", table);
    let operation = operation(list("|Delegated (work)|Ship.Read|\n|Application|Not supported|", ""), by_resource);
    let rows = operation.also_permissions.iter().flat_map(|(_, rows)| shown(rows)).collect::<Vec<_>>();
    assert_eq!(rows, ["Application: Ship.Read.All"]);
}
