//! All descriptions of a model, so that their links can be resolved.

use super::{Description, Model};

impl Model {
    /// All descriptions of the model.
    pub(crate) fn descriptions_mut(&mut self) -> Vec<&mut Description> {
        let mut all = Vec::new();
        for ty in self.types.iter_mut().chain(&mut self.requests.parameters) {
            all.extend(&mut ty.description);
            for property in &mut ty.properties {
                all.extend(&mut property.description);
            }
        }
        for ty in &mut self.enums {
            all.extend(&mut ty.description);
            for member in &mut ty.members {
                all.extend(&mut member.description);
            }
        }
        for builder in &mut self.requests.builders {
            for parameter in builder.steps.iter_mut().flat_map(|step| &mut step.parameters) {
                all.extend(&mut parameter.description);
            }
            for operation in &mut builder.operations {
                all.extend(&mut operation.description);
                for parameter in &mut operation.parameters {
                    all.extend(&mut parameter.description);
                }
            }
        }
        all
    }
}
