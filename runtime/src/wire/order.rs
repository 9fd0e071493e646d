//! The order in which a document's objects have their properties, learnt while reading it.
//!
//! A service writes all objects of a type alike, in an order of its own and without what was not selected. Which property follows which is noted
//! for the types that repeat, so that the next object's names are found with one comparison each instead of a search.

use crate::TypeInfo;

/// Types beyond these are searched.
const MOST: usize = 16;

/// What was learnt about the types of a document.
#[derive(Default)]
pub(super) struct Orders {
    known: Vec<Order>,
    /// How many lists the reader is in.
    lists: usize,
}

struct Order {
    info: &'static TypeInfo,
    /// The index of the property that came after the one before this place; at 0 the first of all.
    next: Box<[u16]>,
}

/// A type among those known.
#[derive(Clone, Copy)]
pub(super) struct Known(usize);

impl Known {
    /// A type that is not known, and will not be.
    const NONE: Self = Self(usize::MAX);
}

impl Orders {
    pub(super) fn enter_list(&mut self) {
        self.lists += 1;
    }

    pub(super) fn leave_list(&mut self) {
        self.lists -= 1;
    }

    /// Looks the type up; only what is in a list is worth learning.
    #[inline]
    pub(super) fn of(&mut self, info: &'static TypeInfo) -> Known {
        match self.known.iter().position(|order| std::ptr::eq(order.info, info)) {
            Some(place) => Known(place),
            None if self.lists > 0 => self.learn(info),
            None => Known::NONE,
        }
    }

    #[cold]
    fn learn(&mut self, info: &'static TypeInfo) -> Known {
        let Ok(count) = u16::try_from(info.properties().len()) else { return Known::NONE };
        if self.known.len() == MOST {
            return Known::NONE;
        }
        self.known.push(Order { info, next: (0..=count).collect() });
        Known(self.known.len() - 1)
    }

    /// The likely index of the name at `place`: 0 for the first, the index of the one before plus one for the others.
    #[inline]
    pub(super) fn guess(&self, known: Known, place: usize) -> usize {
        let learnt = self.known.get(known.0).and_then(|order| order.next.get(place));
        learnt.map_or(place, |index| usize::from(*index))
    }

    /// Notes what really was there.
    pub(super) fn correct(&mut self, known: Known, place: usize, index: usize) {
        if let Some(next) = self.known.get_mut(known.0).and_then(|order| order.next.get_mut(place)) {
            *next = u16::try_from(index).unwrap_or(*next);
        }
    }
}
