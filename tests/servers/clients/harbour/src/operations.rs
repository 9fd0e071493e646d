//! Actions and functions, bound and unbound.

use edmark_runtime::{DateTimeOffset, Decimal};
use harbour_sdk::requests::{
    CloseGatesParameters, EntriesChristenParameters, RefuseParameters, ShipsChristenParameters,
    ShipsCollectionLaunchAllParameters,
};
use harbour_sdk::{Address, Entries, Ships};

use crate::{BIG, Outcome, harbour, ship};

#[tokio::test]
async fn functions_of_the_service() -> Outcome {
    let harbour = harbour()?;
    for name in ["O'Neil", "a/b?c#d%20", "", "x',name='y", "Ø \u{1f6a2}"] {
        assert_eq!(harbour.greet(Some(name)).send().await?.value.as_deref(), Some(name));
    }
    assert_eq!(harbour.greet(None).send().await?.value, None);
    let number = BIG;
    assert_eq!(harbour.echo_number(Some(number)).send().await?.value, Some(number));
    let amount = "-12345678901234567890.5";
    assert_eq!(harbour.echo_amount(Some(amount)).send().await?.value, Some(Decimal::from(amount)));
    let said = harbour.echo_moment(
        Some("2024-02-29T12:30:00Z"),
        Some("2024-02-29"),
        Some("12:30:00"),
        Some("c5a0a8d2-3a0e-4b8e-9f0e-2f6f7d8a9b0c"),
        Some(true),
        Some(0.5),
    );
    let said = said.send().await?.value.ok_or("no text")?;
    for part in ["2024-02-29T12:30:00", "\"2024-02-29\"", "12:30:00", "c5a0a8d2", "true", "0.5"] {
        assert!(said.contains(part), "no {part} in {said}");
    }
    let office = harbour.office(Some("Quay 1")).send().await?.ok_or("no office")?;
    assert_eq!(office.street.as_deref(), Some("Quay 1"));
    assert_eq!(office.place.and_then(|place| place.longitude), Some(-2.0));
    assert_eq!(harbour.words(Some("a b c")).send().await?.value, ["a", "b", "c"]);
    let town = Address { town: Some("O'Neil & Sons?#%20".to_owned()), ..Address::default() };
    let tally = harbour.tally(Some(&[1, 2, 3]), Some(&town)).send().await?;
    assert_eq!(tally.value.as_deref(), Some("3 O'Neil & Sons?#%20"));
    assert_eq!(harbour.tally(Some(&[]), None).send().await?.value.as_deref(), Some("0 nowhere"));
    assert!(harbour.nobody().send().await?.is_none());
    Ok(())
}

#[tokio::test]
async fn a_function_that_gives_a_list() -> Outcome {
    let harbour = harbour()?;
    for (name, crew) in [("crowd a", 30_001), ("crowd b", 30_002)] {
        harbour.ships().create(&Ships { crew: Some(crew), ..ship(name) }).send().await?;
    }
    let crowd = harbour.crowd(Some(30_001)).select(Ships::NAME).send().await?;
    let names: Vec<_> = crowd.value.iter().filter_map(|ship| ship.name.as_deref()).collect();
    assert_eq!(names, ["crowd a", "crowd b"]);
    Ok(())
}

#[tokio::test]
async fn actions_of_the_service() -> Outcome {
    let harbour = harbour()?;
    let parameters = CloseGatesParameters {
        reason: Some("storm".to_owned()),
        until: Some(DateTimeOffset::from("2024-02-29T12:30:00Z")),
        piers: Some(vec!["north".to_owned(), "south".to_owned()]),
        address: Some(Box::new(Address { town: Some("Port".to_owned()), ..Address::default() })),
        numbers: Some(vec![BIG, 1]),
        ..CloseGatesParameters::default()
    };
    assert_eq!(harbour.close_gates(&parameters).send().await?.value, Some(13));
    harbour.ring().send().await?;
    let refused = harbour.refuse(&RefuseParameters { status: Some(409), ..RefuseParameters::default() }).send().await;
    let refused = refused.err().ok_or("not refused")?;
    let error = refused.service().ok_or("no error of the service")?;
    assert_eq!((error.status().as_u16(), error.code()), (409, Some("GATE_CLOSED")));
    assert_eq!((error.message(), error.target()), (Some("the gate is closed"), Some("status")));
    Ok(())
}

#[tokio::test]
async fn operations_of_an_entity() -> Outcome {
    let harbour = harbour()?;
    let sent = Ships { tonnage: Some(i64::MAX), ..ship("bound") };
    let id = sent.id.clone().ok_or("no key")?;
    harbour.ships().create(&sent).send().await?;
    let ship = harbour.ships().id(id.as_str());
    let parameters = ShipsChristenParameters {
        name: Some("Ada".to_owned()),
        class: Some(2),
        words: Some(vec!["fair".to_owned(), "winds".to_owned()]),
        ..ShipsChristenParameters::default()
    };
    let christened = ship.christen(&parameters).if_match("*").send().await?.ok_or("not christened")?;
    assert_eq!((christened.name.as_deref(), christened.class), (Some("Ada"), Some(2)));
    // CAP requires an ETag for each operation that is bound to an entity with ETags.
    assert_eq!(
        ship.hail(Some("Ahoy"), Some(2)).if_match("*").send().await?.value.as_deref(),
        Some("Ahoy, Ada; Ahoy, Ada")
    );
    ship.refit().if_match("*").send().await?;
    assert!(ship.escort().if_match("*").send().await?.is_none());

    let entry = Entries { number: Some(1), ..Entries::default() };
    ship.entries().create(&entry).send().await?;
    assert_eq!(ship.latest(None).if_match("*").send().await?.value.len(), 1);
    assert_eq!(ship.latest(Some("2024-02-29T12:30:00Z")).if_match("*").send().await?.value.len(), 1);
    // Another action of the same name, of another type.
    let parameters = EntriesChristenParameters { by: Some("Grace".to_owned()), ..EntriesChristenParameters::default() };
    let entry = harbour.entries().number_and_ship_id(1, id.as_str()).christen(&parameters).send().await?;
    let entry = entry.ok_or("no entry")?;
    assert_eq!(entry.text.as_deref(), Some("by Grace"));

    // Of a collection.
    assert_eq!(harbour.ships().heaviest().if_match("*").send().await?.and_then(|ship| ship.tonnage), Some(i64::MAX));
    let parameters = ShipsCollectionLaunchAllParameters {
        rigging: Some("schooner".to_owned()),
        ..ShipsCollectionLaunchAllParameters::default()
    };
    let schooner = Ships { rigging: Some("schooner".to_owned()), ..crate::ship("launched") };
    harbour.ships().create(&schooner).send().await?;
    assert_eq!(harbour.ships().launch_all(&parameters).if_match("*").send().await?.value, Some(1));
    Ok(())
}
