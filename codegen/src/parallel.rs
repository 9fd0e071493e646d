//! A loop over many items, which uses all cores if the feature `parallel` is on. The order of the
//! results is always that of the items.

/// Applies `work` to each item.
#[cfg(feature = "parallel")]
pub(crate) fn map<T, R, F>(items: &[T], work: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Send + Sync,
{
    use rayon::prelude::*;

    items.par_iter().map(work).collect()
}

/// Applies `work` to each item.
#[cfg(not(feature = "parallel"))]
pub(crate) fn map<T, R, F>(items: &[T], work: F) -> Vec<R>
where
    F: Fn(&T) -> R,
{
    items.iter().map(work).collect()
}

/// Frees a value on another thread, or leaves that to the end of the process. Freeing a model of
/// thousands of types takes as long as resolving some of them, and nothing has to wait for it.
#[cfg(feature = "parallel")]
pub(crate) fn discard(value: impl Send + 'static) {
    rayon::spawn(move || drop(value));
}

/// Frees a value.
#[cfg(not(feature = "parallel"))]
pub(crate) fn discard(value: impl Send + 'static) {
    drop(value);
}
