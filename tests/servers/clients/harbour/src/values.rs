//! Values of all types are read as they were written.

use edmark_runtime::{Binary, Date, DateTimeOffset, Decimal, Guid, TimeOfDay};
use harbour_sdk::{Address, CdsMap, Entries, Position, Ships};

use crate::{BIG, Outcome, guid, harbour, ship};

#[tokio::test]
async fn every_type_of_property() -> Outcome {
    let harbour = harbour()?;
    let mut extra = CdsMap::default();
    extra.additional.insert("colour", "green");
    extra.additional.insert("depth", 7);
    let place = Position { latitude: Some(-12.25), longitude: Some(1e-7), ..Position::default() };
    let address = Address {
        street: Some("Quay 'B' & \"C\"".to_owned()),
        town: Some("Ålesund".to_owned()),
        place: Some(Box::new(place)),
        ..Address::default()
    };
    let sent = Ships {
        call_sign: Some("LJK2".to_owned()),
        rigging: Some("ketch".to_owned()),
        class: Some(5),
        crew: Some(-32768),
        decks: Some(255),
        cabins: Some(i32::MIN),
        tonnage: Some(BIG),
        worth: Some(Decimal::from("12345678901.1234")),
        rate: Some(Decimal::from("0.1")),
        draught: Some(-1.5e-7),
        afloat: Some(false),
        launched: Some(Date::from("1912-04-14")),
        curfew: Some(TimeOfDay::from("23:59:59")),
        surveyed: Some(DateTimeOffset::from("2024-02-29T12:30:00Z")),
        sighted: Some(DateTimeOffset::from("2024-02-29T12:30:00.123Z")),
        registry: Some(Guid::from("c5a0a8d2-3a0e-4b8e-9f0e-2f6f7d8a9b0c")),
        seal: Some(Binary::from("-_8A")),
        remarks: Some("line\nline \u{1f6a2} \\ / \u{7f}".to_owned()),
        extra: Some(Box::new(extra)),
        nicknames: Some(vec!["Old Lady".to_owned(), String::new()]),
        offices: Some(vec![address, Address::default()]),
        ..ship("every type")
    };
    let created = harbour.ships().create(&sent).send().await?;
    let id = sent.id.clone().ok_or("no key")?;
    let read = harbour.ships().id(id.as_str()).get().send().await?;
    for ship in [&created, &read] {
        assert_eq!(ship.name, sent.name);
        assert_eq!(ship.call_sign, sent.call_sign);
        assert_eq!((&ship.rigging, ship.class), (&sent.rigging, sent.class));
        assert_eq!((ship.crew, ship.decks, ship.cabins), (sent.crew, sent.decks, sent.cabins));
        assert_eq!(ship.tonnage, sent.tonnage);
        assert_eq!(ship.worth, sent.worth);
        assert_eq!(ship.rate, sent.rate);
        assert_eq!(ship.draught, sent.draught);
        assert_eq!(ship.afloat, sent.afloat);
        assert_eq!((&ship.launched, &ship.curfew), (&sent.launched, &sent.curfew));
        assert_eq!(ship.surveyed, sent.surveyed);
        assert_eq!(ship.registry, sent.registry);
        assert_eq!(ship.remarks, sent.remarks);
        assert_eq!(ship.nicknames, sent.nicknames);
        assert!(ship.additional.etag().is_some());
    }
    assert_eq!(read.seal, sent.seal);
    let extra = read.extra.ok_or("no map")?;
    assert_eq!(extra.additional.get("depth").and_then(|depth| depth.as_i64()), Some(7));
    let offices = read.offices.ok_or("no offices")?;
    assert_eq!(offices[0].place.as_ref().and_then(|place| place.longitude), Some(1e-7));
    assert_eq!(offices[0].street, sent.offices.as_ref().and_then(|offices| offices[0].street.clone()));
    Ok(())
}

#[tokio::test]
async fn nulls_are_told_from_what_was_left_out() -> Outcome {
    let harbour = harbour()?;
    let sent = Ships { crew: Some(3), ..ship("nulls") };
    let id = sent.id.clone().ok_or("no key")?;
    harbour.ships().create(&sent).send().await?;
    let read = harbour.ships().id(id.as_str()).get().select((Ships::NAME, Ships::CABINS)).send().await?;
    assert!(read.cabins.is_none() && read.additional.is_null("cabins"));
    assert!(read.crew.is_none() && !read.additional.is_null("crew"));
    // A null is written as a null.
    let body = harbour.ships().create(&read).http()?.into_body();
    assert!(String::from_utf8(body)?.contains(r#""cabins":null"#));
    Ok(())
}

#[tokio::test]
async fn deep_insert() -> Outcome {
    let harbour = harbour()?;
    let line = |number, miles: &str| Entries {
        number: Some(number),
        text: Some(format!("day {number}")),
        miles: Some(Decimal::from(miles)),
        ..Entries::default()
    };
    let id = guid();
    let sent = Ships {
        id: Some(id.clone()),
        name: Some("deep".to_owned()),
        entries: Some(vec![line(1, "100.125"), line(2, "0.001")]),
        ..Ships::default()
    };
    harbour.ships().create(&sent).send().await?;
    let read = harbour.ships().id(id.as_str()).get().expand(Ships::ENTRIES).send().await?;
    let entries = read.entries.ok_or("no entries")?;
    let miles: Vec<_> = entries.iter().filter_map(|entry| entry.miles.as_ref()).map(Decimal::as_str).collect();
    assert_eq!(miles, ["100.125", "0.001"]);
    Ok(())
}

#[tokio::test]
async fn media() -> Outcome {
    let harbour = harbour()?;
    let sent = ship("media");
    let id = sent.id.clone().ok_or("no key")?;
    harbour.ships().create(&sent).send().await?;
    let ship = harbour.ships().id(id.as_str());
    assert_eq!(ship.plan().send().await?, b"");
    let picture: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    ship.set_plan(picture.clone(), "image/png").if_match("*").send().await?;
    assert_eq!(ship.plan().send().await?, picture);
    Ok(())
}
