//! The keys of entity types, above all of those whose pages state none.

use std::fs;

use edmark::Config;
use edmark::model::Model;

use crate::pages::page;

/// Three types without a stated key: an entity type, one derived from it, and a complex type, which
/// the entity type has as a property.
fn analyse(toml: &str) -> Model {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = [
        ("device.md", page("device", "", "|id|String|Its key.|\n|maker|[maker](maker.md)|Who made it.|")),
        ("phone.md", page("phone", ", \"baseType\": \"microsoft.graph.device\"", "|id|String|.|\n|number|String|.|")),
        ("maker.md", page("maker", "", "|id|String|A number.|\n|name|String|.|")),
        ("edmark.toml", format!("docs = \".\"\n{toml}")),
    ];
    for (name, text) in pages {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    Config::from_file(folder.path().join("edmark.toml")).expect("a configuration").analyse().expect("a model").model
}

fn key<'m>(model: &'m Model, name: &str) -> &'m [String] {
    &model.types.iter().find(|ty| ty.name.name == name).expect("the type").key
}

#[test]
fn a_property_called_id_is_the_key_where_no_page_states_one() {
    let model = analyse("");
    assert_eq!(key(&model, "device"), ["id"]);
    assert!(key(&model, "phone").is_empty(), "the key is the base's");
    assert!(key(&model, "maker").is_empty(), "a complex type has no key");
}

#[test]
fn a_correction_that_there_is_no_key_counts() {
    let model = analyse("[types.\"microsoft.graph.device\"]\nkey = []\n");
    assert!(key(&model, "device").is_empty());
}
