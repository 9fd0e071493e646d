//! The part of the dump that comes from API pages.

use serde_json::{Value, json};

use super::{Dump, array, debug};
use crate::export::object::Object;
use crate::schema::operation::{
    BodyContent, Example, Header, Message, Operation, Parameter, Permission, Request, RequestBody, ResponseClaim,
    ResponseType,
};

impl Dump<'_> {
    pub(super) fn operation(&self, operation: &Operation) -> Value {
        Object::new()
            .with("title", operation.title.value.as_str())
            .with("at", self.at(operation.title.span))
            .with("page", self.path(operation.file))
            .maybe("summary", self.description(&operation.summary))
            .list("requests", operation.requests.iter().map(|request| self.request(request)))
            .list("parameters", operation.parameters.iter().map(|parameter| self.parameter(parameter)))
            .list(
                "query_options",
                operation.query_options.iter().map(|option| self.fact(option, |name| name.as_str().into())),
            )
            .list("headers", operation.headers.iter().map(|header| self.header(header)))
            .maybe("body", operation.body.as_ref().map(|body| self.body(body)))
            .list("responses", operation.responses.iter().map(|response| self.response(response)))
            .list("permissions", operation.permissions.iter().map(|permission| self.permission(permission)))
            .list("examples", operation.examples.iter().map(|example| self.example(example)))
            .into()
    }

    fn request(&self, request: &Request) -> Value {
        Object::new()
            .with("method", request.method.name())
            .with("at", self.at(request.span))
            .with("path", request.path.iter().map(|segment| format!("/{segment}")).collect::<String>())
            .list("query", request.query.iter().map(|(name, value)| json!({ "name": name, "value": value })))
            .into()
    }

    fn parameter(&self, parameter: &Parameter) -> Value {
        Object::new()
            .with("name", parameter.name.value.as_str())
            .with("at", self.at(parameter.name.span))
            .with("place", debug(parameter.place))
            .maybe("type", self.maybe(&parameter.ty, |ty| self.type_expr(ty)))
            .maybe("description", self.description(&parameter.description))
            .maybe("required", parameter.required)
            .into()
    }

    fn header(&self, header: &Header) -> Value {
        Object::new()
            .with("name", header.name.value.as_str())
            .with("at", self.at(header.name.span))
            .maybe("description", header.description.as_deref())
            .maybe("required", header.required)
            .into()
    }

    fn body(&self, body: &RequestBody) -> Value {
        let content = match &body.content {
            BodyContent::Type(ty) => self.type_expr(ty),
            other => debug(other),
        };
        Object::new()
            .with("content", content)
            .with("at", self.at(body.span))
            .list("members", body.members.iter().map(|member| self.parameter(member)))
            .into()
    }

    fn response(&self, claim: &ResponseClaim) -> Value {
        let value = match &claim.value {
            ResponseType::Type(ty) => self.type_expr(ty),
            other => debug(other),
        };
        Object::new()
            .with("value", value)
            .with("at", self.at(claim.span))
            .with("source", debug(claim.source))
            .maybe("status", claim.status)
            .into()
    }

    fn permission(&self, permission: &Permission) -> Value {
        Object::new()
            .with("kind", debug(&permission.kind))
            .with("at", self.at(permission.span))
            .maybe("subject", permission.subject.as_deref())
            .list("least", permission.least.iter().map(String::as_str))
            .list("higher", permission.higher.iter().map(String::as_str))
            .into()
    }

    fn example(&self, example: &Example) -> Value {
        let request = example.request.as_ref().map(|request| {
            Object::new()
                .with("method", request.method.name())
                .with("url", self.fact(&request.url, |url| url.as_str().into()))
                .with("message", self.message(&request.message))
        });
        let response = example.response.as_ref().map(|response| {
            Object::new()
                .maybe("status", self.maybe(&response.status, |status| json!(status)))
                .with("message", self.message(&response.message))
        });
        Object::new()
            .maybe("title", self.text(&example.title))
            .maybe("request", request)
            .maybe("response", response)
            .into()
    }

    fn message(&self, message: &Message) -> Value {
        Object::new()
            .list("names", message.names.iter().map(String::as_str))
            .maybe("odata_type", self.text(&message.odata_type))
            .maybe("is_collection", message.is_collection)
            .flag("truncated", message.truncated)
            .with("headers", array(&message.headers, |(name, value)| json!({ "name": name, "value": value })))
            .maybe("body", message.body.map(|body| self.at(body)))
            .flag("is_list", message.is_list)
            .into()
    }
}
