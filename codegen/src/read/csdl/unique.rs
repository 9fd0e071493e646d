//! Leaves out declarations whose name is taken (CSDL 4.01, 5: the names of a schema's children are
//! unique, except for overloads), with a diagnostic for each.
//!
//! Names of types, of the container's members and of parameters that differ only in upper and lower
//! case count as one, because they would be one name later on: pages spell names in either case.

use crate::hashing::HashMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::{Primitive, Schema, TypeExpr, TypeItem};
use crate::source::{At, Span};

/// The first declaration of each name, with its spelling.
#[derive(Default)]
struct Taken(HashMap<String, (String, Span)>);

impl Taken {
    /// Returns true if no name with this key was taken before. `shown` is the name as it stands in
    /// a message.
    fn takes(&mut self, key: String, shown: &str, span: Span, diagnostics: &mut Diagnostics) -> bool {
        let Some((first, place)) = self.0.get(&key) else {
            self.0.insert(key, (shown.to_owned(), span));
            return true;
        };
        let message = match first == shown {
            true => format!("`{shown}` is declared twice"),
            false => format!("`{shown}` and `{first}` differ only in upper and lower case"),
        };
        diagnostics.push(
            Diagnostic::new(Code::MetadataNameShared, span, message)
                .label("left out")
                .also(*place, "the first declaration, which is used"),
        );
        false
    }

    fn takes_exactly(&mut self, name: &At<String>, diagnostics: &mut Diagnostics) -> bool {
        self.takes(name.value.clone(), &name.value, name.span, diagnostics)
    }

    fn takes_name(&mut self, name: &At<String>, diagnostics: &mut Diagnostics) -> bool {
        self.takes(name.value.to_lowercase(), &name.value, name.span, diagnostics)
    }
}

/// Leaves out what is declared a second time: types, their properties, members of the container
/// and parameters. Properties without a path and the members of enum types are told apart by their
/// case, as they are texts on the wire.
pub(super) fn apply(schema: &mut Schema, diagnostics: &mut Diagnostics) {
    let mut types = Taken::default();
    schema.types.retain(|ty| {
        let name = ty.name.value.to_string();
        types.takes(name.to_lowercase(), &name, ty.name.span, diagnostics)
    });
    schema.enums.retain(|ty| {
        let name = ty.name.value.to_string();
        types.takes(name.to_lowercase(), &name, ty.name.span, diagnostics)
    });
    for ty in &mut schema.types {
        let (mut properties, mut paths) = (Taken::default(), Taken::default());
        ty.properties.retain(|property| {
            // The segments of paths are found in either case, too.
            let is_stream = |ty: &At<TypeExpr>| ty.value.item == TypeItem::Primitive(Primitive::Stream);
            let has_path = property.navigation.is_some() || property.table_type.as_ref().is_some_and(is_stream);
            properties.takes_exactly(&property.name, diagnostics)
                && (!has_path || paths.takes_name(&property.name, diagnostics))
        });
    }
    for ty in &mut schema.enums {
        let mut members = Taken::default();
        ty.members.retain(|member| members.takes_exactly(&member.name, diagnostics));
    }
    let mut members = Taken::default();
    schema.container.retain(|member| {
        let key = format!("{}/{}", member.container, member.name.value).to_lowercase();
        members.takes(key, &member.name.value, member.name.span, diagnostics)
    });
    for operation in &mut schema.declared_operations {
        let mut parameters = Taken::default();
        operation.parameters.retain(|parameter| parameters.takes_name(&parameter.name, diagnostics));
    }
}
