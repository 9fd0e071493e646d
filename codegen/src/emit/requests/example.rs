//! Writes the example of an operation: a short program that makes its request.

mod front_page;

use std::collections::BTreeMap;

use super::super::types::Scope;
use super::ways::Ways;
use crate::model::requests::{
    Body, BuilderId, Operation, Parameter, ParameterType, Presence, ReturnType, SystemOptions,
};
use crate::model::{EnumId, Model, Primitive, Property, StructuredType, TypeId, ValueType};

/// The columns that a line of an example may have.
const WIDTH: usize = 88;
/// The most properties that an example sets or selects.
const MOST: usize = 2;

/// Examples for the documentation of a crate, where they are compiled as its tests.
pub(crate) struct Examples<'a> {
    model: &'a Model,
    /// The crate's name in code: `graph_sample`.
    crate_name: &'a str,
    ways: Ways,
    scope: Scope<'a>,
}

impl<'a> Examples<'a> {
    /// The examples of a crate with requests.
    pub(crate) fn of(model: &'a Model, crate_name: &'a str) -> Option<Self> {
        let tree = &model.requests;
        (!tree.builders.is_empty()).then(|| Examples {
            model,
            crate_name,
            ways: Ways::through(tree, model.service.has_keys_in_parentheses()),
            scope: Scope::outside(model, ""),
        })
    }

    /// The example of an operation, a block of code. `None` if the request takes something that
    /// cannot be made up.
    pub(crate) fn operation(&self, builder: BuilderId, operation: &Operation) -> Option<String> {
        let mut program = Program::new(self);
        let client = program.client();
        let mut chain = program.chain(builder, operation)?;
        chain.extend(program.options(operation));
        statement("request", &chain, &mut program.text);
        let root = program.root();
        let service = match self.model.service.root {
            Some(_) => "offline()",
            None => "offline_at(\"https://service.example\")",
        };
        let mut all = String::with_capacity(512);
        all.push_str("```no_run\n");
        program.uses.lines().for_each(|line| all.extend(["# ", &line, "\n"]));
        all.extend(["# let ", &client, " = ", &root, "::", service, ";\n", &program.text, "```"]);
        Some(all)
    }
}

/// The types that an example names.
#[derive(Default)]
struct Uses {
    /// Paths by the names of the types.
    paths: BTreeMap<String, String>,
}

impl Uses {
    /// A `use` for each crate.
    fn lines(&self) -> impl Iterator<Item = String> {
        let mut crates: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (root, rest) in self.paths.values().filter_map(|path| path.split_once("::")) {
            crates.entry(root).or_default().push(rest);
        }
        crates.into_iter().map(|(root, mut rest)| {
            rest.sort_unstable();
            match rest.as_slice() {
                [only] => format!("use {root}::{only};"),
                several => format!("use {root}::{{{}}};", several.join(", ")),
            }
        })
    }
}

/// An example that is being written.
struct Program<'e, 'a> {
    examples: &'e Examples<'a>,
    uses: Uses,
    /// The statements before the request.
    text: String,
}

impl<'e, 'a> Program<'e, 'a> {
    fn new(examples: &'e Examples<'a>) -> Self {
        Program { examples, uses: Uses::default(), text: String::new() }
    }

    /// The calls that make the request, with all that they need before them.
    fn chain(&mut self, builder: BuilderId, operation: &Operation) -> Option<Vec<String>> {
        let client = self.client();
        let mut chain = vec![client.clone()];
        for (from, step) in self.examples.ways.to(builder, operation)? {
            let step = &self.examples.model.requests.builder(from).steps[step];
            chain.push(call(&step.rust_name, &self.arguments(&step.parameters)?));
        }
        let mut arguments = self.arguments(&operation.parameters)?;
        arguments.extend(self.body(operation, &client)?);
        chain.push(call(&operation.rust_name, &arguments));
        Some(chain)
    }

    /// The name of the root builder.
    fn root(&mut self) -> String {
        let examples = self.examples;
        let entry = examples.model.requests.entry().unwrap_or_default();
        self.named(entry, entry.to_owned())
    }

    /// The variable that holds the root builder: `graph`.
    fn client(&self) -> String {
        self.examples.model.service.variable().to_owned()
    }

    /// A type of the crate, by its name where the example names no other of that name.
    fn named(&mut self, name: &str, path: String) -> String {
        let path = format!("{}::{path}", self.examples.crate_name);
        self.imported(name, path)
    }

    fn imported(&mut self, name: &str, path: String) -> String {
        match self.uses.paths.get(name) {
            Some(known) if *known != path => return path,
            _ => self.uses.paths.insert(name.to_owned(), path),
        };
        name.to_owned()
    }

    fn runtime(&mut self, name: &str) -> String {
        self.imported(name, format!("edmark_runtime::{name}"))
    }

    /// The struct of a type, if the crate has one.
    fn structured(&mut self, id: TypeId) -> Option<String> {
        let examples = self.examples;
        let ty = examples.model.structured(id);
        let has_struct = examples.scope.has_struct(id) && !ty.stands_for_any_json();
        has_struct.then(|| self.named(&ty.rust.name, examples.scope.owner(id)))
    }

    /// A member of an enum: `Importance::Low`.
    fn member(&mut self, id: EnumId) -> Option<String> {
        let examples = self.examples;
        let ty = examples.model.enumeration(id);
        let member = ty.members.first().filter(|_| ty.rust.external.is_none())?;
        let name = self.named(&ty.rust.name, examples.scope.path(&ty.rust, &ty.rust.name));
        Some(format!("{name}::{}", member.rust_variant))
    }

    /// Values for the placeholders of a path or a query.
    fn arguments(&mut self, parameters: &[Parameter]) -> Option<Vec<String>> {
        let argument = |parameter: &Parameter| match (parameter.presence, parameter.rust_type, &parameter.ty) {
            (Presence::Optional | Presence::Nullable, ..) => Some("None".to_owned()),
            (_, ParameterType::Bool, _) => Some("true".to_owned()),
            (_, ParameterType::I32 | ParameterType::I64, _) => Some("1".to_owned()),
            (_, ParameterType::F64, _) => Some("1.0".to_owned()),
            (_, ParameterType::Text, _) => Some("\"…\"".to_owned()),
            (_, ParameterType::List, _) => Some("&[]".to_owned()),
            (_, ParameterType::Enum, ValueType::Enum(id)) => {
                let into = if self.examples.model.enumeration(*id).is_flags { ".into()" } else { "" };
                Some(format!("&{}{into}", self.member(*id)?))
            }
            (_, ParameterType::Structured, ValueType::Structured(id)) => {
                Some(format!("&{}::default()", self.structured(*id)?))
            }
            (_, ParameterType::Enum | ParameterType::Structured, _) => None,
        };
        parameters.iter().map(argument).collect()
    }

    /// The arguments for the request body. What they need is made before.
    fn body(&mut self, operation: &Operation, client: &str) -> Option<Vec<String>> {
        let model = self.examples.model;
        let variable = match operation.function.body.first() {
            Some(name) if name != client => name.clone(),
            _ => "value".to_owned(),
        };
        let made = match &operation.body {
            Body::Nothing => return Some(Vec::new()),
            Body::Bytes => return Some(vec!["b\"text\".to_vec()".to_owned(), "\"text/plain\"".to_owned()]),
            Body::Value(ValueType::Primitive(Primitive::String)) => return Some(vec!["\"…\"".to_owned()]),
            Body::Value(ValueType::Primitive(_) | ValueType::Enum(_) | ValueType::Undocumented(_)) => return None,
            Body::Reference => {
                let reference = self.runtime("Reference");
                return Some(vec![format!("&{reference}::new(\"https://…\")")]);
            }
            Body::Json => {
                let json = self.runtime("Json");
                return Some(vec![format!("&{json}::from(\"…\")")]);
            }
            Body::Value(ValueType::Structured(id)) => {
                let name = self.structured(*id)?;
                self.value(&name, model.structured(*id))
            }
            Body::Update(id) => {
                let (update, name) = (self.runtime("Update"), self.structured(*id)?);
                let mut made = vec![format!("{update}::<{name}>"), "new()".to_owned()];
                if let Some((constant, value)) = self.settable(model.structured(*id)).into_iter().next() {
                    made.push(format!("set({name}::{constant}, {value})"));
                }
                made
            }
            Body::Parameters(index) => {
                let ty = model.requests.parameters.get(*index)?;
                let name = self.named(&ty.rust.name, format!("{}::{}", model.requests.module, ty.rust.name));
                self.value(&name, ty)
            }
        };
        let (first, rest) = (made[..2].join("::"), &made[2..]);
        let chain: Vec<String> = std::iter::once(first).chain(rest.iter().cloned()).collect();
        statement(&variable, &chain, &mut self.text);
        Some(vec![format!("&{variable}")])
    }

    /// A value with some of its properties.
    fn value(&mut self, name: &str, ty: &StructuredType) -> Vec<String> {
        let mut made = vec![name.to_owned(), "default()".to_owned()];
        let set = self.settable(ty);
        if !set.is_empty() {
            // Only its methods are called.
            self.imported("With as _", "edmark_runtime::With as _".to_owned());
        }
        made.extend(set.into_iter().map(|(constant, value)| format!("with({name}::{constant}, {value})")));
        made
    }

    /// The first properties that a caller sets, each with a value.
    fn settable(&mut self, ty: &StructuredType) -> Vec<(String, String)> {
        let is_set = |property: &&Property| {
            property.facts.read_only.is_none() && property.facts.deprecation.is_none() && !property.is_navigation
        };
        let mut found = Vec::new();
        for property in texts_first(ty.properties.iter().filter(is_set).collect()) {
            if found.len() == MOST {
                break;
            }
            found.extend(self.property(property).map(|value| (property.rust_const.clone(), value)));
        }
        found
    }

    fn property(&mut self, property: &Property) -> Option<String> {
        let value = match &property.ty.item {
            ValueType::Primitive(Primitive::String) if property.ty.collection => "\"…\".to_owned()".to_owned(),
            ValueType::Primitive(Primitive::String) => "\"…\"".to_owned(),
            ValueType::Primitive(Primitive::Boolean) => "true".to_owned(),
            ValueType::Primitive(Primitive::Int32) => "1".to_owned(),
            ValueType::Structured(id) => format!("{}::default()", self.structured(*id)?),
            ValueType::Enum(id) if !self.examples.model.enumeration(*id).is_flags => self.member(*id)?,
            _ => return None,
        };
        Some(if property.ty.collection { format!("[{value}]") } else { value })
    }

    /// The query options that the request is most often made with.
    fn options(&mut self, operation: &Operation) -> Vec<String> {
        let (id, is_many) = match operation.options {
            SystemOptions::None => return Vec::new(),
            _ if operation.response == ReturnType::Count => return Vec::new(),
            SystemOptions::One(id) => (id, false),
            SystemOptions::Many(id) => (id, !matches!(operation.response, ReturnType::Delta(_))),
        };
        let is_selected = |property: &&Property| property.facts.deprecation.is_none() && !property.is_navigation;
        let ty = self.examples.model.structured(id);
        let selected = texts_first(ty.properties.iter().filter(is_selected).collect());
        let constants: Vec<&str> = selected.iter().take(MOST).map(|property| property.rust_const.as_str()).collect();
        let mut calls = Vec::new();
        if let Some(name) = self.structured(id).filter(|_| !constants.is_empty()) {
            let constants: Vec<String> = constants.iter().map(|constant| format!("{name}::{constant}")).collect();
            calls.push(match constants.as_slice() {
                [only] => format!("select({only})"),
                several => format!("select(({}))", several.join(", ")),
            });
        }
        calls.extend(is_many.then(|| "top(10)".to_owned()));
        calls
    }
}

/// Properties in their order, those with a single text before the others.
fn texts_first(mut properties: Vec<&Property>) -> Vec<&Property> {
    let is_text =
        |property: &&Property| property.ty.item == ValueType::Primitive(Primitive::String) && !property.ty.collection;
    properties.sort_by_key(|property| !is_text(property));
    properties
}

/// `id("…")`
fn call(name: &str, arguments: &[String]) -> String {
    [name, "(", &arguments.join(", "), ")"].concat()
}

/// Writes a `let` statement with a chain of calls, on one line if it fits.
fn statement(variable: &str, chain: &[String], out: &mut String) {
    let start = out.len();
    for dot in [".", "\n    ."] {
        out.truncate(start);
        out.extend(["let ", variable, " = "]);
        for (index, call) in chain.iter().enumerate() {
            out.extend([if index > 0 { dot } else { "" }, call]);
        }
        out.push(';');
        if out[start..].chars().count() <= WIDTH {
            break;
        }
    }
    out.push('\n');
}
