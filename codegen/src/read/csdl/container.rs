//! Reads the entity container (CSDL 4.01, 13).

use super::Reader;
use super::capabilities;
use super::element::Element;
use super::facts;
use super::names::invalid;
use crate::diagnostics::Diagnostics;
use crate::schema::{Capabilities, ContainerMember, MemberKind, QualifiedName, Schema};
use crate::source::At;

impl Reader<'_> {
    pub(super) fn container(&self, element: &Element, out: &mut Schema, diagnostics: &mut Diagnostics) {
        let Some(container) = self.name(element, diagnostics) else { return };
        // Annotations of the container hold for all its members.
        let annotations = self.names.annotations(self.file, element, &[container.value.to_string()]);
        let all = capabilities::of(&annotations);
        for child in &element.children {
            match child.name.as_str() {
                "EntitySet" | "Singleton" | "ActionImport" | "FunctionImport" => {
                    let member = self.member(child, &container.value, diagnostics);
                    out.container.extend(member.map(|member| {
                        let capabilities = member.capabilities.or(&Capabilities {
                            key_as_segment: all.key_as_segment,
                            batch: all.batch,
                            top: all.top,
                            skip: all.skip,
                            ..Capabilities::default()
                        });
                        ContainerMember { capabilities, ..member }
                    }));
                }
                "Annotation" => {}
                _ => self.unknown(child, diagnostics),
            }
        }
    }

    fn member(
        &self,
        element: &Element,
        container: &QualifiedName,
        diagnostics: &mut Diagnostics,
    ) -> Option<ContainerMember> {
        let name = self.simple_name(element, diagnostics)?;
        let attribute = match element.name.as_str() {
            "EntitySet" => "EntityType",
            "Singleton" => "Type",
            import => import.trim_end_matches("Import"),
        };
        let Some(stated) = element.attribute(attribute) else {
            diagnostics.push(invalid(element.span, format!("`{}` has no `{attribute}`", element.name)));
            return None;
        };
        let kind = match element.name.as_str() {
            "EntitySet" => MemberKind::EntitySet(self.stated_type(stated, diagnostics)?.value),
            "Singleton" => MemberKind::Singleton(self.stated_type(stated, diagnostics)?.value),
            import => {
                let operation = self.operation_name(stated, diagnostics)?;
                if import == "ActionImport" {
                    MemberKind::ActionImport(operation)
                } else {
                    MemberKind::FunctionImport(operation)
                }
            }
        };
        let target = format!("{container}/{}", name.value);
        let annotations = self.names.annotations(self.file, element, std::slice::from_ref(&target));
        let mut capabilities = capabilities::of(&annotations);
        for (path, annotations) in self.names.behind(&target) {
            capabilities.add_behind(path, capabilities::of(&annotations));
        }
        let bindings = element.children_named("NavigationPropertyBinding").filter_map(|binding| {
            Some((binding.attribute("Path")?.value.clone(), binding.attribute("Target")?.value.clone()))
        });
        Some(ContainerMember {
            name,
            file: self.file,
            container: container.clone(),
            kind,
            is_nullable: element.name == "Singleton" && element.holds("Nullable"),
            entity_set: element.attribute("EntitySet").map(|set| set.value.clone()),
            bindings: bindings.collect(),
            description: facts::description(&annotations),
            capabilities,
        })
    }

    fn operation_name(&self, stated: &At<String>, diagnostics: &mut Diagnostics) -> Option<QualifiedName> {
        let found = self.names.qualified(self.file, &stated.value);
        if found.is_none() {
            diagnostics.push(invalid(stated.span, format!("`{}` is no qualified name", stated.value)));
        }
        found
    }
}
