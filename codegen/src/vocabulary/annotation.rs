//! The keys in the comment that annotates a code block: `<!-- { "blockType": "resource" } -->`.

macro_rules! keys {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)+) => {
        /// A key in the comment that annotates a code block.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum AnnotationKey {
            $($(#[$doc])* $variant,)+
        }

        impl AnnotationKey {
            /// All of them.
            pub(crate) const ALL: &[AnnotationKey] = &[$(AnnotationKey::$variant),+];

            /// Its name: `blockType`.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(AnnotationKey::$variant => $name),+ }
            }
        }
    };
}

keys! {
    /// What the block shows: a resource, a request or a response.
    BlockType = "blockType";
    /// The type that the block shows.
    OdataType = "@odata.type";
    /// The same, in the short form of OData 4.01.
    Type = "@type";
    /// What other comments call the block.
    Name = "name";
    /// True if the block does not show the whole message.
    Truncated = "truncated";
    /// True if the type is that of the items of a collection.
    IsCollection = "isCollection";
    /// The properties that responses may omit.
    OptionalProperties = "optionalProperties";
    /// The names of the type's key properties.
    KeyProperty = "keyProperty";
    /// The type that the shown one is derived from.
    BaseType = "baseType";
    /// True if instances may have properties that are not described.
    OpenType = "openType";
    /// True if the type has no instances of its own.
    Abstract = "abstract";
    /// True if the entities have a stream.
    IsMediaEntity = "isMediaEntity";
}
