//! Annotations of the vocabulary Capabilities → what a service supports.

use super::annotations::{Annotations, Expression};
use crate::schema::operation::{Permission, PermissionKind};
use crate::schema::{Capabilities, Navigability};

const TERMS: &str = "Org.OData.Capabilities.V1";

/// What the annotations of an entity set, a singleton or a navigation property say.
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
    for (restrictions, list, forbid) in NON_LISTS {
        let listed = of_term(restrictions).and_then(|restrictions| restrictions.get(list));
        for path in listed.map(Expression::items).unwrap_or_default().iter().filter_map(|item| item.text()) {
            let mut behind = Capabilities::default();
            forbid(&mut behind);
            match capabilities.navigation.iter_mut().find(|(known, _)| known == path) {
                Some((_, known)) => *known = std::mem::take(known).or(&behind),
                None => capabilities.navigation.push((path.to_owned(), behind)),
            }
        }
    }
    // Core's own word for it (Core, `Permissions`), on navigation properties.
    if let Some(permissions) = annotations.get("Org.OData.Core.V1.Permissions") {
        let granted = permissions.members();
        if granted == ["None"] {
            capabilities.navigability.get_or_insert(Navigability::None);
        }
        let writes = granted.contains(&"Write") || granted.contains(&"ReadWrite");
        let forbid = |flag: &mut Option<bool>| *flag = flag.or((!writes).then_some(false));
        forbid(&mut capabilities.update);
        if !granted.contains(&"Insert") {
            forbid(&mut capabilities.insert);
        }
    }
    capabilities
}

/// A term, the property of its record that lists navigation properties, and what it forbids for them.
type NonList = (&'static str, &'static str, fn(&mut Capabilities));

const NON_LISTS: [NonList; 4] = [
    ("InsertRestrictions", "NonInsertableNavigationProperties", |behind| behind.insert = Some(false)),
    ("UpdateRestrictions", "NonUpdatableNavigationProperties", |behind| behind.update = Some(false)),
    ("DeleteRestrictions", "NonDeletableNavigationProperties", |behind| behind.delete = Some(false)),
    ("CountRestrictions", "NonCountableNavigationProperties", |behind| behind.count = Some(false)),
];

/// The terms that can stand on a set or, as properties of a record, behind a navigation property. `get` finds them.
fn read<'e>(get: &dyn Fn(&str) -> Option<Expression<'e>>) -> Capabilities {
    let flag = |term: &str| get(term).and_then(Expression::flag);
    let of = |term: &str, property: &str| get(term)?.flag_of(property);
    let permissions = |term: &str| get(term).map(self::permissions).unwrap_or_default();
    let by_key = get("ReadRestrictions").and_then(|read| read.get("ReadByKeyRestrictions"));
    let method = get("UpdateRestrictions").and_then(|update| update.get("UpdateMethod"));
    Capabilities {
        read: of("ReadRestrictions", "Readable"),
        read_by_key: by_key.and_then(|by_key| by_key.flag_of("Readable")),
        insert: of("InsertRestrictions", "Insertable"),
        update: of("UpdateRestrictions", "Updatable"),
        replace: of("UpdateRestrictions", "Upsertable")
            .or_else(|| method.map(|method| method.members().contains(&"PUT"))),
        delete: of("DeleteRestrictions", "Deletable"),
        update_each: of("UpdateRestrictions", "FilterSegmentSupported"),
        delete_each: of("DeleteRestrictions", "FilterSegmentSupported"),
        by_key: flag("IndexableByKey"),
        count: of("CountRestrictions", "Countable"),
        key_as_segment: flag("KeyAsSegmentSupported"),
        navigability: None,
        read_permissions: permissions("ReadRestrictions"),
        insert_permissions: permissions("InsertRestrictions"),
        update_permissions: permissions("UpdateRestrictions"),
        delete_permissions: permissions("DeleteRestrictions"),
        navigation: Vec::new(),
    }
}

fn navigability(record: Expression<'_>) -> Option<Navigability> {
    match record.get("Navigability")?.members().first().copied()? {
        "Recursive" => Some(Navigability::Recursive),
        "Single" => Some(Navigability::Single),
        "None" => Some(Navigability::None),
        _ => None,
    }
}

/// `Permissions` of a restriction: by scheme the scopes, of which any is enough.
fn permissions(restriction: Expression<'_>) -> Vec<Permission> {
    let stated = restriction.get("Permissions").map(Expression::items).unwrap_or_default();
    let of_scheme = stated.into_iter().filter_map(|permission| {
        let scheme = permission.text_of("SchemeName").unwrap_or_default();
        let scopes = permission.get("Scopes").map(Expression::items).unwrap_or_default();
        let least: Vec<String> = scopes.iter().filter_map(|scope| scope.text_of("Scope")).map(str::to_owned).collect();
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

/// `Core.AlternateKeys`: by key the names of its parts in URLs, and the paths of the properties.
pub(super) fn alternate_keys(annotations: &Annotations<'_>) -> Vec<Vec<(String, String)>> {
    let keys = annotations.get("Org.OData.Core.V1.AlternateKeys").map(Expression::items).unwrap_or_default();
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
