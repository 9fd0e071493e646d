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

    /// The indices, in their order.
    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let rest = self.rest.iter().enumerate().flat_map(|(place, word)| {
            let start = Self::FIRST + place * Self::WORD;
            bits((*word).into()).map(move |bit| start + bit)
        });
        bits(self.first).chain(rest)
    }

    /// The first index from `from` on; `usize::MAX` when there is none.
    pub(crate) fn next(&self, from: usize) -> usize {
        let rest = self.first.checked_shr(u32::try_from(from).unwrap_or(u32::MAX)).unwrap_or_default();
        if rest != 0 {
            return from + rest.trailing_zeros() as usize;
        }
        if self.rest.is_empty() { usize::MAX } else { self.iter().find(|index| *index >= from).unwrap_or(usize::MAX) }
    }

    /// Keeps those of which `keep` says so.
    #[cold]
    pub(crate) fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        let drop: Vec<usize> = self.iter().filter(|index| !keep(*index)).collect();
        for index in drop {
            self.remove(index);
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

impl FromIterator<usize> for Indices {
    fn from_iter<I: IntoIterator<Item = usize>>(indices: I) -> Self {
        let mut set = Self::default();
        for index in indices {
            set.insert(index);
        }
        set
    }
}

/// The positions of the bits that are set.
#[inline]
fn bits(word: u128) -> impl Iterator<Item = usize> {
    let words = std::iter::successors(Some(word), |word| Some(word & word.wrapping_sub(1)));
    words.take_while(|word| *word != 0).map(|word| word.trailing_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::Indices;

    #[test]
    fn indices_come_back_in_order() {
        let mut indices = Indices::default();
        for index in [300, 0, 127, 128, 191, 192, 64] {
            indices.insert(index);
        }
        indices.remove(128);
        assert_eq!(indices.iter().collect::<Vec<_>>(), [0, 64, 127, 191, 192, 300]);
        for (from, next) in
            [(0, 0), (1, 64), (64, 64), (127, 127), (128, 191), (192, 192), (193, 300), (301, usize::MAX)]
        {
            assert_eq!(indices.next(from), next, "{from}");
        }
        indices.retain(|index| index > 64);
        assert_eq!(indices.iter().collect::<Vec<_>>(), [127, 191, 192, 300]);
    }
}
