//! The closed list of problem kinds. Each has a name, a severity and an explanation that
//! `edmark explain` and the crate's documentation show.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident;)+) => {
        /// What kind of problem a diagnostic reports.
        ///
        /// | code | severity | what it means |
        /// | --- | --- | --- |
        $(#[doc = concat!("| [`", $name, "`](Self::", stringify!($variant), ") | ", stringify!($severity), " |", $($doc,)+ " |")])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ #[doc(alias = $name)] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the pipeline's stages.
            pub const ALL: &[Code] = &[$(Code::$variant),+];

            /// The name that stands in output and in `edmark.toml`, in kebab case.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),+ }
            }

            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),+ }
            }

            /// What it means and how to mend it, in markdown.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc, "\n"),+)),+ }
            }
        }
    };
}

codes! {
    /// The system does not let the page be read, or it is a link to a file that is gone. All other
    /// pages were read.
    Unreadable = "unreadable", Error;
    /// The file is not valid UTF-8, so it was not read. Save it as UTF-8.
    NotUtf8 = "not-utf8", Error;
    /// The file is larger than 16 MiB, which no reference page is. It was not read.
    TooLarge = "too-large", Error;
    /// The page holds the marks of a merge that was left unfinished. It was read as the first side
    /// has it. Decide which side is right, and remove the marks.
    MergeConflict = "merge-conflict", Error;
    /// The page's YAML front matter could not be read; what it says was left out.
    FrontMatterInvalid = "front-matter-invalid", Warning;
    /// The page is empty, or has no heading, table or block that says what it describes.
    NothingDescribed = "nothing-described", Note;
    /// The page includes files that are not among the inputs, so what they say is missing. Hand
    /// over the folder that holds them, too.
    IncludeMissing = "include-missing", Note;
    /// A code block is not closed where it should be, and swallowed what follows. It was ended
    /// there.
    FenceUnclosed = "fence-unclosed", Warning;
    /// A heading is nearly that of a section that matters. It was read as that.
    HeadingMisspelt = "heading-misspelt", Warning;
    /// The comment before a block is not valid JSON. It was read leniently; the place is where it
    /// goes wrong.
    CommentInvalid = "comment-invalid", Warning;
    /// The JSON block is not valid JSON. It was read leniently; the place is where it goes wrong.
    JsonInvalid = "json-invalid", Warning;
    /// A table row has another number of cells than its header, or is shifted or split over two
    /// lines.
    RowMalformed = "row-malformed", Warning;
    /// A table's lines do not form a table in markdown (the delimiter row is missing or too short,
    /// say).
    TableMalformed = "table-malformed", Warning;
    /// A row of a property or relationship table has no name that can be a property's, so it was
    /// left out.
    RowWithoutName = "row-without-name", Warning;
    /// The header of a property table does not say what its columns hold; that was told by what
    /// stands in them.
    HeaderUnclear = "header-unclear", Warning;
    /// A property table stands under a heading that is not about the type's properties. It is read
    /// where its names stand in the JSON block.
    RowOutside = "row-outside", Note;
    /// Table and JSON block spell a property's name differently. A spelling that begins with a
    /// small letter is taken before one that does not; else the block's where only the case of
    /// letters differs, and the table's where letters do.
    NameDisagrees = "name-disagrees", Warning;
    /// The comment before the JSON block names another type than the page does elsewhere; the name
    /// that stands in most places is taken.
    TypeNameDisagrees = "type-name-disagrees", Warning;
    /// An enum's page or section lists no members.
    EnumWithoutMembers = "enum-without-members", Warning;
    /// A property row has no type.
    TypeMissing = "type-missing", Warning;
    /// A type cell could not be understood.
    TypeUnclear = "type-unclear", Warning;
    /// A type is named that none of the pages describes; it is read as untyped JSON.
    TypeUnknown = "type-unknown", Warning;
    /// A link leads to a page that is not there.
    LinkBroken = "link-broken", Note;
    /// A link's text names one type, and its target is the page of another one. The text is taken.
    LinkElsewhere = "link-elsewhere", Warning;
    /// A type's name fits types of several namespaces.
    TypeAmbiguous = "type-ambiguous", Warning;
    /// Properties table and JSON block give a property different types; the table's is taken.
    TypeMismatch = "type-mismatch", Warning;
    /// A property stands in the JSON block only.
    MissingFromTable = "missing-from-table", Note;
    /// A relationship's row names a single type, while the methods table lists a collection of it;
    /// it is taken as a collection.
    CollectionUnsaid = "collection-unsaid", Warning;
    /// A member of an open type's JSON block is a sample of dynamic properties, not a property; it
    /// was left out.
    SampleKey = "sample-key", Note;
    /// A property stands in the table only.
    MissingFromJson = "missing-from-json", Note;
    /// A property is described twice on one page.
    PropertyRepeated = "property-repeated", Warning;
    /// Two places describe the same type.
    TypeRepeated = "type-repeated", Note;
    /// Two descriptions of one enum have different members; all of them are taken.
    EnumDisagrees = "enum-disagrees", Note;
    /// The key named by the block's comment is not a property.
    KeyUnknown = "key-unknown", Warning;
    /// A base type is named that no page describes.
    BaseUnknown = "base-unknown", Warning;
    /// Two places name different base types.
    BaseDisagrees = "base-disagrees", Warning;
    /// A derived type's page gives an inherited property another type than the base's page; the
    /// base's is taken.
    InheritedDiffers = "inherited-differs", Warning;
    /// A type is its own ancestor.
    BaseCycle = "base-cycle", Error;
    /// A row of a methods table has no link to an API page that is among the inputs.
    MethodUnresolved = "method-unresolved", Warning;
    /// An API page has no HTTP request that can be understood.
    RequestMissing = "request-missing", Warning;
    /// A line of an HTTP request block is no request.
    RequestMalformed = "request-malformed", Warning;
    /// A cell of a permissions table names no permission and does not say that there is none.
    PermissionUnclear = "permission-unclear", Note;
    /// The methods table, the example response and the text of an API page disagree about what
    /// comes back; the example's answer is taken.
    ReturnDisagrees = "return-disagrees", Warning;
    /// An API page that a methods table links to does not say what comes back; its answer is read
    /// as untyped JSON.
    ReturnUnclear = "return-unclear", Note;
    /// Several pages describe the same request and disagree about what it carries or what comes
    /// back; each is a function of its own.
    RequestsDiffer = "requests-differ", Note;
    /// An example sends a parameter of an action that no table describes; its type is taken from
    /// the example.
    ParameterUndescribed = "parameter-undescribed", Note;
    /// The JSON body of an API page's example does not fit the type that the pages describe: a
    /// string stands for a Boolean, say. One of the two is wrong; tests that edmark generates
    /// expect the example to fail.
    ExampleDisagrees = "example-disagrees", Warning;
    /// The body of an example has a member that its type does not describe. Most are misspelt, in
    /// letter case as well; others are missing from the type's page.
    ExamplePropertyUnknown = "example-property-unknown", Warning;
    /// The examples of several pages show a property that the page of its type does not describe.
    PropertyUndescribed = "property-undescribed", Warning;
    /// An example names a type, in `@odata.type`, that no page describes. A client cannot tell what
    /// it is.
    ExampleTypeUnknown = "example-type-unknown", Warning;
    /// A row of a request body's table is no property of the type that is sent.
    BodyPropertyUnknown = "body-property-unknown", Warning;
    /// The method or the path of an example's request is not that of a request line.
    ExampleRequestUnknown = "example-request-unknown", Warning;
    /// An example has a body where its status, or the page, says that there is none.
    ExampleBodyUnexpected = "example-body-unexpected", Warning;
    /// The body of an example is one object, a list, or an object in an envelope, and the page says
    /// another of these.
    ExampleEnvelope = "example-envelope", Warning;
    /// A declaration of the metadata cannot be read, or has no meaning where it stands; it was left
    /// out.
    MetadataInvalid = "metadata-invalid", Error;
    /// Annotations of the metadata are about something that it does not declare.
    MetadataTargetUnknown = "metadata-target-unknown", Note;
    /// A correction of `edmark.toml` names something that is not there, or says what the pages say
    /// already.
    CorrectionIdle = "correction-idle", Warning;
    /// The service's metadata has no type of this name. Only where both pages and metadata are
    /// given, as all codes that begin with `service`.
    ServiceLacksType = "service-lacks-type", Warning;
    /// The service has a type that pages name and none describes.
    ServiceHasType = "service-has-type", Note;
    /// A type is another kind of type in the service: entity or complex, enum or structured, flags
    /// or not.
    ServiceKindDiffers = "service-kind-differs", Warning;
    /// A type has another base type in the service, counting only types that pages describe.
    ServiceBaseDiffers = "service-base-differs", Warning;
    /// The service has no property of this name, neither the type itself nor one of its bases.
    ServiceLacksProperty = "service-lacks-property", Warning;
    /// The service has properties that the type's page does not describe; one note for all of a
    /// type.
    ServiceHasProperty = "service-has-property", Note;
    /// A property has another type in the service, or is a collection in one of the two.
    ServiceTypeDiffers = "service-type-differs", Warning;
    /// A property leads to other entities by the pages and holds a value in the service, or the
    /// other way round.
    ServiceNavigationDiffers = "service-navigation-differs", Warning;
    /// The service's enum type has no member of this name.
    ServiceLacksMember = "service-lacks-member", Warning;
    /// The service's enum type has members that no page lists; one note for all of a type.
    ServiceHasMember = "service-has-member", Note;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn each_code_has_a_name_of_its_own_and_an_explanation_that_fits_into_the_table() {
        let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            let (name, text) = (code.name(), code.explanation());
            assert!(
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{name}"
            );
            assert!(text.trim_end().ends_with('.') && !text.contains(['|', '\t']), "{name}: {text}");
        }
    }
}
