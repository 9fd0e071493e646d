//! Requests of one property.

use std::marker::PhantomData;

use edmark_runtime::{At, Client, Properties, Property, PropertyRequests, Protocol, Request, Writable};

use crate::sample::City;

/// The requests of an entity with one property, of the type `V`.
struct Holder<V>(At, PhantomData<V>);

impl<V> AsRef<At> for Holder<V> {
    fn as_ref(&self) -> &At {
        &self.0
    }
}

impl<V> Properties for Holder<V> {
    type Of = Self;
    type Access = Writable;
}

fn at<V>(protocol: Protocol) -> PropertyRequests<V> {
    let client = Client::offline("https://trips.example").with_protocol(protocol);
    Holder(At::root(client).segment("Me"), PhantomData).property(Property::<Holder<V>, V>::new("It"))
}

fn response(body: &str) -> http::Response<String> {
    http::Response::new(body.to_owned())
}

#[test]
fn a_complex_value_is_the_whole_document() {
    let city = at::<City>(Protocol::new());
    let read = city.get().decode(response(r#"{"@odata.context": "$metadata#Me/It", "Region": "Kent"}"#)).unwrap();
    let read = read.unwrap();
    assert_eq!(read.region.as_deref(), Some("Kent"));
    let set = city.set(City { people: Some(7), ..City::default() }).http().unwrap();
    assert_eq!(String::from_utf8_lossy(set.body()), r#"{"People":7}"#);
    assert!(city.get().decode(response(r#"{"value": [{"Region": "Kent"}]}"#)).is_err());
}

#[test]
fn other_values_stand_in_an_envelope() {
    let ages = at::<Vec<i64>>(Protocol::new().exact_numbers(true));
    assert_eq!(ages.get().decode(response(r#"{"value": ["1", 2]}"#)).unwrap(), Some(vec![1, 2]));
    let body = |request: Request<()>| String::from_utf8(request.http().unwrap().into_body()).unwrap();
    assert_eq!(body(ages.set([1, 2])), r#"{"value":["1","2"]}"#);
    assert_eq!(body(ages.add(3)), r#"{"value":"3"}"#);
    assert_eq!(ages.count().to_string(), "GET /Me/It/$count");
}

#[test]
fn a_value_of_another_type_is_an_error() {
    assert!(at::<i64>(Protocol::new()).get().decode(response(r#"{"value": "many"}"#)).is_err());
    assert!(at::<City>(Protocol::new()).get().decode(response("7")).is_err());
}
