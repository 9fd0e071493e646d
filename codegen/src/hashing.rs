//! Hash maps and sets.
//!
//! Nearly all keys are short names, and a run asks for half a million of them. The hash function of
//! std, SipHash, takes several times as long for these as foldhash. Both have a secret of their own
//! in each process, so names on a page cannot be chosen so that they collide. But foldhash is
//! compiled into every function that uses a map, 3 % of the crate's code, so a build-dependency,
//! which runs less often than it is built, has the maps of std.

#[cfg(feature = "cli")]
use foldhash::fast::RandomState;
#[cfg(not(feature = "cli"))]
use std::hash::RandomState;

pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;
pub(crate) type HashSet<T> = std::collections::HashSet<T, RandomState>;
