//! The API of the sample crate, kept as a snapshot that is reviewed like code.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use edmark::surface::{Item, Shape, Surface, Type, code};
use edmark::{Config, Error};
use edmark_tests::workspace;

#[test]
fn the_api_of_the_sample_crate() -> Result<(), Error> {
    insta::assert_snapshot!(edmark::snapshot(&Config::new().docs(workspace("docs")).analyse()?));
    Ok(())
}

/// The surface of the committed crate, read without its pages, has the same names and types as that
/// of the pages.
#[test]
fn generated_code_has_the_same_api_without_its_pages() -> Result<(), Error> {
    let analysis = Config::new().docs(workspace("docs")).analyse()?;
    let of_pages = Surface::of(&analysis.model, &analysis.sources).expect("Rust");
    let files = files(&workspace("generated"));
    let of_code = code::read(|path| files.get(path).map(String::as_str)).expect("Rust");
    let paths = |surface: &Surface| surface.types.iter().map(|ty| ty.path.clone()).collect::<Vec<_>>();
    assert!(of_code.types.len() > 100);
    assert_eq!(paths(&of_code), paths(&of_pages));
    for (code, pages) in of_code.types.iter().zip(&of_pages.types) {
        assert_eq!(code.shape, pages.shape, "{}", code.path);
        let items = |ty: &Type| {
            let item = |item: &Item| (item.name.clone(), item.signature.clone(), item.constant.clone());
            ty.items.iter().map(item).collect::<Vec<_>>()
        };
        assert_eq!(items(code), items(pages), "{}", code.path);
        // The service's names can be read from the code, too.
        if code.shape == Shape::Struct || code.shape == Shape::Enum {
            let names = |ty: &Type| ty.items.iter().map(|item| item.wire.clone()).collect::<Vec<_>>();
            assert_eq!(names(code), names(pages), "{}", code.path);
        }
    }
    Ok(())
}

/// The files below a folder, with their relative paths.
fn files(folder: &Path) -> BTreeMap<String, String> {
    fn add(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = format!("{below}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() {
                add(&path, &format!("{name}/"), files);
            } else if name.ends_with(".rs") {
                files.insert(name, fs::read_to_string(&path).expect("a file"));
            }
        }
    }
    let mut files = BTreeMap::new();
    add(folder, "", &mut files);
    files
}
