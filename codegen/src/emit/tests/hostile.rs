//! A model whose names and texts try to break the generated code.

use super::build::{ROOT, SUB, add, add_enum, enumeration, family, many, member, property, string, ty};
use super::sample;
use crate::model::*;

/// Texts that would end a comment, open a Markdown block, or link to nothing.
const TEXTS: [&str; 12] = [
    "*/ fn main() {} /* \" # ' \\",
    "```\nassert!(false)\n```",
    "[`User`] and [User::nothing] and [a]: http://a.example",
    "<div><b>never closed, <Vec<T>> &lt;i&gt; <!-- open",
    "1. one\n2. two\n   - three\n\n# four\n\n    five\n---\n| a | b |\n|---|---|",
    "> quote\nlazy\n- item\nlazy",
    "\u{202e}backwards\u{2066} \u{0} \u{feff}",
    "https://example.com/(a) www.example.com, http:// https://{x}/[y]",
    "![image](x.png) [^1] [^1]: note [x] [ ] ~~a~~ $x$",
    "\r\r\n\t",
    "`unclosed and ``half` closed",
    "\\",
];

pub(super) fn model() -> Model {
    let mut model = sample();
    // Names of the prelude, of the runtime and of crates.
    for name in [
        "Option", "Vec", "Box", "String", "Result", "Default", "From", "Clone", "Debug", "Value", "Property", "Json",
        "Some", "Ok",
    ] {
        let mut all = ty(ROOT, name);
        let id = TypeId(model.types.len() as u32);
        all.rust.any = Some(family(format!("Any{name}")));
        all.properties =
            vec![string("text"), property("self", ValueType::Structured(id)), many("items", ValueType::Structured(id))];
        all.properties[1].rust_field = "self_".to_owned();
        let id = add(&mut model, all, None);
        add(&mut model, ty(SUB, &format!("sub{name}")), Some(id));
        add(&mut model, ty(SUB, name), Some(id));
        let mut open = enumeration(SUB, &format!("{name}Enum"), &["String", "Self_", "a b", "\"\\\n\u{202e}"]);
        open.members[1].rust_variant = "Self_".to_owned();
        open.members[3].rust_variant = "Odd".to_owned();
        add_enum(&mut model, open);
    }
    for file in
        ["core", "std", "serde", "edmark_runtime", "lib", "main", "mod", "r#type", "aux", "call_records", "größe"]
    {
        let mut plain = ty(ROOT, &format!("file {file}"));
        plain.rust.file = file.to_owned();
        plain.rust.name = format!("File{}", file.replace(['_', '#'], ""));
        add(&mut model, plain, None);
    }
    let mut inception = ty(SUB, "inception");
    inception.rust.file = "call_records".to_owned();
    add(&mut model, inception, None);
    // Words of other scripts.
    let mut other = ty(ROOT, "größe");
    other.properties = vec![string("имя"), string("Größe"), string("名前")];
    for (property, name) in other.properties.iter_mut().zip(["имя", "größe", "名前"]) {
        property.rust_field = name.to_owned();
        property.rust_const = name.to_uppercase();
    }
    other.properties[2].rust_const = "N名前".to_owned();
    add(&mut model, other, None);
    texts(&mut model);
    super::requests::add_tree(&mut model);
    super::requests::add_hostile(&mut model, &TEXTS);
    add_enum(&mut model, enumeration(ROOT, "nothing", &[]));
    add_enum(&mut model, enumeration(ROOT, "oneThing", &["oneThingA", "oneThingB", "oneThingC"]));
    model
}

fn texts(model: &mut Model) {
    let mut documented = ty(ROOT, "documented");
    let mut values = enumeration(ROOT, "documentedEnum", &[]);
    for (index, text) in TEXTS.iter().enumerate() {
        let mut property = string(&format!("{text}{index}"));
        property.rust_field = format!("field{index}");
        property.rust_const = format!("FIELD{index}");
        property.description = (index % 2 == 0).then(|| super::build::described(text.repeat(4)));
        property.facts.default = Some(super::build::at((*text).to_owned()));
        property.facts.deprecation =
            Some(super::build::at(Deprecation { since: None, instead: None, text: (*text).to_owned() }));
        documented.properties.push(property);
        let mut member = member(&format!("{text}{index}"));
        member.rust_variant = format!("Member{index}");
        member.description = Some(super::build::described((*text).to_owned()));
        values.members.push(member);
    }
    documented.description = Some(super::build::described(TEXTS.join(" ")));
    add(model, documented, None);
    add_enum(model, values);
}
