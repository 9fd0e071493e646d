//! Pages of its own.

fn main() -> Result<(), edmark::Error> {
    edmark::Config::new().docs("docs").deny_warnings(true).compile()
}
