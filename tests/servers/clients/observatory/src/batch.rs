//! Batches of several requests.

use edmark_runtime::Update;
use observatory_sdk::Body;

use crate::{BIG, Outcome, body, sky};

#[test]
fn steps_are_answered_one_by_one() -> Outcome {
    let sky = sky()?;
    let sent = Body { grains: Some(BIG), ..body("batch") };
    let id = sent.id.ok_or("no key")?;
    let mut batch = sky.client().batch();
    let created = batch.add(&sky.bodies().create(&sent))?;
    let missing = batch.add(&sky.bodies().id(-1).get())?;
    let change = Update::<Body>::new().set(Body::MOONS, 3_i16);
    let changed = batch.add_after(&sky.bodies().id(id).update(&change), &[created.id()])?;
    let read = batch.add_after(&sky.bodies().id(id).get(), &[changed.id()])?;
    edmark_runtime::block_on(batch.send())?;
    assert_eq!(batch.answer(created)?.grains, Some(BIG));
    assert_eq!(batch.answer(missing).err().and_then(|error| error.status()).map(|status| status.as_u16()), Some(404));
    batch.answer(changed)?;
    let read = batch.answer(read)?;
    assert_eq!((read.moons, read.grains), (Some(3), Some(BIG)));
    Ok(())
}
