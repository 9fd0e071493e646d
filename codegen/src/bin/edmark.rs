//! The `edmark` command.

fn main() -> std::process::ExitCode {
    edmark::cli::run()
}
