//! Writes a surface as text: one line for each item. Each line has the name of the type, so that a
//! line of a diff can be understood on its own.

use std::fmt::{self, Formatter};

use super::{Item, ItemKind, Shape, Type};

pub(super) fn write(ty: &Type, f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "{} {}", ty.shape.keyword(), ty.path)?;
    match ty.shape {
        Shape::Struct => {
            if let Some(base) = &ty.base {
                write!(f, ": {base}")?;
            }
        }
        Shape::FlagsEnum => f.write_str(", flags")?,
        Shape::Alias => f.write_str(" = rt::Json")?,
        Shape::Family | Shape::Enum | Shape::Builder => {}
    }
    if ty.shape != Shape::Family {
        write!(f, " \"{}\"", ty.origin)?;
    }
    end(ty.deprecation.as_deref(), f)?;
    // Inherited properties are listed with the base type.
    ty.items.iter().filter(|item| item.inherited_from.is_none()).try_for_each(|item| write_item(&ty.path, item, f))
}

fn write_item(path: &str, item: &Item, f: &mut Formatter<'_>) -> fmt::Result {
    let Item { name, signature, wire, .. } = item;
    match item.kind {
        ItemKind::Property => {
            write!(f, "{path}.{name}: {signature}")?;
            if let Some(constant) = &item.constant {
                // The type of the constant's values is that of the field.
                write!(f, "; {}{}", constant.name, if constant.read_only { ", read-only" } else { "" })?;
            }
            write!(f, " \"{wire}\"")?;
        }
        ItemKind::Variant if signature.is_empty() => write!(f, "{path}::{name} \"{wire}\"")?,
        ItemKind::Variant => write!(f, "{path}::{name}({signature}) \"{wire}\"")?,
        ItemKind::Function => write!(f, "{path}::{name}{signature} \"{wire}\"")?,
    }
    end(item.deprecation.as_deref(), f)
}

/// Writes that an item is deprecated. The reason is documentation and not part of the API.
fn end(deprecation: Option<&str>, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str(if deprecation.is_some() { " deprecated\n" } else { "\n" })
}
