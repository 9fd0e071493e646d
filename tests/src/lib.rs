//! Tests that cross the crates of the workspace; see `tests/`.
