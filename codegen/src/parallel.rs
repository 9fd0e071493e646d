//! One loop over many items, on all cores where the feature `parallel` is on. The results stand in
//! the order of the items either way.

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
