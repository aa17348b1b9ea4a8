#!/bin/sh
# Installs the outside judges of written documents, quietly, once:
#   poppler, qpdf, MuPDF            from the system's packages
#   pikepdf's PDF/A checker, PDFium, bagit   into target/judges/venv
#   pdf.js                          into target/judges/node
# Needs root (or sudo) only for system packages that are missing.
set -eu
cd "$(dirname "$0")/../.."
judges=target/judges
mkdir -p "$judges/node"

need=
command -v pdftotext >/dev/null || need="$need poppler-utils"
command -v qpdf      >/dev/null || need="$need qpdf"
command -v mutool    >/dev/null || need="$need mupdf-tools"
command -v python3   >/dev/null || need="$need python3"
python3 -c 'import ensurepip' 2>/dev/null || need="$need python3-venv"
command -v npm       >/dev/null || need="$need npm"
if [ -n "$need" ]; then
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get -qq update
    # shellcheck disable=SC2086 # a list of names
    $sudo apt-get -qq install -y --no-install-recommends $need >/dev/null
fi

if ! "$judges/venv/bin/python" -c 'import pikepdf.pdfa, pypdfium2, bagit' 2>/dev/null; then
    python3 -m venv "$judges/venv"
    "$judges/venv/bin/pip" install -q --disable-pip-version-check \
        'pikepdf[pdfa]' pypdfium2 bagit
fi

if [ ! -d "$judges/node/node_modules/pdfjs-dist" ]; then
    # Optional dependencies are for drawing; the judge only reads text.
    npm install --prefix "$judges/node" --silent --no-fund --no-audit \
        --omit=optional pdfjs-dist 2>/dev/null
fi
