//! Tests which changes of a model cause a unit to be written again.

use super::build::{described, string};
use super::sample;
use crate::emit::Features;
use crate::emit::units::{Unit, Units};
use crate::model::Model;
use crate::source::{FileId, Span};

fn hashes(model: &Model) -> Vec<(String, u128)> {
    let unit = |unit: &Unit| (unit.file.clone(), unit.hash);
    Units::of(model, &Features::default(), None, |_| false).iter().map(unit).collect()
}

/// The names of the units whose hashes differ.
fn changed(one: &Model, other: &Model) -> Vec<String> {
    let pairs = hashes(one).into_iter().zip(hashes(other));
    pairs.filter(|(one, other)| one != other).map(|((file, _), _)| file).collect()
}

#[test]
fn a_change_concerns_the_units_whose_text_it_changes() {
    let before = sample();
    assert_eq!(changed(&before, &sample()), Vec::<String>::new());
    let mut reworded = sample();
    let user = reworded.types.iter_mut().find(|ty| ty.rust.name == "User").expect("a type");
    user.description = Some(described("Somebody.".to_owned()));
    assert_eq!(changed(&before, &reworded), ["user"]);
    // A description whose place in its page changes, or whose page moves, changes no text.
    let mut moved = sample();
    let user = moved.types.iter_mut().find(|ty| ty.rust.name == "User").expect("a type");
    user.description.as_mut().expect("a description").span = Span::start_of(FileId(7));
    assert_eq!(changed(&before, &moved), Vec::<String>::new());
    // A property of a base type is also a property of all derived types.
    let mut grown = sample();
    let object = grown.types.iter_mut().find(|ty| ty.rust.name == "DirectoryObject").expect("a type");
    object.properties.push(string("added"));
    assert_eq!(changed(&before, &grown), ["directory_object", "user", "user"]);
}

#[test]
fn a_unit_that_was_written_can_be_written_again() {
    let model = sample();
    let features = Features::default();
    let (new, written) = (Units::of(&model, &features, None, |_| false), Units::of(&model, &features, None, |_| true));
    assert!(new.iter().len() > 3);
    for (new_unit, unit) in new.iter().zip(written.iter()) {
        assert_eq!(new.file_text(new_unit), written.file_text(unit));
    }
}
