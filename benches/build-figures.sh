#!/usr/bin/env bash
# What a user's builds pay for generated code: edmark's against the designs of benches/references, for the same pages.
#
#   benches/build-figures.sh [DOCS]
#
# DOCS: a folder of pages; $EDMARK_CORPUS/v1.0 where that is set, docs/ otherwise.
# ROUNDS (3): how often each is measured, design after design; the minimum counts.
# DESIGNS ("edmark derive flatten visitors"): which are measured. STEPS ("check build leaf release"): what is.
# WORK: where to work and keep what was built; otherwise a temporary folder.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
docs=${1:-${EDMARK_CORPUS:+$EDMARK_CORPUS/v1.0}}
docs=$(cd "${docs:-$root/docs}" && pwd)
rounds=${ROUNDS:-3}
read -ra designs <<<"${DESIGNS:-edmark derive flatten visitors}"
read -ra steps <<<"${STEPS:-check build leaf release}"
work=${WORK:-}
if [[ -z $work ]]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work"

cargo run ${PROFILE:+--profile "$PROFILE"} --quiet --manifest-path "$root/Cargo.toml" --package edmark-references -- "$docs" "$root/runtime" "$work"
# All code is compiled in one piece, as it is the first time; each design has a target folder of its own.
export CARGO_INCREMENTAL=0
unset CARGO_TARGET_DIR

cat >"$work/measure.py" <<'PYTHON'
import resource, subprocess, sys, time
start = time.monotonic()
run = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
wall = time.monotonic() - start
if run.returncode:
    sys.exit(run.stderr.decode())
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
print(f"{wall:.2f} {used.ru_utime + used.ru_stime:.2f} {used.ru_maxrss / unit:.0f}")
PYTHON

arguments_of() {
    case $1 in
        check) echo check --package models ;;
        build) echo build --package models ;;
        leaf) echo build --package leaf ;;
        release) echo build --release --package leaf ;;
        *) echo "no step is called $1" >&2; exit 2 ;;
    esac
}

for design in "${designs[@]}"; do
    cp "$root/Cargo.lock" "$work/$design/"
    for step in "${steps[@]}"; do
        read -ra arguments <<<"$(arguments_of "$step")"
        arguments[-1]+=-dependencies
        echo "$design: dependencies for $step" >&2
        cargo "${arguments[@]}" --quiet --manifest-path "$work/$design/Cargo.toml"
    done
done

: >"$work/figures"
for ((round = 1; round <= rounds; round++)); do
    for step in "${steps[@]}"; do
        read -ra arguments <<<"$(arguments_of "$step")"
        for design in "${designs[@]}"; do
            touch "$work/$design/models/src/lib.rs" "$work/$design/leaf/src/main.rs"
            figures=$(cd "$work/$design" && python3 ../measure.py cargo "${arguments[@]}")
            echo "$step $design $figures" | tee -a "$work/figures" >&2
        done
    done
done
for design in "${designs[@]}"; do
    binary=$work/$design/target/release/leaf
    [[ ! -f $binary ]] || echo "binary $design $(wc -c <"$binary")" >>"$work/figures"
done

rustc --version
echo "$(nproc 2>/dev/null || echo '?') cores, load $(uptime | sed 's/.*average[s]*: *//'); minima of $rounds rounds; in brackets: against derive"
python3 - "$work/figures" <<'PYTHON'
import sys
best, size, order = {}, {}, []
for line in open(sys.argv[1]):
    step, design, *figures = line.split()
    if step == "binary":
        size[design] = int(figures[0])
        continue
    if step not in order:
        order.append(step)
    for what, figure in zip(("wall s", "CPU s", "peak MB"), map(float, figures)):
        key = (step, what, design)
        best[key] = min(best.get(key, figure), figure)
designs = list(dict.fromkeys(key[2] for key in best))
names = {
    "check": "`cargo check` of the models",
    "build": "`cargo build` of the models",
    "leaf": "dev build of the leaf, models included",
    "release": "release build of the leaf, models included",
}
print("| |", " | ".join(designs), "|\n| --- |", " | ".join("---:" for _ in designs), "|")
def row(name, figures, digits):
    base = figures.get("derive")
    cells = []
    for design in designs:
        figure = figures.get(design)
        ratio = f" ({figure / base:.2f})" if base and figure is not None and design != "derive" else ""
        cells.append("" if figure is None else f"{figure:.{digits}f}{ratio}")
    print(f"| {name} |", " | ".join(cells), "|")
for step in order:
    for what in ("wall s", "CPU s", "peak MB"):
        figures = {design: best[step, what, design] for design in designs}
        row(f"{names[step]}, {what}", figures, 0 if what == "peak MB" else 1)
if size:
    row("release binary of the leaf, stripped, kB", {design: bytes / 1000 for design, bytes in size.items()}, 0)
PYTHON
