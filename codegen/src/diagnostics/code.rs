//! The closed list of problem kinds. Each has a name, a severity and an explanation, which `edmark
//! lint --explain` and the crate's documentation show.

use super::Severity;

/// An example of a kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// The wrong text of the page.
    pub bad: &'static str,
    /// The consequence for callers of the service.
    pub why: &'static str,
    /// The corrected text.
    pub good: &'static str,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident, $bad:literal => $good:literal, $why:literal;)+) => {
        /// The kind of problem that a diagnostic reports.
        ///
        /// | code | severity | what it means |
        /// | --- | --- | --- |
        $(#[doc = concat!("| [`", $name, "`](Self::", stringify!($variant), ") | ", stringify!($severity), " |", $($doc,)+ " |")])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum Code {
            $(
                $(#[doc = $doc])+
                #[doc = concat!("\n", $why, "\n\n~~~~text\n", $bad, "\n~~~~\n\nMended:\n\n~~~~text\n", $good, "\n~~~~")]
                #[doc(alias = $name)]
                $variant,
            )+
        }

        impl Code {
            /// Every code, in the order of the pipeline's stages.
            pub const ALL: &[Code] = &[$(Code::$variant),+];

            /// The name in output and in `edmark.toml`, in kebab case.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),+ }
            }

            /// The severity of the problem.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),+ }
            }

            /// An example of the problem, its consequence for callers, and the corrected text.
            pub fn lesson(self) -> Lesson {
                match self { $(Code::$variant => Lesson { bad: $bad, why: $why, good: $good },)+ }
            }

            /// The meaning of the problem and its remedy, in markdown.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc, "\n"),+)),+ }
            }
        }
    };
}

codes! {
    /// The system does not let the page be read, or it is a link to a file that is gone. All other
    /// pages were read.
    Unreadable = "unreadable", Error,
        "docs/lamp.md -> ../gone.md" =>
        "docs/lamp.md",
        "What the page describes is missing from the code.";
    /// The file is not valid UTF-8, so it was not read. Save it as UTF-8.
    NotUtf8 = "not-utf8", Error,
        "a page saved as Latin-1" =>
        "the same page, saved as UTF-8",
        "What the page describes is missing from the code.";
    /// The file is larger than 16 MiB, which no reference page is. It was not read.
    TooLarge = "too-large", Error,
        "a page of 20 MiB" =>
        "one page a type",
        "What the page describes is missing from the code.";
    /// The page holds the marks of a merge that was left unfinished. It was read as the first side
    /// has it. Decide which side is right, and remove the marks.
    MergeConflict = "merge-conflict", Error,
        "<<<<<<< HEAD\n|colour|String|Its colour.|\n=======\n|color|String|Its color.|\n>>>>>>> other" =>
        "|colour|String|Its colour.|",
        "Only one side can be what the service has; the other one is lost.";
    /// The page's YAML front matter could not be read; what it says was left out.
    FrontMatterInvalid = "front-matter-invalid", Warning,
        "title: \"lamp" =>
        "title: \"lamp\"",
        "The page may be taken for another kind of page.";
    /// A key of the front matter that matters, or the kind of page that it says, has a slip in it.
    /// It was read as what is meant.
    FrontMatterMisspelt = "front-matter-misspelt", Warning,
        "doctype: resourcePageTyp" =>
        "doc_type: resourcePageType",
        "The page may be taken for another kind of page, and the type is missing.";
    /// The page is empty, or has no heading, table or block that says what it describes.
    NothingDescribed = "nothing-described", Note,
        "an empty page" =>
        "# lamp resource type",
        "Nothing is generated for the page.";
    /// The page includes files that are not among the inputs, so what they say is missing. Hand
    /// over the folder that holds them, too.
    IncludeMissing = "include-missing", Note,
        "[!INCLUDE [permissions](../includes/x.md)]" =>
        "the same, with `--docs includes`",
        "Permissions and sentences of includes are missing from the documentation.";
    /// A code block is not closed where it should be, and swallowed what follows. It was ended
    /// there. Or its fence is indented so far that markdown shows it as code itself.
    FenceUnclosed = "fence-unclosed", Warning,
        "```http\nGET /lamps\n\n## Response" =>
        "```http\nGET /lamps\n```\n\n## Response",
        "All that follows would be read as code, and what it describes would be lost.";
    /// A heading is nearly that of a section that matters. It was read as that.
    HeadingMisspelt = "heading-misspelt", Warning,
        "## Propertys" =>
        "## Properties",
        "Readers and tools that look for the section do not find it.";
    /// The comment before a block is not valid JSON. It was read leniently; the place is where it
    /// goes wrong.
    CommentInvalid = "comment-invalid", Warning,
        "{ \"keyProperty\": \"id\", }" =>
        "{ \"keyProperty\": \"id\" }",
        "Keys, base types and names of examples may be read wrong.";
    /// The JSON block is not valid JSON. It was read leniently; the place is where it goes wrong.
    JsonInvalid = "json-invalid", Warning,
        "{ \"id\": \"7\" \"size\": 1 }" =>
        "{ \"id\": \"7\", \"size\": 1 }",
        "Whoever copies the example sends what the service refuses.";
    /// A table row has another number of cells than its header, or is shifted or split over two
    /// lines.
    RowMalformed = "row-malformed", Warning,
        "|colour|String|" =>
        "|colour|String|Its colour.|",
        "Descriptions and types end up in the wrong column.";
    /// A table's lines do not form a table in markdown (the delimiter row is missing or too short,
    /// or the table is indented so far that it is code, say), or two tables run into each other.
    TableMalformed = "table-malformed", Warning,
        "|Property|Type|\n|id|String|" =>
        "|Property|Type|\n|:---|:---|\n|id|String|",
        "The page shows the table as text.";
    /// A row of a property or relationship table has no name that can be a property's, so it was
    /// left out.
    RowWithoutName = "row-without-name", Warning,
        "||String|Its colour.|" =>
        "|colour|String|Its colour.|",
        "The property is missing from the struct.";
    /// The header of a property table does not say what its columns hold; that was told by what
    /// stands in them.
    HeaderUnclear = "header-unclear", Warning,
        "|Properties|Kind|What|" =>
        "|Property|Type|Description|",
        "A guess may take descriptions for types.";
    /// A property table stands under a heading that is not about the type's properties. It is read
    /// where its names stand in the JSON block.
    RowOutside = "row-outside", Note,
        "## More\n|Property|Type|Description|" =>
        "## Properties\n|Property|Type|Description|",
        "Readers do not find the properties.";
    /// Table and JSON block spell a property's name differently, or a request line spells a segment
    /// of its path otherwise than the other pages do. Of two names of a property, a spelling that
    /// begins with a small letter is taken before one that does not; else the block's where only
    /// the case of letters differs, and the table's where letters do.
    NameDisagrees = "name-disagrees", Warning,
        "|Manufacturer|String|…| beside \"manufacturer\"" =>
        "|manufacturer|String|…|",
        "With the wrong spelling a property is always empty.";
    /// The comment before the JSON block names another type than the page does elsewhere; the name
    /// that stands in most places is taken.
    TypeNameDisagrees = "type-name-disagrees", Warning,
        "\"@odata.type\": \"microsoft.graph.lampp\"" =>
        "\"@odata.type\": \"microsoft.graph.lamp\"",
        "The struct would be called after the slip, and tags would not fit it.";
    /// The name of a type, of a property or of a part of a path has more than 128 characters, which
    /// no OData service allows. What has it was left out.
    NameTooLong = "name-too-long", Error,
        "# lampOfTheHallBehindTheKitchenBesideTheStairs… resource type" =>
        "# lamp resource type",
        "Nothing is generated for it.";
    /// An enum's page or section lists no members.
    EnumWithoutMembers = "enum-without-members", Warning,
        "### lampKind values" =>
        "### lampKind values\n\n|Member|\n|:---|\n|hall|",
        "Callers have no names for the values.";
    /// A word among the operators of `$filter` is none, and nearly one. It was read as that.
    OperatorMisspelt = "operator-misspelt", Warning,
        "Supports `$filter` (`eqq`)." =>
        "Supports `$filter` (`eq`).",
        "Whoever copies the operator gets an error from the service.";
    /// A property row has no type.
    TypeMissing = "type-missing", Warning,
        "|colour||Its colour.|" =>
        "|colour|String|Its colour.|",
        "The property holds any JSON.";
    /// A type cell could not be understood.
    TypeUnclear = "type-unclear", Warning,
        "|colour|see below|Its colour.|" =>
        "|colour|String|Its colour.|",
        "The property holds any JSON.";
    /// A type is named that none of the pages describes; it is read as untyped JSON.
    TypeUnknown = "type-unknown", Warning,
        "|taken|DateTimeOfset|When.|" =>
        "|taken|DateTimeOffset|When.|",
        "The value is untyped JSON, and callers have to take it apart.";
    /// A link leads to a page that is not there.
    LinkBroken = "link-broken", Note,
        "[plug](pulg.md)" =>
        "[plug](plug.md)",
        "Readers end at a page that is not there.";
    /// A link's text names one type, and its target is the page of another one. The text is taken.
    LinkElsewhere = "link-elsewhere", Warning,
        "[lampState](lamp.md)" =>
        "[lampState](lampstate.md)",
        "Readers end at the page of another type, and tools take that type.";
    /// A type's name fits types of several namespaces.
    TypeAmbiguous = "type-ambiguous", Warning,
        "session" =>
        "[microsoft.graph.callRecords.session](callrecords-session.md)",
        "The wrong one of two types may be taken.";
    /// Properties table and JSON block give a property different types; the table's is taken.
    TypeMismatch = "type-mismatch", Warning,
        "|wide|String|…| beside \"wide\": true" =>
        "|wide|Boolean|…|",
        "With the wrong type the whole response cannot be read.";
    /// A property stands in the JSON block only.
    MissingFromTable = "missing-from-table", Note,
        "\"size\": 1 and no row" =>
        "|size|Int32|How large it is.|",
        "The property has no documentation.";
    /// A relationship's row names a single type, while the methods table lists a collection of it;
    /// it is taken as a collection.
    CollectionUnsaid = "collection-unsaid", Warning,
        "|parts|[part](part.md)|The parts.|" =>
        "|parts|[part](part.md) collection|The parts.|",
        "One value would be expected where the service sends a list.";
    /// A property stands in the table only.
    MissingFromJson = "missing-from-json", Note,
        "a row, and no member in the block" =>
        "\"size\": 1",
        "Readers do not see it in the representation.";
    /// A row has the description of another one, word for word, and it speaks of that one.
    DescriptionCopied = "description-copied", Warning,
        "|isLit|Boolean|Whether the lamp is lit.|\n|isLocked|Boolean|Whether the lamp is lit.|" =>
        "|isLit|Boolean|Whether the lamp is lit.|\n|isLocked|Boolean|Whether the switch is locked.|",
        "Readers do not learn what the property holds, or take it for the other one.";
    /// A property is described twice on one page.
    PropertyRepeated = "property-repeated", Warning,
        "|id|String|…|\n|id|Guid|…|" =>
        "|id|String|…|",
        "Of two types only one is right.";
    /// Two places describe the same type.
    TypeRepeated = "type-repeated", Note,
        "two pages of `lamp` that differ" =>
        "one page of `lamp`",
        "Each page may be mended alone, and the other stays wrong.";
    /// Two descriptions of one enum have different members, all of which are taken; or they spell a
    /// member differently, in letter case as well.
    EnumDisagrees = "enum-disagrees", Note,
        "|hall| in a table, `hall`, `cellar` in a row" =>
        "both in the table",
        "A member may be missing from one of the places.";
    /// The key named by the block's comment is not a property.
    KeyUnknown = "key-unknown", Warning,
        "\"keyProperty\": \"id\" and no such row" =>
        "|id|String|The key. Read-only.|",
        "The entity cannot be addressed by its key.";
    /// A base type is named that no page describes.
    BaseUnknown = "base-unknown", Warning,
        "\"baseType\": \"microsoft.graph.gadgt\"" =>
        "\"baseType\": \"microsoft.graph.gadget\"",
        "The properties of the base are missing.";
    /// Two places name different base types.
    BaseDisagrees = "base-disagrees", Warning,
        "\"baseType\": \"a\" and \"Inherits from b\"" =>
        "the same base in both",
        "The properties of the right base are missing.";
    /// A derived type's page gives an inherited property another type than the base's page; the
    /// base's is taken.
    InheritedDiffers = "inherited-differs", Warning,
        "|id|Guid|…| where the base has String" =>
        "no row, or the base's type",
        "A value cannot be read as two types.";
    /// A type is its own ancestor.
    BaseCycle = "base-cycle", Error,
        "a inherits from b, and b from a" =>
        "a inherits from b",
        "No type can be its own ancestor.";
    /// A row of a methods table has no link to an API page that is among the inputs.
    MethodUnresolved = "method-unresolved", Warning,
        "|Get lamp|[lamp](lamp.md)|…|" =>
        "|[Get lamp](../api/lamp-get.md)|[lamp](lamp.md)|…|",
        "The method is missing from the client.";
    /// An API page has no HTTP request that can be understood.
    RequestMissing = "request-missing", Warning,
        "## HTTP request\n\nGET the lamp." =>
        "## HTTP request\n```http\nGET /lamps/{id}\n```",
        "The method is missing from the client.";
    /// A line of an HTTP request block is no request.
    RequestMalformed = "request-malformed", Warning,
        "GET lamps id" =>
        "GET /lamps/{id}",
        "The method is missing from the client, or goes to another URL.";
    /// A request line has another HTTP method than the page's title and examples have; theirs is
    /// taken.
    RequestMethodDisagrees = "request-method-disagrees", Warning,
        "POST /lamps/{id} on the page \"Update lamp\"" =>
        "PATCH /lamps/{id}",
        "The response has status 405.";
    /// A cell of a permissions table names no permission and does not say that there is none.
    PermissionUnclear = "permission-unclear", Note,
        "|Application|To be done|" =>
        "|Application|Lamp.Read.All|",
        "Callers ask for the wrong permissions, or for too many.";
    /// The methods table, the example and the text of an API page disagree about the response; that
    /// of the example is taken.
    ReturnDisagrees = "return-disagrees", Warning,
        "\"@odata.type\": \"microsoft.graph.user\" on a page that returns a lamp" =>
        "\"@odata.type\": \"microsoft.graph.lamp\"",
        "The response is read as the wrong type, and all its fields are empty.";
    /// The status of an example's response is none of those that the text below "Response" names.
    StatusDisagrees = "status-disagrees", Warning,
        "`201 Created` in the text, and HTTP/1.1 200 OK" =>
        "HTTP/1.1 201 Created",
        "Callers that compare the status take a success for a failure.";
    /// An API page that a methods table links to does not describe its response, which is read as
    /// untyped JSON.
    ReturnUnclear = "return-unclear", Note,
        "## Response\n\nOK." =>
        "## Response\n\n`200 OK` and a [lamp](lamp.md) object.",
        "The response is untyped JSON.";
    /// Several pages describe the same request and disagree about its body or its response; each
    /// is a function of its own.
    RequestsDiffer = "requests-differ", Note,
        "two pages of POST /lamps" =>
        "one page",
        "Callers find two methods for one request.";
    /// An example sends a parameter of an action that no table describes; its type is taken from
    /// the example.
    ParameterUndescribed = "parameter-undescribed", Note,
        "{ \"leftwards\": true } and no row" =>
        "|leftwards|Boolean|Which way.|",
        "The parameter has no documentation, and its type is a guess.";
    /// The first line of an example is neither a request nor a status, or not what the comment
    /// above it says.
    ExampleMalformed = "example-malformed", Warning,
        "HTP/1.1 200 OK" =>
        "HTTP/1.1 200 OK",
        "Tools that try the example do not find it, and readers cannot send it.";
    /// The JSON body of an API page's example does not fit the type that the pages describe: a
    /// string stands for a Boolean, say. One of the two is wrong; tests that edmark generates
    /// expect the example to fail.
    ExampleDisagrees = "example-disagrees", Warning,
        "\"isOn\": \"yes\" where the row says Boolean" =>
        "\"isOn\": true",
        "Whoever copies the example sends what the service refuses.";
    /// An example has placeholders in the place of values, such as `"Boolean"`, that do not fit the
    /// types. One note an example.
    ExamplePlaceholder = "example-placeholder", Note,
        "\"isOn\": \"Boolean\"" =>
        "\"isOn\": true",
        "The example cannot be sent, nor read as a response.";
    /// The row of a property says that it is a collection, and all examples show one value, or the
    /// other way round. The examples are taken.
    RowContradicted = "row-contradicted", Warning,
        "|availability|String collection|…| and \"availability\": \"Busy\"" =>
        "|availability|String|…|",
        "With the wrong type no response can be read.";
    /// The body of an example has a member that its type does not describe. Most are misspelt, in
    /// letter case as well; others are missing from the type's page. A body of which the type has
    /// nothing was copied from another page.
    ExamplePropertyUnknown = "example-property-unknown", Warning,
        "{ \"Colour\": \"red\" }" =>
        "{ \"colour\": \"red\" }",
        "The service ignores or refuses the misspelt name.";
    /// An example has a value that is nearly a member of the property's enum, in letter case as
    /// well, and none.
    ExampleMemberUnknown = "example-member-unknown", Warning,
        "\"kind\": \"hal\"" =>
        "\"kind\": \"hall\"",
        "Clients that compare the value with the enum's members find none.";
    /// The examples of several pages show a property that the page of its type does not describe.
    PropertyUndescribed = "property-undescribed", Warning,
        "\"fax\" in the examples of four pages" =>
        "|fax|String|Its number.|",
        "The property is missing from the struct.";
    /// An example names a type, in `@odata.type`, that no page describes. A client cannot tell what
    /// it is.
    ExampleTypeUnknown = "example-type-unknown", Warning,
        "\"@odata.type\": \"#Contoso.Lamp\"" =>
        "\"@odata.type\": \"#microsoft.graph.lamp\"",
        "The service refuses the type, and clients cannot tell which it is.";
    /// A row of a request body's table is no property of the type that is sent.
    BodyPropertyUnknown = "body-property-unknown", Warning,
        "|colur|String|Its colour.|" =>
        "|colour|String|Its colour.|",
        "Whoever sends it changes nothing.";
    /// The method or the path of an example's request is not that of a request line.
    ExampleRequestUnknown = "example-request-unknown", Warning,
        "POST /lamp/7 below GET /lamps/{id}" =>
        "GET /lamps/7",
        "The example does not work, or the request line does not.";
    /// An example has a body where its status, or the page, says that there is none.
    ExampleBodyUnexpected = "example-body-unexpected", Warning,
        "HTTP/1.1 204 No Content\n\n{ \"id\": \"7\" }" =>
        "HTTP/1.1 204 No Content",
        "Readers expect a body that never comes.";
    /// The body of an example is one object, a list, or an object in an envelope, and the page says
    /// another of these.
    ExampleEnvelope = "example-envelope", Warning,
        "{ \"value\": { \"id\": \"7\" } }" =>
        "{ \"id\": \"7\" }",
        "Clients written after the example find nothing in the response.";
    /// A declaration of the metadata cannot be read, or has no meaning where it stands; it was left
    /// out.
    MetadataInvalid = "metadata-invalid", Error,
        "<Property Name=\"size\"/>" =>
        "<Property Name=\"size\" Type=\"Edm.Int32\"/>",
        "What the declaration describes is missing from the code.";
    /// Annotations of the metadata are about something that it does not declare.
    MetadataTargetUnknown = "metadata-target-unknown", Note,
        "<Annotations Target=\"demo.lamp/colur\">, where a lamp has colour" =>
        "<Annotations Target=\"demo.lamp/colour\">",
        "What the annotations say is missing from the documentation of the property that they mean.";
    /// Two declarations of the metadata have one name, which the standard forbids, or names that
    /// differ only in upper and lower case. The second is left out. Of an action or a function that
    /// is called like a type of its schema, generated code has both; an export to CSDL JSON, which
    /// cannot, leaves the operation out.
    MetadataNameShared = "metadata-name-shared", Warning,
        "<EntityType Name=\"lamp\"> and <Action Name=\"lamp\">" =>
        "<EntityType Name=\"lamp\"> and <Action Name=\"switchLamp\">",
        "Tools that read the export do not know the operation.";
    /// No request calls an action or a function of the metadata: the entity container has no import
    /// of it, or no path leads to a value of the type that it is bound to. Values of primitive
    /// types have no paths of their own in generated code.
    MetadataUncalled = "metadata-uncalled", Note,
        "<Function Name=\"rest\" IsBound=\"false\">, and no FunctionImport of it" =>
        "<FunctionImport Name=\"rest\" Function=\"demo.rest\"/>",
        "Generated code has no method that calls it.";
    /// A correction of `edmark.toml` names something that is not there, or says what the pages say
    /// already.
    CorrectionIdle = "correction-idle", Warning,
        "[types.\"microsoft.graph.lampp\".size]\ntype = \"Int32\"" =>
        "[types.\"microsoft.graph.lamp\".size]\ntype = \"Int32\"",
        "The page is still wrong in the code, or the correction can go.";
    /// A derive or an attribute of the configuration is for a type or a member that is not there.
    AttributeIdle = "attribute-idle", Warning,
        "[derives]\n\"lampp\" = [\"Hash\"]" =>
        "[derives]\n\"lamp\" = [\"Hash\"]",
        "The generated code lacks the derive or the attribute.";
    /// The service's metadata has no type of this name. Only where both pages and metadata are
    /// given, as all codes that begin with `service`.
    ServiceLacksType = "service-lacks-type", Warning,
        "# lampp resource type, where the metadata has <EntityType Name=\"lamp\">" =>
        "# lamp resource type",
        "No value that the service sends is ever of this type.";
    /// The service has a type that pages name and none describes.
    ServiceHasType = "service-has-type", Note,
        "|socket|[socket](socket.md)|…|, and no page of socket" =>
        "a page of socket",
        "Without the page, the value is untyped JSON.";
    /// A type is another kind of type in the service: entity or complex, enum or structured, flags
    /// or not.
    ServiceKindDiffers = "service-kind-differs", Warning,
        "{ \"keyProperty\": \"id\" }, where the metadata has <ComplexType Name=\"bulb\">" =>
        "{ }",
        "Callers look for a key that no value has.";
    /// A type has another base type in the service, counting only types that pages describe.
    ServiceBaseDiffers = "service-base-differs", Warning,
        "\"baseType\": \"microsoft.graph.gadget\", where the metadata has BaseType=\"microsoft.graph.device\"" =>
        "\"baseType\": \"microsoft.graph.device\"",
        "Properties of the right base are missing, and those of the wrong one stay empty.";
    /// The service has no property of this name, neither the type itself nor one of its bases.
    ServiceLacksProperty = "service-lacks-property", Warning,
        "|colur|String|Its colour.|, where a lamp of the metadata has colour" =>
        "|colour|String|Its colour.|",
        "The property is always empty, and who sends it gets an error.";
    /// The service has properties that the type's page does not describe; one note for all of a
    /// type.
    ServiceHasProperty = "service-has-property", Note,
        "no row of size, where the metadata has <Property Name=\"size\" Type=\"Edm.Int32\"/>" =>
        "|size|Int32|How large it is.|",
        "Callers find the property only among the undescribed members.";
    /// A property has another type in the service, or is a collection in one of the two.
    ServiceTypeDiffers = "service-type-differs", Warning,
        "|size|String|How large it is.|, where the metadata has Type=\"Edm.Int32\"" =>
        "|size|Int32|How large it is.|",
        "With the wrong type the whole response cannot be read.";
    /// A property leads to other entities by the pages and holds a value in the service, or the
    /// other way round.
    ServiceNavigationDiffers = "service-navigation-differs", Warning,
        "a row of bulb below Properties, where the metadata has <NavigationProperty Name=\"bulb\"" =>
        "the row below Relationships",
        "The value is missing unless it is expanded, and callers do not expand what holds a value.";
    /// The service's action or function has no parameter of this name.
    ServiceLacksParameter = "service-lacks-parameter", Warning,
        "|lefwards|Boolean|Which way.|, where the action of the metadata has leftwards" =>
        "|leftwards|Boolean|Which way.|",
        "The service refuses the request, or does not look at the value.";
    /// A parameter of an action or function has another type in the service.
    ServiceParameterDiffers = "service-parameter-differs", Warning,
        "|count|String|How often.|, where the metadata has Type=\"Edm.Int32\"" =>
        "|count|Int32|How often.|",
        "The service refuses the request.";
    /// The key of an entity type has other properties in the service.
    ServiceKeyDiffers = "service-key-differs", Warning,
        "{ \"keyProperty\": \"name\" }, where the metadata has <PropertyRef Name=\"id\"/>" =>
        "{ \"keyProperty\": \"id\" }",
        "Requests for one entity have the wrong value in their path.";
    /// The service has no such path: a member of the container, a property or an operation of it is
    /// not there, or a cast is missing.
    ServiceLacksPath = "service-lacks-path", Warning,
        "GET /lamps/{id}/sockets, where a lamp of the metadata has no property sockets" =>
        "GET /lamps/{id}/socket",
        "The response is an error.";
    /// The request line calls an action with another method than POST, or a function with another
    /// one than GET.
    ServiceMethodDiffers = "service-method-differs", Warning,
        "GET /lamps/{id}/switchOn, which is an action" =>
        "POST /lamps/{id}/switchOn",
        "The response is an error.";
    /// The response has another type in the service, or is a collection in one of the two, or is
    /// nothing in one of the two.
    ServiceReturnDiffers = "service-return-differs", Warning,
        "returns a lamp object, where the metadata has <ReturnType Type=\"Collection(lamp)\"/>" =>
        "returns a collection of lamp objects",
        "The response is decoded as something else than was sent.";
    /// The service's enum type has no member of this name.
    ServiceLacksMember = "service-lacks-member", Warning,
        "|hal|, where the enum type of the metadata has hall" =>
        "|hall|",
        "No value that the service sends is ever this member, and who sends it gets an error.";
    /// The service's enum type has members that no page lists; one note for all of a type.
    ServiceHasMember = "service-has-member", Note,
        "|hall|, where the metadata has hall and cellar" =>
        "|hall|\n|cellar|",
        "Callers find the value only among the unknown ones.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn each_code_has_a_name_a_lesson_and_an_explanation_that_fits_into_the_table() {
        let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            let (name, text) = (code.name(), code.explanation());
            assert!(
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{name}"
            );
            assert!(text.trim_end().ends_with('.') && !text.contains(['|', '\t']), "{name}: {text}");
            let lesson = code.lesson();
            assert!(lesson.bad != lesson.good && lesson.why.ends_with('.'), "{name}: {lesson:?}");
        }
    }
}
