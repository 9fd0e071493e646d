//! Uploads of large files.

use std::sync::{Arc, Mutex};

use edmark_runtime::{Error, FileSource, Json, PIECE_UNIT, Source, Untyped, Upload, UploadError, Uploaded};
use http::StatusCode;
use proptest::prelude::*;

use super::service::{Service, json, run, with};

const URL: &str = "https://contoso.sharepoint.com/upload/1?key=door";
const UNIT: usize = PIECE_UNIT as usize;

fn session() -> Untyped {
    serde_json::from_value(serde_json::json!({"uploadUrl": URL, "nextExpectedRanges": ["0-"]})).unwrap()
}

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|number| (number % 251) as u8).collect()
}

/// A service that accepts pieces in order and checks them.
struct Store {
    expected: Vec<u8>,
    arrived: Mutex<Vec<u8>>,
}

impl Store {
    fn new(expected: &[u8]) -> Arc<Self> {
        Arc::new(Self { expected: expected.to_vec(), arrived: Mutex::default() })
    }

    fn response(&self, request: &http::Request<Vec<u8>>) -> http::Response<edmark_runtime::Content> {
        let mut arrived = self.arrived.lock().unwrap();
        if request.method() == "PUT" {
            let range = request.headers()["content-range"].to_str().unwrap();
            let (range, total) = range.strip_prefix("bytes ").unwrap().split_once('/').unwrap();
            let (start, end) = range.split_once('-').unwrap();
            let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
            assert_eq!((total.parse(), request.body().len()), (Ok(self.expected.len()), end + 1 - start));
            if start != arrived.len() {
                return json(416, r#"{"error": {"code": "invalidRange", "message": "Has arrived."}}"#);
            }
            arrived.extend_from_slice(request.body());
            if arrived.len() == self.expected.len() {
                assert_eq!(*arrived, self.expected);
                return json(201, r#"{"id": "01M", "name": "a.mp4"}"#);
            }
            assert_eq!(request.body().len() % UNIT, 0);
        }
        json(202, &format!(r#"{{"nextExpectedRanges": ["{}-"]}}"#, arrived.len()))
    }
}

#[test]
fn pieces_go_out_in_order_without_the_token() {
    let file = bytes(2 * UNIT + 7);
    let store = Store::new(&file);
    let service = Service::new(move |_, request| store.response(request));
    let told: Arc<Mutex<Vec<(u64, u64)>>> = Arc::default();
    let teller = Arc::clone(&told);
    let mut upload = service
        .client()
        .upload::<Json>(&session(), file)
        .unwrap()
        .pieces_of(PIECE_UNIT + 5)
        .on_progress(move |arrived, total| teller.lock().unwrap().push((arrived, total)));
    let uploaded = run(upload.send()).unwrap();
    assert_eq!(uploaded.item.unwrap()["id"], "01M");
    assert_eq!(
        service.asked(),
        [format!("PUT {URL} anonymous"), format!("PUT {URL} anonymous"), format!("PUT {URL} anonymous")]
    );
    let total = 2 * PIECE_UNIT + 7;
    assert_eq!(*told.lock().unwrap(), [(PIECE_UNIT, total), (2 * PIECE_UNIT, total), (total, total)]);
    assert_eq!(
        service.request(2).headers()["content-range"],
        format!("bytes {}-{}/{total}", 2 * PIECE_UNIT, total - 1)
    );
}

#[test]
fn a_file_is_a_source() {
    let file = bytes(UNIT + 9);
    let mut path = std::env::temp_dir();
    path.push(format!("edmark-upload-{}", std::process::id()));
    std::fs::write(&path, &file).unwrap();
    let store = Store::new(&file);
    let service = Service::new(move |_, request| store.response(request));
    let source = FileSource::open(&path).unwrap();
    assert_eq!(source.len(), file.len() as u64);
    let uploaded: Uploaded<Json> =
        run(service.client().upload(&session(), source).unwrap().pieces_of(PIECE_UNIT).send()).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(uploaded.item.is_some());
}

#[test]
fn lost_pieces_are_sent_again_after_asking() {
    let file = bytes(3 * UNIT);
    let store = Store::new(&file);
    let service = Service::failing(move |number, request| match number {
        // The piece arrives, but its response is lost.
        1 => {
            store.response(request);
            Err("connection reset".into())
        }
        3 => Ok(with(429, &[("retry-after", "7")], "")),
        _ => Ok(store.response(request)),
    });
    let mut upload = service.client().upload::<Json>(&session(), file).unwrap().pieces_of(PIECE_UNIT);
    assert!(run(upload.send()).unwrap().item.is_some());
    let methods: Vec<_> = service.asked().iter().map(|asked| asked.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(methods, ["PUT", "PUT", "GET", "PUT", "GET", "PUT"]);
    assert_eq!(service.waits(), [1.0, 7.0]);
}

#[test]
fn what_has_arrived_is_not_sent_again() {
    let file = bytes(3 * UNIT);
    let store = Store::new(&file);
    store.arrived.lock().unwrap().extend_from_slice(&file[..2 * UNIT]);
    let other = Arc::clone(&store);
    let service = Service::new(move |_, request| other.response(request));
    // Another run, which knows only the URL.
    let mut upload = Upload::<Json>::resume(&service.client(), URL, file.clone()).unwrap();
    assert!(run(upload.send()).unwrap().item.is_some());
    assert_eq!(service.asked(), [format!("GET {URL} anonymous"), format!("PUT {URL} anonymous")]);

    // The client assumes that nothing has arrived, and the service corrects this.
    let store = Store::new(&file);
    store.arrived.lock().unwrap().extend_from_slice(&file[..UNIT]);
    let service = Service::new(move |_, request| store.response(request));
    let mut upload = service.client().upload::<Json>(&session(), file).unwrap();
    assert!(run(upload.send()).unwrap().item.is_some());
    assert_eq!(service.request(2).headers()["content-range"], format!("bytes {}-{}/{}", UNIT, 3 * UNIT - 1, 3 * UNIT));
}

#[test]
fn an_error_can_be_followed_by_more() {
    let file = bytes(2 * UNIT);
    let store = Store::new(&file);
    let service = Service::failing(move |number, request| match number {
        1..=5 => Err("no network".into()),
        _ => Ok(store.response(request)),
    });
    let mut upload = service.client().upload::<Json>(&session(), file).unwrap().pieces_of(PIECE_UNIT);
    assert!(matches!(run(upload.send()), Err(Error::Transport { .. })));
    assert_eq!((service.asked().len(), service.waits()), (6, vec![1.0, 2.0, 4.0, 8.0]));
    assert!(run(upload.send()).unwrap().item.is_some());
}

#[test]
fn mailboxes_speak_otherwise() {
    // Status 200 for a piece, a capital letter, no dash, and a location instead of the item at the
    // end.
    let service = Service::new(|number, _| match number {
        0 => json(200, &format!(r#"{{"NextExpectedRanges": ["{UNIT}"]}}"#)),
        _ => with(201, &[("location", "https://outlook.office.com/attachments/1")], ""),
    });
    let mut upload = service.client().upload::<Json>(&session(), bytes(UNIT + 1)).unwrap().pieces_of(PIECE_UNIT);
    let uploaded = run(upload.send()).unwrap();
    assert_eq!((uploaded.item, uploaded.location.as_deref()), (None, Some("https://outlook.office.com/attachments/1")));
}

#[test]
fn a_deferred_file_appears_when_asked_for() {
    let service = Service::new(|_, request| match request.method().as_str() {
        "POST" => json(201, r#"{"id": "01M"}"#),
        _ => json(202, r#"{"nextExpectedRanges": []}"#),
    });
    let mut upload = service.client().upload::<Json>(&session(), bytes(5)).unwrap();
    assert_eq!(run(upload.send()).unwrap().item, None);
    assert_eq!(run(upload.commit()).unwrap().item.unwrap()["id"], "01M");
    assert_eq!(service.asked(), [format!("PUT {URL} anonymous"), format!("POST {URL} anonymous")]);
}

#[test]
fn it_can_be_cancelled() {
    let service = Service::new(|_, _| with(204, &[], ""));
    run(service.client().upload::<Json>(&session(), bytes(5)).unwrap().cancel()).unwrap();
    assert_eq!(service.asked(), [format!("DELETE {URL} anonymous")]);
}

#[test]
fn an_upload_that_gets_nowhere_ends() {
    // The service accepts everything but still expects it.
    let service = Service::new(|_, _| json(202, r#"{"nextExpectedRanges": ["0-"]}"#));
    let error = run(service.client().upload::<Json>(&session(), bytes(5)).unwrap().send()).unwrap_err();
    assert!(matches!(error, Error::Upload(UploadError::Stuck { missing: 5, .. })), "{error:?}");
    assert!(service.asked().len() <= 6);

    // A wait that exceeds the limit.
    let service = Service::new(|_, _| with(503, &[("retry-after", "18446744073709551615")], ""));
    let error = run(service.client().upload::<Json>(&session(), bytes(5)).unwrap().send()).unwrap_err();
    assert!(error.status().is_some_and(|status| status == 503) && service.waits().is_empty(), "{error:?}");

    // A service that is busy, fails or rejects the range each time.
    for status in [429, 500, 503, 416] {
        let service = Service::new(move |_, request| match request.method().as_str() {
            "PUT" => with(status, &[], "<html>"),
            _ => json(200, r#"{"nextExpectedRanges": ["0-4"]}"#),
        });
        let error = run(service.client().upload::<Json>(&session(), bytes(5)).unwrap().send()).unwrap_err();
        assert!(
            error.status().is_some_and(|it| it == status) || matches!(error, Error::Upload(UploadError::Stuck { .. })),
            "{error:?}"
        );
        assert!(service.asked().len() <= 10, "{status}: {}", service.asked().len());
    }
}

#[test]
fn errors_are_clear_and_keep_the_url() {
    type Check = fn(&Error) -> bool;
    let cases: [(u16, &str, Check); 6] = [
        (404, "", |error| matches!(error, Error::Upload(UploadError::Gone(_)))),
        (401, "", |error| error.status() == Some(StatusCode::UNAUTHORIZED)),
        (202, r#"{"nextExpectedRanges": ["soon"]}"#, |error| {
            matches!(error, Error::Upload(UploadError::Ranges { .. }))
        }),
        (202, r#"{"nextExpectedRanges": ["7-"]}"#, |error| matches!(error, Error::Upload(UploadError::Ranges { .. }))),
        (201, "<html>", |error| matches!(error, Error::Decode(_))),
        (200, r#"{"id": "0"#, |error| matches!(error, Error::Decode(_))),
    ];
    for (status, body, check) in cases {
        let service = Service::new(move |_, _| json(status, body));
        let mut upload = service.client().upload::<Json>(&session(), bytes(5)).unwrap();
        let error = run(upload.send()).unwrap_err();
        assert!(check(&error), "{error:?}");
        assert!(!format!("{error} {error:?} {upload:?}").contains("door"), "{error:?}");
        assert_eq!(upload.url(), URL);
    }
}

#[test]
fn what_cannot_begin() {
    let service = Service::new(|_, _| json(500, ""));
    let client = service.client();
    let refused = |session: &str, source: Vec<u8>| {
        let session: Untyped = serde_json::from_str(session).unwrap();
        client.upload::<Json>(&session, source).unwrap_err()
    };
    assert!(matches!(refused("{}", bytes(5)), Error::Upload(UploadError::NoUrl)));
    assert!(matches!(refused(r#"{"uploadUrl": null}"#, bytes(5)), Error::Upload(UploadError::NoUrl)));
    assert!(matches!(refused(r#"{"uploadUrl": "http://contoso.sharepoint.com/"}"#, bytes(5)), Error::Link(_)));
    assert!(matches!(
        refused(r#"{"uploadUrl": "https://contoso.sharepoint.com/"}"#, bytes(0)),
        Error::Upload(UploadError::Empty)
    ));

    /// A file that has become shorter.
    struct Shrunk;
    impl Source for Shrunk {
        fn len(&self) -> u64 {
            100
        }
        fn read(
            &self,
            _: std::ops::Range<u64>,
        ) -> edmark_runtime::BoxFuture<'_, std::io::Result<edmark_runtime::Bytes>> {
            Box::pin(async { Ok(vec![1; 50].into()) })
        }
    }
    let error = run(client.upload::<Json>(&session(), Shrunk).unwrap().send()).unwrap_err();
    assert!(matches!(error, Error::Upload(UploadError::Source(_))), "{error:?}");
    assert!(service.asked().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Even if pieces or their responses are lost or the service is busy, up to four times, the
    /// content arrives completely.
    #[test]
    fn whatever_is_lost_arrives(length in 1..4 * UNIT, pieces in 0..3 * PIECE_UNIT, mut troubles in prop::collection::vec(0..5_u8, 0..12)) {
        let mut left = 4;
        for trouble in &mut troubles {
            *trouble = if left == 0 { 0 } else { *trouble };
            left -= i32::from(*trouble > 0);
        }
        let file = bytes(length);
        let store = Store::new(&file);
        let other = Arc::clone(&store);
        let service = Service::failing(move |number, request| match troubles.get(number) {
            Some(1) => Err("the connection was lost before the piece".into()),
            Some(2) => {
                other.response(request);
                Err("the connection was lost before the response".into())
            }
            Some(3) => Ok(with(429, &[("retry-after", "1")], "")),
            Some(4) => Ok(with(503, &[], "<html>")),
            _ => Ok(other.response(request)),
        });
        let mut upload = service.client().upload::<Json>(&session(), file.clone()).unwrap().pieces_of(pieces);
        // If the response to the last piece was lost, the service reports that nothing is missing.
        let uploaded = run(upload.send()).unwrap();
        prop_assert!(uploaded.item.is_none_or(|item| item["id"] == "01M"));
        prop_assert!(*store.arrived.lock().unwrap() == file);
    }
}
