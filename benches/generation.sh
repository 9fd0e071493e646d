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

# The bench program, and the command that is built for it.
programs=$(cargo bench --no-run --quiet --manifest-path "$root/Cargo.toml" --package edmark --bench pipeline --message-format json |
    python3 -c 'import json, sys
found = {}
for line in sys.stdin:
    message = json.loads(line)
    if message.get("executable"):
        found[message["target"]["kind"][0]] = message["executable"]
print(found["bench"], found["bin"])')
read -r floor command <<<"$programs"
command=${COMMAND:-$command}
python3 "$root/benches/generation.py" "$work" "$floor" "$command" "${folders[@]}"
