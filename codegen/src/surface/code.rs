//! Generated code → its surface: public items are read by syn, whoever wrote them.
//!
//! What the compiler sees (names, fields, variants, signatures, the types of constants) stands in
//! the code itself. So does most of what goes over the wire: the table of names behind a struct,
//! the members of an enum, the segments that a request builder puts together. Descriptions and base
//! types do not; where the pages are at hand, [`Surface::of`] adds them.

mod items;
mod modules;
mod paths;
mod wire;

use self::modules::Tree;
use super::Surface;

/// Why code has no surface.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// A file is not Rust.
    #[error("{path}: not Rust: {message}; the compiler shows the place")]
    Syntax {
        /// The file, below the folder of the code.
        path: String,
        /// What syn says.
        message: String,
    },
    /// A file that a `mod` item names is missing.
    #[error("{from}: there is no file for `mod {module};`: neither {first} nor {second}")]
    Missing {
        /// The file with the item.
        from: String,
        /// The module.
        module: String,
        /// Where it could be.
        first: String,
        /// Where it could be as well.
        second: String,
    },
    /// There is neither a crate nor a folder of modules.
    #[error("no generated code: neither src/lib.rs, lib.rs nor mod.rs is there")]
    NoRoot,
}

/// The files that the code of a crate or of a folder of modules can begin with.
pub const ROOTS: [&str; 3] = ["src/lib.rs", "lib.rs", "mod.rs"];

/// Reads the files of generated code: a crate, a folder of modules, or the one file `root`.
///
/// `files` gives the text of a file by its path, with `/` between its parts.
///
/// # Errors
/// [`CodeError`] where a file is missing or is not Rust.
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
/// As [`read`].
pub fn read_from<'f>(root: &str, files: impl Fn(&str) -> Option<&'f str>) -> Result<Surface, CodeError> {
    let tree = Tree::read(root, &files)?;
    let mut types = items::types(&tree);
    types.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Surface { types })
}
