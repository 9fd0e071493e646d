//! A service that grows as OData allows it breaks no caller (OData Protocol 4.01, section 5.2): for
//! each kind of change, the caller in `growth/caller.rs` compiles, and `edmark diff` finds nothing
//! that breaks one.

use edmark::diff::{self, Grade};
use edmark::surface::Surface;
use edmark_tests::Run;

#[path = "../../growth/steps.rs"]
mod steps;

#[test]
fn growth_breaks_no_caller() {
    let surface = |step: &steps::Step| {
        let run = Run::of(steps::after(step));
        Surface::of(&run.model, &run.sources).expect("Rust")
    };
    let [before, after @ ..] = &steps::STEPS;
    let old = surface(before);
    for step in after {
        let changes = diff::compare(&old, &surface(step));
        let all: Vec<_> =
            changes.types.iter().flat_map(|ty| ty.changes.iter().map(move |change| (ty, change))).collect();
        assert!(!all.is_empty(), "{}: the step changes nothing", step.rule);
        for (ty, change) in all {
            assert_ne!(change.grade, Grade::Breaking, "{}: {} {:?} {:?}", step.rule, ty.path, change.item, change.what);
        }
    }
}
