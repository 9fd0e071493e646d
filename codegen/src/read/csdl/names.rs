//! Resolves names in all documents together: aliases, type definitions, and the declarations that
//! annotations belong to.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::annotations::Annotations;
use super::element::Element;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::hashing::HashMap;
use crate::schema::{Primitive, QualifiedName, TypeExpr, TypeItem, TypeRef};
use crate::source::{At, FileId, Span};

/// The names in all documents.
pub(super) struct Names<'e> {
    /// Namespaces by document and alias. An alias is valid only in its document (CSDL 4.01, 4.2 and
    /// 5.2).
    aliases: HashMap<(FileId, &'e str), &'e str>,
    /// The underlying types of type definitions (11).
    definitions: HashMap<String, Primitive>,
    /// Annotations outside of the element that they annotate, by target (14.2.2), and the place of
    /// the first one.
    targets: BTreeMap<String, Target<'e>>,
    used: RefCell<BTreeSet<String>>,
}

struct Target<'e> {
    span: Span,
    annotations: Vec<(FileId, &'e Element)>,
}

impl<'e> Names<'e> {
    pub(super) fn of(documents: &'e [(FileId, Element)], diagnostics: &mut Diagnostics) -> Self {
        let mut names = Names {
            aliases: HashMap::default(),
            definitions: HashMap::default(),
            targets: BTreeMap::new(),
            used: RefCell::default(),
        };
        for (file, document) in documents {
            let includes =
                document.children_named("Reference").flat_map(|reference| reference.children_named("Include"));
            for named in includes.chain(document.children_named("Schema")) {
                if let (Some(namespace), Some(alias)) = (named.attribute("Namespace"), named.attribute("Alias")) {
                    names.aliases.insert((*file, &alias.value), &namespace.value);
                }
            }
        }
        let schemas = || {
            documents
                .iter()
                .flat_map(|(file, document)| document.children_named("Schema").map(|schema| (*file, schema)))
        };
        let mut definitions = BTreeMap::new();
        for (file, schema) in schemas() {
            names.define(file, schema, &mut definitions, diagnostics);
        }
        let mut known = HashMap::default();
        for (name, defined) in &definitions {
            let primitive = underlying(&definitions, name, &mut known).unwrap_or_else(|| {
                let message = format!("the type definition `{name}` leads to no primitive type");
                diagnostics.push(
                    Diagnostic::new(Code::MetadataInvalid, defined.span, message)
                        .label("its values are read as untyped JSON"),
                );
                Primitive::Untyped
            });
            names.definitions.insert(name.clone(), primitive);
        }
        for (file, schema) in schemas() {
            for element in schema.children_named("Annotations") {
                let Some(target) = element.attribute("Target") else { continue };
                let key = names.target(file, &target.value);
                let known = names.targets.entry(key).or_insert(Target { span: target.span, annotations: Vec::new() });
                known.annotations.extend(element.children_named("Annotation").map(|annotation| (file, annotation)));
            }
        }
        names
    }

    /// Collects the type definitions of a schema, with the full names of their underlying types.
    fn define(
        &self,
        file: FileId,
        schema: &Element,
        definitions: &mut BTreeMap<String, At<String>>,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(namespace) = schema.attribute("Namespace") else { return };
        for definition in schema.children_named("TypeDefinition") {
            let (Some(name), Some(underlying)) = (definition.attribute("Name"), definition.attribute("UnderlyingType"))
            else {
                diagnostics.push(invalid(definition.span, "`TypeDefinition` has no `Name` and `UnderlyingType`"));
                continue;
            };
            let full = At::new(self.full(file, &underlying.value), underlying.span);
            definitions.insert(format!("{}.{}", namespace.value, name.value), full);
        }
    }

    /// The qualified name with its alias resolved.
    pub(super) fn qualified(&self, file: FileId, name: &str) -> Option<QualifiedName> {
        let name = QualifiedName::parse(name)?;
        Some(match self.aliases.get(&(file, name.namespace.as_str())) {
            Some(namespace) => QualifiedName::new(*namespace, name.name),
            None => name,
        })
    }

    /// The full name of a term or of one segment of a target. Names without a namespace stay as
    /// they are.
    pub(super) fn full(&self, file: FileId, name: &str) -> String {
        self.qualified(file, name).map_or_else(|| name.to_owned(), |name| name.to_string())
    }

    /// The type that an attribute states, such as `Collection(self.Color)`; `None` if it is not the
    /// name of a type.
    pub(super) fn type_expr(&self, file: FileId, stated: &At<String>) -> Option<At<TypeExpr>> {
        let text = stated.value.trim();
        let inner = text.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
        let item = inner.unwrap_or(text).trim();
        let item = match primitive(item) {
            Some(primitive) => TypeItem::Primitive(primitive),
            None => {
                let name = self.qualified(file, item)?.to_string();
                match self.definitions.get(&name) {
                    Some(primitive) => TypeItem::Primitive(*primitive),
                    None => TypeItem::Named(TypeRef { name, target: None, span: stated.span }),
                }
            }
        };
        Some(At::new(TypeExpr { item, collection: inner.is_some() }, stated.span))
    }

    /// The annotations of an element: those inside it, and those elsewhere that name one of its
    /// targets.
    pub(super) fn annotations<'n>(&'n self, file: FileId, element: &'n Element, targets: &[String]) -> Annotations<'n> {
        let apart = targets.iter().flat_map(|target| {
            let found = self.targets.get(target);
            if found.is_some() {
                self.used.borrow_mut().insert(target.clone());
            }
            found.into_iter().flat_map(|found| found.annotations.iter().copied())
        });
        let own = element.children_named("Annotation").map(|annotation| (file, annotation));
        let all = own.chain(apart).filter(|(_, annotation)| annotation.attribute("Qualifier").is_none());
        let named = all.filter_map(|(file, annotation)| {
            let term = annotation.attribute("Term")?;
            Some((self.full(file, &term.value), annotation))
        });
        Annotations::new(named.collect())
    }

    /// The targets that begin with this one. For an entity set, they are the navigation properties
    /// that are reached through it. Returns the rest of each path and the annotations.
    pub(super) fn behind<'n>(&'n self, target: &str) -> Vec<(&'n str, Annotations<'n>)> {
        let prefix = format!("{target}/");
        let from = self.targets.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix));
        let mut found = Vec::new();
        for (key, target) in from {
            self.used.borrow_mut().insert(key.clone());
            let named = target.annotations.iter().filter_map(|(file, annotation)| {
                let term = annotation.attribute("Term")?;
                Some((self.full(*file, &term.value), *annotation))
            });
            found.push((&key[prefix.len()..], Annotations::new(named.collect())));
        }
        found
    }

    /// Reports targets for which no element was found.
    pub(super) fn report_targets(&self, diagnostics: &mut Diagnostics) {
        let used = self.used.borrow();
        for (target, Target { span, annotations }) in &self.targets {
            let is_defined = self.definitions.contains_key(target);
            let is_standard = |(file, annotation): &(FileId, &Element)| {
                annotation.attribute("Term").is_some_and(|term| self.full(*file, &term.value).starts_with("Org.OData."))
            };
            if !used.contains(target) && !is_defined && annotations.iter().any(is_standard) {
                diagnostics.push(
                    Diagnostic::new(Code::MetadataTargetUnknown, *span, format!("there is no `{target}` to annotate"))
                        .label("these annotations were left out"),
                );
            }
        }
    }

    /// Returns the target with all aliases resolved: `self.Like(Collection(self.Whole))/it` →
    /// `Containment.Like(Collection(Containment.Whole))/it`.
    fn target(&self, file: FileId, target: &str) -> String {
        let mut full = String::with_capacity(target.len());
        let mut word = String::new();
        for c in target.chars() {
            if matches!(c, '/' | '(' | ')' | ',') {
                full.push_str(&self.full(file, &std::mem::take(&mut word)));
                full.push(c);
            } else if c != ' ' {
                word.push(c);
            }
        }
        full.push_str(&self.full(file, &word));
        full
    }
}

/// The primitive type that a type definition stands for. Some services define one type definition
/// by another, which the standard does not allow (11.1). A cycle of them has none.
fn underlying<'d>(
    definitions: &'d BTreeMap<String, At<String>>,
    name: &'d str,
    known: &mut HashMap<&'d str, Option<Primitive>>,
) -> Option<Primitive> {
    let mut chain = Vec::new();
    let mut at = name;
    let found = loop {
        match (known.get(at), definitions.get(at)) {
            (Some(found), _) => break *found,
            (None, Some(next)) => {
                // A cycle comes back here.
                known.insert(at, None);
                chain.push(at);
                at = &next.value;
            }
            (None, None) => break primitive(at),
        }
    };
    known.extend(chain.into_iter().map(|name| (name, found)));
    found
}

/// The primitive type with this name. Abstract types become any JSON (CSDL 4.01, 3.2 and 3.3), and
/// so do the paths that annotations have as values.
fn primitive(name: &str) -> Option<Primitive> {
    let any = || {
        let simple = name.strip_prefix("Edm.")?;
        let is_abstract = matches!(simple, "PrimitiveType" | "ComplexType" | "EntityType");
        (is_abstract || simple.ends_with("Path")).then_some(Primitive::Untyped)
    };
    Primitive::from_edm_name(name).or_else(any)
}

/// The diagnostic of a declaration that cannot be read and is left out.
pub(super) fn invalid(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::MetadataInvalid, span, message).label("left out")
}
