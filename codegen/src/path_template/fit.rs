//! Matches a segment of a template against the tokens of a path.

use super::{Form, MayLack, Taken, Token};
use crate::schema::operation::{Argument, ArgumentValue, EACH, Part, REFERENCE_OF, Segment};
use crate::schema::simple_name;

/// The tokens, and what is known about the placeholders of the segment.
pub(crate) struct Fit<'a> {
    /// The placeholders that may be left out, counted from the first of the segment.
    pub(crate) may_lack: MayLack<'a>,
    pub(crate) tokens: &'a [Token],
    /// True behind a segment such as `root:`, where the path of a file stands.
    pub(crate) is_before_path: bool,
}

type Values = Vec<Option<String>>;

impl Fit<'_> {
    /// The tokens that a segment takes from a position on.
    pub(crate) fn of(&self, segment: &Segment, position: usize) -> Option<Taken> {
        let tokens = self.tokens.get(position..)?;
        let (count, values, form) = match segment {
            Segment::ByPath { .. } if self.is_before_path => exact(by_path(tokens)?),
            Segment::ByPath { anchor, .. } if !anchor.is_empty() => exact(self.anchored(anchor, tokens, position)?),
            Segment::ByPath { .. } => return None,
            _ if self.is_before_path => return None,
            Segment::Literal(name) if name == EACH => exact(each(tokens)?),
            Segment::Literal(name) => exact((self.literal(name, tokens, position)?, Vec::new())),
            Segment::Key(placeholder) => exact(self.key(placeholder, tokens, position)?),
            Segment::NamedKey { arguments, .. } => self.named_key(arguments, tokens)?,
            Segment::Call { name, arguments } => self.call(name, arguments, tokens)?,
            Segment::Mixed(parts) => exact((1, mixed(parts, tokens.first()?.segment()?)?)),
        };
        Some(Taken { tokens: position..position + count, values, form })
    }

    /// The text of a segment, without the colon before the path of a file.
    fn text<'t>(&self, tokens: &'t [Token], position: usize) -> Option<&'t str> {
        let text = tokens.first()?.segment()?;
        Some(if stands_before_path(self.tokens, position) { text.strip_suffix(':').unwrap_or(text) } else { text })
    }

    /// A segment with a colon, and the path of a file behind it: `root:/a/b.txt`.
    fn anchored(&self, anchor: &str, tokens: &[Token], position: usize) -> Option<(usize, Values)> {
        if !stands_before_path(self.tokens, position) {
            return None;
        }
        let (mut count, mut values) = match anchor.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(placeholder) => self.key(placeholder, tokens, position)?,
            None => (self.literal(anchor, tokens, position)?, Vec::new()),
        };
        let (more, path) = by_path(tokens.get(count..)?)?;
        count += more;
        values.extend(path);
        Some((count, values))
    }

    fn literal(&self, name: &str, tokens: &[Token], position: usize) -> Option<usize> {
        // A property and its reference.
        if let Some(property) = name.strip_suffix(REFERENCE_OF) {
            let [Token::Segment(text), Token::Segment(reference), ..] = tokens else { return None };
            return (means(property, text) && reference == "$ref").then_some(2);
        }
        let is_empty = tokens.get(1).and_then(Token::pairs).is_some_and(<[_]>::is_empty);
        let name = name.strip_suffix("()").unwrap_or(name);
        means(name, self.text(tokens, position)?).then_some(1 + usize::from(is_empty))
    }

    /// A key of one value, in a segment or in parentheses.
    fn key(&self, placeholder: &str, tokens: &[Token], position: usize) -> Option<(usize, Values)> {
        match tokens.first()? {
            Token::Parentheses { pairs, .. } => match pairs.as_slice() {
                [(name, value)] if is_of_key(name, placeholder) => Some((1, vec![Some(value.clone())])),
                _ => None,
            },
            Token::Segment(_) => {
                let text = self.text(tokens, position)?;
                (!text.starts_with('$')).then(|| (1, vec![Some(text.to_owned())]))
            }
        }
    }

    /// A key with the names of its properties, or its parts as segments in the order of the type's
    /// declaration (OData URL Conventions 4.01, 4.3.5).
    fn named_key(&self, arguments: &[Argument], tokens: &[Token]) -> Option<(usize, Values, Form)> {
        if let Some(pairs) = tokens.first()?.pairs() {
            let (values, form) = self.values(arguments, pairs)?;
            return Some((1, values, form));
        }
        let segments = tokens.get(..arguments.len()).filter(|segments| segments.len() > 1)?;
        let value =
            |token: &Token| token.segment().filter(|text| !text.starts_with('$')).map(|text| Some(text.to_owned()));
        Some(exact((arguments.len(), segments.iter().map(value).collect::<Option<_>>()?)))
    }

    fn call(&self, name: &str, arguments: &[Argument], tokens: &[Token]) -> Option<(usize, Values, Form)> {
        if !means(name, tokens.first()?.segment()?) {
            return None;
        }
        match tokens.get(1).and_then(Token::pairs) {
            Some(pairs) => {
                let (values, form) = self.values(arguments, pairs)?;
                Some((2, values, form))
            }
            None => {
                let values = arguments.iter().map(|argument| Some(format!("{{{}}}", argument.name)));
                let form = if arguments.is_empty() { Form::AsDescribed } else { Form::WithoutArguments };
                Some((1, values.collect(), form))
            }
        }
    }

    /// The values of a call's placeholders, if it has just these arguments, or these except some
    /// that can be left out.
    fn values(&self, arguments: &[Argument], pairs: &[(String, String)]) -> Option<(Values, Form)> {
        let mut values = Vec::new();
        let mut given = 0;
        let mut form = Form::AsDescribed;
        for (position, argument) in arguments.iter().enumerate() {
            let is_meant = |(name, _): &&(String, String)| name.eq_ignore_ascii_case(&argument.name);
            let without_name = || {
                let alone = pairs.first().filter(|_| pairs.len() == 1 && argument.name.is_empty());
                alone.or_else(|| pairs.get(position).filter(|(name, _)| name.is_empty()))
            };
            let Some((_, value)) = pairs.iter().find(is_meant).or_else(without_name) else {
                let is_fixed = matches!(argument.value, ArgumentValue::Fixed(_));
                if is_fixed || !(self.may_lack)(values.len()) {
                    return None;
                }
                values.push(None);
                continue;
            };
            given += 1;
            match &argument.value {
                ArgumentValue::Fixed(fixed) if fixed != value => form = Form::OtherValue,
                ArgumentValue::Fixed(_) => {}
                ArgumentValue::Placeholder { .. } | ArgumentValue::EnumLiteral { .. } => {
                    values.push(Some(value.clone()));
                }
            }
        }
        (given == pairs.len()).then_some((values, form))
    }
}

/// Returns true if the name of a key in parentheses, which can be left out, is that of a template's
/// key: `(ID=7)` for `{ID}`, `(id='a')` for `{user-id}`.
fn is_of_key(name: &str, placeholder: &str) -> bool {
    let squeezed = |text: &str| text.replace(|c: char| !c.is_alphanumeric(), "").to_lowercase();
    placeholder.split('|').any(|part| squeezed(part).ends_with(&squeezed(name)))
}

/// Returns true if the token at a position ends with a colon, and the path of a file follows.
pub(super) fn stands_before_path(tokens: &[Token], position: usize) -> bool {
    let text = tokens.get(position).and_then(Token::segment).filter(|_| position + 1 < tokens.len());
    text.is_some_and(|text| text.len() > 1 && text.ends_with(':'))
}

fn exact((tokens, values): (usize, Values)) -> (usize, Values, Form) {
    (tokens, values, Form::AsDescribed)
}

/// All members of a collection that match a filter.
fn each(tokens: &[Token]) -> Option<(usize, Values)> {
    match tokens {
        [Token::Segment(filter), Token::Parentheses { text, .. }, Token::Segment(each), ..]
            if filter == "$filter" && each == "$each" =>
        {
            Some((3, vec![Some(text.clone())]))
        }
        _ => None,
    }
}

/// The path of a file. It ends with the path of the URL, or with a colon.
fn by_path(tokens: &[Token]) -> Option<(usize, Values)> {
    let ends = |token: &Token| token.segment().is_some_and(|text| text.ends_with(':'));
    let end = tokens.iter().position(ends).map_or(tokens.len(), |end| end + 1);
    let path = super::written(&tokens[..end]);
    let path = path.strip_suffix(':').unwrap_or(&path);
    (!path.is_empty()).then(|| (end, vec![Some(path.to_owned())]))
}

/// The values of the placeholders in a segment that also has fixed text.
fn mixed(parts: &[Part], text: &str) -> Option<Values> {
    let mut rest = text;
    let mut values = Vec::new();
    for (position, part) in parts.iter().enumerate() {
        match part {
            Part::Text(fixed) => rest = rest.strip_prefix(fixed.as_str())?,
            Part::Placeholder(_) => {
                let end = match parts.get(position + 1) {
                    Some(Part::Text(next)) => rest.find(next.as_str())?,
                    _ => rest.len(),
                };
                values.push(Some(rest[..end].to_owned()));
                rest = &rest[end..];
            }
        }
    }
    rest.is_empty().then_some(values)
}

/// Returns true if the name of an operation, a type or a property in a URL means `name`: upper and
/// lower case are the same, and the namespace or its alias is optional.
fn means(name: &str, text: &str) -> bool {
    let simple = |name: &str| simple_name(name).to_ascii_lowercase();
    name.eq_ignore_ascii_case(text) || (name.contains('.') || text.contains('.')) && simple(name) == simple(text)
}
