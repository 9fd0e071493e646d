//! Properties are read and written on their own.

use edmark_runtime::{Binary, Properties as _};
use harbour_sdk::{Address, Position, Ships};

use crate::{BIG, Outcome, harbour, ship};

#[tokio::test]
async fn a_primitive_property() -> Outcome {
    let harbour = harbour()?;
    let sent = Ships { tonnage: Some(BIG), seal: Some(Binary::from("-_8A")), ..ship("a primitive property") };
    let id = sent.id.clone().ok_or("no key")?;
    harbour.ships().create(&sent).send().await?;
    let at = harbour.ships().id(id.as_str());
    assert_eq!(at.property(Ships::TONNAGE).get().send().await?, Some(BIG));
    assert_eq!(at.property(Ships::NAME).value().send().await?, "a primitive property");
    assert_eq!(at.property(Ships::REMARKS).get().send().await?, None);
    at.property(Ships::REMARKS).set("afloat").if_match("*").send().await?;
    assert_eq!(at.property(Ships::REMARKS).get().send().await?.as_deref(), Some("afloat"));
    at.property(Ships::REMARKS).clear().if_match("*").send().await?;
    assert_eq!(at.property(Ships::REMARKS).get().send().await?, None);
    Ok(())
}

#[tokio::test]
async fn a_complex_value_and_a_collection() -> Outcome {
    let harbour = harbour()?;
    let place = Position { latitude: Some(-12.25), ..Position::default() };
    let office = Address { town: Some("Ålesund".to_owned()), place: Some(Box::new(place)), ..Address::default() };
    let sent =
        Ships { nicknames: Some(vec!["Old Lady".to_owned()]), offices: Some(vec![office]), ..ship("a complex value") };
    let id = sent.id.clone().ok_or("no key")?;
    harbour.ships().create(&sent).send().await?;
    let at = harbour.ships().id(id.as_str());
    assert_eq!(at.property(Ships::NICKNAMES).get().send().await?, sent.nicknames);
    let offices = at.property(Ships::OFFICES).list().send().await?;
    let place = offices.value[0].place.as_ref().ok_or("no place")?;
    assert_eq!((offices.value[0].town.as_deref(), place.latitude), (Some("Ålesund"), Some(-12.25)));
    Ok(())
}
