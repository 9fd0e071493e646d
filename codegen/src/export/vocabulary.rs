//! Writes facts of the pages as annotations: with terms of OData's own vocabularies, and with our
//! own terms if there is none.

use serde_json::{Value, json};

use super::object::Object;
use crate::model::{Deprecation, Facts, Property};
use crate::schema::{Fact, Filter, Returned};

pub(super) const DESCRIPTION: &str = "@Org.OData.Core.V1.Description";
pub(super) const REVISIONS: &str = "@Org.OData.Core.V1.Revisions";
pub(super) const ALTERNATE_KEYS: &str = "@Org.OData.Core.V1.AlternateKeys";
const PERMISSIONS: &str = "@Org.OData.Core.V1.Permissions";
const FILTER_RESTRICTIONS: &str = "@Org.OData.Capabilities.V1.FilterRestrictions";
const SORT_RESTRICTIONS: &str = "@Org.OData.Capabilities.V1.SortRestrictions";
const EXPAND_RESTRICTIONS: &str = "@Org.OData.Capabilities.V1.ExpandRestrictions";
const INSERT_RESTRICTIONS: &str = "@Org.OData.Capabilities.V1.InsertRestrictions";

/// The namespace of our own terms, which every document declares.
pub(super) const NAMESPACE: &str = "edmark.v1";
pub(super) const UNDOCUMENTED: &str = "@edmark.v1.Undocumented";
const FILTER_OPERATORS: &str = "@edmark.v1.FilterOperators";

/// The documents that declare the standard terms (CSDL 4.01, 4.1).
pub(super) fn references() -> Value {
    let vocabularies = "https://oasis-tcs.github.io/odata-vocabularies/vocabularies";
    ["Org.OData.Core.V1", "Org.OData.Capabilities.V1"]
        .into_iter()
        .fold(Object::new(), |object, name| {
            object.with(&format!("{vocabularies}/{name}.json"), json!({ "$Include": [{ "$Namespace": name }] }))
        })
        .into()
}

/// The declarations of our own terms (CSDL 4.01, 14.1).
pub(super) fn terms() -> Value {
    let applies = ["Property", "NavigationProperty"];
    let yes_or_no =
        |what: &str| json!({ "$Kind": "Term", "$Type": "Edm.Boolean", "$AppliesTo": applies, DESCRIPTION: what });
    let name =
        |term: &str| term.trim_start_matches('@').trim_start_matches(NAMESPACE).trim_start_matches('.').to_owned();
    let undocumented = json!({
        "$Kind": "Term", "$Type": "Edm.Boolean", "$DefaultValue": true, "$AppliesTo": ["EntityType", "ComplexType"],
        DESCRIPTION: "Pages name this type and none describes it.",
    });
    let operators = json!({
        "$Kind": "Term", "$Collection": true, "$AppliesTo": applies,
        DESCRIPTION: "The operators and functions that $filter supports for it.",
    });
    let returned = json!({
        "$Kind": "Term", "$AppliesTo": applies,
        DESCRIPTION: "When it is returned: ByDefault, or OnSelect, only when $select names it.",
    });
    let marks = Fact::ALL.iter().filter(|fact| fact.mark(&Facts::default()).is_some());
    let own_marks = marks.filter(|fact| fact.term().trim_start_matches('@').starts_with(NAMESPACE));
    let object = Object::new()
        .with(&name(UNDOCUMENTED), undocumented)
        .with(&name(Fact::Filter.term()), yes_or_no("Whether $filter supports it."))
        .with(&name(FILTER_OPERATORS), operators)
        .with(&name(Fact::OrderBy.term()), yes_or_no("Whether $orderby supports it."))
        .with(&name(Fact::Search.term()), yes_or_no("Whether $search supports it."))
        .with(&name(Fact::Expand.term()), yes_or_no("Whether $expand supports it."))
        .with(&name(Fact::OnSelect.term()), returned);
    own_marks.fold(object, |object, fact| object.with(&name(fact.term()), yes_or_no(fact.meaning()))).into()
}

/// An alternate key: the names of its parts in URLs, and the paths of their properties.
pub(super) fn alternate_key(parts: &[(String, String)]) -> Object {
    let part =
        |(alias, path): &(String, String)| Object::new().with("Name", path.as_str()).with("Alias", alias.as_str());
    Object::new().list("Key", parts.iter().map(part))
}

/// Adds the annotations of a property.
pub(super) fn annotate(object: Object, property: &Property) -> Object {
    let facts = &property.facts;
    let read_only = facts.read_only.is_some();
    let filter = facts.filter.as_ref().map(|filter| &filter.value);
    let returned = facts.returned.as_ref().map(|returned| match returned.value {
        Returned::ByDefault => "ByDefault",
        Returned::OnSelect => "OnSelect",
    });
    // The terms of OData's own vocabulary are for values, not for relationships, and a value that
    // the service computes is not set at all.
    let is_marked = |fact: &&Fact| {
        let applies = match fact {
            Fact::ReadOnly => !property.is_navigation,
            Fact::Immutable => !property.is_navigation && !read_only,
            _ => true,
        };
        applies && fact.mark(facts).is_some_and(|place| place.is_some()) && !fact.term().is_empty()
    };
    let object = object
        .maybe(DESCRIPTION, property.description.as_ref().map(|said| said.to_markdown()))
        .maybe(PERMISSIONS, (read_only && property.is_navigation).then_some("Read"))
        .maybe(REVISIONS, facts.deprecation.as_ref().map(|deprecation| revisions(&deprecation.value)))
        .maybe(Fact::Filter.term(), filter.map(|filter| filter.supported))
        .list(FILTER_OPERATORS, filter.into_iter().flat_map(|filter| &filter.operators).map(String::as_str))
        .maybe(Fact::OrderBy.term(), facts.order_by.as_ref().map(|fact| fact.value))
        .maybe(Fact::Search.term(), facts.search.as_ref().map(|fact| fact.value))
        .maybe(Fact::Expand.term(), facts.expand.as_ref().map(|fact| fact.value))
        .maybe(Fact::OnSelect.term(), returned);
    Fact::ALL.iter().filter(is_marked).fold(object, |object, fact| object.flag(fact.term(), true))
}

/// The value of `Core.Revisions` for a deprecation.
pub(super) fn revisions(deprecation: &Deprecation) -> Value {
    let revision = Object::new()
        .maybe("Version", deprecation.since.as_deref())
        .with("Kind", "Deprecated")
        .with("Description", deprecation.text.as_str());
    json!([Value::from(revision)])
}

/// Adds the restrictions that the properties of a type imply for every entity set of the type.
pub(super) fn restrictions(object: Object, properties: &[Property]) -> Object {
    let paths = |applies: fn(&Facts) -> bool| {
        properties.iter().filter(move |property| applies(&property.facts)).map(|property| property.name.as_str())
    };
    let expressions = properties.iter().filter_map(|property| {
        let allowed = allowed_expressions(&property.facts.filter.as_ref()?.value)?;
        Some(json!({ "Property": property.name, "AllowedExpressions": allowed }))
    });
    let filter = Object::new()
        .list(
            "NonFilterableProperties",
            paths(|facts| facts.filter.as_ref().is_some_and(|filter| !filter.value.supported)),
        )
        .list("FilterExpressionRestrictions", expressions);
    let sort = Object::new()
        .list("NonSortableProperties", paths(|facts| facts.order_by.as_ref().is_some_and(|fact| !fact.value)));
    let expand = Object::new()
        .list("NonExpandableProperties", paths(|facts| facts.expand.as_ref().is_some_and(|fact| !fact.value)));
    let insert = Object::new().list("RequiredProperties", paths(|facts| facts.required.is_some()));
    [
        (FILTER_RESTRICTIONS, filter),
        (SORT_RESTRICTIONS, sort),
        (EXPAND_RESTRICTIONS, expand),
        (INSERT_RESTRICTIONS, insert),
    ]
    .into_iter()
    .filter(|(_, restriction)| !restriction.is_empty())
    .fold(object, |object, (term, restriction)| object.with(term, restriction))
}

/// The value of `Capabilities.FilterExpressionType` for the operators that a page names; `None` if
/// it names none.
fn allowed_expressions(filter: &Filter) -> Option<&'static str> {
    let is_range = |name: &str| matches!(name, "gt" | "ge" | "lt" | "le");
    let is_value = |name: &str| matches!(name, "eq" | "ne" | "in" | "not" | "has");
    let names = || filter.operators.iter().map(String::as_str);
    let ranges = names().any(is_range);
    let values = names().any(is_value);
    let searches = names().any(|name| !is_range(name) && !is_value(name));
    match (values, ranges, searches) {
        _ if !filter.supported => None,
        (false, false, false) => None,
        (_, false, false) => Some("MultiValue"),
        (_, true, false) => Some("MultiRange"),
        (false, false, true) => Some("SearchExpression"),
        (_, _, true) => Some("MultiRangeOrSearchExpression"),
    }
}
