#!/usr/bin/env bash
# What the crate of a whole service costs: checking all of it, a part of its roots, and its documentation.
#
#   benches/crate-figures.sh [DOCS]
#
# DOCS: a folder of pages; $EDMARK_CORPUS/v1.0 where that is set, docs/ otherwise.
# ROOTS ("users subscriptions"): which roots are checked alone.
# ROUNDS (3): how often each is measured; the minimum counts.
# WORK: where to work and keep what was built; otherwise a temporary folder.
#
# What was learned on v1.0 (rustc 1.95, one run on busy cores; a copy of the crate without one kind of item; the whole
# takes 17.9 s of CPU and 1,138 MB):
#
#   without documentation      16.8 s  1,120 MB      with an `offer` that does nothing   14.1 s  1,089 MB
#   without conversions        16.9 s  1,136 MB      with a `slot` that does nothing     13.9 s  1,102 MB
#   with an `==` that is true  16.3 s  1,076 MB      without any root                     5.7 s    461 MB
#   with an empty `clone`      16.6 s  1,089 MB
#
# Of the memory, 330 MB are the syntax trees, 120 MB resolved names, 160 MB types and 360 MB borrow checking: the
# number of bodies counts, and no kind of body above has much alone (property constants were not measured). So 800 MB
# are not reached by leaving one of them out, only by leaving out roots.
#
# rustdoc writes 142 MB: 45 MB are blanket implementations and 9 MB automatic traits, the same on each page, 27 MB the
# implementations of derived traits, 22 MB declarations and side bars, 20 MB the search index and lists of implementors.
# No stable option leaves the first two out, so half is not reached either.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
docs=${1:-${EDMARK_CORPUS:+$EDMARK_CORPUS/v1.0}}
docs=$(cd "${docs:-$root/docs}" && pwd)
rounds=${ROUNDS:-3}
read -ra roots <<<"${ROOTS:-users subscriptions}"
work=${WORK:-}
if [[ -z $work ]]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work"

cargo run --quiet --manifest-path "$root/Cargo.toml" --package edmark -- generate --quiet \
    --docs "$docs" --crate service --runtime-path "$root/runtime" --out "$work/crate"
cp "$root/Cargo.lock" "$work/crate/"
# All code is checked in one piece, as it is the first time.
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$work/target
cd "$work/crate"

cat >"$work/measure.py" <<'PYTHON'
import resource, subprocess, sys
run = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
if run.returncode:
    sys.exit(run.stderr.decode())
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
print(f"{used.ru_utime + used.ru_stime:.2f} {used.ru_maxrss / unit:.0f}")
PYTHON

# check NAME ARGUMENT…: a row with the least CPU time and memory of all rounds.
check() {
    local name=$1
    shift
    cargo check --quiet "$@"
    for ((round = 1; round <= rounds; round++)); do
        touch src/lib.rs
        python3 "$work/measure.py" cargo check "$@"
    done | python3 -c '
import sys
rows = [list(map(float, line.split())) for line in sys.stdin]
cpu, memory = (min(column) for column in zip(*rows))
print(f"| {sys.argv[1]} | {cpu:.1f} | {memory:.0f} |")' "$name"
}

rustc --version
echo "load $(uptime | sed 's/.*average[s]*: *//'); minima of $rounds rounds"
echo '| cargo check | CPU s | peak MB |'
echo '| --- | ---: | ---: |'
check 'all roots, as by default'
check 'no root' --no-default-features
for name in "${roots[@]}"; do
    check "$name alone" --no-default-features --features "$name"
done

cargo doc --quiet --no-deps
python3 - "$CARGO_TARGET_DIR/doc" <<'PYTHON'
import collections, pathlib, re, sys
doc = pathlib.Path(sys.argv[1])
files = [path for path in doc.rglob("*") if path.is_file()]
print(f"\nrustdoc: {sum(path.stat().st_size for path in files) / 1e6:.0f} MB in {len(files)} files")
parts, sections = collections.Counter(), collections.Counter()
for path in files:
    part = path.relative_to(doc).parts[0]
    parts[part] += path.stat().st_size
    if path.suffix == ".html" and re.match(r"(struct|enum)\.", path.name):
        head, *rest = re.split(r'<h2 id="([a-z-]+)" class="', path.read_text())
        sections["the head and the side bar"] += len(head)
        for name, text in zip(rest[::2], rest[1::2]):
            sections[name.replace("-", " ")] += len(text)
for title, sizes in ("folder", parts), ("section of the pages of types", sections):
    print(f"\n| {title} | MB |\n| --- | ---: |")
    for name, size in sizes.most_common():
        if size > 5e4:
            print(f"| {name} | {size / 1e6:.1f} |")
PYTHON
