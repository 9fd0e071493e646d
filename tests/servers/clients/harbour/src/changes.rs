//! Updates, ETags, deletion and errors.

use edmark_runtime::{Decimal, Error, Update};
use harbour_sdk::{Buoys, Master, Ships};

use crate::{BIG, Outcome, harbour, ship};

fn status<T>(response: Result<T, Error>) -> Option<u16> {
    response.err().and_then(|error| error.status()).map(|status| status.as_u16())
}

#[tokio::test]
async fn an_update_needs_the_version_that_it_was_made_for() -> Outcome {
    let harbour = harbour()?;
    let sent = Ships { crew: Some(9), cabins: Some(4), ..ship("changes") };
    let id = sent.id.clone().ok_or("no key")?;
    harbour.ships().create(&sent).send().await?;
    let ship = harbour.ships().id(id.as_str());
    let (read, head) = ship.get().send_with_head().await?;
    let version = read.additional.etag().ok_or("no version")?;
    assert_eq!(head.etag(), Some(version));

    let change =
        Update::<Ships>::new().set(Ships::TONNAGE, BIG).set(Ships::WORTH, Decimal::from("0.0001")).clear(Ships::CABINS);
    assert_eq!(status(ship.update(&change).send().await), Some(428), "the service wants a version");
    ship.update(&change).if_match(version).send().await?;
    assert_eq!(status(ship.update(&change).if_match(version).send().await), Some(412));

    let read = ship.get().send().await?;
    assert_eq!(read.tonnage, Some(BIG));
    assert_eq!(read.worth, Some(Decimal::from("0.0001")));
    assert!(read.additional.is_null("cabins"));
    assert_eq!(read.crew, Some(9));

    // The response has no content.
    let none = ship.update(&change).if_match("*").prefer_minimal().send().await?;
    assert!(none.is_none());
    let unchanged = ship.get().if_none_match(ship.get().send().await?.additional.etag().unwrap_or_default());
    assert_eq!(status(unchanged.send().await), Some(304));

    ship.delete().if_match("*").send().await?;
    let gone = ship.get().send().await.err().ok_or("it is still there")?;
    let error = gone.service().ok_or("no error of the service")?;
    assert_eq!(error.status().as_u16(), 404);
    assert!(error.code().is_some() && error.message().is_some());
    Ok(())
}

#[tokio::test]
async fn what_the_service_refuses_is_an_error() -> Outcome {
    let harbour = harbour()?;
    let mut twice = ship("twice");
    harbour.ships().create(&twice).send().await?;
    let response = harbour.ships().create(&twice).send().await.err().ok_or("created twice")?;
    assert!(response.service().and_then(|error| error.code()).is_some(), "{response}");

    // Several errors are reported as details.
    twice = ship("faults");
    twice.rigging = Some("submarine".to_owned());
    twice.call_sign = Some("no, not this".to_owned());
    let response = harbour.ships().create(&twice).send().await.err().ok_or("created")?;
    let error = response.service().ok_or("no error of the service")?;
    assert_eq!(error.status().as_u16(), 400);
    Ok(())
}

#[tokio::test]
async fn a_singleton() -> Outcome {
    let harbour = harbour()?;
    let change = Update::<Master>::new().set(Master::NAME, "Grace");
    harbour.master().update(&change).send().await?;
    assert_eq!(harbour.master().get().send().await?.name.as_deref(), Some("Grace"));
    Ok(())
}

#[tokio::test]
async fn what_is_related() -> Outcome {
    let harbour = harbour()?;
    let (tug, barge) = (ship("tug"), ship("barge"));
    let (tug_id, barge_id) = (tug.id.clone().ok_or("no key")?, barge.id.clone().ok_or("no key")?);
    harbour.ships().create(&tug).send().await?;
    harbour.ships().create(&barge).send().await?;
    let barge = harbour.ships().id(barge_id.as_str());
    // The navigation property is null.
    assert!(barge.tug().get().send().await?.is_none());
    let change = Update::<Ships>::new().bind("tug", format!("Ships({tug_id})"));
    barge.update(&change).if_match("*").send().await?;
    assert_eq!(barge.tug().get().send().await?.ok_or("no tug")?.name.as_deref(), Some("tug"));
    let tows = harbour.ships().id(tug_id.as_str()).tows().list().send().await?;
    assert_eq!(tows.value.len(), 1);

    let buoy = Update::<Buoys>::new().set(Buoys::SHIP_ID, tug_id.clone());
    harbour.buoys().id(1).update(&buoy).send().await?;
    assert_eq!(harbour.buoys().id(1).ship().get().send().await?.ok_or("no ship")?.id, Some(tug_id));
    Ok(())
}
