//! Tests the module `requests` with request trees built by hand.

use super::build::*;
use super::{crate_files, emit, sample, single};
use crate::emit::Options;
use crate::model::requests::{Parameter, *};
use crate::model::*;
use crate::schema::operation::{Argument, ArgumentValue, HttpMethod, Part};
use crate::source::FileId;

const TEXT: ValueType = ValueType::Primitive(Primitive::String);

pub(super) fn literal(text: &str) -> Segment {
    Segment::Literal(text.to_owned())
}

fn parameter(name: &str, ty: ValueType) -> Parameter {
    Parameter {
        placeholder: name.to_owned(),
        rust_name: name.to_owned(),
        ty,
        rust_type: ParameterType::Text,
        collection: false,
        presence: Presence::Required,
        description: None,
    }
}

pub(super) fn builder(name: &str, file: &str, paths: &[&str]) -> Builder {
    Builder {
        rust_name: name.to_owned(),
        file: file.to_owned(),
        ty: None,
        collection: false,
        paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        steps: vec![],
        operations: vec![],
        is_nullable: false,
    }
}

pub(super) fn step(name: &str, segment: Segment, parameters: &[&str], target: u32) -> Step {
    Step {
        rust_name: name.to_owned(),
        segment,
        parameters: parameters.iter().map(|name| parameter(name, TEXT)).collect(),
        lists: vec![],
        target: BuilderId(target),
        not_at: vec![],
        is_nullable: false,
        feature: None,
    }
}

pub(super) fn operation(name: &str, http: HttpMethod, response: ReturnType) -> Operation {
    Operation {
        rust_name: name.to_owned(),
        kind: OperationKind::Read,
        http,
        path: vec![],
        parameters: vec![],
        query: vec![],
        options: SystemOptions::None,
        headers: vec![],
        body: Body::Nothing,
        is_tagged: false,
        response,
        function: Function::default(),
        title: "Do it".to_owned(),
        deprecation: None,
        description: None,
        permissions: vec![],
        also_permissions: vec![],
        templates: vec![format!("/{name}")],
        not_at: vec![],
        page: FileId(0),
        also: vec![],
        owners: vec![],
        span: span(),
    }
}

fn argument(name: &str, value: ArgumentValue) -> Argument {
    Argument { name: name.to_owned(), value }
}

fn placeholder(name: &str, quoted: bool) -> ArgumentValue {
    ArgumentValue::Placeholder { name: name.to_owned(), quoted }
}

/// Operations of every kind, each at a path of its own.
fn operations(user: TypeId, object: TypeId, parameters: usize) -> Vec<Operation> {
    use HttpMethod::{Delete, Get, Patch, Post, Put};
    let one = |id| ValueType::Structured(id);
    let mut get = operation("get", Get, ReturnType::One(one(user)));
    get.options = SystemOptions::One(user);
    get.description = Some(described("Read it.".to_owned()));
    get.permissions = vec![
        Permission {
            kind: PermissionKind::DelegatedWork,
            subject: None,
            least: vec![Grant::one("User.Read")],
            higher: vec![Grant::one("User.Read.All"), Grant::all_of(["User.ReadWrite.All", "Group.Read.All"])],
            span: span(),
        },
        Permission {
            kind: PermissionKind::Other("Application | other".to_owned()),
            subject: Some("a **thing**".to_owned()),
            least: vec![],
            higher: vec![],
            span: span(),
        },
    ];
    get.deprecation = Some(at(Deprecation { since: None, instead: None, text: "Read something else.".to_owned() }));
    let mut list = operation("list", Get, ReturnType::Many(one(object)));
    list.options = SystemOptions::Many(object);
    list.headers = vec![("ConsistencyLevel".to_owned(), "eventual".to_owned())];
    let mut delta = operation("delta", Get, ReturnType::Delta(one(user)));
    delta.path = vec![literal("delta")];
    delta.options = SystemOptions::Many(user);
    let mut create = operation("create", Post, ReturnType::One(one(object)));
    create.body = Body::Value(one(object));
    let mut update = operation("update", Patch, ReturnType::Optional(one(user)));
    update.body = Body::Update(user);
    let mut act = operation("act", Post, ReturnType::Single(ValueType::Enum(EnumId(0))));
    act.path = vec![literal("act")];
    act.body = Body::Parameters(parameters);
    let mut set = operation("set_content", Put, ReturnType::Nothing);
    set.path = vec![literal("$value")];
    set.body = Body::Bytes;
    let mut add = operation("add_ref", Post, ReturnType::Nothing);
    add.path = vec![literal("$ref")];
    add.body = Body::Reference;
    let mut count = operation("count", Get, ReturnType::Count);
    count.path = vec![literal("$count")];
    let mut usage = operation("usage", Get, ReturnType::Bytes);
    usage.path = vec![Segment::Call {
        name: "usage".to_owned(),
        arguments: vec![
            argument("period", placeholder("period", true)),
            argument("top", placeholder("top", false)),
            argument(
                "group",
                ArgumentValue::EnumLiteral { type_name: "ns.ageGroup".to_owned(), name: "group".to_owned() },
            ),
            argument("kind", ArgumentValue::Fixed("'a'".to_owned())),
            argument("", ArgumentValue::Fixed("null".to_owned())),
        ],
    }];
    usage.query = vec![
        ("from".to_owned(), QueryValue::Placeholder { quoted: true }),
        ("all".to_owned(), QueryValue::Placeholder { quoted: false }),
        ("api".to_owned(), QueryValue::Fixed("2".to_owned())),
    ];
    usage.parameters = vec![
        parameter("period", TEXT),
        parameter("top", ValueType::Primitive(Primitive::Int32)),
        parameter("group", ValueType::Enum(EnumId(1))),
        parameter("at", TEXT),
        parameter("all", ValueType::Primitive(Primitive::Boolean)),
    ];
    usage.parameters[0].description = Some(described("How long: `D7`.".to_owned()));
    let mut mixed = operation("mixed", Delete, ReturnType::Accepted);
    mixed.path = vec![Segment::Mixed(vec![Part::Text("role=".to_owned()), Part::Placeholder("id".to_owned())])];
    mixed.parameters = vec![parameter("id", TEXT)];
    let mut any = operation("any", Post, ReturnType::Text);
    any.body = Body::Json;
    let mut say = operation("say", Post, ReturnType::Many(ValueType::Primitive(Primitive::Untyped)));
    say.body = Body::Value(TEXT);
    vec![get, list, delta, create, update, act, set, add, count, usage, mixed, any, say]
}

/// Adds a tree with every kind of builder, step and operation to a model.
pub(super) fn add_tree(model: &mut Model) {
    let of = |name: &str| {
        let position = model.types.iter().position(|ty| ty.rust.name == name && ty.rust.module == ROOT);
        TypeId(position.expect("a type") as u32)
    };
    let (user, object) = (of("User"), of("DirectoryObject"));
    let mut act = ty(ROOT, "UserActParameters");
    act.kind = TypeKind::Complex;
    act.properties = vec![string("comment"), many("users", ValueType::Structured(user))];
    act.rust.file = "user".to_owned();
    let mut root = builder("Graph", "root", &[]);
    root.steps = vec![step("users", literal("users"), &[], 1), step("me", literal("me"), &[], 2)];
    let mut users = builder("UsersRequests", "user", &["/users"]);
    (users.ty, users.collection) = (Some(user), true);
    users.steps = vec![step("id", Segment::Key("id | name".to_owned()), &["id"], 2)];
    users.steps[0].parameters[0].description = Some(described("Its id, or its [name](name.md).".to_owned()));
    let mut key = step("by_name", literal(""), &["name"], 2);
    key.segment = Segment::NamedKey {
        collection: "users".to_owned(),
        arguments: vec![argument("name", placeholder("name", true))],
    };
    users.steps.push(key);
    let paths: Vec<String> = (0..9).map(|index| format!("/me/{index}")).collect();
    let mut one = builder("UserRequests", "user", &[]);
    one.ty = Some(user);
    one.paths = paths;
    let path = |anchor: &str| Segment::ByPath { anchor: anchor.to_owned(), parameter: "path".to_owned(), closed: true };
    one.steps = vec![
        step("root_by_path", path("root"), &["path"], 2),
        step("item_by_path", path("{item}"), &["item", "path"], 2),
        step("by_path", path(""), &["path"], 2),
        step("from_here", literal("microsoft.graph.user"), &[], 3),
    ];
    one.operations = operations(user, object, 0);
    let empty = builder("NowhereRequests", "root", &["/nowhere"]);
    model.requests =
        RequestTree { builders: vec![root, users, one, empty], parameters: vec![act], ..RequestTree::default() };
    model.service.root = Some("https://service.example/v1.0".to_owned());
}

fn with_tree() -> Model {
    let mut model = sample();
    add_tree(&mut model);
    model
}

#[test]
fn the_root_makes_builders() {
    let files = crate_files(&with_tree());
    insta::assert_snapshot!(files.get("src/requests/root.rs").expect("a file"));
    insta::assert_snapshot!(files.get("src/requests.rs").expect("a file"));
    assert!(files.get("src/lib.rs").expect("a root").contains("\npub use self::requests::Graph;\n"));
}

#[test]
fn builders_have_steps_and_operations() {
    let files = crate_files(&with_tree());
    let text = files.get("src/requests/user.rs").expect("a file");
    let (builders, parameters) = text.split_once("/// Parameters of ").expect("the parameters");
    insta::assert_snapshot!(builders);
    assert!(parameters.contains("\npub struct UserActParameters {\n"), "{parameters}");
    assert!(!parameters.contains("ODATA_TYPE"), "an action's parameters are no type of the service");
}

#[test]
fn a_root_without_an_address_asks_for_it() {
    let mut model = with_tree();
    model.service.root = None;
    let files = crate_files(&model);
    let text = files.get("src/requests/root.rs").expect("a file");
    assert!(text.contains("pub fn new_at(base_url: &str, transport: impl rt::Transport) -> Self {"), "{text}");
    assert!(!text.contains("BASE_URL"), "{text}");
}

#[test]
fn a_model_without_requests_has_no_module_of_them() {
    let files = emit(&sample(), &sources(), &Options { layout: single() });
    assert!(!files.get("graph.rs").expect("a file").contains("requests"));
}

/// Adds a builder whose texts and names try to break the generated code.
pub(super) fn add_hostile(model: &mut Model, texts: &[&str]) {
    let mut harmful = builder("HarmfulRequests", "harmful", texts);
    for (index, text) in texts.iter().enumerate() {
        let mut by_text = operation(&format!("harm{index}"), HttpMethod::Post, ReturnType::Nothing);
        by_text.title = (*text).to_owned();
        by_text.description = (index % 3 == 0).then(|| described((*text).to_owned()));
        by_text.templates = vec![(*text).to_owned()];
        by_text.headers = vec![((*text).to_owned(), (*text).to_owned())];
        by_text.query = vec![((*text).to_owned(), QueryValue::Fixed((*text).to_owned()))];
        by_text.permissions = vec![Permission {
            kind: PermissionKind::Other((*text).to_owned()),
            subject: Some((*text).to_owned()),
            least: vec![Grant::one(*text)],
            higher: vec![],
            span: span(),
        }];
        by_text.path = vec![Segment::Call {
            name: (*text).to_owned(),
            arguments: vec![
                argument(text, placeholder(text, index % 2 == 0)),
                argument(text, ArgumentValue::Fixed((*text).to_owned())),
                argument(text, ArgumentValue::EnumLiteral { type_name: (*text).to_owned(), name: (*text).to_owned() }),
            ],
        }];
        by_text.parameters = vec![parameter("arguments", TEXT), parameter("r#type", TEXT)];
        by_text.parameters[0].description = Some(described((*text).to_owned()));
        harmful.operations.push(by_text);
        let mut on = step(&format!("on{index}"), literal(text), &[], 0);
        on.segment = if index % 2 == 0 { literal(text) } else { Segment::Key((*text).to_owned()) };
        on.parameters = if index % 2 == 0 { vec![] } else { vec![parameter("key", TEXT)] };
        harmful.steps.push(on);
    }
    let names = [
        "default",
        "from_str",
        "from_iter",
        "many",
        "is_x",
        "to_x",
        "into_x",
        "as_x",
        "from_x",
        "cmp",
        "add",
        "next",
        "len",
        "r#type",
    ];
    for (index, name) in names.into_iter().enumerate() {
        let mut odd = operation(name, HttpMethod::Delete, ReturnType::Many(TEXT));
        odd.path = vec![literal(name)];
        let count = if name == "many" { 9 } else { index % 2 };
        odd.parameters = (0..count).map(|index| parameter(&format!("p{index}"), TEXT)).collect();
        odd.path.extend((0..count).map(|index| Segment::Key(format!("p{index}"))));
        harmful.operations.push(odd);
    }
    model.requests.builders.push(harmful);
}

/// Adds a tree with longer names.
pub(super) fn stretch(model: &mut Model, tree: &RequestTree, length: usize) {
    let mut tree = tree.clone();
    let longer = "l".repeat(length);
    let offset = model.requests.builders.len() as u32;
    for builder in &mut tree.builders {
        builder.rust_name = format!("{}{length}{longer}", builder.rust_name);
        for step in &mut builder.steps {
            step.rust_name.push_str(&longer);
            step.target.0 += offset;
            if let Segment::Literal(text) = &mut step.segment {
                text.push_str(&longer);
            }
            step.parameters.iter_mut().for_each(|parameter| parameter.rust_name.push_str(&longer));
        }
        for (index, operation) in builder.operations.iter_mut().enumerate() {
            let longer = &longer[..length / (1 + index % 4)];
            operation.rust_name.push_str(longer);
            operation.parameters.iter_mut().step_by(2).for_each(|parameter| parameter.rust_name.push_str(longer));
            for segment in &mut operation.path {
                if let Segment::Literal(text) | Segment::Call { name: text, .. } = segment {
                    text.push_str(longer);
                }
            }
        }
    }
    model.requests.builders.extend(tree.builders);
}
