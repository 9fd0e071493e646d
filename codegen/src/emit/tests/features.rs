//! Tests of the items that the features of a crate gate.

use std::collections::BTreeMap;

use super::build::*;
use super::requests::{builder, literal, operation, step};
use super::{crate_files, crate_options};
use crate::emit::units::{Unit, Units};
use crate::emit::{Features, Layout};
use crate::model::requests::{RequestTree, ReturnType};
use crate::model::{HttpMethod, Model, ValueType};

/// Users and groups have settings and items in common. Nothing leads to a lone type.
fn service() -> Model {
    let mut model = model();
    let setting = add(&mut model, ty(ROOT, "setting"), None);
    let mut with_setting = |name| {
        let mut ty = ty(ROOT, name);
        ty.properties.push(property("setting", ValueType::Structured(setting)));
        add(&mut model, ty, None)
    };
    let [user, group] = ["user", "group"].map(&mut with_setting);
    add(&mut model, ty(SUB, "lone"), None);

    let mut root = builder("Graph", "root", &[]);
    root.steps = vec![
        step("default", literal("default"), &[], 3),
        step("groups", literal("groups"), &[], 2),
        step("größe", literal("größe"), &[], 5),
        step("users", literal("users"), &[], 1),
    ];
    let collection = |name, file, ty| {
        let mut builder = builder(name, file, &[]);
        builder.operations.push(operation("list", HttpMethod::Get, ReturnType::Many(ValueType::Structured(ty))));
        builder.steps.push(step("items", literal("items"), &[], 4));
        builder
    };
    model.requests = RequestTree {
        builders: vec![
            root,
            collection("UsersRequests", "user", user),
            collection("GroupsRequests", "group", group),
            builder("DefaultRequests", "default", &["/default"]),
            builder("ItemsRequests", "item", &["/users/items"]),
            builder("SizeRequests", "size", &["/größe"]),
        ],
        parameters: vec![],
        module: "requests".to_owned(),
    };
    model
}

fn features(model: &Model, layout: &Layout) -> BTreeMap<String, Option<String>> {
    let mut model = model.clone();
    crate::resolve::assign_private(&mut model);
    let gated = |unit: &Unit| {
        ([unit.module.as_slice(), std::slice::from_ref(&unit.file)].concat().join("/"), unit.feature.clone())
    };
    Units::of(&model, &Features::of(&model, layout), None, |_| false).iter().map(gated).collect()
}

#[test]
fn what_one_root_leads_to_needs_its_feature() {
    let model = service();
    let found = features(&model, &crate_options().layout);
    let found: Vec<(&str, Option<&str>)> = found.iter().map(|(unit, name)| (unit.as_str(), name.as_deref())).collect();
    assert_eq!(
        found,
        [
            ("call_records/lone", Some("all")),
            ("group", Some("groups")),
            ("requests/default", Some("default-requests")),
            ("requests/group", Some("groups")),
            ("requests/item", Some("shared")),
            ("requests/root", None),
            ("requests/size", Some("größe")),
            ("requests/user", Some("users")),
            ("setting", None),
            ("user", Some("users")),
        ]
    );
    let files = crate_files(&model);
    let manifest = files.get("Cargo.toml").expect("a manifest");
    let features = "default-requests = []\ngroups = [\"shared\"]\n\"größe\" = []\nusers = [\"shared\"]\n";
    assert!(manifest.contains(features), "{manifest}");
    let root = files.get("src/requests/root.rs").expect("a builder");
    assert!(root.contains("    /// `/users`\n    #[cfg(feature = \"users\")]\n    #[inline]\n"), "{root}");
}

#[test]
fn modules_of_another_crate_need_none() {
    let found = features(&service(), &Layout::Modules);
    assert!(found.values().all(Option::is_none), "{found:?}");
}

#[test]
fn one_root_is_no_choice() {
    let mut model = service();
    model.requests.builders[0].steps.truncate(1);
    assert!(features(&model, &crate_options().layout).values().all(Option::is_none));
}

#[test]
fn features_have_names_of_their_own() {
    let mut model = service();
    model.requests.builders[0].steps[1] = step("default_requests", literal("defaultRequests"), &[], 2);
    let found = features(&model, &crate_options().layout);
    assert_eq!(found["requests/default"].as_deref(), Some("default-requests-requests"));
    assert_eq!(found["requests/group"].as_deref(), Some("default-requests"));
}
