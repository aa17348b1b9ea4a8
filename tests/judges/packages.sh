#!/usr/bin/env bash
# Installs the Debian packages named that are not there yet, as root or by sudo.
set -euo pipefail
if ! command -v apt-get >/dev/null; then
    echo "this is not Debian or Ubuntu; it must have what these packages hold: $*" >&2
    exit 0
fi
missing=()
for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
        missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "type as root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "installing: ${missing[*]}"
# sudo forgets the environment unless it is told.
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c '
    apt-get -qq update &&
    apt-get -qq install -y --no-install-recommends "$@" >/dev/null' sh "${missing[@]}"
