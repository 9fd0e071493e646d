//! `edmark init`: the first files of a crate.

mod next_step;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{Outcome, Stop, output};
use crate::config::is_crate_name;

/// Write an edmark.toml, and the files around it, into a new or an existing crate
///
/// Files that are there already are left as they are. Afterwards `edmark generate` writes the code,
/// or, with --build-script, `cargo build`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder to write to
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// A folder of pages (*.md), may be given several times; `docs`, where nothing is said
    #[arg(long, value_name = "DIR")]
    docs: Vec<String>,
    /// The service's own metadata, may be given several times
    #[arg(long, value_name = "FILE")]
    metadata: Vec<String>,
    /// Write a whole crate of this name, below `sdk`
    #[arg(long = "crate", value_name = "NAME", conflicts_with = "build_script")]
    crate_name: Option<String>,
    /// Make the code whenever the crate is built, by a build.rs; otherwise it is committed
    #[arg(long)]
    build_script: bool,
    /// Add a workflow for GitHub that checks pages and code
    #[arg(long)]
    workflow: bool,
}

/// A file to write: its path in the folder, and its text.
type File = (&'static str, String);

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Stop> {
    if let Some(name) = arguments.crate_name.as_ref().filter(|name| !is_crate_name(name)) {
        return Err(Stop::Usage(format!(
            "`{name}` cannot be the name of a crate: letters, digits, `-` and `_`, no keyword, none of the standard library's"
        )));
    }
    if arguments.folder.is_file() {
        return Err(Stop::Usage(format!("{} is a file, and a folder is needed", arguments.folder.display())));
    }
    let mut said = String::new();
    for (path, text) in files(arguments) {
        let full = arguments.folder.join(path);
        let done = match write_new(&full, &text) {
            Ok(true) => "written",
            Ok(false) => "is there already, and was left as it is",
            Err(error) => return Err(Stop::Usage(format!("cannot write {}: {error}", full.display()))),
        };
        said += &format!("{}: {done}\n", full.display());
    }
    said += &next_step::describe(arguments);
    output::results(|out| out.write_all(said.as_bytes()))?;
    Ok(Outcome::Good)
}

/// Writes a file if it does not exist. Returns false if it does.
fn write_new(path: &Path, text: &str) -> io::Result<bool> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::File::options().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

fn files(arguments: &Arguments) -> Vec<File> {
    let mut files = vec![("edmark.toml", configuration(arguments))];
    if arguments.build_script {
        files.push(("build.rs", BUILD_SCRIPT.to_owned()));
    } else {
        files.push((".gitattributes", format!("{}/** linguist-generated text eol=lf\n", out(arguments))));
    }
    if arguments.workflow {
        files.push((".github/workflows/edmark.yml", workflow(arguments)));
    }
    files
}

/// The output folder of committed code.
fn out(arguments: &Arguments) -> &'static str {
    if arguments.crate_name.is_some() { "sdk" } else { "src/sdk" }
}

fn configuration(arguments: &Arguments) -> String {
    let list = |items: &[String]| toml::Value::from(items.to_vec());
    let mut text = "# What edmark generates. Each option is described in its guide.\n\n".to_owned();
    let has_pages = !arguments.docs.is_empty() || arguments.metadata.is_empty();
    let docs = if arguments.docs.is_empty() { vec!["docs".to_owned()] } else { arguments.docs.clone() };
    let metadata =
        if arguments.metadata.is_empty() { vec!["metadata.xml".to_owned()] } else { arguments.metadata.clone() };
    let unless = |wanted: bool| if wanted { "" } else { "# " };
    text +=
        &format!("# Folders of reference pages, relative to this file.\n{}docs = {}\n", unless(has_pages), list(&docs));
    text += &format!(
        "# The service's own metadata: what its `$metadata` shows, as CSDL XML or JSON.\n{}metadata = {}\n\n",
        unless(!arguments.metadata.is_empty()),
        list(&metadata)
    );
    if !arguments.build_script {
        text += &format!("# The folder that is generated, and nothing else in it.\nout = \"{}\"\n", out(arguments));
        if let Some(name) = &arguments.crate_name {
            text += &format!("# It is a whole crate of this name.\ncrate = {}\n", toml::Value::from(name.as_str()));
            if let Some(folder) = next_step::of_the_clone("runtime") {
                text += "# edmark-runtime is not published yet: this is the clone that edmark was built in.\n";
                text += &format!("runtime-path = {}\n", toml::Value::from(folder.display().to_string()));
            }
            text += "# The license that its manifest names.\n# license = \"MIT OR Apache-2.0\"\n";
        }
        text += "\n";
    } else {
        text += "# The file that the build script makes.\nfile-name = \"sdk.rs\"\n\n";
    }
    text += OPTIONS;
    text
}

/// Further options, commented out. Each line is valid when its comment sign is removed.
const OPTIONS: &str = r##"# Only these types and operations, and what they need: names, or patterns such as "mail*".
# include = ["user", "event-get"]
# exclude = ["example.reports"]
# Types only, no request builders.
# requests = false
# Stop where the sources have warnings.
# deny = "warnings"

# Traits to derive, and attributes, on the types and fields that a name or a pattern fits.
# derives."example.zoo.*" = ["Eq"]
# type-attributes."animal" = "#[must_use]"
# field-attributes."animal.name" = '#[doc(alias = "called")]'

# All that is this service's alone.
[service]
# The struct where requests begin.
# name = "Zoo"
# The namespace whose types are at the root of the code; by default the one that all others are
# below, or else the largest.
# namespace = "example.zoo"
# The address that every request begins with.
# root = "https://zoo.example/odata/v4"
# The form of keys: "parentheses" for /animals(7), "segments" for /animals/7.
# keys = "parentheses"

# Corrections of pages that are wrong.
# [types."example.zoo.animal"]
# base = "example.zoo.thing"
# name.type = "Edm.String"
"##;

const BUILD_SCRIPT: &str = r#"fn main() -> Result<(), edmark::Error> {
    edmark::Config::from_file("edmark.toml")?.compile()
}
"#;

fn workflow(arguments: &Arguments) -> String {
    // Code that is generated during the build is always up to date.
    let check = if arguments.build_script { "" } else { "      - run: edmark generate --check\n" };
    format!("{WORKFLOW}{check}")
}

const WORKFLOW: &str = "\
name: edmark
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      # Here, install edmark.
      - run: edmark lint --format github
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn arguments() -> Arguments {
        Arguments {
            folder: PathBuf::new(),
            docs: vec!["pages \"new\"".to_owned()],
            metadata: vec!["größe.xml".to_owned()],
            crate_name: Some("zoo".to_owned()),
            build_script: false,
            workflow: true,
        }
    }

    /// An option is a comment line followed by a line of TOML that is commented out.
    #[test]
    fn every_option_is_right_as_it_stands() {
        let text = configuration(&arguments());
        Config::from_text(Path::new("edmark.toml"), text.clone(), Path::new("")).expect("read as it is");
        let mut options = 0;
        let all: Vec<_> = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(option) if option.contains(" = ") || option.starts_with('[') => {
                    options += 1;
                    option
                }
                _ => line,
            })
            .collect();
        assert!(options > 8, "{text}");
        let config =
            Config::from_text(Path::new("edmark.toml"), all.join("\n"), Path::new("")).expect("with all options");
        assert_eq!(config.options.docs, [Path::new("pages \"new\"")]);
        assert_eq!(config.options.metadata, [Path::new("größe.xml")]);
    }
}
