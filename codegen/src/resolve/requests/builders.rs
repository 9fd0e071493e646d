//! Turns classes of nodes into [`Builder`]s, with their steps and operations.

use crate::hashing::{HashMap, HashSet};

use super::arguments::Arguments;
use super::bodies::{Bodies, BodyMember, Payload};
use super::builder_names::{Named, Naming};
use super::classes::{ClassId, Classes, Known};
use super::forbidden::Forbidden;
use super::naming::{self, Names};
use super::node_types::NodeTypes;
use super::operations::{self, Draft, Site};
use super::overloads::Overloads;
use super::roles::Role;
use super::trie::{Edge, NodeId};
use super::{doubts, headers, key_types, spelling};
use crate::case;
use crate::diagnostics::Diagnostics;
use crate::model::requests::{
    Body, Builder, BuilderId, Function, Operation, Permission, RequestTree, ReturnType, Step, SystemOptions,
};
use crate::model::{HttpMethod, Model, Segment, StructuredType, TypeId, TypeKind, TypeNames, ValueType, requests};
use crate::ordered::{self, Map};
use crate::parallel;
use crate::resolve::rust_names;
use crate::schema::{DocumentedOperation, QualifiedName};
use crate::service::Absent;
use crate::source::FileId;

/// The input of all builders.
pub(super) struct Builders<'b, 'm> {
    pub(super) model: &'b Model,
    pub(super) places: &'b NodeTypes<'b, 'm>,
    pub(super) classes: &'b Classes,
    pub(super) bodies: &'b Bodies<'b>,
}

impl Builders<'_, '_> {
    /// Makes all builders. `forbidden` are the requests that the metadata forbids at a path.
    pub(super) fn build(&self, forbidden: &[(Vec<Segment>, HttpMethod)], diagnostics: &mut Diagnostics) -> RequestTree {
        let forbidden = Forbidden::new(self, forbidden);
        let named = Naming { model: self.model, places: self.places, classes: self.classes }.named();
        let ids: HashMap<ClassId, BuilderId> =
            named.iter().enumerate().map(|(index, named)| (named.class, BuilderId(index as u32))).collect();
        let built = parallel::map(&named, |named| {
            let (mut parameters, mut problems) = (Vec::new(), Diagnostics::default());
            let builder = self.builder(named, &ids, &forbidden, &mut parameters, &mut problems);
            (builder, parameters, problems)
        });
        let mut tree = RequestTree::default();
        let mut taken: HashSet<String> = named.iter().map(Named::rust_name).collect();
        for (mut builder, mut parameters, problems) in built {
            for ty in &mut parameters {
                // `SiteListsClose` may be `close` of `SiteLists` and `lists_close` of `Site`.
                let is_taken = |name: &String| taken.contains(name);
                let name = rust_names::unique(ty.rust.name.clone(), is_taken, |name, number| format!("{name}{number}"));
                taken.insert(name.clone());
                ty.name.name.clone_from(&name);
                ty.rust.name = name;
            }
            for operation in &mut builder.operations {
                if let Body::Parameters(position) = &mut operation.body {
                    *position += tree.parameters.len();
                }
            }
            tree.builders.push(builder);
            tree.parameters.append(&mut parameters);
            diagnostics.append(problems);
        }
        let nullable: HashSet<BuilderId> = tree
            .builders
            .iter()
            .flat_map(|builder| &builder.steps)
            .filter(|step| step.is_nullable)
            .map(|step| step.target)
            .collect();
        for id in nullable {
            tree.builders[id.index()].is_nullable = true;
        }
        tree
    }

    fn builder(
        &self,
        named: &Named,
        ids: &HashMap<ClassId, BuilderId>,
        forbidden: &Forbidden,
        parameters: &mut Vec<StructuredType>,
        diagnostics: &mut Diagnostics,
    ) -> Builder {
        let members = &self.classes.members[named.class.0];
        let site = Site { place: named.place.clone(), members };
        let drafts = operations::of(self.places, self.classes, self.bodies, &site);
        let edges = self.edges(members);
        let mut names = Names::new(self.model, case::snake(&named.base));
        let overloads = Overloads::new(self.places, self.bodies.sources, members);
        let mut steps: Vec<Step> = Vec::new();
        for (edge, nodes) in &edges {
            let Some(target) = ids.get(&self.classes.of(nodes[0])) else { continue };
            let not_at = forbidden.step(named.class, edge);
            steps.push(Step {
                not_at,
                ..self.step(named, edge, nodes, *target, overloads.is_overload(edge), &mut names)
            });
        }
        let mut operations: Vec<Operation> = Vec::new();
        for draft in &drafts {
            let alike = drafts.iter().filter(|other| other.edge == draft.edge && other.http == draft.http);
            let variants: HashSet<Vec<&String>> =
                alike.map(|other| other.query.iter().map(|(name, _)| name).collect()).collect();
            let several = draft.edge.as_ref().is_some_and(|edge| overloads.is_overload(edge));
            let title = &self.places.operations[draft.page].title.value;
            let name = names.operation(draft, &named.place, title, several, variants.len());
            let not_at = match draft.edge {
                None => forbidden.request(named.class, draft.http),
                Some(_) => Vec::new(),
            };
            operations.push(Operation { not_at, ..self.operation(named, draft, name, parameters) });
        }
        let given: Vec<String> = operations.iter().map(|operation| operation.rust_name.clone()).collect();
        doubts::report(self.places, &named.place, &drafts, &given, diagnostics);
        ordered::sort_by(&mut steps, |a, b| a.rust_name.cmp(&b.rust_name));
        ordered::sort_by(&mut operations, |a, b| a.rust_name.cmp(&b.rust_name));
        let mut paths: Vec<String> = members.iter().map(|id| self.path(*id)).collect();
        ordered::sort_by(&mut paths, |a, b| (a.len(), a).cmp(&(b.len(), b)));
        paths.retain(|path| !path.is_empty());
        Builder {
            rust_name: named.rust_name(),
            file: named.file.clone(),
            ty: named.place.ty(),
            collection: named.place.collection,
            paths,
            steps,
            operations,
            is_nullable: false,
        }
    }

    /// The segments that may follow a class.
    fn edges(&self, members: &[NodeId]) -> Vec<(&Edge, Vec<NodeId>)> {
        let mut edges: Map<&Edge, Vec<NodeId>> = Map::default();
        for (edge, child) in members.iter().flat_map(|id| self.places.trie.node(*id).children.iter()) {
            if self.classes.role(*child) == Role::Place {
                edges.get_or_default(edge).push(*child);
            }
        }
        edges.into_entries()
    }

    fn step(
        &self,
        named: &Named,
        edge: &Edge,
        nodes: &[NodeId],
        target: BuilderId,
        several: bool,
        names: &mut Names<'_>,
    ) -> Step {
        let mut segment = spelling::of(self.places, nodes);
        let before = match &self.classes.known[named.class.0] {
            Known::Below(_, Edge::Name(_)) => {
                spelling::of(self.places, &self.classes.members[named.class.0]).to_string()
            }
            _ => String::new(),
        };
        let page = self.page_below(nodes[0]);
        let mut arguments = Arguments::of_key(self.places.responses, page, self.entity(edge, nodes[0]));
        arguments.segment(&mut segment, &before);
        let is_cast = matches!(edge, Edge::Name(name) if name.contains('.')) && self.places.of(nodes[0]).declared;
        let of_none = *edge == Edge::Key && !named.place.collection && named.place.item.is_some();
        let name = naming::of_segment(&naming::simple(self.model, &segment), edge, several || of_none);
        let name = if is_cast { format!("as_{name}") } else { name };
        Step {
            rust_name: names.step(name),
            segment,
            parameters: arguments.parameters,
            lists: Vec::new(),
            target,
            not_at: Vec::new(),
            is_nullable: nodes.iter().any(|node| self.places.of(*node).is_nullable)
                && self.model.service.absent != Some(Absent::NotFound),
            feature: None,
        }
    }

    /// The entity type of a node, if the node is an entity with its key.
    fn entity(&self, edge: &Edge, node: NodeId) -> Option<TypeId> {
        let is_key = matches!(edge, Edge::Key | Edge::NamedKey(_));
        self.places.of(node).ty().filter(|_| is_key)
    }

    /// The path to a node, with keys in the form that the service expects.
    pub(super) fn path(&self, id: NodeId) -> String {
        let in_parentheses = self.model.service.has_keys_in_parentheses();
        self.places.trie.path(id, |node, placeholder| {
            let ty = self.places.of(node).ty().and_then(|entity| key_types::of(self.model, entity, placeholder));
            let is_quoted = ty.is_none_or(|ty| ty.is_quoted_in_urls());
            requests::key(placeholder, is_quoted, in_parentheses)
        })
    }

    /// A page that describes a request at a node or below it. Metadata states for each request only
    /// what belongs to its last segment.
    fn page_below(&self, node: NodeId) -> Option<&DocumentedOperation> {
        let found = self.places.trie.node(node);
        let own = found.lines.first().map(|line| self.places.operations[line.operation]);
        let below = || found.children.values().find_map(|child| self.page_below(*child));
        own.or_else(|| below().filter(|page| page.declared.is_none()))
    }

    /// The rows of permission tables that differ on further pages. Equal rows of several pages are
    /// included once.
    fn also_permissions(
        &self,
        named: &Named,
        page: &DocumentedOperation,
        draft: &Draft,
    ) -> Vec<(FileId, Vec<Permission>)> {
        let mut found: Vec<(FileId, Vec<Permission>)> = Vec::new();
        for other in draft.also.iter().map(|other| self.places.operations[*other]) {
            let said = |row: &Permission| {
                let before = page.permissions.iter().chain(found.iter().flat_map(|(_, rows)| rows));
                before.into_iter().any(|known| known.says_the_same(row))
            };
            // If a table is divided by resources, only the rows about this resource count.
            let type_name = named.place.ty().map_or("", |ty| self.model.structured(ty).name.name.as_str());
            let is_own =
                |row: &&Permission| row.subject.as_ref().is_some_and(|subject| subject.eq_ignore_ascii_case(type_name));
            let own: Vec<Permission> = other.permissions.iter().filter(is_own).map(Permission::for_all).collect();
            let rows = if own.is_empty() { &other.permissions } else { &own };
            let rows: Vec<Permission> = rows.iter().filter(|row| !said(row)).cloned().collect();
            if !rows.is_empty() {
                found.push((other.file, rows));
            }
        }
        found
    }

    fn operation(
        &self,
        named: &Named,
        draft: &Draft,
        rust_name: String,
        parameters: &mut Vec<StructuredType>,
    ) -> Operation {
        let page = self.places.operations[draft.page];
        let body = match &draft.payload {
            Payload::Body(body) => body.clone(),
            Payload::Parameters(members) => {
                parameters.push(self.parameters_type(named, page, &rust_name, members));
                Body::Parameters(parameters.len() - 1)
            }
        };
        let mut templates: Vec<String> = Vec::new();
        for line in &draft.lines {
            let template = line.request(self.places.operations).template();
            if !templates.contains(&template) {
                templates.push(template);
            }
        }
        let span = draft.lines.first().map_or(page.title.span, |line| line.request(self.places.operations).span);
        let pages = std::iter::once(&draft.page).chain(&draft.also);
        let owners = pages.flat_map(|page| self.places.responses.owners(self.places.operations[*page].file));
        let owners = ordered::unique(owners);
        Operation {
            rust_name,
            kind: draft.kind,
            http: draft.http,
            path: draft.path.clone(),
            parameters: draft.parameters.clone(),
            query: draft.query.clone(),
            options: system_options(named, draft),
            headers: headers::required(page),
            body,
            is_tagged: draft.is_tagged,
            response: draft.response.clone(),
            function: Function::default(),
            title: page.title.value.clone(),
            description: page.summary.as_ref().map(Into::into),
            deprecation: page.deprecation.clone(),
            permissions: page.permissions.clone(),
            also_permissions: self.also_permissions(named, page, draft),
            templates,
            not_at: Vec::new(),
            page: page.file,
            also: draft.also.iter().map(|page| self.places.operations[*page].file).collect(),
            owners,
            span,
        }
    }

    /// The type of the parameters in an operation's request body.
    fn parameters_type(
        &self,
        named: &Named,
        page: &DocumentedOperation,
        function: &str,
        members: &[BodyMember],
    ) -> StructuredType {
        let plain = function.trim_start_matches("r#");
        let base = if named.class == Classes::ROOT { "" } else { &named.base };
        let name = format!("{base}{}Parameters", case::pascal(plain));
        let mut properties: Vec<_> = members.iter().cloned().map(|member| member.into_property()).collect();
        rust_names::name_properties(&mut properties);
        let span = page.body.as_ref().map_or(page.title.span, |body| body.span);
        let namespace = self.model.modules.first().map_or("", |root| &root.namespace);
        StructuredType {
            properties,
            rust: TypeNames { file: named.file.clone(), name: name.clone(), ..TypeNames::default() },
            ..StructuredType::new(QualifiedName::new(namespace, &name), TypeKind::Complex, page.file, span)
        }
    }
}

/// The system query options of an operation, with the type that they select properties of.
fn system_options(named: &Named, draft: &Draft) -> SystemOptions {
    let is_read = draft.http == HttpMethod::Get;
    match &draft.response {
        ReturnType::One(ValueType::Structured(id)) | ReturnType::Optional(ValueType::Structured(id)) if is_read => {
            SystemOptions::One(*id)
        }
        ReturnType::Many(ValueType::Structured(id)) | ReturnType::Delta(ValueType::Structured(id)) if is_read => {
            SystemOptions::Many(*id)
        }
        // Of the items that are counted.
        ReturnType::Count => named.place.ty().map_or(SystemOptions::None, SystemOptions::Many),
        _ => SystemOptions::None,
    }
}
