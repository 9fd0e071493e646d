//! A workspace for each design: the crate `models`, and `leaf`, a program that reads and writes 20
//! of its types.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use edmark::Analysis;
use edmark::emit::{self, Layout, RuntimeDependency};
use edmark::model::{Model, StructuredType};

use crate::Reference;

/// The number of types that the program uses.
const USED: usize = 20;

/// A design whose code is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// The code that edmark generates.
    Edmark,
    /// A design that it is compared to.
    Reference(Reference),
}

impl Design {
    /// All designs.
    pub const ALL: [Design; 4] = [
        Design::Edmark,
        Design::Reference(Reference::Derive),
        Design::Reference(Reference::Flatten),
        Design::Reference(Reference::Visitors),
    ];

    /// The name of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Design::Edmark => "edmark",
            Design::Reference(Reference::Derive) => "derive",
            Design::Reference(Reference::Compact) => "compact",
            Design::Reference(Reference::Flatten) => "flatten",
            Design::Reference(Reference::Visitors) => "visitors",
        }
    }
}

/// Writes a design's workspace to a folder. `runtime` is the folder of `edmark-runtime`.
///
/// # Errors
/// If something cannot be written.
pub fn write(design: Design, analysis: &Analysis, runtime: &Path, dir: &Path) -> io::Result<()> {
    let runtime = std::path::absolute(runtime)?.display().to_string();
    let models = dir.join("models");
    fs::create_dir_all(models.join("src"))?;
    fs::create_dir_all(dir.join("leaf/src"))?;
    fs::write(dir.join("Cargo.toml"), WORKSPACE)?;
    match design {
        Design::Edmark => {
            let layout = Layout::Crate {
                name: "models".to_owned(),
                license: None,
                runtime: RuntimeDependency::Path(runtime),
                tests: false,
            };
            let files = emit::emit(&analysis.model, &analysis.sources, &emit::Options { layout });
            files.write(&models).map_err(io::Error::other)?;
        }
        Design::Reference(reference) => {
            let features = if reference == Reference::Visitors { "" } else { ", features = [\"derive\"]" };
            fs::write(models.join("Cargo.toml"), package("models", features))?;
            fs::write(models.join("src/lib.rs"), reference.code(&analysis.model))?;
        }
    }
    fs::write(dir.join("leaf/Cargo.toml"), package("leaf", "") + "models = { path = \"../models\" }\n")?;
    fs::write(dir.join("leaf/src/main.rs"), leaf(&analysis.model))?;
    dependencies(dir)
}

/// Writes a crate with the dependencies of `models` and one with those of `leaf`, which are built
/// before the measurement. Two crates are needed, because the features of a dependency are those
/// that all packages of a build ask for.
fn dependencies(dir: &Path) -> io::Result<()> {
    for name in ["models", "leaf"] {
        let manifest = fs::read_to_string(dir.join(name).join("Cargo.toml"))?;
        let (_, dependencies) = manifest.split_once("[dependencies]\n").unwrap_or_default();
        let dependencies = dependencies.replace(
            "models = { path = \"../models\" }",
            "models-dependencies = { path = \"../models-dependencies\" }",
        );
        let name = format!("{name}-dependencies");
        fs::create_dir_all(dir.join(&name).join("src"))?;
        let package = format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
        fs::write(dir.join(&name).join("Cargo.toml"), format!("{package}\n[dependencies]\n{dependencies}"))?;
        fs::write(dir.join(&name).join("src/lib.rs"), "")?;
    }
    Ok(())
}

const WORKSPACE: &str = "[workspace]
resolver = \"3\"
members = [\"models\", \"leaf\", \"models-dependencies\", \"leaf-dependencies\"]

[profile.release]
strip = true
";

fn package(name: &str, features: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         serde = {{ version = \"1\"{features} }}\nserde_json = \"1\"\n"
    )
}

/// The program: it reads a document of each type from standard input, one on each line, and writes
/// them again.
fn leaf(model: &Model) -> String {
    let types: Vec<&StructuredType> = model.types.iter().filter(|ty| !ty.stands_for_any_json()).collect();
    let mut out = String::from(
        "use std::io::{self, BufRead as _, Write as _};

fn round<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&serde_json::from_str::<T>(text)?)
}

fn main() -> io::Result<()> {
    const TYPES: &[fn(&str) -> serde_json::Result<Vec<u8>>] = &[
",
    );
    for index in 0..USED.min(types.len()) {
        // The types are spread over the whole model.
        let ty = types[index * types.len() / USED.min(types.len())];
        let mut path = String::from("models");
        for module in &model.modules[ty.rust.module].path {
            let _ = write!(path, "::{module}");
        }
        let _ = writeln!(out, "        round::<{path}::{}>,", ty.rust.name);
    }
    out.push_str(
        "    ];
    for (text, round) in io::stdin().lock().lines().zip(TYPES) {
        io::stdout().write_all(&round(&text?)?)?;
    }
    Ok(())
}
",
    );
    out
}
