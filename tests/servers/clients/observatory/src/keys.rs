//! Keys of every type.

use edmark_runtime::{Date, DateTimeOffset, Decimal, Duration, TimeOfDay};
use observatory_sdk::{Colour, Exposure, Glass, Label, Lens, Moment, Photon, Shift, Switch, Wait};

use crate::{BIG, Outcome, sky};

#[test]
fn every_type_of_key() -> Outcome {
    let sky = sky()?;

    let photon = Photon { id: Some(BIG), ..Photon::default() };
    sky.photons().create(&photon).send_blocking()?;
    assert_eq!(sky.photons().id(BIG).get().send_blocking()?.id, Some(BIG));
    assert!(sky.photons().id(BIG - 1).get().send_blocking().is_err());

    let weight = "123456789012345678901234567890.5";
    let lens = Lens { id: Some(Decimal::from(weight)), ..Lens::default() };
    sky.lenses().create(&lens).send_blocking()?;
    assert_eq!(sky.lenses().id(weight).get().send_blocking()?.id, lens.id);

    let at = "2024-02-29T12:30:00.123Z";
    let moment = Moment { id: Some(DateTimeOffset::from(at)), ..Moment::default() };
    sky.moments().create(&moment).send_blocking()?;
    assert_eq!(sky.moments().id(at).get().send_blocking()?.id, moment.id);

    let shift = Shift { id: Some(TimeOfDay::from("04:00:00")), ..Shift::default() };
    sky.shifts().create(&shift).send_blocking()?;
    assert_eq!(sky.shifts().id("04:00:00").get().send_blocking()?.id, shift.id);

    let wait = Wait { id: Some(Duration::from("PT1H30M")), ..Wait::default() };
    sky.waits().create(&wait).send_blocking()?;
    assert_eq!(sky.waits().id("PT1H30M").get().send_blocking()?.id, wait.id);

    let glass = Glass { id: Some(Colour::Blue), ..Glass::default() };
    sky.glasses().create(&glass).send_blocking()?;
    assert_eq!(sky.glasses().id(&Colour::Blue).get().send_blocking()?.id, glass.id);

    let switch = Switch { id: Some(true), ..Switch::default() };
    sky.switches().create(&switch).send_blocking()?;
    assert_eq!(sky.switches().id(true).get().send_blocking()?.id, switch.id);

    for text in ["O'Neil", "a/b", "50% & more?", "x') or ('1' eq '1", "Ærø #7", " +plus+ ", "(1)", "\"\\"] {
        let label = Label { id: Some(text.to_owned()), ..Label::default() };
        sky.labels().create(&label).send_blocking()?;
        assert_eq!(sky.labels().id(text).get().send_blocking()?.id.as_deref(), Some(text));
        sky.labels().id(text).delete().send_blocking()?;
    }
    Ok(())
}

#[test]
fn keys_of_several_parts() -> Outcome {
    let sky = sky()?;
    let exposure = Exposure {
        night: Some(Date::from("2024-02-29")),
        number: Some(-7),
        seconds: Some(Decimal::from("12.250")),
        ..Exposure::default()
    };
    sky.exposures().create(&exposure).send_blocking()?;
    let read = sky.exposures().night_and_number("2024-02-29", -7).get().send_blocking()?;
    assert_eq!(read.seconds.as_ref().and_then(Decimal::to_f64), Some(12.25));
    Ok(())
}
