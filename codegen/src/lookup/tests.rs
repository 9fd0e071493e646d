use super::find;
use crate::pipeline;
use crate::resolve::Options;
use crate::source::SourceMap;

/// The colon separates the key, or the name, from the path of a file.
#[test]
fn a_file_is_found_by_its_path() {
    let page = "---\ndoc_type: apiPageType\n---\n# Get file\nNamespace: disk\n\n## HTTP request\n```http\n\
        GET /disk/root:/{path}\nGET /disk/items/{id}:/{path}\n```\n";
    let sources = SourceMap::from_texts([("api/file-get.md".to_owned(), page.to_owned())]);
    let (schema, _) = pipeline::read(&sources);
    let (model, _) = pipeline::resolve(&schema, &sources, &Options::default());
    let call = |request: &str| find(&model, request).map(|found| found.call);
    assert_eq!(call("GET /disk/root:/a/b%20c.txt").as_deref(), Ok("odata.disk().root().by_path(\"a/b c.txt\").get()"));
    assert_eq!(
        call("GET /disk/items/7:/a.txt").as_deref(),
        Ok("odata.disk().items().id(\"7\").by_path(\"a.txt\").get()")
    );
    assert!(call("GET /disk/root/a.txt").is_err());
}
