//! Objects whose type `@odata.type` decides, wherever it stands.

use serde::de;

use super::TAG;
use super::carry::{carry, read_on};
use super::members::{Key, KeySeed, Stretch, read_members};
use super::path::Context;
use super::source::Object;
use crate::additional::Name;
use crate::{Json, Variant};

/// Reads a value whose type its tag decides, wherever the tag stands. `variant` is blank: the base.
pub(super) fn read_variant<O: Object>(
    variant: &mut dyn Variant,
    members: &mut O,
    context: &mut Context,
) -> Result<(), O::Error> {
    let first = read_members(variant.current(), members, context, Stretch::ToTag)?;
    let Some(tag) = first.tag else { return Ok(()) };
    change_type(variant, &tag, first.empty, context).map_err(de::Error::custom)?;
    let second = read_members(variant.current(), members, context, Stretch::OnFromTag)?;
    let Some(tag) = second.tag else { return Ok(()) };
    read_duplicate_tags(variant, tag, members, context)
}

/// The last of several tags counts. The rest is read before it is typed, lest a thousand tags move
/// a thousand members each.
#[cold]
fn read_duplicate_tags<O: Object>(
    variant: &mut dyn Variant,
    mut tag: Json,
    members: &mut O,
    context: &mut Context,
) -> Result<(), O::Error> {
    let mut rest = Vec::new();
    while let Some(key) = members.key(KeySeed::of_none())? {
        let value = members.json(&mut None)?;
        match key {
            Key::Other(name) if *name == *TAG => tag = value,
            Key::Other(name) => rest.push((name, value)),
            Key::Property(_) => {}
        }
    }
    read_retagged(variant, &tag, rest, context).map_err(de::Error::custom)
}

fn read_retagged(
    variant: &mut dyn Variant,
    tag: &Json,
    rest: Vec<(Name, Json)>,
    context: &mut Context,
) -> Result<(), serde_json::Error> {
    change_type(variant, tag, false, context)?;
    read_on(variant.current(), rest, Stretch::OnFromTag, context)
}

/// Makes the value one of the type that `tag` names, with what was read so far.
///
/// The tag is kept only where the writer would not write it: the base's own, an unknown one, one
/// spelled otherwise.
fn change_type(
    variant: &mut dyn Variant,
    tag: &Json,
    empty: bool,
    context: &mut Context,
) -> Result<(), serde_json::Error> {
    let name = tag.as_str().unwrap_or_default();
    let mut outcome = Ok(());
    variant.retag(name, &mut |old, new| {
        if !empty {
            outcome = carry(old, new, context);
        }
    });
    outcome?;
    let base = variant.base();
    let value = variant.current();
    let actual = value.type_info().name();
    let additional = value.additional_mut();
    if !empty {
        additional.remove(TAG);
    }
    if actual == base || name.strip_prefix('#') != Some(actual) {
        additional.append(TAG.into(), tag.clone());
    }
    Ok(())
}
