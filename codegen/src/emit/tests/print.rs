//! Tests that what the printer prints is what it would print again: the layout of a file depends on
//! its tokens alone.

use super::{crate_options, emit, hostile, sample, sources};
use crate::emit::print::items;

#[test]
fn printed_files_come_back_as_they_are() {
    let mut count = 0;
    for model in [sample(), hostile::model()] {
        let files = emit(&model, &sources(), &crate_options());
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
            // Ordinary comments, such as the marker in the first line, are no tokens.
            let lines = text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("// "));
            let text: String = lines.collect();
            let printed = items(text.parse().expect("tokens"));
            assert_eq!(printed.trim_start(), text.trim_start(), "{path}");
            count += 1;
        }
    }
    assert!(count > 20, "{count} files");
}
