//! Compares the printer with rustfmt.

use super::items;

fn printed(text: &str) -> String {
    items(text.parse().expect("tokens"))
}

#[test]
fn documentation_fills_lines() {
    let long = "word `code of several words` and [a link of words](https://example.com) ".repeat(4);
    let text = format!("#![doc = \"About.\"] #[doc = {long:?}] #[doc = \"\"] #[doc = \"- {long}1. 2) # -\"] struct A;");
    insta::assert_snapshot!(printed(&text));
}

#[test]
fn lines_of_documentation_open_no_blocks() {
    for word in ["-", "+", "#", "1.", "2)", "> x", "=", "~~~", "|", ":", "***", "_"] {
        let text = format!("#[doc = \"{} {word} end\"] struct A;", "w".repeat(96));
        let printed = printed(&text);
        let second = printed.lines().nth(1).expect("two lines");
        assert!(
            second.starts_with("/// \\") || second.starts_with("/// 1\\") || second.starts_with("/// 2\\"),
            "{second}"
        );
    }
}

#[test]
fn blank_lines_stand_between_items() {
    let text = "use a::b; use a::c; use d; mod e; pub use self::e::E; mod f; pub use self::f::F; pub use self::g::h::H;
        pub mod i; const A: u8 = 1; const B: u8 = 2; fn a() {} fn b() { let x = 1; x }
        impl A { pub const A: u8 = 1; pub const B: u8 = 2; fn a() {} type C = u8; fn b() {} }";
    insta::assert_snapshot!(printed(text));
}

/// rustfmt changes nothing in what the printer writes, whatever the names are.
#[test]
fn rustfmt_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut text = String::new();
    for length in 1..57 {
        let lower = format!("n{}", "a".repeat(length - 1));
        let upper = format!("N{}", "a".repeat(length - 1));
        let list: Vec<String> = (0..length).map(|index| format!("Z{}{index}", "z".repeat(length % 9))).collect();
        let literals: Vec<String> = (0..length).map(|index| format!("{index:?}", index = index.to_string())).collect();
        text.push_str(
            &SHAPES
                .replace("lower", &lower)
                .replace("Upper", &upper)
                .replace("module", &format!("m{length}"))
                .replace("LIST", &list.join(", "))
                .replace("LITERALS", &literals.join(", ")),
        );
    }
    let path = dir.path().join("shapes.rs");
    let printed = printed(&text);
    syn::parse_file(&printed).expect("Rust");
    std::fs::write(&path, &printed).expect("written");
    std::fs::write(dir.path().join("rustfmt.toml"), "style_edition = \"2024\"").expect("written");
    let run = std::process::Command::new("rustfmt").args(["--check", "--edition", "2024"]).arg(&path).output();
    // If rustfmt is not installed, there is nothing to compare with.
    if let Ok(run) = run {
        let said = [run.stdout, run.stderr].concat();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&said));
    }
}

/// Samples of all constructs that generated code consists of.
const SHAPES: &str = r#"
pub mod module {
    use graph::lower::{LIST};
    use super::lower::Upper;

    #[derive(LIST)]
    #[allow(LIST)]
    pub struct Upper { pub lower: Option<Box<super::Upper>>, #[serde(default)] pub other: rt::Upper<super::Upper, Upper>, pub a: () }
    pub struct UpperRequests(pub(super) rt::At);
    pub struct Deprecated { #[deprecated(note = "Use the property that is called lower instead.")] pub lower: () }
    #[deprecated(since = "1", note = "Use lower.")]
    pub struct Since;
    pub enum AnyUpper { First(Box<super::Upper>), Upper }
    impl rt::Structured<super::Upper> for Upper {
        pub const ODATA_TYPE: &'static str = "lower";
        pub const SOME: rt::Property<Self, String, rt::ReadOnly> = rt::Property::new("lower");
        pub const UPPER: rt::Property<Self, super::Upper> = rt::Property::new("lower");
        const NAMES: &[&str] = &[LITERALS];
        type Owner = super::Upper;
        fn info(&self) -> &'static rt::TypeInfo {
            static INFO: rt::TypeInfo = rt::TypeInfo::new("microsoft.graph.lower", NAMES);
            &INFO
        }
        fn offer<'a>(&'a self, members: &mut dyn rt::Members<'a>) { self.lower.offer(0, members); self.a.lower.offer(lower); }
        fn slot(&mut self, index: usize) -> rt::Slot<'_> {
            match index { 0 => self.lower.slot(), 1 => "lower", Self::lower(value) => &mut **value, _ => rt::Slot::None }
        }
        fn for_tag(tag: &str) -> Self {
            match rt::polymorphic::find(tag, NAMES) { Some(1) => Self::lower(Box::default()), _ => Self::default() }
        }
        pub fn lower(&self, lower: &str, changes: &rt::Update<graph::Upper>) -> rt::Request<graph::Upper> {
            let arguments = [("a", rt::Literal::string(lower)), ("lower", rt::Literal::bare("x"))];
            let only = [("lower", rt::Literal::string(lower))];
            let at = self.0.segment("users").key(lower).segment("lower").function("f", &arguments);
            rt::Request::new(rt::Method::Post, at, rt::response::json).query("$select", lower).header("a", "b").json(changes)
        }
        pub fn short(&self) -> rt::ReadRequest<graph::Upper, graph::Upper> { rt::Request::new(rt::Method::Get, self.0.clone(), rt::response::json) }
        pub fn long(&self) -> rt::Upper<graph::A> { super::UpperRequests(self.0.segment("lower")) }
        pub fn key(&self) -> super::Upper { super::Upper(self.0.key(&[lower, "a"].concat()).parentheses(&arguments)) }
    }
    const REPLAYS: &[Replay] = &[
        Replay::new("lower", |call| Ok(call.send(service(call).users().id("lower").get()))),
        Replay::new("a", |call| Ok(call.send(service(call).lower("x").update(&call.update()?)))),
    ];
    const TYPES: &[Type] = &[Type::new::<graph::Upper>("lower"), Type::new::<rt::Single<graph::Upper>>("Single(lower)")];
    fn test(lower: &str) -> Result<(), testing::Error> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lower");
        let report = testing::round_trips(&folder, lower)?;
        println!("{report}");
        assert!(report.is_good(lower));
        Ok(())
    }
}
"#;
