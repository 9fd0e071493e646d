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
# What was learned on v1.0 (rustc 1.95; a copy of the crate without one kind of item, one run on busy cores; the whole
# took 14.6 s of CPU and 1,149 MB there, and 12.0 s on idle ones):
#
#   without requests             13.9 s    940 MB      builders without `Clone` and `Debug`  1,104 MB
#   without property constants   12.1 s  1,049 MB      requests without documentation        1,139 MB
#   without both                 10.4 s    841 MB      `==` that compares the addresses      1,098 MB
#   without any root              5.7 s    461 MB      a `default` without a body            1,128 MB
#
# By an earlier run, which began at 1,138 MB, a `clone`, an `offer` and a `slot` without bodies save 49, 49 and 36 MB,
# and all documentation 18. Of the memory, 330 MB are the syntax trees, 120 MB resolved names, 160 MB types and 360 MB
# borrow checking: the number of bodies counts, and most were one of sixteen in each of 1,184 structs. Since then three
# of the sixteen are the runtime's, through the associated type `Kind`: 13.4 s and 1,176 MB became 12.5 s and 1,100 MB
# (alternating runs). So 800 MB are not reached by the whole crate, even if it had no request and no constant, but by
# every program that names its roots.
#
# A blanket `impl Value` for all structured types saves 13 MB less, makes the documentation 3 % larger, and asks of a
# `Box` that it is a structured type, after which `boxed.with(…)` does not compile.
#
# An `==` of the runtime's, by what `offer` gives, in place of a derived one: 1,099 MB became 1,056 MB.
#
# Tried and not kept: names of properties within the static that holds them (12 MB less, longer lines); constants made
# by a free function (13 MB less), requests made by a method of the location (4 MB less), and free functions in place
# of the methods in `offer` and `slot` (12 MB more).
#
# What is left in the bodies, by runs that began at 1,032 MB: without `additional` and `additional_mut` 29 MB less; one
# function in place of `type_info` and `additional`, 11 less; a `clone` that is one call of the runtime, 35 less (how
# fast such a copy is was not measured); no `ValueFor` in `derived_from!`, 4 less; no `#[inline]`, 3 less; builders
# without `Clone` and `Debug`, 37 less. The first, third, fourth and last of these together, with the names within the
# static, leave 913 MB, so shorter bodies alone do not lead to 800.
#
# When one line of a program has changed that has all of v1.0 by `include!`, the compiler takes 7 s of CPU: 0.9 expand
# and 0.9 resolve the names of all of it, 1.2 are lints and dead code, 1.0 types and borrows, 1.2 write what the next
# time needs, the rest reads that and lowers the syntax. Each is in proportion to the items, and none is kept from the
# last time, so 3 s need less than half of the items. As a crate of its own, it is not looked at.
#
# rustdoc writes 142 MB: 45 MB are blanket implementations and 9 MB automatic traits, the same on each page, 27 MB the
# implementations of derived traits, 22 MB declarations and side bars, 20 MB the search index and lists of implementors.
# No stable option leaves the first two out: of the 22 kB of blanket implementations on the page of `User`, 16 are the
# standard library's, 1 serde's and 5 the runtime's, of which 3 show `with`. So half is not reached either.
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

# A program that has all of it, as a crate or by `include!`, after one line was changed.
cargo run --quiet --manifest-path "$root/Cargo.toml" --package edmark -- generate --quiet \
    --docs "$docs" --single-file --out "$work/file"
for how in crate include; do
    mkdir -p "$work/$how-program/src"
    cp "$root/Cargo.lock" "$work/$how-program/"
    {
        printf '[package]\nname = "program"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
        if [[ $how == crate ]]; then
            echo 'service = { path = "../crate" }'
        else
            printf 'edmark-runtime = { path = "%s" }\nserde_json = "1"\n' "$root/runtime"
            echo 'serde = { version = "1", default-features = false, features = ["std"] }'
        fi
    } >"$work/$how-program/Cargo.toml"
done
echo 'pub use service as graph;' >"$work/crate-program/src/main.rs"
echo "pub mod graph { include!(\"$work/file/$(cd "$work/file" && echo *.rs)\"); }" >"$work/include-program/src/main.rs"
(
    export CARGO_INCREMENTAL=1
    for how in crate include; do
        cd "$work/$how-program"
        echo 'fn main() { println!("{:?}", graph::Graph::offline()); }' >>src/main.rs
        cargo check --quiet 2>"$work/warnings" || { cat "$work/warnings" >&2; exit 1; }
        for ((round = 1; round <= rounds; round++)); do
            sed -i.old 's/{:?}/{:?} /' src/main.rs
            echo "| re-check of a program, $how | $(python3 "$work/measure.py" cargo check | sed 's/ / | /') |"
        done | sort -t'|' -k3n | head -1
    done
)

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
