//! A value can be converted to a derived type or a base type only.

use graph_sample::{DirectoryObject, Message, User};

fn main() {
    let _ = DirectoryObject::default().downcast::<User>();
    let _ = DirectoryObject::default().downcast::<Message>();
    let _: DirectoryObject = Message::default().into();
}
