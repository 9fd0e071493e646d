#!/usr/bin/env bash
# What the README says, done by someone who has nothing but Rust: a clone, an empty cargo home, an
# empty target folder, and at the end a request that a server on this machine answers. Prints how
# long each step takes. NEWCOMER_CARGO_HOME is a cargo home to use in place of an empty one.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
place=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null; rm -rf "$place"' EXIT

# Where crates come from is this machine's own setting, not a part of what is tried.
settings=${CARGO_HOME:-$HOME/.cargo}/config.toml
export CARGO_HOME=${NEWCOMER_CARGO_HOME:-$place/cargo-home} CARGO_TERM_COLOR=never
unset CARGO_TARGET_DIR RUSTFLAGS
mkdir -p "$CARGO_HOME"
if [[ -z ${NEWCOMER_CARGO_HOME:-} && -f $settings ]]; then cp "$settings" "$CARGO_HOME/"; fi

begin=$SECONDS
step() {
    local from=$SECONDS name=$1
    shift
    "$@"
    printf '%4s s  %s\n' "$((SECONDS - from))" "$name"
}
fail() {
    echo "newcomer: $1" >&2
    exit 1
}

# The block of the README that has a title, or follows a line.
titled() {
    awk -v title="title=\"$1\"" '
        /^```/ { if (inside) exit; inside = index($0, title) > 0; next }
        inside' "$place/edmark/README.md"
}

step 'clone' git clone --quiet "$repository" "$place/edmark"
cd "$place/edmark"
command=$(grep --max-count=1 '^cargo run --bin edmark' README.md)
first_result() { bash -c "$command" >"$place/result" 2>"$place/log" || { cat "$place/log" >&2; fail 'the first command'; }; }
step 'the first result' first_result
expected=$(awk '/^```text/ { inside = 1; next } /^```/ { inside = 0 } inside && /^generated:/' README.md)
[[ $(cat "$place/result") == "$expected" ]] || fail "the README promises \`$expected\`, and it was: $(cat "$place/result")"

mkdir -p "$place/first-request/src"
cd "$place/first-request"
titled Cargo.toml >Cargo.toml
titled src/main.rs >src/main.rs
# The versions that the project is tested with.
cp "$place/edmark/Cargo.lock" .
build() { cargo build --quiet || fail 'the first request does not compile'; }
step 'the first request is built' build

rustc --edition 2024 -o "$place/server" "$repository/tests/newcomer/server.rs"
"$place/server" >"$place/address" &
server=$!
for _ in {1..100}; do
    [[ -s $place/address ]] && break
    sleep 0.1
done
ask() { GRAPH_TOKEN=a-token GRAPH_URL=$(cat "$place/address") cargo run --quiet >"$place/result" || fail 'the first request'; }
step 'the first request is answered' ask
[[ $(cat "$place/result") == 'Ada <ada@contoso.com>' ]] || fail "the program printed: $(cat "$place/result")"
printf '%4s s  from nothing to a request that is answered\n' "$((SECONDS - begin))"
