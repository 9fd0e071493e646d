//! Values of all types are read as they were written.

use edmark_runtime::{Binary, Date, DateTimeOffset, Decimal, Duration, Flags, Guid, Json, TimeOfDay, Update};
use observatory_sdk::{Band, Body, Colour, Place, Returning, TiltedOrbit};

use crate::{BIG, Outcome, body, sky};

fn every_type(name: &str) -> Outcome<Body> {
    let point: Json = r#"{"type": "Point", "coordinates": [12.5, -7.25]}"#.parse()?;
    let place = Place { country: Some("Chile".to_owned()), height: Some(2635), ..Place::default() };
    Ok(Body {
        mass: Some(Decimal::from("123456789012345678901234567890.123456789")),
        brightness: Some(Decimal::from("-1.46")),
        distance: Some(0.1 + 0.2),
        share: Some(0.25),
        grains: Some(BIG),
        moons: Some(i16::MIN),
        rank: Some(i8::MIN),
        level: Some(255),
        known: Some(false),
        colour: Some(Colour::Yellow),
        bands: Some(Flags::from_iter([Band::Visible, Band::Radio])),
        found: Some(Date::from("1930-02-18")),
        recorded: Some(DateTimeOffset::from("2024-02-29T12:30:00.1234567Z")),
        transit: Some(TimeOfDay::from("23:59:59.999")),
        day: Some(Duration::from("PT23H56M4.1S")),
        catalogue: Some(Guid::from("c5a0a8d2-3a0e-4b8e-9f0e-2f6f7d8a9b0c")),
        mark: Some(Binary::from("-_8A")),
        point: Some(point),
        orbit: Some(Box::new(TiltedOrbit {
            period: Some(Duration::from("P365DT6H")),
            tilt: Some(23.5),
            ..TiltedOrbit::default()
        })),
        places: Some(vec![place, Place::default()]),
        aliases: Some(vec!["O'Neil \"&\" \\".to_owned(), String::new()]),
        colours: Some(vec![Colour::Blue, Colour::Red]),
        sizes: Some(vec![BIG, -1]),
        ..body(name)
    })
}

/// The countries of the places; those that were not set are null.
fn countries(body: &Body) -> Vec<Option<&str>> {
    body.places.iter().flatten().map(|place| place.country.as_deref()).collect()
}

#[test]
fn every_type_of_property() -> Outcome {
    let sky = sky()?;
    let sent = every_type("every type")?;
    let id = sent.id.ok_or("no key")?;
    let created = sky.bodies().create(&sent).send_blocking()?;
    let read = sky.bodies().id(id).get().send_blocking()?;
    for got in [created, read] {
        let same = Body { additional: sent.additional.clone(), places: sent.places.clone(), ..got.clone() };
        assert_eq!(same, sent);
        assert_eq!(countries(&got), countries(&sent));
    }
    Ok(())
}

#[test]
fn inherited_properties() -> Outcome {
    let sky = sky()?;
    let sent = Returning {
        id: Some(1),
        name: Some("Halley".to_owned()),
        tail: Some(1e8),
        visits: Some(BIG),
        ..Returning::default()
    };
    sky.comets().create(&sent).send_blocking()?;
    let read = sky.comets().id(1).get().send_blocking()?;
    assert_eq!((read.name, read.tail, read.visits), (sent.name, sent.tail, sent.visits));
    Ok(())
}

#[test]
fn an_update_sets_clears_and_leaves() -> Outcome {
    let sky = sky()?;
    let sent = every_type("update")?;
    let id = sent.id.ok_or("no key")?;
    sky.bodies().create(&sent).send_blocking()?;
    let change = Update::<Body>::new()
        .set(Body::GRAINS, BIG - 2)
        .set(Body::MASS, Decimal::from("0.000000000000000001"))
        .set(Body::COLOUR, Colour::Blue)
        .set(Body::DAY, Duration::from("-PT1.5S"))
        .clear(Body::KNOWN);
    sky.bodies().id(id).update(&change).send_blocking()?;
    let read = sky.bodies().id(id).get().send_blocking()?;
    assert_eq!(read.grains, Some(BIG - 2));
    assert_eq!(read.mass, Some(Decimal::from("0.000000000000000001")));
    assert_eq!((&read.colour, &read.day), (&Some(Colour::Blue), &Some(Duration::from("-PT1.5S"))));
    assert!(read.additional.is_null("known"));
    assert_eq!(countries(&read), countries(&sent));
    Ok(())
}

#[test]
fn versions() -> Outcome {
    use observatory_sdk::Exposure;
    let sky = sky()?;
    let sent = Exposure {
        night: Some(Date::from("2023-01-01")),
        number: Some(1),
        seconds: Some(Decimal::from("0.125")),
        ..Exposure::default()
    };
    sky.exposures().create(&sent).send_blocking()?;
    let exposure = sky.exposures().night_and_number("2023-01-01", 1);
    let first = exposure.get().send_blocking()?;
    let version = first.additional.etag().ok_or("no version")?;
    let change = Update::<Exposure>::new().set(Exposure::SECONDS, Decimal::from("30.5"));
    let status = |error: edmark_runtime::Error| error.status().map(|status| status.as_u16());
    assert_eq!(exposure.update(&change).send_blocking().err().and_then(status), Some(428));
    exposure.update(&change).if_match(version).send_blocking()?;
    assert_eq!(exposure.update(&change).if_match(version).send_blocking().err().and_then(status), Some(412));
    assert_eq!(exposure.get().send_blocking()?.seconds, Some(Decimal::from("30.5")));
    assert_eq!(exposure.delete().if_match(version).send_blocking().err().and_then(status), Some(412));
    exposure.delete().if_match("*").send_blocking()?;
    assert_eq!(exposure.get().send_blocking().err().and_then(status), Some(404));
    Ok(())
}
