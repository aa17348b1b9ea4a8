#!/usr/bin/env bash
# Ingests the example scans into a new archive and shows the result.
# Usage: demo.sh SOHOA ARCHIVE
set -euo pipefail
sohoa=$(realpath "$1")
archive=$2
here=$(cd "$(dirname "$0")" && pwd)

rm -rf "$archive"
mkdir -p "$(dirname "$archive")"
"$sohoa" archive init "$archive" --agency H32.18 --name 'UBND phường Nam Nha Trang'
# Exit code 1 means that some document needs a person; the table says which.
"$sohoa" ingest "$here/scans" --archive "$archive" || [ $? -eq 1 ]

echo
echo "== $archive"
(cd "$archive" && find dossiers -type f | sort)
first=$(find "$archive/dossiers" -name '001-*.pdf' ! -name '*.trang-trong.pdf' | sort | head -n 1)
echo
echo "== $first"
if command -v pdftotext >/dev/null; then
    pdftotext -raw "$first" - | head -n 12
else
    text=$(find "$(dirname "$(dirname "$first")")/text" -type f | sort | head -n 1)
    head -n 12 "$text"
fi
echo
echo "Open the PDF in any viewer and search in it; dossier.json beside it says what was decided and why."
