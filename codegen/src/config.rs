//! The configuration of a run: the pages, the selection, the output, and corrections of wrong
//! pages.
//!
//! [`Config`] is the builder that a `build.rs` uses. The values of an `edmark.toml` and the
//! arguments of the command are added to it.
//!
//! # `edmark.toml`
//! ```toml
//! docs = ["docs/v1.0"]             # folders of pages; relative to this file, as all paths in it
//! metadata = ["metadata.xml"]      # the service's own metadata, CSDL XML or JSON: the response of `$metadata`; with or without pages
//! out = "src"                      # what `edmark generate` writes to
//! crate = "graph-sample"           # write a whole crate of this name
//! license = "MIT OR Apache-2.0"    # the license that its manifest names; none by default
//! runtime-path = "../runtime"      # edmark-runtime as a path dependency of that crate
//! with-tests = true                # give that crate tests that take the pages' examples through its types and requests
//! single-file = true               # or write everything to one file
//! file-name = "zoo.rs"             # of this name; by default of that of `variable` in [service]
//! include = ["microsoft.graph.user", "group", "workbook*", "event-get"]   # see Selection
//! exclude = ["microsoft.graph.callRecords"]
//! requests = true                  # false: types only, no request builders
//! navigation = "untyped"           # or "follow", "omit": properties that lead to types which are not included
//! deny = "warnings"
//!
//! [extern-paths]                   # types that another crate has, and where its generated code is: see Config::extern_path
//! "microsoft.graph.user" = "::models::graph"
//!
//! [derives]                        # traits to derive beside those that the code has: see Additions
//! "microsoft.graph.*" = ["Eq", "schemars::JsonSchema"]
//!
//! [type-attributes]                # attributes of structs and enums
//! "user" = "#[must_use]"
//!
//! [field-attributes]               # attributes of fields and variants
//! "user.mail" = '#[schemars(title = "Address")]'
//!
//! [service]                        # all that is one service's alone: see Service
//! name = "Zoo"                     # the struct where requests begin
//! namespace = "example.zoo"        # of the root module, and of types whose page states none
//! root = "https://zoo.example/odata/v4"      # what the address of every request begins with
//! keys = "parentheses"             # /animals(7); or "segments", /animals/7; or "shown", as the pages have them
//! site = "https://docs.zoo.example"          # where links lead that begin with a slash
//! pages.resources = "https://docs.zoo.example/types/{page}"   # where the pages of a folder stand on the web
//! singletons.here = "example.zoo.home"       # the type of a singleton that is not called like it
//! enums = "qualified"              # zoo.Diet'leaves'; or "short", 'leaves'
//! durations = "prefixed"           # duration'PT1H'; or "short", 'PT1H'
//! in-lists = "written-out"         # (id eq 1 or id eq 2); or "operator", id in (1,2)
//! variable = "zoo"                 # what code calls the value where requests begin
//! absent = "not-found"             # the response for a related entity that does not exist; or "no-content"
//! delta = "changes"                # the function that reads what has changed since the last time
//! content = "bytes"                # the end of paths where the bytes of an item are
//! batch-urls = "relative"          # users/17; or "slash", /users/17
//! batch-limit = 20                 # the most steps of one batch
//! exact-numbers = true             # Edm.Int64 and Edm.Decimal as strings: IEEE754Compatible=true
//! max-version = "4.0"              # the header OData-MaxVersion
//! consistency = "ConsistencyLevel: eventual" # a header of requests that count or search
//! request-id = "client-request-id"           # the header with the client's id of a request
//! prefer = 'odata.include-annotations="*"'   # preferences of all requests
//!
//! [types."microsoft.graph.user"]
//! kind = "entity"                  # or "complex"
//! base = "microsoft.graph.directoryObject"   # false for none
//! abstract = false
//! open = true
//! key = ["id"]
//! rename = "Person"                # the name in Rust; the service's own stays on the wire
//! exclude = false
//!
//! [types."microsoft.graph.user".properties.businessPhones]
//! type = "Collection(Edm.String)"  # as CSDL writes types
//! read-only = false
//! nullable = false
//! rename = "phones"
//! exclude = false
//!
//! [types."microsoft.graph.user".mail]          # the same for short; `properties` is only needed for a property of that name
//! read-only = true
//!
//! [enums."microsoft.graph.ageGroup"]
//! members = ["minor", "adult"]     # or add = […], remove = […]; all of an enum that pages name and none describes
//! flags = false
//! rename = "AgeGroup"
//! exclude = false
//! ```
//! All keys are optional. A key that is not listed here is an error; one that corrects nothing is
//! reported as [`CorrectionIdle`](crate::diagnostics::Code::CorrectionIdle).

mod additions;
mod builder;
mod corrections;
mod error;
mod names;
mod reader;
mod selection;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

pub(crate) use additions::type_and_member;
pub use additions::{Addition, Additions};
pub use builder::Config;
pub use corrections::{Corrections, EnumCorrection, PropertyCorrection, TypeCorrection};
pub use error::ConfigError;
#[cfg(feature = "cli")]
pub(crate) use names::is_crate_name;
pub use selection::{Navigation, Selection};

use crate::file_set::Edits;
use crate::service::Service;

/// The name of the configuration file.
pub const FILE_NAME: &str = "edmark.toml";

/// The options that the builder, `edmark.toml` and the command share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) docs: Vec<PathBuf>,
    pub(crate) metadata: Vec<PathBuf>,
    pub(crate) out: Option<PathBuf>,
    pub(crate) crate_name: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) runtime_path: Option<PathBuf>,
    pub(crate) with_tests: bool,
    pub(crate) single_file: bool,
    pub(crate) file_name: Option<String>,
    pub(crate) selection: Selection,
    pub(crate) service: Service,
    pub(crate) additions: Additions,
    pub(crate) no_requests: bool,
    pub(crate) deny_warnings: bool,
    pub(crate) edits: Edits,
    pub(crate) no_cache: bool,
}
