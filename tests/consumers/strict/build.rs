//! A crate with its own pages.

fn main() -> Result<(), edmark::Error> {
    edmark::Config::new().docs("docs").deny_warnings(true).compile()
}
