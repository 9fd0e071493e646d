//! What the columns of tables hold, told by their headings.

macro_rules! columns {
    ($($(#[doc = $doc:literal])+ $variant:ident = [$($heading:literal),+ $(,)?];)+) => {
        /// What a column holds. One heading may mean several, so whoever asks knows what may stand
        /// there.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Column {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Column {
            /// The headings that say it, in lower case, the clearest first.
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
    /// What the row's subject is.
    Description = ["description", "descriptions", "remarks", "comments", "notes", "meaning"];
    /// Numbers of enum members.
    Value = ["value", "int value", "numeric value", "integer value"];
    /// What a request header is set to.
    HeaderValue = ["value", "values"];
    /// Whether a parameter must be given.
    Required = ["required"];
}

impl Column {
    /// Whether a heading, in lower case and without marks around it, says that the column holds
    /// this.
    pub(crate) fn is(self, heading: &str) -> bool {
        self.headings().contains(&heading)
    }
}
