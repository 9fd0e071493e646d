//! The names of members that are not documented.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// The name of a member. The items of a page have mostly the same names, so they share one text.
#[derive(Clone)]
pub(crate) enum Name {
    Static(&'static str),
    Shared(Arc<str>),
}

impl Deref for Name {
    type Target = str;
    #[inline]
    fn deref(&self) -> &str {
        match self {
            Self::Static(name) => name,
            Self::Shared(name) => name,
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl From<&'static str> for Name {
    fn from(name: &'static str) -> Self {
        Self::Static(name)
    }
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Self::Shared(name.into())
    }
}

impl From<Cow<'static, str>> for Name {
    fn from(name: Cow<'static, str>) -> Self {
        match name {
            Cow::Borrowed(name) => name.into(),
            Cow::Owned(name) => name.into(),
        }
    }
}

/// The names that a document had so far. Each is allocated once; if there are more than fit here,
/// the further ones are allocated for each object.
#[derive(Default)]
pub(crate) struct Seen([Option<Arc<str>>; 8]);

impl Seen {
    pub(crate) fn name(&mut self, name: &str) -> Name {
        const USUAL: [&str; 5] = ["@odata.type", "@odata.id", "@odata.etag", "@odata.context", "@odata.editLink"];
        if name.starts_with('@')
            && let Some(usual) = USUAL.iter().find(|usual| **usual == name)
        {
            return Name::Static(usual);
        }
        for place in &mut self.0 {
            match place {
                Some(known) if **known == *name => return Name::Shared(Arc::clone(known)),
                Some(_) => {}
                None => return Name::Shared(Arc::clone(place.insert(name.into()))),
            }
        }
        Name::Shared(name.into())
    }
}
