//! Takes the place of `example` in a build without the feature `package`, because only crates have
//! examples.

use std::convert::Infallible;
use std::marker::PhantomData;

use crate::model::Model;
use crate::model::requests::{BuilderId, Operation};

/// There are no examples.
pub(crate) struct Examples<'a>(Infallible, PhantomData<&'a ()>);

impl Examples<'_> {
    pub(crate) fn of(_: &Model, _: &str) -> Option<Self> {
        None
    }

    pub(crate) fn operation(&self, _: BuilderId, _: &Operation) -> Option<String> {
        match self.0 {}
    }
}
