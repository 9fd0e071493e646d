//! A member of an enum has a constant, which the compiler checks; `from` makes one of a text.
use edmark_runtime::Update;
use graph_sample::{Event, Importance};

fn main() {
    let _ = Update::<Event>::new().set(Event::IMPORTANCE, Importance::High);
    let _ = Update::<Event>::new().set(Event::IMPORTANCE, Importance::from("high"));
    let _ = Update::<Event>::new().set(Event::IMPORTANCE, "high");
}
