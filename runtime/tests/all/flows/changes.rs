//! Rounds of delta queries.

use edmark_runtime::{
    At, Change, Changes, Client, DeltaLink, DeltaRequest, Error, LinkError, Method, Request, Untyped, response,
};

use super::service::{BASE, Service, id, json, run, with};

fn delta(client: &Client) -> DeltaRequest<Untyped> {
    Request::new(Method::Get, At::root(client.clone()).segment("users").segment("delta"), response::json)
}

fn all(changes: &mut Changes<Untyped>) -> Result<Vec<String>, Error> {
    run(async {
        let mut found = Vec::new();
        while let Some(change) = changes.try_next().await? {
            found.push(match change {
                Change::Item(item) => format!("+{}", id(&item)),
                Change::Removed(gone) => format!("-{}", gone.id().unwrap_or("?")),
            });
        }
        Ok(found)
    })
}

#[test]
fn a_round_ends_with_the_link_to_the_next_one() {
    let service = Service::new(|number, _| {
        json(
            200,
            match number {
                0 => r#"{"value": [{"id": "1"}], "@odata.nextLink": "/v1.0/users/delta?$skiptoken=a"}"#,
                1 => {
                    r#"{"value": [{"id": "2"}, {"id": "3", "@removed": {"reason": "deleted"}}], "@odata.deltaLink": "/v1.0/users/delta?$deltatoken=b"}"#
                }
                _ => r#"{"value": [], "@odata.deltaLink": "/v1.0/users/delta?$deltatoken=c"}"#,
            },
        )
    });
    let client = service.client();
    let mut changes = delta(&client).prefer("return=minimal").changes();
    assert!(changes.link().is_none());
    assert_eq!(all(&mut changes).unwrap(), ["+1", "+2", "-3"]);

    // Between two runs, the link is kept as a text.
    let kept = serde_json::to_string(changes.link().unwrap()).unwrap();
    let link: DeltaLink = serde_json::from_str(&kept).unwrap();
    let mut changes = delta(&client).prefer("return=minimal").changes_since(&link);
    assert_eq!(all(&mut changes).unwrap(), Vec::<String>::new());
    assert_eq!(changes.link().map(DeltaLink::as_str), Some("/v1.0/users/delta?$deltatoken=c"));
    assert_eq!(
        service.asked(),
        ["GET /users/delta", "GET /users/delta?$skiptoken=a", "GET /users/delta?$deltatoken=b"]
    );
    assert_eq!(service.request(2).headers()["prefer"], "return=minimal");
}

#[test]
fn a_forgotten_link_asks_to_read_everything_anew() {
    let service = Service::new(|number, _| match number {
        0 => with(
            410,
            &[("location", "https://graph.microsoft.com/v1.0/users/delta?$deltatoken=new"), ("request-id", "r-1")],
            r#"{"error": {"code": "resyncChangesApplyDifferences", "message": "Too old."}}"#,
        ),
        _ => json(200, r#"{"value": [{"id": "1"}], "@odata.deltaLink": "/v1.0/users/delta?d"}"#),
    });
    let client = service.client();
    let mut changes = delta(&client).changes_since(&DeltaLink::new(format!("{BASE}/users/delta?$deltatoken=old")));
    let Err(Error::Resync(resync)) = all(&mut changes) else { panic!("no resync") };
    assert_eq!(resync.error().code(), Some("resyncChangesApplyDifferences"));
    assert_eq!(
        resync.to_string(),
        "the service has forgotten the delta link, read everything anew: the service answered 410 Gone to GET https://graph.microsoft.com/v1.0/users/delta: resyncChangesApplyDifferences: Too old. (request r-1)"
    );
    assert!(changes.link().is_none());

    let mut changes = delta(&client).changes_since(resync.start().unwrap());
    assert_eq!(all(&mut changes).unwrap(), ["+1"]);
    assert_eq!(service.asked()[1], "GET /users/delta?$deltatoken=new");
}

#[test]
fn a_round_without_a_link_to_the_next_one_is_an_error() {
    let service = Service::new(|_, _| json(200, r#"{"value": [{"id": "1"}]}"#));
    let mut changes = delta(&service.client()).changes();
    run(async {
        assert!(changes.try_next().await.unwrap().is_some());
        let error = changes.try_next().await.unwrap_err();
        assert!(matches!(error, Error::Link(LinkError::Missing { .. })), "{error:?}");
        assert!(changes.try_next().await.unwrap().is_none());
    });
}

#[test]
fn a_kept_link_leads_to_the_service_or_nowhere() {
    let service = Service::new(|_, _| json(200, r#"{"value": []}"#));
    let mut changes =
        delta(&service.client()).changes_since(&DeltaLink::new("https://evil.example/users/delta?$deltatoken=a"));
    assert!(matches!(all(&mut changes), Err(Error::Foreign { .. })));
    assert!(service.asked().is_empty());
}
