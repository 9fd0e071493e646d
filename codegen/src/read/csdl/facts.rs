//! Reads descriptions and facts from annotations of the vocabularies Core and Validation and of
//! edmark's own export.

use super::annotations::Annotations;
use super::element::Element;
use crate::schema::{Deprecation, Description, Fact, Facts, Filter, Returned};
use crate::source::{At, Span};

const CORE: &str = "Org.OData.Core.V1";
const VALIDATION: &str = "Org.OData.Validation.V1";
/// The vocabulary Common of SAP.
const SAP: &str = "com.sap.vocabularies.Common.v1";
/// The terms that `edmark export` writes.
const OWN: &str = "edmark.v1";

/// The description of an element: the short one, then the long one.
pub(super) fn description(annotations: &Annotations<'_>) -> Option<Description> {
    let named = |term: &str| annotations.text(term).filter(|text| !text.value.trim().is_empty());
    let text = |term: &str| named(&format!("{CORE}.{term}"));
    // SAP's services describe their elements by terms of a vocabulary of their own.
    let of_sap = || ["QuickInfo", "Label"].iter().find_map(|term| named(&format!("{SAP}.{term}")));
    let (short, long) = (text("Description").or_else(of_sap), text("LongDescription"));
    let said = match (short, long) {
        (Some(short), Some(long)) if !long.value.starts_with(short.value.trim_end_matches('.')) => {
            let stop = if short.value.ends_with(['.', '!', '?', ':']) { "" } else { "." };
            At::new(format!("{}{stop} {}", short.value, long.value), short.span)
        }
        (short, long) => long.or(short)?,
    };
    // Whitespace is joined, so that it is one paragraph as on pages.
    let words: Vec<&str> = said.value.split_whitespace().collect();
    Some(Description::from(At::new(words.join(" "), said.span)))
}

/// Reads `Core.Revisions` of kind `Deprecated`.
pub(super) fn deprecation(annotations: &Annotations<'_>) -> Option<At<Deprecation>> {
    let revisions = annotations.get(&format!("{CORE}.Revisions"))?;
    let deprecated = revisions
        .items()
        .into_iter()
        .find(|revision| revision.get("Kind").is_some_and(|kind| kind.members().contains(&"Deprecated")))?;
    let text = deprecated.text_of("Description").unwrap_or("Deprecated.").to_owned();
    let since = deprecated.text_of("Version").map(str::to_owned);
    Some(At::new(Deprecation { since, instead: None, text }, deprecated.span))
}

/// Returns the place of `Core.Permissions` if it grants nothing but reading.
pub(super) fn read_only(annotations: &Annotations<'_>) -> Option<Span> {
    let permissions = annotations.get(&format!("{CORE}.Permissions"))?;
    (permissions.members() == ["Read"]).then_some(permissions.span)
}

/// The facts about a property, besides its name and type.
pub(super) fn facts(element: &Element, annotations: &Annotations<'_>) -> Facts {
    let core = |term: &str| format!("{CORE}.{term}");
    let own = |term: &str| format!("{OWN}.{term}");
    let read =
        annotations.get(&core("Permissions")).filter(|value| value.members() == ["Read"]).map(|value| value.span);
    let filterable = annotations.flag(&own("Filterable"));
    let operators = annotations.get(&own("FilterOperators"));
    let mut facts = Facts {
        read_only: read,
        nullable: nullable(element),
        default: element.attribute("DefaultValue").cloned(),
        max_length: element
            .attribute("MaxLength")
            .and_then(|length| Some(At::new(length.value.parse().ok()?, length.span))),
        returned: annotations.text(&own("Returned")).and_then(|text| {
            let returned = match text.value.as_str() {
                "ByDefault" => Returned::ByDefault,
                "OnSelect" => Returned::OnSelect,
                _ => return None,
            };
            Some(At::new(returned, text.span))
        }),
        filter: filterable.map(|filterable| {
            let named = operators.map(|operators| operators.items()).unwrap_or_default();
            let operators = named.iter().filter_map(|operator| operator.text()).map(str::to_owned).collect();
            filterable.map(|supported| Filter { supported, operators })
        }),
        order_by: annotations.flag(&own("Sortable")),
        search: annotations.flag(&own("Searchable")),
        expand: annotations.flag(&own("Expandable")),
        deprecation: deprecation(annotations),
        ..Facts::default()
    };
    for fact in Fact::ALL.iter().filter(|fact| !fact.term().is_empty()) {
        if let Some(place) = fact.mark_mut(&mut facts) {
            *place = annotations.holds(fact.term().trim_start_matches('@')).or(*place);
        }
    }
    facts
}

/// Tells if the value may be null. A navigation property may unless it states otherwise (8.3); of a
/// collection, only items can be null.
fn nullable(element: &Element) -> Option<At<bool>> {
    if is_collection(element) {
        return None;
    }
    let usual = || (element.name == "NavigationProperty").then(|| At::new(true, element.span));
    element.flag("Nullable").or_else(usual)
}

fn is_collection(element: &Element) -> bool {
    element.attribute("Type").is_some_and(|ty| ty.value.starts_with("Collection("))
}

/// Sentences about the values that a property accepts and when it can be set. No other stage uses
/// these facts, so they become part of the description.
pub(super) fn sentences(annotations: &Annotations<'_>) -> Vec<String> {
    let validation = |term: &str| annotations.get(&format!("{VALIDATION}.{term}"));
    let text = |term: &str| validation(term).and_then(|value| value.text());
    let mut sentences = Vec::new();
    if annotations.holds(&format!("{CORE}.ComputedDefaultValue")).is_some() {
        sentences.push("The service sets it where it is not given.".to_owned());
    }
    match (text("MinItems"), text("MaxItems")) {
        (Some(least), Some(most)) => sentences.push(format!("From {least} to {most} items.")),
        (Some(least), None) => sentences.push(format!("At least {least} items.")),
        (None, Some(most)) => sentences.push(format!("At most {most} items.")),
        (None, None) => {}
    }
    if let Some(unit) = text("MultipleOf") {
        sentences.push(format!("A multiple of {unit}."));
    }
    match (text("Minimum"), text("Maximum")) {
        (Some(least), Some(most)) => sentences.push(format!("From {least} to {most}.")),
        (Some(least), None) => sentences.push(format!("At least {least}.")),
        (None, Some(most)) => sentences.push(format!("At most {most}.")),
        (None, None) => {}
    }
    if let Some(pattern) = text("Pattern") {
        sentences.push(format!("Matches `{pattern}`."));
    }
    if let Some(allowed) = validation("AllowedValues") {
        let values: Vec<String> = allowed
            .items()
            .iter()
            .filter_map(|value| value.text_of("Value"))
            .map(|value| format!("`{value}`"))
            .collect();
        if !values.is_empty() {
            sentences.push(format!("Possible values: {}.", values.join(", ")));
        }
    }
    if let Some(types) = annotations.get(&format!("{CORE}.AcceptableMediaTypes")) {
        let types: Vec<String> = types.items().iter().filter_map(|ty| ty.text()).map(|ty| format!("`{ty}`")).collect();
        if !types.is_empty() {
            sentences.push(format!("Media types: {}.", types.join(", ")));
        }
    }
    if let Some(default) =
        annotations.get(&format!("{CORE}.OptionalParameter")).and_then(|it| it.text_of("DefaultValue"))
    {
        sentences.push(format!("Without it: `{default}`."));
    }
    sentences
}

/// Appends sentences to a description.
pub(super) fn and_sentences(
    description: Option<Description>,
    annotations: &Annotations<'_>,
    element: &Element,
) -> Option<Description> {
    let sentences = sentences(annotations);
    if sentences.is_empty() {
        return description;
    }
    let mut description = description.unwrap_or_else(|| Description::new("", element.span));
    description.add_sentences(&sentences.join(" "), element.span);
    Some(description)
}
