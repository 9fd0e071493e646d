//! The options are in edmark.toml.

fn main() -> Result<(), edmark::Error> {
    edmark::Config::from_file("edmark.toml")?.compile()
}
