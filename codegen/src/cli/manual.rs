//! `edmark completions` and `edmark man`: files for shells and for `man`, for those who package the
//! command.

use std::io;

use clap::CommandFactory as _;

use super::{Command, Outcome, Stop, output};

/// Write the completions of a shell: `edmark completions bash`
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    shell: clap_complete::Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<Outcome, Stop> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Command::command(), "edmark", &mut text);
        output::results(|out| out.write_all(&text))?;
        Ok(Outcome::Good)
    }
}

/// Write the manual page of the command, or of one of its subcommands: `edmark man generate`
#[derive(Debug, clap::Args)]
pub(super) struct Man {
    subcommand: Option<String>,
}

impl Man {
    pub(super) fn run(&self) -> Result<Outcome, Stop> {
        let mut all = Command::command();
        // `build` passes the name and the options of the command on to the subcommands.
        all.build();
        let of = match &self.subcommand {
            None => all,
            Some(name) => {
                let known =
                    all.find_subcommand(name).ok_or_else(|| Stop::Usage(format!("there is no command `{name}`")));
                known?.clone()
            }
        };
        let mut text = Vec::new();
        clap_mangen::Man::new(of).render(&mut text).map_err(Stop::Output)?;
        output::results(|out: &mut dyn io::Write| out.write_all(&text))?;
        Ok(Outcome::Good)
    }
}
