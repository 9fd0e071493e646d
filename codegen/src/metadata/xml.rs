//! CSDL XML → [`Metadata`]. Only what pages can be compared with; annotations are passed over.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::{EnumType, ItemType, Metadata, Operation, Property, StructuredType, Value, XmlError};
use crate::schema::{Primitive, QualifiedName, TypeKind};

type Result<T> = std::result::Result<T, XmlError>;

pub(super) fn parse(text: &str) -> Result<Metadata> {
    // A mark at the head is no part of the document.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(text).map_err(|error| {
        let at = error.pos();
        // The parser's message ends in the place, which stands in front here.
        let message = error.to_string();
        let message = message.rsplit_once(" at ").map_or(message.as_str(), |(message, _)| message);
        XmlError { line: at.row, column: at.col, message: message.to_owned() }
    })?;
    let root = document.root_element();
    let schemas: Vec<Node<'_, '_>> = root.descendants().filter(|node| is(node, "Schema")).collect();
    if !matches!(root.tag_name().name(), "Edmx" | "Schema") || schemas.is_empty() {
        let message = format!("this is no CSDL document: `{}` with a `Schema` was expected", "edmx:Edmx");
        return Err(error(&root, message));
    }
    let mut reader = Reader { aliases: BTreeMap::new(), definitions: BTreeMap::new() };
    for schema in &schemas {
        let namespace = required(schema, "Namespace")?;
        if let Some(alias) = schema.attribute("Alias") {
            reader.aliases.insert(alias.to_owned(), namespace.to_owned());
        }
    }
    for schema in &schemas {
        reader.definitions(schema)?;
    }
    let mut metadata = Metadata::default();
    for schema in &schemas {
        reader.schema(schema, &mut metadata)?;
    }
    Ok(metadata)
}

struct Reader {
    /// Namespaces by alias.
    aliases: BTreeMap<String, String>,
    /// Underlying types of type definitions (CSDL 4.01, 11).
    definitions: BTreeMap<QualifiedName, Primitive>,
}

impl Reader {
    fn definitions(&mut self, schema: &Node<'_, '_>) -> Result<()> {
        let namespace = required(schema, "Namespace")?;
        for definition in children(schema, "TypeDefinition") {
            let name = QualifiedName::new(namespace, required(&definition, "Name")?);
            if let Some(primitive) = Primitive::from_edm_name(required(&definition, "UnderlyingType")?) {
                self.definitions.insert(name, primitive);
            }
        }
        Ok(())
    }

    fn schema(&self, schema: &Node<'_, '_>, metadata: &mut Metadata) -> Result<()> {
        let namespace = required(schema, "Namespace")?;
        for (element, kind) in [("EntityType", TypeKind::Entity), ("ComplexType", TypeKind::Complex)] {
            for node in children(schema, element) {
                let name = QualifiedName::new(namespace, required(&node, "Name")?);
                metadata.types.insert(name, self.structured(&node, kind)?);
            }
        }
        for node in children(schema, "EnumType") {
            let name = QualifiedName::new(namespace, required(&node, "Name")?);
            let members = children(&node, "Member").map(|member| required(&member, "Name").map(str::to_owned));
            let ty = EnumType { is_flags: holds(&node, "IsFlags"), members: members.collect::<Result<_>>()? };
            metadata.enums.insert(name, ty);
        }
        for node in schema.children().filter(|node| is(node, "Action") || is(node, "Function")) {
            metadata.operations.push(self.operation(&node, namespace)?);
        }
        for container in children(schema, "EntityContainer") {
            for node in container.children().filter(Node::is_element) {
                if let Some(value) = self.contained(&node, metadata)? {
                    metadata.container.insert(required(&node, "Name")?.to_owned(), value);
                }
            }
        }
        Ok(())
    }

    fn operation(&self, node: &Node<'_, '_>, namespace: &str) -> Result<Operation> {
        let mut parameters = children(node, "Parameter");
        let first = if holds(node, "IsBound") { parameters.next() } else { None };
        let binding = first.map(|first| self.value(&first)).transpose()?;
        let returns = match children(node, "ReturnType").next() {
            Some(returns) => self.value(&returns)?,
            None => Value { item: None, collection: false },
        };
        Ok(Operation {
            name: QualifiedName::new(namespace, required(node, "Name")?),
            binding,
            parameters: parameters.map(|node| required(&node, "Name").map(str::to_owned)).collect::<Result<_>>()?,
            returns,
        })
    }

    /// What a member of the container leads to. `None` for annotations, and for imports of operations that no schema before it has.
    fn contained(&self, node: &Node<'_, '_>, metadata: &Metadata) -> Result<Option<Value>> {
        let named = |name| Ok(Some(ItemType::Named(self.qualified(node, name)?)));
        Ok(match node.tag_name().name() {
            "EntitySet" => Some(Value { item: named(required(node, "EntityType")?)?, collection: true }),
            "Singleton" => Some(Value { item: named(required(node, "Type")?)?, collection: false }),
            import @ ("ActionImport" | "FunctionImport") => {
                let name = self.qualified(node, required(node, import.trim_end_matches("Import"))?)?;
                let found = metadata.operations.iter().find(|known| known.name == name && known.binding.is_none());
                found.map(|operation| operation.returns.clone())
            }
            _ => None,
        })
    }

    fn value(&self, node: &Node<'_, '_>) -> Result<Value> {
        let stated = required(node, "Type")?;
        let inner = stated.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
        Ok(Value { item: Some(self.item(node, inner.unwrap_or(stated))?), collection: inner.is_some() })
    }

    fn structured(&self, node: &Node<'_, '_>, kind: TypeKind) -> Result<StructuredType> {
        let base = node.attribute("BaseType").map(|name| self.qualified(node, name)).transpose()?;
        let mut properties = Vec::new();
        for child in node.children() {
            let is_navigation = is(&child, "NavigationProperty");
            if is_navigation || is(&child, "Property") {
                let Value { item, collection } = self.value(&child)?;
                let name = required(&child, "Name")?.to_owned();
                properties.extend(item.map(|item| Property { name, item, collection, is_navigation }));
            }
        }
        Ok(StructuredType {
            kind,
            base,
            is_abstract: holds(node, "Abstract"),
            is_open: holds(node, "OpenType"),
            properties,
        })
    }

    fn item(&self, node: &Node<'_, '_>, name: &str) -> Result<ItemType> {
        if let Some(primitive) = Primitive::from_edm_name(name) {
            return Ok(ItemType::Primitive(primitive));
        }
        if name.starts_with("Edm.") {
            return Ok(ItemType::Other(name.to_owned()));
        }
        let name = self.qualified(node, name)?;
        Ok(match self.definitions.get(&name) {
            Some(primitive) => ItemType::Primitive(*primitive),
            None => ItemType::Named(name),
        })
    }

    fn qualified(&self, node: &Node<'_, '_>, name: &str) -> Result<QualifiedName> {
        let name = QualifiedName::parse(name)
            .ok_or_else(|| error(node, format!("`{name}` is neither a primitive type nor a qualified name")))?;
        Ok(match self.aliases.get(&name.namespace) {
            Some(namespace) => QualifiedName::new(namespace, name.name),
            None => name,
        })
    }
}

/// Whether a node is an element of this name. The namespace is not asked for: versions of CSDL differ in nothing else here.
fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn children<'n, 'i>(node: &Node<'n, 'i>, name: &'static str) -> impl Iterator<Item = Node<'n, 'i>> + use<'n, 'i> {
    node.children().filter(move |child| is(child, name))
}

fn required<'n>(node: &Node<'n, '_>, attribute: &str) -> Result<&'n str> {
    let value = node.attribute(attribute).filter(|value| !value.is_empty());
    value.ok_or_else(|| error(node, format!("`{}` has no `{attribute}`", node.tag_name().name())))
}

fn holds(node: &Node<'_, '_>, attribute: &str) -> bool {
    node.attribute(attribute).is_some_and(|value| matches!(value.trim(), "true" | "1"))
}

fn error(node: &Node<'_, '_>, message: String) -> XmlError {
    let at = node.document().text_pos_at(node.range().start);
    XmlError { line: at.row, column: at.col, message }
}
