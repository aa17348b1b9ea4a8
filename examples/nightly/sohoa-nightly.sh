#!/bin/sh
# Files what the scanners left behind during the day, and tells a person only
# when a person is needed. Moves nothing and deletes nothing: what lies in the
# spool a second night is recognised by its content and not filed again.
#
#   SOHOA_SPOOL     the scanners' folder                       (required)
#   SOHOA_ARCHIVE   the archive                                (required)
#   SOHOA_LOGS      folder of the logs, one pair a day         (required)
#   SOHOA_MAIL_TO   who is told; without it, standard output is
#   SOHOA           the program, if it is not on the path
#
# Ends with the code of `sohoa ingest`: 0 all filed, 1 a person is needed,
# 2 trouble, 3 undecided, 130 interrupted (the next night goes on).
set -eu
umask 027

spool=${SOHOA_SPOOL:?name the folder of the scanners in SOHOA_SPOOL}
archive=${SOHOA_ARCHIVE:?name the archive in SOHOA_ARCHIVE}
logs=${SOHOA_LOGS:?name the folder of the logs in SOHOA_LOGS}
sohoa=${SOHOA:-sohoa}
day=$(date +%Y-%m-%d)
record=$logs/$day.jsonl
messages=$logs/$day.txt
host=$(uname -n)

# Tells a person: by mail where an address is given, else on standard output,
# which cron mails and the journal keeps. A mail that cannot be sent is said.
tell() {
    if [ -n "${SOHOA_MAIL_TO:-}" ]; then
        mail -s "[sohoa] $host: $1" "$SOHOA_MAIL_TO" ||
            echo "không gửi được thư tới $SOHOA_MAIL_TO: $1" >&2
    else
        printf '%s\n\n' "$1"
        cat
    fi
}

# What needs a person in the lines of this night: result, file, reason.
# The names of secret papers are not in the record, so they are not told.
needing() {
    tail -n "+$first" "$record" | awk '
        function value(line, key,    at, text, end) {
            at = index(line, "\"" key "\":\"")
            if (!at) return ""
            text = substr(line, at + length(key) + 4)
            if (substr(text, 1, 1) == "\"") return ""
            end = match(text, /[^\\]"/)
            text = end ? substr(text, 1, end) : ""
            gsub(/\\"/, "\"", text); gsub(/\\\\/, "\\", text)
            return text
        }
        function reason(line,    at) {
            at = index(line, "\"weight\":\"needs_person\"")
            return value(at ? substr(line, at) : line, "vi")
        }
        /"kind":"document"/ {
            status = value($0, "status")
            if (status == "filed" || status == "already_filed") next
            if (status == "needs_person") label = "Cần người xem"
            else if (status == "quarantined") label = "Cách ly"
            else if (status == "secret") label = "Có dấu chỉ độ mật"
            else label = "Lỗi"
            name = value($0, "input")
            if (name == "" && match($0, /"number":[0-9]+/))
                name = "đầu vào thứ " substr($0, RSTART + 9, RLENGTH - 9)
            print "- " label ": " name
            why = reason($0)
            if (why != "") print "    " why
        }
    '
}

summary() {
    needing
    printf '\n%s: %s\n%s: %s\n' 'Nhật ký' "$record" 'Thông báo' "$messages"
    if [ -s "$messages" ]; then
        tail -n 20 "$messages"
    fi
}

mkdir -p "$logs"
touch "$record"
exec 9>"$logs/nightly.lock"
if ! flock -n 9; then
    echo 'Lần chạy trước chưa xong; đêm nay không chạy thêm.' |
        tell 'SỰ CỐ: lần chạy trước chưa xong'
    exit 2
fi

# The record of a day may hold an earlier run; only this one is told.
first=$(($(wc -l <"$record") + 1))
status=0
"$sohoa" ingest "$spool" --archive "$archive" --json --quiet --lang vi \
    >>"$record" 2>"$messages" || status=$?

case $status in
0) ;;
1 | 3) summary | tell 'có hồ sơ cần người xem' ;;
130 | 143) summary | tell 'bị dừng giữa chừng, lần chạy sau sẽ làm tiếp' ;;
*) summary | tell "SỰ CỐ (mã $status)" ;;
esac
exit "$status"
