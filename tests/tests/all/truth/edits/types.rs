//! Edits of types: whole types, base types with derived ones, and enums.

use super::Edit;
use super::pages::{city, mood, of_members, page};

const NAME: &str = "|name|String|Its name.|";
const TWO: &str = "|name|String|Its name.|\n|size|Int32|How large.|";

pub(super) fn all() -> Vec<Edit> {
    let mut all = families();
    all.extend(enums());
    all.extend(whole());
    all
}

fn whole() -> Vec<Edit> {
    vec![
        Edit {
            name: "type_added",
            says: "Lake: added",
            before: vec![city("type_added", NAME)],
            after: vec![city("type_added", NAME), page("type_added", "lake", None, "|depth|Int32|How deep.|", "")],
            caller: "let _ = City::default();",
        },
        Edit {
            name: "type_removed",
            says: "Tower: removed",
            before: vec![
                city("type_removed", NAME),
                page("type_removed", "tower", None, "|height|Int32|How high.|", ""),
            ],
            after: vec![city("type_removed", NAME)],
            caller: "let _ = Tower::default();",
        },
        Edit {
            name: "type_renamed",
            says: "Town: renamed, it seems, from `City`",
            before: vec![city("type_renamed", TWO)],
            after: vec![page("type_renamed", "town", None, TWO, "")],
            caller: "let _ = City::default();",
        },
        Edit {
            name: "type_retyped",
            says: "Json: has another type: `struct` became `name for any JSON`",
            before: vec![page("type_retyped", "json", None, NAME, "")],
            after: vec![page("type_retyped", "json", None, "", "")],
            caller: "let _ = Json::default().name;",
        },
        Edit {
            name: "type_deprecated",
            says: "City: deprecated: `This type is deprecated.`",
            before: vec![city("type_deprecated", NAME)],
            after: vec![page("type_deprecated", "city", None, NAME, DEPRECATED)],
            caller: "let _ = City::default();",
        },
        Edit {
            name: "type_undeprecated",
            says: "City: no longer deprecated",
            before: vec![page("type_undeprecated", "city", None, NAME, DEPRECATED)],
            after: vec![city("type_undeprecated", NAME)],
            caller: "let _ = City::default();",
        },
        Edit {
            name: "type_documented",
            says: "City: has another documentation",
            before: vec![city("type_documented", NAME)],
            after: {
                let (path, text) = city("type_documented", NAME);
                vec![(path, text.replace("A city.", "A place where many people live."))]
            },
            caller: "let _ = City::default();",
        },
        Edit {
            name: "type_gets_a_page",
            says: "City: property `island` has another type: `Option<rt::Untyped>` became `Option<Box<Island>>`",
            before: vec![city("type_gets_a_page", LAKE)],
            after: vec![
                city("type_gets_a_page", LAKE),
                page("type_gets_a_page", "island", None, "|depth|Int32|How deep.|", ""),
            ],
            caller: "let _: Option<rt::Untyped> = City::default().island;",
        },
    ]
}

const LAKE: &str = "|island|[island](island.md)|Before its shore.|";
const DEPRECATED: &str = "This type is deprecated.\n";

fn families() -> Vec<Edit> {
    // A city with a person as mayor, from which other types derive.
    let of = |edit: &'static str, derived: &[&str]| {
        let mut pages =
            vec![city(edit, "|mayor|[person](person.md)|Who leads it.|"), page(edit, "person", None, NAME, "")];
        pages.extend(derived.iter().map(|name| page(edit, name, Some("person"), "", "")));
        pages
    };
    let with_ruler = |edit: &'static str, base: &str| {
        let mut pages = of(edit, &["clerk"]);
        pages.insert(2, page(edit, "ruler", None, NAME, ""));
        pages.push(page(edit, "queen", Some(base), "", ""));
        pages
    };
    vec![
        Edit {
            name: "derived_type_added",
            says: "AnyPerson: variant `Clerk` added: `Box<Clerk>`",
            before: of("derived_type_added", &["queen"]),
            after: of("derived_type_added", &["queen", "clerk"]),
            caller: "match City::default().mayor.unwrap_or_default().known() { AnyPerson::Queen(_) => {} _ => {} }",
        },
        Edit {
            name: "derived_type_removed",
            says: "AnyPerson: variant `Clerk` removed, was `Box<Clerk>`",
            before: of("derived_type_removed", &["queen", "clerk"]),
            after: of("derived_type_removed", &["queen"]),
            caller: "match City::default().mayor.unwrap_or_default().known() { AnyPerson::Clerk(_) => {} _ => {} }",
        },
        Edit {
            name: "base_replaced",
            says: "AnyPerson: variant `Queen` removed, was `Box<Queen>`",
            before: with_ruler("base_replaced", "person"),
            after: with_ruler("base_replaced", "ruler"),
            caller: "let _ = Person::from(Queen::default());",
        },
        Edit {
            name: "base_inserted",
            says: "AnyPerson: variant `Ruler` added: `Box<Ruler>`",
            before: with_ruler("base_inserted", "person"),
            after: {
                let mut pages = with_ruler("base_inserted", "ruler");
                pages[2] = page("base_inserted", "ruler", Some("person"), "", "");
                pages
            },
            caller: "let person = Person::from(Queen::default()); let _ = person.downcast::<Queen>();",
        },
        Edit {
            name: "first_derived_type_added",
            says: "AnyPerson: added",
            before: of("first_derived_type_added", &[]),
            after: of("first_derived_type_added", &["queen"]),
            caller: "let mayor: Option<Box<Person>> = City::default().mayor; let _ = mayor.unwrap_or_default().name; let _ = City { mayor: Some(Person::default().into()), ..Default::default() }; let _ = rt::Update::<City>::new().set(City::MAYOR, Person::default());",
        },
    ]
}

fn enums() -> Vec<Edit> {
    let glad = ("glad", "All is well.");
    vec![
        of_members(
            "member_added",
            &[glad],
            &[glad, ("sad", "It rains.")],
            "match Mood::Glad { Mood::Glad => {} Mood::Other(_) => {} _ => {} }",
            "Mood: variant `Sad` added",
        ),
        of_members(
            "member_removed",
            &[glad, ("sad", "It rains.")],
            &[glad],
            "let _ = Mood::Sad;",
            "Mood: variant `Sad` removed",
        ),
        of_members(
            "member_renamed",
            &[glad, ("sad", "It rains.")],
            &[glad, ("gloomy", "It rains.")],
            "let _ = Mood::Sad;",
            "Mood: variant `Gloomy` renamed, it seems, from `Sad`",
        ),
        of_members(
            "member_rewired",
            &[glad, ("verySad", "It rains.")],
            &[glad, ("very-sad", "It rains.")],
            "let _ = Mood::VerySad;",
            "Mood: variant `VerySad` stands for `very-sad`, not `verySad`",
        ),
        of_members(
            "member_documented",
            &[glad],
            &[("glad", "The sun shines.")],
            "let _ = Mood::Glad;",
            "Mood: variant `Glad` has another documentation",
        ),
        Edit {
            name: "enum_becomes_flags",
            says: "City: property `mood` has another type: `Option<Mood>` became `Option<rt::Flags<Mood>>`",
            before: vec![mood("enum_becomes_flags", "", &[glad, ("sad", "It rains.")])],
            after: vec![mood("enum_becomes_flags", "A flagged enumeration.", &[glad, ("sad", "It rains.")])],
            caller: "let _ = City { mood: Some(Mood::Glad), ..Default::default() };",
        },
    ]
}
