//! Conditions, orders and expansions are valid by the grammar (OData ABNF 4.01) for all values of a
//! caller, and have the intended meaning.

use edmark_runtime::query::{self, Filter, Levels, Search};
use edmark_runtime::{
    At, Client, CountRequest, DateTimeOffset, EnumLiterals, InLists, Json, ListRequest, Literal, Method, Property,
    Protocol, Request, response,
};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use crate::abnf;
use crate::sample::{Being, Color, Day, Node, Person, Thing};

const STRICT: Protocol = Protocol::new().enums(EnumLiterals::Qualified).in_lists(InLists::WrittenOut);

fn at(protocol: Protocol) -> At {
    At::root(Client::offline("https://x.example").with_protocol(protocol)).segment("things")
}

fn list() -> ListRequest<Thing> {
    Request::new(Method::Get, at(Protocol::new()), response::json)
}

fn text(filter: Filter<Thing>) -> String {
    filter.to_string()
}

fn query<R, O>(request: &Request<R, O>) -> String {
    let http = request.http().unwrap();
    percent_decode_str(http.uri().query().unwrap_or_default()).decode_utf8().unwrap().into_owned()
}

#[test]
fn functions_and_arithmetic() {
    assert_eq!(text(Thing::ID.to_lower().starts_with("a'")), "startswith(tolower(id),'a''')");
    assert_eq!(text(Thing::ID.trim().length().le(5)), "length(trim(id)) le 5");
    assert_eq!(text(Thing::ID.index_of("b").eq(-1)), "indexof(id,'b') eq -1");
    assert_eq!(text(Thing::ID.substring_of(1, 2).eq("b")), "substring(id,1,2) eq 'b'");
    assert_eq!(text(Thing::ID.concat_value_of(Thing::OWNER.then(Node::ID)).ne("ab")), "concat(id,owner/id) ne 'ab'");
    assert_eq!(text(Thing::ID.matches_pattern("^A.*e$")), "matchesPattern(id,'^A.*e$')");
    assert_eq!(
        text(Thing::CREATED.year().gt(2020).and(Thing::CREATED.date().lt("2025-01-31"))),
        "year(created) gt 2020 and date(created) lt 2025-01-31"
    );
    assert_eq!(text(Thing::CREATED.lt_value_of(query::now().minus("P7D"))), "created lt now() sub duration'P7D'");
    assert_eq!(text(Thing::CREATED.since(query::now()).gt("PT1H")), "created sub now() gt duration'PT1H'");
    assert_eq!(text(Thing::AGE.add(1).mul(2).gt(10)), "(age add 1) mul 2 gt 10");
    assert_eq!(text(Thing::AGE.sub_value_of(Thing::AGE.sub(1)).eq(1)), "age sub (age sub 1) eq 1");
    assert_eq!(text(Thing::AGE.mul(2).add_value_of(Thing::AGE).eq(1)), "age mul 2 add age eq 1");
    assert_eq!(text(Thing::AGE.modulo(2).eq(0)), "age mod 2 eq 0");
    assert_eq!(text(Thing::AGE.add(1).negated().lt(0)), "-(age add 1) lt 0");
    assert_eq!(text(Thing::RATIO.round().eq(1.0)), "round(ratio) eq 1");
    assert_eq!(query(&list().orderby((Thing::ID.length().desc(), Thing::AGE))), "$orderby=length(id) desc,age");
}

/// A property of a derived type.
const NAME: Property<Person, String> = Property::new("name");

#[test]
fn types_and_lambdas() {
    assert_eq!(text(Thing::MANAGER.cast::<Person>().then(NAME).eq("1")), "manager/sample.person/name eq '1'");
    assert_eq!(text(Thing::MANAGER.is_of::<Person>()), "isof(manager,sample.person)");
    assert_eq!(
        text(Thing::STAFF.any(|being| being.is_of::<Person>().and(being.then(Being::WEIGHT).gt(1_i64)))),
        "staff/any(x:isof(x,sample.person) and x/weight gt 1)"
    );
    // The inner condition distinguishes the outer item from its own.
    let same = Thing::PARTS
        .any(|outer| outer.then(Node::CHILDREN).any(|inner| inner.then(Node::ID).eq_value_of(outer.then(Node::ID))));
    assert_eq!(text(same), "parts/any(x:x/children/any(y:y/id eq x/id))");
    let mut deep = Thing::OWNER.then(Node::NEXT);
    for _ in 0..8 {
        deep = deep.then(Node::NEXT);
    }
    let error = list().filter(deep.then(Node::ID).eq("1")).http().unwrap_err().to_string();
    assert!(error.contains("more than 8 steps: give the condition as a text"), "{error}");
}

#[test]
fn everything_else_that_a_query_says() {
    let request = list().apply("groupby((age))").compute("age mul 2 as double").search(Search::text("a AND NOT b"));
    assert_eq!(query(&request), "$apply=groupby((age))&$compute=age mul 2 as double&$search=a AND NOT b");
    let nested = Thing::PARTS.expand().levels(Levels::Max).expand(Node::CHILDREN.expand().levels(2).only_count());
    assert_eq!(query(&list().expand(nested)), "$expand=parts($levels=max;$expand=children/$count($levels=2))");
    assert_eq!(query(&list().expand(Thing::PARTS.expand().references())), "$expand=parts/$ref");
    assert!(list().search(" ").http().unwrap_err().to_string().contains("nothing to search for"));
    let count: CountRequest<Thing> =
        Request::new(Method::Get, at(Protocol::MICROSOFT_GRAPH).segment("$count"), response::count);
    let count = count.filter(Thing::AGE.gt(1)).search("a");
    assert_eq!(query(&count), "$filter=age gt 1&$search=\"a\"");
    assert_eq!(count.http().unwrap().headers()["consistencylevel"], "eventual");
    let call = at(Protocol::new())
        .function("f", &[("ids", Literal::json(&vec!["a'".to_owned()])), ("at", Literal::alias("now"))]);
    let call =
        call.request(Method::Get, response::json::<Json>).alias("now", DateTimeOffset::from("2025-01-31T00:00Z"));
    let http = call.http().unwrap();
    assert_eq!(http.uri().path(), "/things/f(ids=@ids,at=@now)");
    assert_eq!(query(&call), "@now=2025-01-31T00:00Z&@ids=[\"a'\"]");
    assert!(call.clone().alias("a b", 1).http().is_err());
}

/// Random conditions.
pub(crate) fn conditions() -> impl Strategy<Value = Filter<Thing>> {
    let leaf = (0..12_u8, ".{0,6}", any::<i32>()).prop_map(|(kind, word, number)| match kind {
        0 => Thing::ID.eq(word),
        1 => !Thing::ID.contains(word),
        2 => Thing::AGE.add(number).mul(2).ge_value_of(Thing::AGE.sub(1)),
        3 => Thing::AGE.is_in([number, 5]),
        4 => Thing::COLOR.eq(Color::Red),
        5 => Thing::DAYS.has(Day::Friday),
        6 => Thing::NAMES.any(|name| name.to_upper().concat(&*word).length().lt(number)),
        7 => Thing::STAFF.all(|being| being.then(Being::WEIGHT).gt(i64::from(number))),
        8 => Thing::CREATED.lt_value_of(query::now().minus("PT1H")),
        9 => Thing::OWNER.then(Node::ID).is_null(),
        10 => Thing::NAMES.count().eq(i64::from(number)),
        _ => Thing::MANAGER.is_of::<Person>(),
    });
    leaf.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| left.and(right)),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| left.or(right)),
            inner.prop_map(|condition| !condition),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn conditions_are_sentences(condition in conditions()) {
        for protocol in [Protocol::new(), STRICT] {
            let request: ListRequest<Thing> = Request::new(Method::Get, at(protocol), response::json);
            let query = query(&request.filter(condition.clone()));
            let text = query.strip_prefix("$filter=").unwrap();
            prop_assert!(abnf::whole(text, abnf::expression), "{text}");
        }
    }

    #[test]
    fn phrases_are_phrases(words in ".{0,12}") {
        if let Ok(http) = list().search(&*words).http() {
            let search = percent_decode_str(http.uri().query().unwrap()).decode_utf8().unwrap().into_owned();
            let text = search.strip_prefix("$search=\"").unwrap().strip_suffix('"').unwrap();
            let plain = text.replace("\\\\", "").replace("\\\"", "");
            prop_assert!(!plain.contains(['"', '\\']), "{text}");
        }
    }
}

#[test]
fn the_checker_agrees_with_the_cases_of_the_committee() {
    let Some(cases) = abnf::cases() else { return };
    // The checker covers the part of the grammar that the runtime can write.
    let left_out = ["%", "@", "$", "geo", "{", "[", "case(", "  ", "\t", "cast(", "|", "null)", "any(d:d"];
    let is_ours = |case: &abnf::Case| {
        case.rule == "boolCommonExpr" && !case.is_refused && !left_out.iter().any(|text| case.input.contains(text))
    };
    let inputs: Vec<String> = cases.into_iter().filter(is_ours).map(|case| case.input).collect();
    assert!(inputs.len() > 10, "{}", inputs.len());
    let wrong: Vec<&String> = inputs.iter().filter(|input| !abnf::whole(input, abnf::expression)).collect();
    assert!(wrong.is_empty(), "refused, and they are conditions: {wrong:#?}");
}
