//! Preferences (`Prefer`): those of OData, and those of Graph's mail and calendar.

use crate::Request;

impl<R, O> Request<R, O> {
    /// The changed entity is not wanted (`return=minimal`).
    #[must_use]
    pub fn prefer_minimal(self) -> Self {
        self.prefer("return=minimal")
    }

    /// The changed entity is wanted (`return=representation`).
    #[must_use]
    pub fn prefer_representation(self) -> Self {
        self.prefer("return=representation")
    }

    /// At most so many items a page (`odata.maxpagesize`).
    #[must_use]
    pub fn prefer_page_size(self, items: u32) -> Self {
        self.prefer(&format!("odata.maxpagesize={items}"))
    }

    /// Times of events in this time zone, by its name in Windows or the IANA's (`outlook.timezone`).
    #[must_use]
    pub fn prefer_time_zone(self, name: &str) -> Self {
        self.prefer(&format!("outlook.timezone=\"{}\"", quoted(name)))
    }

    /// Bodies of messages and events as plain text (`outlook.body-content-type`).
    #[must_use]
    pub fn prefer_text_body(self) -> Self {
        self.prefer("outlook.body-content-type=\"text\"")
    }

    /// Bodies of messages and events as HTML (`outlook.body-content-type`).
    #[must_use]
    pub fn prefer_html_body(self) -> Self {
        self.prefer("outlook.body-content-type=\"html\"")
    }

    /// Ids of mail, events and contacts that do not change when an item moves (`IdType`).
    #[must_use]
    pub fn prefer_immutable_ids(self) -> Self {
        self.prefer("IdType=\"ImmutableId\"")
    }
}

/// The text of a quoted string (RFC 9110, section 5.6.4).
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
