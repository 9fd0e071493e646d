//! Building values property by property, and relating them to existing entities.

use crate::{Json, OneEntity, Property, Structured, Value, ValueFor, wire};

/// Builds a value with the constants of its properties: a new entity, the parameters of an action
/// or the values in them. An [`Update`](crate::Update) does the same for changes.
///
/// ```
/// # use edmark_runtime::{Additional, Members, Property, Slot, Structured, TypeInfo, Value, kind::Object};
/// # macro_rules! structured { ($name:ident, $full:literal, $names:literal, $($index:literal $field:ident: $value:ty),*) => {
/// #     #[derive(Default)] struct $name { $($field: Option<$value>,)* additional: Additional }
/// #     impl Structured for $name {
/// #         fn type_info(&self) -> &'static TypeInfo { static INFO: TypeInfo = TypeInfo::new($full, $names); &INFO }
/// #         fn offer<'a>(&'a self, members: &mut dyn Members<'a>) { $(self.$field.offer($index, members);)* }
/// #         fn slot(&mut self, index: usize) -> Slot<'_> { match index { $($index => self.$field.slot(),)* _ => Slot::None } }
/// #         fn additional(&self) -> &Additional { &self.additional }
/// #         fn additional_mut(&mut self) -> &mut Additional { &mut self.additional }
/// #     }
/// #     impl Value for $name { type Kind = Object; }
/// # } }
/// # structured!(Body, "sample.body", "content", 0 content: String);
/// # structured!(Message, "sample.message", "body subject", 0 body: Box<Body>, 1 subject: String);
/// # impl Body { const CONTENT: Property<Self, String> = Property::new("content"); }
/// # impl Message { const BODY: Property<Self, Body> = Property::new("body"); const SUBJECT: Property<Self, String> = Property::new("subject"); }
/// use edmark_runtime::With as _;
///
/// let message = Message::default()
///     .with(Message::SUBJECT, "Tea")
///     .with(Message::BODY, Body::default().with(Body::CONTENT, "At four."));
/// assert_eq!(message.body.and_then(|body| body.content).as_deref(), Some("At four."));
/// ```
pub trait With: Structured + Sized {
    /// Sets a property.
    #[must_use]
    fn with<V: Value>(mut self, property: Property<Self, V>, value: impl ValueFor<V>) -> Self {
        wire::put(&mut self, property.name(), value.into_value().view());
        self
    }

    /// Sets a member that is not documented: an extension, an annotation, or a property of a later
    /// version.
    #[must_use]
    fn with_member(mut self, name: &'static str, value: impl Into<Json>) -> Self {
        self.additional_mut().insert(name, value);
        self
    }

    /// Relates a navigation property to an existing entity: `owners@odata.bind` (OData JSON 4.0,
    /// section 8.5). For a collection-valued property, call it once for each entity.
    #[must_use]
    fn with_bound(mut self, property: impl Navigation<Self>, entity: impl Address) -> Self {
        let name = property.annotation();
        let known = self.additional_mut().remove(&name);
        self.additional_mut().insert(name, property.bound(known, entity.address()));
        self
    }
}

impl<T: Structured> With for T {}

/// A navigation property of a `T`: a constant, or the name of one without a constant.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a navigation property of `{T}`",
    label = "not a navigation property of `{T}`",
    note = "take the constant of a navigation property of `{T}`, or its name"
)]
pub trait Navigation<T> {
    /// The name of the annotation that relates it (`@odata.bind`).
    fn annotation(&self) -> String;
    /// The value of the annotation after adding an address to the known value.
    fn bound(&self, known: Option<Json>, address: String) -> Json;
}

impl<T, V: Related> Navigation<T> for Property<T, V> {
    fn annotation(&self) -> String {
        format!("{}@odata.bind", self.name())
    }
    fn bound(&self, known: Option<Json>, address: String) -> Json {
        if !V::MANY {
            return address.into();
        }
        let mut all = match known {
            Some(Json::Array(all)) => all,
            _ => Vec::new(),
        };
        all.push(address.into());
        all.into()
    }
}

impl<T> Navigation<T> for &str {
    fn annotation(&self) -> String {
        format!("{self}@odata.bind")
    }
    fn bound(&self, _: Option<Json>, address: String) -> Json {
        address.into()
    }
}

/// The type of a navigation property: an entity type, or a collection of one.
#[diagnostic::on_unimplemented(
    message = "a property with values of type `{Self}` is not a navigation property",
    label = "relates to no entity",
    note = "take the constant of a navigation property, such as `Group::OWNERS`; any other property is set to a value"
)]
#[doc(hidden)]
pub trait Related {
    /// True for a collection.
    const MANY: bool;
}

impl<T: Structured> Related for T {
    const MANY: bool = false;
}

impl<T: Structured> Related for Vec<T> {
    const MANY: bool = true;
}

/// The address of an entity, given as a text or by its request builder.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the address of an entity",
    label = "not the address of an entity",
    note = "take the request builder of one entity, such as `graph.users().id(\"…\")`, or an address as a text"
)]
pub trait Address {
    /// The address.
    fn address(self) -> String;
}

impl<T: OneEntity> Address for T {
    fn address(self) -> String {
        self.as_ref().url()
    }
}

impl Address for &str {
    fn address(self) -> String {
        self.to_owned()
    }
}

impl Address for String {
    fn address(self) -> String {
        self
    }
}
