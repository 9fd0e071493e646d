//! Keys of every type, and keys with several properties.

use edmark_runtime::{Date, DateTimeOffset, Decimal, TimeOfDay};
use harbour_sdk::{Berths, Containers, Entries, Pilots, Sightings, Tariffs, Tides, Watches};

use crate::{BIG, Outcome, harbour, ship};

#[tokio::test]
async fn every_type_of_key() -> Outcome {
    let harbour = harbour()?;

    let number = BIG;
    let container = Containers { number: Some(number), content: Some("tea".to_owned()), ..Containers::default() };
    harbour.containers().create(&container).send().await?;
    assert_eq!(harbour.containers().id(number).get().send().await?.content.as_deref(), Some("tea"));
    let near = harbour.containers().id(number - 1).get().send().await;
    assert_eq!(near.err().and_then(|error| error.status()).map(|status| status.as_u16()), Some(404));

    let tariff = Tariffs { weight: Some(Decimal::from("123456789012.125")), ..Tariffs::default() };
    harbour.tariffs().create(&tariff).send().await?;
    assert_eq!(harbour.tariffs().id("123456789012.125").get().send().await?.weight, tariff.weight);

    let tide = Tides { day: Some(Date::from("2024-02-29")), height: Some(1.25), ..Tides::default() };
    harbour.tides().create(&tide).send().await?;
    assert_eq!(harbour.tides().id("2024-02-29").get().send().await?.height, Some(1.25));

    let watch = Watches { begins: Some(TimeOfDay::from("04:00:00")), ..Watches::default() };
    harbour.watches().create(&watch).send().await?;
    assert_eq!(harbour.watches().id("04:00:00").get().send().await?.begins, watch.begins);

    let seen = "2024-02-29T12:30:00.123Z";
    let sighting = Sightings { seen: Some(DateTimeOffset::from(seen)), ..Sightings::default() };
    harbour.sightings().create(&sighting).send().await?;
    assert!(harbour.sightings().id(seen).get().send().await?.seen.is_some());
    Ok(())
}

#[tokio::test]
async fn texts_that_need_care() -> Outcome {
    let harbour = harbour()?;
    for (licence, name) in
        ["O'Neil", "a/b", "50% & more?", "x') or ('1' eq '1", "Ærø #7", " +plus+ ", "(1)"].iter().enumerate()
    {
        let licence = i32::try_from(licence)?;
        let pilot = Pilots { name: Some((*name).to_owned()), licence: Some(licence), ..Pilots::default() };
        harbour.pilots().create(&pilot).send().await?;
        let read = harbour.pilots().id(name).get().send().await?;
        assert_eq!((read.name.as_deref(), read.licence), (Some(*name), Some(licence)));
        harbour.pilots().id(name).delete().send().await?;
        assert!(harbour.pilots().id(name).get().send().await.is_err());
    }
    Ok(())
}

#[tokio::test]
async fn keys_of_several_parts() -> Outcome {
    let harbour = harbour()?;
    let berth = Berths {
        pier: Some("North/1".to_owned()),
        slot: Some(-4),
        depth: Some(Decimal::from("7.50")),
        ..Berths::default()
    };
    harbour.berths().create(&berth).send().await?;
    let read = harbour.berths().pier_and_slot("North/1", -4).get().send().await?;
    assert_eq!(read.depth.as_ref().and_then(Decimal::to_f64), Some(7.5));

    // An entity below another one, whose key is part of its own.
    let ship = ship("keys");
    let id = ship.id.clone().ok_or("no key")?;
    harbour.ships().create(&ship).send().await?;
    let entry = Entries { number: Some(7), text: Some("fog".to_owned()), ..Entries::default() };
    harbour.ships().id(id.as_str()).entries().create(&entry).send().await?;
    let read = harbour.entries().number_and_ship_id(7, id.as_str()).get().send().await?;
    assert_eq!(read.text.as_deref(), Some("fog"));
    let read = harbour.entries().number_and_ship_id(7, id.as_str()).ship().get().send().await?.ok_or("no ship")?;
    assert_eq!(read.id, Some(id));
    Ok(())
}
