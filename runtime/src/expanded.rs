//! Collections that were expanded with an entity (`$expand`): their counts, and the items that are
//! not in the response.

use crate::additional::Text;
use crate::delta::structured;
use crate::query::Target;
use crate::{Client, Items, Property, Value};

/// Control information about an expanded collection (OData JSON 4.01, sections 4.6.5 and 4.6.7).
///
/// ```no_run
/// # use edmark_runtime::{Client, Property, Structured, Value, query::Target};
/// # async fn example<Group: Structured + Value, User: Value + 'static>(MEMBERS: Property<Group, Vec<User>>, group: Group, client: Client) -> Result<(), edmark_runtime::Error> {
/// println!("{:?} members in all", MEMBERS.count_in(&group));
/// if let Some(mut rest) = MEMBERS.rest_of(&group, &client) {
///     while let Some(member) = rest.try_next().await? {
///         // …
///     }
/// }
/// # Ok(())
/// # }
/// ```
impl<T, E> Property<T, Vec<E>> {
    /// The number of items of the whole collection, if the request asked for it:
    /// `members@odata.count`.
    pub fn count_in(self, item: &(impl Value + Target<Owner = T>)) -> Option<i64> {
        let count = annotation(item, self.name(), "count")?.parse();
        count.as_i64().or_else(|| count.as_str()?.parse().ok())
    }

    /// The address of the items that are not in the response: `members@odata.nextLink`.
    pub fn next_link_in(self, item: &(impl Value + Target<Owner = T>)) -> Option<&str> {
        annotation(item, self.name(), "nextLink").and_then(Text::as_str)
    }

    /// Requests the items that are not in the response; none if all of them are.
    pub fn rest_of(self, item: &(impl Value + Target<Owner = T>), client: &Client) -> Option<Items<E>>
    where
        E: Value + 'static,
    {
        self.next_link_in(item).map(|link| Items::following(client, link))
    }
}

/// The annotation of a property, with or without the prefix `odata.`.
fn annotation<'a>(item: &'a impl Value, property: &str, term: &str) -> Option<Text<'a>> {
    let additional = structured(item)?.additional();
    let value = |term: &str| additional.annotation_value(property, term);
    value(&format!("odata.{term}")).or_else(|| value(term))
}
