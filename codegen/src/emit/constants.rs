//! A structured type → the constants of its type tag and its property names.

use super::doc::{self, Doc};
use super::structs::Member;
use super::text::{Text, literal};
use super::types::Scope;
use crate::model::{Property, StructuredType};

/// The `impl` with the constants.
pub(crate) fn emit(out: &mut Text, scope: &Scope<'_>, ty: &StructuredType, members: &[Member<'_>]) {
    out.line(0, &format!("impl {} {{", ty.rust.name));
    out.line(1, "/// The value of `@odata.type` for this type.");
    out.binding(1, "pub const ODATA_TYPE: &'static str", &literal(&format!("#{}", ty.name)));
    for Member { property, .. } in members {
        let mut doc = Doc::default();
        doc.text(&doc::code(&property.name));
        doc.write(out, 1, "///");
        let generics: Vec<String> = std::iter::once("Self".to_owned()).chain(parameters(scope, property)).collect();
        out.generic_binding(
            1,
            &format!("pub const {}: rt::Property", property.rust_const),
            &generics,
            &format!("rt::Property::new({})", literal(&property.name)),
        );
    }
    out.line(0, "}");
}

/// What stands behind the owner in a constant's type: the type of the values, and what may be done where that is not everything.
pub(crate) fn parameters(scope: &Scope<'_>, property: &Property) -> Vec<String> {
    let mut all = vec![scope.property(&property.ty)];
    if property.facts.read_only.is_some() {
        all.push("rt::ReadOnly".to_owned());
    }
    all
}
