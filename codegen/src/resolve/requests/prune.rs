//! Removes requests from the tree when their types are removed.
//!
//! A request stays with any type whose methods table links to its page; if no table does, it stays
//! with the type of its builder. Removed types in request bodies and responses become untyped.
//! Requests that the user selected by name stay in any case. Builders without requests below them
//! are removed.

use crate::hashing::HashSet;

use crate::model::requests::{Body, Builder, BuilderId, Operation, RequestTree, ReturnType, SystemOptions};
use crate::model::{TypeId, ValueType};
use crate::source::FileId;

/// New ids by old ones; `None` for removed types.
type Ids<'i> = &'i [Option<u32>];

/// Removes the requests of removed types, except for those on `named` pages. `renumber` gives a
/// value its new type.
pub(in crate::resolve) fn prune(
    tree: &mut RequestTree,
    types: Ids<'_>,
    named: &HashSet<FileId>,
    renumber: &mut impl FnMut(&mut ValueType),
) {
    let new = |id: TypeId| types.get(id.0 as usize).copied().flatten().map(TypeId);
    for Builder { ty, operations, .. } in &mut tree.builders {
        let here = ty.and_then(new);
        operations.retain(|operation| match operation.owners.as_slice() {
            _ if named.contains(&operation.page) || operation.also.iter().any(|page| named.contains(page)) => true,
            [] => here.is_some(),
            owners => owners.iter().any(|owner| new(*owner).is_some()),
        });
        *ty = here;
        for operation in operations {
            operation.owners = operation.owners.iter().copied().filter_map(new).collect();
            rewrite(operation, &new, renumber);
        }
    }
    drop_parameters(tree);
    for property in tree.parameters.iter_mut().flat_map(|ty| &mut ty.properties) {
        renumber(&mut property.ty.item);
    }
    drop_builders(tree);
}

/// Removes parameters and builders that no request uses any more.
pub(in crate::resolve) fn drop_unused(tree: &mut RequestTree) {
    drop_parameters(tree);
    drop_builders(tree);
}

fn rewrite(
    operation: &mut Operation,
    new: &impl Fn(TypeId) -> Option<TypeId>,
    renumber: &mut impl FnMut(&mut ValueType),
) {
    operation.parameters.iter_mut().for_each(|parameter| renumber(&mut parameter.ty));
    match &mut operation.body {
        Body::Value(item) => renumber(item),
        Body::Update(id) => match new(*id) {
            Some(new) => *id = new,
            None => operation.body = Body::Json,
        },
        Body::Nothing | Body::Parameters(_) | Body::Reference | Body::Bytes | Body::Json => {}
    }
    match &mut operation.response {
        ReturnType::One(item)
        | ReturnType::Optional(item)
        | ReturnType::Single(item)
        | ReturnType::Many(item)
        | ReturnType::Delta(item) => {
            renumber(item);
        }
        ReturnType::Nothing | ReturnType::Bytes | ReturnType::Text | ReturnType::Count | ReturnType::Accepted => {}
    }
    operation.options = match operation.options {
        SystemOptions::One(id) => new(id).map_or(SystemOptions::None, SystemOptions::One),
        SystemOptions::Many(id) => new(id).map_or(SystemOptions::None, SystemOptions::Many),
        SystemOptions::None => SystemOptions::None,
    };
}

/// Removes the parameters of actions that no request uses.
fn drop_parameters(tree: &mut RequestTree) {
    let mut new: Vec<Option<usize>> = vec![None; tree.parameters.len()];
    let bodies = tree.builders.iter().flat_map(|builder| &builder.operations).map(|operation| &operation.body);
    for body in bodies {
        if let Body::Parameters(index) = body {
            new[*index] = Some(0);
        }
    }
    new.iter_mut().flatten().enumerate().for_each(|(position, slot)| *slot = position);
    let mut used = new.iter();
    tree.parameters.retain(|_| used.next().is_some_and(Option::is_some));
    for operation in tree.builders.iter_mut().flat_map(|builder| &mut builder.operations) {
        if let Body::Parameters(index) = &mut operation.body {
            *index = new[*index].unwrap_or_default();
        }
    }
}

/// Removes builders from which no request can be reached, and builders that cannot be reached.
fn drop_builders(tree: &mut RequestTree) {
    let mut leads: Vec<bool> = tree.builders.iter().map(|builder| !builder.operations.is_empty()).collect();
    loop {
        let mut grows = false;
        for (position, builder) in tree.builders.iter().enumerate() {
            if !leads[position] && builder.steps.iter().any(|step| leads[step.target.index()]) {
                leads[position] = true;
                grows = true;
            }
        }
        if !grows {
            break;
        }
    }
    let mut reached = vec![false; tree.builders.len()];
    let mut open: Vec<usize> = (leads.first() == Some(&true)).then_some(0).into_iter().collect();
    while let Some(position) = open.pop() {
        if !std::mem::replace(&mut reached[position], true) {
            let steps = tree.builders[position].steps.iter();
            open.extend(steps.map(|step| step.target.index()).filter(|target| leads[*target]));
        }
    }
    let mut next = 0;
    let new: Vec<Option<u32>> = reached
        .iter()
        .map(|kept| {
            kept.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect();
    let mut kept = reached.iter();
    tree.builders.retain(|_| kept.next() == Some(&true));
    for builder in &mut tree.builders {
        builder.steps.retain_mut(|step| match new[step.target.index()] {
            Some(id) => {
                step.target = BuilderId(id);
                true
            }
            None => false,
        });
    }
}
