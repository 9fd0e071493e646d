//! A condition on a property of a derived type needs a cast before it.

use graph_sample::{DirectoryObject, Graph, User};
use edmark_runtime::query;

fn main() {
    let members = || Graph::offline().groups().id("1").members().list();
    let _ = members().filter(query::cast::<DirectoryObject, User>().then(User::DISPLAY_NAME).eq("Ada"));
    let _ = members().of_type::<User>().filter(User::DISPLAY_NAME.eq("Ada"));
    let _ = members().filter(User::DISPLAY_NAME.eq("Ada"));
}
