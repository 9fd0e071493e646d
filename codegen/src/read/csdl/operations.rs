//! Reads actions and functions (CSDL 4.01, 12).

use super::Reader;
use super::annotations::Annotations;
use super::capabilities;
use super::element::Element;
use super::facts;
use super::names::invalid;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::{DeclaredOperation, OperationParameter, OperationValue};

impl Reader<'_> {
    pub(super) fn operation(&self, element: &Element, diagnostics: &mut Diagnostics) -> Option<DeclaredOperation> {
        let name = self.name(element, diagnostics)?;
        let is_function = element.name == "Function";
        let types: Vec<String> = element
            .children_named("Parameter")
            .filter_map(|parameter| parameter.attribute("Type"))
            .map(|ty| self.full_type(&ty.value))
            .collect();
        let is_bound = element.holds("IsBound");
        // An action has one overload for each binding type, so its signature is only that type
        // (14.2.2).
        let signature = match (is_function, is_bound) {
            (true, _) => types.join(","),
            (false, true) => types.first().cloned().unwrap_or_default(),
            (false, false) => String::new(),
        };
        let full = name.value.to_string();
        let targets = [full.clone(), format!("{full}({signature})"), format!("{full}({})", types.join(","))];
        let annotations = self.names.annotations(self.file, element, &targets);
        let mut parameters = Vec::new();
        for child in &element.children {
            match child.name.as_str() {
                "Parameter" => parameters.extend(self.parameter(child, &targets, diagnostics)),
                "ReturnType" => {
                    // The annotations are not used, but their targets have to count as known.
                    let targets: Vec<String> = targets.iter().map(|target| format!("{target}/$ReturnType")).collect();
                    let _ = self.names.annotations(self.file, child, &targets);
                }
                "Annotation" => {}
                _ => self.unknown(child, diagnostics),
            }
        }
        let mut binding = None;
        if is_bound {
            if parameters.is_empty() {
                let message = format!("`{full}` is bound and has no parameter that says to what");
                diagnostics.push(invalid(element.span, message));
                return None;
            }
            binding = Some(parameters.remove(0));
        }
        if is_function && element.children_named("ReturnType").next().is_none() {
            let message = format!("the function `{full}` has no `ReturnType`");
            diagnostics.push(
                Diagnostic::new(Code::MetadataInvalid, element.span, message)
                    .label("read as a function that returns nothing"),
            );
        }
        let returns = element.children_named("ReturnType").next().and_then(|returns| self.value(returns, diagnostics));
        Some(DeclaredOperation {
            name,
            file: self.file,
            is_function,
            binding_name: binding.as_ref().map(|binding| binding.name.value.clone()),
            binding: binding.map(|binding| binding.value),
            entity_set_path: element.attribute("EntitySetPath").map(|path| path.value.clone()),
            is_composable: element.holds("IsComposable"),
            parameters,
            returns,
            description: facts::description(&annotations),
            deprecation: facts::deprecation(&annotations),
            requirements: capabilities::of_operation(&annotations),
        })
    }

    fn parameter(
        &self,
        element: &Element,
        operation: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Option<OperationParameter> {
        let name = self.simple_name(element, diagnostics)?;
        let value = self.value(element, diagnostics)?;
        let targets: Vec<String> = operation.iter().map(|target| format!("{target}/{}", name.value)).collect();
        let annotations = self.names.annotations(self.file, element, &targets);
        Some(OperationParameter {
            is_optional: is_optional(&annotations),
            description: facts::and_sentences(facts::description(&annotations), &annotations, element),
            name,
            value,
        })
    }

    fn value(&self, element: &Element, diagnostics: &mut Diagnostics) -> Option<OperationValue> {
        let ty = self.type_of(element, diagnostics)?;
        Some(OperationValue { ty, nullable: element.flag("Nullable").is_none_or(|flag| flag.value) })
    }

    /// The name of a type with its alias resolved, as targets write it.
    fn full_type(&self, stated: &str) -> String {
        match stated.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')')) {
            Some(item) => format!("Collection({})", self.names.full(self.file, item)),
            None => self.names.full(self.file, stated),
        }
    }
}

fn is_optional(annotations: &Annotations<'_>) -> bool {
    annotations.get("Org.OData.Core.V1.OptionalParameter").is_some()
}
