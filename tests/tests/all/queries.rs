//! Query options with the generated constants of the sample crate.

use edmark_runtime::{At, Client, ListRequest, Method, OpenEnum as _, Request, response};
use graph_sample::{
    AssignedLicense, DirectoryObject, EmailAddress, Group, Importance, Message, ObjectIdentity, Recipient, User,
};

fn list<I, T>() -> ListRequest<I, T>
where
    I: edmark_runtime::Value,
{
    Request::new(Method::Get, At::root(Client::offline("https://graph.microsoft.com/v1.0")), response::json)
}

fn query<I, T>(request: ListRequest<I, T>) -> String {
    let http = request.http().expect("the request can be made");
    let query = http.uri().query().unwrap_or_default();
    query.replace("%20", " ")
}

#[test]
fn users() {
    let users = list::<User, User>()
        .select((User::ID, User::DISPLAY_NAME, User::MAIL))
        .expand(User::MANAGER.expand().select(DirectoryObject::ID))
        .filter(User::DISPLAY_NAME.starts_with("A").and(User::ACCOUNT_ENABLED.eq(true)))
        .orderby(User::DISPLAY_NAME.desc());
    assert_eq!(
        query(users),
        "$select=id,displayName,mail&$expand=manager($select=id)\
         &$filter=startswith(displayName,'A') and accountEnabled eq true&$orderby=displayName desc"
    );
    let licensed = User::ASSIGNED_LICENSES
        .any(|license| license.then(AssignedLicense::SKU_ID).eq("6fd2c87f-b296-42f0-b197-1e91e994b900"));
    let local = User::IDENTITIES.any(|identity| identity.then(ObjectIdentity::ISSUER).eq("contoso.com"));
    assert_eq!(
        query(list::<User, User>().filter(licensed.or(!local))),
        "$filter=assignedLicenses/any(x:x/skuId eq 6fd2c87f-b296-42f0-b197-1e91e994b900) or not identities/any(x:x/issuer eq 'contoso.com')"
    );
}

#[test]
fn complex_values_collections_and_families() {
    let from = Message::FROM.then(Recipient::EMAIL_ADDRESS).then(EmailAddress::ADDRESS);
    assert_eq!(
        query(
            list::<Message, Message>()
                .filter(from.ends_with("@contoso.com").and(Message::IMPORTANCE.eq(Importance::High)))
        ),
        "$filter=endswith(from/emailAddress/address,'@contoso.com') and importance eq 'high'"
    );
    assert_eq!(
        query(list::<Group, Group>().filter(Group::GROUP_TYPES.any(|kind| kind.eq("Unified")))),
        "$filter=groupTypes/any(x:x eq 'Unified')"
    );
    let members = list::<DirectoryObject, DirectoryObject>();
    assert_eq!(
        query(members.select(DirectoryObject::ID).filter(DirectoryObject::ID.is_in(["1", "2"]))),
        "$select=id&$filter=id in ('1','2')"
    );
    let unknown = Message::IMPORTANCE.ne(Importance::from_name("it's new"));
    assert_eq!(query(list::<Message, Message>().filter(unknown)), "$filter=importance ne 'it''s new'");
}
