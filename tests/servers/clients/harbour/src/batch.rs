//! Batches of several requests.

use edmark_runtime::Update;
use harbour_sdk::Ships;

use crate::{BIG, Outcome, harbour, ship};

#[tokio::test]
async fn steps_are_answered_one_by_one() -> Outcome {
    let harbour = harbour()?;
    let sent = Ships { tonnage: Some(BIG), ..ship("batch") };
    let id = sent.id.clone().ok_or("no key")?;
    let mut batch = harbour.client().batch();
    let created = batch.add(&harbour.ships().create(&sent))?;
    let missing = batch.add(&harbour.ships().id("00000000-0000-4000-8000-ffffffffffff").get())?;
    let change = Update::<Ships>::new().set(Ships::CREW, 3_i16);
    let changed = batch.add_after(&harbour.ships().id(id.as_str()).update(&change).if_match("*"), &[created.id()])?;
    let read = batch.add_after(&harbour.ships().id(id.as_str()).get(), &[changed.id()])?;
    batch.send().await?;
    assert_eq!(batch.answer(created)?.tonnage, sent.tonnage);
    assert_eq!(batch.answer(missing).err().and_then(|error| error.status()).map(|status| status.as_u16()), Some(404));
    assert_eq!(batch.answer(changed)?.and_then(|ship| ship.crew), Some(3));
    let read = batch.answer(read)?;
    assert_eq!((read.crew, read.tonnage), (Some(3), sent.tonnage));
    Ok(())
}
