#!/usr/bin/env bash
# What the action does. BASE is the revision to compare with, CONFIG the edmark.toml, DENY empty or
# `breaking`; the difference goes to GITHUB_STEP_SUMMARY and, where COMMENT is `true`, to the pull
# request PULL_REQUEST by `gh`. edmark has to be on the PATH.
set -euo pipefail
: "${BASE:?the revision to compare with}" "${CONFIG:=edmark.toml}" "${DENY:=}" "${COMMENT:=false}"

failed=0
edmark lint --config "$CONFIG" --since "$BASE" --format github || failed=$?
(( failed < 2 )) || exit "$failed"

difference=$(mktemp)
trap 'rm -f "$difference"' EXIT
breaks=0
edmark diff "$BASE:$CONFIG" "$CONFIG" --format markdown ${DENY:+--deny "$DENY"} >"$difference" || breaks=$?
(( breaks < 2 )) || exit "$breaks"
cat "$difference" >>"${GITHUB_STEP_SUMMARY:-/dev/stderr}"
if [[ $COMMENT == true && -n ${PULL_REQUEST:-} ]]; then
    # One comment, brought up to date by each push.
    gh pr comment "$PULL_REQUEST" --edit-last --create-if-none --body-file "$difference"
fi
exit $(( failed > breaks ? failed : breaks ))
