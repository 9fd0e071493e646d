//! The sample crate: values of its types are built, read and written.

use edmark_runtime::{Collection, Date, Flags, Json, OpenEnum as _, Structured as _, Update, With as _};
use graph_sample::call_records::{AnyUserAgent, ClientUserAgent, ParticipantEndpoint, Segment};
use graph_sample::requests::UserSendMailParameters;
use graph_sample::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// Checks that a document is read and written without loss, and returns the value.
#[track_caller]
fn survives<T: DeserializeOwned + Serialize>(document: Json) -> T {
    let value: T = serde_json::from_str(&document.to_string()).expect("a document of the type");
    assert_eq!(serde_json::to_value(&value).expect("memory"), document);
    value
}

#[test]
fn values_are_built_and_sent() {
    let user = User {
        display_name: Some("Ada".into()),
        account_enabled: Some(true),
        age_group: Some(AgeGroup::Adult),
        business_phones: Some(vec!["+44 1".into()]),
        password_profile: Some(Box::new(PasswordProfile {
            force_change_password_next_sign_in: Some(true),
            ..Default::default()
        })),
        created_date_time: Some("2025-03-01T08:00:00Z".into()),
        ..Default::default()
    };
    let document = json!({
        "accountEnabled": true,
        "ageGroup": "adult",
        "businessPhones": ["+44 1"],
        "createdDateTime": "2025-03-01T08:00:00Z",
        "displayName": "Ada",
        "passwordProfile": { "forceChangePasswordNextSignIn": true },
    });
    assert_eq!(serde_json::to_value(&user).expect("memory"), document);
    assert_eq!(survives::<User>(document), user);
}

#[test]
fn unknown_members_and_nulls_are_kept() {
    let user: User = survives(json!({
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users/$entity",
        "id": "1",
        "jobTitle": null,
        "shoeSize": 38,
        "extension_colors": ["red", null, { "deep": [1.5, {}] }],
    }));
    assert_eq!(user.job_title, None);
    assert!(user.additional.is_null("jobTitle") && !user.additional.is_null("mail"));
    assert_eq!(user.additional.get("shoeSize"), Some(json!(38)));
    assert_eq!(user.additional.len(), 3);
}

#[test]
fn new_members_of_enums_break_nothing() {
    let user: User = survives(json!({ "ageGroup": "immortal" }));
    let age_group = user.age_group.expect("a value");
    assert_eq!(age_group, AgeGroup::Other("immortal".into()));
    assert_eq!((age_group.as_str(), age_group.to_string()), ("immortal", "immortal".to_owned()));
    assert_eq!("minor".parse::<AgeGroup>(), Ok(AgeGroup::Minor));

    let app: WindowsUniversalAppX = survives(json!({ "applicableArchitectures": "x64, quantum" }));
    let architectures = app.applicable_architectures.expect("a set");
    assert!(architectures.contains(&WindowsArchitecture::X64));
    assert!(architectures.contains(&WindowsArchitecture::Other("quantum".into())));
    let built = Flags::from_iter([WindowsArchitecture::X86, WindowsArchitecture::X64]);
    assert_eq!(serde_json::to_value(built).expect("memory"), json!("x86,x64"));
}

#[test]
fn derived_types_are_told_apart_by_their_tag() {
    let page: Collection<DirectoryObject> = survives(json!({
        "@odata.count": 4,
        "value": [
            { "@odata.type": "#microsoft.graph.user", "id": "u", "displayName": "Ada" },
            { "id": "g", "mailEnabled": true, "@odata.type": "#microsoft.graph.group" },
            { "@odata.type": "#microsoft.graph.robot", "id": "r", "arms": 4 },
            { "id": "o" },
        ],
        "@odata.nextLink": "https://graph.microsoft.com/v1.0/groups/1/members?$skiptoken=x",
    }));
    assert!(page.next_link.is_some());
    let [user, group, robot, object] = <[_; 4]>::try_from(page.value).expect("four");
    // Tests and conversions of a type: a converted copy, the converted value, or the value
    // unchanged.
    assert!(user.is::<User>() && !user.is::<Group>() && !object.is::<User>());
    assert_eq!(user.to::<Group>(), None);
    let user = user.downcast::<Group>().expect_err("a user is no group");
    let user = user.downcast::<User>().expect("a user");
    assert_eq!(user.display_name.as_deref(), Some("Ada"));
    // The `@odata.type` was the last member; all others are read as those of a group nevertheless.
    let AnyDirectoryObject::Group(group) = group.known() else { panic!("no group") };
    assert_eq!((group.id.as_deref(), group.mail_enabled), (Some("g"), Some(true)));
    // A value of an undocumented type is read as the base type and keeps its `@odata.type` and all
    // members.
    let AnyDirectoryObject::DirectoryObject(robot) = robot.known() else { panic!("a robot") };
    assert_eq!(robot.additional.odata_type(), Some("#microsoft.graph.robot"));
    assert_eq!(robot.additional.get("arms"), Some(json!(4)));
    assert_eq!(object.type_info().name(), "microsoft.graph.directoryObject");

    // A value that is converted to the base type has the `@odata.type` of its own type.
    let member = DirectoryObject::from(User { id: Some("u".into()), ..Default::default() });
    assert_eq!(
        serde_json::to_value(member).expect("memory"),
        json!({ "@odata.type": "#microsoft.graph.user", "id": "u" })
    );
}

#[test]
fn types_of_other_namespaces_are_in_modules() {
    let segment: Segment = survives(json!({
        "id": "s",
        "caller": {
            "@odata.type": "#microsoft.graph.callRecords.participantEndpoint",
            "identity": { "user": { "id": "u", "displayName": "Ada" } },
            "userAgent": { "@odata.type": "#microsoft.graph.callRecords.clientUserAgent", "platform": "macOS" },
        },
    }));
    let caller: ParticipantEndpoint = segment.caller.and_then(|caller| caller.to()).expect("a participant");
    let agent = caller.user_agent.expect("an agent");
    assert!(agent.is::<ClientUserAgent>());
    assert!(matches!(agent.known(), AnyUserAgent::ClientUserAgent(_)));
    let identity = caller.identity.as_ref().and_then(|set| set.user.as_ref()).expect("an identity");
    assert_eq!(identity.display_name.as_deref(), Some("Ada"));
}

#[test]
fn open_types_hold_what_one_likes() {
    let mut extension =
        OpenTypeExtension { extension_name: Some("com.contoso.colors".into()), ..OpenTypeExtension::default() };
    extension.additional.insert("theme", "dark");
    let document = json!({ "extensionName": "com.contoso.colors", "theme": "dark" });
    assert_eq!(serde_json::to_value(&extension).expect("memory"), document);
    assert_eq!(survives::<OpenTypeExtension>(document).additional.get("theme"), Some(json!("dark")));
}

#[test]
fn odd_values_of_text_types_cost_nothing() {
    let user: User = survives(json!({ "createdDateTime": "datetime-value" }));
    assert_eq!(user.created_date_time.expect("a text").as_str(), "datetime-value");
    let range: RecurrenceRange = survives(json!({ "startDate": "2025-02-30", "type": "endDate" }));
    assert_eq!(range.start_date, Some(Date::from("2025-02-30")));
}

#[test]
fn errors_say_where() {
    let sent = r#"{"value": [{}, {"passwordProfile": {"password": 1}}]}"#;
    let error = edmark_runtime::strictly(|| serde_json::from_str::<Collection<User>>(sent));
    let message = error.expect_err("a number for a string").to_string();
    assert!(message.contains("value[1].passwordProfile.password"), "{message}");
}

#[test]
fn updates_leave_set_and_clear() {
    let update = Update::<User>::new()
        .set(User::JOB_TITLE, "Chair")
        .set(User::AGE_GROUP, AgeGroup::Adult)
        .set(User::BUSINESS_PHONES, ["+44 1"])
        .clear(User::MOBILE_PHONE)
        .update(User::PASSWORD_PROFILE, Update::new().set(PasswordProfile::PASSWORD, "x"))
        .bind("manager", "https://graph.microsoft.com/v1.0/users/2");
    assert_eq!(
        serde_json::to_value(&update).expect("memory"),
        json!({
            "jobTitle": "Chair",
            "ageGroup": "adult",
            "businessPhones": ["+44 1"],
            "mobilePhone": null,
            "passwordProfile": { "password": "x" },
            "manager@odata.bind": "https://graph.microsoft.com/v1.0/users/2",
        })
    );
}

#[test]
fn requests_are_values() {
    let graph = Graph::offline();
    assert_eq!(graph.users().list().to_string(), "GET /users");
    assert_eq!(graph.users().id("a b/c").delete().to_string(), "DELETE /users/a%20b%2Fc");
    let members: edmark_runtime::ListRequest<DirectoryObject> = graph.groups().id("..").members().list();
    assert_eq!(members.to_string(), "GET /groups('..')/members");
}

#[test]
fn a_body_names_its_type_where_the_place_is_declared_as_another() {
    fn body<R, O>(request: edmark_runtime::Request<R, O>) -> String {
        String::from_utf8(request.http().expect("a request").into_body()).expect("a text")
    }
    let graph = Graph::offline();
    let policies = graph.device_management().device_compliance_policies();
    let policy = Windows10CompliancePolicy { password_required: Some(true), ..Default::default() };
    let created = policies.create_windows10_compliance_policy(&policy);
    assert_eq!(
        body(created),
        r##"{"@odata.type":"#microsoft.graph.windows10CompliancePolicy","passwordRequired":true}"##
    );
    let change = Update::new().set(Windows10CompliancePolicy::PASSWORD_REQUIRED, false);
    let changed = policies.id("p").update_windows10_compliance_policy(&change);
    assert_eq!(
        body(changed),
        r##"{"@odata.type":"#microsoft.graph.windows10CompliancePolicy","passwordRequired":false}"##
    );
    // A value that has an `@odata.type` keeps it, and one of the declared type has none.
    let mut tagged = policy.clone();
    tagged.additional.insert("@odata.type", "#microsoft.graph.laterPolicy");
    let created = policies.create_windows10_compliance_policy(&tagged);
    assert_eq!(body(created), r##"{"@odata.type":"#microsoft.graph.laterPolicy","passwordRequired":true}"##);
    let created = graph.groups().create(&Group { mail_enabled: Some(false), ..Default::default() });
    assert_eq!(body(created), r#"{"mailEnabled":false}"#);
}

#[test]
fn values_are_put_together_by_the_constants_of_their_properties() {
    fn body<R, O>(request: edmark_runtime::Request<R, O>) -> serde_json::Value {
        serde_json::from_slice(request.http().expect("a request").body()).expect("JSON")
    }
    let graph = Graph::offline();
    let address = EmailAddress::default().with(EmailAddress::ADDRESS, "ada@contoso.com");
    let text = ItemBody::default().with(ItemBody::CONTENT_TYPE, BodyType::Text).with(ItemBody::CONTENT, "At four.");
    let menu =
        FileAttachment::default().with(FileAttachment::NAME, "menu.txt").with(FileAttachment::CONTENT_BYTES, "VGVh");
    let message = Message::default()
        .with(Message::SUBJECT, "Tea")
        .with(Message::BODY, text)
        .with(Message::TO_RECIPIENTS, [Recipient::default().with(Recipient::EMAIL_ADDRESS, address)])
        .with(Message::ATTACHMENTS, [menu]);
    let mail = UserSendMailParameters::default()
        .with(UserSendMailParameters::MESSAGE, message)
        .with(UserSendMailParameters::SAVE_TO_SENT_ITEMS, false);
    assert_eq!(
        body(graph.me().send_mail(&mail)),
        json!({
            "message": {
                "subject": "Tea",
                "body": { "contentType": "text", "content": "At four." },
                "toRecipients": [{ "emailAddress": { "address": "ada@contoso.com" } }],
                "attachments": [
                    { "@odata.type": "#microsoft.graph.fileAttachment", "name": "menu.txt", "contentBytes": "VGVh" },
                ],
            },
            "saveToSentItems": false,
        })
    );

    // Existing owners, given by their request builders or their addresses.
    let group = Group::default()
        .with(Group::DISPLAY_NAME, "Readers")
        .with_bound(Group::OWNERS, graph.users().id("ada"))
        .with_bound(Group::OWNERS, "https://graph.microsoft.com/v1.0/users/bo");
    let users = "https://graph.microsoft.com/v1.0/users";
    assert_eq!(
        body(graph.groups().create(&group)),
        json!({ "displayName": "Readers", "owners@odata.bind": [format!("{users}/ada"), format!("{users}/bo")] })
    );
    let change = Update::<User>::new().bind(User::MANAGER, graph.users().id("eve"));
    assert_eq!(body(graph.users().id("ada").update(&change)), json!({ "manager@odata.bind": format!("{users}/eve") }));
    // Setting a property again replaces its null or its value.
    let mut user: User = survives(json!({ "jobTitle": null, "mail": "a@b.c" }));
    user = user.with(User::JOB_TITLE, "Chair").with(User::MAIL, "x@b.c");
    assert_eq!(serde_json::to_value(user).expect("memory"), json!({ "jobTitle": "Chair", "mail": "x@b.c" }));
}

#[test]
fn name_tables_are_sorted() {
    for info in [User::default().type_info(), Message::default().type_info(), DriveItem::default().type_info()] {
        assert!(info.is_sorted(), "{}", info.name());
    }
}
