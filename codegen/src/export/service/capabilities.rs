//! Writes the capabilities of a service as annotations of the vocabulary Capabilities.

use serde_json::Value;

use crate::export::object::Object;
use crate::schema::operation::{Grant, Permission, PermissionKind};
use crate::schema::{Capabilities, Custom, DeclaredOperation, Navigability};

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
        restrictions(behind).into_iter().fold(object, |object, (term, value)| object.with(term, value))
    });
    let navigation = Object::new()
        .maybe("Navigability", capabilities.navigability.map(navigability))
        .list("RestrictedProperties", restricted);
    if navigation.is_empty() { object } else { object.with(&format!("{TERMS}NavigationRestrictions"), navigation) }
}

fn restrictions(capabilities: &Capabilities) -> Vec<(&'static str, Value)> {
    let by_key = Object::new().maybe("Readable", capabilities.read_by_key);
    let read = Object::new()
        .maybe("Readable", capabilities.read)
        .maybe("ReadByKeyRestrictions", (!by_key.is_empty()).then_some(by_key))
        .list("Permissions", permissions(&capabilities.read_permissions));
    let read = with_custom(read, &capabilities.read_custom);
    let insert = Object::new()
        .maybe("Insertable", capabilities.insert)
        .list("Permissions", permissions(&capabilities.insert_permissions));
    let insert = with_custom(insert, &capabilities.insert_custom);
    let update = Object::new()
        .maybe("Updatable", capabilities.update)
        .maybe("Upsertable", capabilities.replace)
        .maybe("FilterSegmentSupported", capabilities.update_each)
        .list("Permissions", permissions(&capabilities.update_permissions));
    let update = with_custom(update, &capabilities.update_custom);
    let delete = Object::new()
        .maybe("Deletable", capabilities.delete)
        .maybe("FilterSegmentSupported", capabilities.delete_each)
        .list("Permissions", permissions(&capabilities.delete_permissions));
    let delete = with_custom(delete, &capabilities.delete_custom);
    let search = Object::new().maybe("Searchable", capabilities.search);
    let count = Object::new().maybe("Countable", capabilities.count);
    let records = [
        ("ReadRestrictions", read),
        ("InsertRestrictions", insert),
        ("UpdateRestrictions", update),
        ("DeleteRestrictions", delete),
        ("CountRestrictions", count),
        ("SearchRestrictions", search),
    ];
    let records =
        records.into_iter().filter(|(_, record)| !record.is_empty()).map(|(term, record)| (term, record.into()));
    let flags = [
        ("IndexableByKey", capabilities.by_key),
        ("KeyAsSegmentSupported", capabilities.key_as_segment),
        ("BatchSupported", capabilities.batch),
        ("TopSupported", capabilities.top),
        ("SkipSupported", capabilities.skip),
    ];
    let flags = flags.into_iter().filter_map(|(term, flag)| Some((term, Value::from(flag?))));
    records.chain(flags).collect()
}

/// The restrictions of an action or a function.
pub(in crate::export) fn of_operation(operation: &DeclaredOperation) -> Option<Object> {
    let record = Object::new().list("Permissions", permissions(&operation.permissions));
    let record = with_custom(record, &operation.custom);
    (!record.is_empty()).then_some(record)
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
