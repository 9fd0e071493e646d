//! For all values of a caller, a literal is exactly one literal of its type, or the request is an
//! error (OData ABNF 4.01, section 7).

use edmark_runtime::query::{Filter, Primitive};
use edmark_runtime::{
    At, Binary, Client, Date, DateTimeOffset, Decimal, Duration, DurationLiterals, EnumLiterals, Flags, Guid, InLists,
    Json, KeyForm, ListRequest, Literal, Method, OpenEnum as _, Property, Protocol, Request, TimeOfDay, response,
};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use crate::abnf;
use crate::sample::{Color, Day, Thing};

const STRICT: Protocol =
    Protocol::new().keys(KeyForm::Parentheses).enums(EnumLiterals::Qualified).in_lists(InLists::WrittenOut);

fn things(protocol: Protocol) -> At {
    At::root(Client::offline("https://x.example").with_protocol(protocol)).segment("things")
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

/// The text of a literal in a filter, a key and an argument, which must be the same; none if the
/// request cannot be built.
fn written<V: Primitive + Clone>(value: &V, protocol: Protocol) -> Option<String> {
    let property: Property<Thing, V> = Property::new("p");
    let list: ListRequest<Thing> = Request::new(Method::Get, things(protocol), response::json);
    let filtered = list.filter(property.eq(value.clone())).http().ok().map(|http| {
        decoded(http.uri().query().unwrap().strip_prefix("$filter=").unwrap()).strip_prefix("p eq ").unwrap().to_owned()
    });
    let path =
        |at: At| at.request(Method::Get, response::json::<Json>).http().ok().map(|http| decoded(http.uri().path()));
    let key = path(things(protocol).parentheses(&[("", value.literal())]));
    let argument = path(things(protocol).function("f", &[("p", value.literal())]));
    let inner = |text: String, before: &str| text.strip_prefix(before).unwrap().strip_suffix(')').unwrap().to_owned();
    let key = key.map(|path| inner(path, "/things("));
    assert_eq!(key, argument.map(|path| inner(path, "/things/f(p=")));
    assert_eq!(key, filtered);
    key
}

/// Texts with characters and words that have a meaning in URLs and conditions, and parts of
/// literals.
fn hostile() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just(" or true"),
        Just(") or (1 eq 1"),
        Just("'"),
        Just("''"),
        Just("&$top=1"),
        Just(","),
        Just("/"),
        Just("null"),
        Just("2025-01-31"),
        Just("T08:30"),
        Just(":00"),
        Just("Z"),
        Just("+02:00"),
        Just("-"),
        Just("1"),
        Just("e5"),
        Just("."),
        Just("PT1H"),
        Just("P1D"),
        Just("PT"),
        Just("S"),
        Just("INF"),
        Just("NaN"),
        Just("3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
        Just("Zg=="),
        Just("Zm8"),
        Just("="),
        Just("@p"),
        Just("%27"),
        Just("\u{e9}"),
        Just("\n"),
        Just(" "),
        Just(""),
        Just("0000-01-01"),
        Just("24:00"),
        Just("23:59:60"),
        Just(".1234567"),
        Just("{\"a\":1}"),
        Just("[1]"),
    ];
    prop_oneof![prop::collection::vec(word, 0..5).prop_map(|words| words.concat()), ".{0,12}"]
}

/// A literal of each text type, made from a caller's text.
fn literals(text: &str) -> Vec<(&'static str, Option<String>)> {
    let protocol = Protocol::new();
    vec![
        ("guid", written(&Guid::from(text), protocol)),
        ("date", written(&Date::from(text), protocol)),
        ("dateTimeOffset", written(&DateTimeOffset::from(text), protocol)),
        ("timeOfDay", written(&TimeOfDay::from(text), protocol)),
        ("decimal", written(&Decimal::from(text), protocol)),
        ("duration", written(&Duration::from(text), protocol)),
        ("binary", written(&Binary::from(text), protocol)),
        ("string", written(&text.to_owned(), protocol)),
        ("enum", written(&Color::from_name(text), STRICT)),
        ("enum", written(&Flags::<Day>::from(text), STRICT)),
    ]
}

/// Returns true if a text is valid for a type by the grammar, checked independently of the runtime.
fn conforms(rule: &str, text: &str) -> bool {
    match rule {
        "string" => abnf::whole(text, abnf::string),
        "guid" => abnf::whole(text, abnf::guid),
        "date" => abnf::whole(text, abnf::date),
        "dateTimeOffset" => abnf::whole(text, abnf::date_time_offset),
        "timeOfDay" => abnf::whole(text, abnf::time_of_day),
        "decimal" => abnf::whole(text, abnf::decimal),
        "duration" => abnf::whole(text, abnf::duration),
        "binary" => abnf::whole(text, abnf::binary),
        "enum" => abnf::whole(text, abnf::enumeration),
        _ => panic!("{rule}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_one_literal_or_an_error(text in hostile()) {
        for (rule, literal) in literals(&text) {
            if let Some(literal) = literal {
                prop_assert!(conforms(rule, &literal), "{rule}: {literal:?} of {text:?}");
            }
        }
    }

    #[test]
    fn a_bare_text_is_a_literal_without_quotes_or_an_error(text in hostile()) {
        let call = things(Protocol::new()).function("f", &[("p", Literal::bare(&text))]).request(Method::Get, response::json::<Json>);
        if let Ok(http) = call.http() {
            let path = decoded(http.uri().path());
            let literal = path.strip_prefix("/things/f(p=").unwrap().strip_suffix(')').unwrap();
            prop_assert!(abnf::whole(literal, abnf::unquoted), "{literal:?}");
        }
    }

    #[test]
    fn a_key_is_one_key(text in hostile()) {
        let key = |at: At| at.request(Method::Get, response::json::<Json>).http().ok().map(|http| decoded(http.uri().path()));
        let path = key(things(STRICT).key(&text)).unwrap();
        let literal = path.strip_prefix("/things(").unwrap().strip_suffix(')').unwrap();
        prop_assert!(abnf::whole(literal, abnf::string), "{literal:?}");
        if let Some(path) = key(things(STRICT).key(Guid::from(&*text))) {
            prop_assert!(abnf::whole(path.strip_prefix("/things(").unwrap().strip_suffix(')').unwrap(), abnf::guid));
        }
    }

    #[test]
    fn numbers_are_literals(long in any::<i64>(), double in any::<f64>(), single in any::<f32>(), byte in any::<u8>()) {
        for literal in [
            written(&long, STRICT), written(&double, STRICT), written(&single, STRICT), written(&byte, STRICT),
            written(&Decimal::from(long), STRICT), written(&Decimal::from(double), STRICT),
        ] {
            let literal = literal.unwrap();
            prop_assert!(abnf::whole(&literal, abnf::decimal), "{literal}");
        }
        prop_assert_eq!(written(&long, STRICT).unwrap(), long.to_string());
    }
}

/// Values of each type from the TC's test cases (OData ABNF test cases 4.01), and invalid texts.
#[test]
fn cases_of_the_grammar() {
    let positive = [
        ("guid", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
        ("guid", "C0DEC0DE-C0DE-C0DE-C0DE-C0DEC0DEC0DE"),
        ("date", "2012-09-03"),
        ("date", "0000-01-01"),
        ("date", "-10000-04-01"),
        ("dateTimeOffset", "2012-09-03T13:52Z"),
        ("dateTimeOffset", "1972-06-30T23:59:60Z"),
        ("dateTimeOffset", "2012-08-31T18:19:22.1Z"),
        ("dateTimeOffset", "-10000-04-01T00:00Z"),
        ("dateTimeOffset", "2012-09-03T14:53+02:00"),
        ("timeOfDay", "11:22:33"),
        ("timeOfDay", "07:59:59.999999999999"),
        ("decimal", "3.14"),
        ("decimal", "-1.234567e3"),
        ("decimal", "1e-101"),
        ("decimal", "-INF"),
        ("decimal", "+42"),
        ("duration", "-P6DT23H59M59.9999S"),
        ("duration", "PT1H"),
        ("binary", ""),
        ("binary", "Zg=="),
        ("binary", "Zm8"),
        ("binary", "Zm9vYmFy"),
    ];
    for (rule, text) in positive {
        let found = literals(text);
        let (_, literal) = found.iter().find(|(known, _)| *known == rule).unwrap();
        assert!(literal.as_ref().is_some_and(|literal| literal.contains(text)), "{rule} {text}: {literal:?}");
    }
    let negative = [
        ("guid", "3f2504e0-4f89-11d3-9a0c-0305e82c330"),
        ("guid", "3f2504e0-4f89-11d3-9a0c-0305e82c3301 or active eq true"),
        ("date", "-INF"),
        ("date", "2012-13-01"),
        ("date", "02012-01-01"),
        ("dateTimeOffset", "2011-12-31T24:00Z"),
        ("dateTimeOffset", "2012-09-03T24:00-03:00"),
        ("dateTimeOffset", "2012-09-03T23%3A59Z"),
        ("dateTimeOffset", "2012-09-03"),
        ("timeOfDay", "24:00:00"),
        ("timeOfDay", "07:59:59.1234567890123"),
        ("decimal", "42."),
        ("decimal", ".1"),
        ("decimal", "-0.314e1e2"),
        ("decimal", "1 or true"),
        ("duration", "+P6D"),
        ("duration", "P1Y6D"),
        ("duration", "P1M6D"),
        ("duration", "P"),
        ("duration", "PT1H' or 'a' eq 'a"),
        ("binary", "Zg="),
        ("binary", "Zh=="),
        ("binary", "Zg==' or true"),
        ("enum", "red' or true or zoo.Color'red"),
        ("enum", ""),
    ];
    for (rule, text) in negative {
        let found = literals(text);
        let (_, literal) = found.iter().find(|(known, _)| *known == rule).unwrap();
        assert_eq!(literal, &None, "{rule} {text}");
    }
}

#[test]
fn places_and_untyped_values() {
    for text in [
        "Point(1 2)",
        "SRID=4326;Point(-0.13 51.5)",
        "SRID=0;Point(1 2 3 4)",
        "SRID=0;LineString(1 2,3 4)",
        "SRID=0;Polygon((1 2,3 4,1 2),(5 6,7 8,5 6))",
        "SRID=0;MultiPoint((1 2),(3 4))",
        "SRID=0;MultiLineString((1 2,3 4))",
        "SRID=0;MultiPolygon(((1 2,3 4,1 2)))",
        "SRID=0;GeometryCollection(Point(1 2),LineString(1 2,3 4))",
    ] {
        assert_eq!(Literal::geography(text).to_string(), format!("geography'{text}'"));
        assert_eq!(Literal::member("geometry", text), Literal::geometry(text));
    }
    for text in
        ["", "Point", "Point()", "Point(1)", "Point(a b)", "SRID=;Point(1 2)", "Point(1 2) or true", "Point(1 2"]
    {
        let call = things(STRICT).function("f", &[("at", Literal::geography(text))]);
        let call = call.request(Method::Get, response::json::<Json>);
        assert!(call.http().unwrap_err().to_string().contains("is not a place"), "{text}");
    }
    let deep = format!("{}Point(1 2){}", "GeometryCollection(".repeat(40), ")".repeat(40));
    let call = things(STRICT).function("f", &[("at", Literal::geography(&deep))]);
    assert!(call.request(Method::Get, response::json::<Json>).http().is_err());
    for (value, written) in [
        (Json::Null, "null"),
        (Json::from(5), "5"),
        (Json::from(true), "true"),
        (Json::from("a'b"), "'a''b'"),
        (serde_json::json!([1]), "[1]"),
        (serde_json::json!({"a": 1}), "{\"a\":1}"),
    ] {
        assert_eq!(Literal::json(&value).to_string(), written);
    }
}

#[test]
fn the_error_says_what_is_wrong() {
    let list: ListRequest<Thing> = Request::new(Method::Get, things(Protocol::new()), response::json);
    let error = list.filter(Thing::GUID.eq("0 or active eq true")).http().unwrap_err().to_string();
    assert_eq!(
        error,
        "the request cannot be made: GET /things: the query option $filter: \"0 or active eq true\" is not a GUID"
    );
    let nested: ListRequest<Thing> = Request::new(Method::Get, things(Protocol::new()), response::json);
    let condition = Thing::NAMES.any(|name| name.eq("a")).and(!Thing::BORN.is_in(["2025-01-31", "today"]));
    assert!(nested.filter(condition).http().unwrap_err().to_string().contains("\"today\" is not a date"));
}

#[test]
fn a_service_has_its_own_literals() {
    let text = |protocol: Protocol, filter: Filter<Thing>| {
        let list: ListRequest<Thing> = Request::new(Method::Get, things(protocol), response::json);
        decoded(list.filter(filter).http().unwrap().uri().query().unwrap().strip_prefix("$filter=").unwrap())
    };
    let plain = Protocol::new();
    assert_eq!(text(STRICT, Thing::COLOR.eq(Color::Red)), "color eq sample.color'red'");
    assert_eq!(text(plain, Thing::COLOR.eq(Color::Red)), "color eq 'red'");
    assert_eq!(text(STRICT, Thing::DAYS.has(Day::Friday)), "days has sample.day'friday'");
    assert_eq!(text(STRICT, Thing::ID.is_in(["a", "b'"])), "(id eq 'a' or id eq 'b''')");
    assert_eq!(text(plain, Thing::ID.is_in(["a", "b'"])), "id in ('a','b''')");
    assert_eq!(text(STRICT, !Thing::ID.is_in(["a"])), "not ((id eq 'a'))");
    let length: Property<Thing, Duration> = Property::new("length");
    assert_eq!(text(plain, length.gt("PT1H")), "length gt duration'PT1H'");
    assert_eq!(text(plain.durations(DurationLiterals::Short), length.gt("PT1H")), "length gt 'PT1H'");
    assert_eq!(text(plain, Thing::AGE.eq(1).and(Filter::from("a eq 1 or b eq 2"))), "age eq 1 and (a eq 1 or b eq 2)");
}

/// The TC's own test cases, if they are available.
#[test]
fn the_checker_agrees_with_the_cases_of_the_committee() {
    let Some(cases) = abnf::cases() else { return };
    let mut counted = 0;
    for case in cases {
        let rule: fn(&str) -> Option<&str> = match &*case.rule {
            "guid" => abnf::guid,
            "dateValue" | "date" => abnf::date,
            "dateTimeOffsetValue" => abnf::date_time_offset,
            "timeOfDayValue" => abnf::time_of_day,
            "decimalValue" | "doubleValue" | "singleValue" => abnf::decimal,
            "durationValue" => abnf::duration_value,
            "binaryLiteral" => abnf::binary,
            _ => continue,
        };
        counted += 1;
        assert_eq!(abnf::whole(&case.input, rule), !case.is_refused, "{}", case.text);
    }
    assert!(counted > 40, "{counted}");
}
