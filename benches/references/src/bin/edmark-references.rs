//! `edmark-references DOCS RUNTIME OUT`: writes the workspaces of all designs for the pages in a
//! folder.

use std::error::Error;
use std::path::PathBuf;

use edmark_references::{Design, write};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [docs, runtime, out] = arguments.as_slice() else { return Err("pass DOCS RUNTIME OUT".into()) };
    let analysis = edmark::Config::new().docs(docs).analyse()?;
    for design in Design::ALL {
        write(design, &analysis, runtime, &out.join(design.name()))?;
    }
    Ok(())
}
