//! Batches of several requests.

use edmark_runtime::{Method, Update, response};
use harbour_sdk::{Entries, Ships};

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
    assert_eq!(batch.response(created)?.tonnage, sent.tonnage);
    assert_eq!(batch.response(missing).err().and_then(|error| error.status()).map(|status| status.as_u16()), Some(404));
    assert_eq!(batch.response(changed)?.and_then(|ship| ship.crew), Some(3));
    let read = batch.response(read)?;
    assert_eq!((read.crew, read.tonnage), (Some(3), sent.tonnage));
    Ok(())
}

/// All of a group is done or nothing, and a step can build on what an earlier one has created.
#[tokio::test]
async fn steps_of_a_group() -> Outcome {
    let harbour = harbour()?;
    let (whole, broken) = (ship("whole"), ship("broken"));
    let mut batch = harbour.client().batch();
    let group = batch.group();
    let created = batch.add_to(group, &harbour.ships().create(&whole), &[])?;
    let entry = Entries { number: Some(5), ..Entries::default() };
    let entries = batch.result_of(created.id())?.segment("entries");
    let entry = entries.request(Method::Post, response::json::<Entries>).json(&entry);
    let entry = batch.add_to(group, &entry, &[created.id()])?;
    batch.send().await?;
    let (created, head) = batch.response_with_head(created)?;
    assert_eq!((created.name.as_deref(), head.status().as_u16()), (Some("whole"), 201));
    assert_eq!(batch.response(entry)?.number, Some(5));

    let mut batch = harbour.client().batch();
    let group = batch.group();
    batch.add_to(group, &harbour.ships().create(&broken), &[])?;
    let twice = batch.add_to(group, &harbour.ships().create(&broken), &[])?;
    batch.send().await?;
    assert!(batch.response(twice).is_err());
    let id = broken.id.ok_or("no key")?;
    let read = harbour.ships().id(id.as_str()).get().send().await;
    assert_eq!(read.err().and_then(|error| error.status()).map(|status| status.as_u16()), Some(404));
    Ok(())
}
