//! Writes the capabilities of a service as annotations of the vocabulary Capabilities.

use serde_json::{Map, Value};

use crate::export::object::Object;
use crate::schema::operation::{Grant, Permission, PermissionKind};
use crate::schema::{Capabilities, Custom, Navigability, Requirements};

const TERMS: &str = "@Org.OData.Capabilities.V1.";

/// Adds the annotations of an entity set, a singleton or a navigation property.
pub(in crate::export) fn annotate(mut object: Object, capabilities: &Capabilities) -> Object {
    for (term, value) in restrictions(capabilities) {
        object.put(&format!("{TERMS}{term}"), value);
    }
    let restricted = capabilities.navigation.iter().map(|(path, behind)| {
        let object = Object::new()
            .with("NavigationProperty", path.as_str())
            .maybe("Navigability", behind.navigability.map(navigability));
        restrictions(behind).into_iter().fold(object, |object, (term, value)| object.with(&term, value))
    });
    let navigation = Object::new()
        .maybe("Navigability", capabilities.navigability.map(navigability))
        .list("RestrictedProperties", restricted);
    if navigation.is_empty() { object } else { object.with(&format!("{TERMS}NavigationRestrictions"), navigation) }
}

fn restrictions(capabilities: &Capabilities) -> Map<String, Value> {
    let mut terms = Map::new();
    // Entered first, so that the flags and the requirements of a term stand together.
    for term in Capabilities::REQUIREMENTS {
        terms.insert((*term).to_owned(), Value::Object(Map::new()));
    }
    for (flag, value) in Capabilities::FLAGS.iter().zip(capabilities.flags()) {
        if let Some(value) = value {
            put(&mut terms, flag.path, value);
        }
    }
    for (term, requirements) in Capabilities::REQUIREMENTS.iter().zip(capabilities.requirements()) {
        for (name, value) in self::requirements(requirements) {
            put(&mut terms, &format!("{term}/{name}"), value);
        }
    }
    terms.retain(|_, value| value.as_object().is_none_or(|record| !record.is_empty()));
    terms
}

/// Enters a value in the records of a path.
fn put(record: &mut Map<String, Value>, path: &str, value: impl Into<Value>) {
    match path.split_once('/') {
        None => {
            record.insert(path.to_owned(), value.into());
        }
        Some((name, rest)) => {
            let inner = record.entry(name).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// The properties of a restriction beside its flags.
pub(in crate::export) fn requirements(requirements: &Requirements) -> Object {
    let Requirements { permissions, custom } = requirements;
    with_custom(Object::new().list("Permissions", self::permissions(permissions)), custom)
}

/// Adds headers and query options to a restriction.
fn with_custom(record: Object, custom: &[Custom]) -> Object {
    let of = |is_header: bool| {
        let custom = custom.iter().filter(move |custom| custom.is_header == is_header);
        custom.map(|custom| {
            Object::new()
                .with("Name", custom.name.as_str())
                .maybe("Description", custom.description.as_deref())
                .with("Required", custom.is_required)
        })
    };
    record.list("CustomHeaders", of(true)).list("CustomQueryOptions", of(false))
}

fn navigability(navigability: Navigability) -> &'static str {
    match navigability {
        Navigability::Recursive => "Recursive",
        Navigability::Single => "Single",
        Navigability::None => "None",
    }
}

fn permissions(permissions: &[Permission]) -> Vec<Value> {
    let scheme = |kind: &PermissionKind| match kind {
        PermissionKind::DelegatedWork => "DelegatedWork".to_owned(),
        PermissionKind::DelegatedPersonal => "DelegatedPersonal".to_owned(),
        PermissionKind::Application => "Application".to_owned(),
        PermissionKind::Other(other) => other.clone(),
    };
    let scope = |grant: &Grant| Object::new().with("Scope", grant.to_string());
    let permission = |permission: &Permission| {
        Object::new().with("SchemeName", scheme(&permission.kind)).list("Scopes", permission.grants().map(scope)).into()
    };
    permissions.iter().map(permission).collect()
}
