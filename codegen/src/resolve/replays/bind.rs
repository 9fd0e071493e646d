//! Makes the calls for the ways of an example's path through the request tree.

use crate::model::replays::{Call, Deviation, Taken};
use crate::model::requests::Parameter;
use crate::model::{ArgumentValue, Model, Part, Segment};
use crate::path_template::{self, Form, Token, written};
use crate::request_path::{Way, ways};
use crate::url::unquoted;

/// Returns the calls for a path, with any HTTP method.
pub(super) fn calls(model: &Model, tokens: &[Token]) -> Vec<Call> {
    let binding = Binding { keys_in_parentheses: model.service.has_keys_in_parentheses(), tokens };
    ways(model, tokens, &mut |_, _, _| {}).iter().filter_map(|way| binding.call(model, way)).collect()
}

struct Binding<'t> {
    keys_in_parentheses: bool,
    tokens: &'t [Token],
}

impl Binding<'_> {
    /// The call for a way; `None` if it cannot make this request.
    fn call(&self, model: &Model, way: &Way) -> Option<Call> {
        if way.taken().any(|taken| taken.form == Form::WithoutArguments) {
            return None;
        }
        let mut deviation = None;
        let mut steps = Vec::new();
        for step in &way.steps {
            let template = &model.requests.builder(step.from).steps[step.index];
            let arguments = values(&template.segment, &step.taken.values)?;
            deviation =
                deviation.or_else(|| self.deviation(&template.segment, &template.parameters, &arguments, &step.taken));
            steps.push(Taken { from: step.from, step: step.index, arguments });
        }
        let operation = way.operation(model);
        let mut arguments = Vec::new();
        for (segment, taken) in operation.path.iter().zip(&way.segments) {
            let parameters = operation.parameters.get(arguments.len()..).unwrap_or_default();
            let values = values(segment, &taken.values)?;
            deviation = deviation.or_else(|| self.deviation(segment, parameters, &values, taken));
            arguments.extend(values.into_iter().map(Some));
        }
        let (builder, operation) = (way.builder, way.operation);
        Some(Call { steps, builder, operation, arguments, query: Vec::new(), deviation })
    }

    /// The difference between a segment as the example has it, and as the call writes it.
    fn deviation(
        &self,
        segment: &Segment,
        parameters: &[Parameter],
        values: &[String],
        taken: &path_template::Taken,
    ) -> Option<Deviation> {
        let tokens = self.tokens.get(taken.tokens.clone())?;
        // The colon before the path of a file is written by the next step.
        let written = written(tokens);
        let written = written.strip_suffix(':').unwrap_or(&written);
        let (described, written) = match (segment, values, tokens) {
            // All that stands behind a colon is the path of a file.
            (Segment::ByPath { .. }, ..) => return None,
            (Segment::Key(_), [value], [Token::Segment(_)]) => (self.key(parameters, value), format!("/{written}")),
            (Segment::Key(_), [value], _) => (self.key(parameters, value), written.to_owned()),
            _ => (as_called(segment, values), written.to_owned()),
        };
        let plain = |text: &str| text.strip_suffix("()").unwrap_or(text).to_owned();
        (plain(&described) != plain(&written)).then_some(Deviation::Segment { described, written })
    }

    /// A key of one value in the form of the service: `/17`, `(17)`, `('O''Neil')`.
    fn key(&self, parameters: &[Parameter], value: &str) -> String {
        let is_quoted = parameters.first().is_none_or(|parameter| parameter.ty.is_quoted_in_urls());
        match (self.keys_in_parentheses, is_quoted) {
            (false, _) => format!("/{value}"),
            (true, false) => format!("({value})"),
            (true, true) => format!("('{}')", value.replace('\'', "''")),
        }
    }
}

/// The values of a segment's placeholders without quotes; `None` if one is missing, or its form is
/// not that of the template.
fn values(segment: &Segment, written: &[Option<String>]) -> Option<Vec<String>> {
    let written: Vec<&str> = written.iter().map(Option::as_deref).collect::<Option<_>>()?;
    let text = |value: &str| unquoted(value).unwrap_or_else(|| value.to_owned());
    let (Segment::Call { arguments, .. } | Segment::NamedKey { arguments, .. }) = segment else {
        let is_key = matches!(segment, Segment::Key(_));
        return Some(written.iter().map(|value| if is_key { text(value) } else { (*value).to_owned() }).collect());
    };
    let placeholders = arguments.iter().filter(|argument| !matches!(argument.value, ArgumentValue::Fixed(_)));
    let bound = placeholders.zip(written).map(|(argument, value)| match &argument.value {
        ArgumentValue::Placeholder { quoted: false, .. } => can_be_bare(value).then(|| value.to_owned()),
        ArgumentValue::EnumLiteral { type_name, .. } => {
            Some(value.strip_prefix(type_name.as_str()).and_then(unquoted).unwrap_or_else(|| text(value)))
        }
        ArgumentValue::Placeholder { quoted: true, .. } | ArgumentValue::Fixed(_) => Some(text(value)),
    });
    bound.collect()
}

/// Returns true if a value is allowed where the template has no quotes. A text in quotes, or a
/// placeholder that the example did not replace, is a mistake of the page, and no call makes such a
/// request.
fn can_be_bare(value: &str) -> bool {
    !value.starts_with('\'') && !value.contains(['<', '>'])
}

/// The segment as generated code writes it, before it is percent-encoded.
fn as_called(segment: &Segment, values: &[String]) -> String {
    let mut values = values.iter().map(String::as_str);
    let mut next = || values.next().unwrap_or_default();
    match segment {
        Segment::Literal(name) => name.clone(),
        Segment::Key(_) | Segment::ByPath { .. } => next().to_owned(),
        Segment::Mixed(parts) => parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.as_str(),
                Part::Placeholder(_) => next(),
            })
            .collect(),
        Segment::Call { arguments, .. } | Segment::NamedKey { arguments, .. } => {
            // The step before a key has written the name of the collection.
            let name = if let Segment::Call { name, .. } = segment { name } else { "" };
            let arguments: Vec<String> = arguments
                .iter()
                .map(|argument| {
                    let quote = |text: &str| format!("'{}'", text.replace('\'', "''"));
                    let value = match &argument.value {
                        ArgumentValue::Placeholder { quoted: true, .. } => quote(next()),
                        ArgumentValue::Placeholder { quoted: false, .. } => next().to_owned(),
                        ArgumentValue::EnumLiteral { type_name, .. } => format!("{type_name}{}", quote(next())),
                        ArgumentValue::Fixed(text) => text.clone(),
                    };
                    let equals = if argument.name.is_empty() { "" } else { "=" };
                    format!("{}{equals}{value}", argument.name)
                })
                .collect();
            format!("{name}({})", arguments.join(","))
        }
    }
}
