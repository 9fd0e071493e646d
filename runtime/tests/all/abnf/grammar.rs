//! Reads the committee's grammar (OData ABNF 4.01) and matches texts by its rules. It knows nothing
//! about OData itself, so it checks the runtime and the tests' own rules independently.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A grammar in ABNF (RFC 5234 and RFC 7405).
pub struct Grammar {
    names: HashMap<String, usize>,
    rules: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Rule(usize),
    Text { text: String, is_case_sensitive: bool },
    Range(u8, u8),
    All(Vec<Node>),
    One(Vec<Node>),
    Repeat { node: Box<Node>, least: usize, most: usize },
}

impl Grammar {
    /// The grammar beside the project, if it is available.
    #[expect(clippy::print_stderr, reason = "a test that is left out has to say so")]
    pub fn find() -> Option<Self> {
        let Ok(text) = std::fs::read_to_string("../../shared/odata-abnf/odata-abnf-construction-rules.txt") else {
            eprintln!("left out, as the committee's grammar is not beside the project");
            return None;
        };
        // This rule means to leave out `%27`, and leaves out `%7B` to `%7F` as well, so that the
        // grammar has no strings with braces.
        let slip = r#"pct-encoded-no-SQUOTE = "%" ( "0" / "1" /   "3" / "4" / "5" / "6" / "8""#;
        assert!(text.contains(slip), "the rule was mended");
        Some(Self::read(&text.replace(slip, &slip.replace(r#"/ "8"#, r#"/ "7" / "8"#))))
    }

    fn read(text: &str) -> Self {
        let mut definitions: Vec<(String, String)> = Vec::new();
        for line in text.lines().map(without_comment) {
            match line.split_once('=') {
                Some((name, rest)) if line.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    definitions.push((name.trim().to_owned(), rest.to_owned()));
                }
                _ if line.starts_with(' ') => {
                    if let Some((_, rest)) = definitions.last_mut() {
                        rest.push(' ');
                        rest.push_str(line);
                    }
                }
                _ => {}
            }
        }
        let names: HashMap<String, usize> =
            definitions.iter().enumerate().map(|(index, (name, _))| (name.clone(), index)).collect();
        let rules = definitions.iter().map(|(_, rest)| Parser { names: &names, rest }.alternatives()).collect();
        Self { names, rules }
    }

    /// Returns true if there is such a rule.
    pub fn has(&self, rule: &str) -> bool {
        self.names.contains_key(rule)
    }

    /// Returns true if a rule matches the whole text.
    pub fn matches(&self, rule: &str, text: &str) -> bool {
        let matching = Matching { grammar: self, text: text.as_bytes(), known: RefCell::default() };
        matching.rule(self.names[rule], 0).contains(&text.len())
    }
}

/// The line without its comment.
fn without_comment(line: &str) -> &str {
    let mut is_quoted = false;
    let end = line.find(|c| {
        is_quoted ^= c == '"';
        c == ';' && !is_quoted
    });
    &line[..end.unwrap_or(line.len())]
}

struct Parser<'a> {
    names: &'a HashMap<String, usize>,
    rest: &'a str,
}

impl Parser<'_> {
    fn skip(&mut self, mark: char) -> bool {
        self.rest = self.rest.trim_start();
        let found = self.rest.strip_prefix(mark);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn alternatives(&mut self) -> Node {
        let mut all = vec![self.sequence()];
        while self.skip('/') {
            all.push(self.sequence());
        }
        if all.len() == 1 { all.remove(0) } else { Node::One(all) }
    }

    fn sequence(&mut self) -> Node {
        let mut all = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || self.rest.starts_with(['/', ')', ']']) {
                return Node::All(all);
            }
            all.push(self.element());
        }
    }

    fn take(&mut self, is_part: impl Fn(char) -> bool) -> String {
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (part, rest) = self.rest.split_at(end);
        self.rest = rest;
        part.to_owned()
    }

    fn element(&mut self) -> Node {
        let least = self.take(|c| c.is_ascii_digit());
        if self.rest.starts_with('*') {
            self.rest = &self.rest[1..];
            let most = self.take(|c| c.is_ascii_digit());
            let (least, most) = (least.parse().unwrap_or(0), most.parse().unwrap_or(usize::MAX));
            return Node::Repeat { node: Box::new(self.element()), least, most };
        }
        if let Ok(count) = least.parse() {
            return Node::Repeat { node: Box::new(self.element()), least: count, most: count };
        }
        if self.skip('(') {
            let inner = self.alternatives();
            assert!(self.skip(')'), "{}", self.rest);
            return inner;
        }
        if self.skip('[') {
            let inner = self.alternatives();
            assert!(self.skip(']'), "{}", self.rest);
            return Node::Repeat { node: Box::new(inner), least: 0, most: 1 };
        }
        let is_case_sensitive = self.rest.starts_with("%s");
        if is_case_sensitive {
            self.rest = &self.rest[2..];
        }
        if let Some(rest) = self.rest.strip_prefix('"') {
            let (text, rest) = rest.split_once('"').expect("a closing quote");
            self.rest = rest;
            return Node::Text { text: text.to_owned(), is_case_sensitive };
        }
        if let Some(rest) = self.rest.strip_prefix("%x") {
            self.rest = rest;
            let byte = |text: &str| u8::from_str_radix(text, 16).expect("a byte");
            let first = byte(&self.take(|c| c.is_ascii_hexdigit()));
            let last = if self.skip('-') { byte(&self.take(|c| c.is_ascii_hexdigit())) } else { first };
            return Node::Range(first, last);
        }
        let name = self.take(|c| c.is_ascii_alphanumeric() || c == '-');
        Node::Rule(*self.names.get(&name).unwrap_or_else(|| panic!("no rule {name:?} before {:?}", self.rest)))
    }
}

/// Places in the text, in order.
type Ends = Rc<Vec<usize>>;

/// A text, with the places where each rule can end from each place on.
struct Matching<'g> {
    grammar: &'g Grammar,
    text: &'g [u8],
    known: RefCell<HashMap<(usize, usize), Ends>>,
}

impl Matching<'_> {
    fn rule(&self, rule: usize, at: usize) -> Ends {
        if let Some(known) = self.known.borrow().get(&(rule, at)) {
            return Rc::clone(known);
        }
        // A rule that begins with itself matches nothing.
        self.known.borrow_mut().insert((rule, at), Ends::default());
        let mut ends = Vec::new();
        self.add(&self.grammar.rules[rule], at, &mut ends);
        let ends = Rc::new(sorted(ends));
        self.known.borrow_mut().insert((rule, at), Rc::clone(&ends));
        ends
    }

    /// Adds the places where a node can end.
    fn add(&self, node: &Node, at: usize, ends: &mut Vec<usize>) {
        match node {
            Node::Rule(rule) => ends.extend(self.rule(*rule, at).iter()),
            Node::Text { text, is_case_sensitive } => {
                let found = self.text.get(at..at + text.len()).is_some_and(|found| match is_case_sensitive {
                    true => found == text.as_bytes(),
                    false => found.eq_ignore_ascii_case(text.as_bytes()),
                });
                ends.extend(found.then_some(at + text.len()));
            }
            Node::Range(first, last) => {
                let found = self.text.get(at).is_some_and(|byte| (first..=last).contains(&byte));
                ends.extend(found.then_some(at + 1));
            }
            Node::All(all) => {
                let mut now = vec![at];
                for node in all {
                    now = self.step(node, &now);
                    if now.is_empty() {
                        return;
                    }
                }
                ends.append(&mut now);
            }
            Node::One(all) => all.iter().for_each(|node| self.add(node, at, ends)),
            Node::Repeat { node, least, most } => {
                let mut now = vec![at];
                for _ in 0..*least {
                    now = self.step(node, &now);
                }
                let (mut all, mut count) = (now.clone(), *least);
                while count < *most && !now.is_empty() {
                    now = self.step(node, &now);
                    now.retain(|end| !all.contains(end));
                    all.extend(&now);
                    count += 1;
                }
                ends.append(&mut all);
            }
        }
    }

    fn step(&self, node: &Node, from: &[usize]) -> Vec<usize> {
        let mut ends = Vec::new();
        from.iter().for_each(|at| self.add(node, *at, &mut ends));
        sorted(ends)
    }
}

fn sorted(mut ends: Vec<usize>) -> Vec<usize> {
    ends.sort_unstable();
    ends.dedup();
    ends
}
