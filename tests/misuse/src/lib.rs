//! A crate for the programs in `compile-fail`: it depends on what generated code needs, and on
//! nothing else, since trybuild compiles the dependencies of the crate that it stands in once more.
