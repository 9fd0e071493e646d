//! All descriptions of a model, so that their links can be resolved.

use super::{Description, Model};

impl Model {
    /// All descriptions of the model.
    pub(crate) fn descriptions_mut(&mut self) -> impl Iterator<Item = &mut Description> {
        let types = self.types.iter_mut().chain(&mut self.requests.parameters);
        let types = types.flat_map(|ty| {
            ty.description
                .iter_mut()
                .chain(ty.properties.iter_mut().filter_map(|property| property.description.as_mut()))
        });
        let enums = self.enums.iter_mut().flat_map(|ty| {
            ty.description.iter_mut().chain(ty.members.iter_mut().filter_map(|member| member.description.as_mut()))
        });
        let requests = self.requests.builders.iter_mut().flat_map(|builder| {
            let steps = builder.steps.iter_mut().flat_map(|step| &mut step.parameters);
            let (operations, parameters): (Vec<_>, Vec<_>) = builder
                .operations
                .iter_mut()
                .map(|operation| (operation.description.as_mut(), &mut operation.parameters))
                .unzip();
            let parameters = steps.chain(parameters.into_iter().flatten());
            operations.into_iter().flatten().chain(parameters.filter_map(|parameter| parameter.description.as_mut()))
        });
        types.chain(enums).chain(requests)
    }
}
