//! The README's first use of a generated type, under the strictest lints.
#![deny(warnings)]
#![forbid(unsafe_code)]

/// The types and requests of the service.
pub mod graph {
    include!(concat!(env!("OUT_DIR"), "/graph.rs"));
}

use edmark_runtime::Update;
use graph::{Graph, User};

/// Reads a user as the service sends it, and says what is to become of it.
pub fn first_use() -> Result<(), serde_json::Error> {
    let sent = r#"{"id": "17", "displayName": "Ada", "mobilePhone": null, "shoeSize": 38}"#;
    let user: User = serde_json::from_str(sent)?;
    assert_eq!(user.display_name.as_deref(), Some("Ada"));

    // The null, and what the pages do not describe: it all goes back out.
    assert_eq!(serde_json::to_value(&user)?, serde_json::from_str::<serde_json::Value>(sent)?);

    // Set one property, clear another, leave the rest.
    let change = Update::<User>::new().set(User::JOB_TITLE, "Countess").clear(User::MOBILE_PHONE);
    assert_eq!(serde_json::to_string(&change)?, r#"{"jobTitle":"Countess","mobilePhone":null}"#);

    // Requests follow the URL. Each is a value until it is sent.
    let request = Graph::offline().users().id("ada@contoso.com").update(&change);
    assert_eq!(request.to_string(), "PATCH /users/ada%40contoso.com");
    Ok(())
}
