#!/usr/bin/env bash
# Makes sure of a Rust that can build this crate and of the components named,
# such as `clippy`. What is there and good enough stays as it is; otherwise
# rustup, which changes nothing outside the user's home, brings the stable one.
set -euo pipefail
cd "$(dirname "$0")/../.."
least=$(sed -n 's/^rust-version = "\([0-9.]*\)".*/\1/p' Cargo.toml)

suffices() {
    local found
    found=$(cargo --version 2>/dev/null | cut -d ' ' -f 2)
    [ -n "$found" ] && [ "$(printf '%s\n' "$least" "$found" | sort -V | head -n 1)" = "$least" ]
}

if ! suffices; then
    echo "installing: Rust $least or newer, by rustup"
    if ! command -v rustup >/dev/null; then
        tests/judges/packages.sh ca-certificates curl
        curl --proto '=https' --tlsv1.2 -fsS https://sh.rustup.rs |
            sh -s -- -y -q --profile minimal --default-toolchain none --no-modify-path
        PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
    fi
    rustup -q toolchain install stable --profile minimal
    rustup -q default stable
fi

for component in "$@"; do
    "cargo-$component" --version >/dev/null 2>&1 && continue
    rustup -q component add "${component/fmt/rustfmt}"
done
