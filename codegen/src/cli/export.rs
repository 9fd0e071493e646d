//! `edmark export`: the model as JSON, or its requests as text.

use std::path::PathBuf;

use super::input::Input;
use super::progress::Progress;
use super::side::SideError;
use super::{Outcome, Stop, output};
use crate::diagnostics::Severity;
use crate::error::Error;
use crate::export;
use crate::file_set;
use crate::pipeline::{self, Analysis};
use crate::surface::Surface;

/// Write what the pages describe as JSON or text
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::CsdlJson)]
    format: Format,
    /// The file to write to, not standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// The model, as OData CSDL JSON 4.01
    CsdlJson,
    /// All that the pages say, each fact with its place; the form may change
    Ir,
    /// The API of the generated code, for `edmark diff`
    Surface,
    /// The same as text to be committed and reviewed: a line for each type, property and function
    Api,
    /// Each request as the chain of calls that makes it, as text; the form may change
    Requests,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Stop> {
    let config = arguments.input.config()?;
    let progress = Progress::new();
    let analysis = pipeline::analyse(&config, &|stage| progress.stage(stage))?;
    progress.say("exporting".to_owned());
    let text = match arguments.format {
        Format::CsdlJson => format!("{:#}\n", export::csdl_json(&analysis.model)),
        Format::Ir => format!("{:#}\n", export::ir(&analysis.schema, &analysis.sources)),
        Format::Surface => format!("{:#}\n", surface(&analysis)?.to_json()),
        Format::Api => surface(&analysis)?.to_string(),
        Format::Requests => export::requests(&analysis.model),
    };
    drop(progress);
    output::problems(analysis.diagnostics.iter(), &analysis.sources, Severity::Error);
    match &arguments.output {
        Some(path) => file_set::replace(path, text.as_bytes()).map_err(Error::from)?,
        None => output::results(|out| out.write_all(text.as_bytes()))?,
    }
    Ok(Outcome::Good)
}

fn surface(analysis: &Analysis) -> Result<Surface, SideError> {
    Surface::of(&analysis.model, &analysis.sources).map_err(SideError::Code)
}
