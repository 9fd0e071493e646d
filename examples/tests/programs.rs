//! Runs each program against a mock service on 127.0.0.1.
#![allow(clippy::unwrap_used, reason = "what the test plays itself is as it should be, or the test fails")]

// The server is that of the runtime's tests.
#[path = "../../runtime/tests/transports/server.rs"]
#[allow(dead_code, reason = "these tests need a part of it")]
mod server;

use std::fs;
use std::io::Write;
use std::process::Command;

use serde_json::{Value, json};

use crate::server::{Received, Server, answer};

const TOKEN: &str = "very-secret-token";

/// A service that sends JSON responses, chosen by method and address.
fn service(script: impl Fn(&str, &Received) -> (u16, Value) + Send + Sync + 'static) -> Server {
    Server::start(move |request, stream| {
        let asked = request.line.trim_end_matches(" HTTP/1.1").replace("%20", " ");
        let (status, body) = script(&asked, request);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = answer(&format!("{status} -"), "content-type: application/json\r\n", &body);
        stream.write_all(answer.as_bytes()).unwrap();
    })
}

/// The output of a program.
fn run(program: &str, arguments: &[&str], service: &Server) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("GRAPH_TOKEN", TOKEN)
        .env("GRAPH_URL", &service.url)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert!(!errors.contains(TOKEN));
    String::from_utf8(output.stdout).unwrap()
}

/// The method and address of each received request. Checks that all had the token, except those to
/// the address of an upload.
fn asked(service: &Server) -> Vec<String> {
    let told = |request: Received| {
        let anonymous = request.line.contains("/upload?");
        assert_eq!(request.header("authorization").is_none(), anonymous, "{request:?}");
        request.line.trim_end_matches(" HTTP/1.1").replace("/v1.0", "").replace("%20", " ")
    };
    service.received().into_iter().map(told).collect()
}

#[test]
fn first_request() {
    let service = service(|_, _| (200, json!({"displayName": "Ada", "mail": "ada@contoso.com"})));
    assert_eq!(run(env!("CARGO_BIN_EXE_first_request"), &[], &service), "Ada <ada@contoso.com>\n");
    assert_eq!(asked(&service), ["GET /me?$select=displayName,mail"]);
}

#[test]
fn list_mail() {
    let service = service(|_, _| {
        let first = json!({"subject": "Tea", "receivedDateTime": "2025-03-01T09:30:00Z"});
        (200, json!({"value": [first, {"subject": null}]}))
    });
    let printed = run(env!("CARGO_BIN_EXE_list_mail"), &[], &service);
    assert_eq!(printed, "2025-03-01T09:30:00Z  Tea\n(no date)  (no subject)\n");
    assert_eq!(
        asked(&service),
        ["GET /me/messages?$select=subject,receivedDateTime&$orderby=receivedDateTime desc&$top=10"]
    );
}

#[test]
fn page_users() {
    let service = service(|asked, request| {
        let next = format!("http://{}/v1.0/users?$skiptoken=2", request.header("host").unwrap());
        match asked {
            "GET /v1.0/users?$skiptoken=2" => {
                (200, json!({"value": [{"displayName": "Bo", "mail": "bo@contoso.com"}]}))
            }
            _ => (200, json!({"value": [{"displayName": "Ada", "mail": null}], "@odata.nextLink": next})),
        }
    });
    assert_eq!(run(env!("CARGO_BIN_EXE_page_users"), &[], &service), "Ada <>\nBo <bo@contoso.com>\n");
    assert_eq!(
        asked(&service),
        ["GET /users?$filter=accountEnabled eq true&$select=displayName,mail&$top=100", "GET /users?$skiptoken=2"]
    );
}

#[test]
fn members() {
    let service = service(|_, _| {
        let user = json!({"@odata.type": "#microsoft.graph.user", "displayName": "Ada", "mail": "ada@contoso.com"});
        let group = json!({"@odata.type": "#microsoft.graph.group", "displayName": "Readers"});
        let robot = json!({"@odata.type": "#microsoft.graph.robot", "id": "r", "arms": 4});
        (200, json!({"value": [user, group, robot]}))
    });
    let printed = run(env!("CARGO_BIN_EXE_members"), &["7"], &service);
    let robot = r##"directoryObject { id: "r", additional: {"@odata.type": String("#microsoft.graph.robot"), "arms": Number(4)} }"##;
    assert_eq!(printed, format!("ada@contoso.com\nReaders\nDirectoryObject({robot})\nAda\n"));
    assert_eq!(asked(&service), ["GET /groups/7/members"; 2]);
}

#[test]
fn group() {
    let service = service(|asked, _| match asked {
        "POST /v1.0/groups" => (201, json!({"id": "a/b"})),
        _ => (204, Value::Null),
    });
    assert_eq!(run(env!("CARGO_BIN_EXE_group"), &[], &service), "a/b\n");
    assert_eq!(asked(&service), ["POST /groups", "PATCH /groups/a%2Fb"]);
    let bodies: Vec<Value> =
        service.received().iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect();
    assert_eq!(bodies[0]["displayName"], "Reading Circle");
    assert_eq!(bodies[1], json!({"description": "Books we talk about", "classification": null}));
}

#[test]
fn upload_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("talk.mp4");
    let content: Vec<u8> = (0..4_000_000_u32).map(|number| (number % 251) as u8).collect();
    fs::write(&file, &content).unwrap();
    let service = service(|asked, request| match request.header("content-range") {
        None => {
            assert_eq!(asked, "POST /v1.0/me/drive/root:/Videos/town hall.mp4:/createUploadSession");
            (200, json!({"uploadUrl": format!("http://{}/upload?key=door", request.header("host").unwrap())}))
        }
        Some("bytes 0-3276799/4000000") => (202, json!({"nextExpectedRanges": ["3276800-"]})),
        Some(_) => (201, json!({"id": "01M"})),
    });
    let arguments = [file.to_str().unwrap(), "Videos/town hall.mp4"];
    let printed = run(env!("CARGO_BIN_EXE_upload_file"), &arguments, &service);
    assert_eq!(printed, "3276800 of 4000000 bytes\n4000000 of 4000000 bytes\n01M\n");
    assert_eq!(asked(&service)[1..], ["PUT /upload?key=door", "PUT /upload?key=door"]);
    let arrived: Vec<u8> = service.received().into_iter().skip(1).flat_map(|request| request.body).collect();
    assert!(arrived == content, "what arrived is not what was sent");
}

#[test]
fn delta_users() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("link");
    let service = service(|asked, request| {
        let at = |token| format!("http://{}/v1.0/users/delta?{token}", request.header("host").unwrap());
        match asked.rsplit_once('?').map(|(_, query)| query) {
            Some("$deltatoken=1") => {
                let gone = json!({"id": "17", "@removed": {"reason": "deleted"}});
                (200, json!({"value": [gone], "@odata.deltaLink": at("$deltatoken=2")}))
            }
            Some("$deltatoken=2") => {
                (410, json!({"error": {"code": "resyncRequired", "message": "It is too long ago."}}))
            }
            Some("$skiptoken=1") => {
                (200, json!({"value": [{"displayName": "Bo"}], "@odata.deltaLink": at("$deltatoken=1")}))
            }
            _ => (200, json!({"value": [{"displayName": "Ada"}], "@odata.nextLink": at("$skiptoken=1")})),
        }
    });
    let round = || run(env!("CARGO_BIN_EXE_delta_users"), &[link.to_str().unwrap()], &service);
    let all = "changed: Ada\nchanged: Bo\n";
    assert_eq!(round(), all);
    assert_eq!(round(), "removed: 17\n");
    assert_eq!(round(), format!("the last time is too long ago: all users follow\n{all}"));
    let first = "GET /users/delta?$select=displayName,jobTitle";
    let (second, since) = ("GET /users/delta?$skiptoken=1", "GET /users/delta?$deltatoken=");
    assert_eq!(asked(&service), [first, second, &format!("{since}1"), &format!("{since}2"), first, second]);
}

#[test]
fn batch() {
    let service = service(|asked, request| {
        assert_eq!(asked, "POST /v1.0/$batch");
        let document: Value = serde_json::from_slice(&request.body).unwrap();
        let urls: Vec<_> = document["requests"].as_array().unwrap().iter().map(|step| step["url"].clone()).collect();
        assert_eq!(urls, ["/me?$select=displayName", "/me/messages?$select=subject&$top=3", "/me/mailFolders"]);
        let json = json!({"Content-Type": "application/json"});
        let denied = json!({"error": {"code": "accessDenied", "message": "Not you."}});
        let responses = json!([
            {"id": "1", "status": 200, "headers": json, "body": {"value": [{"subject": "Tea"}]}},
            {"id": "0", "status": 200, "headers": json, "body": {"displayName": "Ada"}},
            {"id": "2", "status": 403, "headers": json, "body": denied},
        ]);
        (200, json!({ "responses": responses }))
    });
    let output = run(env!("CARGO_BIN_EXE_batch"), &[], &service);
    let (said, reason) = output.split_once(" to GET ").unwrap();
    assert_eq!(said, "Ada\n- Tea\nno folders: the service answered 403 Forbidden");
    let (place, reason) = reason.split_once(" in a batch").unwrap();
    assert!(place.ends_with("/v1.0/me/mailFolders"), "{output}");
    assert!(reason.starts_with(": accessDenied: Not you. (client request "), "{output}");
}

#[test]
fn errors_are_said_and_end_the_program() {
    let service =
        service(|_, _| (401, json!({"error": {"code": "InvalidAuthenticationToken", "message": "It has expired."}})));
    let output = Command::new(env!("CARGO_BIN_EXE_list_mail"))
        .env("GRAPH_TOKEN", TOKEN)
        .env("GRAPH_URL", &service.url)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("InvalidAuthenticationToken") && !errors.contains(TOKEN), "{errors}");
}
