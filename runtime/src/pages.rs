//! Streams over all pages of a collection, which follow `@odata.nextLink` (OData JSON 4.01, section
//! 4.6.5).

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, future, mem, vec};

use futures_core::Stream;
use http::Uri;
use http::response::Parts;

use crate::link::{Link, LinkError};
use crate::sent::Sent;
use crate::unfold::{Advance, Unfold};
use crate::{
    At, Change, Client, Collection, Delta, DerivedFrom, Error, ListRequest, Method, Request, Structured, Value,
    derived, response,
};

/// The maximum number of consecutive empty pages. A service that filters late may send some, but
/// one that sends only empty pages never ends.
pub(crate) const EMPTY: usize = 1000;

const NEXT_LINK: &str = "the next link";

/// A page of items with the link to the next page.
pub trait Page: sealed::Sealed + 'static {
    /// The type of the items.
    type Item: 'static;
    /// The address of the next page; none on the last page.
    fn next_link(&self) -> Option<&str>;
    /// The items of this page.
    fn into_items(self) -> Vec<Self::Item>;
}

mod sealed {
    pub trait Sealed {}
    impl<T> Sealed for crate::Collection<T> {}
    impl<T> Sealed for crate::Delta<T> {}
}

impl<T: 'static> Page for Collection<T> {
    type Item = T;
    fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }
    fn into_items(self) -> Vec<T> {
        self.value
    }
}

impl<T: 'static> Page for Delta<T> {
    type Item = Change<T>;
    fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }
    fn into_items(self) -> Vec<Change<T>> {
        self.value
    }
}

impl<I: 'static, T> ListRequest<I, T> {
    /// Requests all items of the collection, page by page.
    ///
    /// ```no_run
    /// # use edmark_runtime::{Json, ListRequest};
    /// # async fn example(users: ListRequest<Json>) -> Result<(), edmark_runtime::Error> {
    /// let mut users = users.top(50).items();
    /// while let Some(user) = users.try_next().await? {
    ///     // …
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(self) -> Items<I> {
        Items(Flat::new(self.pages()))
    }

    /// Requests all items of the collection and returns those of the type `D`, read as such. The
    /// service still sends items of other types; with [`of_type`](Self::of_type) it does not.
    ///
    /// ```no_run
    /// # use edmark_runtime::{DerivedFrom, ListRequest, Structured, Value};
    /// # async fn example<DirectoryObject: Structured + Value + 'static, User: Structured + Value + DerivedFrom<DirectoryObject>>(members: ListRequest<DirectoryObject>) -> Result<(), edmark_runtime::Error> {
    /// let mut users = members.items_of::<User>();
    /// while let Some(user) = users.try_next().await? {
    ///     // …
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items_of<D: DerivedFrom<I> + Structured + Value>(self) -> ItemsOf<I, D>
    where
        I: Structured,
    {
        ItemsOf { items: self.items(), derived: PhantomData }
    }

    /// Restricts the collection to items of the type `D` (OData URL Conventions 4.01, section
    /// 4.11): `/groups/17/members/microsoft.graph.user`. The query options set before are kept.
    ///
    /// ```
    /// # use edmark_runtime::{Additional, At, Client, ListRequest, Members, Method, Property, Request, Slot, Structured, TypeInfo, Value, derived_from, kind::Object, response};
    /// # macro_rules! structured { ($name:ident $full:literal) => {
    /// #     #[derive(Default)] struct $name { additional: Additional }
    /// #     impl Structured for $name {
    /// #         fn type_info(&self) -> &'static TypeInfo { static INFO: TypeInfo = TypeInfo::new($full, ""); &INFO }
    /// #         fn offer<'a>(&'a self, _: &mut dyn Members<'a>) {}
    /// #         fn slot(&mut self, _: usize) -> Slot<'_> { Slot::None }
    /// #         fn additional(&self) -> &Additional { &self.additional }
    /// #         fn additional_mut(&mut self) -> &mut Additional { &mut self.additional }
    /// #     }
    /// #     impl Value for $name { type Kind = Object; }
    /// # } }
    /// # structured!(Animal "zoo.animal");
    /// # structured!(Cat "zoo.cat");
    /// # derived_from!(Cat: Animal);
    /// # impl Cat { const LIVES: Property<Cat, i32> = Property::new("lives"); }
    /// let animals = At::root(Client::offline("https://zoo.example")).segment("animals");
    /// let animals: ListRequest<Animal> = Request::new(Method::Get, animals, response::json);
    /// let cats = animals.of_type::<Cat>().select(Cat::LIVES).top(9);
    /// assert_eq!(cats.url(), "https://zoo.example/animals/zoo.cat?$select=lives&$top=9");
    /// ```
    pub fn of_type<D: DerivedFrom<T> + Structured + Value>(self) -> ListRequest<D> {
        let mut request: ListRequest<D> = self.with_decode(response::json);
        request.draft.at = request.draft.at.segment(D::blank().type_info().name());
        request
    }

    /// Requests the pages of the collection one after the other, including their counts and other
    /// control information.
    pub fn pages(self) -> Pages<Collection<I>> {
        Pages::new(self.plain())
    }
}

/// The pages of a collection: a [`Stream`], and [`try_next`](Self::try_next) for use without a
/// stream library.
///
/// A next link is requested with the headers of the first request, and only at the service's own
/// origin. The stream ends after the last page, or with an error: for a link to another origin, or
/// one that was followed before.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<P: Page>(Unfold<Follow<P>>);

/// The requests of the pages, one after the other.
pub(crate) struct Follow<P: Page> {
    request: Request<P>,
    next: Next,
    trail: Trail,
}

enum Next {
    First,
    /// The name of the link, for errors, and its address.
    Link(Box<str>, Result<Uri, Error>),
    End,
}

impl<P: Page> Pages<P> {
    pub(crate) fn new(request: Request<P>) -> Self {
        Self(Unfold::new(Follow::new(request)))
    }

    /// The pages from a link on.
    pub(crate) fn starting_at(request: Request<P>, what: &'static str, link: &str) -> Self {
        let next = Next::Link(what.into(), Link::home(request.client(), link, what));
        Self(Unfold::new(Follow { request, next, trail: Trail::default() }))
    }

    /// The next page; none after the last one, and after an error.
    ///
    /// # Errors
    /// Those of any request, and [`Error::Link`] or [`Error::Foreign`] for a link that cannot be
    /// followed.
    pub async fn try_next(&mut self) -> Result<Option<P>, Error> {
        future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl<P: Page> Stream for Pages<P> {
    type Item = Result<P, Error>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.0).poll_next(context)
    }
}

impl<P: Page> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages(..)")
    }
}

impl<P: Page> Advance for Follow<P> {
    type Item = P;
    async fn advance(&mut self) -> Result<Option<P>, Error> {
        let Some(request) = self.next()? else { return Ok(None) };
        let (page, head) = request.response().await?;
        self.turn(&page, &head);
        Ok(Some(page))
    }
}

impl<P: Page> Follow<P> {
    pub(crate) fn new(request: Request<P>) -> Self {
        Self { request, next: Next::First, trail: Trail::default() }
    }

    /// The request of the next page; none after the last one.
    pub(crate) fn next(&mut self) -> Result<Option<Request<P>>, Error> {
        match mem::replace(&mut self.next, Next::End) {
            Next::First => {
                // A first link that leads back to this address is a circle, too.
                self.trail.add(self.request.http()?.uri(), NEXT_LINK.into())?;
                Ok(Some(self.request.clone()))
            }
            Next::Link(what, link) => {
                let uri = link?;
                self.trail.add(&uri, what)?;
                Ok(Some(self.request.clone().at_url(uri.to_string())))
            }
            Next::End => Ok(None),
        }
    }

    /// Decodes a part of a page.
    pub(crate) fn decode(&self, head: &Parts, part: &[u8]) -> Result<P, Error> {
        self.request.read_clean(head, part)
    }

    /// Notes the link to the page after this one.
    pub(crate) fn turn(&mut self, page: &P, head: &Parts) {
        if let Some(link) = page.next_link() {
            self.next = next(self.request.client(), head, link);
        }
    }
}

/// Resolves the next link of a response. An error is returned when the next page is requested.
fn next(client: &Client, head: &Parts, link: &str) -> Next {
    let sent = Sent::of(head).cloned().unwrap_or_default();
    let what = format!("{NEXT_LINK} of {}", sent.response_name(head.status, &head.headers));
    let uri = Link::home(client, link, &what).map_err(|error| match error {
        Error::Link(error) => error.scrubbed(&sent).into(),
        error => error,
    });
    Next::Link(what.into(), uri)
}

/// The links that were followed so far.
#[derive(Default)]
struct Trail {
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl Trail {
    /// Adds a link. Only hashes are kept, so that a million pages cost only some megabytes. Each
    /// stream hashes with random keys of its own, so a service cannot construct links with the same
    /// hash.
    fn add(&mut self, link: &Uri, what: Box<str>) -> Result<(), LinkError> {
        if self.seen.insert(self.hasher.hash_one(link)) {
            Ok(())
        } else {
            Err(LinkError::Repeated { what, after: self.seen.len() })
        }
    }
}

/// The items of a collection: a [`Stream`], and [`try_next`](Self::try_next) for use without a
/// stream library.
///
/// A page is requested only when its items are needed. The stream ends like that of [`Pages`], and
/// with an error after a thousand consecutive empty pages.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<T: 'static>(Flat<Collection<T>>);

impl<T: Value> Items<T> {
    /// The items from a link on.
    pub(crate) fn following(client: &Client, link: &str) -> Self {
        let request = Request::new(Method::Get, At::root(client.clone()), response::json);
        Self(Flat::new(Pages::starting_at(request, NEXT_LINK, link)))
    }
}

impl<T> Items<T> {
    /// The next item; none at the end, and after an error.
    ///
    /// # Errors
    /// Those of [`Pages::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        future::poll_fn(|context| self.0.poll(context)).await.transpose()
    }
}

impl<T> Unpin for Items<T> {}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items(..)")
    }
}

/// The items of a collection that are of one type: see [`Request::items_of`].
#[must_use = "a stream does nothing until it is polled"]
pub struct ItemsOf<B: 'static, D> {
    items: Items<B>,
    derived: PhantomData<fn() -> D>,
}

impl<B: Structured, D: Structured + Value> ItemsOf<B, D> {
    /// The next item of the type `D`; none at the end, and after an error.
    ///
    /// # Errors
    /// Those of [`Pages::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<D>, Error> {
        future::poll_fn(|context| self.poll(context)).await.transpose()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<D, Error>>> {
        loop {
            match ready!(self.items.0.poll(context)) {
                Some(Ok(item)) => match derived::downcast(item) {
                    Ok(item) => return Poll::Ready(Some(Ok(item))),
                    Err(_) => continue,
                },
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<B, D> Unpin for ItemsOf<B, D> {}

impl<B: Structured, D: Structured + Value> Stream for ItemsOf<B, D> {
    type Item = Result<D, Error>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<B, D> fmt::Debug for ItemsOf<B, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ItemsOf(..)")
    }
}

/// The items of several pages.
pub(crate) struct Flat<P: Page> {
    pages: Pages<P>,
    items: vec::IntoIter<P::Item>,
    empty: usize,
}

impl<P: Page> Flat<P> {
    pub(crate) fn new(pages: Pages<P>) -> Self {
        Self { pages, items: Vec::new().into_iter(), empty: 0 }
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P::Item, Error>>> {
        self.poll_with(context, |_| {})
    }

    /// Polls for the next item. Calls `look` with each page before its items are returned.
    pub(crate) fn poll_with(
        &mut self,
        context: &mut Context<'_>,
        mut look: impl FnMut(&P),
    ) -> Poll<Option<Result<P::Item, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                self.empty = 0;
                return Poll::Ready(Some(Ok(item)));
            }
            if self.empty > EMPTY {
                return Poll::Ready(None);
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    look(&page);
                    self.items = page.into_items().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
            self.empty += 1;
            if self.empty > EMPTY && self.items.len() == 0 {
                return Poll::Ready(Some(Err(LinkError::TooMany { what: "empty pages".into(), limit: EMPTY }.into())));
            }
        }
    }
}
