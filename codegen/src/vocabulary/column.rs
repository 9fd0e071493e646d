//! The contents of table columns, identified by their headings.

use crate::nearest::is_slip;

macro_rules! columns {
    ($($(#[doc = $doc:literal])+ $variant:ident = [$($heading:literal),+ $(,)?];)+) => {
        /// The contents of a column. A heading may stand for several, so callers test for the
        /// columns that they expect.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Column {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Column {
    /// The heading of a table on a resource page that another one is a misspelling of.
    pub(crate) fn misspelt(heading: &str) -> Option<&'static str> {
        const USUAL: [&str; 7] =
            ["property", "type", "description", "relationship", "method", "return type", "member"];
        const KNOWN: [Column; 7] = [
            Column::Property,
            Column::Relationship,
            Column::Method,
            Column::Member,
            Column::Type,
            Column::Description,
            Column::Value,
        ];
        if heading.len() < 4 || KNOWN.iter().any(|column| column.is(heading)) {
            return None;
        }
        USUAL.into_iter().find(|usual| is_slip(heading, usual))
    }

            /// The headings of the column, in lower case, the clearest first.
            pub(crate) fn headings(self) -> &'static [&'static str] {
                match self { $(Column::$variant => &[$($heading),+]),+ }
            }
        }
    };
}

columns! {
    /// Names of structural properties.
    Property = ["property", "properties", "property name", "name", "attribute", "field", "parameter"];
    /// Names of navigation properties.
    Relationship = [
        "relationship", "relationship name", "relationships", "navigation property", "navigation property name",
    ];
    /// Titles of methods, with links to their pages.
    Method = ["method", "methods", "function", "action", "operation", "task", "common task", "api"];
    /// Names of enum members.
    Member = [
        "member", "members", "member name", "value", "values", "name", "enum", "enum value", "enumeration value",
        "enum member", "string value",
    ];
    /// Names of parameters, of functions, paths, queries and bodies.
    Parameter = [
        "parameter", "property", "query parameter", "parameter name", "property name", "name", "member", "function parameter",
        "path parameter", "url parameter", "properties", "parameters",
    ];
    /// Names of request headers.
    Header = ["header", "name", "request header", "header name"];
    /// Kinds of permissions, such as "Application".
    PermissionType = ["permission type"];
    /// Types.
    Type = ["type", "data type", "return type", "returns", "property type", "resource type", "value type"];
    /// Descriptions of the rows.
    Description = ["description", "descriptions", "remarks", "comments", "notes", "meaning"];
    /// Numbers of enum members.
    Value = ["value", "int value", "numeric value", "integer value"];
    /// Values of request headers.
    HeaderValue = ["value", "values"];
    /// Entries that state if a parameter is required.
    Required = ["required"];
}

impl Column {
    /// Returns true if a heading, in lower case and without marks around it, is one of this column.
    pub(crate) fn is(self, heading: &str) -> bool {
        self.headings().contains(&heading)
    }
}
