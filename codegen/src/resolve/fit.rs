//! Checks if the body of an example fits its type, by the same rules by which generated code reads
//! and writes it.
//!
//! Null fits every type, and members that no page describes always fit. String-like types accept
//! any text, because `edmark-runtime` keeps it, so a placeholder such as `datetime-value` is no
//! mistake. A 64-bit integer in quotes is read, but written without them.

use std::sync::OnceLock;

use super::names;
use crate::diagnostics::{Code, Diagnostic};
use crate::json::{Value, ValueKind};
use crate::model::{Envelope, Model, Primitive, Property, StructuredType, TypeId, ValueType};
use crate::ordered;
use crate::source::Span;
use crate::vocabulary::JsonForm;

/// The types of a model, with the properties that each declares, sorted by name.
pub(super) struct Checker<'m> {
    model: &'m Model,
    declared: Vec<OnceLock<Vec<&'m Property>>>,
}

/// The properties that a document shows: the row of each, the place of its value, and true if the
/// value is a list.
pub(super) type Shapes = Vec<(Span, Span, bool)>;

/// A place in an example that does not fit its type.
pub(super) struct Mismatch<'m> {
    /// The place.
    pub(super) span: Span,
    /// The property, and the type that declares it, or a parameter; `None` for the body as a whole.
    property: Option<(&'m Property, Option<&'m StructuredType>)>,
    expected: String,
    found: &'static str,
    /// True if a number only loses digits. This is no mistake of the page, but the number changes.
    pub(super) is_rounded: bool,
}

impl Mismatch<'_> {
    /// The mismatch in words, as a diagnostic.
    pub(super) fn report(&self) -> Diagnostic {
        let Mismatch { expected, found, .. } = self;
        let diagnostic = match self.property {
            Some((property, owner)) => {
                let owner = owner.map_or(String::new(), |owner| format!(" of `{}`", owner.name));
                let message = format!("the example has {found} for `{}`{owner}, which is {expected}", property.name);
                Diagnostic::new(Code::ExampleDisagrees, self.span, message)
                    .also(property.span, format!("{expected} by this row"))
            }
            None => Diagnostic::new(
                Code::ExampleDisagrees,
                self.span,
                format!("the example's body is {found}, and should be {expected}"),
            ),
        };
        diagnostic.label(*found).help("mend the example, or the page of the type")
    }

    /// The mismatch in words, for tests.
    pub(super) fn text(&self) -> String {
        match self.property {
            Some((property, _)) => format!("{} for `{}`, which is {}", self.found, property.name, self.expected),
            None => format!("{}, and should be {}", self.found, self.expected),
        }
    }
}

impl<'m> Checker<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Checker { model, declared: model.types.iter().map(|_| OnceLock::new()).collect() }
    }

    /// Returns all mismatches of a document, in order.
    pub(super) fn check(&self, document: &Value<'_>, ty: &ValueType, envelope: Envelope) -> Vec<Mismatch<'m>> {
        let mut walk = Walk { checker: self, property: None, found: Vec::new(), shapes: Vec::new() };
        match envelope {
            Envelope::None if document.kind == ValueKind::Null => walk.mismatch(document, "no null".to_owned()),
            Envelope::None => walk.item(document, ty),
            Envelope::Single | Envelope::Collection => walk.envelope(document, ty, envelope),
        }
        walk.found
    }

    /// Returns all mismatches of the value that an example sends for a parameter of an action.
    #[cfg(feature = "package")]
    pub(super) fn argument(&self, value: &Value<'_>, parameter: &'m Property) -> Vec<Mismatch<'m>> {
        let mut walk = Walk { checker: self, property: Some((parameter, None)), found: Vec::new(), shapes: Vec::new() };
        if value.kind != ValueKind::Null {
            walk.value(value, &parameter.ty.item, parameter.ty.collection);
        }
        walk.found
    }

    /// The properties that a document shows.
    pub(super) fn shapes(&self, document: &Value<'_>, ty: &ValueType, envelope: Envelope) -> Shapes {
        let mut walk = Walk { checker: self, property: None, found: Vec::new(), shapes: Vec::new() };
        match envelope {
            Envelope::None => walk.item(document, ty),
            Envelope::Single | Envelope::Collection => walk.envelope(document, ty, envelope),
        }
        walk.shapes
    }

    /// The number of a document's members that its type declares; for a collection, those of the
    /// first item.
    pub(super) fn known(&self, document: &Value<'_>, ty: &ValueType, envelope: Envelope) -> usize {
        let inner = match envelope {
            Envelope::None => Some(document),
            Envelope::Single | Envelope::Collection => document.get("value"),
        };
        let object = match inner.map(|value| &value.kind) {
            Some(ValueKind::Array(items)) => items.first(),
            _ => inner,
        };
        let (Some(object), ValueType::Structured(id)) = (object, ty) else { return 0 };
        let ValueKind::Object(members) = &object.kind else { return 0 };
        let id = self.actual(*id, object);
        let is_known = |name: &str| self.property(id, name.split('@').next().unwrap_or_default()).is_some();
        members.iter().filter(|(name, _)| is_known(&name.value)).count()
    }

    /// The property of a type or of its nearest base that declares one of this name.
    fn property(&self, id: TypeId, name: &str) -> Option<&'m Property> {
        self.model.ancestry(id).find_map(|id| {
            let declared = self.declared[id.0 as usize].get_or_init(|| {
                let mut declared: Vec<&Property> = self.model.structured(id).properties.iter().collect();
                ordered::sort_by(&mut declared, |one, other| one.name.cmp(&other.name));
                declared
            });
            let found = declared.binary_search_by(|property| property.name.as_str().cmp(name)).ok()?;
            Some(declared[found])
        })
    }

    /// The real type of an object with the declared type `declared`: the type of its tag, if that
    /// is derived from the declared one.
    fn actual(&self, declared: TypeId, value: &Value<'_>) -> TypeId {
        let Some(tag) = value.get("@odata.type").and_then(Value::as_str) else { return declared };
        let tag = names::of_tag(tag);
        let Some((namespace, simple)) = tag.rsplit_once('.') else { return declared };
        let name = |id: &TypeId| &self.model.structured(*id).name;
        let is_exact = |id: &&TypeId| name(id).name == simple && name(id).namespace == namespace;
        let is_same = |id: &&TypeId| {
            name(id).name.eq_ignore_ascii_case(simple) && name(id).namespace.eq_ignore_ascii_case(namespace)
        };
        if is_exact(&&declared) {
            return declared;
        }
        let mut candidates = self.model.descendants(declared);
        candidates.insert(0, declared);
        let found = candidates.iter().find(is_exact).or_else(|| candidates.iter().find(is_same));
        found.copied().unwrap_or(declared)
    }
}

struct Walk<'c, 'm> {
    checker: &'c Checker<'m>,
    property: Option<(&'m Property, Option<&'m StructuredType>)>,
    found: Vec<Mismatch<'m>>,
    shapes: Shapes,
}

impl Walk<'_, '_> {
    fn mismatch(&mut self, value: &Value<'_>, expected: String) {
        let found = describe(value);
        let is_rounded = matches!(value.kind, ValueKind::Number(_)) && expected == "`Edm.Single`";
        self.found.push(Mismatch { span: value.span, property: self.property, expected, found, is_rounded });
    }

    /// Checks `{"value": …}` with control information.
    fn envelope(&mut self, document: &Value<'_>, ty: &ValueType, envelope: Envelope) {
        let collection = envelope == Envelope::Collection;
        let ValueKind::Object(members) = &document.kind else {
            return self.mismatch(document, "an object with the member `value`".to_owned());
        };
        if collection && document.get("value").is_none() {
            self.mismatch(document, "a collection, with an array `value`".to_owned());
        }
        for (name, value) in members.iter().filter(|(_, value)| value.kind != ValueKind::Null) {
            match name.value.as_ref() {
                "value" => self.value(value, ty, collection),
                "@odata.count" if collection => self.primitive(value, Primitive::Int64),
                "@odata.nextLink" | "@odata.deltaLink" if collection => self.primitive(value, Primitive::String),
                _ => {}
            }
        }
    }

    /// Checks a value that is not null.
    fn value(&mut self, value: &Value<'_>, ty: &ValueType, collection: bool) {
        if !collection {
            return self.item(value, ty);
        }
        match &value.kind {
            ValueKind::Array(items) => {
                // If the collection contains a null, the runtime keeps it as received.
                for item in items.iter().take_while(|item| item.kind != ValueKind::Null) {
                    self.item(item, ty);
                }
            }
            _ => self.mismatch(value, "a collection".to_owned()),
        }
    }

    fn item(&mut self, value: &Value<'_>, ty: &ValueType) {
        match ty {
            ValueType::Primitive(primitive) => self.primitive(value, *primitive),
            ValueType::Structured(id) => self.structured(value, *id),
            ValueType::Enum(id) => {
                if !matches!(value.kind, ValueKind::String(_)) {
                    let name = &self.checker.model.enumeration(*id).name;
                    self.mismatch(value, format!("a member of `{name}`"));
                }
            }
            ValueType::Undocumented(_) => {}
        }
    }

    fn structured(&mut self, value: &Value<'_>, id: TypeId) {
        let checker = self.checker;
        let ty = checker.model.structured(id);
        if ty.stands_for_any_json() {
            return;
        }
        let ValueKind::Object(members) = &value.kind else {
            return self.mismatch(value, format!("`{}`", ty.name));
        };
        let id = if ty.derived.is_empty() { id } else { checker.actual(id, value) };
        let outer = self.property;
        for (name, value) in members.iter().filter(|(_, value)| value.kind != ValueKind::Null) {
            if let Some(property) = checker.property(id, &name.value) {
                self.property = Some((property, Some(checker.model.structured(id))));
                self.shapes.push((property.span, value.span, matches!(value.kind, ValueKind::Array(_))));
                self.value(value, &property.ty.item, property.ty.collection);
            }
        }
        self.property = outer;
    }

    fn primitive(&mut self, value: &Value<'_>, primitive: Primitive) {
        let fits = match (&value.kind, primitive) {
            (_, primitive) if primitive.json() == JsonForm::Any => true,
            (ValueKind::Bool(_), Primitive::Boolean) => true,
            (ValueKind::Number(text), _) => number_fits(text, primitive),
            (ValueKind::String(text), Primitive::Double | Primitive::Single) => {
                matches!(text.as_ref(), "NaN" | "INF" | "-INF")
            }
            (ValueKind::String(_), primitive) => primitive.is_text() || primitive == Primitive::Decimal,
            _ => false,
        };
        if !fits {
            self.mismatch(value, format!("`{}`", primitive.edm_name()));
        }
    }
}

fn number_fits(text: &str, primitive: Primitive) -> bool {
    let float = text.parse::<f64>().unwrap_or(f64::NAN);
    let whole = || {
        let exact = float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0;
        text.parse::<i128>().ok().or_else(|| exact.then_some(float as i128))
    };
    let within = |low: i128, high: i128| whole().is_some_and(|number| (low..=high).contains(&number));
    match primitive.json() {
        JsonForm::Integer { min, max } => within(min.into(), max.into()),
        // Beyond its precision, a single is another number after reading and writing.
        JsonForm::Fraction if primitive == Primitive::Single => (float as f32).to_string().parse() == Ok(float),
        JsonForm::Fraction => float.is_finite(),
        JsonForm::Any => true,
        JsonForm::Text | JsonForm::Boolean => false,
    }
}

fn describe(value: &Value<'_>) -> &'static str {
    match &value.kind {
        ValueKind::Null => "a null",
        ValueKind::Bool(_) => "a Boolean",
        ValueKind::Number(_) => "a number",
        ValueKind::String(_) | ValueKind::Word(_) => "a string",
        ValueKind::Array(_) => "an array",
        ValueKind::Object(_) => "an object",
    }
}
