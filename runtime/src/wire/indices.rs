//! Sets of properties, by their indices.

/// The bits of a word.
const WORD: usize = u64::BITS as usize;

/// The words that need no allocation.
const FIRST: usize = 2;

/// A set of indices. The first 128, which suffice for nearly every type, need no allocation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Indices {
    first: [u64; FIRST],
    rest: Box<[u64]>,
}

impl Indices {
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.first == [0; FIRST] && self.rest.iter().all(|word| *word == 0)
    }

    /// The first index in the set from `from` on; `usize::MAX` if there is none. It is not an
    /// iterator, because chains of iterators make a lot of code.
    #[inline]
    pub(crate) fn next(&self, from: usize) -> usize {
        let (mut place, mut from_there) = (from / WORD, u64::MAX << (from % WORD));
        while let Some(word) = self.word(place) {
            let word = word & std::mem::replace(&mut from_there, u64::MAX);
            if word != 0 {
                return place * WORD + word.trailing_zeros() as usize;
            }
            place += 1;
        }
        usize::MAX
    }

    #[inline]
    fn word(&self, place: usize) -> Option<u64> {
        self.first.get(place).or_else(|| self.rest.get(place.wrapping_sub(FIRST))).copied()
    }

    #[inline]
    fn word_mut(&mut self, place: usize) -> Option<&mut u64> {
        self.first.get_mut(place).or_else(|| self.rest.get_mut(place.wrapping_sub(FIRST)))
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
        self.word(index / WORD).is_some_and(|word| word >> (index % WORD) & 1 == 1)
    }

    #[inline]
    pub(crate) fn insert(&mut self, index: usize) {
        match self.first.get_mut(index / WORD) {
            Some(word) => *word |= 1 << (index % WORD),
            None => self.insert_into_rest(index),
        }
    }

    #[cold]
    fn insert_into_rest(&mut self, index: usize) {
        let place = index / WORD - FIRST;
        if place >= self.rest.len() {
            let mut longer = std::mem::take(&mut self.rest).into_vec();
            longer.resize(place + 1, 0);
            self.rest = longer.into();
        }
        self.rest[place] |= 1 << (index % WORD);
    }

    /// Removes an index. Returns true if it was in the set.
    #[inline]
    pub(crate) fn remove(&mut self, index: usize) -> bool {
        let was = self.contains(index);
        if let Some(word) = self.word_mut(index / WORD) {
            *word &= !(1 << (index % WORD));
        }
        was
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
