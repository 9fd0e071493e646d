//! Tests which changes of a model cause a unit to be written again.

use super::build::{described, string};
use super::sample;
use crate::emit::Features;
use crate::emit::units::{Unit, units};
use crate::model::Model;
use crate::source::{FileId, Span};

fn hashes(model: &Model) -> Vec<(String, u128)> {
    let unit = |unit: &Unit| (unit.file.clone(), unit.hash());
    units(model, &Features::default()).iter().map(unit).collect()
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
