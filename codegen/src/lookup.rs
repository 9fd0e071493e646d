//! Finds the call of the generated code that makes a given request, for example from documentation
//! or a log.
//!
//! ```
//! use edmark::{lookup, pipeline, resolve, source::SourceMap};
//!
//! let metadata = r#"{"$Version": "4.01", "zoo": {
//!     "Animal": {"$Kind": "EntityType", "$Key": ["ID"], "ID": {"$Type": "Edm.Int32"}},
//!     "Zoo": {"$Kind": "EntityContainer", "Animals": {"$Collection": true, "$Type": "zoo.Animal"}}
//! }}"#;
//! let sources = SourceMap::with_metadata([], [("zoo.json".to_owned(), metadata.to_owned())]);
//! let (schema, _) = pipeline::read_metadata(&sources)?;
//! let (model, _) = pipeline::resolve(&schema, &sources, &resolve::Options::default());
//! let found = lookup::find(&model, "GET /Animals(7)").expect("a call");
//! assert_eq!(found.call, "odata.animals().id(7).get()");
//! let unknown = lookup::find(&model, "GET /Animals(7)/keeper").expect_err("no such property");
//! assert_eq!(unknown.known, "/Animals(7)");
//! # Ok::<(), edmark::read::csdl::MetadataError>(())
//! ```

mod forbidden;
mod properties;
#[cfg(test)]
mod tests;
mod text;
mod url;

use crate::model::requests::Operation;
use crate::model::{HttpMethod, Model};

use self::properties::PropertyPath;
use self::url::Url;
use crate::path_template::{Form, Token};
use crate::request_path::ways;

/// The call that makes a request.
#[derive(Clone, Debug)]
pub struct Found<'m> {
    /// The chain of calls. It begins with `odata`, the entry point of the generated code (`graph`
    /// for Microsoft Graph).
    pub call: String,
    /// The operation at the end of the chain; `None` for a batch, which consists of other requests,
    /// and for a request of one property, which is the same for all entities.
    pub operation: Option<&'m Operation>,
}

/// The reason why no call makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The longest part of the path that is known, as it was written: `/Animals(7)`. It is the
    /// whole path if only the HTTP method is not known.
    pub known: String,
    /// The chain of calls for that part.
    pub chain: String,
    /// The HTTP methods of the whole path; empty if the path is not known.
    pub methods: Vec<HttpMethod>,
}

/// Finds the call that makes a request: `GET /People('russellwhyte')/Friends?$top=2`. A URL without
/// a method is a GET.
///
/// The path can have values or placeholders (`{id}`, `'{id}'`), keys in parentheses or as segments,
/// and names of operations and casts with their namespace, an alias or neither.
///
/// # Errors
/// [`Unknown`] with the longest part of the path that is known.
pub fn find<'m>(model: &'m Model, request: &str) -> Result<Found<'m>, Unknown> {
    let url = Url::parse(request, model.service.root.as_deref());
    let has_batches = model.service.protocol.batch_limit != Some(0);
    if has_batches
        && url.http == HttpMethod::Post
        && matches!(url.tokens.last(), Some(Token::Segment(name)) if name == "$batch")
    {
        let call = format!("{}.client().batch()", text::chain(model, &[]));
        return Ok(Found { call, operation: None });
    }
    let mut best = None;
    // It is not known where the service root ends in an absolute URL of another host, so the path
    // may begin at any segment.
    let starts = if url.is_absolute { url.starts() } else { vec![0] };
    for start in starts {
        let tokens = &url.tokens[start..];
        // The steps that take the most tokens, and the properties that the rest of the path names.
        let (mut reached, mut steps, mut properties) = (0, Vec::new(), Vec::new());
        let mut ways = ways(model, tokens, &mut |builder, known, position| {
            if position > reached {
                (reached, steps) = (position, known.to_vec());
            }
            properties.extend(PropertyPath::of(model, builder, known, tokens, position));
        });
        properties.sort_by_key(|path| std::cmp::Reverse(path.position));
        ways.retain(|way| way.taken().all(|taken| taken.form != Form::OtherValue));
        ways.retain(|way| !forbidden::is_forbidden(model, &way.steps, way.operation(model)));
        // Those with the service's own form of keys come first.
        ways.sort_by_key(|way| way.steps.iter().map(|step| step.taken.values.len()).sum::<usize>());
        if let Some(way) = ways.iter().find(|way| way.operation(model).http == url.http) {
            let operation = way.operation(model);
            return Ok(Found { call: text::call(model, way, &url), operation: Some(operation) });
        }
        if let Some(call) = properties.iter().find_map(|path| path.call(model, &url)) {
            return Ok(Found { call, operation: None });
        }
        let mut methods: Vec<HttpMethod> = ways.iter().map(|way| way.operation(model).http).collect();
        methods.extend(properties.iter().flat_map(PropertyPath::methods));
        let chain = text::chain(model, &steps);
        let depth = (!methods.is_empty(), if methods.is_empty() { reached } else { url.tokens.len() - start });
        if best.as_ref().is_none_or(|(known, _)| *known < depth) {
            let known = url.written(start, start + depth.1);
            methods.sort_by_key(|method| method.name());
            methods.dedup();
            best = Some((depth, Unknown { known, chain, methods }));
        }
    }
    Err(best.map_or_else(
        || Unknown { known: String::new(), chain: String::new(), methods: Vec::new() },
        |(_, found)| found,
    ))
}
