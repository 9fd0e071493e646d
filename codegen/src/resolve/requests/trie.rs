//! Puts all path templates into one trie. The names of placeholders and the case of letters are
//! ignored.

use crate::model::{Argument, ArgumentValue, HttpMethod, Part, Segment};
use crate::ordered::{self, Map};
use crate::resolve::expansion::Described;
use crate::schema::operation::{REFERENCE_OF, Request, in_parentheses};

/// The edge of the reference to an item of a collection, `members/{id}/$ref`, whose segment is the
/// key.
pub(super) const REFERENCE_OF_ITEM: &str = "{key}/$ref";

/// The part of a segment that distinguishes it from its siblings. All texts are in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Edge {
    /// A literal, or a call without arguments.
    Name(String),
    /// A key.
    Key,
    /// A key with the names of its properties, sorted: `ships(callSign='{callSign}')`.
    NamedKey(Vec<String>),
    /// A call: its name, and the names of its arguments, sorted.
    Call(String, Vec<String>),
    /// `:/{path}`, which addresses an item by its path.
    ByPath,
    /// A segment of fixed texts; an empty text stands for a placeholder.
    Mixed(Vec<String>),
}

/// A node of a [`Trie`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NodeId(pub(super) usize);

/// A node in the tree of templates.
#[derive(Debug)]
pub(super) struct Node {
    /// The node before it; the root is its own parent.
    pub(super) parent: NodeId,
    pub(super) edge: Edge,
    /// Its spellings, and how often pages have each of them.
    pub(super) spellings: Map<Segment, usize>,
    pub(super) children: Map<Edge, NodeId>,
    /// The request lines that end here, in the order of the pages.
    pub(super) lines: Vec<Line>,
}

/// A request line of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Line {
    /// Index of the schema's operations.
    pub(super) operation: usize,
    /// Index of that operation's requests.
    pub(super) request: usize,
}

impl Line {
    pub(super) fn request<'o>(self, operations: &[Described<'o>]) -> &'o Request {
        &operations[self.operation].operation.requests[self.request]
    }
}

/// All templates. A node comes after its parent.
#[derive(Debug)]
pub(super) struct Trie {
    pub(super) nodes: Vec<Node>,
    keys_in_parentheses: bool,
}

impl Trie {
    /// Makes a trie of the templates of all pages. `is_set` returns true if a name in lower case
    /// can only be that of a collection. `keys_in_parentheses` is the service's form of keys.
    pub(super) fn new(operations: &[Described<'_>], is_set: impl Fn(&str) -> bool, keys_in_parentheses: bool) -> Self {
        let root = Node {
            parent: Trie::ROOT,
            edge: Edge::Name(String::new()),
            spellings: Map::default(),
            children: Map::default(),
            lines: Vec::new(),
        };
        // About as many nodes as lines: they are moved only once.
        let mut nodes = Vec::with_capacity(operations.iter().map(|page| page.requests.len()).sum::<usize>() + 1);
        nodes.push(root);
        let mut trie = Trie { nodes, keys_in_parentheses };
        let mut late: [Vec<Line>; 2] = [Vec::new(), Vec::new()];
        for (operation, page) in operations.iter().enumerate() {
            for (request, line) in page.requests.iter().enumerate() {
                let at = Line { operation, request };
                // The meaning of parentheses depends on the other templates with the same path.
                match line.path.iter().map(lateness).max().unwrap_or(0) {
                    0 => trie.insert(line, at, page.is_of_metadata(), &is_set),
                    lateness => late[lateness - 1].push(at),
                }
            }
        }
        for line in late.into_iter().flatten() {
            let is_declared = operations[line.operation].is_of_metadata();
            trie.insert(line.request(operations), line, is_declared, &is_set);
        }
        for node in &mut trie.nodes {
            ordered::sort_by(&mut node.lines, Ord::cmp);
        }
        trie
    }

    pub(super) const ROOT: NodeId = NodeId(0);

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// All nodes but the root, parents before children.
    pub(super) fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (1..self.nodes.len()).map(NodeId)
    }

    /// The segment as most pages write it. Of several spellings of a call, the one with the fewest
    /// fixed arguments is used.
    pub(super) fn segment(&self, id: NodeId) -> &Segment {
        static NOTHING: Segment = Segment::Literal(String::new());
        let best = self.node(id).spellings.iter().min_by_key(|(segment, count)| (fixed(segment), usize::MAX - **count));
        best.map_or(&NOTHING, |(segment, _)| segment)
    }

    /// The path to a node, as most pages write it. `key` writes a key of one value, with the slash
    /// before it or the parentheses around it.
    pub(super) fn path(&self, id: NodeId, key: impl Fn(NodeId, &str) -> String) -> String {
        let mut chain: Vec<NodeId> = std::iter::successors(Some(id), |id| Some(self.node(*id).parent))
            .take_while(|id| *id != Trie::ROOT)
            .collect();
        chain.reverse();
        let mut path = String::new();
        for id in chain {
            match (&self.node(id).edge, self.segment(id)) {
                (Edge::Key, Segment::Key(_)) | (Edge::NamedKey(_) | Edge::ByPath, _) => {}
                _ => path.push('/'),
            }
            path.push_str(&match self.segment(id) {
                Segment::Key(placeholder) if self.node(id).edge == Edge::Key => key(id, placeholder),
                Segment::NamedKey { arguments, .. } => in_parentheses(arguments),
                segment => segment.to_string(),
            });
        }
        path
    }

    /// The node at the end of a path of literals, keys and calls.
    pub(super) fn find(&self, path: &[Segment]) -> Option<NodeId> {
        path.iter().try_fold(Trie::ROOT, |at, segment| {
            let child = |at: NodeId, edge: &Edge| self.node(at).children.get(edge).copied();
            match segment {
                Segment::Literal(text) => child(at, &Edge::Name(text.to_ascii_lowercase())),
                Segment::Key(_) => child(at, &Edge::Key),
                Segment::Call { name, arguments } => child(at, &self.call(at, name, arguments)),
                Segment::NamedKey { collection, arguments } => {
                    let set = child(at, &Edge::Name(collection.to_ascii_lowercase()))?;
                    child(set, &Edge::NamedKey(names(arguments)))
                }
                Segment::ByPath { .. } | Segment::Mixed(_) => None,
            }
        })
    }

    fn insert(&mut self, request: &Request, line: Line, is_declared: bool, is_set: &impl Fn(&str) -> bool) {
        let at = match request.path.as_slice() {
            [path @ .., Segment::Literal(last)] if last == "$ref" => self.reference(path, request, is_declared, is_set),
            path => self.follow(path, is_declared, is_set),
        };
        self.nodes[at.0].lines.push(line);
    }

    /// The node of a reference, given the path before `$ref`. A reference belongs to the
    /// relationship: one that is set or removed is below the entity that has the navigation
    /// property, or below the collection. So it is not a request of the entity that it leads to,
    /// which other relationships lead to as well.
    fn reference(
        &mut self,
        path: &[Segment],
        request: &Request,
        is_declared: bool,
        is_set: &impl Fn(&str) -> bool,
    ) -> NodeId {
        let removes = request.method == HttpMethod::Delete && request.query.is_empty();
        if let [before @ .., Segment::Literal(property)] = path
            && !before.is_empty()
            && (removes || matches!(request.method, HttpMethod::Put | HttpMethod::Patch))
        {
            let owner = self.follow(before, is_declared, is_set);
            let reference = format!("{property}{REFERENCE_OF}");
            return self.step(owner, Edge::Name(reference.to_ascii_lowercase()), Segment::Literal(reference));
        }
        let at = self.follow(path, is_declared, is_set);
        match self.segment(at).clone() {
            key @ Segment::Key(_) if removes => {
                self.step(self.node(at).parent, Edge::Name(REFERENCE_OF_ITEM.to_owned()), key)
            }
            _ => self.step(at, Edge::Name("$ref".to_owned()), Segment::Literal("$ref".to_owned())),
        }
    }

    /// The node at the end of a path, which is added as far as it is missing.
    fn follow(&mut self, path: &[Segment], is_declared: bool, is_set: &impl Fn(&str) -> bool) -> NodeId {
        let mut at = Trie::ROOT;
        for segment in path {
            at = match segment {
                Segment::ByPath { anchor, parameter, closed } => {
                    let anchored = match anchor.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                        Some(key) => self.step(at, Edge::Key, Segment::Key(key.to_owned())),
                        None => self.literal(at, anchor),
                    };
                    let rest = Segment::ByPath { anchor: String::new(), parameter: parameter.clone(), closed: *closed };
                    self.step(anchored, Edge::ByPath, rest)
                }
                Segment::Call { name, arguments } if !is_declared && self.is_key(at, name, arguments, is_set) => {
                    match arguments.as_slice() {
                        [Argument { name: unnamed, value: ArgumentValue::Placeholder { name: key, .. } }]
                            if unnamed.is_empty() =>
                        {
                            let set = self.literal(at, name);
                            self.step(set, Edge::Key, Segment::Key(key.clone()))
                        }
                        _ => self.named_key(at, name, arguments),
                    }
                }
                Segment::NamedKey { collection, arguments } => self.named_key(at, collection, arguments),
                Segment::Call { name, arguments } => {
                    let edge = self.call(at, name, arguments);
                    self.step(at, edge, segment.clone())
                }
                Segment::Literal(text) => self.literal(at, text),
                Segment::Key(_) => self.step(at, Edge::Key, segment.clone()),
                Segment::Mixed(parts) => self.step(at, Edge::Mixed(texts(parts)), segment.clone()),
            };
        }
        at
    }

    fn literal(&mut self, from: NodeId, text: &str) -> NodeId {
        self.step(from, Edge::Name(text.to_ascii_lowercase()), Segment::Literal(text.to_owned()))
    }

    /// The node of an item by the names of its key's properties, behind that of the collection.
    fn named_key(&mut self, from: NodeId, collection: &str, arguments: &[Argument]) -> NodeId {
        let set = self.literal(from, collection);
        let segment = Segment::NamedKey { collection: collection.to_owned(), arguments: arguments.to_vec() };
        self.step(set, Edge::NamedKey(names(arguments)), segment)
    }

    fn step(&mut self, from: NodeId, edge: Edge, segment: Segment) -> NodeId {
        let id = match self.node(from).children.get(&edge) {
            Some(known) => *known,
            None => {
                let id = NodeId(self.nodes.len());
                self.nodes.push(Node {
                    parent: from,
                    edge: edge.clone(),
                    spellings: Map::default(),
                    children: Map::default(),
                    lines: Vec::new(),
                });
                self.nodes[from.0].children.get_or_insert_with(edge, || id);
                id
            }
        };
        *self.nodes[id.0].spellings.get_or_default(segment) += 1;
        id
    }

    /// Returns true if the parentheses on a page contain a key, because they follow the name of a
    /// collection. Metadata tells keys from calls.
    fn is_key(&self, at: NodeId, name: &str, arguments: &[Argument], is_set: &impl Fn(&str) -> bool) -> bool {
        let name = name.to_ascii_lowercase();
        let set = self.node(at).children.get(&Edge::Name(name.clone()));
        let has_key = |set: &NodeId| {
            let mut children = self.node(*set).children.keys();
            children.any(|edge| matches!(edge, Edge::Key | Edge::NamedKey(_)))
        };
        // The arguments of a function have names (OData URL Conventions 4.01, section 4.5.2).
        let is_alone = || self.keys_in_parentheses && matches!(arguments, [only] if only.name.is_empty());
        // A collection has requests without a key, too. If the service writes keys in parentheses,
        // a function is unlikely.
        let is_read = || self.keys_in_parentheses && set.is_some_and(|set| !self.node(*set).lines.is_empty());
        !arguments.is_empty() && (set.is_some_and(has_key) || is_set(&name) || is_alone() || is_read())
    }

    /// The edge of a call. A single argument without a name is the same as that of a sibling with a
    /// single argument.
    fn call(&self, at: NodeId, name: &str, arguments: &[Argument]) -> Edge {
        let name = name.to_ascii_lowercase();
        match arguments {
            [] => Edge::Name(name),
            [only] if only.name.is_empty() => {
                let siblings = self.node(at).children.keys();
                let known = siblings.into_iter().find(
                    |edge| matches!(edge, Edge::Call(sibling, arguments) if *sibling == name && arguments.len() == 1),
                );
                known.cloned().unwrap_or_else(|| Edge::Call(name, names(arguments)))
            }
            _ => Edge::Call(name, names(arguments)),
        }
    }
}

/// The order in which templates are inserted: the meaning of later ones depends on earlier ones
/// with the same path.
fn lateness(segment: &Segment) -> usize {
    match segment {
        Segment::Call { arguments, .. } if arguments.iter().any(|argument| argument.name.is_empty()) => 2,
        Segment::Call { arguments, .. } if !arguments.is_empty() => 1,
        _ => 0,
    }
}

fn names(arguments: &[Argument]) -> Vec<String> {
    let mut names: Vec<String> = arguments.iter().map(|argument| argument.name.to_ascii_lowercase()).collect();
    ordered::sort(&mut names);
    names
}

/// The fixed texts of a mixed segment, with an empty text for each placeholder.
fn texts(parts: &[Part]) -> Vec<String> {
    let text = |part: &Part| match part {
        Part::Text(text) => text.to_ascii_lowercase(),
        Part::Placeholder(_) => String::new(),
    };
    parts.iter().map(text).collect()
}

/// The number of arguments that a spelling fixes, or leaves without a name. Spellings with fewer
/// are preferred.
pub(super) fn fixed(segment: &Segment) -> usize {
    match segment {
        Segment::Call { arguments, .. } | Segment::NamedKey { arguments, .. } => {
            let is_fixed =
                |argument: &&Argument| argument.name.is_empty() || matches!(argument.value, ArgumentValue::Fixed(_));
            arguments.iter().filter(is_fixed).count()
        }
        _ => 0,
    }
}
