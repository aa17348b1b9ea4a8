// Sentences about the archive; `raster.rs` says how the table works.

messages! {
    /// A dossier code that is not identifier-date-number.
    code_shape(found) {
        vi: "`{found}` không phải mã hồ sơ; mã hồ sơ có dạng `H32.18-260716-0001`",
        en: "`{found}` is not a dossier code; one looks like `H32.18-260716-0001`",
    }
    /// An identifier of no agency.
    code_unit(found) {
        vi: "`{found}` không phải mã định danh cơ quan; mã có dạng `H32.18` hoặc `000.00.18.H32`",
        en: "`{found}` is not an agency identifier; one looks like `H32.18` or `000.00.18.H32`",
    }
    /// A day the calendar does not have, or not of this century.
    code_day(found) {
        vi: "ngày `{found}` không có trong lịch hoặc nằm ngoài các năm 2000–2099",
        en: "the day `{found}` is not in the calendar or not in the years 2000 to 2099",
    }
    /// A number within the day that cannot be.
    code_number(found) {
        vi: "số thứ tự `{found}` trong ngày không hợp lệ; số thứ tự từ `1` đến `999999`",
        en: "the number `{found}` within the day is not from `1` to `999999`",
    }

    /// Reading.
    doing_read() { vi: "đọc", en: "read" }
    /// Writing.
    doing_write() { vi: "ghi", en: "write" }
    /// Making durable.
    doing_sync() { vi: "lưu chắc xuống đĩa", en: "make durable" }
    /// Creating a folder.
    doing_folder() { vi: "tạo thư mục", en: "create folder" }
    /// Listing a folder.
    doing_list() { vi: "liệt kê thư mục", en: "list folder" }
    /// Renaming into place.
    doing_rename() { vi: "đổi tên thành", en: "rename into" }
    /// Removing.
    doing_remove() { vi: "xóa", en: "remove" }
    /// Locking.
    doing_lock() { vi: "khóa", en: "lock" }

    /// What the system refused, and its reason.
    refused(doing, path, reason) {
        vi: "không {doing} được `{path}`: {reason}",
        en: "cannot {doing} `{path}`: {reason}",
    }

    /// A folder without settings.
    not_an_archive(dir) {
        vi: "`{dir}` không phải kho hồ sơ: không có tệp `sohoa.toml`",
        en: "`{dir}` is not an archive: it has no `sohoa.toml`",
    }
    /// A folder with something else in it.
    not_empty(dir) {
        vi: "không lập được kho hồ sơ trong `{dir}`: thư mục đã có nội dung khác",
        en: "cannot make an archive in `{dir}`: it has something else in it",
    }
    /// An archive already.
    already_an_archive(dir) {
        vi: "`{dir}` đã là kho hồ sơ",
        en: "`{dir}` is already an archive",
    }
    /// Gone while open.
    vanished(dir) {
        vi: "kho hồ sơ `{dir}` không còn truy cập được: ổ đĩa hoặc thư mục chia sẻ đã mất kết nối",
        en: "the archive `{dir}` is gone: the disk or share is no longer connected",
    }
    /// Opened without writing.
    looking_only(dir) {
        vi: "kho hồ sơ `{dir}` chỉ được mở để xem",
        en: "the archive `{dir}` was opened for looking only",
    }
    /// Settings that cannot be used.
    bad_settings(path) {
        vi: "không dùng được cấu hình `{path}`",
        en: "cannot use the settings in `{path}`",
    }
    /// A file system without locks.
    no_locks(path) {
        vi: "không khóa được `{path}`: ổ đĩa hoặc thư mục chia sẻ này không hỗ trợ khóa tệp, nên hai lượt chạy có thể làm hỏng dữ liệu của nhau",
        en: "cannot lock `{path}`: this file system has no locks, so two runs could damage each other's work",
    }
    /// Another run holds the lock.
    busy(path) {
        vi: "một lượt chạy khác giữ khóa `{path}` quá lâu",
        en: "another run has held the lock `{path}` for too long",
    }
    /// A link inside the archive.
    symbolic_link(path) {
        vi: "`{path}` là hoặc nằm sau một liên kết tượng trưng; trong kho hồ sơ không được có liên kết",
        en: "`{path}` is or lies behind a symbolic link, and an archive must have none",
    }
    /// A catalogue that cannot be used.
    bad_catalogue(path) {
        vi: "không dùng được mục lục `{path}`",
        en: "cannot use the catalogue `{path}`",
    }
    /// A dossier that cannot be used.
    bad_dossier(path) {
        vi: "không dùng được hồ sơ `{path}`",
        en: "cannot use the dossier `{path}`",
    }
    /// A field the archive fills in.
    reserved_field(field) {
        vi: "trường `{field}` do kho hồ sơ tự ghi, không đặt được từ ngoài",
        en: "the field `{field}` is filled in by the archive and cannot be set",
    }
    /// A source that changed.
    source_changed(path) {
        vi: "tệp nguồn `{path}` đã thay đổi trong lúc xử lý",
        en: "the source `{path}` changed while it was being worked on",
    }
    /// Interrupted before anything was filed.
    interrupted() {
        vi: "đã dừng theo yêu cầu; chưa lưu gì vào kho",
        en: "interrupted; nothing was filed",
    }

    /// A file that is missing or not what was filed.
    unsound(path) {
        vi: "`{path}` bị thiếu hoặc không còn như lúc lưu; hồ sơ không được xuất ra (xem `sohoa archive check`)",
        en: "`{path}` is missing or not what was filed; the dossier does not leave (see `sohoa archive check`)",
    }
    /// Too many bytes for one PDF.
    too_much_to_join() {
        vi: "các tệp PDF quá lớn để ghép thành một (trên 2 GiB); hãy xuất ít hồ sơ hơn hoặc xuất thành thư mục",
        en: "the PDF files are too large to be joined into one (over 2 GiB); export fewer dossiers, or a folder",
    }
    /// Nothing for a PDF.
    nothing_to_join() {
        vi: "không có tài liệu PDF nào để ghép",
        en: "there is no PDF among the papers to be joined",
    }

    /// Two papers of the same bytes.
    same_bytes() { vi: "đúng từng byte", en: "the same bytes" }
    /// Two papers with one number.
    same_number() {
        vi: "cùng số, ký hiệu và cơ quan ban hành",
        en: "the same number, notation and issuer",
    }
    /// Two papers that say the same.
    same_text() { vi: "nội dung gần như trùng khớp", en: "nearly the same text" }

    /// No dossier with this code.
    no_such_dossier(code) {
        vi: "trong kho không có hồ sơ `{code}`",
        en: "the archive has no dossier `{code}`",
    }
    /// No document with this ordinal.
    no_such_document(code, ordinal) {
        vi: "hồ sơ `{code}` không có tài liệu số {ordinal}",
        en: "the dossier `{code}` has no document {ordinal}",
    }
    /// A field nobody knows.
    field_unknown(name) {
        vi: "không có trường `{name}`",
        en: "there is no field `{name}`",
    }
    /// A field nobody knows, but one like it.
    field_near(name, near) {
        vi: "không có trường `{name}`; có phải là `{near}`?",
        en: "there is no field `{name}`; is it `{near}`?",
    }
    /// A field of documents, set on a dossier.
    field_of_document(name) {
        vi: "`{name}` là trường của tài liệu, không phải của hồ sơ",
        en: "`{name}` is a field of documents, not of dossiers",
    }
    /// A field of dossiers, set on a document.
    field_of_dossier(name) {
        vi: "`{name}` là trường của hồ sơ, không phải của tài liệu",
        en: "`{name}` is a field of dossiers, not of documents",
    }
    /// A value that is too long.
    field_too_long(name, length, most) {
        vi: "giá trị của `{name}` dài {length} ký tự; quy định nhiều nhất {most}",
        en: "the value of `{name}` has {length} characters; at most {most} are allowed",
    }
    /// A value of several lines.
    field_lines(name) {
        vi: "giá trị của `{name}` phải nằm trên một dòng",
        en: "the value of `{name}` must be one line",
    }
    /// A value that is no day.
    field_day(name, found) {
        vi: "`{name}` phải là một ngày như `16/07/2026`, không phải `{found}`",
        en: "`{name}` must be a day such as `2026-07-16`, not `{found}`",
    }
    /// A value that is no number.
    field_number(name, found) {
        vi: "`{name}` phải là một số nguyên, không phải `{found}`",
        en: "`{name}` must be a whole number, not `{found}`",
    }
    /// A value that is none of the choices.
    field_choice(name, found, all) {
        vi: "`{name}` phải là một trong các số {all}, không phải `{found}`",
        en: "`{name}` must be one of {all}, not `{found}`",
    }

    /// A file that is not what its manifest promises.
    check_changed() {
        vi: "nội dung đã thay đổi so với bảng kê",
        en: "its content is not what the manifest promises",
    }
    /// A file that is gone.
    check_missing() { vi: "bị thiếu", en: "is missing" }
    /// A file nobody filed.
    check_extra() {
        vi: "không có trong bảng kê: không do sohoa lưu vào",
        en: "is in no manifest: it was not filed by sohoa",
    }
    /// A file under another name.
    check_renamed(now) {
        vi: "đã bị đổi tên thành `{now}`",
        en: "has been renamed to `{now}`",
    }
    /// Two names that look the same.
    check_twin() {
        vi: "hai tên tệp chỉ khác nhau ở cách mã hóa dấu (NFC, NFD)",
        en: "two file names differ only in Unicode normalisation",
    }
    /// A link.
    check_link() {
        vi: "là liên kết tượng trưng; trong kho không được có",
        en: "is a symbolic link, and an archive must have none",
    }
    /// Neither a file nor a folder.
    check_odd() {
        vi: "không phải tệp hay thư mục thường",
        en: "is no plain file or folder",
    }
    /// Another bag declaration.
    check_declaration() {
        vi: "khai báo BagIt không đúng",
        en: "the BagIt declaration is not the right one",
    }
    /// A manifest that somebody touched.
    check_not_as_written() {
        vi: "bảng kê không còn đúng dạng đã ghi",
        en: "the manifest is not in the form it was written in",
    }
    /// Another weight than stated.
    check_oxum() {
        vi: "`Payload-Oxum` không khớp với các tệp",
        en: "`Payload-Oxum` does not match the files",
    }
    /// A record and a manifest that differ.
    check_not_recorded() {
        vi: "`dossier.json` và bảng kê ghi khác nhau về tệp này",
        en: "`dossier.json` and the manifest differ about this file",
    }
    /// Numbers nobody knows.
    check_gap(count, shown) {
        vi: "thiếu {count} số thứ tự không có trong sổ cấp mã lẫn hồ sơ: {shown}",
        en: "numbers that neither the register nor a dossier has: {count} ({shown})",
    }
    /// A number given out again.
    check_repeated(line, code) {
        vi: "dòng {line}: mã `{code}` không lớn hơn mã đứng trước",
        en: "line {line}: the code `{code}` is not higher than the one before",
    }
    /// A line that is no code of the day.
    check_register(line, found) {
        vi: "dòng {line}: `{found}` không phải mã hồ sơ của cơ quan trong ngày này",
        en: "line {line}: `{found}` is no dossier code of the agency on this day",
    }
    /// A last line without its end.
    check_torn(found) {
        vi: "dòng cuối `{found}` chưa ghi xong: máy có thể đã tắt giữa chừng",
        en: "the last line `{found}` is not finished: the machine may have gone off meanwhile",
    }
    /// A dossier that was there.
    check_gone(at) {
        vi: "hồ sơ không còn; lần cuối được xác nhận tốt: {at}",
        en: "the dossier is gone; it was last proved good on {at}",
    }
    /// Two dossiers under one code.
    check_same_code(other) {
        vi: "cùng một mã hồ sơ với `{other}`",
        en: "has the same dossier code as `{other}`",
    }
    /// A code of another agency.
    check_other_agency(agency) {
        vi: "mã hồ sơ không thuộc cơ quan `{agency}`",
        en: "the dossier code is not of the agency `{agency}`",
    }
    /// A dossier in the wrong place.
    check_misplaced(code) {
        vi: "không nằm đúng chỗ của hồ sơ `{code}`",
        en: "does not lie where the dossier `{code}` belongs",
    }

    /// Settings that are others than before.
    check_settings() {
        vi: "khác với lần kiểm tra trước; nếu không ai chủ ý sửa thì hãy khôi phục (lần kiểm tra này ghi nhận nội dung mới)",
        en: "is not what it was at the last check; if nobody meant to change it, put it back (this check notes what it says now)",
    }
    /// A record of the quarantine that cannot be read.
    check_bad_reason() {
        vi: "không đọc được lý do cách ly",
        en: "the reason of the quarantine cannot be read",
    }
    /// An entry of the quarantine that is gone.
    check_entry_gone(sha256) {
        vi: "tệp bị cách ly `{sha256}` không còn, và không ai ghi nhận việc trả hay bỏ nó",
        en: "the file `{sha256}` is no longer in quarantine, and nobody noted its release or discard",
    }
    /// The record of a closed entry that is gone.
    check_closed_gone(sha256) {
        vi: "thiếu bản ghi về tệp `{sha256}` đã ra khỏi khu cách ly",
        en: "the record of the file `{sha256}` that left the quarantine is missing",
    }

    /// No entry with this id.
    no_such_entry(id) {
        vi: "khu cách ly không có mục `{id}`, hoặc có nhiều mục cùng bắt đầu như vậy",
        en: "the quarantine has no entry `{id}`, or several that begin like that",
    }
    /// A record of the quarantine that cannot be read.
    bad_reason(path, detail) {
        vi: "không đọc được `{path}`: {detail}",
        en: "cannot read `{path}`: {detail}",
    }

    /// A file of the ledger that is gone.
    ledger_missing(path, name) {
        vi: "sổ nhật ký `{path}` thiếu tệp `{name}`",
        en: "the ledger `{path}` has no `{name}`",
    }
    /// A key that cannot be read.
    ledger_key(path) {
        vi: "không đọc được khóa của sổ nhật ký `{path}`",
        en: "cannot read the key of the ledger `{path}`",
    }
    /// A checkpoint signed by somebody else.
    ledger_signature(path) {
        vi: "chữ ký trên sổ nhật ký `{path}` không phải của khóa của sổ",
        en: "the ledger `{path}` is not signed with its key",
    }
    /// A tree that is not what was signed.
    ledger_root(path) {
        vi: "sổ nhật ký `{path}` đã bị sửa: các mục không dẫn tới giá trị đã ký",
        en: "the ledger `{path}` was changed: its entries do not lead to what was signed",
    }
    /// An entry that is gone.
    ledger_entry(path, index) {
        vi: "sổ nhật ký `{path}`: mục số {index} bị thiếu hoặc không đọc được",
        en: "the ledger `{path}`: entry {index} is missing or cannot be read",
    }
    /// Lines that vouch and cannot be read.
    attested_shape() {
        vi: "phần xác nhận của sổ nhật ký không đọc được hoặc đã bị sửa",
        en: "the lines that vouch for the ledger cannot be read or were altered",
    }
    /// The office's signature is of something else.
    attested_agency() {
        vi: "chữ ký của cơ quan không phải trên nội dung này, hoặc đã bị sửa",
        en: "the signature of the office is not over this, or was altered",
    }
    /// The time-stamp is of something else.
    attested_stamp() {
        vi: "dấu thời gian không phải của nội dung này, hoặc đã bị sửa",
        en: "the time-stamp is not of this, or was altered",
    }
    /// Entries dated after the time-stamp over them.
    attested_dates() {
        vi: "có mục ghi ngày sau dấu thời gian đóng trên nó: mục bị sửa ngày, hoặc đồng hồ của máy chạy trước",
        en: "an entry is dated after the time-stamp over it: it was dated wrongly, or the clock of the machine was ahead",
    }
    /// A time-stamp of the future.
    attested_future(time) {
        vi: "dấu thời gian {time} ở sau thời điểm xét",
        en: "the time-stamp {time} is after the moment of judgement",
    }
    /// Weak algorithms.
    attested_weak() {
        vi: "thuật toán hoặc khóa quá yếu",
        en: "the algorithm or the key is too weak",
    }
    /// A clock that went back.
    clock_went_back(now, last) {
        vi: "đồng hồ của máy chỉ {now}, trước lần ghi cuối của kho ({last}); hãy chỉnh lại giờ của máy",
        en: "the clock says {now}, which is before what happened last in the archive ({last}); set the clock right",
    }
    /// No proof.
    proof_shape() {
        vi: "không phải chứng thực của sổ nhật ký, hoặc đã bị cắt bớt",
        en: "this is no proof from a ledger, or it was cut short",
    }
    /// A proof that does not add up.
    proof_root() {
        vi: "mục trong chứng thực không dẫn tới giá trị đã ký",
        en: "the entry in the proof does not lead to what was signed",
    }
    /// A proof signed by somebody else.
    proof_signature() {
        vi: "chữ ký trong chứng thực không phải của khóa đã cho",
        en: "the proof is not signed with the key given",
    }
    /// A dossier that changed without an entry.
    check_unlogged() {
        vi: "hồ sơ khác với lần ghi cuối trong sổ nhật ký: đã bị sửa ngoài sohoa",
        en: "the dossier is not what the ledger last noted: it was changed without sohoa",
    }
    /// A dossier without an entry.
    check_not_in_ledger() {
        vi: "hồ sơ không có trong sổ nhật ký: không do sohoa lưu vào",
        en: "the dossier is not in the ledger: it was not filed by sohoa",
    }
    /// A dossier with an entry and without a folder.
    check_removed() {
        vi: "hồ sơ có trong sổ nhật ký nhưng không còn trong kho",
        en: "the dossier is in the ledger but no longer in the archive",
    }
    /// An entry before the one before it.
    check_back_dated(index) {
        vi: "mục số {index} lùi ngày so với mục đứng trước",
        en: "entry {index} is dated before the one before it",
    }
    /// An attested checkpoint that is gone.
    check_attested_gone(sha256) {
        vi: "bản xác nhận sổ nhật ký `{sha256}` đã bị lấy đi",
        en: "the attested checkpoint `{sha256}` was taken away",
    }
    /// An attested checkpoint that was noted before it can have been there.
    check_noted_early(at) {
        vi: "sổ nhật ký ghi bản xác nhận này lúc {at}, trước dấu thời gian của nó",
        en: "the ledger noted it at {at}, before its own time-stamp",
    }
    /// Who vouches is not proved.
    check_unproved(size, why) {
        vi: "phần xác nhận trên {size} mục: chưa đủ căn cứ – {why}",
        en: "what vouches for {size} event{size:#} is undecided: {why}",
    }
    /// An entry that is none.
    check_bad_entry(index) {
        vi: "mục số {index} không phải mục của sohoa",
        en: "entry {index} is no entry of sohoa",
    }

    /// A question without a word.
    query_empty() {
        vi: "câu hỏi không có chữ hay số nào để tìm",
        en: "the question has no letter or digit to look for",
    }
    /// A question with too many words.
    query_too_long(words, most) {
        vi: "câu hỏi có {words} từ; tìm được nhiều nhất {most} từ một lần",
        en: "the question has {words} word{words:#}; at most {most} can be looked for at once",
    }
    /// A beginning that is too short.
    query_short_beginning(found, least) {
        vi: "`{found}` quá ngắn; trước dấu `*` cần ít nhất {least} chữ",
        en: "`{found}` is too short; at least {least} letters must stand before `*`",
    }

    /// Not TOML.
    settings_syntax(line, detail) {
        vi: "dòng `{line}`: sai cú pháp TOML: `{detail}`",
        en: "line `{line}`: not TOML: `{detail}`",
    }
    /// A key that means nothing.
    settings_unknown(line, key, known) {
        vi: "dòng `{line}`: không có mục cấu hình `{key}`; ở đó có thể ghi: {known}",
        en: "line `{line}`: there is no setting `{key}`; what can stand there: {known}",
    }
    /// A key that is missing.
    settings_missing(key) {
        vi: "thiếu mục cấu hình `{key}`",
        en: "the setting `{key}` is missing",
    }
    /// A value of the wrong kind.
    settings_value(line, key, expected) {
        vi: "dòng `{line}`: giá trị của `{key}` không hợp lệ; cần {expected}",
        en: "line `{line}`: the value of `{key}` is not one of {expected}",
    }
    /// An agency's name that cannot be.
    settings_name(line, length, limit) {
        vi: "dòng `{line}`: tên cơ quan có `{length}` ký tự; cần một dòng từ `1` đến `{limit}` ký tự",
        en: "line `{line}`: the agency's name has `{length}` characters; expected one line of `1` to `{limit}`",
    }
    /// An identifier without an older form.
    settings_no_old_form(line, id) {
        vi: "dòng `{line}`: mã định danh `{id}` không viết được theo kiểu cũ `000.00.18.H32`",
        en: "line `{line}`: the identifier `{id}` cannot be written in the old form `000.00.18.H32`",
    }

    /// No dossier.json.
    dossier_no_record() {
        vi: "không có tệp `dossier.json`",
        en: "there is no `dossier.json`",
    }
    /// Damaged JSON.
    dossier_json(line, detail) {
        vi: "`dossier.json` hỏng ở dòng `{line}`: `{detail}`",
        en: "`dossier.json` is damaged at line `{line}`: `{detail}`",
    }
    /// Another version.
    dossier_schema(found, known) {
        vi: "`dossier.json` theo khuôn dạng `{found}`; chương trình này chỉ biết đến phiên bản `{known}`",
        en: "`dossier.json` has the form `{found}`; this program knows versions up to `{known}`",
    }
    /// A file outside.
    dossier_outside(file) {
        vi: "`dossier.json` nêu tệp `{file}` nằm ngoài hồ sơ",
        en: "`dossier.json` names the file `{file}`, which is outside the dossier",
    }
    /// Another code than its folder.
    dossier_other_code(found) {
        vi: "`dossier.json` ghi mã hồ sơ `{found}`, khác với tên thư mục",
        en: "`dossier.json` states the code `{found}`, which is not its folder's",
    }
    /// No manifest.
    dossier_no_manifest(file) {
        vi: "không có tệp kê `{file}`",
        en: "there is no `{file}`",
    }
    /// A bad line in a manifest.
    dossier_manifest(file, line) {
        vi: "tệp kê `{file}` sai ở dòng `{line}`",
        en: "line `{line}` of `{file}` is not a digest and a path",
    }
    /// No Payload-Oxum.
    dossier_no_oxum() {
        vi: "`bag-info.txt` không ghi `Payload-Oxum`",
        en: "`bag-info.txt` states no `Payload-Oxum`",
    }
    /// Something adding would make untrue.
    dossier_foreign(file) {
        vi: "hồ sơ có tệp `{file}` mà việc thêm tài liệu sẽ làm sai lệch",
        en: "it has the file `{file}`, which adding documents would make untrue",
    }

    /// A newer catalogue.
    catalogue_newer(found, known) {
        vi: "mục lục thuộc phiên bản `{found}`; chương trình này chỉ biết đến phiên bản `{known}`",
        en: "it has version `{found}`; this program knows versions up to `{known}`",
    }
    /// No room for the catalogue.
    catalogue_full() {
        vi: "đĩa đã đầy",
        en: "the disk is full",
    }
    /// No locks for the catalogue.
    catalogue_no_locks() {
        vi: "ổ đĩa hoặc thư mục chia sẻ này không hỗ trợ khóa tệp",
        en: "this file system has no locks",
    }
    /// The catalogue is locked.
    catalogue_busy() {
        vi: "một chương trình khác đang ghi mục lục",
        en: "another program is writing to it",
    }
    /// Damaged.
    catalogue_damaged() {
        vi: "tệp bị hỏng; có thể xóa, mục lục sẽ được lập lại từ các hồ sơ",
        en: "the file is damaged; it can be deleted and is made anew from the dossiers",
    }
    /// The system refuses the database's file.
    catalogue_refused() {
        vi: "hệ thống không cho mở hoặc ghi tệp này: đĩa đầy, đĩa hỏng, thiếu quyền hoặc mất kết nối",
        en: "the system does not let it be opened or written: disk full or failing, rights or connection missing",
    }
    /// Anything else.
    catalogue_other(error) {
        vi: "cơ sở dữ liệu báo `{error}`",
        en: "the database says `{error}`",
    }

    /// Killed runs removed.
    swept(runs) {
        vi: "đã dọn phần dở dang của `{runs}` lượt chạy bị ngắt",
        en: "removed what `{runs}` killed run{runs:#} left unfinished",
    }
    /// A dossier a killed run was about to file.
    settled(code) {
        vi: "một lượt chạy bị ngắt khi đang lưu hồ sơ `{code}`; mục lục đã được đối chiếu lại",
        en: "a run was cut off while filing the dossier `{code}`; the catalogue was brought up to date",
    }
    /// A catalogue made anew.
    reindexed(dossiers, documents) {
        vi: "đã lập lại mục lục: `{dossiers}` hồ sơ, `{documents}` tài liệu",
        en: "made the catalogue anew: `{dossiers}` dossier{dossiers:#}, `{documents}` document{documents:#}",
    }
}
