//! Finds the type of each property, and the properties that a type only inherits.
//!
//! Metadata states the types. On pages, the type in the table takes precedence over the JSON block.
//! The block decides if the table has no type or an unclear one, and if the table names an unknown
//! type while the block names a known one.

mod comparison;

use crate::hashing::{HashMap, HashSet};

use comparison::literal_differs;

use super::index::{Entry, Index, Meaning};
use super::inherited;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::evidence;
use crate::model::{EnumId, EnumType, Primitive, Property, PropertyType, TypeId, ValueType};
use crate::nearest::{hint, read_as};
use crate::parallel;
use crate::resolve::names::letters;
use crate::schema::{self, HasName, JsonItem, PropertySource, QualifiedName, TypeExpr, TypeItem, TypeRef, simple_name};
use crate::source::{At, FileId, Span};

/// The properties of all types, and the uses of each type.
pub(super) struct Settled {
    /// For each type, the properties that it declares itself.
    pub(super) properties: Vec<Vec<Property>>,
    /// For each type, how often it is used in tables of relationships and of properties.
    pub(super) uses: Vec<Uses>,
    /// The properties that types with a correction declare without it.
    pub(super) uncorrected: HashMap<TypeId, Vec<Property>>,
}

/// The uses of a type by the properties of other types.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Uses {
    pub(super) as_relationship: usize,
    pub(super) as_property: usize,
}

pub(super) fn settle(
    index: &Index<'_>,
    enums: &[EnumType],
    bases: &[Option<TypeId>],
    diagnostics: &mut Diagnostics,
) -> Settled {
    let resolver = Resolver { index, enums, bases, knows_added_enums: true };
    let ids: Vec<TypeId> = index.ids().collect();
    let mut settled = Settled {
        properties: Vec::with_capacity(ids.len()),
        uses: vec![Uses::default(); ids.len()],
        uncorrected: HashMap::default(),
    };
    let mut sources = Vec::with_capacity(ids.len());
    for of_type in parallel::map(&ids, |id| resolver.of_type(*id)) {
        for (source, target) in of_type.uses {
            let uses = &mut settled.uses[target.0 as usize];
            match source {
                PropertySource::Relationships => uses.as_relationship += 1,
                PropertySource::Properties => uses.as_property += 1,
                PropertySource::JsonBlock | PropertySource::DeclaredStructural | PropertySource::DeclaredNavigation => {
                }
            }
        }
        settled.properties.push(of_type.properties);
        sources.push(of_type.sources);
        diagnostics.append(of_type.problems);
    }
    inherited::leave_out(index, bases, &mut settled.properties, &sources, diagnostics);
    settled.uncorrected = uncorrected(&Resolver { knows_added_enums: false, ..resolver });
    settled
}

/// The properties that types with a correction declare without it.
fn uncorrected(resolver: &Resolver<'_, '_>) -> HashMap<TypeId, Vec<Property>> {
    let Resolver { index, bases, .. } = *resolver;
    let mut found = HashMap::default();
    for entry in index.uncorrected() {
        let Some(Meaning::Structured(id)) = index.named(&entry.name) else { continue };
        let mut properties = resolver.of_entry(entry, |_| false).properties;
        properties.retain(|property| {
            let mut above = std::iter::successors(bases[id.0 as usize], |id| bases[id.0 as usize]);
            let declares = |up: TypeId| {
                let name = &index.entry(up).name;
                let pages = index.uncorrected().iter().find(|entry| entry.name == *name);
                let described = &pages.unwrap_or_else(|| index.entry(up)).merged.properties;
                described.iter().any(|known| known.is_called(&property.name))
            };
            !above.any(declares)
        });
        found.insert(id, properties);
    }
    found
}

/// The properties of one type.
#[derive(Default)]
struct OfType {
    properties: Vec<Property>,
    /// The kind of place in which the page describes each of them.
    sources: Vec<PropertySource>,
    /// The structured types that they have, and where the page describes them.
    uses: Vec<(PropertySource, TypeId)>,
    problems: Diagnostics,
}

/// Returns true if a member of the JSON block is only a sample. An open type without rows of
/// properties shows samples in its JSON block. A name that is no identifier (OData CSDL 4.01, 15.2)
/// can only be a sample, if the type is open or no table describes it.
fn is_sample_key(entry: &Entry, property: &schema::DeclaredProperty) -> bool {
    if property.source != PropertySource::JsonBlock || property.name.value.starts_with('@') {
        return false;
    }
    let is_open = entry.merged.is_open.as_ref().is_some_and(|stated| stated.value);
    let has_rows = entry.merged.properties.iter().any(|property| property.source != PropertySource::JsonBlock);
    let is_identifier = !property.name.value.contains(['-', '.'])
        && !property.name.value.starts_with(|first: char| first.is_ascii_digit());
    is_open && !has_rows || !is_identifier && (is_open || !has_rows)
}

struct Resolver<'r, 'a> {
    index: &'r Index<'a>,
    enums: &'r [EnumType],
    bases: &'r [Option<TypeId>],
    /// True if a list of values may be an enum that only a correction describes.
    knows_added_enums: bool,
}

impl Resolver<'_, '_> {
    fn of_type(&self, id: TypeId) -> OfType {
        let Resolver { index, bases, .. } = *self;
        self.of_entry(index.entry(id), |property| {
            let chain = std::iter::successors(Some(id), |id| bases[id.0 as usize]);
            let names = chain.map(|up| &index.entry(up).name);
            // An excluded property of a base type must not come back through the page of a derived
            // type that repeats it.
            index.corrections.excludes_property(names, property)
        })
    }

    fn of_entry(&self, entry: &Entry<'_>, is_excluded: impl Fn(&str) -> bool) -> OfType {
        let mut found = OfType::default();
        for property in &entry.merged.properties {
            if is_excluded(&property.name.value) || is_sample_key(entry, property) {
                continue;
            }
            let ty = self.property_type(entry, property, &mut found.problems);
            if let ValueType::Structured(target) = ty.item
                && property.facts.inherited_from.is_none()
            {
                found.uses.push((property.source, target));
            }
            found.sources.push(property.source);
            found.properties.push(Property {
                name: property.name.value.clone(),
                ty,
                is_navigation: matches!(
                    property.source,
                    PropertySource::Relationships | PropertySource::DeclaredNavigation
                ),
                description: property.description.as_ref().map(Into::into),
                facts: property.facts.clone(),
                span: property.name.span,
                rust_field: String::new(),
                rust_const: String::new(),
            });
        }
        found
    }

    fn property_type(
        &self,
        entry: &Entry,
        property: &schema::DeclaredProperty,
        diagnostics: &mut Diagnostics,
    ) -> PropertyType {
        let namespace = &entry.name.namespace;
        let shown = property.json.as_ref().and_then(|shape| self.shown_type(&shape.value.item, namespace));
        let shown_collection = property.json.as_ref().is_some_and(|shape| shape.value.collection);
        let Some(stated) = &property.table_type else {
            let item = self.shown_alone(property, shown, namespace);
            return PropertyType { item, collection: shown_collection };
        };
        let mut collection = stated.value.collection;
        if let Some((literal, place)) = literal_for_string(property, stated) {
            diagnostics.push(literal_differs(&property.name.value, literal, stated.span, place));
            return PropertyType { item: ValueType::Primitive(literal), collection };
        }
        let item = match &stated.value.item {
            TypeItem::Unclear(text) => {
                diagnostics.push(unclear(&property.name.value, text, stated.span));
                collection |= shown_collection;
                shown.clone().unwrap_or(ValueType::Primitive(Primitive::Untyped))
            }
            TypeItem::Primitive(Primitive::String) if !property.source.is_declared() => {
                self.listed_enum(property, namespace).unwrap_or(ValueType::Primitive(Primitive::String))
            }
            TypeItem::Primitive(primitive) => ValueType::Primitive(*primitive),
            TypeItem::OneOf(several) => self.one_of(several, namespace),
            TypeItem::Named(mention) => {
                self.mentioned(mention, namespace, shown.as_ref(), &property.name.value, diagnostics)
            }
        };
        let is_corrected = stated.span.file == FileId::CONFIGURATION;
        if !collection && !is_corrected && property.source == PropertySource::Relationships && property.json.is_none() {
            collection = self.is_listed(entry, property, &item);
            if collection {
                diagnostics.push(collection_unsaid(&property.name.value, stated.span));
            }
        }
        if let Some(shape) = &property.json {
            self.compare(property, stated, &item, shape, shown.as_ref(), diagnostics);
        }
        PropertyType { item, collection }
    }

    /// The type of a property that only the JSON block has.
    fn shown_alone(&self, property: &schema::DeclaredProperty, shown: Option<ValueType>, namespace: &str) -> ValueType {
        // It is a string there, and an enum of the same name is described.
        let is_text = matches!(property.json.as_ref().map(|shape| &shape.value.item), Some(JsonItem::Text));
        let named = || self.index.named(&QualifiedName::new(namespace, &property.name.value));
        match is_text.then(named).flatten() {
            Some(Meaning::Enum(id)) => ValueType::Enum(id),
            _ => shown.unwrap_or(ValueType::Primitive(Primitive::Untyped)),
        }
    }

    /// The type that a row names. `shown` is that of the JSON block.
    fn mentioned(
        &self,
        mention: &TypeRef,
        namespace: &str,
        shown: Option<&ValueType>,
        property: &str,
        diagnostics: &mut Diagnostics,
    ) -> ValueType {
        if let Some(found) = self.named(mention, namespace) {
            return found;
        }
        if let Some(known @ (ValueType::Structured(_) | ValueType::Enum(_))) = shown {
            diagnostics.push(self.unknown(mention, property, "the JSON block's type is taken"));
            return known.clone();
        }
        if let Some(primitive) = self.misspelt(mention, shown) {
            diagnostics.push(misspelt(mention, property, primitive));
            return ValueType::Primitive(primitive);
        }
        if !is_any_json(&mention.name) && !self.index.is_left_out(mention, namespace) && !self.index.is_titled(mention)
        {
            diagnostics.push(self.unknown(mention, property, "it is read as untyped JSON"));
        }
        let name = self.index.name_of_mention(mention, namespace);
        match shown {
            // The block says the namespace as well.
            Some(ValueType::Undocumented(full))
                if full.name.eq_ignore_ascii_case(&name.name) && self.index.is_namespace(&full.namespace) =>
            {
                ValueType::Undocumented(full.clone())
            }
            _ => ValueType::Undocumented(name),
        }
    }

    /// The enum of a property that is stated as `String`. A closed list of values makes it an enum
    /// only if a page names the enum: either the JSON block does, or an enum with exactly these
    /// members is described whose name contains the property's (`status` and `operationStatus`).
    ///
    /// For v1.0 of July 2021, the second rule finds 24 properties, of which the service has an enum
    /// for 23. Lists that match no enum stay strings: of 69 such properties, the service has a
    /// string for 55.
    fn listed_enum(&self, property: &schema::DeclaredProperty, namespace: &str) -> Option<ValueType> {
        if let Some(JsonItem::Named(mention)) = property.json.as_ref().map(|shape| &shape.value.item)
            && let Some(found @ ValueType::Enum(_)) = self.named(mention, namespace)
        {
            return Some(found);
        }
        let list = property.values.as_ref().filter(|list| list.values.len() > 1)?;
        let property_name = property.name.value.to_ascii_lowercase();
        let listed: HashSet<String> = members(list.values.iter().map(|value| value.value.as_str()));
        let candidates = self.enums.iter().enumerate().filter(|(_, ty)| {
            !ty.is_text
                && (self.knows_added_enums || ty.span.file != FileId::CONFIGURATION)
                && ty.name.namespace == namespace
                && ty.name.name.to_ascii_lowercase().contains(&property_name)
                && members(ty.members.iter().map(|member| member.name.as_str())) == listed
        });
        // The shortest name is the nearest one.
        let (position, _) = candidates.min_by_key(|(position, ty)| (ty.name.name.len(), *position))?;
        Some(ValueType::Enum(EnumId(position as u32)))
    }

    /// Returns true if a row of the methods table shows that a relationship is a collection: the
    /// title begins with "List", names the relationship, and the row returns a collection of its
    /// type. Some word of the row has to be a plural as well, because a page called "List owner"
    /// may return a single owner.
    fn is_listed(&self, entry: &Entry, property: &schema::DeclaredProperty, item: &ValueType) -> bool {
        let wanted = letters(&property.name.value);
        if !is_plural(property, item, |id| self.index.entry(id).name.name.clone()) {
            return false;
        }
        entry.merged.methods.iter().any(|row| {
            let title = letters(&row.title.value);
            let page = row.target.as_ref().map(|target| letters(&target.value)).unwrap_or_default();
            title.starts_with("list")
                && (title.contains(&wanted) || page.contains(&format!("list{wanted}")))
                && row.returns.as_ref().is_some_and(|returns| {
                    let TypeItem::Named(mention) = &returns.value.item else { return false };
                    returns.value.collection && self.named(mention, &entry.name.namespace).as_ref() == Some(item)
                })
        })
    }

    fn named(&self, mention: &TypeRef, namespace: &str) -> Option<ValueType> {
        match self.index.resolve(mention, namespace)? {
            Meaning::Structured(id) => Some(ValueType::Structured(id)),
            Meaning::Enum(id) => Some(ValueType::Enum(id)),
        }
    }

    /// Combines several types: their nearest common ancestor, or else any JSON.
    fn one_of(&self, several: &[TypeRef], namespace: &str) -> ValueType {
        let resolved: Option<Vec<TypeId>> = several
            .iter()
            .map(|mention| match self.index.resolve(mention, namespace) {
                Some(Meaning::Structured(id)) => Some(id),
                _ => None,
            })
            .collect();
        let Some(resolved) = resolved else { return ValueType::Primitive(Primitive::Untyped) };
        let ancestry = |id: TypeId| std::iter::successors(Some(id), |id| self.bases[id.0 as usize]);
        let common = resolved.first().and_then(|first| {
            ancestry(*first).find(|candidate| resolved.iter().all(|id| ancestry(*id).any(|up| up == *candidate)))
        });
        common.map_or(ValueType::Primitive(Primitive::Untyped), ValueType::Structured)
    }

    /// The type that the JSON block shows, if it tells one.
    fn shown_type(&self, item: &JsonItem, namespace: &str) -> Option<ValueType> {
        Some(match item {
            JsonItem::Primitive(primitive) => ValueType::Primitive(*primitive),
            JsonItem::Named(mention) => self
                .named(mention, namespace)
                .unwrap_or_else(|| ValueType::Undocumented(self.index.name_of_mention(mention, namespace))),
            JsonItem::Values(_) | JsonItem::Text => ValueType::Primitive(Primitive::String),
            JsonItem::Boolean => ValueType::Primitive(Primitive::Boolean),
            JsonItem::Number { integral: true } => ValueType::Primitive(Primitive::Int32),
            JsonItem::Number { integral: false } => ValueType::Primitive(Primitive::Double),
            JsonItem::Object => ValueType::Primitive(Primitive::Untyped),
            JsonItem::Nothing => return None,
        })
    }

    fn unknown(&self, mention: &TypeRef, property: &str, consequence: &str) -> Diagnostic {
        let candidates = self.index.called(mention);
        if candidates.len() > 1 && !mention.name.contains('.') {
            let names: Vec<String> =
                candidates.iter().filter_map(|meaning| Some(format!("`{}`", self.index.name(*meaning)?))).collect();
            return Diagnostic::new(
                Code::TypeAmbiguous,
                mention.span,
                format!("the type of `{property}` may be {}", names.join(" or ")),
            )
            .label(consequence)
            .help("write the type's name with its namespace, or link it to its page");
        }
        if self.index.is_metadata(mention.span.file) {
            let message = format!("the metadata does not declare `{}`, the type of `{property}`", mention.name);
            let help = "give the document that declares it as well, with `--metadata`";
            return Diagnostic::new(Code::TypeUnknown, mention.span, message).label(consequence).help(help);
        }
        let message = format!("no page describes `{}`, the type of `{property}`", mention.name);
        let problem = Diagnostic::new(Code::TypeUnknown, mention.span, message);
        let label = format!("{consequence}{}", hint(self.index.near(mention).as_deref()));
        self.index
            .note_absent(problem, mention)
            .label(label)
            .help("add a page (or a `### … values` section for an enum) that describes it, or correct the name")
    }

    /// The primitive type that a name is a misspelling of, unless the block contradicts it.
    fn misspelt(&self, mention: &TypeRef, shown: Option<&ValueType>) -> Option<Primitive> {
        let primitive = evidence::misspelt_primitive(&mention.name).filter(|_| mention.target.is_none())?;
        let fits = match shown {
            Some(ValueType::Primitive(shown)) => {
                shown.is_number() == primitive.is_number()
                    && (*shown == Primitive::Boolean) == (primitive == Primitive::Boolean)
            }
            Some(_) => false,
            None => true,
        };
        fits.then_some(primitive)
    }
}

/// Members for comparison: in lower case, and without the sentinel member of evolvable enums, which
/// lists rarely show.
fn members<'m>(names: impl Iterator<Item = &'m str>) -> HashSet<String> {
    names.map(str::to_ascii_lowercase).filter(|name| name != "unknownfuturevalue").collect()
}

/// The type of a literal in the JSON block that is more reliable than the `String` of the table,
/// and its place.
fn literal_for_string(property: &schema::DeclaredProperty, stated: &At<TypeExpr>) -> Option<(Primitive, Span)> {
    let is_text = stated.value.item == TypeItem::Primitive(Primitive::String) && !stated.value.collection;
    let is_corrected = stated.span.file == FileId::CONFIGURATION;
    let shape = property.json.as_ref().filter(|_| is_text && !is_corrected && !property.source.is_declared())?;
    Some((evidence::literal_beats_string(&shape.value.item)?, shape.span))
}

fn unclear(property: &str, text: &str, place: Span) -> Diagnostic {
    let message = format!("the type of `{property}` cannot be understood: `{text}`");
    Diagnostic::new(Code::TypeUnclear, place, message)
        .label("expected a type, such as `String`, `[user](user.md)` or `user collection`")
        .help("it is taken from the JSON block where that tells, else read as any JSON")
}

fn collection_unsaid(property: &str, place: Span) -> Diagnostic {
    let message = format!("`{property}` is a collection by the methods table, not by its own row");
    Diagnostic::new(Code::CollectionUnsaid, place, message)
        .label("taken as a collection")
        .help("add `collection` to the type")
}

/// The diagnostic of a misspelt primitive type.
fn misspelt(mention: &TypeRef, property: &str, primitive: Primitive) -> Diagnostic {
    let name = primitive.simple_name();
    let message = format!("no page describes `{}`, the type of `{property}`", mention.name);
    Diagnostic::new(Code::TypeUnknown, mention.span, message)
        .label(read_as(name))
        .help("correct the type")
        .fix(mention.span, name)
}

/// Returns true if the name or description of a relationship is a plural: `replies`, "App role
/// assignments".
fn is_plural(property: &schema::DeclaredProperty, item: &ValueType, name: impl Fn(TypeId) -> String) -> bool {
    let own = &property.name.value;
    if own.ends_with('s') && !own.ends_with("ss") {
        return true;
    }
    let ValueType::Structured(id) = item else { return false };
    let name = name(*id);
    let start = name.rfind(|c: char| c.is_ascii_uppercase()).unwrap_or(0);
    let plural = format!("{}s", name[start..].to_ascii_lowercase());
    let described = property.description.as_ref().map(|said| said.to_markdown().to_ascii_lowercase());
    described.is_some_and(|said| said.split(|c: char| !c.is_alphanumeric()).any(|word| word == plural))
}

/// Returns true for the type `Json`, which pages use for any JSON.
fn is_any_json(name: &str) -> bool {
    simple_name(name).eq_ignore_ascii_case("json")
}
