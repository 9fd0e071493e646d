//! One side of a comparison: pages, generated code, or an exported surface, from a folder or a git
//! revision.

use std::collections::BTreeMap;
use std::path::Path;

use super::git::{self, GitError, Kind};
use super::selecting::Selecting;
use super::{Stop, output};
use crate::config::{Additions, Config};
use crate::diagnostics::Severity;
use crate::error::Error;
use crate::pipeline;
use crate::read::csdl;
use crate::resolve;
use crate::source::{self, SourceMap};
use crate::surface::{CodeError, Surface, SurfaceError, code};

/// The reason why a side could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum SideError {
    #[error(
        "`{0}` is no folder of pages or of generated code, no edmark.toml, no file of `edmark export --format surface`, and no `REVISION:PATH` of git"
    )]
    Unknown(String),
    #[error("`{revision}` is a git revision; name the folder or the file in it too: `{revision}:{path}`")]
    Revision { revision: String, path: String },
    #[error("cannot read {path}: {source}")]
    Read { path: String, source: std::io::Error },
    #[error(transparent)]
    Code(#[from] CodeError),
    #[error("{path}: {source}")]
    Surface { path: String, source: SurfaceError },
    #[error("{0}: not UTF-8")]
    NotUtf8(String),
    #[error("no pages (*.md) in {0}")]
    NoPages(String),
    #[error(transparent)]
    Git(#[from] GitError),
}

/// The options for reading both sides.
pub(super) struct Reading<'a> {
    /// The configuration for pages that have none of their own.
    pub(super) config: Config,
    pub(super) selecting: &'a Selecting,
}

impl Reading<'_> {
    /// The API that an argument of the command denotes. `other` is the argument for the other side.
    pub(super) fn surface(&self, name: &str, other: &str) -> Result<Surface, Stop> {
        let path = Path::new(name);
        if path.is_dir() {
            if is_code(|file| path.join(file).is_file()) {
                return of_code(&code_below(path)?);
            }
            let sources = source::load(&[path]).map_err(Error::from)?;
            return self.of_pages(sources, self.config.clone());
        }
        if path.is_file() {
            if is_configuration(name) {
                let config = Config::from_file(path)?;
                let inputs = source::Inputs {
                    docs: &config.options.docs,
                    metadata: &config.options.metadata,
                    references: csdl::references,
                };
                let sources = source::load_all(inputs).map_err(Error::from)?;
                return self.of_pages(sources, config);
            }
            let text = std::fs::read(path).map_err(|source| SideError::Read { path: name.to_owned(), source })?;
            return exported(name, text);
        }
        match name.split_once(':') {
            Some((revision, path)) if !revision.is_empty() => self.of_revision(revision, path),
            _ if git::is_revision(name) => {
                Err(SideError::Revision { revision: name.to_owned(), path: path_in_revision(other) }.into())
            }
            _ => Err(SideError::Unknown(name.to_owned()).into()),
        }
    }

    fn of_revision(&self, revision: &str, path: &str) -> Result<Surface, Stop> {
        let object = format!("{revision}:{path}");
        if git::kind(&object).map_err(SideError::from)? == Kind::Folder {
            let code = committed_code(&object)?;
            if is_code(|file| code.contains_key(file)) {
                return of_code(&code);
            }
            return self.of_pages(committed(&[object])?, self.config.clone());
        }
        let text = git::file(&object).map_err(SideError::from)?;
        if !is_configuration(path) {
            return exported(&object, text);
        }
        let text = utf8(&object, text)?;
        // Its paths are relative to its own folder in the same revision.
        let config = Config::from_text(Path::new(&object), text, Path::new(path).parent().unwrap_or(Path::new("")))?;
        let folders: Vec<String> =
            config.options.docs.iter().map(|folder| format!("{revision}:{}", below(path, folder))).collect();
        self.of_pages(committed(&folders)?, config)
    }

    fn of_pages(&self, mut sources: SourceMap, config: Config) -> Result<Surface, Stop> {
        let config = self.selecting.add_to(config);
        if let Some(file) = &config.file {
            sources.set_configuration(file.clone());
        }
        let (mut schema, mut diagnostics) = pipeline::read(&sources);
        let (declared, problems) = pipeline::read_metadata(&sources).map_err(Error::from)?;
        schema.append(declared);
        diagnostics.append(problems);
        let options = resolve::Options {
            corrections: config.corrections.clone(),
            service: config.options.service.clone(),
            // Attributes are not compared.
            additions: Additions::default(),
            skip_examples: true,
            skip_requests: config.options.no_requests,
        };
        let (model, problems) = pipeline::resolve(&schema, &sources, &options);
        diagnostics.append(problems);
        // After an error a type may be missing, and would be reported as removed.
        if diagnostics.iter().any(|problem| problem.severity() == Severity::Error) {
            output::problems(diagnostics.iter(), &sources, Severity::Error);
        }
        let model = pipeline::select(model, &sources, &config.options.selection).map_err(Error::from)?;
        Ok(Surface::of(&model, &sources).map_err(SideError::Code)?)
    }
}

/// The path of the other side as a revision names it, from the root of the repository; `docs` if it
/// has none.
fn path_in_revision(other: &str) -> String {
    match other.split_once(':') {
        Some((_, path)) if !path.is_empty() => path.to_owned(),
        None if Path::new(other).is_relative() && Path::new(other).exists() => {
            below("", &Path::new(&git::prefix().unwrap_or_default()).join(other))
        }
        _ => "docs".to_owned(),
    }
}

/// Returns true for a folder of generated code, which has one of these files; a folder of pages has
/// none.
fn is_code(has: impl Fn(&str) -> bool) -> bool {
    code::ROOTS.into_iter().any(has)
}

fn of_code(files: &BTreeMap<String, String>) -> Result<Surface, Stop> {
    Ok(code::read(|path| files.get(path).map(String::as_str)).map_err(SideError::Code)?)
}

/// The Rust files in a folder and below, with their relative paths.
fn code_below(folder: &Path) -> Result<BTreeMap<String, String>, SideError> {
    let mut files = BTreeMap::new();
    let mut open = vec![String::new()];
    while let Some(below) = open.pop() {
        let here = folder.join(&below);
        let failed = |source| SideError::Read { path: here.display().to_string(), source };
        for entry in std::fs::read_dir(&here).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            // A path that is not UTF-8 cannot be that of a module.
            let Ok(name) = entry.file_name().into_string() else { continue };
            // The folder of cargo's build output.
            let is_built = name == "target";
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            let is_folder = entry.file_type().map_err(failed)?.is_dir();
            if is_folder && !is_built {
                open.push(path);
            } else if !is_folder && path.ends_with(".rs") {
                let bytes = std::fs::read(entry.path()).map_err(failed)?;
                files.insert(path.clone(), utf8(&path, bytes)?);
            }
        }
    }
    Ok(files)
}

/// The Rust files in a folder of a revision.
fn committed_code(object: &str) -> Result<BTreeMap<String, String>, SideError> {
    let files = git::files(object, ".rs")?;
    files.into_iter().map(|(path, text)| Ok((path.clone(), utf8(&path, text)?))).collect()
}

fn is_configuration(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".toml")
}

fn exported(name: &str, text: Vec<u8>) -> Result<Surface, Stop> {
    let surface = Surface::from_json(&utf8(name, text)?);
    surface.map_err(|source| SideError::Surface { path: name.to_owned(), source }.into())
}

fn utf8(name: &str, text: Vec<u8>) -> Result<String, SideError> {
    String::from_utf8(text).map_err(|_| SideError::NotUtf8(name.to_owned()))
}

/// The pages in folders of a revision.
fn committed(folders: &[String]) -> Result<SourceMap, SideError> {
    let mut texts = Vec::new();
    for folder in folders {
        for (path, text) in git::files(folder, ".md")? {
            let path = format!("{}/{path}", folder.trim_end_matches(['/', ':']));
            match String::from_utf8(text) {
                Ok(text) => texts.push((path, text)),
                // Like in a folder on disk, only this page is not read.
                Err(_) => output::remark(&format_args!("{path}: not UTF-8; the page was not read")),
            }
        }
    }
    match texts.is_empty() {
        true => Err(SideError::NoPages(folders.join(", "))),
        false => Ok(SourceMap::from_texts(texts)),
    }
}

/// The path in the repository of a folder that the configuration at `path` names.
fn below(path: &str, folder: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in folder.components() {
        match part.as_os_str().to_string_lossy().as_ref() {
            "." => {}
            ".." if parts.last().is_some_and(|last| last != "..") => drop(parts.pop()),
            part => parts.push(part.to_owned()),
        }
    }
    let from_here = path.starts_with("./") || path.starts_with("../");
    let dot = if from_here && parts.first().is_none_or(|first| first != "..") { "./" } else { "" };
    format!("{dot}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_a_configuration_are_found_from_it() {
        for (path, folder, found) in [
            ("edmark.toml", "docs", "docs"),
            ("sdk/edmark.toml", "sdk/../docs/v1.0", "docs/v1.0"),
            ("./edmark.toml", "./docs", "./docs"),
            ("../edmark.toml", "../docs", "../docs"),
            ("sdk/edmark.toml", "sdk/.", "sdk"),
        ] {
            assert_eq!(below(path, Path::new(folder)), found);
        }
    }
}
