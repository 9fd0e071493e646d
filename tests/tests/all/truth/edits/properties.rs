//! Edits of properties.

use super::Edit;
use super::pages::{of_rows, page};

const NAME: &str = "|name|String|Its name.|";

pub(super) fn all() -> Vec<Edit> {
    vec![
        of_rows(
            "property_added",
            NAME,
            "|name|String|Its name.|\n|size|Int32|How large.|",
            "let city = City { name: None, ..Default::default() }; let City { name, .. } = city;",
            "City: property `size` added: `Option<i32>`",
        ),
        of_rows(
            "property_removed",
            "|name|String|Its name.|\n|size|Int32|How large.|",
            NAME,
            "let _ = City::default().size;",
            "City: property `size` removed, was `Option<i32>`",
        ),
        of_rows(
            "property_renamed",
            "|postCode|String|Its code.|",
            "|postalCode|String|Its code.|",
            "let _ = City::POST_CODE;",
            "City: property `postal_code` renamed, it seems, from `post_code`",
        ),
        of_rows(
            "property_retyped",
            NAME,
            "|name|Int32|Its name.|",
            "let _: Option<String> = City::default().name;",
            "City: property `name` has another type: `Option<String>` became `Option<i32>`",
        ),
        of_rows(
            "property_becomes_a_collection",
            NAME,
            "|name|String collection|Its name.|",
            "let _ = City { name: Some(\"Rome\".into()), ..Default::default() };",
            "City: property `name` has another type: `Option<String>` became `Option<Vec<String>>`",
        ),
        of_rows(
            "property_becomes_read_only",
            NAME,
            "|name|String|Its name. Read-only.|",
            "let _ = rt::Update::<City>::new().set(City::NAME, \"Rome\");",
            "City: property `name` is read-only now",
        ),
        of_rows(
            "property_becomes_writable",
            "|name|String|Its name. Read-only.|",
            NAME,
            "let _: [rt::Property<City, String>; 1] = [City::NAME];",
            "City: property `name` is no longer read-only",
        ),
        of_rows(
            "property_deprecated",
            NAME,
            "|name|String|Its name. Deprecated.|",
            "let _ = (City::NAME, City::default().name);",
            "City: property `name` deprecated: `Deprecated.`",
        ),
        of_rows(
            "property_undeprecated",
            "|name|String|Its name. Deprecated.|",
            NAME,
            "let _ = (City::NAME, City::default().name);",
            "City: property `name` no longer deprecated",
        ),
        of_rows(
            "property_documented",
            NAME,
            "|name|String|What it is called. Supports `$filter` (`eq`).|",
            "let _ = (City::NAME, City::default().name);",
            "City: property `name` has another documentation",
        ),
        of_rows(
            "property_becomes_nullable",
            "|name|String|Its name. Not nullable.|",
            NAME,
            "let _: Option<String> = City::default().name;",
            "City: property `name` has another documentation",
        ),
        of_rows(
            "property_rewired",
            "|postCode|String|Its code.|",
            "|post_code|String|Its code.|",
            "let _ = City::default().post_code;",
            "City: property `post_code` stands for `post_code`, not `postCode`",
        ),
        Edit {
            name: "inherited_property_added",
            says: "City: property `size` added: `Option<i32>`; so in `Port`",
            before: family("inherited_property_added", NAME),
            after: family("inherited_property_added", "|name|String|Its name.|\n|size|Int32|How large.|"),
            caller: "let port = Port { name: None, ..Default::default() }; let Port { name, .. } = port;",
        },
        Edit {
            name: "inherited_property_removed",
            says: "City: property `size` removed, was `Option<i32>`; so in `Port`",
            before: family("inherited_property_removed", "|name|String|Its name.|\n|size|Int32|How large.|"),
            after: family("inherited_property_removed", NAME),
            caller: "let _ = Port::default().size;",
        },
        Edit {
            name: "property_moved_to_the_base",
            says: "City: property `docks` added: `Option<i32>`",
            before: family("property_moved_to_the_base", NAME),
            after: vec![
                page(
                    "property_moved_to_the_base",
                    "city",
                    None,
                    "|name|String|Its name.|\n|docks|Int32|How many.|",
                    "",
                ),
                page("property_moved_to_the_base", "port", Some("city"), "", ""),
            ],
            caller: "let _ = (Port::default().docks, Port::DOCKS);",
        },
    ]
}

/// A city, and a port that derives from it.
fn family(edit: &str, rows: &str) -> Vec<(String, String)> {
    vec![page(edit, "city", None, rows, ""), page(edit, "port", Some("city"), "|docks|Int32|How many.|", "")]
}
