//! The location of the generated code, and the path from there to the runtime.

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::emit::{Layout, RuntimeDependency};
use crate::error::Error;

/// The layout of a configuration for the output folder `out`.
pub(super) fn layout(config: &Config, out: &Path) -> Result<Layout, Error> {
    let options = &config.options;
    match &options.crate_name {
        Some(name) => {
            let runtime = runtime(options.runtime_path.as_deref(), out)?;
            Ok(Layout::Crate {
                name: name.clone(),
                license: options.license.clone(),
                runtime,
                tests: options.with_tests,
            })
        }
        None if options.single_file => Ok(config.single_file()),
        None => Ok(Layout::Modules),
    }
}

fn runtime(folder: Option<&Path>, out: &Path) -> Result<RuntimeDependency, Error> {
    let Some(folder) = folder else {
        return Ok(RuntimeDependency::Version(env!("CARGO_PKG_VERSION").to_owned()));
    };
    if !folder.join("Cargo.toml").is_file() {
        return Err(Error::NoRuntime { path: folder.to_owned() });
    }
    let path = relative(&canonical(out), &canonical(folder));
    Ok(RuntimeDependency::Path(path.display().to_string().replace('\\', "/")))
}

/// The canonical path of a folder that may not exist yet.
fn canonical(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            // The parts are joined one by one, because joining an empty path would append a
            // separator.
            return real.components().chain(rest.components()).collect();
        }
    }
    path
}

/// The relative path from one folder to another if they share more than the root, so that a
/// generated crate and the runtime in the same repository can be moved together. Otherwise the
/// absolute path.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let common = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let common_names = from.components().take(common).filter(|part| matches!(part, std::path::Component::Normal(_)));
    if common_names.count() == 0 {
        return to.to_owned();
    }
    let up = from.components().skip(common).map(|_| std::path::Component::ParentDir);
    let path: PathBuf = up.chain(to.components().skip(common)).collect();
    if path.as_os_str().is_empty() { PathBuf::from(".") } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(from: &str, to: &str) -> String {
        relative(Path::new(from), Path::new(to)).display().to_string()
    }

    #[test]
    fn the_runtime_is_found_from_the_crate() {
        assert_eq!(way("/home/me/sdk/generated", "/home/me/sdk/runtime"), "../runtime");
        assert_eq!(way("/home/me/a/b/c", "/home/me/runtime"), "../../../runtime");
        assert_eq!(way("/home/me/a", "/home/me/a/runtime"), "runtime");
        assert_eq!(way("/tmp/out", "/home/me/runtime"), "/home/me/runtime");
    }
}
