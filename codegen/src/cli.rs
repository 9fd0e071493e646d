//! The `edmark` command, with one file for each subcommand.
//!
//! Results are written to standard output, everything else to standard error. The exit code is 0
//! for success, 1 if something was found (problems, stale code), and 2 if the command could not
//! run. If the reader closes the pipe, only the output ends.

mod baseline;
mod changed;
mod diff;
mod explain;
mod export;
mod generate;
mod git;
mod init;
mod input;
mod layout;
mod lint;
mod manual;
mod mend;
mod output;
mod progress;
mod repository;
mod selecting;
mod side;
mod target;
mod watch;

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::ConfigError;
use crate::error::Error;

/// Generates a typed Rust SDK from the reference pages of an OData service.
#[derive(Debug, Parser)]
#[command(name = "edmark", version, propagate_version = true, arg_required_else_help = true)]
struct Command {
    #[command(subcommand)]
    command: Subcommands,
    /// Colours in the output
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = clap::ColorChoice::Auto, display_order = 900)]
    color: clap::ColorChoice,
    /// Say nothing but results and what stops the command
    #[arg(short, long, global = true, display_order = 901)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Subcommands {
    Init(init::Arguments),
    Generate(generate::Arguments),
    Watch(watch::Arguments),
    Lint(lint::Arguments),
    Export(export::Arguments),
    Diff(diff::Arguments),
    Explain(explain::Arguments),
    Completions(manual::Completions),
    Man(manual::Man),
}

/// The result of a command that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Good,
    Found,
}

/// The reason why a command could not run.
#[derive(Debug, thiserror::Error)]
enum Stop {
    #[error(transparent)]
    Run(#[from] Error),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("cannot watch the pages: {0}")]
    Watch(#[from] notify::Error),
    #[error(transparent)]
    Side(#[from] side::SideError),
    #[error("cannot write to standard output: {0}")]
    Output(io::Error),
    #[error("{0}")]
    Usage(String),
}

/// Runs the command with the arguments of the process.
pub fn run() -> ExitCode {
    let command = Command::parse();
    match command.color {
        clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
        clap::ColorChoice::Always => anstream::ColorChoice::Always,
        clap::ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    if command.quiet {
        output::be_quiet();
    }
    let result = match command.command {
        Subcommands::Init(arguments) => init::run(&arguments),
        Subcommands::Generate(arguments) => generate::run(&arguments),
        Subcommands::Watch(arguments) => watch::run(&arguments),
        Subcommands::Lint(arguments) => lint::run(&arguments),
        Subcommands::Export(arguments) => export::run(&arguments),
        Subcommands::Diff(arguments) => diff::run(&arguments),
        Subcommands::Explain(arguments) => explain::run(&arguments),
        Subcommands::Completions(arguments) => arguments.run(),
        Subcommands::Man(arguments) => arguments.run(),
    };
    match result {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(stop) => {
            say(&stop);
            ExitCode::from(2)
        }
    }
}

/// Writes the reason to standard error.
fn say(stop: &dyn fmt::Display) {
    let style = anstyle::AnsiColor::BrightRed.on_default().bold();
    // If that fails too, only the exit code is left.
    let _ = writeln!(anstream::stderr(), "{style}error{style:#}: {stop}");
}
