//! The `edmark` command.

/// A run makes millions of short strings: a fifth of its time goes to the system's allocator. The
/// library leaves the choice to the program that it is part of.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    edmark::cli::run()
}
