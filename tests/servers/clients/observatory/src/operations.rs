//! Actions and functions, bound and unbound, with overloads.

use edmark_runtime::{Decimal, Duration, Flags};
use observatory_sdk::requests::{BodyRenameParameters, ReturningSpotParameters, SurveyParameters};
use observatory_sdk::{Band, Body, Colour, Place, Returning};

use crate::{BIG, Outcome, body, sky};

#[test]
fn overloads_of_a_function() -> Outcome {
    let sky = sky()?;
    let mass = "98765432109876543210.5";
    let sent = Body {
        distance: Some(1234.5),
        mass: Some(Decimal::from(mass)),
        bands: Some(Flags::from_iter([Band::Visible, Band::Infrared])),
        ..body("near")
    };
    let id = sent.id.ok_or("no key")?;
    sky.bodies().create(&sent).send_blocking()?;
    assert_eq!(sky.nearest(1234.5).send_blocking()?.and_then(|body| body.id), sent.id);
    assert_eq!(sky.nearest_by_mass_and_band(mass, "infrared").send_blocking()?.and_then(|body| body.id), sent.id);
    assert!(sky.nearest(-1.0).send_blocking()?.is_none());

    let near = sky.bodies().id(id);
    assert_eq!(near.compare(mass).send_blocking()?.value, Some(true));
    assert_eq!(near.compare_by_name("O'Neil").send_blocking()?.value, Some(false));
    Ok(())
}

#[test]
fn arguments_of_every_type() -> Outcome {
    let sky = sky()?;
    let echo = sky.echo(
        "O'Neil /?#&%20",
        BIG,
        "12345678901234567890.25",
        "c5a0a8d2-3a0e-4b8e-9f0e-2f6f7d8a9b0c",
        "2024-02-29",
        "12:30:00",
        "2024-02-29T12:30:00+01:00",
        "PT1H",
        true,
        0.5,
        &Colour::Yellow,
        "-_8A",
    );
    let said = echo.send_blocking()?.value.ok_or("no text")?;
    for part in
        ["O'Neil /?#&%20", "9007199254740993", "12345678901234567890.25", "2024-02-29T12:30:00+01:00", "true", "0.5"]
    {
        assert!(said.contains(part), "no {part} in {said}");
    }
    Ok(())
}

/// By aliases, with their JSON in the query.
#[test]
fn arguments_that_are_collections_and_structures() -> Outcome {
    let sky = sky()?;
    assert_eq!(sky.sum(&[4_000_000_000, 2]).send_blocking()?.value, Some(4_000_000_002));
    assert_eq!(sky.sum(&[]).send_blocking()?.value, Some(0));
    let place = Place { country: Some("Chile & O'Higgins?#%20".to_owned()), ..Place::default() };
    let places = sky.visit(&place).send_blocking()?.value;
    assert_eq!(places.first().and_then(|place| place.country.as_deref()), place.country.as_deref());
    Ok(())
}

#[test]
fn collections_enums_and_nulls_as_results() -> Outcome {
    let sky = sky()?;
    assert_eq!(sky.palette().send_blocking()?.value, [Colour::Blue, Colour::Red]);
    assert_eq!(sky.nothing().send_blocking()?.value, None);
    Ok(())
}

#[test]
fn actions() -> Outcome {
    let sky = sky()?;
    let place = |country: &str| Place { country: Some(country.to_owned()), ..Place::default() };
    let parameters = SurveyParameters {
        places: Some(vec![place("Chile"), place("Spain")]),
        numbers: Some(vec![BIG, 1]),
        amount: Some(Decimal::from("0.10")),
        bands: Some(Flags::from_iter([Band::Radio])),
        wait: Some(Duration::from("PT1M")),
        ..SurveyParameters::default()
    };
    let seen = sky.survey(&parameters).send_blocking()?;
    assert_eq!(seen.value.len(), 3);
    let last = seen.value[2].country.as_deref().unwrap_or_default();
    assert!(last.starts_with("9007199254740993,1 0.1"), "{last}");
    // The library checks the content type even if there is no content.
    sky.reset().header("content-type", "application/json").send_blocking()?;

    let sent = body("before");
    let id = sent.id.ok_or("no key")?;
    sky.bodies().create(&sent).send_blocking()?;
    let parameters = BodyRenameParameters { name: Some("after".to_owned()), ..BodyRenameParameters::default() };
    assert_eq!(sky.bodies().id(id).rename(&parameters).send_blocking()?.name.as_deref(), Some("after"));

    // Operations that are bound to a derived type.
    let comet = Returning { id: Some(2), ..Returning::default() };
    sky.comets().create(&comet).send_blocking()?;
    let parameters = ReturningSpotParameters { visits: Some(BIG), ..ReturningSpotParameters::default() };
    sky.comets().id(2).spot(&parameters).send_blocking()?;
    assert_eq!(sky.comets().id(2).get().send_blocking()?.visits, Some(BIG));
    Ok(())
}
