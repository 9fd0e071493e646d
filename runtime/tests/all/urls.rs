//! The path and the query of each request that the runtime can make are a relative URI by the
//! committee's own grammar (OData ABNF 4.01), as they are sent: percent-encoded.

use edmark_runtime::query::{self, Levels, Search};
use edmark_runtime::{
    At, Client, CountRequest, Date, DateTimeOffset, DurationLiterals, EnumLiterals, Guid, InLists, Json, KeyForm,
    ListRequest, Literal, Method, Protocol, ReadRequest, Request, response,
};
use proptest::prelude::*;

use crate::abnf::{self, grammar::Grammar};
use crate::expressions::conditions;
use crate::sample::{Color, Node, Person, Thing};

const PLAIN: Protocol = Protocol::new();
const STRICT: Protocol = Protocol::new()
    .keys(KeyForm::Parentheses)
    .enums(EnumLiterals::Qualified)
    .durations(DurationLiterals::Short)
    .in_lists(InLists::WrittenOut);

fn things(protocol: Protocol) -> At {
    At::root(Client::offline("https://x.example/v4").with_protocol(protocol)).segment("things")
}

fn list(protocol: Protocol) -> ListRequest<Thing> {
    Request::new(Method::Get, things(protocol), response::json)
}

/// The part of a URL behind the service root; none if the request is refused.
fn relative<R, O>(request: &Request<R, O>) -> Option<String> {
    let http = request.http().ok()?;
    let path = http.uri().path().strip_prefix("/v4/").expect("below the service root").to_owned();
    Some(http.uri().query().map_or_else(|| path.clone(), |query| format!("{path}?{query}")))
}

/// Reports a request that the grammar does not accept.
fn check<R, O>(grammar: &Grammar, request: &Request<R, O>) -> Result<(), String> {
    let Some(text) = relative(request) else { return Ok(()) };
    if grammar.matches("odataRelativeUri", &text) { Ok(()) } else { Err(text) }
}

/// Requests with a path of each form: keys, casts, calls of functions with arguments of each type,
/// and segments of the standard.
fn paths(protocol: Protocol, text: &str, number: i64) -> Vec<Request<Json>> {
    let things = things(protocol);
    let key = things.key(text);
    let list = Literal::list(&[text.to_owned()]);
    let object = Literal::json(&serde_json::json!({"name": text, "size": number, "none": null, "list": [true, 1.5]}));
    let call = |name: &str, arguments: &[(&str, Literal)]| things.function(name, arguments);
    let mut ats = vec![
        key.clone(),
        things.key(number),
        things.key(Literal::bare(Guid::from("3f2504e0-4f89-11d3-9a0c-0305e82c3301"))),
        things.key(Literal::bare(Date::from("2025-01-31"))),
        things.key(Literal::duration("PT1H")),
        things.key(Literal::member_of(&Color::Red)),
        things.parentheses(&[("a", Literal::string(text)), ("b", Literal::from(number))]),
        things.parentheses(&[("mail", Literal::string(text))]),
        key.segment("sample.person"),
        key.segment("sample.person").segment("boss"),
        things.segment("sample.person"),
        things.segment("$count"),
        things.segment("$ref"),
        things.segment("$each"),
        key.segment("$value"),
        key.segment("owner").segment("$ref"),
        key.segment("sample.act"),
        call("sample.f", &[]),
        call("sample.f", &[("p", Literal::string(text))]),
        call("sample.f", &[("p", Literal::null()), ("q", Literal::bare(true)), ("r", Literal::from(number))]),
        call("sample.f", &[("p", Literal::bare(1.5e300)), ("q", Literal::bare("NaN")), ("r", Literal::bare("-INF"))]),
        call("sample.f", &[("p", Literal::bare(DateTimeOffset::from("2025-01-31T08:30:00.5+02:00")))]),
        call("sample.f", &[("p", Literal::bare("23:59:59")), ("q", Literal::binary("Zm9v"))]),
        call("sample.f", &[("p", Literal::duration("-P1DT2H")), ("q", Literal::member("sample.day", "monday,friday"))]),
        call("sample.f", &[("p", Literal::geography("SRID=4326;Point(-0.13 51.5)"))]),
        call("sample.f", &[("p", Literal::geometry("SRID=0;Polygon((1 2,3 4,1 2))"))]),
        call("sample.f", &[("ids", list), ("of", object.clone()), ("one", Literal::json(&Json::from(text)))]),
        call("sample.f", &[("p", Literal::string(text))]).segment("owner").segment("$count"),
    ];
    ats.push(key.function_of("sample.g", &[("a", None), ("b", Some(object))]));
    ats.iter().map(|at| at.request(Method::Get, response::json::<Json>)).collect()
}

/// Lists with options of each kind.
fn lists(protocol: Protocol, text: &str, number: u32) -> Vec<ListRequest<Thing>> {
    let list = || list(protocol);
    let nested = Thing::PARTS
        .expand()
        .select(Node::ID)
        .filter(Node::ID.eq(text))
        .orderby(Node::ID.desc())
        .top(number)
        .skip(1)
        .count();
    vec![
        list().select((Thing::ID, Thing::AGE, Thing::COLORS)).top(number).skip(number).count(),
        list().orderby((Thing::ID.length().desc(), Thing::AGE, Thing::OWNER.then(Node::ID))),
        list().expand((Thing::OWNER, Thing::PARTS)),
        list().expand(nested),
        list().expand(Thing::PARTS.expand().levels(Levels::Max).expand(Node::CHILDREN.expand().levels(2))),
        list().expand(Thing::PARTS.expand().only_count()),
        list().expand(Thing::PARTS.expand().references()),
        // In a phrase, quotes and backslashes have a backslash before them by the standard's text
        // (URL Conventions 4.01, 5.1.8); the grammar has no such rule.
        list().search(&*text.replace(['"', '\\'], "_")),
        list().search(Search::text("a AND (NOT b OR \"c d\")")),
        list().compute("age mul 2 as double,length(id) as size"),
        list().filter("name eq @n and age in (1,2)").alias("n", text).alias("m", Literal::list(&[text.to_owned()])),
        list().filter(Thing::MANAGER.cast::<Person>().then(Person::NAME).eq(text)),
        list().filter(Thing::CREATED.year().gt(2020).and(Thing::CREATED.lt_value_of(query::now().minus("P7D")))),
        list().filter(Thing::CREATED.since(query::now()).gt("PT1H").or(Thing::RATIO.floor().eq(1.0))),
        list().filter(Thing::ID.is_in([text, "b"]).and(Thing::COLOR.is_in([Color::Red]))),
        list().filter(Thing::ID.substring(1).concat(text).index_of("x").eq(-1)),
        list().filter(Thing::NAMES.count().gt(0)),
    ]
}

#[test]
fn requests_are_uris() {
    let Some(grammar) = Grammar::find() else { return };
    let mut wrong = Vec::new();
    for protocol in [PLAIN, STRICT] {
        for text in ["O'Malley", "a b&c=d/e?f#g", "é 名%", "\"q\"(a);*+1", "@$\\{[]}"] {
            wrong.extend(paths(protocol, text, -7).iter().filter_map(|request| check(&grammar, request).err()));
            wrong.extend(lists(protocol, text, 3).iter().filter_map(|request| check(&grammar, request).err()));
        }
        let count: CountRequest<Thing> = Request::new(Method::Get, things(protocol).segment("$count"), response::count);
        wrong.extend(check(&grammar, &count.filter(Thing::AGE.gt(1)).search("a")).err());
        let one: ReadRequest<Thing> = Request::new(Method::Get, things(protocol).key("a"), response::json);
        wrong.extend(check(&grammar, &one.select(Thing::ID).expand(Thing::OWNER)).err());
    }
    assert!(wrong.is_empty(), "no URIs by the grammar: {wrong:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn requests_with_any_text_are_uris(text in ".{0,8}", condition in conditions(), strict in any::<bool>()) {
        let Some(grammar) = Grammar::find() else { return Ok(()) };
        let protocol = if strict { STRICT } else { PLAIN };
        for request in paths(protocol, &text, 5) {
            prop_assert_eq!(check(&grammar, &request), Ok(()));
        }
        for request in lists(protocol, &text, 5) {
            prop_assert_eq!(check(&grammar, &request), Ok(()));
        }
        prop_assert_eq!(check(&grammar, &list(protocol).filter(condition)), Ok(()));
    }
}

/// The grammar is read right if it agrees with the cases that are published with it.
#[test]
fn the_grammar_is_read_as_the_committee_means_it() {
    let (Some(grammar), Some(cases)) = (Grammar::find(), abnf::cases()) else { return };
    let (mut all, mut wrong) = (0, Vec::new());
    for case in cases.iter().filter(|case| grammar.has(&case.rule)) {
        all += 1;
        if grammar.matches(&case.rule, &case.input) == case.is_refused {
            wrong.push(format!("{}: {}", case.rule, case.input));
        }
    }
    assert!(all > 500 && wrong.len() * 50 < all, "{} of {all} differ: {wrong:#?}", wrong.len());
}
