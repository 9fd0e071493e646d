//! edmark reads the reference pages of an OData service, such as Microsoft Graph, and writes a
//! typed Rust SDK for it.
//!
//! Most crates need no more than [`Config`] in their `build.rs`:
//!
//! ```no_run
//! fn main() -> Result<(), edmark::Error> {
//!     edmark::Config::new().docs("docs").compile()
//! }
//! ```
//!
//! and `include!(concat!(env!("OUT_DIR"), "/graph.rs"));` in a module; the file is `odata.rs` for a
//! service other than Microsoft Graph. A crate that commits its generated code uses the command
//! `edmark generate` instead. In both cases the code needs the crate `edmark-runtime`, and serde.
//! The options of `edmark.toml` are described in [`config`], and the problems of pages that are
//! reported in [`diagnostics`].
//!
//! # The pipeline
//! Each stage is a module and passes one type on to the next; [`pipeline`] has a table of them.
//!
//! ```text
//!  pages (*.md)         metadata (CSDL)          edmark.toml
//!       │ load: source         │                      │ config
//!       ▼                      │                      │
//!   SourceMap                  │                      │
//!       │ parse: markdown      │                      │
//!       ▼                      │                      │
//!     Page                     │                      │
//!       │ read: read           │ read: read/csdl      │
//!       └─────────┬────────────┘                      │
//!                 ▼                                   │
//!              Schema ── as it was said, with places  │
//!                 │ resolve, with corrections  ◀──────┤
//!                 ▼                                   │
//!              Model ─── names settled, types known   │
//!                 │ select  ◀─────────────────────────┘
//!                 │ emit: templates of tokens, printed
//!                 ▼
//!              FileSet
//!                 │ write: file_set
//!                 ▼
//!             generated code       at every stage: Diagnostics
//! ```
//!
//! [`schema`] is the intermediate representation: the contents of the pages without interpretation,
//! each fact with its position. [`model`] is the result: names are resolved and contradictions are
//! decided. No stage prints or panics because of a page: problems are values, and a page that
//! cannot be understood does not affect the others. Pages in memory pass through the stages like
//! this:
//!
//! ````
//! use edmark::{emit, pipeline, resolve, source::SourceMap};
//!
//! let page = r#"
//! ## city resource type
//! Namespace: microsoft.graph
//!
//! A place where many people live.
//!
//! ### Properties
//! |Property|Type|Description|
//! |:---|:---|:---|
//! |name|String|What it is called.|
//! |twins|[city](city.md) collection|Cities that it is friends with.|
//!
//! <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.city" } -->
//! ```json
//! { "name": "String", "twins": [{"@odata.type": "microsoft.graph.city"}] }
//! ```
//! "#;
//! let sources = SourceMap::from_texts([("city.md".to_owned(), page.to_owned())]);
//! let (schema, problems) = pipeline::read(&sources);
//! assert!(problems.is_empty());
//! let (model, problems) = pipeline::resolve(&schema, &sources, &resolve::Options::default());
//! assert!(problems.is_empty());
//! assert_eq!(model.types[0].properties[1].rust_field, "twins");
//!
//! let options = emit::Options { layout: emit::Layout::SingleFile { name: Some("zoo.rs".to_owned()) } };
//! let files = emit::emit(&model, &sources, &options);
//! let code = files.get("zoo.rs").unwrap_or_default();
//! assert!(code.contains("pub twins: Option<Vec<super::City>>,"));
//! ````
//!
//! # Words
//! The terms are those of OData. Where the pages use another term, it means the form on the page.
//!
//! | word | meaning |
//! | --- | --- |
//! | page | a Markdown file: of a resource, of an enum, of an operation, or of a concept |
//! | resource page | describes one entity or complex type: a table of properties, a table of methods, a JSON block |
//! | API page | describes one operation: request lines, parameters, request body, response, examples |
//! | JSON block | the sample object of a resource page, with its annotation |
//! | annotation | the JSON in a comment above a code block: what the block shows, and of which type |
//! | request line | an HTTP method and a path template, such as `GET /users/{id}` |
//! | fact | what is said of a property beside its type: that it is read-only, a key, filterable |
//! | diagnostic | a problem as a value: code, severity, message, places, help |
//! | metadata | what the service's `$metadata` shows: CSDL, as XML or JSON |
//! | entity type, complex type | a structured type with a key, and one without |
//! | navigation property | a property that leads to other entities |
//! | capability | what the metadata says that the service supports for a set or a property: reading, inserting, counting |
//! | bound action, bound function | an operation called on a value of a type: by `POST`, by `GET` |
//! | entity container | the entity sets, singletons and operation imports of a service |
//! | request builder | a generated struct that stands for a place in the URL |
//! | unit | what is emitted and printed as a whole: the code of one type, of one builder |
//! | surface | the public API of generated code, as a value that can be compared |
//!
//! # Features
//! - `cli` (default): the `edmark` command, and problems in the style of rustc ([`report`]). It
//!   includes the other features.
//! - `export`: the model as OData CSDL JSON 4.01, the schema as JSON (`export`), and problems as
//!   JSON.
//! - `metadata`: a service's own metadata, as CSDL XML or CSDL JSON ([`Config::metadata`]).
//! - `surface`: the API of the generated code as a value: [`snapshot`] for review, `diff` for the
//!   effects of a change of the pages, and `lookup` for the call that makes a request.
//! - `package`: whole crates ([`emit::Layout`]), with tests that are generated from the examples on
//!   the pages, and the checks of these examples. Without it examples are ignored.
//! - `cache`: results of a run are kept for the next one, which then parses and emits only what has
//!   changed ([`Config::cache`]).
//! - `parallel`: all cores are used. The output is the same.
//!
//! A build-dependency is compiled by everybody who builds the crate: use `default-features = false`
//! there. `benches/build-dependency.sh` compares its cost with that of prost-build. To be about as
//! cheap, it does not contain what a `build.rs` does not need: the command and the style of rustc,
//! whole crates and the checks of examples, the API as a value, the export, the cache, threads, and
//! metadata. Features add the last four.

mod build;
mod cache;
mod case;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod config;
pub mod diagnostics;
#[cfg(feature = "surface")]
pub mod diff;
pub mod emit;
mod error;
mod evidence;
#[cfg(feature = "export")]
pub mod export;
pub mod file_set;
mod file_state;
mod hashing;
pub mod json;
#[cfg(feature = "surface")]
pub mod lookup;
pub mod markdown;
#[cfg(feature = "metadata")]
pub mod metadata;
pub mod model;
mod nearest;
mod ordered;
pub mod page;
mod parallel;
mod path_template;
mod phrases;
pub mod pipeline;
pub mod read;
pub mod report;
#[cfg(any(feature = "package", feature = "surface"))]
mod request_path;
pub mod resolve;
mod rust_ident;
pub mod schema;
pub mod service;
pub mod source;
#[cfg(feature = "surface")]
pub mod surface;
mod url;
pub mod user_code;
mod vocabulary;

pub use build::compile;
pub use config::Config;
pub use error::Error;
pub use pipeline::{Analysis, Generated};
#[cfg(feature = "surface")]
pub use surface::snapshot;
