//! Lists of an option's values, separated by commas.

/// Implements a trait with `fn write(&self, list: &mut String)` for arrays, slices, vectors and tuples of what implements it.
macro_rules! lists {
    ($trait:ident) => {
        impl<T, S: $trait<T>, const N: usize> $trait<T> for [S; N] {
            fn write(&self, list: &mut String) {
                self.iter().for_each(|element| element.write(list));
            }
        }
        impl<T, S: $trait<T>> $trait<T> for &[S] {
            fn write(&self, list: &mut String) {
                self.iter().for_each(|element| element.write(list));
            }
        }
        impl<T, S: $trait<T>> $trait<T> for Vec<S> {
            fn write(&self, list: &mut String) {
                self.iter().for_each(|element| element.write(list));
            }
        }
        $crate::query::list::tuples!($trait: A B C D E F G H I J K L);
    };
}

macro_rules! tuples {
    ($trait:ident: $first:ident) => {};
    ($trait:ident: $first:ident $($rest:ident)+) => {
        impl<Z, $first: $trait<Z>, $($rest: $trait<Z>),+> $trait<Z> for ($first, $($rest),+) {
            fn write(&self, list: &mut String) {
                #[allow(non_snake_case, reason = "a variable for each type")]
                let ($first, $($rest),+) = self;
                $first.write(list);
                $($rest.write(list);)+
            }
        }
        $crate::query::list::tuples!($trait: $($rest)+);
    };
}

pub(super) use {lists, tuples};

/// Adds an element.
pub(super) fn push(list: &mut String, element: &str) {
    if !list.is_empty() {
        list.push(',');
    }
    list.push_str(element);
}
