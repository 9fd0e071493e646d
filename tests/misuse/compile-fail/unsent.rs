//! A request that is not sent does nothing.
#![deny(unused_must_use)]

use graph_sample::Graph;

fn main() {
    let user = Graph::offline().users().id("ada");
    user.delete();
}
