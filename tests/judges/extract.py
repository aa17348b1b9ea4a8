"""Prints the text PDFium finds, one JSON object a page: {"page", "text"}.

With --pdfa instead: the verdict of pikepdf's PDF/A-2b checker, an allow-list
that passes only what it knows to conform. Its findings follow, if any. Level U
is level B with a Unicode value for every code, and this checker knows only the
claim B: so the claim is changed in a copy, which it may be, as XMP is plain.
That every code has its value is what the extractions show.
"""

import io
import json
import sys


def text(path):
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            found = page.get_textpage().get_text_bounded()
            print(json.dumps({"page": number, "text": found}, ensure_ascii=False))


def pdfa(path):
    import pikepdf.pdfa

    with open(path, "rb") as file:
        level = b"<pdfaid:conformance>%s<"
        copy = file.read().replace(level % b"U", level % b"B")
    report = pikepdf.pdfa.validate_written(io.BytesIO(copy), "2b")
    print(report.summary())


if __name__ == "__main__":
    *options, path = sys.argv[1:]
    pdfa(path) if "--pdfa" in options else text(path)
