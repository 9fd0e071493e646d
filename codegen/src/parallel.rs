//! Loops over many items, and pairs of steps, which use all cores if the feature `parallel` is on.
//! The order of the results is always that of the items.

/// Applies `work` to each item.
#[cfg(feature = "parallel")]
pub(crate) fn map<T, R, F>(items: &[T], work: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Send + Sync,
{
    use rayon::prelude::*;

    // The threads are not started for nothing.
    if items.len() < 2 {
        return items.iter().map(work).collect();
    }
    items.par_iter().with_max_len(piece(items.len())).map(work).collect()
}

/// Applies `work` to each item.
#[cfg(not(feature = "parallel"))]
pub(crate) fn map<T, R, F>(items: &[T], work: F) -> Vec<R>
where
    F: Fn(&T) -> R,
{
    items.iter().map(work).collect()
}

/// So many items are looked at before a thread could be started.
const FEW: usize = 1000;

/// Applies work that takes microseconds, such as a question to the file system, to each item.
pub(crate) fn map_quickly<T, R, F>(items: &[T], work: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Send + Sync,
{
    if items.len() < FEW { items.iter().map(work).collect() } else { map(items, work) }
}

/// The same, while another thing is done. For few items, one thing is done after the other.
pub(crate) fn map_quickly_beside<T, R, F, O>(items: &[T], work: F, other: impl FnOnce() -> O + Send) -> (Vec<R>, O)
where
    T: Sync,
    R: Send,
    O: Send,
    F: Fn(&T) -> R + Send + Sync,
{
    if items.len() < FEW { (items.iter().map(work).collect(), other()) } else { both(|| map(items, work), other) }
}

/// Changes each item.
#[cfg(feature = "parallel")]
pub(crate) fn each<T, F>(items: &mut [T], work: F)
where
    T: Send,
    F: Fn(&mut T) + Send + Sync,
{
    use rayon::prelude::*;

    let piece = piece(items.len());
    items.par_iter_mut().with_max_len(piece).for_each(work);
}

/// So many of these items are one piece of work. A loop that begins while the other threads are
/// busy is otherwise cut into a few pieces, of which none is left when they become free.
#[cfg(feature = "parallel")]
fn piece(items: usize) -> usize {
    const PIECES: usize = 16;
    (items / PIECES).max(1)
}

/// Changes each item.
#[cfg(not(feature = "parallel"))]
pub(crate) fn each<T, F>(items: &mut [T], work: F)
where
    F: Fn(&mut T),
{
    items.iter_mut().for_each(work);
}

/// Does two things that do not depend on each other.
#[cfg(feature = "parallel")]
pub(crate) fn both<A, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B)
where
    A: Send,
    B: Send,
{
    rayon::join(one, other)
}

/// Does two things that do not depend on each other.
#[cfg(not(feature = "parallel"))]
pub(crate) fn both<A, B>(one: impl FnOnce() -> A, other: impl FnOnce() -> B) -> (A, B) {
    (one(), other())
}

/// Does work on one of the threads that loops are spread over. The steps between its loops then run
/// on a thread that is awake and has the memory at hand that the loops leave and need.
#[cfg(feature = "parallel")]
pub(crate) fn inside<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    both(work, || ()).0
}

/// Does work.
#[cfg(not(feature = "parallel"))]
pub(crate) fn inside<R>(work: impl FnOnce() -> R) -> R {
    work()
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
