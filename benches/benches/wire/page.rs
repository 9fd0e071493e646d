//! The pages that are read and written.

use edmark_bench::edmark::User;
use edmark_runtime::Structured as _;
use serde_json::{Map, Value, json};

/// 1,000 users with all documented properties, in the order in which the service sends them: nearly
/// alphabetical, with `id` last.
pub(crate) fn documented() -> String {
    page(false)
}

/// 1,000 users with the properties that the service sends without `$select`.
pub(crate) fn selected() -> String {
    const DEFAULT: [&str; 9] = [
        "businessPhones",
        "displayName",
        "givenName",
        "jobTitle",
        "mail",
        "mobilePhone",
        "officeLocation",
        "surname",
        "id",
    ];
    let users: Vec<String> = (0..1_000)
        .map(|n| {
            let mut members = user(n, false);
            members.retain(|(name, _)| DEFAULT.contains(name));
            object(&members, false)
        })
        .collect();
    format!("{{\"value\":[{}]}}", users.join(","))
}

/// The same with control information, an extension, and every fourth property null, as in real
/// responses.
pub(crate) fn unknown() -> String {
    page(true)
}

fn page(real: bool) -> String {
    let users: Vec<String> = (0..1_000).map(|n| object(&user(n, real), real)).collect();
    let head = if real { "\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#users\"," } else { "" };
    format!(
        "{{{head}\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0/users?$skiptoken=X\",\"value\":[{}]}}",
        users.join(",")
    )
}

/// Writes the members in this order; `Map` would sort them.
fn object(members: &[(&str, Value)], real: bool) -> String {
    let mut parts = Vec::new();
    if real {
        parts.push("\"@odata.id\":\"https://graph.microsoft.com/v2/tenant/directoryObjects/1/Microsoft.DirectoryServices.User\"".to_owned());
    }
    for (position, (name, value)) in members.iter().enumerate() {
        let null = real && position % 4 == 2;
        parts.push(format!("\"{name}\":{}", if null { Value::Null } else { value.clone() }));
    }
    if real {
        parts.push("\"extension_18d2e3_costCenter\":\"K-1234\"".to_owned());
    }
    format!("{{{}}}", parts.join(","))
}

/// If `real` is true, the password profile has an unknown member.
fn user(n: i64, real: bool) -> Vec<(&'static str, Value)> {
    let mut profile = Map::new();
    profile.insert("forceChangePasswordNextSignIn".to_owned(), json!(false));
    profile.insert("password".to_owned(), json!("x"));
    if real {
        profile.insert("passwordPolicies".to_owned(), json!("none"));
    }
    let mut members = vec![
        ("accountEnabled", json!(n % 7 != 0)),
        ("ageGroup", json!("adult")),
        (
            "assignedLicenses",
            json!([
                {"disabledPlans": ["113feb6c-3fe4-4440-bddc-54d774bf0318"], "skuId": "84a661c4-e949-4bd2-a560-ed7766fcaf2b"},
                {"disabledPlans": [], "skuId": "f30db892-07e9-47e9-837c-80727f46fd3d"},
            ]),
        ),
        ("businessPhones", json!([format!("+1 425 555 {n:04}")])),
        ("city", json!("Redmond")),
        ("companyName", json!("Contoso")),
        ("country", json!("United States")),
        ("createdDateTime", json!("2021-07-30T20:51:02Z")),
        ("creationType", json!("Invitation")),
        ("department", json!("Product Marketing")),
        ("displayName", json!(format!("Adele Vance {n}"))),
        ("employeeHireDate", json!("2020-01-01T00:00:00Z")),
        ("employeeId", json!(format!("E{n:06}"))),
        ("givenName", json!("Adele")),
        ("jobTitle", json!("Retail Manager")),
        ("lastPasswordChangeDateTime", json!("2021-07-30T20:51:02Z")),
        ("mail", json!(format!("adele{n}@contoso.onmicrosoft.com"))),
        ("mailNickname", json!(format!("adele{n}"))),
        ("mobilePhone", json!("+1 425 555 0109")),
        ("officeLocation", json!("18/2111")),
        ("onPremisesSyncEnabled", json!(true)),
        ("otherMails", json!(["adele@example.com"])),
        ("passwordPolicies", json!("DisablePasswordExpiration")),
        ("passwordProfile", Value::Object(profile)),
        ("postalCode", json!("98052")),
        ("preferredLanguage", json!("en-US")),
        ("rank", json!(n * 1_000_003)),
        ("state", json!("WA")),
        ("surname", json!("Vance")),
        ("userPrincipalName", json!(format!("adele{n}@contoso.onmicrosoft.com"))),
        ("userType", json!("Member")),
        ("id", json!(format!("87d349ed-44d7-43e1-9a83-{n:012}"))),
    ];
    // Members that the pages in `docs/` lack are not documented properties.
    let documented = User::default().type_info().properties();
    members.retain(|(name, _)| documented.contains(name));
    members
}
