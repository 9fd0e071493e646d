//! The options of a request that are not sent to the service.

use std::time::Duration;

use crate::Retry;

/// The options of a request that are not sent to the service. They are an extension of the request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Manner {
    pub(crate) retry: Option<Retry>,
    /// None means the limit of the client; `Some(None)` means no limit.
    pub(crate) timeout: Option<Option<Duration>>,
    /// True if the request may be sent again although its method is not idempotent.
    pub(crate) repeatable: bool,
    /// True if the path of the URL may grant access by itself, so that errors show only its origin.
    pub(crate) hidden: bool,
    #[cfg(feature = "tracing")]
    pub(crate) template: Box<str>,
}

impl Manner {
    /// The options of a request that is sent once, because its sender decides about retries.
    pub(crate) fn once() -> Self {
        Self { retry: Some(Retry::never()), ..Self::default() }
    }

    /// The same with the template of its path, for tracing.
    #[cfg_attr(not(feature = "tracing"), expect(unused_mut, unused_variables, reason = "the template is a feature"))]
    pub(crate) fn template(mut self, template: &str) -> Self {
        #[cfg(feature = "tracing")]
        {
            self.template = template.into();
        }
        self
    }

    /// The same for a URL that may grant access by itself.
    pub(crate) fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }
}
