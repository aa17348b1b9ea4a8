// Sentences about codes on paper; `raster.rs` says how the table works.

messages! {
    /// A template that is no web address.
    address_not_web(found) {
        vi: "`{found}` không phải địa chỉ trang tra cứu bắt đầu bằng `https://`",
        en: "`{found}` is no address of a look-up page beginning with `https://`",
    }
    /// A template without a place for the code, or with several.
    address_no_place(found, place) {
        vi: "`{found}` phải có đúng một chỗ `{place}` cho mã hồ sơ",
        en: "`{found}` must have exactly one place `{place}` for the dossier code",
    }
    /// A line of the file of holidays that is none.
    holiday_line(file, line, found) {
        vi: "`{file}`, dòng {line}: `{found}` không phải một ngày có trong lịch",
        en: "`{file}`, line {line}: `{found}` is no day of the calendar",
    }
    /// A file of procedures that is not TOML.
    procedures_syntax(file, detail) {
        vi: "`{file}` không đúng cú pháp TOML: {detail}",
        en: "`{file}` is not TOML: {detail}",
    }
    /// An entry of the file of procedures that is none.
    procedures_entry(file, code) {
        vi: "`{file}`, mục `{code}`: cần mã thủ tục dạng `2.000815` và `days` hoặc `same_day`",
        en: "`{file}`, entry `{code}`: needs a procedure code such as `2.000815` and `days` or `same_day`",
    }
    /// A separator sheet, in the record of what follows it.
    sheet_dossier() {
        vi: "tờ phân cách: bắt đầu hồ sơ mới",
        en: "separator sheet: a dossier begins",
    }
    /// A separator sheet that begins a document.
    sheet_document() {
        vi: "tờ phân cách: bắt đầu tài liệu mới",
        en: "separator sheet: a document begins",
    }
    /// A separator sheet that begins the dossier with a code.
    sheet_of(code) {
        vi: "tờ phân cách của hồ sơ `{code}`",
        en: "separator sheet of dossier `{code}`",
    }
    /// Pages announced and found do not agree.
    pages_differ(announced, found) {
        vi: "tờ phân cách báo {announced} trang, quét được {found} trang",
        en: "the separator sheet announces {announced} page{announced:#}; scanned: {found}",
    }
    /// Documents announced and found do not agree.
    documents_differ(announced, found) {
        vi: "tờ phân cách báo {announced} tài liệu, quét được {found} tài liệu",
        en: "the separator sheet announces {announced} document{announced:#}; scanned: {found}",
    }
    /// A sheet that nothing follows.
    sheet_without_pages() {
        vi: "sau tờ phân cách này không có trang nào",
        en: "no page follows this separator sheet",
    }
    /// An input of separator sheets and nothing else.
    only_sheets() {
        vi: "chỉ có tờ phân cách, không có trang tài liệu nào",
        en: "nothing but separator sheets, not one page of a document",
    }
    /// A sheet that was read in part.
    sheet_damaged() {
        vi: "có tờ phân cách hoặc mã của sohoa nhưng không đọc được trọn vẹn",
        en: "a separator sheet or code of sohoa is there but cannot be read whole",
    }
    /// A tracking code led a document to its dossier.
    filed_by_code(code) {
        vi: "xếp vào hồ sơ `{code}` theo mã QR trên trang",
        en: "filed into dossier `{code}` by the QR code on the page",
    }
    /// The code is of a dossier that is not there yet.
    code_unknown(code) {
        vi: "kho chưa có hồ sơ `{code}` và chưa từng cấp mã này; hồ sơ được lập mới theo mã QR",
        en: "dossier `{code}` is not in the archive, which never gave this code; it was made as the QR code says",
    }
    /// Codes of several dossiers in one document.
    codes_differ(codes) {
        vi: "có mã QR của nhiều hồ sơ ({codes}); cần người xác định hồ sơ đúng",
        en: "QR codes of several dossiers ({codes}); a person must say which is right",
    }
    /// The code on a page is not that of the dossier it was filed into.
    code_other(found, filed) {
        vi: "trang có mã QR của hồ sơ `{found}` nhưng được xếp vào hồ sơ `{filed}`",
        en: "a page bears the QR code of dossier `{found}` but was filed into `{filed}`",
    }
    /// A code of another agency.
    code_foreign(code, agency) {
        vi: "mã QR `{code}` không thuộc cơ quan `{agency}` của kho này",
        en: "QR code `{code}` is not of agency `{agency}`, whose archive this is",
    }
    /// A stack in a file that stays as it is.
    not_split() {
        vi: "có tờ phân cách nhưng tệp PDF đã có văn bản hoặc chữ ký nên giữ nguyên, chưa tách",
        en: "separator sheets are there, but the PDF has text or a signature, was kept as it is and not split",
    }
    /// A stack written to one file.
    not_split_into_file() {
        vi: "có tờ phân cách nhưng kết quả chỉ là một tệp nên không tách",
        en: "separator sheets are there, but the result is one file, so nothing was split",
    }
    /// The untouched scan of a stack of several dossiers.
    source_not_kept() {
        vi: "tệp quét gốc chứa giấy tờ của nhiều hồ sơ nên không lưu kèm",
        en: "the untouched scan holds the papers of several dossiers and was not kept beside this one",
    }
    /// A stack was split.
    split_into(documents) {
        vi: "tập giấy được tách thành {documents} tài liệu theo tờ phân cách",
        en: "the stack was split at its separator sheets into {documents} document{documents:#}",
    }
    /// What a code is, in a word.
    kind_dossier() {
        vi: "mã hồ sơ",
        en: "dossier code",
    }
    /// A separator sheet of ours.
    kind_sheet() {
        vi: "tờ phân cách",
        en: "separator sheet",
    }
    /// A separator sheet of the office.
    kind_separator() {
        vi: "tờ phân cách riêng",
        en: "own separator sheet",
    }
    /// A code of the calibration sheet.
    kind_calibration() {
        vi: "tờ kiểm tra máy quét",
        en: "calibration sheet",
    }
    /// A sealed statement.
    kind_sealed() {
        vi: "mã có chữ ký",
        en: "sealed code",
    }
    /// The code of a citizen's card.
    kind_card() {
        vi: "thẻ căn cước",
        en: "citizen's card",
    }
    /// A code of ours that is torn.
    kind_damaged() {
        vi: "mã của sohoa bị hỏng",
        en: "damaged code of sohoa",
    }
    /// Somebody else's code.
    kind_foreign() {
        vi: "mã khác",
        en: "other code",
    }
    /// Where a code is: page and its middle.
    code_place(page, x, y, side) {
        vi: "trang {page}, tâm cách mép trái {x} mm, mép trên {y} mm, cạnh {side} mm",
        en: "page {page}, middle {x} mm from the left and {y} mm from the top, {side} mm wide",
    }
    /// No code in a file.
    no_code(file) {
        vi: "{file}: không tìm thấy mã QR nào",
        en: "{file}: no QR code found",
    }
    /// A page that cannot be read.
    page_unread(file, page) {
        vi: "{file}: không đọc được trang {page}",
        en: "{file}: cannot read page {page}",
    }
    /// Bytes that are no text.
    not_text(bytes) {
        vi: "({bytes} byte không phải văn bản)",
        en: "({bytes} byte{bytes:#}, no text)",
    }
    /// A state that ends a dossier.
    state_final(from, to) {
        vi: "hồ sơ đã ở trạng thái cuối `{from}`, không chuyển sang `{to}` được",
        en: "the dossier has come to its end, `{from}`, and cannot become `{to}`",
    }
    /// A move between states that there is not.
    state_no_move(from, to, next) {
        vi: "hồ sơ đang ở trạng thái `{from}`, không chuyển sang `{to}` được; có thể chuyển sang {next}",
        en: "the dossier is `{from}` and cannot become `{to}`; it may become {next}",
    }
    /// A flag of giving out where codes are checked.
    check_takes_no_flag(flag) {
        vi: "`{flag}` chỉ dùng khi cấp mã, không dùng khi kiểm tra mã",
        en: "`{flag}` goes with giving out a code, not with checking codes",
    }
    /// After a code that is right and that the archive does not know.
    check_unknown() {
        vi: "  (kho này chưa từng cấp)",
        en: "  (never given out by this archive)",
    }
    /// When a result is owed.
    due_at(time, day) {
        vi: "hẹn trả kết quả: {time} ngày {day}",
        en: "the result is owed at {time} on {day}",
    }
    /// A due date beyond the calendar.
    no_due() {
        vi: "không tính được ngày hẹn trả: ngoài phạm vi của lịch",
        en: "the day the result is owed lies beyond the calendar",
    }
    /// A year whose holidays nobody gave.
    year_unknown(year, file) {
        vi: "chưa có ngày nghỉ nào của năm {year} trong `{file}`; Tết và ngày nghỉ bù chưa được trừ",
        en: "`{file}` names no holiday of {year}; Tết and days moved were not taken off",
    }
    /// A procedure nobody said the term of.
    procedure_unknown(code) {
        vi: "chưa biết thời hạn của thủ tục `{code}`",
        en: "the term of procedure `{code}` is not known",
    }
    /// How a procedure is named.
    hint_procedure() {
        vi: "mã thủ tục hành chính có dạng `2.000815` hay `1.010708.000.00.00.H56`",
        en: "a procedure's code looks like `2.000815` or `1.010708.000.00.00.H56`",
    }
    /// Where terms of procedures stand.
    hint_procedures(file) {
        vi: "ghi thời hạn vào `{file}` trong kho, hoặc dùng `--days SỐ`",
        en: "write its term into `{file}` in the archive, or use `--days N`",
    }
    /// How a moment is typed.
    hint_moment() {
        vi: "viết như `16/07/2026 09:30`, `2026-07-16T09:30+07:00` hoặc `09:30`",
        en: "type it like `16/07/2026 09:30`, `2026-07-16T09:30+07:00` or `09:30`",
    }
    /// A moment still to come.
    moment_to_come(typed, flag) {
        vi: "`{typed}` ({flag}) còn ở tương lai",
        en: "`{typed}` ({flag}) is still to come",
    }
    /// The title of a sheet that begins a dossier.
    print_dossier_begins() {
        vi: "BẮT ĐẦU HỒ SƠ",
        en: "A DOSSIER BEGINS",
    }
    /// The title of a sheet that begins a document.
    print_document_begins() {
        vi: "BẮT ĐẦU TÀI LIỆU",
        en: "A DOCUMENT BEGINS",
    }
    /// The number of a blank sheet.
    print_serial(number) {
        vi: "Tờ số {number}",
        en: "Sheet {number}",
    }
    /// What a sheet announces.
    print_announced(documents, pages) {
        vi: "{documents} tài liệu, {pages} trang tiếp theo",
        en: "To follow: {documents} document{documents:#}, {pages} page{pages:#}",
    }
    /// What a sheet announces.
    print_documents(documents) {
        vi: "{documents} tài liệu tiếp theo",
        en: "To follow: {documents} document{documents:#}",
    }
    /// What a sheet announces.
    print_pages(pages) {
        vi: "{pages} trang tiếp theo",
        en: "To follow: {pages} page{pages:#}",
    }
    /// On the back of a sheet.
    print_back() {
        vi: "(mặt sau)",
        en: "(back)",
    }
    /// How a sheet is used.
    print_sheet_use() {
        vi: "Tờ phân cách: đặt trước giấy tờ khi quét, dùng lại được nhiều lần.",
        en: "Separator sheet: lay it before the papers when scanning; it can be used again.",
    }
    /// The title of the calibration sheet.
    print_calibration() {
        vi: "TỜ KIỂM TRA MÁY IN VÀ MÁY QUÉT",
        en: "TEST SHEET FOR PRINTER AND SCANNER",
    }
    /// How the calibration sheet is used.
    print_calibration_use() {
        vi: "In ở tỷ lệ 100 %, quét lại, rồi chạy `sohoa qr selftest`.",
        en: "Print at 100 %, scan it, and run `sohoa qr selftest`.",
    }
    /// The copy that stays.
    slip_kept() {
        vi: "(Liên: Lưu)",
        en: "(Copy to keep)",
    }
    /// The copy that goes.
    slip_given() {
        vi: "(Liên: Giao cho người nộp hồ sơ)",
        en: "(Copy for the applicant)",
    }
    /// The desk.
    slip_desk() {
        vi: "BỘ PHẬN TIẾP NHẬN\nVÀ TRẢ KẾT QUẢ",
        en: "RECEPTION AND RESULTS",
    }
    /// The state.
    slip_state() {
        vi: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        en: "SOCIALIST REPUBLIC OF VIET NAM",
    }
    /// The motto.
    slip_motto() {
        vi: "Độc lập - Tự do - Hạnh phúc",
        en: "Independence - Freedom - Happiness",
    }
    /// Place and date.
    slip_dated(place, day, month, year) {
        vi: "{place}, ngày {day} tháng {month} năm {year}",
        en: "{place}, {day}/{month}/{year}",
    }
    /// The number of the slip.
    slip_number(number) {
        vi: "Số: {number}/TNHS",
        en: "No. {number}/TNHS",
    }
    /// The title.
    slip_title() {
        vi: "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        en: "RECEIPT AND APPOINTMENT FOR THE RESULT",
    }
    /// Before the code.
    slip_code() {
        vi: "Mã hồ sơ: ",
        en: "Dossier code: ",
    }
    /// Before the look-up secret.
    slip_secret() {
        vi: "Mã tra cứu: ",
        en: "Look-up secret: ",
    }
    /// A moment.
    slip_moment(hour, minute, day) {
        vi: "{hour} giờ {minute} phút, ngày {day}",
        en: "{hour}:{minute} on {day}",
    }
    /// Before the name.
    slip_from() {
        vi: "Tiếp nhận hồ sơ của:",
        en: "Received from:",
    }
    /// Before the address.
    slip_address() {
        vi: "Địa chỉ:",
        en: "Address:",
    }
    /// Before the telephone.
    slip_phone() {
        vi: "Số điện thoại:",
        en: "Telephone:",
    }
    /// Before the e-mail.
    slip_email() {
        vi: "Email:",
        en: "E-mail:",
    }
    /// Before what is asked for.
    slip_asked() {
        vi: "Nội dung yêu cầu giải quyết:",
        en: "Asked for:",
    }
    /// Before the papers.
    slip_papers() {
        vi: "1. Thành phần hồ sơ nộp gồm:",
        en: "1. Papers handed in:",
    }
    /// Before the sets.
    slip_sets() {
        vi: "2. Số lượng hồ sơ (bộ):",
        en: "2. Sets:",
    }
    /// Before the term.
    slip_term() {
        vi: "3. Thời gian giải quyết hồ sơ theo quy định là:",
        en: "3. Term by the rules:",
    }
    /// A term of a day.
    slip_same_day() {
        vi: "trong ngày (nhận sau 15 giờ: ngày làm việc tiếp theo)",
        en: "the same day (after 15:00: the next working day)",
    }
    /// A term in days.
    slip_days(days) {
        vi: "{days} ngày làm việc",
        en: "{days} working day{days:#}",
    }
    /// Before the moment of receipt.
    slip_received() {
        vi: "4. Thời gian nhận hồ sơ:",
        en: "4. Received at:",
    }
    /// Before the moment the result is owed.
    slip_due() {
        vi: "5. Thời gian trả kết quả giải quyết hồ sơ:",
        en: "5. Result owed at:",
    }
    /// Before the place.
    slip_fetch() {
        vi: "6. Đăng ký nhận kết quả tại:",
        en: "6. To be fetched at:",
    }
    /// The line of the register.
    slip_register(volume, line) {
        vi: "Vào Sổ theo dõi hồ sơ, Quyển số: {volume} Số thứ tự: {line}",
        en: "Entered in the register, volume {volume}, line {line}",
    }
    /// Who signs to the left.
    slip_giver() {
        vi: "NGƯỜI NỘP HỒ SƠ",
        en: "APPLICANT",
    }
    /// Who signs to the right.
    slip_taker() {
        vi: "NGƯỜI TIẾP NHẬN HỒ SƠ",
        en: "RECEIVING OFFICER",
    }
    /// How they sign.
    slip_sign() {
        vi: "(Ký và ghi rõ họ tên)",
        en: "(Signature and full name)",
    }
    /// A signed file whose signature forbids annotations.
    stamp_forbidden(field) {
        vi: "chữ ký ở trường `{field}` không cho thêm chú thích sau khi ký (DocMDP khác 3); đóng mã sẽ làm hỏng chữ ký nên không đóng; \
             hãy đóng mã trước khi ký",
        en: "the signature in field `{field}` does not permit annotations (DocMDP is not 3): a stamp would break it, so none was put; \
             stamp before signing",
    }
    /// A signed file with a code on it.
    stamped_signed(file) {
        vi: "`{file}`: chữ ký cho phép thêm chú thích (DocMDP 3) nên vẫn hợp lệ; một số phần mềm kiểm tra khác vẫn coi mọi chú thích \
             thêm sau là sửa tài liệu, nếu có thể hãy đóng mã trước khi ký",
        en: "`{file}`: the signature permits annotations (DocMDP 3) and stays valid; with some other verifiers every later annotation is \
             taken for tampering, so stamp before signing where you can",
    }
    /// A signed file without a certification.
    stamp_approved() {
        vi: "tệp đã ký số mà không có chữ ký chứng thực cho phép thêm chú thích (DocMDP 3): hình thêm sau khi ký bị coi là sửa tài \
             liệu nên không đóng mã; hãy đóng mã trước khi ký, hoặc ký với `--certify 3`",
        en: "the file is signed without a certification that permits annotations (DocMDP 3): what is laid over it afterwards counts as \
             tampering, so no stamp was put; stamp before signing, or sign with `--certify 3`",
    }
    /// A signed file.
    stamp_signed() {
        vi: "tệp đã có chữ ký số; đóng mã lên trang sẽ làm chữ ký không còn đúng nên không đóng",
        en: "the file is signed; a stamp on a page would break the signature, so none was put",
    }
    /// An encrypted file.
    stamp_encrypted() {
        vi: "tệp có mật khẩu hoặc bị khóa nên không đóng mã được; hãy đóng mã trước khi khóa",
        en: "the file is encrypted and cannot be stamped; stamp it before it is locked",
    }
    /// A damaged file.
    stamp_damaged() {
        vi: "cấu trúc tệp PDF bị hỏng nên không đóng mã được an toàn",
        en: "the structure of the PDF is damaged, so it cannot be stamped safely",
    }
    /// Too long a payload.
    symbol_too_long(bytes) {
        vi: "nội dung dài {bytes} byte, không mã QR nào chứa hết",
        en: "no QR code holds {bytes} byte{bytes:#}",
    }
    /// Too small a symbol.
    symbol_too_small(least) {
        vi: "mã nhỏ quá, máy quét không đọc được; cần rộng ít nhất {least} mm",
        en: "too small for scanners to read; it must be at least {least} mm wide",
    }
    /// A page there is not.
    stamp_no_page(page, count) {
        vi: "tệp có {count} trang, không có trang {page}",
        en: "the file has {count} page{count:#} and no page {page}",
    }
    /// No clear paper.
    stamp_no_room(page) {
        vi: "trang {page} không còn chỗ giấy trắng đủ rộng; không đóng để khỏi che chữ",
        en: "page {page} has no clear paper wide enough; nothing was stamped so that nothing is covered",
    }
    /// A stamp that cannot be read.
    stamp_unread(page) {
        vi: "mã đóng trên trang {page} không đọc lại được nên kết quả không được giữ",
        en: "the code stamped on page {page} cannot be read back, so the result was not kept",
    }
    /// One output for many files.
    one_output() {
        vi: "`-o` chỉ dùng cho một tệp; nhiều tệp thì dùng `--into`",
        en: "`-o` is for one file; use `--into` for many",
    }
    /// No output.
    no_output() {
        vi: "cần `-o TỆP` hoặc `--into THƯ_MỤC`",
        en: "needs `-o PDF` or `--into DIR`",
    }
    /// Two files to one place.
    output_twice(path) {
        vi: "hai tệp cùng ghi vào `{path}`",
        en: "two files would go to `{path}`",
    }
    /// Nothing to stamp.
    no_payload() {
        vi: "cần `--code MÃ`, `--codes TỆP` hoặc `--payload CHỮ`",
        en: "needs `--code CODE`, `--codes FILE` or `--payload TEXT`",
    }
    /// A line of a table of codes that is not one.
    codes_line(line, file) {
        vi: "dòng {line} của `{file}` không phải là tên tệp và mã hồ sơ",
        en: "line {line} of `{file}` is not a file's name and a dossier code",
    }
    /// What such a table looks like.
    hint_codes() {
        vi: "mỗi dòng: tên tệp, mã hồ sơ; ví dụ `don.pdf,H32.18-260716-0001`; dòng đầu có thể là tên cột",
        en: "each line: the file's name, the code, as in `don.pdf,H32.18-260716-0001`; the first may name the columns",
    }
    /// A file named twice in it.
    codes_twice(name, file) {
        vi: "`{name}` có hai dòng trong `{file}`",
        en: "`{name}` has two lines in `{file}`",
    }
    /// A file that has no code in it.
    codes_missing(name, file) {
        vi: "`{name}` không có mã trong `{file}`",
        en: "`{name}` has no code in `{file}`",
    }
    /// A line about a file that is not stamped.
    codes_unused(name, file) {
        vi: "`{file}` có mã cho `{name}` nhưng tệp ấy không có trong lệnh",
        en: "`{file}` has a code for `{name}`, which is not among the files to stamp",
    }
    /// How pages are named.
    hint_page() {
        vi: "`--page` là `first`, `all` hoặc số trang",
        en: "`--page` is `first`, `all` or a page number",
    }
    /// How labels are named.
    hint_labels() {
        vi: "viết như `3x8`: số nhãn ngang và dọc trên tờ A4",
        en: "type it like `3x8`: labels across and down an A4 sheet",
    }
    /// A file that was not stamped.
    not_stamped(file) {
        vi: "không đóng mã vào {file}",
        en: "{file} was not stamped",
    }
    /// A file that was stamped.
    stamped(file, pages) {
        vi: "đã đóng mã: {file} ({pages} trang)",
        en: "stamped: {file} ({pages} page{pages:#})",
    }
    /// Sheets that were printed.
    printed(file, pages) {
        vi: "đã in ra {file} ({pages} trang)",
        en: "printed to {file} ({pages} page{pages:#})",
    }
    /// Letters no font has.
    letters_missing(letters) {
        vi: "phông chữ không có các chữ {letters}; thay bằng dấu hỏi",
        en: "the font has no {letters}; a question mark stands for them",
    }
    /// Labels of nothing.
    no_codes() {
        vi: "cần ít nhất một mã hồ sơ để in nhãn",
        en: "needs at least one dossier code to print labels",
    }
    /// Labels too small.
    labels_too_small(grid) {
        vi: "nhãn `{grid}` nhỏ quá, mã QR in ra sẽ không đọc được",
        en: "labels of `{grid}` are too small for QR codes that can be read",
    }
    /// A document of documents.
    document_of_documents() {
        vi: "tờ bắt đầu một tài liệu không báo trước số tài liệu",
        en: "a sheet that begins one document cannot announce documents",
    }
    /// The title of the PDF of sheets.
    title_sheets() {
        vi: "Tờ phân cách",
        en: "Separator sheets",
    }
    /// The title of the PDF of a slip.
    title_slip(code) {
        vi: "Giấy tiếp nhận hồ sơ {code}",
        en: "Receipt of dossier {code}",
    }
    /// A code nobody gave.
    never_given(code) {
        vi: "kho chưa từng cấp mã `{code}`",
        en: "the archive never gave out code `{code}`",
    }
    /// How a code is given.
    hint_give_out() {
        vi: "cấp mã bằng `sohoa qr code --archive KHO`",
        en: "give one out with `sohoa qr code --archive DIR`",
    }
    /// A code of another day.
    other_day(code, on, day) {
        vi: "mã `{code}` cấp cho ngày {on}, không phải ngày nhận {day}",
        en: "code `{code}` is of {on}, not of {day}, the day of receipt",
    }
    /// A slip that took long.
    slip_late(minutes, target) {
        vi: "từ lúc nhận đến lúc in phiếu mất {minutes} phút, quá mức {target} phút",
        en: "{minutes} minute{minutes:#} from receipt to slip, more than {target}",
    }
    /// Particulars that cannot be read.
    bad_particulars(file, line, column) {
        vi: "`{file}`, dòng {line}, cột {column}: không đúng JSON hoặc có trường lạ",
        en: "`{file}`, line {line}, column {column}: not JSON, or a field nobody knows",
    }
    /// Where fields are listed.
    hint_particulars() {
        vi: "các trường được kể trong `sohoa qr slip --help`",
        en: "the fields are listed by `sohoa qr slip --help`",
    }
    /// Particulars too long.
    long_particulars(file) {
        vi: "`{file}`: có trường dài quá hoặc quá nhiều thành phần hồ sơ",
        en: "`{file}`: a field is too long, or there are too many papers",
    }
    /// A key without an archive.
    key_needs_archive() {
        vi: "địa chỉ có `{{khoa}}` nên cần `--archive KHO`",
        en: "the address has `{{khoa}}` and needs `--archive DIR`",
    }
    /// Personal data for a code.
    personal() {
        vi: "nội dung có vẻ là số căn cước hay mã thẻ căn cước; dữ liệu cá nhân không được vào mã QR",
        en: "this looks like the number or code of a citizen’s card; no QR code holds personal data",
    }
    /// No calibration sheet.
    no_calibration(file) {
        vi: "{file}: không phải tờ kiểm tra, hoặc thiếu mã ở góc",
        en: "{file}: not the calibration sheet, or a corner code is missing",
    }
    /// The resolution.
    test_dpi(across, down) {
        vi: "Độ phân giải thật: {across} × {down} dpi",
        en: "True resolution: {across} × {down} dpi",
    }
    /// The scale.
    test_scale(across, down) {
        vi: "Sai số tỷ lệ: ngang {across} %, dọc {down} %",
        en: "Error of scale: {across} % across, {down} % down",
    }
    /// The skew.
    test_skew(skew) {
        vi: "Độ nghiêng: {skew}°",
        en: "Skew: {skew}°",
    }
    /// A tint.
    test_tint(tint) {
        vi: "Ám màu: lệch {tint}/255 trên ô xám",
        en: "Tint: {tint}/255 on grey",
    }
    /// No tint.
    test_no_tint(tint) {
        vi: "Không ám màu (lệch {tint}/255)",
        en: "No tint ({tint}/255)",
    }
    /// No colour.
    test_no_colour() {
        vi: "Bản quét không có màu",
        en: "The scan has no colour",
    }
    /// The smallest module.
    test_module(module) {
        vi: "Ô mã nhỏ nhất đọc được: {module} mm",
        en: "Smallest module read: {module} mm",
    }
    /// No module.
    test_no_module() {
        vi: "Không đọc được ô mã nào",
        en: "No module was read",
    }
    /// A good result.
    test_good() {
        vi: "Tốt: mã QR in ra sẽ đọc được.",
        en: "Good: codes that are printed will be read.",
    }
    /// A bad result.
    test_bad() {
        vi: "Chưa tốt: kiểm tra tỷ lệ in 100 %, mực in và kính máy quét.",
        en: "Not good: check that printing is at 100 %, the toner, and the glass of the scanner.",
    }
    /// A file without a key.
    seal_no_key(file) {
        vi: "`{file}` không có khóa riêng nào ký được",
        en: "`{file}` holds no private key that signs",
    }
    /// A key that would not sign.
    seal_refused(why) {
        vi: "khóa không ký được: {why}",
        en: "the key did not sign: {why}",
    }
    /// A key of another kind.
    seal_other_kind(file) {
        vi: "khóa trong `{file}` không phải ECDSA P-256 hay RSA",
        en: "the key in `{file}` is neither ECDSA P-256 nor RSA",
    }
    /// Too dense a code.
    seal_too_long(version) {
        vi: "mã có chữ ký lớn hơn phiên bản {version}, khó đọc; khóa RSA chỉ dùng được đến 2048 bit, nên dùng khóa ECDSA P-256",
        en: "the sealed code would be larger than version {version} and hard to read; RSA keys fit up to 2048 bits, a key of ECDSA \
             P-256 is better",
    }
    /// A file without public keys.
    no_public_key(file) {
        vi: "`{file}` không có khóa công khai ECDSA P-256 nào",
        en: "`{file}` holds no public key of ECDSA P-256",
    }
    /// A sound seal.
    seal_sound() {
        vi: "chữ ký đúng, do khóa được tin cậy ký",
        en: "sealed by a trusted key",
    }
    /// A forged seal.
    seal_forged() {
        vi: "chữ ký KHÔNG đúng: nội dung bị sửa hoặc giả",
        en: "NOT sealed by the key it names: altered or forged",
    }
    /// A seal that cannot be opened.
    seal_unreadable() {
        vi: "mã có chữ ký nhưng không đọc được nội dung",
        en: "a sealed code whose content cannot be read",
    }
    /// A seal by an unknown key.
    seal_unknown() {
        vi: "chưa kết luận: khóa ký không nằm trong các khóa được tin cậy",
        en: "undecided: the key is none of those trusted",
    }
    /// A seal whose certificate is revoked.
    seal_revoked() {
        vi: "KHÔNG tin được: chứng thư của khóa ký đã bị thu hồi",
        en: "NOT to be believed: the certificate of the key is revoked",
    }
    /// A seal whose certificate leads to no anchor.
    seal_no_chain() {
        vi: "chưa kết luận: chứng thư của khóa ký không dẫn tới gốc tin cậy nào",
        en: "undecided: the certificate of the key chains to no anchor of trust",
    }
    /// A seal of a day on which the certificate was not valid.
    seal_out_of_time() {
        vi: "chưa kết luận: chứng thư của khóa ký không có hiệu lực vào ngày ghi trong mã",
        en: "undecided: the certificate of the key was not valid on the day stated",
    }
    /// A seal of whose certificate nobody knows whether it is revoked.
    seal_revocation_unknown() {
        vi: "chưa kết luận: không có danh sách thu hồi còn hạn cho chứng thư của khóa ký; thêm CRL vào thư mục tin cậy",
        en: "undecided: no revocation list in force for the certificate of the key; add its CRL to the folder of trust",
    }
    /// A seal whose certificate may not be used.
    seal_untrusted() {
        vi: "chưa kết luận: chuỗi chứng thư của khóa ký không hợp lệ",
        en: "undecided: the chain of the key's certificate does not hold",
    }
    /// Who sealed.
    seal_by(name) {
        vi: "khóa của {name}",
        en: "key of {name}",
    }
    /// A seal nobody checked.
    seal_unchecked() {
        vi: "chưa kiểm tra chữ ký (cần `--trust`)",
        en: "not checked (needs `--trust`)",
    }
    /// What a seal states.
    seal_says(issuer, code, day, pages) {
        vi: "cơ quan {issuer}, hồ sơ {code}, ngày {day}, {pages} trang",
        en: "agency {issuer}, dossier {code}, {day}, {pages} page{pages:#}",
    }
    /// A copy of the original.
    seal_original() {
        vi: "tệp đối chiếu đúng là bản gốc",
        en: "the file it is held against is the original",
    }
    /// A copy of something else.
    seal_other() {
        vi: "tệp đối chiếu KHÔNG phải bản gốc",
        en: "the file it is held against is NOT the original",
    }
    /// A wrong secret.
    wrong_secret() {
        vi: "mã tra cứu không đúng",
        en: "the look-up secret is wrong",
    }
    /// The title of a status page.
    page_title() {
        vi: "Tra cứu hồ sơ",
        en: "Dossier status",
    }
    /// When it was received.
    page_received() {
        vi: "Ngày tiếp nhận",
        en: "Received",
    }
    /// When the result is owed.
    page_due() {
        vi: "Hẹn trả kết quả",
        en: "Result owed",
    }
    /// When it was finished.
    page_finished() {
        vi: "Ngày xử lý xong",
        en: "Finished",
    }
    /// A late dossier.
    page_late() {
        vi: "Hồ sơ đã quá hạn trả kết quả.",
        en: "The result is overdue.",
    }
    /// A dossier without a state.
    page_no_state() {
        vi: "Chưa có trạng thái",
        en: "No state yet",
    }
    /// When a page was written.
    page_as_of(moment) {
        vi: "Cập nhật lúc {moment}",
        en: "As of {moment}",
    }
    /// The papers of a dossier.
    status_papers(documents, pages) {
        vi: "{documents} tài liệu, {pages} trang",
        en: "{documents} document{documents:#}, {pages} page{pages:#}",
    }
    /// What is missing.
    status_missing(missing) {
        vi: "còn thiếu: {missing}",
        en: "missing: {missing}",
    }
    /// What can be missing: papers.
    lacks_documents() {
        vi: "giấy tờ đã quét",
        en: "scanned papers",
    }
    /// What can be missing: the procedure.
    lacks_procedure() {
        vi: "mã thủ tục hành chính (MaTTHC)",
        en: "the procedure (MaTTHC)",
    }
    /// What can be missing: the day of receipt.
    lacks_receipt() {
        vi: "ngày tiếp nhận (NgayTiepNhan)",
        en: "the day of receipt (NgayTiepNhan)",
    }
    /// What can be missing: the day owed.
    lacks_due() {
        vi: "ngày hẹn trả (NgayHenTra)",
        en: "the day it is due (NgayHenTra)",
    }
    /// What can be missing: the state.
    lacks_state() {
        vi: "trạng thái (TrangThai)",
        en: "the state (TrangThai)",
    }
    /// A folder in the archive.
    publish_inside(folder) {
        vi: "`{folder}` nằm trong kho; trang tra cứu phải ở ngoài kho",
        en: "`{folder}` lies in the archive; pages must lie outside",
    }
    /// A folder that cannot be made.
    cannot_make(folder) {
        vi: "không tạo được thư mục `{folder}`",
        en: "cannot make the folder `{folder}`",
    }
    /// Pages that were published.
    published(folder, pages, written, removed) {
        vi: "{folder}: {pages} trang, ghi mới {written}, gỡ {removed} vì hồ sơ không còn",
        en: "{folder}: {pages} page{pages:#}; written: {written}, removed because their dossier is gone: {removed}",
    }
}
