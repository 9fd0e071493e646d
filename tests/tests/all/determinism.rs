//! The same pages give the same bytes, regardless of their order, the number of threads and the
//! features that edmark was built with.

use std::fs;
use std::path::Path;

use edmark_tests::{Run, fixtures_in, pages_below, workspace};

/// A small random number generator, so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

fn shuffle<T>(items: &mut [T], numbers: &mut Numbers) {
    for index in (1..items.len()).rev() {
        items.swap(index, numbers.below(index + 1));
    }
}

#[test]
fn the_order_of_pages_does_not_show() {
    let mut pages = pages_below(&workspace("docs"));
    let first = Run::of(pages.clone());
    let (files, problems) = (first.files(), first.problems());
    let mut numbers = Numbers(7);
    for _ in 0..3 {
        shuffle(&mut pages, &mut numbers);
        let other = Run::of(pages.clone());
        assert!(other.files() == files, "the code differs");
        assert_eq!(other.problems(), problems);
    }
}

#[test]
fn the_number_of_threads_does_not_show() {
    let pages = pages_below(&workspace("docs"));
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            let run = Run::of(pages.clone());
            (run.files(), run.problems())
        })
    };
    assert!(run(1) == run(8), "the code or the problems differ");
}

/// `build.rs` generates the code of the fixtures with the library alone: without the feature
/// `parallel`, and from pages in other folders.
#[test]
fn features_and_folders_do_not_show() {
    let folder = Path::new(env!("OUT_DIR"));
    for (name, pages) in fixtures_in("good").into_iter().chain(fixtures_in("broken")) {
        let lean = fs::read_to_string(folder.join(name.replace('-', "_") + ".rs")).expect("what build.rs wrote");
        assert!(lean == Run::of(pages).code(), "{name}: the code differs");
    }
}
