mod document;
mod plan;
