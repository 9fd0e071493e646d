#!/usr/bin/env bash
# What generation costs, each figure beside its reference in the same run.
#
#   benches/generation.sh [DOCS…]
#
# DOCS: folders of pages; docs/ and, where that is set, $EDMARK_CORPUS/v1.0 otherwise.
# ROUNDS (5): how often each is measured; all alternate, and the minimum counts.
# INSTRUCTIONS (0): 1 also counts instructions on one thread, by valgrind's callgrind: minutes.
# HOSTILE (1): 0 leaves out the pages that are made to be slow.
# COMMAND: an `edmark` built already, to be compared with this tree's.
#
# The reference of the first table is the floor of `cargo bench -p edmark`: to read the pages and go
# once through pulldown-cmark's events, on one thread. The reference of the second is the same page
# at half its size: what is linear takes twice as long, beside what it takes for an empty page.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folders=("$@")
if [[ $# -eq 0 ]]; then
    folders=("$root/docs" ${EDMARK_CORPUS:+"$EDMARK_CORPUS/v1.0"})
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# built KIND ARGUMENTS…: the program that cargo builds.
built() {
    local kind=$1
    shift
    cargo "$@" --quiet --manifest-path "$root/Cargo.toml" --package edmark --message-format json |
        python3 -c 'import json, sys
for line in sys.stdin:
    message = json.loads(line)
    if message.get("executable") and sys.argv[1] in message["target"]["kind"]:
        print(message["executable"])' "$kind" | tail -1
}

floor=$(built bench bench --no-run --bench pipeline)
command=${COMMAND:-$(built bin build --profile bench --bin edmark)}
python3 "$root/benches/generation.py" "$work" "$floor" "$command" "${folders[@]}"
