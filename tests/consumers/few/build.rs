//! A few types of the sample pages, and what they need.

fn main() -> Result<(), edmark::Error> {
    edmark::Config::new().docs("../../../docs").include(["message", "itemBody"]).compile()
}
