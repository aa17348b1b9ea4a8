#!/usr/bin/env bash
# Installs the outside judges that no system package holds, once and quietly,
# in versions known to agree with the tests:
#   pikepdf's PDF/A checker, PDFium, bagit,
#   pyHanko                                  into target/judges/venv
#   pdf.js                                   into target/judges/node
# The Makefile names the packages of the others: poppler, qpdf, MuPDF.
set -euo pipefail
cd "$(dirname "$0")/../.."
judges=${CARGO_TARGET_DIR:-target}/judges
mkdir -p "$judges/node"

# A machine may have Node.js with npm from elsewhere; the packages would fight it.
command -v npm >/dev/null || tests/judges/packages.sh nodejs npm

python=$judges/venv/bin/python
if ! "$python" -c 'import pikepdf.pdfa, pypdfium2, bagit, pyhanko.cli' 2>/dev/null; then
    echo "installing into $judges: pikepdf, pypdfium2, bagit, pyhanko"
    # --clear: an interrupted installation is begun again.
    python3 -m venv --clear "$judges/venv"
    "$python" -m pip install -q --disable-pip-version-check --no-input \
        'pikepdf[pdfa]==10.17.0' pypdfium2==5.15.2 bagit==1.9.0 pyhanko==0.38.0 pyhanko-cli==0.6.0
fi

if [ ! -f "$judges/node/node_modules/pdfjs-dist/legacy/build/pdf.mjs" ]; then
    echo "installing into $judges: pdfjs-dist"
    # Without its optional dependencies, which are for drawing: the judge reads.
    npm install --prefix "$judges/node" --silent --no-fund --no-audit \
        --omit=optional pdfjs-dist@5.6.205 2>/dev/null
fi
