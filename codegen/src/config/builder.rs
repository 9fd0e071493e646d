//! The builder of a configuration.

use std::path::{Path, PathBuf};

use super::names::is_file_name;
use super::{Addition, ConfigError, Corrections, FILE_NAME, Navigation, Options, additions, reader};
use crate::file_set::Edits;
use crate::service::Service;
use crate::source::{FileId, Format, SourceFile, Span};
use crate::user_code::{self, Attributes};

/// The configuration of a run: the pages, what to generate, and the output.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), edmark::Error> {
///     edmark::Config::new()
///         .docs("docs/v1.0")
///         .include(["user", "group"])
///         .compile()
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub(crate) options: Options,
    pub(crate) corrections: Corrections,
    /// The `edmark.toml` that it was read from.
    pub(crate) file: Option<SourceFile>,
}

impl Config {
    /// A configuration with all defaults; give it at least one folder of pages or document of
    /// metadata.
    pub fn new() -> Self {
        Config::default()
    }

    /// Reads an `edmark.toml`. Its paths are relative to its folder. Setters add to its values or
    /// replace them.
    ///
    /// ```no_run
    /// // build.rs
    /// fn main() -> Result<(), edmark::Error> {
    ///     edmark::Config::from_file("edmark.toml")?.compile()
    /// }
    /// ```
    ///
    /// # Errors
    /// [`ConfigError::Read`] if the file cannot be read, [`ConfigError::Syntax`] with the position
    /// if it is not valid.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, ConfigError> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            ConfigError::new(path, &text, valid..valid, "not UTF-8; save the file as UTF-8".to_owned())
        })?;
        Config::from_text(path, text, path.parent().unwrap_or(Path::new("")))
    }

    /// Reads a configuration from a text; `path` is its name in messages. Its paths are relative to
    /// `base`.
    pub(crate) fn from_text(path: &Path, text: String, base: &Path) -> Result<Self, ConfigError> {
        let (mut options, corrections) = reader::read(path, &text)?;
        let paths = [&mut options.out, &mut options.runtime_path].into_iter().flatten();
        for path in options.docs.iter_mut().chain(&mut options.metadata).chain(paths) {
            *path = base.join(&*path);
        }
        let file = SourceFile::new(Format::Page, path.display().to_string().replace('\\', "/"), text);
        Ok(Config { options, corrections, file: Some(file) })
    }

    /// Finds the `edmark.toml` in `directory` or in the nearest folder above, as cargo does for its
    /// manifest.
    ///
    /// ```no_run
    /// let here = std::env::current_dir()?;
    /// if let Some(path) = edmark::Config::find(&here) {
    ///     println!("configured by {}", path.display());
    /// }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn find(directory: impl AsRef<Path>) -> Option<PathBuf> {
        directory.as_ref().ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
    }

    /// Adds a folder; every `*.md` below it is a page.
    ///
    /// Default: none.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs/v1.0/resources").docs("docs/v1.0/api").compile()
    /// # }
    /// ```
    #[must_use]
    pub fn docs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.docs.push(folder.into());
        self
    }

    /// Adds a document with the service's own metadata: CSDL XML or CSDL JSON, OData 4.0 or 4.01.
    /// Requires the feature `metadata`. The document is the response of `$metadata`, saved to a
    /// file. Documents in the same folder that it refers to are read as well. Metadata decides
    /// which types, properties and requests there are. Pages are optional and add facts that the
    /// metadata lacks.
    ///
    /// Default: none.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().metadata("metadata.xml").compile()
    /// # }
    /// ```
    #[must_use]
    pub fn metadata(mut self, file: impl Into<PathBuf>) -> Self {
        self.options.metadata.push(file.into());
        self
    }

    /// Adds types and operations to generate, together with everything that they need; all others
    /// are left out. A name is that of a type, qualified or simple, of a namespace, or of an
    /// operation's page, and may contain `*` and `?`: see [`Selection`].
    ///
    /// Default: everything on the pages.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").include(["applePushNotificationCertificate"]).compile()
    /// # }
    /// ```
    ///
    /// [`Selection`]: super::Selection
    #[must_use]
    pub fn include(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.options.selection.include.extend(names.into_iter().map(Into::into));
        self
    }

    /// Adds types, namespaces and operations to leave out, with names as for [`Config::include`].
    /// They are left out even if another type needs them: their values become untyped JSON, or
    /// strings for enum types. A type that derives from one of them gets the properties of its base
    /// type.
    ///
    /// Default: none.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").exclude(["microsoft.graph.callRecords"]).compile()
    /// # }
    /// ```
    #[must_use]
    pub fn exclude(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.options.selection.exclude.extend(names.into_iter().map(Into::into));
        self
    }

    /// Sets how navigation properties to types that are not included are generated.
    ///
    /// Default: [`Navigation::Untyped`].
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// use edmark::config::Navigation;
    ///
    /// edmark::Config::new().docs("docs").include(["message"]).navigation(Navigation::Omit).compile()
    /// # }
    /// ```
    #[must_use]
    pub fn navigation(mut self, navigation: Navigation) -> Self {
        self.options.selection.navigation = navigation;
        self
    }

    /// Declares that types are generated in another crate, or in another module of this one, so
    /// that crates can share models. The types are referred to by the path. Neither they nor types
    /// that only they need are generated here. `name` is as for [`Config::include`]. `path` is the
    /// root of the other generated code: with `::models::graph`, the type
    /// `microsoft.graph.callRecords.session` is expected at
    /// `::models::graph::call_records::Session`.
    ///
    /// Both have to be generated from the same pages by the same version. Types that derive from a
    /// type should be in the same crate: the enum of a base type has variants for those of its own
    /// crate only, and others are read as the base type, which loses no data.
    ///
    /// Default: none.
    ///
    /// # Panics
    /// If the path does not begin with `::` or `crate`.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").include(["message"]).extern_path("user", "::models::graph").compile()
    /// # }
    /// ```
    #[must_use]
    #[track_caller]
    pub fn extern_path(mut self, name: impl Into<String>, path: impl Into<String>) -> Self {
        let path = path.into();
        if let Err(message) = user_code::check_path(&path) {
            panic!("{message}");
        }
        self.options.selection.external.insert(name.into(), path);
        self
    }

    /// Derives a trait for the types with a matching name: see [`Additions`] for the names. Traits
    /// that the code derives anyway, such as `Clone`, are not derived twice. The types of all
    /// fields have to implement the trait, including those of `edmark-runtime`.
    ///
    /// Default: none.
    ///
    /// # Panics
    /// If the text is not a path.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").derive("ageGroup", "PartialOrd").derive("ageGroup", "Ord").compile()
    /// # }
    /// ```
    ///
    /// [`Additions`]: super::Additions
    #[must_use]
    #[track_caller]
    pub fn derive(mut self, name: impl Into<String>, path: &str) -> Self {
        self.options.additions.types.push(added(name.into(), Attributes::derive(path)));
        self
    }

    /// Adds attributes to the types with a matching name: see [`Additions`] for the names. They are
    /// written after the derives; a `#[derive(…)]` among them works like [`Config::derive`].
    ///
    /// Default: none.
    ///
    /// # Panics
    /// If the text is not an attribute.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").type_attribute("*", "#[cfg_attr(test, derive(fake::Dummy))]").compile()
    /// # }
    /// ```
    ///
    /// [`Additions`]: super::Additions
    #[must_use]
    #[track_caller]
    pub fn type_attribute(mut self, name: impl Into<String>, attributes: &str) -> Self {
        self.options.additions.types.push(added(name.into(), Attributes::parse(attributes)));
        self
    }

    /// Adds attributes to the fields and variants with a matching name: see [`Additions`] for the
    /// names.
    ///
    /// Default: none.
    ///
    /// # Panics
    /// If the text is not an attribute, or the name does not consist of a type, a dot and a member.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").field_attribute("user.mail", "#[doc(alias = \"e-mail\")]").compile()
    /// # }
    /// ```
    ///
    /// [`Additions`]: super::Additions
    #[must_use]
    #[track_caller]
    pub fn field_attribute(mut self, name: impl Into<String>, attributes: &str) -> Self {
        let name = name.into();
        assert!(additions::type_and_member(&name).is_some(), "`{name}` is not {}", additions::MEMBER);
        self.options.additions.members.push(added(name, Attributes::parse_without_derives(attributes)));
        self
    }

    /// Sets the output folder.
    ///
    /// Default: `OUT_DIR`, which cargo sets for a build script.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").out_dir("src/generated").compile()
    /// # }
    /// ```
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.out = Some(folder.into());
        self
    }

    /// Sets the name of the file, for output in a single file.
    ///
    /// Default: the [`variable`](field@crate::service::Service::variable) of the service,
    /// `graph.rs` for Microsoft Graph and `odata.rs` for a service that is not known.
    ///
    /// # Panics
    /// If the name contains a folder, or is empty.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").file_name("models.rs").compile()
    /// # }
    /// ```
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        assert!(is_file_name(&name), "`{name}` is not a file's name");
        self.options.file_name = Some(name);
        self
    }

    /// Sets if request builders are generated in addition to the types.
    ///
    /// Default: `true`.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").requests(false).compile()
    /// # }
    /// ```
    #[must_use]
    pub fn requests(mut self, wanted: bool) -> Self {
        self.options.no_requests = !wanted;
        self
    }

    /// Sets if a warning about a page makes the run fail. Errors of pages are shown and do not make
    /// it fail. Problems of examples are found only with the feature `package`.
    ///
    /// Default: `false`.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").deny_warnings(true).compile()
    /// # }
    /// ```
    #[must_use]
    pub fn deny_warnings(mut self, deny: bool) -> Self {
        self.options.deny_warnings = deny;
        self
    }

    /// Sets if generated files that were edited by hand are overwritten. They are recognized by a
    /// seal in their first line; other line ends (CRLF) are not an edit.
    ///
    /// Default: `false`. The run stops with their names before anything is written.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").out_dir("src/generated").overwrite_edits(true).compile()
    /// # }
    /// ```
    #[must_use]
    pub fn overwrite_edits(mut self, overwrite: bool) -> Self {
        self.options.edits = if overwrite { Edits::Overwrite } else { Edits::Keep };
        self
    }

    /// Sets if results of a run are kept for the next one, with the feature `cache`. They are in
    /// the folder `.edmark` of `OUT_DIR` for a `build.rs`, and of the output folder for the
    /// command. It can be removed at any time; the output is the same.
    ///
    /// Default: `true`.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// edmark::Config::new().docs("docs").cache(false).compile()
    /// # }
    /// ```
    #[must_use]
    pub fn cache(mut self, keep: bool) -> Self {
        self.options.no_cache = !keep;
        self
    }

    /// Sets facts about the service that the pages lack or have wrong: the name of the entry point,
    /// the address of the service root, the form of keys. It takes precedence over pages and
    /// metadata, and over the `[service]` of an `edmark.toml`.
    ///
    /// Default: nothing; each field of [`Service`] documents its own default.
    ///
    /// # Panics
    /// If a name or an address is not valid.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// use edmark::service::Service;
    ///
    /// let zoo = Service { root: Some("https://zoo.example/odata/v4".to_owned()), ..Service::default() };
    /// edmark::Config::new().docs("docs").service(zoo).compile()
    /// # }
    /// ```
    #[must_use]
    pub fn service(mut self, service: Service) -> Self {
        for (setting, text) in service.texts() {
            assert!(setting.accepts(text), "`{text}` is not {}", setting.expected());
        }
        self.options.service = service.or(self.options.service);
        self
    }

    /// Sets corrections of wrong pages, instead of those of an `edmark.toml`.
    ///
    /// Default: none.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// let text = r#"types."microsoft.graph.user".mail.type = "Edm.String""#;
    /// let corrections = edmark::config::Corrections::parse("build.rs", text)?;
    /// edmark::Config::new().docs("docs").corrections(corrections).compile()
    /// # }
    /// ```
    #[must_use]
    pub fn corrections(mut self, corrections: Corrections) -> Self {
        self.corrections = corrections;
        self
    }
}

/// An addition that was given to a builder. It has no position in a file.
#[track_caller]
fn added(name: String, attributes: Result<Attributes, String>) -> Addition {
    match attributes {
        Ok(attributes) => Addition { name, span: Span::start_of(FileId::CONFIGURATION), attributes },
        Err(message) => panic!("{message}"),
    }
}
