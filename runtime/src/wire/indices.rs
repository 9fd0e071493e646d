//! Sets of properties, by their indices.

/// A set of indices; the first 128, which is nearly every type, without an allocation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Indices {
    first: u128,
    rest: Vec<u64>,
}

impl Indices {
    const FIRST: usize = u128::BITS as usize;
    const WORD: usize = u64::BITS as usize;

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.first == 0 && self.rest.iter().all(|word| *word == 0)
    }

    #[inline]
    pub(crate) fn contains(&self, index: usize) -> bool {
        match index.checked_sub(Self::FIRST) {
            None => self.first >> index & 1 == 1,
            Some(index) => self.rest.get(index / Self::WORD).is_some_and(|word| word >> (index % Self::WORD) & 1 == 1),
        }
    }

    #[inline]
    pub(crate) fn insert(&mut self, index: usize) {
        match index.checked_sub(Self::FIRST) {
            None => self.first |= 1 << index,
            Some(index) => {
                let word = index / Self::WORD;
                if word >= self.rest.len() {
                    self.rest.resize(word + 1, 0);
                }
                self.rest[word] |= 1 << (index % Self::WORD);
            }
        }
    }

    /// Says whether it was there.
    #[inline]
    pub(crate) fn remove(&mut self, index: usize) -> bool {
        match index.checked_sub(Self::FIRST) {
            None => {
                let was = self.first >> index & 1 == 1;
                self.first &= !(1 << index);
                was
            }
            Some(_) if !self.contains(index) => false,
            Some(index) => {
                self.rest[index / Self::WORD] &= !(1 << (index % Self::WORD));
                true
            }
        }
    }
}
