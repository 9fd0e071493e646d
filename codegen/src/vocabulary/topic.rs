//! The topics of sections, identified by their headings.

use super::bare;
use crate::nearest::is_slip;

/// How a heading says it; all in lower case.
enum Pattern {
    /// The whole heading is one of these.
    Is(&'static [&'static str]),
    /// Its first word is one of these.
    Begins(&'static [&'static str]),
    /// It has a word of each of these lists, at any position.
    Has(&'static [&'static [&'static str]]),
    /// Its first word is the first of these, and it contains the second.
    BeginsAndHas(&'static str, &'static str),
}

/// The kind of page on which a heading stands for the topic.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    ResourcePages,
    ApiPages,
}

macro_rules! topics {
    ($($(#[doc = $doc:literal])+ $variant:ident = $heading:literal on $on:ident: [$($pattern:expr),+ $(,)?];)+) => {
        /// The topic of a section.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Topic {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Topic {
            /// All of them, in the order in which their patterns are tried.
            const ALL: &[Topic] = &[$(Topic::$variant),+];

            /// The usual heading.
            pub(crate) fn heading(self) -> &'static str {
                match self { $(Topic::$variant => $heading),+ }
            }

            fn on(self) -> On {
                match self { $(Topic::$variant => On::$on),+ }
            }

            fn patterns(self) -> &'static [Pattern] {
                use Pattern::{Begins, BeginsAndHas, Has, Is};
                match self { $(Topic::$variant => const { &[$($pattern),+] }),+ }
            }
        }
    };
}

topics! {
    /// Methods that concern the type.
    Methods = "Methods" on ResourcePages: [Is(&["methods", "method", "functions", "actions", "reports", "tasks"])];
    /// Structural properties, and instance annotations.
    Properties = "Properties" on ResourcePages: [Is(&[
        "properties", "property", "instance attributes", "instance annotations", "attributes", "fields", "parameters",
    ])];
    /// Navigation properties.
    Relationships = "Relationships" on ResourcePages: [Is(&[
        "relationships", "relationship", "navigation properties", "navigation", "relations",
    ])];
    /// Members of the page's enum type.
    Members = "Members" on ResourcePages: [Is(&[
        "members", "member", "enum members", "enumeration members", "values", "enum values",
    ])];
    /// Types that derive from the page's type.
    DerivedTypes = "Derived types" on ResourcePages: [Is(&["derived types", "derived resources", "subtypes"])];

    /// Requests and responses in full.
    Example = "Examples" on ApiPages: [Begins(&["example", "examples", "sample", "samples"])];
    /// The permissions that a caller needs.
    Permissions = "Permissions" on ApiPages: [Begins(&["permission", "permissions", "prerequisites"])];
    /// The request lines.
    HttpRequest = "HTTP request" on ApiPages: [Has(&[&["http"], &["request", "requests"]])];
    /// Request headers.
    Headers = "Request headers" on ApiPages: [Has(&[&["header", "headers"]])];
    /// Query options, the system's and the operation's own.
    QueryParameters = "Query parameters" on ApiPages: [Has(&[&["query"], &["parameter", "parameters"]])];
    /// Parameters in the path.
    PathParameters = "Path parameters" on ApiPages: [Has(&[&["path"], &["parameter", "parameters"]])];
    /// Parameters of a function.
    FunctionParameters = "Function parameters" on ApiPages: [
        Begins(&["parameters"]),
        Has(&[&["function"], &["parameters"]]),
    ];
    /// The request body.
    RequestBody = "Request body" on ApiPages: [BeginsAndHas("request", "body")];
    /// The response.
    Response = "Response" on ApiPages: [Begins(&["response", "responses"])];
    /// Responses that report an error.
    Errors = "Error responses" on ApiPages: [Has(&[&["error", "errors"]])];
    /// Anything else.
    Aside = "See also" on ApiPages: [Begins(&["see", "remarks", "related", "next", "known"])];
}

impl Topic {
    /// The topic of a section of a resource page.
    pub(crate) fn on_resource_page(heading: &str) -> Option<Self> {
        Self::find(heading, On::ResourcePages)
    }

    /// The topic of a section of an API page.
    pub(crate) fn on_api_page(heading: &str) -> Option<Self> {
        Self::find(heading, On::ApiPages)
    }

    /// The section of a resource page that a heading is nearly that of.
    pub(crate) fn nearly_on_resource_page(heading: &str) -> Option<Self> {
        Self::nearly(heading, On::ResourcePages)
    }

    /// The topic whose heading on an API page is nearly this one.
    pub(crate) fn nearly_on_api_page(heading: &str) -> Option<Self> {
        Self::nearly(heading, On::ApiPages)
    }

    fn nearly(heading: &str, on: On) -> Option<Self> {
        let heading = bare(heading).to_ascii_lowercase();
        if Self::find(&heading, on).is_some() {
            return None;
        }
        Self::ALL.iter().copied().filter(|topic| topic.on() == on).find(|topic| is_slip(&heading, topic.heading()))
    }

    fn find(heading: &str, on: On) -> Option<Self> {
        let heading = bare(heading).to_ascii_lowercase();
        let words: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let first = *words.first()?;
        let has = |word: &&str| words.contains(word);
        Self::ALL.iter().copied().filter(|topic| topic.on() == on).find(|topic| {
            topic.patterns().iter().any(|pattern| match pattern {
                Pattern::Is(whole) => whole.contains(&heading.as_str()),
                Pattern::Begins(begins) => begins.contains(&first),
                Pattern::Has(lists) => lists.iter().all(|list| list.iter().any(has)),
                Pattern::BeginsAndHas(begin, other) => first == *begin && has(other),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_in_headings_are_understood() {
        assert_eq!(Topic::nearly_on_resource_page("Propertys"), Some(Topic::Properties));
        assert_eq!(Topic::nearly_on_resource_page("Relationshps"), Some(Topic::Relationships));
        assert_eq!(Topic::nearly_on_api_page("HTTP reqest"), Some(Topic::HttpRequest));
        assert_eq!(Topic::nearly_on_resource_page("Properties"), None);
        assert_eq!(Topic::nearly_on_resource_page("Remarks"), None);
    }

    #[test]
    fn the_usual_headings_say_their_own_topics() {
        for topic in Topic::ALL {
            assert_eq!(Topic::find(topic.heading(), topic.on()), Some(*topic));
        }
    }
}
