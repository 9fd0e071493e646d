//! The version of the service that an example calls: `https://host/beta/lamps` among pages of
//! `v1.0`.

use crate::hashing::HashMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::replays::Replay;
use crate::schema::DocumentedOperation;
use crate::source::FileId;
use crate::url::is_version;

/// An example that calls another version is a mistake if at most one in so many examples does. If
/// more do, the pages describe both versions.
const FEW: usize = 20;

/// Reports the examples that call another version than the others.
pub(super) fn check(
    replays: &[Replay],
    root: Option<&str>,
    pages: &HashMap<FileId, &DocumentedOperation>,
    diagnostics: &mut Diagnostics,
) {
    let Some((host, version)) = root.and_then(|root| root.trim_end_matches('/').rsplit_once('/')) else { return };
    if !is_version(version) {
        return;
    }
    let called = |replay: &Replay| {
        let rest = replay.url.value.strip_prefix(host)?.strip_prefix('/')?;
        let called = rest.split(['/', '?']).next()?;
        is_version(called).then(|| called.to_owned())
    };
    let all: Vec<(&Replay, String)> = replays.iter().filter_map(|replay| Some((replay, called(replay)?))).collect();
    let (same, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(_, called)| called.eq_ignore_ascii_case(version));
    if others.len() * FEW > same.len() {
        return;
    }
    for (replay, called) in others.into_iter().filter(|(replay, _)| pages.contains_key(&replay.page)) {
        diagnostics.push(
            Diagnostic::new(
                Code::ExampleRequestUnknown,
                replay.url.span,
                format!("the example calls `{called}`, and these pages are of `{version}`"),
            )
            .help("correct the version in the URL"),
        );
    }
}
