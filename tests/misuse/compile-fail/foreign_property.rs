//! An update of a type accepts only properties of that type.

use edmark_runtime::Update;
use graph_sample::{Group, User};

fn main() {
    let _ = Update::<User>::new().set(Group::MAIL_ENABLED, true);
}
