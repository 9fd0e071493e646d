//! Turns value types into Rust types, as they are written in the file of one type.
//!
//! Every type lives in a private module, where `rt` is `edmark_runtime`, and names other types by
//! relative paths, so the code compiles at any depth of any crate. A type may have the name of a
//! prelude item; in its file, items of the prelude are then written with full paths.

use proc_macro2::TokenStream;

use super::code;
use crate::model::{Link, LinkedType, Model, Primitive, PropertyType, TypeId, TypeNames, ValueType};

/// The place that paths are written for: the module of one type, or a file of another crate.
pub(crate) struct Scope<'a> {
    pub(crate) model: &'a Model,
    /// The names of the type itself; `None` outside of the generated code.
    own: Option<&'a TypeNames>,
    /// The prefix of paths outside of the generated code.
    root: &'a str,
}

impl<'a> Scope<'a> {
    /// The module of a type.
    pub(crate) fn within(model: &'a Model, own: &'a TypeNames) -> Self {
        Scope { model, own: Some(own), root: "" }
    }

    /// A place outside of the generated code, where paths of its types begin with `root`:
    /// `graph::`.
    pub(crate) fn outside(model: &'a Model, root: &'a str) -> Self {
        Scope { model, own: None, root }
    }

    /// The path of a type of the model, relative to this place.
    pub(crate) fn path(&self, to: &TypeNames, name: &str) -> String {
        let external = to.external.as_deref();
        let to = self.model.module_path(to.module);
        let (mut path, common) = match (external, self.own) {
            (Some(root), _) => (format!("{root}::"), 0),
            (None, Some(own)) => {
                let from = self.model.module_path(own.module);
                let common = from.iter().zip(to).take_while(|(a, b)| a == b).count();
                ("super::".repeat(1 + from.len() - common), common)
            }
            (None, None) => (self.root.to_owned(), 0),
        };
        for module in &to[common..] {
            path.push_str(module);
            path.push_str("::");
        }
        path.push_str(name);
        path
    }

    /// The target of a link in a comment: an item of the generated code, or a web address. `None`
    /// if the link has no target or points to the type itself.
    pub(crate) fn link(&self, link: &Link) -> Option<String> {
        let rust = match link.ty {
            Some(LinkedType::Structured(id)) => &self.model.structured(id).rust,
            Some(LinkedType::Enum(id)) => &self.model.enumeration(id).rust,
            None => return link.address.clone(),
        };
        let is_own = self.own.is_some_and(|own| own.module == rust.module && own.name == rust.name);
        (!is_own).then(|| self.path(rust, &rust.name))
    }

    /// How names of the standard prelude are written in this place.
    pub(crate) fn prelude(&self) -> Prelude {
        Prelude { is_hidden: self.own.is_some_and(|own| own.hides_prelude) }
    }

    /// The struct of a type, even if other types derive from it: the Rust type of a field must not
    /// change when the service adds a derived type.
    fn structured(&self, id: TypeId) -> ItemType {
        let ty = self.model.structured(id);
        match ty.stands_for_any_json() {
            true => ItemType::plain("rt::Json"),
            false => ItemType::boxed(self.owner(id)),
        }
    }

    fn item(&self, ty: &ValueType) -> ItemType {
        match ty {
            ValueType::Primitive(primitive) => ItemType::plain(self.primitive(*primitive)),
            ValueType::Structured(id) => self.structured(*id),
            ValueType::Enum(id) => {
                let ty = self.model.enumeration(*id);
                let path = self.path(&ty.rust, &ty.rust.name);
                ItemType::plain(if ty.is_flags { format!("rt::Flags<{path}>") } else { path })
            }
            ValueType::Undocumented(_) => ItemType::plain("rt::Untyped"),
        }
    }

    /// Returns true if code names a type of the generated code for these values, and not one of the
    /// runtime, of the standard library or of another crate.
    pub(crate) fn is_generated(&self, ty: &ValueType) -> bool {
        match ty {
            ValueType::Structured(id) => self.has_struct(*id) && !self.model.structured(*id).stands_for_any_json(),
            ValueType::Enum(id) => self.model.enumeration(*id).rust.external.is_none(),
            ValueType::Primitive(_) | ValueType::Undocumented(_) => false,
        }
    }

    /// Returns true if the struct of a type is in the generated code, and not in another crate.
    pub(crate) fn has_struct(&self, id: TypeId) -> bool {
        self.model.structured(id).rust.external.is_none()
    }

    /// Returns true if code names a type of the runtime for these values.
    #[cfg(feature = "package")]
    pub(crate) fn is_of_runtime(&self, ty: &ValueType) -> bool {
        match ty {
            ValueType::Structured(id) => self.model.structured(*id).stands_for_any_json(),
            ValueType::Enum(id) => self.model.enumeration(*id).is_flags,
            ValueType::Primitive(primitive) => primitive.is_of_runtime(),
            ValueType::Undocumented(_) => true,
        }
    }

    fn primitive(&self, primitive: Primitive) -> &'static str {
        match primitive {
            Primitive::String => self.prelude().path(primitive.rust_type()),
            other => other.rust_type(),
        }
    }

    /// The struct of a type.
    pub(crate) fn owner(&self, id: TypeId) -> String {
        let rust = &self.model.structured(id).rust;
        self.path(rust, &rust.name)
    }

    /// The type of a single value: `User`, `bool`.
    pub(crate) fn value(&self, ty: &ValueType) -> String {
        self.item(ty).name
    }

    /// The type of a property's value: `Vec<User>`.
    pub(crate) fn property(&self, ty: &PropertyType) -> String {
        let item = self.value(&ty.item);
        if ty.collection { [self.prelude().path("Vec"), "<", &item, ">"].concat() } else { item }
    }

    /// The type of a property's field: `Option<Box<User>>`. A single structured value is always
    /// boxed, so that a page added later never changes the field's type to break a cycle.
    pub(crate) fn field(&self, ty: &PropertyType) -> String {
        let option = self.prelude().path("Option");
        let item = self.item(&ty.item);
        let around = match (ty.collection, item.boxed) {
            (true, _) => Some("Vec"),
            (false, true) => Some("Box"),
            (false, false) => None,
        };
        match around.map(|around| self.prelude().path(around)) {
            Some(around) => [option, "<", around, "<", &item.name, ">>"].concat(),
            None => [option, "<", &item.name, ">"].concat(),
        }
    }
}

/// How names of the standard prelude are written: by full paths if a type hides one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Prelude {
    is_hidden: bool,
}

impl Prelude {
    /// The path of an item.
    pub(crate) fn path(self, name: &'static str) -> &'static str {
        match name {
            _ if !self.is_hidden => name,
            "Box" => "std::boxed::Box",
            "Default" => "std::default::Default",
            "From" => "std::convert::From",
            "Ok" => "std::result::Result::Ok",
            "Option" => "std::option::Option",
            "Result" => "std::result::Result",
            "Some" => "std::option::Option::Some",
            "String" => "std::string::String",
            "Vec" => "std::vec::Vec",
            other => other,
        }
    }

    /// The path of an item, as tokens.
    pub(super) fn tokens(self, name: &'static str) -> TokenStream {
        code::tokens(self.path(name))
    }
}

struct ItemType {
    name: String,
    boxed: bool,
}

impl ItemType {
    fn plain(name: impl Into<String>) -> Self {
        ItemType { name: name.into(), boxed: false }
    }

    fn boxed(name: String) -> Self {
        ItemType { name, boxed: true }
    }
}
