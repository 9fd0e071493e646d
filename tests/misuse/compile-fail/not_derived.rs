//! A value is made one of a derived type, or of a base, and of no other.

use graph_sample::{DirectoryObject, Message, User};

fn main() {
    let _ = DirectoryObject::default().downcast::<User>();
    let _ = DirectoryObject::default().downcast::<Message>();
    let _: DirectoryObject = Message::default().into();
}
