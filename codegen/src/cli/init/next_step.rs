//! Instructions for the next steps, which depend on how the crate gets its code.

use std::path::{Path, PathBuf};

use super::{Arguments, out};

/// The part of the manifest that the crate needs, and the line that includes the code.
pub(super) fn describe(arguments: &Arguments) -> String {
    let runtime = dependency("runtime", "");
    let dependencies = format!(
        "    [dependencies]
    edmark-runtime = {runtime}
    serde = {{ version = \"1\", default-features = false, features = [\"std\"] }}
"
    );
    if arguments.crate_name.is_some() {
        return format!("\nNow `edmark generate` writes the crate to {}.\n", out(arguments));
    }
    if arguments.build_script {
        let edmark = dependency("codegen", ", default-features = false");
        return format!(
            "\nNow Cargo.toml needs\n\n{dependencies}
    [build-dependencies]
    edmark = {edmark}

and a module includes the code:

    mod sdk {{
        include!(concat!(env!(\"OUT_DIR\"), \"/sdk.rs\"));
    }}
"
        );
    }
    format!("\nNow `edmark generate` writes the code; add `mod sdk;` to the crate. Cargo.toml needs\n\n{dependencies}")
}

/// A dependency on one of the project's crates, with further settings. A command that was built in
/// a clone names the folder there, because the crates are not published yet.
fn dependency(folder: &str, settings: &str) -> String {
    match of_the_clone(folder) {
        Some(path) => format!("{{ path = {}{settings} }}", toml::Value::from(path.display().to_string())),
        None if settings.is_empty() => format!("{:?}", env!("CARGO_PKG_VERSION")),
        None => format!("{{ version = {:?}{settings} }}", env!("CARGO_PKG_VERSION")),
    }
}

/// A crate's folder in the clone that the command was built in. There is none if the command was
/// built from the package of a registry, or if the clone was removed.
pub(super) fn of_the_clone(folder: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let folder = root.join(folder);
    folder.join("Cargo.toml").is_file().then_some(folder)
}
