//! An order by a property of a derived type needs a cast before it.

use edmark_runtime::query;
use graph_sample::{DirectoryObject, Graph, User};

fn main() {
    let members = || Graph::offline().groups().id("1").members().list();
    let _ = members().orderby(query::cast::<DirectoryObject, User>().then(User::DISPLAY_NAME));
    let _ = members().of_type::<User>().orderby(User::DISPLAY_NAME.desc());
    let _ = members().orderby(User::DISPLAY_NAME);
}
