//! The API of the sample crate, kept as a snapshot that is reviewed like code.

use edmark::surface::{ItemKind, Surface};
use edmark::{Config, Error};
use edmark_tests::workspace;

#[test]
fn the_api_of_the_sample_crate() -> Result<(), Error> {
    insta::assert_snapshot!(edmark::snapshot(&Config::new().docs(workspace("docs")).analyse()?.model));
    Ok(())
}

/// The surface is computed, not read off the code: what it names is there, letter by letter.
#[test]
fn what_it_names_is_in_the_code() -> Result<(), Error> {
    let generated = Config::new().docs(workspace("docs")).generate()?;
    let code = generated.files.get("graph.rs").expect("a file");
    let lines: Vec<String> =
        code.lines().map(|line| line.trim().replace("super::", "").replace("graph::", "")).collect();
    let has = |line: String| assert!(lines.contains(&line), "{line}");
    let surface = Surface::of(&generated.analysis.model);
    assert!(surface.types.len() > 100);
    for ty in &surface.types {
        let (module, name) = ty.path.rsplit_once("::").unwrap_or(("", &ty.path));
        let head = format!("pub {} {name}", ty.shape.keyword());
        let declares = |line: &String| line.strip_prefix(&head).is_some_and(|rest| rest.starts_with([' ', '(']));
        assert!(lines.iter().any(declares), "{head}");
        for item in &ty.items {
            // Paths in the code are relative to the module.
            let signature = match module {
                "" => item.signature.clone(),
                module => item.signature.replace(&format!("{module}::"), ""),
            };
            match item.kind {
                ItemKind::Property => {
                    has(format!("pub {}: {signature},", item.name));
                    // The parameters of an action have none.
                    let Some(constant) = &item.constant else { continue };
                    let head = format!("pub const {}: rt::Property<", constant.name);
                    assert!(lines.iter().any(|line| line.starts_with(&head)), "{head}");
                }
                ItemKind::Variant if signature.is_empty() => has(format!("{},", item.name)),
                ItemKind::Variant => has(format!("{}({signature}),", item.name)),
                ItemKind::Function => {
                    let returned = signature.split_once(" -> ").map_or("", |(_, returned)| returned);
                    let head = format!("pub fn {}(", item.name);
                    assert!(lines.iter().any(|line| line.starts_with(&head)), "{head}");
                    assert!(lines.iter().any(|line| line.ends_with(&format!("-> {returned} {{"))), "{returned}");
                }
            }
        }
    }
    Ok(())
}
