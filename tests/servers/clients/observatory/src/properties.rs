//! Properties are read and written on their own.

use edmark_runtime::{Binary, Decimal, Duration, Properties as _, Update};
use observatory_sdk::{Body, Colour, Place, TiltedOrbit};

use crate::{BIG, Outcome, body, sky};

#[test]
fn a_primitive_property() -> Outcome {
    let sky = sky()?;
    let sent = Body { grains: Some(BIG), mark: Some(Binary::from("-_8A")), ..body("a primitive property") };
    sky.bodies().create(&sent).send_blocking()?;
    let at = sky.bodies().id(sent.id.ok_or("no key")?);
    assert_eq!(at.property(Body::GRAINS).get().send_blocking()?, Some(BIG));
    assert_eq!(at.property(Body::GRAINS).value().send_blocking()?, BIG.to_string());
    assert_eq!(at.property(Body::MARK).get().send_blocking()?, sent.mark);
    assert_eq!(at.property(Body::MARK).bytes().send_blocking()?, [0xfb, 0xff, 0]);
    assert_eq!(at.property(Body::COLOUR).get().send_blocking()?, None);
    at.property(Body::COLOUR).set(Colour::Blue).send_blocking()?;
    at.property(Body::MASS).set(Decimal::from("12345678901234567890.5")).send_blocking()?;
    let read = at.get().send_blocking()?;
    assert_eq!((read.colour, read.mass), (Some(Colour::Blue), Some(Decimal::from("12345678901234567890.5"))));
    at.property(Body::COLOUR).clear().send_blocking()?;
    assert_eq!(at.property(Body::COLOUR).get().send_blocking()?, None);
    Ok(())
}

#[test]
fn a_complex_property() -> Outcome {
    let sky = sky()?;
    let orbit = TiltedOrbit { period: Some(Duration::from("P365DT6H")), tilt: Some(23.5), ..TiltedOrbit::default() };
    let sent = Body { orbit: Some(Box::new(orbit)), ..body("a complex property") };
    sky.bodies().create(&sent).send_blocking()?;
    let orbit = sky.bodies().id(sent.id.ok_or("no key")?).property(Body::ORBIT);
    let read = orbit.get().send_blocking()?.ok_or("no orbit")?;
    assert_eq!((read.tilt, read.period.as_ref().map(Duration::as_str)), (Some(23.5), Some("P365DT6H")));
    assert_eq!(orbit.property(TiltedOrbit::TILT).get().send_blocking()?, Some(23.5));
    orbit.update(&Update::new().set(TiltedOrbit::TILT, 7.5)).send_blocking()?;
    let read = orbit.get().send_blocking()?.ok_or("no orbit")?;
    assert_eq!((read.tilt, read.period.is_some()), (Some(7.5), true));
    Ok(())
}

#[test]
fn a_collection() -> Outcome {
    let sky = sky()?;
    let place = |country: &str| Place { country: Some(country.to_owned()), ..Place::default() };
    let sent =
        Body { places: Some(vec![place("Chile"), place("Spain")]), sizes: Some(vec![BIG, -1]), ..body("a collection") };
    sky.bodies().create(&sent).send_blocking()?;
    let at = sky.bodies().id(sent.id.ok_or("no key")?);
    assert_eq!(at.property(Body::SIZES).get().send_blocking()?, Some(vec![BIG, -1]));
    let places = at.property(Body::PLACES).list().send_blocking()?;
    assert_eq!(
        places.value.iter().map(|place| place.country.as_deref()).collect::<Vec<_>>(),
        [Some("Chile"), Some("Spain")]
    );
    at.property(Body::SIZES).set([7]).send_blocking()?;
    assert_eq!(at.property(Body::SIZES).get().send_blocking()?, Some(vec![7]));
    Ok(())
}
