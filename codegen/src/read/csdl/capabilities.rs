//! Reads the annotations of the Capabilities vocabulary, which state what a service supports.

use super::annotations::{Annotations, Expression};
use crate::schema::operation::{Grant, Permission, PermissionKind};
use crate::schema::{Capabilities, Custom, Navigability};

const TERMS: &str = "Org.OData.Capabilities.V1";

/// The capabilities that the annotations of an entity set, a singleton or a navigation property
/// state.
pub(super) fn of(annotations: &Annotations<'_>) -> Capabilities {
    let of_term = |term: &str| annotations.get(&format!("{TERMS}.{term}"));
    let mut capabilities = read(&of_term);
    if let Some(navigation) = of_term("NavigationRestrictions") {
        capabilities.navigability = capabilities.navigability.or_else(|| navigability(navigation));
        for restricted in navigation.get("RestrictedProperties").map(Expression::items).unwrap_or_default() {
            let Some(path) = restricted.text_of("NavigationProperty") else { continue };
            let mut behind = read(&|term| restricted.get(term));
            behind.navigability = navigability(restricted);
            capabilities.navigation.push((path.to_owned(), behind));
        }
    }
    let uncounted = of_term("CountRestrictions").and_then(|count| count.get("NonCountableNavigationProperties"));
    for path in uncounted.map(Expression::items).unwrap_or_default().iter().filter_map(|item| item.text()) {
        let behind = Capabilities { count: Some(false), ..Capabilities::default() };
        match capabilities.navigation.iter_mut().find(|(known, _)| known == path) {
            Some((_, known)) => *known = behind.or(known),
            None => capabilities.navigation.push((path.to_owned(), behind)),
        }
    }
    capabilities
}

/// Reads the terms that can be applied to a set or, as properties of a record, to a navigation
/// property of it. `get` finds a term.
fn read<'e>(get: &dyn Fn(&str) -> Option<Expression<'e>>) -> Capabilities {
    let flag = |term: &str| get(term).and_then(Expression::flag);
    let of = |term: &str, property: &str| get(term)?.flag_of(property);
    // A record allows an operation if it does not mention it, or states it as a path whose value
    // depends on the instance.
    let allows = |record: Option<Expression<'e>>, property: &str| {
        let said = record?.get(property);
        Some(said.and_then(Expression::flag).unwrap_or(true))
    };
    let permissions = |term: &str| get(term).map(self::permissions).unwrap_or_default();
    let custom = |term: &str| get(term).map(self::custom).unwrap_or_default();
    let by_key = get("ReadRestrictions").and_then(|read| read.get("ReadByKeyRestrictions"));
    let method = get("UpdateRestrictions").and_then(|update| update.get("UpdateMethod"));
    Capabilities {
        read: allows(get("ReadRestrictions"), "Readable"),
        read_by_key: allows(by_key, "Readable"),
        insert: allows(get("InsertRestrictions"), "Insertable"),
        update: allows(get("UpdateRestrictions"), "Updatable"),
        replace: of("UpdateRestrictions", "Upsertable")
            .or_else(|| method.map(|method| method.members().contains(&"PUT"))),
        delete: allows(get("DeleteRestrictions"), "Deletable"),
        update_each: of("UpdateRestrictions", "FilterSegmentSupported"),
        delete_each: of("DeleteRestrictions", "FilterSegmentSupported"),
        by_key: flag("IndexableByKey"),
        count: allows(get("CountRestrictions"), "Countable"),
        key_as_segment: flag("KeyAsSegmentSupported"),
        batch: flag("BatchSupported").or_else(|| of("BatchSupport", "Supported")),
        top: flag("TopSupported"),
        skip: flag("SkipSupported"),
        search: of("SearchRestrictions", "Searchable"),
        navigability: None,
        read_permissions: permissions("ReadRestrictions"),
        insert_permissions: permissions("InsertRestrictions"),
        update_permissions: permissions("UpdateRestrictions"),
        delete_permissions: permissions("DeleteRestrictions"),
        read_custom: custom("ReadRestrictions"),
        insert_custom: custom("InsertRestrictions"),
        update_custom: custom("UpdateRestrictions"),
        delete_custom: custom("DeleteRestrictions"),
        navigation: Vec::new(),
    }
}

/// The permissions for an action or a function, and the headers and query options that it takes
/// (`OperationRestrictions`).
pub(super) fn of_operation(annotations: &Annotations<'_>) -> (Vec<Permission>, Vec<Custom>) {
    let restrictions = annotations.get(&format!("{TERMS}.OperationRestrictions"));
    restrictions.map(|record| (permissions(record), custom(record))).unwrap_or_default()
}

/// Reads the headers and query options of a restriction.
fn custom(restriction: Expression<'_>) -> Vec<Custom> {
    let of = |property: &str, is_header: bool| {
        let stated = restriction.get(property).map(Expression::items).unwrap_or_default();
        let custom = move |custom: Expression<'_>| {
            Some(Custom {
                name: custom.text_of("Name")?.to_owned(),
                is_header,
                is_required: custom.flag_of("Required") == Some(true),
                description: custom.text_of("Description").map(str::to_owned),
            })
        };
        stated.into_iter().filter_map(custom).collect::<Vec<_>>()
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
    let stated = restriction.get("Permissions").map(Expression::items).unwrap_or_default();
    let of_scheme = stated.into_iter().filter_map(|permission| {
        let scheme = permission.text_of("SchemeName").unwrap_or_default();
        let scopes = permission.get("Scopes").map(Expression::items).unwrap_or_default();
        let least: Vec<Grant> = scopes.iter().filter_map(|scope| scope.text_of("Scope")).map(Grant::one).collect();
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
        let parts = key.get("Key").map(Expression::items).unwrap_or_default();
        let part = |part: Expression<'_>| {
            let path = part.text_of("Name")?;
            let alias = part.text_of("Alias").filter(|alias| !alias.is_empty()).unwrap_or(path);
            Some((alias.to_owned(), path.to_owned()))
        };
        parts.into_iter().filter_map(part).collect()
    };
    keys.into_iter().map(key).filter(|key| !key.is_empty()).collect()
}
