//! Choices about reading and writing for which serde has no room: they stand beside the call, and
//! hold on its thread while it lasts.

use std::cell::Cell;
use std::thread::LocalKey;

/// A choice that is made for the length of a call.
pub(super) type Choice = LocalKey<Cell<bool>>;

/// Makes a choice while `run` lasts, and sets back what was, also where `run` panics.
pub(super) fn with<R>(choice: &'static Choice, run: impl FnOnce() -> R) -> R {
    struct Before(&'static Choice, bool);
    impl Drop for Before {
        fn drop(&mut self) {
            self.0.set(self.1);
        }
    }
    let _before = Before(choice, choice.replace(true));
    run()
}
