//! Searches the request tree for paths that match a URL.

use super::properties::Place;
use super::{Token, Way, means, pairs};
use crate::model::requests::{BuilderId, Parameter, Presence};
use crate::model::{Argument, ArgumentValue, Model, Part, Segment};
use crate::schema::operation::{EACH, REFERENCE_OF};

/// The maximum number of steps that are tried.
const MOST: usize = 20_000;

/// A search through the request tree.
pub(super) struct Walk<'a> {
    model: &'a Model,
    tokens: &'a [Token],
    way: Way,
    tried: usize,
    /// All paths that match the whole URL, with any HTTP method. Those with the service's own form
    /// of keys come first.
    pub(super) found: Vec<Way>,
    /// The properties that the URL addresses, below the paths that match its beginning.
    pub(super) properties: Vec<Place>,
    /// The path that matches the most tokens, and the number of these.
    pub(super) deepest: Option<(usize, Way)>,
}

impl<'a> Walk<'a> {
    pub(super) fn through(model: &'a Model, tokens: &'a [Token]) -> Self {
        let mut walk = Walk {
            model,
            tokens,
            way: Way::default(),
            tried: 0,
            found: Vec::new(),
            properties: Vec::new(),
            deepest: None,
        };
        if !model.requests.builders.is_empty() {
            walk.from(BuilderId(0), 0);
        }
        walk.properties.sort_by_key(|place| std::cmp::Reverse(place.position));
        walk.found.sort_by_key(|way| way.steps.iter().map(|(_, _, values)| values.len()).sum::<usize>());
        walk
    }

    fn from(&mut self, at: BuilderId, position: usize) {
        self.tried += 1;
        if self.tried > MOST {
            return;
        }
        if self.deepest.as_ref().is_none_or(|(known, _)| *known < position) {
            self.deepest = Some((position, self.way.clone()));
        }
        let builder = self.model.requests.builder(at);
        self.properties.extend(Place::of(self.model, builder, &self.way, self.tokens, position));
        for (index, operation) in builder.operations.iter().enumerate() {
            let mut end = position;
            let mut values = Vec::new();
            let fits = operation.path.iter().all(|segment| {
                match taken(
                    segment,
                    false,
                    operation.parameters.get(values.len()..).unwrap_or_default(),
                    &self.tokens[end..],
                ) {
                    Some((tokens, mut found)) => {
                        end += tokens;
                        values.append(&mut found);
                        true
                    }
                    None => false,
                }
            });
            if fits && end == self.tokens.len() {
                let way = Way { builder: Some(at), operation: index, arguments: values, ..self.way.clone() };
                self.found.push(way);
            }
        }
        // Steps for keys with a name come before those that match any key.
        let (by_name, others): (Vec<_>, Vec<_>) = builder.steps.iter().enumerate().partition(|(_, step)| step.is_key);
        for (index, step) in by_name.into_iter().chain(others) {
            if let Some((tokens, values)) =
                taken(&step.segment, step.is_key, &step.parameters, &self.tokens[position..])
            {
                self.way.steps.push((at, index, values));
                self.from(step.target, position + tokens);
                self.way.steps.pop();
            }
        }
    }
}

/// How many tokens a segment of a template takes, and the values of its placeholders, which
/// `parameters` begins with. The value of one that is left out is empty.
fn taken(segment: &Segment, is_key: bool, parameters: &[Parameter], tokens: &[Token]) -> Option<(usize, Vec<String>)> {
    match segment {
        Segment::Literal(name) if name == EACH => match tokens {
            [Token::Segment(filter), Token::Parentheses(condition), Token::Segment(each), ..]
                if filter == "$filter" && each == "$each" =>
            {
                let text = |(name, value): &(String, String)| match name.as_str() {
                    "" => value.clone(),
                    name => format!("{name}={value}"),
                };
                Some((3, vec![condition.iter().map(text).collect::<Vec<_>>().join(",")]))
            }
            _ => None,
        },
        // A property and its reference.
        Segment::Literal(name) if name.ends_with(REFERENCE_OF) => {
            let property = name.strip_suffix(REFERENCE_OF)?;
            match tokens {
                [Token::Segment(text), Token::Segment(reference), ..]
                    if means(property, text) && reference == "$ref" =>
                {
                    Some((2, Vec::new()))
                }
                _ => None,
            }
        }
        Segment::Literal(name) => {
            let Token::Segment(text) = tokens.first()? else { return None };
            let is_empty = pairs(tokens.get(1)).is_some_and(<[_]>::is_empty);
            let bare = text.strip_suffix(':').unwrap_or(text);
            (means(name, text) || means(name, bare)).then(|| (1 + usize::from(is_empty), Vec::new()))
        }
        Segment::Key(placeholder) => match tokens.first()? {
            Token::Parentheses(pairs) => match pairs.as_slice() {
                [(name, value)] if is_of_key(name, placeholder) => Some((1, vec![value.clone()])),
                _ => None,
            },
            Token::Segment(text) => {
                // A path below the item begins behind a colon: `/items/7:/report.txt:/content`.
                let key = if tokens.len() > 1 { text.strip_suffix(':').unwrap_or(text) } else { text };
                (!key.starts_with('$')).then(|| (1, vec![key.to_owned()]))
            }
        },
        Segment::Call { arguments, .. } if is_key => match tokens.first()? {
            Token::Parentheses(pairs) => Some((1, values(arguments, parameters, pairs)?)),
            // The parts of the key as segments, in the order of the type's declaration (OData URL
            // Conventions 4.01, 4.3.5).
            Token::Segment(_) if arguments.len() > 1 => {
                let segments = tokens.get(..arguments.len())?;
                let value = |token: &Token| match token {
                    Token::Segment(text) if !text.starts_with('$') => Some(text.clone()),
                    _ => None,
                };
                Some((arguments.len(), segments.iter().map(value).collect::<Option<_>>()?))
            }
            Token::Segment(_) => None,
        },
        Segment::Call { name, arguments } => {
            let Token::Segment(text) = tokens.first()? else { return None };
            if !means(name, text) {
                return None;
            }
            match pairs(tokens.get(1)) {
                Some(pairs) => Some((2, values(arguments, parameters, pairs)?)),
                // Its arguments stand in the query (OData URL Conventions 4.01, 4.5.2), or nowhere
                // yet.
                None => Some((1, arguments.iter().map(|argument| format!("{{{}}}", argument.name)).collect())),
            }
        }
        Segment::Mixed(parts) => {
            let Token::Segment(text) = tokens.first()? else { return None };
            Some((1, mixed(parts, text)?))
        }
        Segment::ByPath { .. } => {
            let segments = tokens.iter().map_while(|token| match token {
                Token::Segment(text) => Some(text.as_str()),
                Token::Parentheses(_) => None,
            });
            let segments: Vec<&str> = segments.collect();
            let end = segments.iter().position(|text| text.ends_with(':')).map_or(segments.len(), |end| end + 1);
            let path = segments[..end].join("/");
            (end > 0).then(|| (end, vec![path.trim_end_matches(':').to_owned()]))
        }
    }
}

/// Returns true if the name of a key in parentheses, which can be left out, is that of a template's
/// key: `(ID=7)` for `{ID}`, `(id='a')` for `{user-id}`.
fn is_of_key(name: &str, placeholder: &str) -> bool {
    let squeezed = |text: &str| text.replace(|c: char| !c.is_alphanumeric(), "").to_lowercase();
    placeholder.split('|').any(|part| squeezed(part).ends_with(&squeezed(name)))
}

/// The values of a call's placeholders, where it has just these arguments, or these but for some
/// that can be left out.
fn values(arguments: &[Argument], parameters: &[Parameter], pairs: &[(String, String)]) -> Option<Vec<String>> {
    let mut values = Vec::new();
    let mut given = 0;
    for argument in arguments {
        let is_meant = |(name, _): &&(String, String)| name.eq_ignore_ascii_case(&argument.name);
        let alone =
            || pairs.first().filter(|(name, _)| pairs.len() == 1 && (name.is_empty() || argument.name.is_empty()));
        let Some((_, value)) = pairs.iter().find(is_meant).or_else(alone) else {
            let parameter = parameters.get(values.len()).filter(|_| !matches!(argument.value, ArgumentValue::Fixed(_)));
            parameter.filter(|parameter| parameter.presence == Presence::Optional)?;
            values.push(String::new());
            continue;
        };
        given += 1;
        match &argument.value {
            ArgumentValue::Fixed(fixed) if fixed != value => return None,
            ArgumentValue::Fixed(_) => {}
            ArgumentValue::Placeholder { .. } | ArgumentValue::EnumLiteral { .. } => values.push(value.clone()),
        }
    }
    (given == pairs.len()).then_some(values)
}

/// The values of the placeholders in a segment that also has fixed text.
fn mixed(parts: &[Part], text: &str) -> Option<Vec<String>> {
    let mut rest = text;
    let mut values = Vec::new();
    let mut open = false;
    for part in parts {
        match part {
            Part::Text(fixed) if open => {
                let (value, behind) = rest.split_once(fixed.as_str())?;
                values.push(value.to_owned());
                (rest, open) = (behind, false);
            }
            Part::Text(fixed) => rest = rest.strip_prefix(fixed.as_str())?,
            Part::Placeholder(_) => open = true,
        }
    }
    if open {
        values.push(rest.to_owned());
        rest = "";
    }
    rest.is_empty().then_some(values)
}
