//! The README's first build.rs, on the workspace's own pages.

fn main() -> Result<(), edmark::Error> {
    edmark::Config::new().docs("../../docs").compile()
}
