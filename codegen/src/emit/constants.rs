//! A structured type → the constants of its type tag and its property names.

use super::doc::{self, Doc};
use super::structs::Member;
use super::text::{Text, literal};
use super::types::Scope;
use crate::model::StructuredType;

/// The `impl` with the constants.
pub(crate) fn emit(out: &mut Text, scope: &Scope<'_>, ty: &StructuredType, members: &[Member<'_>]) {
    out.line(0, &format!("impl {} {{", ty.rust.name));
    out.line(1, "/// The value of `@odata.type` for this type.");
    out.binding(1, "pub const ODATA_TYPE: &'static str", &literal(&format!("#{}", ty.name)));
    for Member { property, .. } in members {
        let mut doc = Doc::default();
        doc.text(&doc::code(&property.name));
        doc.write(out, 1, "///");
        let value = scope.property(&property.ty);
        let generics = ["Self", &value, "rt::ReadOnly"];
        let writable = property.facts.read_only.is_none();
        out.generic_binding(
            1,
            &format!("pub const {}: rt::Property", property.rust_const),
            if writable { &generics[..2] } else { &generics },
            &format!("rt::Property::new({})", literal(&property.name)),
        );
    }
    out.line(0, "}");
}
