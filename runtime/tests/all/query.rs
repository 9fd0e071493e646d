//! Query options, typed by the property constants.

use edmark_runtime::query::{Filter, Search};
use edmark_runtime::{At, Client, DeltaRequest, ListRequest, Method, OpenEnum as _, ReadRequest, Request, response};

use crate::sample::{Being, Color, Day, Node, Person, Thing};

fn at() -> At {
    At::root(Client::offline("https://x.example")).segment("things")
}

fn list() -> ListRequest<Thing> {
    Request::new(Method::Get, at(), response::json)
}

fn query<R, O>(request: &Request<R, O>) -> String {
    let http = request.http().unwrap();
    percent_encoding::percent_decode_str(http.uri().query().unwrap_or_default()).decode_utf8().unwrap().into_owned()
}

#[test]
fn all_options_of_a_list() {
    let request = list()
        .select([Thing::NAMES])
        .select((Thing::ID, Thing::AGE, "extension_x"))
        .expand((Thing::OWNER, Thing::PARTS.expand().top(2).filter(Node::ID.ne("1")).select(Node::ID)))
        .filter(Thing::AGE.ge(18))
        .filter("any raw text")
        .orderby((Thing::AGE.desc(), Thing::ID))
        .top(50)
        .skip(5)
        .search("pizza & \"wine\"")
        .count();
    assert_eq!(
        query(&request),
        "$select=names,id,age,extension_x\
         &$expand=owner,parts($top=2;$filter=id ne '1';$select=id)\
         &$filter=(age ge 18) and (any raw text)\
         &$orderby=age desc,id\
         &$top=50&$skip=5\
         &$search=\"pizza & \\\"wine\\\"\"\
         &$count=true"
            .replace("         ", "")
    );
    assert_eq!(request.http().unwrap().headers()["consistencylevel"], "eventual");
    let headers = list().top(1).http().unwrap().headers().clone();
    assert_eq!((headers.len(), &headers["accept"]), (1, &"application/json, */*;q=0.1".parse().unwrap()));
    assert_eq!(query(&list().top(1).top(2)), "$top=2");
}

#[test]
fn options_go_by_the_answer() {
    let one: ReadRequest<Thing> = Request::new(Method::Get, at(), response::json);
    let nested =
        Thing::OWNER.expand().expand(Node::CHILDREN.expand().orderby(Node::ID.asc()).skip(1).count().search("a"));
    assert_eq!(
        query(&one.select(Thing::ID).expand(nested.option("$levels", "max"))),
        "$select=id&$expand=owner($expand=children($orderby=id asc;$skip=1;$count=true;$search=\"a\");$levels=max)"
    );
    let delta: DeltaRequest<Thing> = Request::new(Method::Get, at(), response::json);
    assert_eq!(query(&delta.select(Thing::ID).filter(Thing::ID.eq("1"))), "$select=id&$filter=id eq '1'");
    // Items declared as a base type can also be selected by properties of derived types.
    let beings: ListRequest<Being> = Request::new(Method::Get, at(), response::json);
    let beings = beings.filter(Being::WEIGHT.lt(5_i64)).select((Being::ID, Person::NAME));
    assert_eq!(query(&beings), "$filter=weight lt 5&$select=id,name");
    let manager = Thing::MANAGER.expand().select([Person::NAME]).expand(Person::BOSS.expand().select(Person::NAME));
    assert_eq!(manager.to_string(), "manager($select=name;$expand=boss($select=name))");
    let persons = beings.of_type::<Person>().orderby(Person::NAME);
    assert_eq!(persons.at().url(), "https://x.example/things/sample.person");
}

#[test]
fn literals_by_type() {
    let text = |filter: Filter<Thing>| filter.to_string();
    assert_eq!(text(Thing::ID.eq("O'Neil & 100%")), "id eq 'O''Neil & 100%'");
    assert_eq!(text(Thing::ENABLED.ne(true)), "enabled ne true");
    assert_eq!(text(Thing::AGE.gt(-1)), "age gt -1");
    assert_eq!(text(Thing::RATIO.le(0.5)), "ratio le 0.5");
    assert_eq!(text(Thing::RATIO.eq(f64::INFINITY)), "ratio eq INF");
    assert_eq!(text(Thing::RATIO.eq(f64::NAN)), "ratio eq NaN");
    assert_eq!(text(Thing::COLOR.eq(Color::Red)), "color eq 'red'");
    assert_eq!(text(Thing::COLOR.is_in([Color::Red, Color::from_name("o'k")])), "color in ('red','o''k')");
    assert_eq!(text(Thing::DAYS.has(Day::Friday)), "days has 'friday'");
    assert_eq!(text(Thing::CREATED.ge("2025-01-31T00:00:00Z")), "created ge 2025-01-31T00:00:00Z");
    assert_eq!(text(Thing::BORN.lt("2025-01-31")), "born lt 2025-01-31");
    assert_eq!(
        text(Thing::GUID.eq("3f2504e0-4f89-11d3-9a0c-0305e82c3301")),
        "guid eq 3f2504e0-4f89-11d3-9a0c-0305e82c3301"
    );
    assert_eq!(text(Thing::ID.is_null()), "id eq null");
    assert_eq!(text(Thing::ID.is_not_null()), "id ne null");
    assert_eq!(text(Thing::ID.is_in::<&str>([])), "false");
    assert_eq!(text(Thing::ID.ends_with("a'")), "endswith(id,'a''')");
    assert_eq!(text(Thing::ID.contains("%")), "contains(id,'%')");
}

#[test]
fn parentheses_where_they_matter() {
    let [a, b, c] = ["a", "b", "c"].map(|id| Thing::ID.eq(id));
    let text = |filter: Filter<Thing>| filter.to_string().replace("id eq ", "");
    assert_eq!(text(a.clone().and(b.clone()).or(c.clone())), "'a' and 'b' or 'c'");
    assert_eq!(text(a.clone().or(b.clone()).and(c.clone())), "('a' or 'b') and 'c'");
    assert_eq!(text(a.clone().and(b.clone().or(c.clone()))), "'a' and ('b' or 'c')");
    assert_eq!(text(a.clone().and(b.clone()).and(c.clone())), "'a' and 'b' and 'c'");
    assert_eq!(text(!a.clone()), "not ('a')");
    assert_eq!(text(!(a.clone().or(b.clone()))), "not ('a' or 'b')");
    assert_eq!(text(!!Thing::ID.contains("x")), "not not contains(id,'x')");
    assert_eq!(text((!Thing::ID.contains("x")).and(b)), "not contains(id,'x') and 'b'");
    assert_eq!(text(a.and("x or y")), "'a' and (x or y)");
    assert_eq!(text(Filter::from("x or y").or(c)), "x or y or 'c'");
}

#[test]
fn through_properties_and_collections() {
    let text = |filter: Filter<Thing>| filter.to_string();
    assert_eq!(text(Thing::OWNER.then(Node::NEXT).then(Node::ID).starts_with("a")), "startswith(owner/next/id,'a')");
    assert_eq!(text(Thing::MANAGER.then(Being::WEIGHT).ge(5_i64)), "manager/weight ge 5");
    assert_eq!(text(Thing::NAMES.any(|name| name.eq("a"))), "names/any(x:x eq 'a')");
    assert_eq!(text(Thing::NAMES.all(|name| name.starts_with("a"))), "names/all(x:startswith(x,'a'))");
    assert_eq!(text(Thing::COLORS.any(|color| color.eq(Color::Green))), "colors/any(x:x eq 'green')");
    assert_eq!(text(Thing::NAMES.is_not_empty()), "names/any()");
    assert_eq!(text(!Thing::NAMES.is_not_empty()), "not names/any()");
    assert_eq!(text(Thing::NAMES.count().eq(0)), "names/$count eq 0");
    assert_eq!(
        text(Thing::STAFF.any(|being| being.then(Being::ID).eq("1").or(being.then(Being::WEIGHT).gt(2)))),
        "staff/any(x:x/id eq '1' or x/weight gt 2)"
    );
    let nested = |node: edmark_runtime::query::Operand<_, Node>| {
        node.then(Node::CHILDREN).any(|child| child.then(Node::ID).eq("c")).and(node.then(Node::ID).eq("p"))
    };
    assert_eq!(
        text(Thing::PARTS.any(nested).and(Thing::OWNER.then(Node::CHILDREN).any(nested))),
        "parts/any(x:x/children/any(y:y/id eq 'c') and x/id eq 'p') and owner/children/any(x:x/children/any(y:y/id eq 'c') and x/id eq 'p')"
    );
    assert_eq!(
        query(&list().select(Thing::OWNER.then(Node::ID)).orderby(Thing::OWNER.then(Node::ID).desc())),
        "$select=owner/id&$orderby=owner/id desc"
    );
}

#[test]
fn searches() {
    assert_eq!(query(&list().search(Search::property(Thing::ID, "a").and("b".into()))), "$search=\"id:a\" AND \"b\"");
    assert_eq!(query(&list().search(Search::text("subject:pizza"))), "$search=subject:pizza");
}
