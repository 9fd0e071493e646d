//! A property is set to a value of its type, or to what stands for one.

use edmark_runtime::{Update, With as _};
use graph_sample::{Attachment, DirectoryObject, FileAttachment, Message, User};

fn main() {
    let _ = Update::<User>::new().set(User::BUSINESS_PHONES, ["+1"]).set(User::MANAGER, User::default());
    let _ = Message::default().with(Message::ATTACHMENTS, [FileAttachment::default()]);
    let _ = Message::default().with(Message::ATTACHMENTS, [Attachment::default()]);

    let _ = Update::<User>::new().set(User::ACCOUNT_ENABLED, "true");
    let _ = Update::<User>::new().set(User::BUSINESS_PHONES, "+1");
    let _ = Update::<User>::new().set(User::MANAGER, Message::default());
    let _ = Message::default().with(Message::ATTACHMENTS, [DirectoryObject::default()]);
}
