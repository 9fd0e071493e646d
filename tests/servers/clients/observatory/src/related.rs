//! Related and contained entities.

use edmark_runtime::{Reference, Update};
use observatory_sdk::{Body, Note};

use crate::{BIG, Outcome, body, sky};

#[test]
fn what_is_contained() -> Outcome {
    let sky = sky()?;
    let parent = body("with notes");
    let id = parent.id.ok_or("no key")?;
    sky.bodies().create(&parent).send_blocking()?;
    let notes = sky.bodies().id(id).notes();
    let note = Note { number: Some(BIG), text: Some("faint".to_owned()), ..Note::default() };
    notes.create(&note).send_blocking()?;
    assert_eq!(notes.id(BIG).get().send_blocking()?.text, note.text);
    let change = Update::<Note>::new().set(Note::TEXT, "bright");
    notes.id(BIG).update(&change).send_blocking()?;
    assert_eq!(notes.list().send_blocking()?.value[0].text.as_deref(), Some("bright"));
    assert_eq!(notes.count().send_blocking()?, 1);
    notes.id(BIG).delete().send_blocking()?;
    assert!(notes.list().send_blocking()?.value.is_empty());
    Ok(())
}

#[test]
fn deep_insert_and_links() -> Outcome {
    let sky = sky()?;
    let (mut star, planet) = (body("star"), body("planet"));
    let (star_id, planet_id) = (star.id.ok_or("no key")?, planet.id.ok_or("no key")?);
    let note = Note { number: Some(1), text: Some("new".to_owned()), ..Note::default() };
    star.notes = Some(vec![note]);
    star.companions = Some(vec![body("companion")]);
    sky.bodies().create(&star).send_blocking()?;
    sky.bodies().create(&planet).send_blocking()?;
    let read = sky.bodies().id(star_id).get().expand((Body::NOTES, Body::COMPANIONS)).send_blocking()?;
    assert_eq!(read.notes.ok_or("no notes")?.len(), 1);
    assert_eq!(read.companions.ok_or("no companions")?[0].name.as_deref(), Some("companion"));

    let planet = sky.bodies().id(planet_id);
    // The navigation property is null.
    assert!(planet.parent().get().send_blocking()?.is_none());
    let change = Update::<Body>::new().bind("parent", format!("Bodies({star_id})"));
    planet.update(&change).send_blocking()?;
    assert_eq!(planet.parent().get().send_blocking()?.ok_or("no parent")?.name.as_deref(), Some("star"));

    planet.remove_parent().send_blocking()?;
    assert!(planet.parent().get().send_blocking()?.is_none());
    planet.set_parent(&Reference::new(format!("Bodies({star_id})"))).send_blocking()?;
    assert_eq!(planet.parent().get().send_blocking()?.ok_or("no parent")?.name.as_deref(), Some("star"));

    let companions = sky.bodies().id(star_id).companions();
    // The library does not accept an absolute address here.
    companions.add_ref(&Reference::new(format!("Bodies({planet_id})"))).send_blocking()?;
    assert_eq!(companions.list().send_blocking()?.value.len(), 2);
    assert_eq!(companions.count().filter(Body::NAME.eq("planet")).send_blocking()?, 1);
    assert_eq!(companions.list_refs().send_blocking()?.value.len(), 2);
    Ok(())
}
