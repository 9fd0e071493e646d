//! Writes the program that the documentation of a crate begins with, and the calls of its map.

use super::{Examples, Program, call, statement};
use crate::model::requests::{BuilderId, Operation, RequestType, Step, SystemOptions};

impl<'a> Examples<'a> {
    /// A block with a program that signs in, sends a request and shows the response. `None` if no
    /// request is simple enough.
    pub(crate) fn program(&self) -> Option<String> {
        let (builder, operation) = self.first_request()?;
        let mut program = Program::new(self);
        let mut chain = program.chain(builder, operation)?;
        chain.extend(program.options(operation));
        chain.extend(["send()".to_owned(), "await?".to_owned()]);
        let (client, root) = (program.client(), program.root());
        let (runtime, token) = (program.runtime("Client"), program.runtime("Token"));
        let service = &self.model.service;
        let address =
            service.root.as_ref().map_or("\"https://service.example\"".to_owned(), |_| format!("{root}::BASE_URL"));
        let is_list = operation.function.request == RequestType::List;
        let mut all = "```no_run\n\
            # async fn example(\n\
            #     transport: impl edmark_runtime::Transport,\n\
            #     token: &str,\n\
            # ) -> Result<(), Box<dyn std::error::Error>> {\n"
            .to_owned();
        program.uses.lines().for_each(|line| all.extend([&line, "\n"]));
        all.push_str(&format!(
            "\nlet client = {runtime}::new({address}, transport).with_tokens({token}::bearer(token)?);\n\
             let {client} = {root}::from_client(client);\n\n"
        ));
        statement(if is_list { "page" } else { "value" }, &chain, &mut all);
        all.push_str(match is_list {
            true => "for value in page {\n    println!(\"{value:?}\");\n}\n",
            false => "println!(\"{value:?}\");\n",
        });
        all.push_str("# Ok(())\n# }\n```");
        Some(all)
    }

    /// The call of a step of the root builder: `graph.users()`. `None` if its arguments cannot be
    /// made up.
    pub(crate) fn root_call(&self, step: &Step) -> Option<String> {
        let mut program = Program::new(self);
        let arguments = program.arguments(&step.parameters)?;
        Some(format!("{}.{}", program.client(), call(&step.rust_name, &arguments)))
    }

    /// The request that the documentation begins with: one that reads values of the type with the
    /// most properties that a root leads to.
    fn first_request(&self) -> Option<(BuilderId, &'a Operation)> {
        let tree = &self.model.requests;
        let roots = tree.builders[0].steps.iter().map(|step| step.target);
        let operations =
            roots.flat_map(|root| tree.builder(root).operations.iter().map(move |operation| (root, operation)));
        let readable = operations.filter_map(|(root, operation)| match operation.options {
            SystemOptions::One(id) | SystemOptions::Many(id)
                if matches!(operation.function.request, RequestType::List | RequestType::Read)
                    && operation.path.is_empty()
                    && operation.parameters.is_empty() =>
            {
                Some((self.model.all_properties(id).len(), root, operation))
            }
            _ => None,
        });
        let (_, root, operation) =
            readable.max_by_key(|(properties, root, _)| (*properties, std::cmp::Reverse(*root)))?;
        Some((root, operation))
    }
}
