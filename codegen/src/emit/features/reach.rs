//! Finds the roots of the service's URLs that lead to each type and to each file of requests.

use crate::hashing::{HashMap, HashSet};
use std::collections::BTreeMap;

use super::{ALL, Features, RootFeature, SHARED};
use crate::model::requests::{Body, Builder, Operation, Step, SystemOptions};
use crate::model::{EnumId, Model, TypeId, TypeNames, ValueType};

/// A crate with fewer roots than this has nothing to choose from.
const FEWEST: usize = 2;

/// An item that has a private module.
#[derive(Clone, Copy)]
enum ModuleItem {
    Type(TypeId),
    Enum(EnumId),
    /// Request builders: the position of the file that holds them.
    Requests(usize),
}

/// The roots that lead to an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReachedBy {
    One(usize),
    Several,
    /// It is compiled without any root.
    Always,
}

/// The features of a crate.
pub(super) fn features(model: &Model) -> Features {
    let Some(first) = model.requests.builders.first().filter(|first| first.steps.len() >= FEWEST) else {
        return Features::default();
    };
    let mut reach = Reach::of(model);
    // The requests of the first builder itself, and what shares its file, have no root.
    let always = reach.of_operations(&first.operations).chain(reach.files.get(&first.file));
    reach.mark(always.collect(), None);
    for (index, step) in first.steps.iter().enumerate() {
        reach.mark(reach.of_step(step).collect(), Some(index));
    }
    let root = |step: &Step| Some(RootFeature { name: step.feature.clone()?, is_sharing: reach.is_sharing(step) });
    let roots: Vec<RootFeature> = first.steps.iter().filter_map(root).collect();
    Features { units: reach.units(&roots), roots, crate_name: None }
}

/// The files of request builders. That of the first builder alone is none of them, because the
/// steps of the first builder are the roots themselves.
struct Files<'a> {
    names: Vec<&'a str>,
    builders: Vec<Vec<&'a Builder>>,
    positions: HashMap<&'a str, usize>,
}

impl<'a> Files<'a> {
    fn of(model: &'a Model) -> Self {
        let mut files = Files { names: Vec::new(), builders: Vec::new(), positions: HashMap::default() };
        for builder in model.requests.builders.iter().skip(1) {
            let position = *files.positions.entry(builder.file.as_str()).or_insert(files.names.len());
            if position == files.names.len() {
                files.names.push(&builder.file);
                files.builders.push(Vec::new());
            }
            files.builders[position].push(builder);
        }
        files
    }

    fn get(&self, name: &str) -> Option<ModuleItem> {
        self.positions.get(name).copied().map(ModuleItem::Requests)
    }
}

struct Reach<'a> {
    model: &'a Model,
    files: Files<'a>,
    /// By the position that an item has among all: types, then enums, then files.
    reached: Vec<Option<ReachedBy>>,
}

impl<'a> Reach<'a> {
    fn of(model: &'a Model) -> Self {
        let files = Files::of(model);
        let items = model.types.len() + model.enums.len() + files.names.len();
        Reach { model, files, reached: vec![None; items] }
    }

    /// The position of an item among all.
    fn position(&self, item: ModuleItem) -> usize {
        match item {
            ModuleItem::Type(id) => id.0 as usize,
            ModuleItem::Enum(id) => self.model.types.len() + id.0 as usize,
            ModuleItem::Requests(file) => self.model.types.len() + self.model.enums.len() + file,
        }
    }

    /// Records that a root leads to some items and to those that they name; without a root, that
    /// these items are always compiled.
    fn mark(&mut self, mut open: Vec<ModuleItem>, root: Option<usize>) {
        while let Some(item) = open.pop() {
            let position = self.position(item);
            // A root that leads to an item leads to all that the item names as well.
            let now = match (self.reached[position], root) {
                (Some(ReachedBy::Several | ReachedBy::Always), _) => continue,
                (Some(ReachedBy::One(known)), Some(root)) if known == root => continue,
                (None, Some(root)) => ReachedBy::One(root),
                (Some(ReachedBy::One(_)), Some(_)) => ReachedBy::Several,
                (_, None) => ReachedBy::Always,
            };
            self.reached[position] = Some(now);
            self.named_by(item, &mut open);
        }
    }

    /// The items that an item names in code.
    fn named_by(&self, item: ModuleItem, named: &mut Vec<ModuleItem>) {
        match item {
            ModuleItem::Enum(_) => {}
            ModuleItem::Type(id) => {
                let ty = self.model.structured(id);
                named.extend(ty.base.map(ModuleItem::Type));
                named.extend(ty.properties.iter().filter_map(|property| of_value(&property.ty.item)));
                named.extend(
                    ty.rust.any.iter().flat_map(|family| &family.variants).map(|variant| ModuleItem::Type(variant.ty)),
                );
            }
            ModuleItem::Requests(file) => {
                for builder in &self.files.builders[file] {
                    named.extend(builder.ty.map(ModuleItem::Type));
                    named.extend(builder.steps.iter().flat_map(|step| self.of_step(step)));
                    named.extend(self.of_operations(&builder.operations));
                }
            }
        }
    }

    fn of_step(&self, step: &'a Step) -> impl Iterator<Item = ModuleItem> + use<'a> {
        let target = self.model.requests.builder(step.target);
        let parameters = step.parameters.iter().filter_map(|parameter| of_value(&parameter.ty));
        parameters.chain(self.files.get(&target.file))
    }

    fn of_operations(&self, operations: &'a [Operation]) -> impl Iterator<Item = ModuleItem> + use<'_, 'a> {
        let parameters: &'a [_] = &self.model.requests.parameters;
        operations.iter().flat_map(move |operation| {
            let (body, of_parameters) = match &operation.body {
                Body::Update(id) => (Some(ModuleItem::Type(*id)), None),
                Body::Parameters(index) => (None, parameters.get(*index)),
                _ => (None, None),
            };
            let options = match operation.options {
                SystemOptions::None => None,
                SystemOptions::One(owner) | SystemOptions::Many(owner) => Some(ModuleItem::Type(owner)),
            };
            let file = of_parameters.and_then(|ty| self.files.get(&ty.rust.file));
            let members = of_parameters.into_iter().flat_map(|ty| &ty.properties);
            let members = members.filter_map(|property| of_value(&property.ty.item));
            let values = operation.values().filter_map(of_value);
            values.chain(members).chain(file).chain(body).chain(options)
        })
    }

    /// Returns true if a root leads to requests that others lead to.
    fn is_sharing(&self, step: &'a Step) -> bool {
        let mut seen = HashSet::default();
        let mut open: Vec<ModuleItem> = self.of_step(step).collect();
        while let Some(item) = open.pop() {
            let position = self.position(item);
            if !matches!(item, ModuleItem::Requests(_)) || !seen.insert(position) {
                continue;
            }
            if self.reached[position] == Some(ReachedBy::Several) {
                return true;
            }
            self.named_by(item, &mut open);
        }
        false
    }

    /// The features of all private modules that need one.
    fn units(&self, roots: &[RootFeature]) -> BTreeMap<(Vec<String>, String), String> {
        let model = self.model;
        let of_type = |rust: &TypeNames| (model.module_path(rust.module).to_vec(), rust.file.clone());
        let types = model.structured_types().map(|(id, ty)| (ModuleItem::Type(id), of_type(&ty.rust)));
        let enums = (0u32..).zip(&model.enums).map(|(id, ty)| (ModuleItem::Enum(EnumId(id)), of_type(&ty.rust)));
        let of_requests = |file: &str| (vec![model.requests.module.clone()], file.to_owned());
        let files = self.files.names.iter().enumerate();
        let requests = files.map(|(position, file)| (ModuleItem::Requests(position), of_requests(file)));
        let feature = |item: ModuleItem| match (self.reached[self.position(item)], item) {
            (Some(ReachedBy::One(root)), _) => roots.get(root).map(|root| root.name.clone()),
            (Some(ReachedBy::Several), ModuleItem::Requests(_)) => Some(SHARED.to_owned()),
            (Some(ReachedBy::Several | ReachedBy::Always), _) => None,
            (None, _) => Some(ALL.to_owned()),
        };
        types.chain(enums).chain(requests).filter_map(|(item, unit)| Some((unit, feature(item)?))).collect()
    }
}

fn of_value(value: &ValueType) -> Option<ModuleItem> {
    match value {
        ValueType::Structured(id) => Some(ModuleItem::Type(*id)),
        ValueType::Enum(id) => Some(ModuleItem::Enum(*id)),
        ValueType::Primitive(_) | ValueType::Undocumented(_) => None,
    }
}
