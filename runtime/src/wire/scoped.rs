//! Options of reading and writing that serde cannot pass on: they are set for the duration of a
//! call on the current thread.

use std::cell::Cell;
use std::thread::LocalKey;

/// An option that is set for the duration of a call.
pub(super) type Choice = LocalKey<Cell<bool>>;

/// Sets an option while `run` is executed, and restores the previous value, even after a panic.
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
