//! `edmark explain`: everything that is known about one type.

use std::io::{self, Write};

use super::input::Input;
use super::progress::Progress;
use super::selecting::Selecting;
use super::{Outcome, Stop, output};
use crate::config::{Navigation, Selection};
use crate::diagnostics::Diagnostic;
use crate::emit::structs::fact_sentences;
use crate::error::Error;
use crate::lookup;
use crate::model::requests::{Grant, Operation, Permission, PermissionKind};
use crate::model::{EnumId, EnumType, Model, QualifiedName, StructuredType, TypeId, TypeKind, TypeNames, ValueType};
use crate::nearest::hint;
use crate::pipeline::{self, Analysis};
use crate::report::Positions;
use crate::resolve::{AnyType, OperationRole, Reason, Reasons, names_type, nearest_type};
use crate::source::{At, FileId, Span};

/// The maximum number of problems, and of places that name a type, that are shown.
const SHOWN: usize = 10;

/// Say why a type is in the output and what is known of it, or which call makes a request
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The type, by its simple or qualified name, case does not matter; or a request: "GET
    /// /users/{id}?$top=2"
    #[arg(value_name = "TYPE|REQUEST")]
    name: String,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    selecting: Selecting,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Stop> {
    let mut config = arguments.selecting.add_to(arguments.input.config()?);
    // Everything is analysed, so that types that are not selected can be explained, too.
    let selection = std::mem::take(&mut config.options.selection);
    let progress = Progress::new();
    let analysis = pipeline::analyse(&config, &|stage| progress.stage(stage))?;
    drop(progress);
    let (model, sources) = (&analysis.model, &analysis.sources);
    // No name of a type has one of these.
    if arguments.name.contains(['/', ' ']) {
        return request(&analysis, &arguments.name);
    }
    let reasons = Reasons::of(model, sources, &selection).map_err(Error::from)?;
    let found = types_called(model, &arguments.name);
    let explain = Explain { analysis: &analysis, reasons, selection, positions: Positions::new(sources) };
    if found.is_empty() {
        return Err(Stop::Usage(explain.unknown(&arguments.name)));
    }
    output::results(|out| found.iter().try_for_each(|ty| explain.write(*ty, out)))?;
    Ok(Outcome::Good)
}

/// Shows the call for a request, its page and its permissions; or the part of its path that is
/// known.
fn request(analysis: &Analysis, text: &str) -> Result<Outcome, Stop> {
    let model = &analysis.model;
    let found = match lookup::find(model, text) {
        Ok(found) => found,
        Err(unknown) => {
            output::results(|out| writeln!(out, "{}", unknown_request(text, &unknown)))?;
            return Ok(Outcome::Found);
        }
    };
    let positions = Positions::new(&analysis.sources);
    output::results(|out| {
        writeln!(out, "{}", found.call)?;
        let Some(operation) = found.operation else { return Ok(()) };
        writeln!(out, "  {}", operation.title)?;
        for template in &operation.templates {
            writeln!(out, "  {} {template}", operation.http.name())?;
        }
        let place = positions.place(operation.span);
        writeln!(out, "  described at {}:{}", place.path, place.line)?;
        if operation.permissions.is_empty() {
            writeln!(out, "  permissions: not said")?;
        } else {
            writeln!(out, "  permissions:")?;
            operation.permissions.iter().try_for_each(|row| permission(out, row))?;
        }
        for (page, rows) in &operation.also_permissions {
            let page = positions.place(Span::start_of(*page)).path;
            writeln!(out, "  permissions by {page}, where they differ:")?;
            rows.iter().try_for_each(|row| permission(out, row))?;
        }
        Ok(())
    })?;
    Ok(Outcome::Good)
}

/// A row of a permission table.
fn permission(out: &mut dyn Write, row: &Permission) -> io::Result<()> {
    let kind = match &row.kind {
        PermissionKind::DelegatedWork => "delegated (work or school account)",
        PermissionKind::DelegatedPersonal => "delegated (personal account)",
        PermissionKind::Application => "application",
        PermissionKind::Other(other) => other.as_str(),
    };
    let grants: Vec<String> = row.grants().map(Grant::to_string).collect();
    let grants = if grants.is_empty() { "not supported".to_owned() } else { grants.join(", ") };
    let subject = row.subject.as_ref().map_or(String::new(), |subject| format!(" for {subject}"));
    writeln!(out, "    {kind}{subject}: {grants}")
}

fn unknown_request(text: &str, unknown: &lookup::Unknown) -> String {
    if !unknown.methods.is_empty() {
        let methods: Vec<&str> = unknown.methods.iter().map(|method| method.name()).collect();
        return format!("no call makes `{text}`: `{}` is known with {}", unknown.known, methods.join(", "));
    }
    match unknown.known.as_str() {
        "" => format!("no call makes `{text}`: not even the first segment of its path is known"),
        known => format!("no call makes `{text}`: its path is known up to `{known}`, which is `{}`", unknown.chain),
    }
}

fn types_called(model: &Model, name: &str) -> Vec<AnyType> {
    let called = |is_called: &dyn Fn(&QualifiedName, &TypeNames) -> bool| -> Vec<AnyType> {
        let types = model.structured_types().filter(|(_, ty)| is_called(&ty.name, &ty.rust));
        let enums = model.enums.iter().enumerate().filter(|(_, ty)| is_called(&ty.name, &ty.rust));
        let types = types.map(|(id, _)| AnyType::Structured(id));
        types.chain(enums.map(|(position, _)| AnyType::Enum(EnumId(position as u32)))).collect()
    };
    let found = called(&|known, _| names_type(name, known));
    if !found.is_empty() {
        return found;
    }
    // `CallRecord`, `call_records::CallRecord`, `AnyVehicle`.
    let simple = name.rsplit("::").next().unwrap_or(name);
    called(&|_, rust| rust.name == simple || rust.any.as_ref().is_some_and(|any| any.name == simple))
}

struct Explain<'a> {
    analysis: &'a Analysis,
    reasons: Reasons,
    selection: Selection,
    positions: Positions<'a>,
}

impl Explain<'_> {
    fn model(&self) -> &Model {
        &self.analysis.model
    }

    /// The message for a name that is not known.
    fn unknown(&self, name: &str) -> String {
        match self.model().undocumented.iter().find(|known| names_type(name, &known.value)) {
            Some(At { value: known, span }) => {
                format!("no page describes `{known}`, which {} names; its values are untyped", self.at(*span))
            }
            None => format!("no type is called `{name}`{}", hint(nearest_type(self.model(), name).as_deref())),
        }
    }

    fn write(&self, ty: AnyType, out: &mut dyn Write) -> io::Result<()> {
        match ty {
            AnyType::Structured(id) => self.head_of_type(id, out)?,
            AnyType::Enum(id) => self.head_of_enum(self.model().enumeration(id), out)?,
        }
        self.why(ty, out)?;
        match ty {
            AnyType::Structured(id) => {
                let ty = self.model().structured(id);
                self.properties(id, ty, out)?;
                self.operations(id, out)?;
            }
            AnyType::Enum(id) => self.members(self.model().enumeration(id), out)?,
        }
        self.problems(ty, out)
    }

    fn head_of_type(&self, id: TypeId, out: &mut dyn Write) -> io::Result<()> {
        let ty = self.model().structured(id);
        let kind = match ty.kind {
            TypeKind::Entity => "entity type",
            TypeKind::Complex => "complex type",
        };
        let adjectives = [(ty.is_abstract, "abstract "), (ty.is_open, "open ")];
        let adjectives: String = adjectives.iter().filter(|(holds, _)| *holds).map(|(_, said)| *said).collect();
        writeln!(out, "{}: {adjectives}{kind}", ty.name)?;
        self.place(ty.span, &ty.name, out)?;
        let any = ty.rust.any.as_ref().map_or(String::new(), |any| format!(", as the type that it is {}", any.name));
        writeln!(out, "  in Rust: {}{any}", self.rust(&ty.rust))?;
        let bases: Vec<String> =
            self.model().ancestry(id).skip(1).map(|base| self.name(AnyType::Structured(base))).collect();
        line(out, "derived from", &bases)?;
        let derived: Vec<String> = ty.derived.iter().map(|id| self.name(AnyType::Structured(*id))).collect();
        line(out, "base of", &derived)?;
        line(out, "key", &ty.key)?;
        match &ty.deprecation {
            Some(deprecation) => writeln!(out, "  deprecated: {}", one_line(&deprecation.value.text)),
            None => Ok(()),
        }
    }

    fn head_of_enum(&self, ty: &EnumType, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}: {}", ty.name, if ty.is_flags { "flags enum type" } else { "enum type" })?;
        self.place(ty.span, &ty.name, out)?;
        writeln!(out, "  in Rust: {}", self.rust(&ty.rust))
    }

    /// The page from which the type is generated, and others that describe the same type.
    fn place(&self, span: Span, name: &QualifiedName, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "  described at: {}", self.at(span))?;
        let schema = &self.analysis.schema;
        let types = schema.types.iter().filter(|ty| ty.name.value == *name).map(|ty| ty.name.span);
        let enums = schema.enums.iter().filter(|ty| ty.name.value == *name).map(|ty| ty.name.span);
        let mut others: Vec<Span> = types.chain(enums).filter(|other| *other != span).collect();
        others.sort();
        others.dedup();
        let others: Vec<String> = others.into_iter().map(|span| self.at(span)).collect();
        line(out, "and at", &others)
    }

    fn why(&self, ty: AnyType, out: &mut dyn Write) -> io::Result<()> {
        let chain = self.reasons.chain(ty);
        if chain.is_empty() {
            return self.why_not(ty, out);
        }
        writeln!(out, "\nin the output, because")?;
        for (ty, reason) in chain {
            let said = match reason {
                Reason::Everything => "everything is: no name is included".to_owned(),
                Reason::Included(name) => format!("`{name}` is included"),
                Reason::BaseOf(derived) => format!("{} derives from it", self.name(AnyType::Structured(*derived))),
                Reason::PropertyOf(of, property) => {
                    format!("the property `{property}` of {} has it", self.name(AnyType::Structured(*of)))
                }
                Reason::OperationOf { operation, included_by, role } => {
                    let role = match role {
                        OperationRole::Body => "carries it",
                        OperationRole::Parameter => "has it as a parameter",
                        OperationRole::Response => "returns it",
                    };
                    format!("the operation {operation} {role}, and `{included_by}` is included")
                }
            };
            writeln!(out, "  {}: {said}", self.name(ty))?;
        }
        Ok(())
    }

    fn why_not(&self, ty: AnyType, out: &mut dyn Write) -> io::Result<()> {
        if let Some(name) = self.reasons.excluded_by(ty) {
            return writeln!(out, "\nnot in the output, because `{name}` is excluded");
        }
        writeln!(out, "\nnot in the output, because it is not included, and nothing that is included needs it")?;
        let becomes = match self.selection.navigation {
            Navigation::Untyped => "untyped",
            Navigation::Omit => "left out",
            Navigation::Follow => return Ok(()),
        };
        // The type was not selected, so only navigation properties can lead to it.
        let mut named = Vec::new();
        for (id, of) in
            self.model().structured_types().filter(|(id, _)| self.reasons.reason(AnyType::Structured(*id)).is_some())
        {
            let leads_here = |item: &ValueType| matches!((item, ty), (ValueType::Structured(target), AnyType::Structured(id)) if *target == id);
            let properties = of.properties.iter().filter(|property| leads_here(&property.ty.item));
            named.extend(
                properties.map(|property| format!("`{}` of {}", property.name, self.name(AnyType::Structured(id)))),
            );
        }
        for property in named.iter().take(SHOWN) {
            writeln!(out, "  the navigation property {property} leads to it, and is {becomes}")?;
        }
        more(out, named.len())
    }

    fn properties(&self, id: TypeId, ty: &StructuredType, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\nproperties: {}", count(ty.properties.len()))?;
        for property in &ty.properties {
            let mut facts = fact_sentences(&property.facts);
            if property.is_navigation {
                facts.insert(0, "Navigation.".to_owned());
            }
            if property.facts.deprecation.is_some() {
                facts.push("Deprecated.".to_owned());
            }
            facts.insert(0, format!("{}.", self.model().property_type_name(&property.ty)));
            writeln!(out, "  {}: {} ({})", property.name, facts.join(" "), self.at(property.span))?;
        }
        for base in self.model().ancestry(id).skip(1) {
            let properties: Vec<&str> =
                self.model().structured(base).properties.iter().map(|property| property.name.as_str()).collect();
            if !properties.is_empty() {
                writeln!(out, "  of {}: {}", self.name(AnyType::Structured(base)), properties.join(", "))?;
            }
        }
        Ok(())
    }

    /// The operations that the type's methods table links to.
    fn operations_of(&self, id: TypeId) -> impl Iterator<Item = &Operation> {
        let all = self.model().requests.builders.iter().flat_map(|builder| &builder.operations);
        all.filter(move |operation| operation.owners.contains(&id))
    }

    fn operations(&self, id: TypeId, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\noperations: {}", count(self.operations_of(id).count()))?;
        for operation in self.operations_of(id) {
            let template = operation.templates.first().map_or("", String::as_str);
            writeln!(out, "  {} {template} ({})", operation.http.name(), self.at(operation.span))?;
        }
        Ok(())
    }

    fn members(&self, ty: &EnumType, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\nmembers: {}", count(ty.members.len()))?;
        for member in &ty.members {
            let value = member.value.map_or(String::new(), |value| format!(" = {value}"));
            writeln!(out, "  {}{value} ({})", member.name, self.at(member.span))?;
        }
        Ok(())
    }

    fn problems(&self, ty: AnyType, out: &mut dyn Write) -> io::Result<()> {
        let problems = self.problems_of(ty);
        writeln!(out, "\nproblems on its pages: {}", count(problems.len()))?;
        let human = output::human_on_stdout();
        for problem in problems.iter().take(SHOWN) {
            writeln!(out, "{}\n", human.render(problem, &self.positions))?;
        }
        more(out, problems.len())
    }

    /// The problems of the type's page and of its operations' pages. If the page describes several
    /// types, only those of this type.
    fn problems_of(&self, ty: AnyType) -> Vec<&Diagnostic> {
        let (name, page, mut pages) = match ty {
            AnyType::Structured(id) => {
                let ty = self.model().structured(id);
                (&ty.name, ty.page, self.operations_of(id).map(|operation| operation.page).collect())
            }
            AnyType::Enum(id) => (&self.model().enumeration(id).name, self.model().enumeration(id).page, Vec::new()),
        };
        let types = self.model().types.iter().map(|ty| (&ty.name, ty.page));
        let mut all = types.chain(self.model().enums.iter().map(|ty| (&ty.name, ty.page)));
        let is_shared = all.any(|(other, its_page)| its_page == page && other != name);
        if !is_shared {
            pages.push(page);
        }
        // If the page describes several types, a problem belongs to this one if it names it, or if
        // it is between the start of this type and that of the next.
        let start = |ty: AnyType| match ty {
            AnyType::Structured(id) => self.model().structured(id).span,
            AnyType::Enum(id) => self.model().enumeration(id).span,
        };
        let own = start(ty);
        let spans = self.model().types.iter().map(|ty| ty.span).chain(self.model().enums.iter().map(|ty| ty.span));
        let next = spans.filter(|span| span.file == page && span.start > own.start).map(|span| span.start).min();
        let names_it = |problem: &&Diagnostic| {
            let labels = std::iter::once(&problem.primary).chain(&problem.secondary).map(|label| &label.text);
            let mut texts = labels.chain([&problem.message]);
            let at = problem.primary.span;
            let is_inside = own.file == page && at.start >= own.start && next.is_none_or(|next| at.start < next);
            at.file == page && (is_inside || texts.any(|text| text.contains(&name.name)))
        };
        let diagnostics = self.analysis.diagnostics.iter();
        diagnostics.filter(|problem| pages.contains(&problem.primary.span.file) || names_it(problem)).collect()
    }

    fn name(&self, ty: AnyType) -> String {
        match ty {
            AnyType::Structured(id) => self.model().structured(id).name.to_string(),
            AnyType::Enum(id) => self.model().enumeration(id).name.to_string(),
        }
    }

    /// The path of a Rust type below the root of the generated code.
    fn rust(&self, names: &TypeNames) -> String {
        let module = self.model().modules.get(names.module).map_or(&[][..], |module| &module.path);
        module.iter().chain([&names.name]).map(String::as_str).collect::<Vec<_>>().join("::")
    }

    /// A place in the form `path:line`, which editors and terminals recognize.
    fn at(&self, span: Span) -> String {
        let place = self.positions.place(span);
        let corrected = if span.file == FileId::CONFIGURATION { "corrected by " } else { "" };
        format!("{corrected}{}:{}", place.path, place.line)
    }
}

fn line(out: &mut dyn Write, what: &str, names: &[String]) -> io::Result<()> {
    match names {
        [] => Ok(()),
        names => writeln!(out, "  {what}: {}", names.join(", ")),
    }
}

fn more(out: &mut dyn Write, all: usize) -> io::Result<()> {
    match all.saturating_sub(SHOWN) {
        0 => Ok(()),
        more => writeln!(out, "  and {more} more"),
    }
}

fn count(number: usize) -> String {
    if number == 0 { "none".to_owned() } else { number.to_string() }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
