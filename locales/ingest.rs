// Sentences about an ingest run; `raster.rs` says how the table works.

messages! {
    /// A file of zero bytes.
    empty() {
        vi: "tệp rỗng (0 byte)",
        en: "the file is empty (0 bytes)",
    }
    /// A file too long to be held in memory.
    too_long(bytes, limit) {
        vi: "tệp dài `{bytes}` byte, vượt giới hạn `{limit}` byte",
        en: "the file has `{bytes}` byte{bytes:#}, more than the limit of `{limit}`",
    }
    /// A pipe, a socket or a device where a file was expected.
    not_a_file() {
        vi: "không phải tệp thường (đường ống hay thiết bị)",
        en: "not an ordinary file but a pipe or a device",
    }
    /// A link in a folder of scans that leads to another folder.
    linked_folder() {
        vi: "là lối tắt tới một thư mục; các tệp trong đó chưa được đọc",
        en: "a link to a folder; the files in it were not read",
    }
    /// A file whose length changes while it is read.
    changing() {
        vi: "tệp còn đang được ghi trong lúc đọc",
        en: "the file was still being written while it was read",
    }
    /// A well-known kind of file that is no scan.
    foreign_file(kind) {
        vi: "không phải bản quét mà là tệp {kind}",
        en: "not a scan but a file of kind {kind}",
    }
    /// A file of no kind that is known.
    unknown_file() {
        vi: "không phải bản quét: nội dung tệp không phải ảnh hay PDF nào biết được",
        en: "not a scan: its content is no known image or PDF",
    }
    /// A paper that is taken from another dossier.
    reused(dossier, file, why) {
        vi: "tái sử dụng bản đã có trong hồ sơ `{dossier}` ({file}): {why}",
        en: "reuses the copy held in the dossier `{dossier}` ({file}): {why}",
    }
    /// A paper that seems to be held already.
    held_alike(dossier, file, why) {
        vi: "kho đã có giấy tờ này trong hồ sơ `{dossier}` ({file}): {why}; dùng `--reuse` để tái sử dụng thay vì lưu bản quét mới",
        en: "the archive holds this paper already, in the dossier `{dossier}` ({file}): {why}; `--reuse` records that instead of filing another scan",
    }
    /// A paper that another input of the same run is as well.
    held_in_run(name, why) {
        vi: "giống giấy tờ trong `{name}` của chính lượt này: {why}; cả hai được lưu, cần xem có phải quét hai lần không",
        en: "the same paper as in `{name}` of this very run: {why}; both were filed, look whether it was scanned twice",
    }
    /// A picture that is to be filed as it is.
    is_a_scan() {
        vi: "là ảnh quét; hãy số hóa bằng `sohoa ingest` để tìm kiếm được",
        en: "this is a scan; digitise it with `sohoa ingest`, so that it can be searched",
    }
    /// A well-known kind of file that is not kept as it is.
    not_kept(kind) {
        vi: "tệp {kind} không lưu nguyên dạng được; nhận PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, DOC, RTF, XML, TXT, CSV",
        en: "a file of kind {kind} is not kept as it is; PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, DOC, RTF, XML, TXT and CSV are",
    }
    /// A file of no kind that is known.
    not_kept_unknown() {
        vi: "nội dung tệp không thuộc loại nào biết được; nhận PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, DOC, RTF, XML, TXT, CSV",
        en: "its content is of no known kind; PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, DOC, RTF, XML, TXT and CSV are kept",
    }
    /// A name that says another kind than the content.
    other_ending(ending, kind, endings) {
        vi: "tên tệp có đuôi `{ending}` nhưng nội dung là {kind} ({endings}): hãy kiểm tra lại tệp",
        en: "its name ends in `{ending}` but its content is {kind} ({endings}): look at the file again",
    }
    /// A format before 2007.
    old_format() {
        vi: "định dạng cũ, chữ trong tệp không được đưa vào mục lục; nên có thêm bản PDF",
        en: "an old format whose text does not go into the catalogue; a PDF beside it is advisable",
    }
    /// XML that cannot be read to its end.
    broken_xml() {
        vi: "nội dung XML bên trong hỏng hoặc không đúng cú pháp",
        en: "the XML in it is damaged or not well-formed",
    }
    /// Programs within a document.
    has_macros() {
        vi: "tệp có chứa macro (chương trình); chỉ mở khi biết rõ nguồn gốc",
        en: "the file contains macros (programs); open it only where its origin is known",
    }
    /// Pages of a PDF without text.
    mute_pages(mute, pages) {
        vi: "{mute} trong {pages} trang không có chữ; nếu là bản quét, hãy dùng `sohoa ingest`",
        en: "pages without text: {mute} of {pages}; if this is a scan, use `sohoa ingest`",
    }
    /// A PDF that needed the password given.
    encrypted_with_password() {
        vi: "PDF có mật khẩu, đã mở bằng mật khẩu được cung cấp; bản lưu không còn mật khẩu",
        en: "the PDF was encrypted and opened with the password given; the copy kept has none",
    }
    /// A PDF that anybody may read but not change.
    encrypted_empty_password() {
        vi: "PDF được mã hóa nhưng không cần mật khẩu để đọc; bản lưu không còn mã hóa",
        en: "the PDF was encrypted with an empty user password; the copy kept is not encrypted",
    }
    /// A PDF that needs its password and is not rebuilt.
    kept_with_password() {
        vi: "PDF có mật khẩu được giữ nguyên từng byte; muốn mở vẫn phải có mật khẩu",
        en: "the PDF was kept byte for byte and still needs its password to be opened",
    }
    /// A PDF that anybody may read but not change, and that is not rebuilt.
    kept_with_empty_password() {
        vi: "PDF được mã hóa nhưng không cần mật khẩu để đọc; giữ nguyên từng byte, vẫn mã hóa",
        en: "the PDF is encrypted with an empty user password; kept byte for byte, it still is",
    }
    /// A PDF whose table of objects was rebuilt.
    recovered() {
        vi: "bảng tham chiếu của PDF bị hỏng, đã dựng lại để đọc",
        en: "the cross-reference table of the PDF was damaged and was rebuilt for reading",
    }
    /// Attachments that a rebuilt PDF does not carry.
    has_attachments() {
        vi: "PDF có tệp đính kèm; bản tìm kiếm không mang theo tệp đính kèm",
        en: "the PDF has attachments; the searchable copy does not carry them",
    }

    /// A PDF page without a size.
    no_page_size() {
        vi: "trang PDF không ghi khổ giấy; coi như A4",
        en: "the PDF page states no size; taken as A4",
    }
    /// A picture compressed with loss.
    made_jpeg(quality) {
        vi: "ảnh được nén JPEG chất lượng {quality}",
        en: "the picture was compressed as JPEG of quality {quality}",
    }
    /// A picture made black and white.
    made_bilevel() {
        vi: "giấy chỉ có đen trắng, ảnh được lưu dạng đen trắng",
        en: "the paper is black and white; the picture was made bilevel",
    }
    /// A scan coarser than the rules want.
    too_coarse(dpi, wanted) {
        vi: "bản quét {dpi} dpi, quy định tối thiểu {wanted} dpi (NĐ 30/2020/NĐ-CP, Phụ lục I)",
        en: "scanned at {dpi} dpi where {wanted} are required (Decree 30/2020/NĐ-CP, Annex I)",
    }
    /// A scan that is not in colour.
    not_in_colour() {
        vi: "bản quét không phải ảnh màu như NĐ 30/2020/NĐ-CP, Phụ lục I yêu cầu",
        en: "the scan is not in colour as Decree 30/2020/NĐ-CP, Annex I requires",
    }

    /// The title of a document of which nothing else is known.
    title(day) {
        vi: "Tài liệu số hóa ngày {day}",
        en: "Document digitised on {day}",
    }
    /// The mark of a conversion from paper (Luật Giao dịch điện tử 2023, Điều 12).
    conversion(agency, moment) {
        vi: "Bản chuyển đổi từ văn bản giấy – {agency} – {moment}",
        en: "Converted from a paper document – {agency} – {moment}",
    }
    /// A signed PDF is never rewritten.
    kept_signed() {
        vi: "PDF có chữ ký số, giữ nguyên từng byte",
        en: "the PDF carries digital signatures and was kept byte for byte",
    }
    /// A PDF with text is not rebuilt.
    kept_with_text() {
        vi: "PDF đã có lớp chữ, giữ nguyên từng byte",
        en: "the PDF has text already and was kept byte for byte",
    }
    /// Every page is blank.
    all_blank() {
        vi: "mọi trang đều trắng",
        en: "every page is blank",
    }
    /// The PDF is larger than the scan.
    grew(from, to, ways) {
        vi: "PDF lớn hơn bản quét (`{from}` → `{to}` byte) do cách nén ảnh: {ways}",
        en: "the PDF is larger than the scan (`{from}` → `{to}` byte{to:#}) through its pictures: {ways}",
    }
    /// The same bytes are held already.
    already_filed(dossier, file) {
        vi: "đã có trong hồ sơ `{dossier}`, tệp `{file}`",
        en: "already held in dossier `{dossier}` as `{file}`",
    }
    /// An input that another one before it is to the byte, in a run that only looks.
    already_in_run(name) {
        vi: "cùng từng byte với `{name}` của chính lượt này, chỉ lưu một lần",
        en: "the same bytes as `{name}` of this very run, filed only once",
    }
    /// A secrecy marking; nothing is written.
    secret() {
        vi: "có dấu chỉ độ mật; không ghi lại gì về văn bản này",
        en: "bears a secrecy marking; nothing about it was written",
    }
    /// A person vouches that a marked paper is not secret.
    not_secret(person) {
        vi: "có dấu chỉ độ mật; `{person}` xác nhận không phải tài liệu mật",
        en: "bears a secrecy marking; `{person}` confirms that it is not secret",
    }
    /// Two stacks of a scanner that sees one side, in the order of the paper.
    collated(sheets, whose, order, reason) {
        vi: "đã ghép {sheets} mặt trước và {sheets} mặt sau {whose} theo thứ tự tờ giấy, mặt sau {order}; căn cứ: {reason}",
        en: "{sheets} front{sheets:#} and {sheets} back{sheets:#} {whose} were put in the order of the paper, the backs {order}; by {reason}",
    }
    /// Where the two stacks are.
    of_one_file() {
        vi: "trong cùng một tệp",
        en: "in one file",
    }
    /// Where the two stacks are.
    of_two_files() {
        vi: "trong hai tệp",
        en: "in two files",
    }
    /// How backs lie.
    backs_reversed() {
        vi: "xếp ngược (trang cuối trước)",
        en: "reversed (last page first)",
    }
    /// How backs lie.
    backs_forward() {
        vi: "xếp xuôi",
        en: "in the order of the fronts",
    }
    /// What the order of backs is known by.
    collated_by_sheets() {
        vi: "tờ phân cách in hai mặt",
        en: "separator sheets printed on both sides",
    }
    /// What the order of backs is known by.
    collated_by_numbers() {
        vi: "số trang in trên giấy",
        en: "the numbers on the pages",
    }
    /// What the order of backs is known by.
    collated_as_asked() {
        vi: "yêu cầu của người quét",
        en: "what was asked for",
    }
    /// What the order of backs is known by.
    collated_as_usual() {
        vi: "cách quét thông thường; trên giấy không có gì xác nhận, nên xem lại thứ tự trang",
        en: "what is usual; nothing on the pages confirms it, so look at their order",
    }
    /// Numbers of pages that say another order than the one chosen.
    collated_against_numbers() {
        vi: "số trang in trên giấy không khớp thứ tự đã ghép; cần xem lại thứ tự trang",
        en: "the numbers on the pages do not fit the order they were put in; look at it",
    }
    /// Two files of different length.
    stacks_differ(fronts, backs) {
        vi: "tệp mặt trước có {fronts} trang, tệp mặt sau có {backs} trang: không ghép được; hãy quét lại tập thiếu",
        en: "{fronts} page{fronts:#} of fronts and {backs} of backs do not go together; scan the short stack again",
    }
    /// One file with an odd number of pages.
    stack_is_odd(pages) {
        vi: "tệp có {pages} trang, không chia đôi được thành mặt trước và mặt sau: có trang bị sót hoặc kéo đôi; hãy quét lại",
        en: "{pages} page{pages:#} cannot be fronts and as many backs: one was missed or two went through at once; scan again",
    }
    /// Sheets printed on both sides that do not fit each other or what was asked.
    stacks_contradict() {
        vi: "tờ phân cách ở mặt trước và mặt sau không khớp nhau theo thứ tự này: có trang bị sót, kéo đôi hoặc xếp sai chiều; \
             hãy kiểm tra hai tập rồi quét lại, hoặc thử `--collate auto`",
        en: "the separator sheets of fronts and backs do not fit each other in this order: a page was missed, went through twice, \
             or the stack lay the other way round; look at both stacks and scan again, or try `--collate auto`",
    }
    /// A file that cannot be taken apart.
    collated_is_kept() {
        vi: "tệp có lớp chữ hoặc chữ ký số nên phải giữ nguyên, không ghép trang được; nếu đó chỉ là bản quét, thêm `--text force`",
        en: "the file has text or a signature and must stay as it is, so its pages cannot be put in order; if it is but a scan, add \
             `--text force`",
    }
    /// A file that lacks pages.
    collated_lacks_pages() {
        vi: "tệp PDF thiếu trang nên không biết mặt nào đi với mặt nào",
        en: "the PDF lacks pages, so that nobody knows which back belongs to which front",
    }
    /// A scan whose hidden text, kept, has few words.
    thin_text(words) {
        vi: "trang là ảnh quét mà lớp chữ có sẵn chỉ gồm {words} từ; nếu thiếu, nhận dạng lại bằng `--text redo`",
        en: "the page is a scan whose text has only {words} word{words:#}; if some are missing, read it again with `--text redo`",
    }
    /// Where an input lies in quarantine.
    quarantined(id) {
        vi: "đã cách ly tại `quarantine/{id}`",
        en: "kept in `quarantine/{id}`",
    }
    /// The same bytes lay in quarantine before.
    quarantined_before(id) {
        vi: "đã nằm sẵn trong `quarantine/{id}` từ lần trước",
        en: "has been in `quarantine/{id}` since an earlier run",
    }
    /// What lay in quarantine has been filed.
    released(id) {
        vi: "đã đưa ra khỏi `quarantine/{id}`, vì nay đã lưu vào hồ sơ",
        en: "taken out of `quarantine/{id}`, now that it is filed",
    }
    /// A page's work ended in a fault of the program.
    internal_fault() {
        vi: "lỗi trong chương trình khi xử lý trang này",
        en: "a fault of the program while working on this page",
    }
    /// The file to write is there already.
    output_exists(path) {
        vi: "tệp `{path}` đã có, không ghi đè",
        en: "the file `{path}` exists and is not overwritten",
    }

    /// A folder with several files, or none, for one output file.
    not_one_input(count) {
        vi: "có `{count}` đầu vào nhưng chỉ một tệp để ghi",
        en: "there are `{count}` input{count:#} for one file to write",
    }

    /// Some pages of a PDF had no text and got some.
    text_added(laid, pages) {
        vi: "PDF đã có lớp chữ ở một số trang; thêm lớp chữ cho {laid} trong {pages} trang, phần còn lại giữ nguyên",
        en: "the PDF had text on some pages; text was laid over {laid} of its {pages} page{pages:#}, the rest is unchanged",
    }

    /// Pages that a PDF names and does not have.
    pages_missing(count) {
        vi: "PDF ghi tên `{count}` trang nhưng không tìm thấy nội dung của chúng",
        en: "of the pages that the PDF names, `{count}` cannot be found in it",
    }
}
