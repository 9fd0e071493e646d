//! [`Schema`] → JSON, all of it: for looking into a run and for snapshots. No interface: the form follows the types of [`crate::schema`].

mod operation;

use serde_json::{Value, json};

use super::object::Object;
use crate::report::Positions;
use crate::schema::{
    BaseClaim, Deprecation, Description, EnumType, Facts, JsonItem, JsonShape, Member, MethodRow, PageInfo, Property,
    Schema, StructuredType, TypeExpr, TypeItem, TypeRef, ValueList,
};
use crate::source::{At, FileId, SourceMap, Span};

/// The whole schema as JSON.
///
/// A fact is an object with `value` and `at`, its place as `path:line:column`; a fact that is its place alone is that text. What
/// the pages do not say is left out.
pub fn ir(schema: &Schema, sources: &SourceMap) -> Value {
    let dump = Dump { sources, positions: Positions::new(sources) };
    Object::new()
        .with("pages", array(&schema.pages, |page| dump.page(page)))
        .with("types", array(&schema.types, |ty| dump.structured(ty)))
        .with("enums", array(&schema.enums, |ty| dump.enumeration(ty)))
        .with("operations", array(&schema.operations, |operation| dump.operation(operation)))
        .into()
}

struct Dump<'s> {
    sources: &'s SourceMap,
    positions: Positions<'s>,
}

impl Dump<'_> {
    fn page(&self, page: &PageInfo) -> Value {
        Object::new()
            .with("path", self.path(page.file))
            .with("kind", debug(page.kind))
            .maybe("title", self.text(&page.title))
            .maybe("namespace", self.text(&page.namespace))
            .into()
    }

    fn structured(&self, ty: &StructuredType) -> Value {
        Object::new()
            .with("name", ty.name.value.to_string())
            .with("at", self.at(ty.name.span))
            .with("page", self.path(ty.file))
            .maybe("description", self.description(&ty.description))
            .list("key", ty.key.iter().map(|key| self.fact(key, |key| key.as_str().into())))
            .list("bases", ty.bases.iter().map(|base| self.base(base)))
            .list("derived", ty.derived.iter().map(|derived| self.type_ref(derived)))
            .maybe("abstract", self.flag(&ty.is_abstract))
            .maybe("open", self.flag(&ty.is_open))
            .maybe("has_stream", self.flag(&ty.has_stream))
            .maybe("stated_kind", self.maybe(&ty.stated_kind, |kind| debug(*kind)))
            .maybe("deprecation", self.maybe(&ty.deprecation, deprecation))
            .maybe("block", ty.block.map(|block| self.at(block)))
            .list("properties", ty.properties.iter().map(|property| self.property(property)))
            .list("methods", ty.methods.iter().map(|row| self.method_row(row)))
            .into()
    }

    fn base(&self, claim: &BaseClaim) -> Value {
        Object::new().with("base", self.type_ref(&claim.base)).with("source", debug(claim.source)).into()
    }

    fn property(&self, property: &Property) -> Value {
        Object::new()
            .with("name", property.name.value.as_str())
            .with("at", self.at(property.name.span))
            .with("source", debug(property.source))
            .maybe("table_type", self.maybe(&property.table_type, |ty| self.type_expr(ty)))
            .maybe("json", self.maybe(&property.json, |shape| self.json_shape(shape)))
            .maybe("description", self.description(&property.description))
            .maybe("facts", self.facts(&property.facts))
            .maybe("values", property.values.as_ref().map(|values| self.values(values)))
            .into()
    }

    fn facts(&self, facts: &Facts) -> Option<Object> {
        let object = Object::new()
            .maybe("read_only", facts.read_only.map(|span| self.at(span)))
            .maybe("nullable", self.flag(&facts.nullable))
            .maybe("required", facts.required.map(|span| self.at(span)))
            .maybe("key", facts.key.map(|span| self.at(span)))
            .maybe("default", self.text(&facts.default))
            .maybe("max_length", self.maybe(&facts.max_length, |length| json!(length)))
            .maybe("returned", self.maybe(&facts.returned, |returned| debug(*returned)))
            .maybe(
                "filter",
                self.maybe(
                    &facts.filter,
                    |filter| json!({ "supported": filter.supported, "operators": filter.operators }),
                ),
            )
            .maybe("order_by", self.flag(&facts.order_by))
            .maybe("search", self.flag(&facts.search))
            .maybe("expand", self.flag(&facts.expand))
            .maybe("deprecation", self.maybe(&facts.deprecation, deprecation))
            .maybe("inherited_from", facts.inherited_from.as_ref().map(|base| self.type_ref(base)));
        (!object.is_empty()).then_some(object)
    }

    fn values(&self, list: &ValueList) -> Value {
        Object::new()
            .with("values", array(&list.values, |value| self.fact(value, |value| value.as_str().into())))
            .list("evolvable", list.evolvable.iter().map(String::as_str))
            .flag("closed", list.closed)
            .flag("flags", list.flags)
            .into()
    }

    fn type_expr(&self, expr: &TypeExpr) -> Value {
        let item = match &expr.item {
            TypeItem::Primitive(primitive) => primitive.edm_name().into(),
            TypeItem::Named(name) => self.type_ref(name),
            TypeItem::OneOf(names) => json!({ "one_of": array(names, |name| self.type_ref(name)) }),
            TypeItem::Unclear(text) => json!({ "unclear": text }),
        };
        Object::new().with("item", item).flag("collection", expr.collection).into()
    }

    fn json_shape(&self, shape: &JsonShape) -> Value {
        let item = match &shape.item {
            JsonItem::Primitive(primitive) => primitive.edm_name().into(),
            JsonItem::Named(name) => self.type_ref(name),
            JsonItem::Values(values) => json!({ "values": values }),
            JsonItem::Number { integral } => json!({ "number": if *integral { "integral" } else { "fractional" } }),
            simple @ (JsonItem::Text | JsonItem::Boolean | JsonItem::Object | JsonItem::Nothing) => debug(simple),
        };
        Object::new().with("item", item).flag("collection", shape.collection).into()
    }

    fn type_ref(&self, name: &TypeRef) -> Value {
        Object::new()
            .with("name", name.name.as_str())
            .maybe("target", name.target.as_deref())
            .with("at", self.at(name.span))
            .into()
    }

    fn method_row(&self, row: &MethodRow) -> Value {
        Object::new()
            .with("title", row.title.value.as_str())
            .with("at", self.at(row.title.span))
            .maybe("target", self.text(&row.target))
            .maybe("returns", self.maybe(&row.returns, |ty| self.type_expr(ty)))
            .maybe("description", self.description(&row.description))
            .into()
    }

    fn enumeration(&self, ty: &EnumType) -> Value {
        Object::new()
            .with("name", ty.name.value.to_string())
            .with("at", self.at(ty.name.span))
            .with("page", self.path(ty.file))
            .with("source", debug(ty.source))
            .maybe("description", self.description(&ty.description))
            .maybe("flags", self.flag(&ty.is_flags))
            .list("members", ty.members.iter().map(|member| self.member(member)))
            .into()
    }

    fn member(&self, member: &Member) -> Value {
        Object::new()
            .with("name", member.name.value.as_str())
            .with("at", self.at(member.name.span))
            .maybe("value", member.value)
            .maybe("description", member.description.as_ref().map(Description::to_markdown))
            .into()
    }

    fn maybe<T>(&self, fact: &Option<At<T>>, value: impl Fn(&T) -> Value) -> Option<Value> {
        fact.as_ref().map(|fact| self.fact(fact, value))
    }

    fn text(&self, fact: &Option<At<String>>) -> Option<Value> {
        self.maybe(fact, |text| text.as_str().into())
    }

    fn description(&self, said: &Option<Description>) -> Option<Value> {
        said.as_ref().map(|said| json!({ "value": said.to_markdown(), "at": self.at(said.span) }))
    }

    fn flag(&self, fact: &Option<At<bool>>) -> Option<Value> {
        self.maybe(fact, |flag| (*flag).into())
    }

    fn fact<T>(&self, fact: &At<T>, value: impl Fn(&T) -> Value) -> Value {
        json!({ "value": value(&fact.value), "at": self.at(fact.span) })
    }

    fn at(&self, span: Span) -> String {
        let place = self.positions.place(span);
        format!("{}:{}:{}", place.path, place.line, place.column)
    }

    fn path(&self, file: FileId) -> String {
        self.sources.file(file).path.clone()
    }
}

fn deprecation(deprecation: &Deprecation) -> Value {
    Object::new()
        .maybe("since", deprecation.since.as_deref())
        .maybe("instead", deprecation.instead.as_deref())
        .with("text", deprecation.text.as_str())
        .into()
}

fn array<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    items.iter().map(value).collect()
}

/// The name of a variant without fields.
fn debug(variant: impl std::fmt::Debug) -> Value {
    format!("{variant:?}").into()
}
