#!/usr/bin/env bash
# Files the example scans in a new archive and shows what became of them.
# Usage: demo.sh SOHOA ARCHIVE
set -euo pipefail
sohoa=$(realpath "$1")
archive=$(realpath -m "$2")
cd "$(dirname "$0")/.."

heading() { printf '\n── %s\n' "$1"; }

# Only what an earlier demo made is replaced.
[ ! -e "$archive" ] || [ -f "$archive/sohoa.toml" ] || { echo "not an archive: $archive" >&2; exit 2; }
rm -rf "$archive"
mkdir -p "$(dirname "$archive")"
"$sohoa" archive init "$archive" --agency H32.18 --name 'UBND phường Nam Nha Trang'
echo
# Exit code 1 means that some paper needs a person; the table says which.
"$sohoa" ingest examples/scans --archive "$archive" || [ $? -eq 1 ]

heading 'Kho hồ sơ · The archive'
cd "$archive"
echo "$archive/"
echo '  sohoa.toml'
for dossier in dossiers/*/*/*/*/; do
    echo "  $dossier"
    (cd "$dossier" && find data text -type f | sort | sed 's/^/      /')
done
echo '      … và trong mỗi hồ sơ · and in each dossier:'
(cd "$dossier" && find . -maxdepth 1 -type f -printf '      %f\n' | sort)

# The dossier with most to decide.
shown=$(grep -lr '"page.turned"' dossiers --include=dossier.json | sort | head -n 1)
shown=${shown:-$(find dossiers -name dossier.json | sort | head -n 1)}
dossier=$(dirname "$shown")
heading "Quyết định về từng trang · Decisions, page by page: $shown"
awk -F'"' '
    $2 == "code" { told = $4 ~ /^(page|blank)[.]/ }
    $2 == "page" { page = $3; gsub(/[^0-9]/, "", page) }
    $2 == "vi" && told { print "  trang " page ": " $4 }
' "$shown"

pdf=$(find "$dossier/data" -name '001-*.pdf' ! -name '*.trang-trong.pdf')
text=$(find "$dossier/text" -name '001-*.txt')
heading "Chữ tìm thấy · Text found: $pdf"
if command -v pdftotext >/dev/null; then
    pdftotext -raw "$pdf" -
else
    cat "$text"
fi | sed -n '1,12s/^/  /p'

heading 'Xem tiếp · Where to look'
cat <<END
  Mở tệp PDF rồi tìm chữ bằng Ctrl-F · open the PDF and search in it:
      xdg-open '$archive/$pdf'
  Tìm trong cả kho · search the whole archive:
      $sohoa find 'đăng ký' --archive '$archive'
  Kiểm tra không tệp nào bị đổi · check that no file was changed:
      cd '$archive/$dossier' && sha256sum -c manifest-sha256.txt
  Chạy lại cùng lệnh: không lưu gì hai lần · run it again: nothing is filed twice:
      $sohoa ingest examples/scans --archive '$archive'
END
