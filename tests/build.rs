//! Generates code for every fixture, so that building these tests proves that it compiles, for
//! valid and for broken pages.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "growth/steps.rs"]
mod steps;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let mut index = String::new();
    for folder in ["good", "broken"] {
        let folder = Path::new("fixtures").join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut fixtures: Vec<PathBuf> =
            fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
        fixtures.sort();
        for fixture in fixtures {
            let name = fixture.file_stem().ok_or("no name")?.to_string_lossy().replace('-', "_");
            // A fixture is a folder of pages or one page; the generator takes folders.
            let docs = if fixture.is_dir() { fixture } else { alone(&fixture, &out.join("pages").join(&name))? };
            let generated = edmark::Config::new().docs(docs).generate()?;
            let (_, code) = generated.files.iter().next().ok_or("no code")?;
            fs::write(out.join(format!("{name}.rs")), code)?;
            writeln!(
                index,
                "/// Code of a fixture.\npub mod {name} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{name}.rs\")); }}"
            )?;
        }
    }
    fs::write(out.join("fixtures.rs"), index)?;
    growth(&out)
}

/// The code of a service after each step of its growth, with a caller that was written before it.
fn growth(out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=growth");
    let caller = Path::new(env!("CARGO_MANIFEST_DIR")).join("growth/caller.rs");
    let mut index = String::new();
    for step in &steps::STEPS {
        let rule = step.rule;
        let pages = out.join("growth").join(rule);
        for (path, text) in steps::after(step) {
            let path = pages.join(path);
            fs::create_dir_all(path.parent().ok_or("no folder")?)?;
            fs::write(path, text)?;
        }
        let generated = edmark::Config::new().docs(pages).generate()?;
        let (_, code) = generated.files.iter().next().ok_or("no code")?;
        fs::write(out.join(format!("growth_{rule}.rs")), code)?;
        writeln!(
            index,
            "/// A step.\npub mod {rule} {{\n    \
             /// The code after it.\n    \
             pub mod graph {{ include!(concat!(env!(\"OUT_DIR\"), \"/growth_{rule}.rs\")); }}\n    \
             /// Who called it before.\n    \
             #[allow(deprecated)]\n    \
             pub mod caller {{ include!({caller:?}); }}\n}}"
        )?;
    }
    fs::write(out.join("growth.rs"), index)?;
    Ok(())
}

fn alone(page: &Path, folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    fs::copy(page, folder.join(page.file_name().ok_or("no name")?))?;
    Ok(folder.to_owned())
}
