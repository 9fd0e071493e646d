//! Sets of properties, by their indices.

/// A set of indices. The first 128, which suffice for nearly every type, need no allocation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Indices {
    first: u128,
    rest: Box<[u64]>,
}

impl Indices {
    const FIRST: usize = u128::BITS as usize;
    const WORD: usize = u64::BITS as usize;

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.first == 0 && self.rest.iter().all(|word| *word == 0)
    }

    /// The first index in the set from `from` on; `usize::MAX` if there is none. It is not an
    /// iterator, because chains of iterators make a lot of code.
    #[inline]
    pub(crate) fn next(&self, from: usize) -> usize {
        let first = self.first.checked_shr(u32::try_from(from).unwrap_or(u32::MAX)).unwrap_or_default();
        if first != 0 {
            return from + first.trailing_zeros() as usize;
        }
        if self.rest.is_empty() { usize::MAX } else { self.next_of_rest(from.saturating_sub(Self::FIRST)) }
    }

    #[cold]
    fn next_of_rest(&self, from: usize) -> usize {
        let mut from_there = u64::MAX << (from % Self::WORD);
        for (place, word) in self.rest.iter().enumerate().skip(from / Self::WORD) {
            let word = word & std::mem::replace(&mut from_there, u64::MAX);
            if word != 0 {
                return Self::FIRST + place * Self::WORD + word.trailing_zeros() as usize;
            }
        }
        usize::MAX
    }

    /// Keeps the indices for which `keep` returns true.
    #[cold]
    pub(crate) fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        let mut index = self.next(0);
        while index != usize::MAX {
            if !keep(index) {
                self.remove(index);
            }
            index = self.next(index + 1);
        }
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
                    let mut longer = std::mem::take(&mut self.rest).into_vec();
                    longer.resize(word + 1, 0);
                    self.rest = longer.into();
                }
                self.rest[word] |= 1 << (index % Self::WORD);
            }
        }
    }

    /// Removes an index. Returns true if it was in the set.
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

impl FromIterator<usize> for Indices {
    fn from_iter<I: IntoIterator<Item = usize>>(indices: I) -> Self {
        let mut set = Self::default();
        for index in indices {
            set.insert(index);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::Indices;

    fn all(indices: &Indices) -> Vec<usize> {
        let from = |from| Some(indices.next(from)).filter(|index| *index != usize::MAX);
        std::iter::successors(from(0), |index| from(index + 1)).collect()
    }

    #[test]
    fn indices_come_back_in_order() {
        let mut indices = Indices::default();
        for index in [300, 0, 127, 128, 191, 192, 64] {
            indices.insert(index);
        }
        indices.remove(128);
        assert_eq!(all(&indices), [0, 64, 127, 191, 192, 300]);
        for (from, next) in
            [(0, 0), (1, 64), (64, 64), (127, 127), (128, 191), (192, 192), (193, 300), (301, usize::MAX)]
        {
            assert_eq!(indices.next(from), next, "{from}");
        }
        indices.retain(|index| index > 64);
        assert_eq!(all(&indices), [127, 191, 192, 300]);
    }
}
