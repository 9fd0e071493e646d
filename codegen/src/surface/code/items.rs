//! Converts items to types of the surface.

use crate::hashing::HashMap;

use quote::ToTokens as _;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Fields, FnArg, ImplItem, ImplItemConst, ImplItemFn, ItemImpl, ReturnType, Visibility};

use super::modules::{Module, Tree};
use super::{paths, wire};
use crate::surface::{Constant, Item, ItemKind, Shape, Type};

/// The contents of a type's impl blocks.
#[derive(Default)]
struct Impls<'t> {
    constants: Vec<&'t ImplItemConst>,
    functions: Vec<&'t ImplItemFn>,
    /// Functions of trait impls, by the names of the trait and of the function.
    of_traits: HashMap<(String, String), &'t ImplItemFn>,
    traits: Vec<String>,
}

/// The public types of the code.
pub(super) fn types(tree: &Tree) -> Vec<Type> {
    let mut all: Vec<Type> = tree.modules.iter().flat_map(|module| of_module(tree, module)).collect();
    let flags: Vec<String> = (all.iter().filter(|ty| ty.shape == Shape::Enum))
        .filter(|ty| {
            let flags = format!("Flags<{}>", ty.path);
            all.iter().flat_map(|ty| &ty.items).any(|item| item.signature.contains(&flags))
        })
        .map(|ty| ty.path.clone())
        .collect();
    for ty in &mut all {
        if flags.contains(&ty.path) {
            ty.shape = Shape::FlagsEnum;
        }
    }
    all
}

fn of_module(tree: &Tree, module: &Module) -> Vec<Type> {
    let mut impls: HashMap<String, Impls<'_>> = HashMap::default();
    let mut bases: HashMap<String, String> = HashMap::default();
    for item in &module.items {
        if let syn::Item::Macro(item) = item {
            bases.extend(base(tree, module, item));
        }
        let syn::Item::Impl(item) = item else { continue };
        let syn::Type::Path(target) = &*item.self_ty else { continue };
        if let Some(name) = target.path.get_ident() {
            impls.entry(name.to_string()).or_default().add(item);
        }
    }
    let none = Impls::default();
    let mut types = Vec::new();
    for item in &module.items {
        let (name, vis, attributes) = match item {
            syn::Item::Struct(item) => (&item.ident, &item.vis, &item.attrs),
            syn::Item::Enum(item) => (&item.ident, &item.vis, &item.attrs),
            syn::Item::Type(item) => (&item.ident, &item.vis, &item.attrs),
            _ => continue,
        };
        if !matches!(vis, Visibility::Public(_)) {
            continue;
        }
        let Some(path) = tree.visible(module, &name.to_string()) else { continue };
        let reader = Reader { tree, module, impls: impls.get(&name.to_string()).unwrap_or(&none) };
        let (shape, origin, items) = match item {
            syn::Item::Struct(item) => match &item.fields {
                Fields::Named(_) => (Shape::Struct, reader.type_name(), reader.properties(&item.fields)),
                _ => (Shape::Builder, None, reader.requests()),
            },
            syn::Item::Enum(item) if !reader.is("OpenEnum") => (Shape::Family, None, reader.variants(item)),
            syn::Item::Enum(item) => (Shape::Enum, None, reader.variants(item)),
            _ => (Shape::Alias, None, Vec::new()),
        };
        let path = path.join("::");
        types.push(Type {
            origin: origin.unwrap_or_else(|| path.clone()),
            path,
            shape,
            base: bases.get(&name.to_string()).cloned(),
            documentation: documentation(attributes),
            deprecation: deprecation(attributes),
            items,
        });
    }
    types
}

/// Returns a type and its base type: `rt::derived_from!(User: super::DirectoryObject,
/// super::Entity);`.
fn base(tree: &Tree, module: &Module, item: &syn::ItemMacro) -> Option<(String, String)> {
    if item.mac.path.segments.last()?.ident != "derived_from" {
        return None;
    }
    let parse = |input: syn::parse::ParseStream<'_>| {
        let derived: syn::Ident = input.parse()?;
        input.parse::<syn::Token![:]>()?;
        let bases = Punctuated::<syn::Path, syn::Token![,]>::parse_terminated(input)?;
        Ok((derived, bases.into_iter().next()))
    };
    let (derived, nearest) = parse.parse2(item.mac.tokens.clone()).ok()?;
    Some((derived.to_string(), paths::text(tree, module, nearest?.to_token_stream())))
}

impl<'t> Impls<'t> {
    fn add(&mut self, item: &'t ItemImpl) {
        let of_trait = item.trait_.as_ref().and_then(|of| of.0.segments.last());
        let of_trait = of_trait.map(|segment| segment.ident.to_string());
        self.traits.extend(of_trait.clone());
        for member in &item.items {
            match (member, of_trait.as_ref()) {
                (ImplItem::Fn(function), Some(of)) => {
                    self.of_traits.insert((of.clone(), function.sig.ident.to_string()), function);
                }
                (ImplItem::Fn(function), None) if matches!(function.vis, Visibility::Public(_)) => {
                    self.functions.push(function);
                }
                (ImplItem::Const(constant), None) if matches!(constant.vis, Visibility::Public(_)) => {
                    self.constants.push(constant);
                }
                _ => {}
            }
        }
    }

    fn function(&self, of: &str, name: &str) -> Option<&'t ImplItemFn> {
        self.of_traits.get(&(of.to_owned(), name.to_owned())).copied()
    }
}

/// Reads one type of a module.
struct Reader<'a, 't> {
    tree: &'t Tree,
    module: &'t Module,
    impls: &'a Impls<'t>,
}

impl Reader<'_, '_> {
    fn is(&self, of: &str) -> bool {
        self.impls.traits.iter().any(|known| known == of)
    }

    /// The qualified name of the type that a struct represents. In the code it follows the names of
    /// its properties.
    fn type_name(&self) -> Option<String> {
        wire::strings(self.impls.function("Structured", "type_info")?).pop().filter(|name| !name.contains(' '))
    }

    /// The service's name of each field.
    fn names(&self) -> HashMap<String, String> {
        let of = |name: &str| self.impls.function("Structured", name);
        let (Some(info), Some(offer)) = (of("type_info"), of("offer")) else { return HashMap::default() };
        let strings = wire::strings(info);
        let Some(names) = strings.first().filter(|_| strings.len() > 1) else { return HashMap::default() };
        let names: Vec<&str> = names.split_ascii_whitespace().collect();
        let offers = wire::offers(offer).into_iter();
        offers.filter_map(|(field, index)| Some((field, (*names.get(index)?).to_owned()))).collect()
    }

    fn properties(&self, fields: &Fields) -> Vec<Item> {
        let names = self.names();
        let mut constants: HashMap<String, Constant> = HashMap::default();
        for constant in &self.impls.constants {
            let Expr::Call(call) = &constant.expr else { continue };
            let Some(name) = call.args.first().and_then(wire::string) else { continue };
            constants.insert(name, self.constant(constant));
        }
        let public = fields.iter().filter(|field| matches!(field.vis, Visibility::Public(_)));
        let public = public.filter(|field| !is_hidden(&field.attrs));
        let items = public.filter_map(|field| {
            let name = field.ident.as_ref()?.to_string();
            let signature = paths::text(self.tree, self.module, field.ty.to_token_stream());
            if name == "additional" && signature.ends_with("::Additional") {
                return None;
            }
            let wire = names.get(&name).cloned().unwrap_or_else(|| name.clone());
            Some(Item {
                kind: ItemKind::Property,
                constant: constants.remove(&wire),
                wire,
                name,
                signature,
                inherited_from: None,
                documentation: documentation(&field.attrs),
                deprecation: deprecation(&field.attrs),
            })
        });
        items.collect()
    }

    fn constant(&self, constant: &ImplItemConst) -> Constant {
        let mut value = String::new();
        if let syn::Type::Path(ty) = &constant.ty
            && let Some(segment) = ty.path.segments.last()
            && let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments
            && let Some(ty) = arguments.args.iter().nth(1)
        {
            value = paths::text(self.tree, self.module, ty.to_token_stream());
        }
        Constant { name: constant.ident.to_string(), value, read_only: wire::is_read_only(&constant.expr) }
    }

    fn variants(&self, item: &syn::ItemEnum) -> Vec<Item> {
        let names = self.impls.function("OpenEnum", "as_str").map(wire::members).unwrap_or_default();
        let variants = item.variants.iter().filter_map(|variant| {
            let name = variant.ident.to_string();
            let signature = match &variant.fields {
                Fields::Unnamed(fields) => paths::text(self.tree, self.module, fields.unnamed.to_token_stream()),
                _ => String::new(),
            };
            // Every open enum has this variant for unknown names.
            if self.is("OpenEnum") && signature.ends_with("Box<str>") {
                return None;
            }
            Some(Item {
                kind: ItemKind::Variant,
                wire: names.get(&name).cloned().unwrap_or_else(|| name.clone()),
                name,
                signature,
                constant: None,
                inherited_from: None,
                documentation: documentation(&variant.attrs),
                deprecation: deprecation(&variant.attrs),
            })
        });
        variants.collect()
    }

    fn requests(&self) -> Vec<Item> {
        let functions = self.impls.functions.iter().map(|function| {
            let arguments = function.sig.inputs.iter().filter_map(|input| match input {
                FnArg::Typed(argument) => Some(paths::text(self.tree, self.module, argument.ty.to_token_stream())),
                FnArg::Receiver(_) => None,
            });
            let gives = match &function.sig.output {
                ReturnType::Default => "()".to_owned(),
                ReturnType::Type(_, ty) => paths::text(self.tree, self.module, ty.to_token_stream()),
            };
            Item {
                kind: ItemKind::Function,
                name: function.sig.ident.to_string(),
                signature: format!("({}) -> {gives}", arguments.collect::<Vec<_>>().join(", ")),
                constant: None,
                wire: wire::request(function),
                inherited_from: None,
                documentation: documentation(&function.attrs),
                deprecation: deprecation(&function.attrs),
            }
        });
        functions.collect()
    }
}

/// The doc comment of an item, in one line.
fn documentation(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => wire::string(&pair.value),
        _ => None,
    });
    let all: Vec<String> = lines.collect();
    all.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The reason why an item is deprecated: the note of `#[deprecated]`.
fn deprecation(attributes: &[Attribute]) -> Option<String> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("deprecated"))?;
    let mut note = String::new();
    match &attribute.meta {
        syn::Meta::NameValue(pair) => note = wire::string(&pair.value).unwrap_or_default(),
        syn::Meta::List(_) => {
            let _ = attribute.parse_nested_meta(|meta| {
                let text: syn::LitStr = meta.value()?.parse()?;
                if meta.path.is_ident("note") {
                    note = text.value();
                }
                Ok(())
            });
        }
        syn::Meta::Path(_) => {}
    }
    Some(note)
}

/// Returns true for an item with `#[doc(hidden)]`.
fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let mut hidden = false;
        if attribute.path().is_ident("doc") {
            let _ = attribute.parse_nested_meta(|meta| {
                hidden |= meta.path.is_ident("hidden");
                Ok(())
            });
        }
        hidden
    })
}
