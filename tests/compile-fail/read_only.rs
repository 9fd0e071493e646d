//! Only the service sets a read-only property: an update neither sets nor clears it.

use edmark_runtime::Update;
use graph_sample::User;

fn main() {
    let _ = Update::<User>::new().set(User::ID, "17");
    let _ = Update::<User>::new().clear(User::CREATED_DATE_TIME);
}
