//! A request that is not sent does nothing, and neither does a stream that nobody reads.
#![deny(unused_must_use)]

fn main() {
    let graph = graph_sample::requests::Graph::offline();
    graph.me().get();
    graph.me().get().select("id");
    graph.users().list().items();
}
