//! Reads the surface from generated code: syn parses the public items, regardless of the tool that
//! wrote them.
//!
//! Names, fields, variants, signatures and the types of constants are in the code itself. So are
//! most names of the service: the name table of a struct, the members of an enum, and the path
//! segments of a request builder. Descriptions and base types are not; [`Surface::of`] adds them if
//! the pages are available.

mod items;
mod modules;
mod paths;
mod wire;

use self::modules::Tree;
use super::Surface;

/// The reason why the surface of code cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// A file is not valid Rust.
    #[error("{path}: not Rust: {message}; the compiler shows the place")]
    Syntax {
        /// The path of the file below the folder of the code.
        path: String,
        /// The message of syn.
        message: String,
    },
    /// The file of a `mod` item is missing.
    #[error("{from}: there is no file for `mod {module};`: neither {first} nor {second}")]
    Missing {
        /// The file that contains the item.
        from: String,
        /// The name of the module.
        module: String,
        /// One possible path of the file.
        first: String,
        /// The other possible path of the file.
        second: String,
    },
    /// The folder contains neither a crate nor a folder of modules.
    #[error("no generated code: neither src/lib.rs, lib.rs nor mod.rs is there")]
    NoRoot,
}

/// The possible root files of a crate or of a folder of modules.
pub const ROOTS: [&str; 3] = ["src/lib.rs", "lib.rs", "mod.rs"];

/// Reads the files of generated code: a crate, a folder of modules, or the one file `root`.
///
/// `files` returns the text of a file, given its path with `/` as the separator.
///
/// # Errors
/// [`CodeError`] if a file is missing or is not valid Rust.
///
/// ```
/// use edmark::surface::code;
///
/// let text = "pub struct City { pub name: Option<String> }";
/// let surface = code::read(|path| (path == "lib.rs").then_some(text))?;
/// assert_eq!(surface.types[0].items[0].signature, "Option<String>");
/// # Ok::<_, code::CodeError>(())
/// ```
pub fn read<'f>(files: impl Fn(&str) -> Option<&'f str>) -> Result<Surface, CodeError> {
    let root = ROOTS.into_iter().find(|root| files(root).is_some());
    read_from(root.ok_or(CodeError::NoRoot)?, files)
}

/// Reads the code whose root is the file `root`.
///
/// # Errors
/// Those of [`read`].
pub fn read_from<'f>(root: &str, files: impl Fn(&str) -> Option<&'f str>) -> Result<Surface, CodeError> {
    let tree = Tree::read(root, &files)?;
    let mut types = items::types(&tree);
    types.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Surface { types })
}
