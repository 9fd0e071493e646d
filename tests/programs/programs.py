# The programs of programs.rs, in the form of the official Python SDK (msgraph-sdk for Python), as
# its documentation describes it: for the comparison of lengths. They are not run. `graph` is a
# `GraphServiceClient`; imports are left out.

# 1. Send a mail with an attachment.
attachment = FileAttachment(
    odata_type="#microsoft.graph.fileAttachment",
    name="plan.txt",
    content_bytes=base64.b64encode(content),
)
message = Message(
    subject="The plan",
    to_recipients=[Recipient(email_address=EmailAddress(address="ada@contoso.com"))],
    attachments=[attachment],
)
await graph.me.send_mail.post(SendMailPostRequestBody(message=message))

# 2. List unread messages.
query = MessagesRequestBuilder.MessagesRequestBuilderGetQueryParameters(
    filter="isRead eq false",
    orderby=["receivedDateTime desc"],
    select=["subject", "from", "receivedDateTime", "isRead", "webLink"],
)
await graph.me.messages.get(RequestConfiguration(query_parameters=query))

# 3. Find meeting times for two attendees.
def attendee(address):
    return AttendeeBase(
        email_address=EmailAddress(address=address), type=AttendeeType.Required
    )

body = FindMeetingTimesPostRequestBody(
    attendees=[attendee("ada@contoso.com"), attendee("grace@contoso.com")],
    meeting_duration=timedelta(hours=1),
)
await graph.me.find_meeting_times.post(body)

# 4. Create an event with attendees and a weekly recurrence.
def at(time):
    return DateTimeTimeZone(date_time=f"2025-03-03T{time}", time_zone="UTC")

pattern = RecurrencePattern(
    type=RecurrencePatternType.Weekly, interval=1, days_of_week=[DayOfWeek.Monday]
)
range = RecurrenceRange(type=RecurrenceRangeType.NoEnd, start_date=date(2025, 3, 3))
event = Event(
    subject="Tea",
    start=at("09:00:00"),
    end=at("09:30:00"),
    attendees=[Attendee(email_address=EmailAddress(address="ada@contoso.com"))],
    recurrence=PatternedRecurrence(pattern=pattern, range=range),
)
await graph.me.events.post(event)

# 5. Upload a small file by path.
drive = await graph.me.drive.get()
root = graph.drives.by_drive_id(drive.id).root
url = f"{root.to_get_request_information().url}:/notes/to%20day.txt:/content"
await graph.drives.by_drive_id(drive.id).items.by_drive_item_id("root").content.with_url(url).put(b"tea")

# 6. Upload a large file in pieces, with progress.
drive = await graph.me.drive.get()
item = graph.drives.by_drive_id(drive.id).items.by_drive_item_id("root:/big.bin:")
session = await item.create_upload_session.post(CreateUploadSessionPostRequestBody())
upload = LargeFileUploadSession(
    upload_url=session.upload_url, expiration_date_time=session.expiration_date_time
)
task = LargeFileUploadTask(upload, graph.request_adapter, stream, DriveItem, 320 * 1024)
result = await task.upload(lambda range: print(range))

# 7. Share a drive item with a link for the organisation.
drive = await graph.me.drive.get()
body = CreateLinkPostRequestBody(type="view", scope="organization")
item = graph.drives.by_drive_id(drive.id).items.by_drive_item_id("17")
await item.create_link.post(body)

# 8. Download a file, streaming.
drive = await graph.me.drive.get()
item = graph.drives.by_drive_id(drive.id).items.by_drive_item_id("17")
content = await item.content.get()  # as a whole: the SDK has no stream of it
length = len(content)

# 9. All users with their manager's name, and a count.
query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
    select=["id", "displayName"], expand=["manager($select=displayName)"], count=True
)
configuration = RequestConfiguration(query_parameters=query)
configuration.headers.add("ConsistencyLevel", "eventual")
await graph.users.get(configuration)

# 10. Add a member to a group.
reference = ReferenceCreate(odata_id="https://graph.microsoft.com/v1.0/users/17")
await graph.groups.by_group_id("7").members.ref.post(reference)

# 11. Create a group with two owners.
group = Group(
    display_name="Sailors",
    mail_enabled=False,
    mail_nickname="sailors",
    security_enabled=True,
    additional_data={
        "owners@odata.bind": [
            "https://graph.microsoft.com/v1.0/users/1",
            "https://graph.microsoft.com/v1.0/users/2",
        ]
    },
)
await graph.groups.post(group)

# 12. Keep users in step by delta, with a stored link.
page = await graph.users.delta.with_url(kept).get()
seen = []
while True:
    for user in page.value:
        if "@removed" in user.additional_data:
            seen.append(f"without {user.id}")
        else:
            seen.append(user.display_name)
    if not page.odata_next_link:
        break
    page = await graph.users.delta.with_url(page.odata_next_link).get()
link = page.odata_delta_link

# 13. 25 requests in a batch, one depending on another.
batch = BatchRequestContentCollection()
first = BatchRequestItem(graph.me.to_get_request_information())
second = BatchRequestItem(
    graph.me.manager.to_get_request_information(), depends_on=[first]
)
batch.add_batch_request_item(first)
batch.add_batch_request_item(second)
for id in range(23):
    user = graph.users.by_user_id(str(id))
    batch.add_batch_request_item(BatchRequestItem(user.to_get_request_information()))
await BatchRequestBuilder(graph.request_adapter).post(batch)

# 14. Subscribe to change notifications.
subscription = Subscription(
    change_type="created,updated",
    notification_url="https://contoso.com/hook",
    resource="me/messages",
    expiration_date_time=datetime(2025, 3, 3, 9, tzinfo=timezone.utc),
)
await graph.subscriptions.post(subscription)

# 15. Read somebody's presence.
presence = await graph.users.by_user_id("17").presence.get()

# 16. Post to a Teams channel, with a mention.
mention = ChatMessageMention(
    id=0,
    mention_text="Ada",
    mentioned=ChatMessageMentionedIdentitySet(
        user=Identity(id="17", display_name="Ada")
    ),
)
message = ChatMessage(
    body=ItemBody(content='<at id="0">Ada</at>, tea?', content_type=BodyType.Html),
    mentions=[mention],
)
channel = graph.teams.by_team_id("1").channels.by_channel_id("2")
await channel.messages.post(message)

# 17. Sync, then wipe, an Intune device.
device = graph.device_management.managed_devices.by_managed_device_id("7")
await device.sync_device.post()
await device.wipe.post(WipePostRequestBody(keep_user_data=True))

# 18. Update a security alert with If-Match.
configuration = RequestConfiguration()
configuration.headers.add("If-Match", 'W/"1"')
alert = Alert(assigned_to="ada@contoso.com", status=AlertStatus.Resolved)
await graph.security.alerts.by_alert_id("7").patch(alert, configuration)

# 19. Read a usage report as CSV.
report = graph.reports.get_email_activity_user_detail_with_period("D7")
content = await report.get()

# 20. Search for files.
drive = await graph.me.drive.get()
search = graph.drives.by_drive_id(drive.id).search_with_q("Ada's plan")
query = SearchWithQRequestBuilder.SearchWithQRequestBuilderGetQueryParameters(
    select=["name", "webUrl"]
)
await search.get(RequestConfiguration(query_parameters=query))

# 21. Update a planner task with its etag.
configuration = RequestConfiguration()
configuration.headers.add("If-Match", task.additional_data["@odata.etag"])
change = PlannerTask(percent_complete=100)
await graph.planner.tasks.by_planner_task_id("7").patch(change, configuration)

# 22. Read and set a profile photo.
content = await graph.me.photo.content.get()
await graph.me.photo.content.put(b"\xff\xd8")

# 23. A group's members that are users.
query = GraphUserRequestBuilder.GraphUserRequestBuilderGetQueryParameters(
    select=["displayName"]
)
members = graph.groups.by_group_id("7").members
await members.graph_user.get(RequestConfiguration(query_parameters=query))

# 24. Sign-ins of the last week that failed.
query = SignInsRequestBuilder.SignInsRequestBuilderGetQueryParameters(
    filter="createdDateTime ge 2025-03-03 and status/errorCode ne 0"
)
await graph.audit_logs.sign_ins.get(RequestConfiguration(query_parameters=query))

# 25. An open extension on a user: create, read, change.
extensions = graph.users.by_user_id("17").extensions
theme = OpenTypeExtension(
    odata_type="microsoft.graph.openTypeExtension",
    extension_name="com.contoso",
    additional_data={"theme": "dark"},
)
await extensions.post(theme)
one = extensions.by_extension_id("com.contoso")
await one.get()
await one.patch(OpenTypeExtension(additional_data={"theme": "light"}))

# 26. Directory objects by ids, of mixed types.
body = GetByIdsPostRequestBody(ids=["1", "2"], types=["user", "group"])
found = await graph.directory_objects.get_by_ids.post(body)
names = [object.display_name for object in found.value if isinstance(object, User)]

# 27. A calendar view in a time zone.
query = CalendarViewRequestBuilder.CalendarViewRequestBuilderGetQueryParameters(
    start_date_time="2025-03-03T00:00:00", end_date_time="2025-03-10T00:00:00"
)
configuration = RequestConfiguration(query_parameters=query)
configuration.headers.add("Prefer", 'outlook.timezone="Europe/Berlin"')
await graph.me.calendar_view.get(configuration)

# 28. The same program against a national cloud.
provider = AzureIdentityAuthenticationProvider(credential, scopes=["https://graph.microsoft.us/.default"])
client = GraphClientFactory.create_with_default_middleware(host=NationalClouds.US_GOV)
adapter = GraphRequestAdapter(provider, client)
me = await GraphServiceClient(request_adapter=adapter).me.get()

# 29. Sign-in with a credential from another crate.
class Credential(AsyncTokenCredential):
    async def get_token(self, *scopes, **options):
        return AccessToken("from-another-crate", 0)

me = await GraphServiceClient(Credential()).me.get()

# 30. A unit test of a function that reads mail, without a network.
async def subjects(graph):
    query = MessagesRequestBuilder.MessagesRequestBuilderGetQueryParameters(top=10)
    page = await graph.me.messages.get(RequestConfiguration(query_parameters=query))
    return [message.subject for message in page.value if message.subject]
