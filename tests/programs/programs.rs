//! Everyday programs for Microsoft Graph, written as users would, and the requests that they make.
//!
//! They need the crate of all of v1.0: `.ci/run` puts this file into it if the service's reference
//! is available.
#![allow(clippy::print_stdout, reason = "a program shows its progress")]

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use edmark_runtime::{
    BoxError, BoxFuture, Change, Client, Cloud, Content, DeltaLink, Error, Json, Reference, Request, Token,
    TokenRequest, Tokens, Transport, Update, With as _,
};
use graph_v1::requests::*;
use graph_v1::*;
use serde_json::json;

/// A mock service that keeps the requests, and sends the responses in turn.
#[derive(Default)]
struct Service {
    answers: Mutex<Vec<(u16, String)>>,
    sent: Mutex<Vec<http::Request<Vec<u8>>>>,
}

impl Service {
    fn answering(answers: &[(u16, &str)]) -> Arc<Self> {
        let answers = answers.iter().rev().map(|(status, body)| (*status, (*body).to_owned())).collect();
        Arc::new(Self { answers: Mutex::new(answers), ..Self::default() })
    }

    fn graph(self: &Arc<Self>) -> Graph {
        Graph::new(Arc::clone(self))
    }

    fn asked(&self) -> Vec<String> {
        let sent = self.sent.lock().expect("no test panics while it sends");
        sent.iter().map(|request| format!("{} {}", request.method(), request.uri())).collect()
    }
}

impl Transport for Service {
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
        self.sent.lock().expect("no test panics while it sends").push(request);
        let answer = self.answers.lock().expect("no test panics while it sends").pop();
        Box::pin(async move {
            let (status, body) = answer.ok_or("no response is left")?;
            let response = http::Response::builder().status(status).header("content-type", "application/json");
            Ok(response.body(body.into())?)
        })
    }
}

/// Runs a future that is ready at once.
fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}

/// The method and the address below the service root.
fn line<R, O>(request: &Request<R, O>) -> String {
    let http = request.http().expect("a request");
    let url = http.uri().to_string().replace("%20", " ").replace("%27", "'");
    format!("{} {}", http.method(), url.trim_start_matches("https://graph.microsoft.com/v1.0"))
}

fn body<R, O>(request: &Request<R, O>) -> Json {
    serde_json::from_slice(request.http().expect("a request").body()).expect("a body in JSON")
}

fn header<R, O>(request: &Request<R, O>, name: &str) -> Option<String> {
    let http = request.http().expect("a request");
    http.headers().get(name).map(|value| value.to_str().expect("a header in ASCII").to_owned())
}

fn graph() -> Graph {
    Graph::offline()
}

/// A recipient with this address.
fn recipient(address: &str) -> Recipient {
    Recipient::default().with(Recipient::EMAIL_ADDRESS, email(address))
}

fn email(address: &str) -> EmailAddress {
    EmailAddress::default().with(EmailAddress::ADDRESS, address)
}

// 1. Send a mail with an attachment.
fn send_mail(graph: &Graph, content: &[u8]) -> Request<()> {
    let attachment =
        FileAttachment::default().with(FileAttachment::NAME, "plan.txt").with(FileAttachment::CONTENT_BYTES, content);
    let message = Message::default()
        .with(Message::SUBJECT, "The plan")
        .with(Message::TO_RECIPIENTS, [recipient("ada@contoso.com")])
        .with(Message::ATTACHMENTS, [Attachment::from(attachment)]);
    graph.me().send_mail(&UserSendMailParameters::default().with(UserSendMailParameters::MESSAGE, message))
}

#[test]
fn program_01() {
    let request = send_mail(&graph(), &[0; 3000]);
    assert_eq!(line(&request), "POST /me/sendMail");
    let sent = body(&request);
    assert_eq!(sent["message"]["attachments"][0]["@odata.type"], "#microsoft.graph.fileAttachment");
    assert_eq!(sent["message"]["attachments"][0]["contentBytes"].as_str().map(str::len), Some(4000));
    assert_eq!(sent["message"]["toRecipients"], json!([{"emailAddress": {"address": "ada@contoso.com"}}]));
}

// 2. List unread messages.
fn unread(graph: &Graph) -> String {
    let request = graph
        .me()
        .messages()
        .list()
        .filter(Message::IS_READ.eq(false))
        .orderby(Message::RECEIVED_DATE_TIME.desc())
        .select((Message::SUBJECT, Message::FROM, Message::RECEIVED_DATE_TIME, Message::IS_READ, Message::WEB_LINK));
    line(&request)
}

#[test]
fn program_02() {
    assert_eq!(
        unread(&graph()),
        "GET /me/messages?$filter=isRead eq false&$orderby=receivedDateTime desc\
         &$select=subject,from,receivedDateTime,isRead,webLink"
    );
}

// 3. Find meeting times for two attendees.
fn meeting_times(graph: &Graph) -> Request<MeetingTimeSuggestionsResult> {
    use UserFindMeetingTimesParameters as Parameters;
    let attendee = |address| {
        AttendeeBase::default()
            .with(AttendeeBase::EMAIL_ADDRESS, email(address))
            .with(AttendeeBase::TYPE, AttendeeType::Required)
    };
    let parameters = Parameters::default()
        .with(Parameters::ATTENDEES, [attendee("ada@contoso.com"), attendee("grace@contoso.com")])
        .with(Parameters::MEETING_DURATION, "PT1H");
    graph.me().find_meeting_times(&parameters)
}

#[test]
fn program_03() {
    let request = meeting_times(&graph());
    assert_eq!(line(&request), "POST /me/findMeetingTimes");
    let attendee = |address| json!({"emailAddress": {"address": address}, "type": "required"});
    assert_eq!(
        body(&request),
        json!({"attendees": [attendee("ada@contoso.com"), attendee("grace@contoso.com")], "meetingDuration": "PT1H"})
    );
}

// 4. Create an event with attendees and a weekly recurrence.
fn weekly(graph: &Graph) -> Request<Event> {
    let at = |time| {
        DateTimeTimeZone::default()
            .with(DateTimeTimeZone::DATE_TIME, format!("2025-03-03T{time}"))
            .with(DateTimeTimeZone::TIME_ZONE, "UTC")
    };
    let pattern = RecurrencePattern::default()
        .with(RecurrencePattern::TYPE, RecurrencePatternType::Weekly)
        .with(RecurrencePattern::INTERVAL, 1)
        .with(RecurrencePattern::DAYS_OF_WEEK, [DayOfWeek::Monday]);
    let range = RecurrenceRange::default()
        .with(RecurrenceRange::TYPE, RecurrenceRangeType::NoEnd)
        .with(RecurrenceRange::START_DATE, "2025-03-03");
    let recurrence = PatternedRecurrence::default()
        .with(PatternedRecurrence::PATTERN, pattern)
        .with(PatternedRecurrence::RANGE, range);
    let event = Event::default()
        .with(Event::SUBJECT, "Tea")
        .with(Event::START, at("09:00:00"))
        .with(Event::END, at("09:30:00"))
        .with(Event::ATTENDEES, [Attendee::default().with(Attendee::EMAIL_ADDRESS, email("ada@contoso.com"))])
        .with(Event::RECURRENCE, recurrence);
    graph.me().events().create(&event)
}

#[test]
fn program_04() {
    let request = weekly(&graph());
    assert_eq!(line(&request), "POST /me/events");
    let sent = body(&request);
    assert_eq!(sent["start"], json!({"dateTime": "2025-03-03T09:00:00", "timeZone": "UTC"}));
    assert_eq!(sent["recurrence"]["pattern"], json!({"daysOfWeek": ["monday"], "interval": 1, "type": "weekly"}));
    assert_eq!(sent["recurrence"]["range"], json!({"startDate": "2025-03-03", "type": "noEnd"}));
}

// 5. Upload a small file by path.
#[test]
fn program_05() {
    let request = graph().me().drive().root().by_path("notes/to day.txt").set_content(b"tea".to_vec(), "text/plain");
    assert_eq!(line(&request), "PUT /me/drive/root:/notes/to day.txt:/content");
    assert_eq!(header(&request, "content-type").as_deref(), Some("text/plain"));
    assert_eq!(request.http().expect("a request").body(), b"tea");
}

// 6. Upload a large file in pieces, with progress.
async fn upload(graph: &Graph, content: Vec<u8>) -> Result<Option<DriveItem>, Error> {
    let parameters = DriveItemCreateUploadSessionParameters::default();
    let session = graph.me().drive().root().by_path("big.bin").create_upload_session(&parameters).send().await?;
    let upload = graph.client().upload::<DriveItem>(&session, content)?;
    let mut upload = upload.pieces_of(320 * 1024).on_progress(|arrived, total| println!("{arrived} of {total}"));
    Ok(upload.send().await?.item)
}

#[test]
fn program_06() {
    let service = Service::answering(&[
        (200, r#"{"uploadUrl": "https://contoso.sharepoint.com/up/1", "nextExpectedRanges": ["0-"]}"#),
        (202, r#"{"nextExpectedRanges": ["327680-"]}"#),
        (201, r#"{"id": "17"}"#),
    ]);
    let item = run(upload(&service.graph(), vec![7; 400_000])).expect("an upload").expect("an item");
    assert_eq!(item.id.as_deref(), Some("17"));
    let there = "PUT https://contoso.sharepoint.com/up/1";
    assert_eq!(service.asked()[1..], [there, there]);
}

// 7. Share a drive item with a link for the organisation.
#[test]
fn program_07() {
    let request = graph().me().drive().items().id("17").create_link(&DriveItemCreateLinkParameters {
        r#type: Some(CreateLinkType::View),
        scope: Some(CreateLinkScope::Organization),
        ..Default::default()
    });
    assert_eq!(line(&request), "POST /me/drive/items/17/createLink");
    assert_eq!(body(&request), json!({"scope": "organization", "type": "view"}));
}

// 8. Download a file, streaming.
async fn download(graph: &Graph) -> Result<usize, Error> {
    let mut content = graph.me().drive().items().id("17").content().download().await?.into_body();
    let mut length = 0;
    while let Some(chunk) = content.chunk().await {
        length += chunk?.len();
    }
    Ok(length)
}

#[test]
fn program_08() {
    let service = Service::answering(&[(200, "a file")]);
    assert_eq!(run(download(&service.graph())).expect("a file"), 6);
    assert_eq!(service.asked(), ["GET https://graph.microsoft.com/v1.0/me/drive/items/17/content"]);
}

// 9. All users with their manager's name, and a count.
#[test]
fn program_09() {
    let request = graph()
        .users()
        .list()
        .select([User::ID, User::DISPLAY_NAME])
        .expand(User::MANAGER.expand().select(User::DISPLAY_NAME))
        .count();
    assert_eq!(line(&request), "GET /users?$select=id,displayName&$expand=manager($select=displayName)&$count=true");
    assert_eq!(header(&request, "consistencylevel").as_deref(), Some("eventual"));
}

// 10. Add a member to a group.
#[test]
fn program_10() {
    let graph = graph();
    let request = graph.groups().id("7").members().add_ref(&Reference::to(&graph.users().id("17")));
    assert_eq!(line(&request), "POST /groups/7/members/$ref");
    assert_eq!(body(&request), json!({"@odata.id": "https://graph.microsoft.com/v1.0/users/17"}));
}

// 11. Create a group with two owners.
fn group_with_owners(graph: &Graph) -> Request<Group> {
    let group = Group::default()
        .with(Group::DISPLAY_NAME, "Sailors")
        .with(Group::MAIL_ENABLED, false)
        .with(Group::MAIL_NICKNAME, "sailors")
        .with(Group::SECURITY_ENABLED, true)
        .with_bound(Group::OWNERS, graph.users().id("1"))
        .with_bound(Group::OWNERS, graph.users().id("2"));
    graph.groups().create(&group)
}

#[test]
fn program_11() {
    let request = group_with_owners(&graph());
    assert_eq!(line(&request), "POST /groups");
    let user = |id: &str| format!("https://graph.microsoft.com/v1.0/users/{id}");
    assert_eq!(body(&request)["owners@odata.bind"], json!([user("1"), user("2")]));
}

// 12. Keep users in step by delta, with a stored link.
async fn follow(graph: &Graph, kept: &str) -> Result<(Vec<String>, Option<DeltaLink>), Error> {
    let mut changes = graph.users().delta().changes_since(&DeltaLink::new(kept));
    let mut seen = Vec::new();
    while let Some(change) = changes.try_next().await? {
        match change {
            Change::Item(user) => seen.push(user.display_name.unwrap_or_default()),
            Change::Removed(gone) => seen.push(format!("without {}", gone.id().unwrap_or_default())),
        }
    }
    Ok((seen, changes.link().cloned()))
}

#[test]
fn program_12() {
    let here = "https://graph.microsoft.com/v1.0/users/delta";
    let answer = format!(
        r#"{{"value": [{{"id": "1", "displayName": "Ada"}}, {{"id": "2", "@removed": {{"reason": "deleted"}}}}],
             "@odata.deltaLink": "{here}?$deltatoken=b"}}"#
    );
    let service = Service::answering(&[(200, &answer)]);
    let (seen, link) = run(follow(&service.graph(), &format!("{here}?$deltatoken=a"))).expect("changes");
    assert_eq!(seen, ["Ada", "without 2"]);
    assert_eq!(link.expect("a link").as_str(), format!("{here}?$deltatoken=b"));
    assert_eq!(service.asked(), [format!("GET {here}?$deltatoken=a")]);
}

// 13. 25 requests in a batch, one depending on another.
async fn batch(graph: &Graph) -> Result<usize, Error> {
    let mut batch = graph.client().batch();
    let first = batch.add(&graph.me().get())?;
    batch.add_after(&graph.me().manager().get(), &[first.id()])?;
    for id in 0..23 {
        batch.add(&graph.users().id(&id.to_string()).get())?;
    }
    batch.send().await?;
    Ok(batch.len())
}

#[test]
fn program_13() {
    let answers = |from: usize, to: usize| {
        let answer = |id: usize| json!({"id": id.to_string(), "status": 200, "body": {"id": "x"}});
        json!({"responses": (from..to).map(answer).collect::<Vec<_>>()}).to_string()
    };
    let service = Service::answering(&[(200, &answers(1, 21)), (200, &answers(21, 26))]);
    assert_eq!(run(batch(&service.graph())).expect("a batch"), 25);
    let there = "POST https://graph.microsoft.com/v1.0/$batch";
    assert_eq!(service.asked(), [there, there]);
    let sent: Json = serde_json::from_slice(service.sent.lock().expect("sent")[0].body()).expect("JSON");
    assert_eq!(sent["requests"][1]["dependsOn"], json!([sent["requests"][0]["id"]]));
}

// 14. Subscribe to change notifications.
#[test]
fn program_14() {
    let request = graph().subscriptions().create(&Subscription {
        change_type: Some("created,updated".to_owned()),
        notification_url: Some("https://contoso.com/hook".to_owned()),
        resource: Some("me/messages".to_owned()),
        expiration_date_time: Some("2025-03-03T09:00:00Z".into()),
        ..Default::default()
    });
    assert_eq!(line(&request), "POST /subscriptions");
    assert_eq!(body(&request)["expirationDateTime"], "2025-03-03T09:00:00Z");
}

// 15. Read somebody's presence.
#[test]
fn program_15() {
    let service = Service::answering(&[(200, r#"{"id": "17", "availability": "Busy", "activity": "InACall"}"#)]);
    let presence = run(service.graph().users().id("17").presence().get().send()).expect("a presence");
    assert!(format!("{presence:?}").contains("Busy"));
    assert_eq!(service.asked(), ["GET https://graph.microsoft.com/v1.0/users/17/presence"]);
}

// 16. Post to a Teams channel, with a mention.
fn mention(graph: &Graph) -> Request<ChatMessage> {
    let user = Identity::default().with(Identity::ID, "17").with(Identity::DISPLAY_NAME, "Ada");
    let mention = ChatMessageMention::default()
        .with(ChatMessageMention::ID, 0)
        .with(ChatMessageMention::MENTION_TEXT, "Ada")
        .with(
            ChatMessageMention::MENTIONED,
            ChatMessageMentionedIdentitySet::default().with(ChatMessageMentionedIdentitySet::USER, user),
        );
    let body = ItemBody::default()
        .with(ItemBody::CONTENT, r#"<at id="0">Ada</at>, tea?"#)
        .with(ItemBody::CONTENT_TYPE, BodyType::Html);
    let message = ChatMessage::default().with(ChatMessage::BODY, body).with(ChatMessage::MENTIONS, [mention]);
    graph.teams().id("1").channels().id("2").messages().create(&message)
}

#[test]
fn program_16() {
    let request = mention(&graph());
    assert_eq!(line(&request), "POST /teams/1/channels/2/messages");
    assert_eq!(body(&request)["mentions"][0]["mentioned"]["user"]["id"], "17");
}

// 17. Sync, then wipe, an Intune device.
#[test]
fn program_17() {
    let device = graph().device_management().managed_devices().id("7");
    assert_eq!(line(&device.sync_device()), "POST /deviceManagement/managedDevices/7/syncDevice");
    let wipe = device.wipe(&ManagedDeviceWipeParameters { keep_user_data: Some(true), ..Default::default() });
    assert_eq!(line(&wipe), "POST /deviceManagement/managedDevices/7/wipe");
    assert_eq!(body(&wipe), json!({"keepUserData": true}));
}

// 18. Update a security alert with If-Match.
#[test]
fn program_18() {
    let change =
        Update::<Alert>::new().set(Alert::ASSIGNED_TO, "ada@contoso.com").set(Alert::STATUS, AlertStatus::Resolved);
    let request = graph().security().alerts().id("7").update(&change).if_match("W/\"1\"");
    assert_eq!(line(&request), "PATCH /security/alerts/7");
    assert_eq!(header(&request, "if-match").as_deref(), Some("W/\"1\""));
    assert_eq!(body(&request), json!({"assignedTo": "ada@contoso.com", "status": "resolved"}));
}

// 19. Read a usage report as CSV.
#[test]
fn program_19() {
    let request = graph().reports().get_email_activity_user_detail("D7");
    assert_eq!(line(&request), "GET /reports/getEmailActivityUserDetail(period='D7')");
}

// 20. Search for files.
#[test]
fn program_20() {
    let request = graph().me().drive().root().search("Ada's plan").select([DriveItem::NAME, DriveItem::WEB_URL]);
    assert_eq!(line(&request), "GET /me/drive/root/search(q='Ada''s plan')?$select=name,webUrl");
}

// 21. Update a planner task with its etag.
#[test]
fn program_21() {
    let sent = r#"{"@odata.etag": "W/\"5\"", "id": "7", "percentComplete": 50}"#;
    let task: PlannerTask = serde_json::from_str(sent).expect("a task");
    let change = Update::<PlannerTask>::new().set(PlannerTask::PERCENT_COMPLETE, 100);
    let request = graph().planner().tasks().id("7").update(&change).if_match(task.additional.etag().unwrap_or("*"));
    assert_eq!(line(&request), "PATCH /planner/tasks/7");
    assert_eq!(header(&request, "if-match").as_deref(), Some("W/\"5\""));
}

// 22. Read and set a profile photo.
#[test]
fn program_22() {
    let photo = graph().me().photo();
    assert_eq!(line(&photo.value()), "GET /me/photo/$value");
    let set = photo.set_value(vec![0xFF, 0xD8], "image/jpeg");
    assert_eq!(line(&set), "PUT /me/photo/$value");
    assert_eq!(header(&set, "content-type").as_deref(), Some("image/jpeg"));
}

// 23. A group's members that are users.
#[test]
fn program_23() {
    let request = graph().groups().id("7").members().as_user().list().select([User::DISPLAY_NAME]);
    assert_eq!(line(&request), "GET /groups/7/members/microsoft.graph.user?$select=displayName");
}

// 24. Sign-ins of the last week that failed.
#[test]
fn program_24() {
    let request =
        graph().audit_logs().sign_ins().list().filter("createdDateTime ge 2025-03-03 and status/errorCode ne 0");
    assert_eq!(
        line(&request),
        "GET /auditLogs/signIns?$filter=createdDateTime ge 2025-03-03 and status/errorCode ne 0"
    );
}

// 25. An open extension on a user: create, read, change.
#[test]
fn program_25() {
    let extensions = graph().users().id("17").extensions();
    let mut theme = OpenTypeExtension { extension_name: Some("com.contoso".to_owned()), ..Default::default() };
    theme.additional.insert("theme", "dark");
    let created = extensions.create_open_type_extension(&theme);
    assert_eq!(line(&created), "POST /users/17/extensions");
    assert_eq!(body(&created)["theme"], "dark");
    let one = extensions.id("com.contoso");
    assert_eq!(line(&one.get()), "GET /users/17/extensions/com.contoso");
    let changed = one.update_open_type_extension(&Update::new().member("theme", "light"));
    assert_eq!(line(&changed), "PATCH /users/17/extensions/com.contoso");
    assert_eq!(body(&changed)["theme"], "light");
}

// 26. Directory objects by ids, of mixed types.
async fn by_ids(graph: &Graph) -> Result<Vec<String>, Error> {
    let ids = DirectoryObjectsGetByIdsParameters {
        ids: Some(vec!["1".to_owned(), "2".to_owned()]),
        types: Some(vec!["user".to_owned(), "group".to_owned()]),
        ..Default::default()
    };
    let found = graph.directory_objects().get_by_ids(&ids).send().await?;
    let users = found.value.iter().filter_map(|object| object.to::<User>());
    Ok(users.filter_map(|user| user.display_name).collect())
}

#[test]
fn program_26() {
    let answer = r##"{"value": [{"@odata.type": "#microsoft.graph.user", "id": "1", "displayName": "Ada"},
                                {"@odata.type": "#microsoft.graph.group", "id": "2", "displayName": "Sailors"}]}"##;
    let service = Service::answering(&[(200, answer)]);
    assert_eq!(run(by_ids(&service.graph())).expect("objects"), ["Ada"]);
    assert_eq!(service.asked(), ["POST https://graph.microsoft.com/v1.0/directoryObjects/getByIds"]);
}

// 27. A calendar view in a time zone.
#[test]
fn program_27() {
    let view = graph().me().calendar_view().list("2025-03-03T00:00:00", "2025-03-10T00:00:00");
    let view = view.prefer("outlook.timezone=\"Europe/Berlin\"");
    assert_eq!(line(&view), "GET /me/calendarView?startDateTime=2025-03-03T00:00:00&endDateTime=2025-03-10T00:00:00");
    assert_eq!(header(&view, "prefer").as_deref(), Some("outlook.timezone=\"Europe/Berlin\""));
}

// 28. The same program against a national cloud.
#[test]
fn program_28() {
    let client = Client::offline(&Cloud::UsGovernment.base("v1.0"));
    let request = Graph::from_client(client).me().get();
    let there = request.http().expect("a request").uri().to_string();
    assert_eq!(there, "https://graph.microsoft.us/v1.0/me");
}

// 29. Sign-in with a credential from another crate.
struct Credential;

impl Tokens for Credential {
    fn token<'a>(&'a self, _: &'a TokenRequest) -> BoxFuture<'a, Result<Token, BoxError>> {
        Box::pin(async { Ok(Token::bearer("from-another-crate")?) })
    }
}

#[test]
fn program_29() {
    let service = Service::answering(&[(200, r#"{"id": "1"}"#)]);
    let client = Client::new(Graph::BASE_URL, Arc::clone(&service)).with_tokens(Credential);
    run(Graph::from_client(client).me().get().send()).expect("a user");
    let sent = service.sent.lock().expect("sent");
    assert_eq!(sent[0].headers()["authorization"], "Bearer from-another-crate");
}

// 30. A unit test of a function that reads mail, without a network.
async fn subjects(graph: &Graph) -> Result<Vec<String>, Error> {
    let page = graph.me().messages().list().top(10).send().await?;
    Ok(page.value.into_iter().filter_map(|message| message.subject).collect())
}

#[test]
fn program_30() {
    let service = Service::answering(&[(200, r#"{"value": [{"subject": "Tea"}, {"subject": null}]}"#)]);
    assert_eq!(run(subjects(&service.graph())).expect("mail"), ["Tea"]);
}
