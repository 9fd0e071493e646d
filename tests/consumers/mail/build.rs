//! Messages; types that are shared with other crates are those of the crate `consumer-models`.

fn main() -> Result<(), edmark::Error> {
    let shared = ["entity", "outlookItem", "recipient", "attendee*", "itemBody", "emailAddress"];
    let config = edmark::Config::new().docs("../../../docs").include(["message"]);
    shared.into_iter().fold(config, |config, name| config.extern_path(name, "::consumer_models::graph")).compile()
}
