//! Collections that came along with an entity (`$expand`): how many items there are, and those that
//! did not come.

use crate::delta::structured;
use crate::query::Target;
use crate::{Client, Items, Json, Property, Value};

/// What the service says of an expanded collection beside its items (OData JSON 4.01, sections
/// 4.6.5 and 4.6.7).
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
    /// How many items the collection has in all, where the request asked for it:
    /// `members@odata.count`.
    pub fn count_in(self, item: &(impl Value + Target<Owner = T>)) -> Option<i64> {
        let count = annotation(item, self.name(), "count")?;
        count.as_i64().or_else(|| count.as_str()?.parse().ok())
    }

    /// Where the items are that did not come along: `members@odata.nextLink`.
    pub fn next_link_in(self, item: &(impl Value + Target<Owner = T>)) -> Option<&str> {
        annotation(item, self.name(), "nextLink").and_then(Json::as_str)
    }

    /// The items that did not come along; none where all did.
    pub fn rest_of(self, item: &(impl Value + Target<Owner = T>), client: &Client) -> Option<Items<E>>
    where
        E: Value + 'static,
    {
        self.next_link_in(item).map(|link| Items::following(client, link))
    }
}

/// Control information of a property, by its long name or its short one.
fn annotation<'a>(item: &'a impl Value, property: &str, term: &str) -> Option<&'a Json> {
    let additional = structured(item)?.additional();
    additional.annotation(property, &format!("odata.{term}")).or_else(|| additional.annotation(property, term))
}
