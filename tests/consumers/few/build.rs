//! A few types of the sample pages, and the types they need.

fn main() -> Result<(), edmark::Error> {
    edmark::Config::new()
        .docs("../../../docs")
        .include(["message", "itemBody"])
        .derive("importance", "PartialOrd")
        .derive("importance", "std::cmp::Ord")
        .type_attribute("*", "#[derive(Debug, ::consumer_derives::Described)]")
        .type_attribute("*body", "/// Written by this crate.")
        .field_attribute("*.*", "#[described(field)]")
        .field_attribute("message.additional", "#[doc(hidden)]")
        .compile()
}
