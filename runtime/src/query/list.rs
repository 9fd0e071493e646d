//! Values of query options that are lists separated by commas.

/// Implements a trait with `fn write(&self, list: &mut Text)` for arrays, slices, vectors and
/// tuples of types that implement it.
macro_rules! lists {
    ($trait:ident) => {
        impl<T, S: $trait<T>, const N: usize> $trait<T> for [S; N] {
            fn write(&self, list: &mut Text) {
                self.iter().for_each(|element| element.write(list));
            }
        }
        impl<T, S: $trait<T>> $trait<T> for &[S] {
            fn write(&self, list: &mut Text) {
                self.iter().for_each(|element| element.write(list));
            }
        }
        impl<T, S: $trait<T>> $trait<T> for Vec<S> {
            fn write(&self, list: &mut Text) {
                self.iter().for_each(|element| element.write(list));
            }
        }
        $crate::query::list::tuples!($trait: A B C D E F G H I J K L M N O P Q R S U V W X Y);
    };
}

macro_rules! tuples {
    ($trait:ident: $first:ident) => {};
    ($trait:ident: $first:ident $($rest:ident)+) => {
        impl<Z, $first: $trait<Z>, $($rest: $trait<Z>),+> $trait<Z> for ($first, $($rest),+) {
            fn write(&self, list: &mut Text) {
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

use super::Text;

/// Adds an element.
pub(super) fn push(list: &mut Text, element: &str) {
    list.begin_element();
    list.push(element);
}
