//! The README's first use of a generated type does what it says.

#[test]
fn the_readme_is_right() {
    edmark_consumer::first_use().expect("JSON of the type");
}
