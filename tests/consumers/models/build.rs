//! Types that other crates share.

fn main() -> Result<(), edmark::Error> {
    edmark::Config::new().docs("../../../docs").include(["outlookItem", "recipient", "attendee*", "itemBody"]).compile()
}
