#!/usr/bin/env bash
# What it costs to have edmark as a build-dependency: a clean build of a crate with edmark (default-features = false) and nothing else, against the
# same with prost-build. Both alternate, so that what else the machine does falls on both; the least of each counts, in time and in time of processors.
#
#     benches/build-dependency.sh [ROUNDS] [FEATURES OF EDMARK]
#
# Fetches prost-build from the registry.
set -euo pipefail

rounds=${1:-3}
features=${2:-}
workspace=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CARGO_INCREMENTAL=0 CARGO_TERM_COLOR=never
unset CARGO_TARGET_DIR RUSTFLAGS
TIMEFORMAT='%R %U %S'

# package NAME DEPENDENCY: a crate that builds nothing but the dependency of its build.rs.
package() {
    mkdir -p "$scratch/$1/src"
    printf 'fn main() {}\n' | tee "$scratch/$1/build.rs" >"$scratch/$1/src/main.rs"
    cat >"$scratch/$1/Cargo.toml" <<TOML
[package]
name = "with-$1"
version = "0.0.0"
edition = "2024"

[build-dependencies]
$2

[workspace]
TOML
}

package edmark "edmark = { path = \"$workspace/codegen\", default-features = false, features = [${features:+\"${features//,/\",\"}\"}] }"
# The versions that the workspace has.
cp "$workspace/Cargo.lock" "$scratch/edmark"
package prost-build 'prost-build = "0.14"'

for name in edmark prost-build; do
    cargo fetch --quiet --manifest-path "$scratch/$name/Cargo.toml"
done

for ((round = 1; round <= rounds; round++)); do
    for name in edmark prost-build; do
        rm -rf "$scratch/$name/target"
        { time cargo build --quiet --offline --manifest-path "$scratch/$name/Cargo.toml" 2>&3; } 3>&2 2>>"$scratch/$name.times"
    done
done

# least NAME COLUMN: of all rounds.
least() {
    awk -v column="$2" '{ print column == 1 ? $1 : $2 + $3 }' "$scratch/$1.times" | sort -n | head -1
}

crates() {
    cargo tree --quiet --offline --manifest-path "$scratch/$1/Cargo.toml" --edges build,normal --prefix none | sort -u | wc -l
}

printf 'clean build (dev) as the only build-dependency, least of %s rounds\n' "$rounds"
for name in edmark prost-build; do
    printf '    %-12s %6s s, %6s s of processors, %s crates\n' "$name" "$(least "$name" 1)" "$(least "$name" 2)" "$(crates "$name")"
done
awk -v a="$(least edmark 1)" -v b="$(least prost-build 1)" -v c="$(least edmark 2)" -v d="$(least prost-build 2)" \
    'BEGIN { printf "    ratio        %6.2f %10.2f (goal: at most 1)\n", a / b, c / d }'
