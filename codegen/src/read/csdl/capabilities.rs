//! Reads the annotations of the Capabilities vocabulary, which state what a service supports.

use super::annotations::{Annotations, Expression};
use crate::schema::operation::{Grant, Permission, PermissionKind};
use crate::schema::{Capabilities, Custom, Navigability, Requirements};

const TERMS: &str = "Org.OData.Capabilities.V1";

/// The capabilities that the annotations of an entity set, a singleton or a navigation property
/// state.
pub(super) fn of(annotations: &Annotations<'_>) -> Capabilities {
    let of_term = |term: &str| annotations.get(&format!("{TERMS}.{term}"));
    let mut capabilities = read(&of_term);
    if let Some(navigation) = of_term("NavigationRestrictions") {
        capabilities.navigability = navigability(navigation);
        for restricted in items(navigation, "RestrictedProperties") {
            let Some(path) = restricted.text_of("NavigationProperty") else { continue };
            let behind = Capabilities { navigability: navigability(restricted), ..read(&|term| restricted.get(term)) };
            capabilities.navigation.push((path.to_owned(), behind));
        }
    }
    let count = of_term("CountRestrictions");
    for uncounted in count.map(|count| items(count, "NonCountableNavigationProperties")).unwrap_or_default() {
        let behind = Capabilities { count: Some(false), ..Capabilities::default() };
        capabilities.add_behind(uncounted.text().unwrap_or_default(), behind);
    }
    capabilities
}

/// Reads the terms that can be applied to a set or, as properties of a record, to a navigation
/// property of it. `get` finds a term.
fn read<'e>(get: &dyn Fn(&str) -> Option<Expression<'e>>) -> Capabilities {
    let mut capabilities = Capabilities::default();
    for (value, flag) in capabilities.flags_mut().zip(Capabilities::FLAGS) {
        let (record, property) = flag.path.rsplit_once('/').unwrap_or(("", flag.path));
        let mut names = record.split('/').filter(|name| !name.is_empty());
        *value = match names.next() {
            None => get(property).and_then(Expression::flag),
            // A path as the value depends on the instance, so it is like a value that is missing.
            Some(term) => names
                .fold(get(term), |at, name| at?.get(name))
                .and_then(|record| record.flag_of(property).or(flag.is_implied.then_some(true))),
        };
    }
    let stated = |term: &str, property: &str| get(term)?.get(property);
    capabilities.replace = capabilities
        .replace
        .or_else(|| stated("UpdateRestrictions", "UpdateMethod").map(|method| method.members().contains(&"PUT")));
    capabilities.batch = capabilities.batch.or_else(|| stated("BatchSupport", "Supported")?.flag());
    for (value, term) in capabilities.requirements_mut().zip(Capabilities::REQUIREMENTS) {
        *value = get(term).map(requirements).unwrap_or_default();
    }
    capabilities
}

/// What a call of an action or a function requires (`OperationRestrictions`).
pub(super) fn of_operation(annotations: &Annotations<'_>) -> Requirements {
    annotations.get(&format!("{TERMS}.OperationRestrictions")).map(requirements).unwrap_or_default()
}

fn requirements(restriction: Expression<'_>) -> Requirements {
    Requirements { permissions: permissions(restriction), custom: custom(restriction) }
}

/// The items of a collection in a record.
fn items<'e>(record: Expression<'e>, property: &str) -> Vec<Expression<'e>> {
    record.get(property).map(Expression::items).unwrap_or_default()
}

/// Reads the headers and query options of a restriction.
fn custom(restriction: Expression<'_>) -> Vec<Custom> {
    let of = |property: &str, is_header: bool| {
        let custom = move |custom: Expression<'_>| {
            Some(Custom {
                name: custom.text_of("Name")?.to_owned(),
                is_header,
                is_required: custom.flag_of("Required") == Some(true),
                description: custom.text_of("Description").map(str::to_owned),
            })
        };
        items(restriction, property).into_iter().filter_map(custom).collect::<Vec<_>>()
    };
    [of("CustomHeaders", true), of("CustomQueryOptions", false)].concat()
}

fn navigability(record: Expression<'_>) -> Option<Navigability> {
    match record.get("Navigability")?.members().first().copied()? {
        "Recursive" => Some(Navigability::Recursive),
        "Single" => Some(Navigability::Single),
        "None" => Some(Navigability::None),
        _ => None,
    }
}

/// Reads the `Permissions` of a restriction: for each scheme the scopes, any of which suffices.
fn permissions(restriction: Expression<'_>) -> Vec<Permission> {
    let of_scheme = items(restriction, "Permissions").into_iter().filter_map(|permission| {
        let scheme = permission.text_of("SchemeName").unwrap_or_default();
        let least: Vec<Grant> =
            items(permission, "Scopes").iter().filter_map(|scope| scope.text_of("Scope")).map(Grant::one).collect();
        let kind = match scheme {
            "Application" => PermissionKind::Application,
            "DelegatedWork" => PermissionKind::DelegatedWork,
            "DelegatedPersonal" => PermissionKind::DelegatedPersonal,
            other => PermissionKind::Other(other.to_owned()),
        };
        (!least.is_empty()).then(|| Permission {
            kind,
            subject: None,
            least,
            higher: Vec::new(),
            span: permission.span,
        })
    });
    of_scheme.collect()
}

/// Reads `Core.AlternateKeys`, or the term of the community that came before it: for each key the
/// names of its parts in URLs and the paths of the properties.
pub(super) fn alternate_keys(annotations: &Annotations<'_>) -> Vec<Vec<(String, String)>> {
    let terms = ["Org.OData.Core.V1.AlternateKeys", "OData.Community.Keys.V1.AlternateKeys"];
    let keys = terms.iter().find_map(|term| annotations.get(term)).map(Expression::items).unwrap_or_default();
    let key = |key: Expression<'_>| -> Vec<(String, String)> {
        let part = |part: Expression<'_>| {
            let path = part.text_of("Name")?;
            let alias = part.text_of("Alias").filter(|alias| !alias.is_empty()).unwrap_or(path);
            Some((alias.to_owned(), path.to_owned()))
        };
        items(key, "Key").into_iter().filter_map(part).collect()
    };
    keys.into_iter().map(key).filter(|key| !key.is_empty()).collect()
}
