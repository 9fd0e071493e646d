//! What must not compile, and how the compiler says so.

#[test]
fn misuse_does_not_compile() {
    trybuild::TestCases::new().compile_fail("compile-fail/*.rs");
}
