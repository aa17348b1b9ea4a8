// Sentences about signatures and the files that bear them; `raster.rs` says how the table works.

messages! {
    // Reading to the letter.

    /// Something else stands in a place.
    syntax(offset, expected) {
        vi: "tại byte {offset} phải có {expected}",
        en: "at byte {offset} there should be {expected}",
    }
    /// Any object.
    expected_object() { vi: "một đối tượng PDF", en: "a PDF object" }
    /// `N G obj`.
    expected_indirect() { vi: "`N G obj`", en: "`N G obj`" }
    /// Cross-reference section.
    expected_section() { vi: "bảng tham chiếu chéo", en: "a cross-reference section" }
    /// Entry of it.
    expected_entry() { vi: "một mục của bảng tham chiếu chéo", en: "a cross-reference entry" }
    /// Trailer.
    expected_trailer() { vi: "từ điển `trailer`", en: "a trailer dictionary" }
    /// `startxref`.
    expected_startxref() { vi: "`startxref` và một số", en: "`startxref` and a number" }
    /// An object stream.
    expected_object_stream() {
        vi: "luồng đối tượng chứa đúng đối tượng đã ghi trong bảng",
        en: "an object stream that holds what the table promises",
    }
    /// Known filter.
    expected_filter() {
        vi: "dữ liệu giải nén được bằng bộ lọc đã biết",
        en: "data that pass a filter known here",
    }

    /// A limit.
    too_much(offset, of) {
        vi: "tại byte {offset}: {of}",
        en: "at byte {offset}: {of}",
    }
    /// Depth.
    limit_depth() { vi: "các đối tượng lồng nhau quá sâu", en: "objects are nested too deeply" }
    /// Object length.
    limit_object() { vi: "một đối tượng quá dài", en: "an object is too long" }
    /// Entries.
    limit_entries() { vi: "quá nhiều đối tượng", en: "there are too many objects" }
    /// Sections.
    limit_sections() { vi: "quá nhiều lần cập nhật", en: "there are too many updates" }
    /// Inflated.
    limit_inflated() { vi: "dữ liệu nén bung ra quá lớn", en: "compressed data inflate without measure" }
    /// Work.
    limit_work() { vi: "tệp buộc phải đọc đi đọc lại quá nhiều", en: "the file makes its reader go in circles" }

    // What reports show and own up to.

    /// Under a picture.
    picture_before(page, revision) {
        vi: "Trang {page} trước lần cập nhật {revision}",
        en: "Page {page} before revision {revision}",
    }
    /// Under a picture.
    picture_after(page, revision) {
        vi: "Trang {page} sau lần cập nhật {revision}; chỗ khác được đóng khung",
        en: "Page {page} after revision {revision}; what differs is framed",
    }
    /// Under a picture.
    picture_same(page, revision) {
        vi: "Trang {page} sau lần cập nhật {revision}; không thấy khác biệt",
        en: "Page {page} after revision {revision}; no difference can be seen",
    }
    /// A remark.
    list_unchecked(about, sha256) {
        vi: "danh sách tin cậy {about} (SHA-256 {sha256}) được tin như một tệp do bạn chọn; chữ ký của chính danh sách không được kiểm tra",
        en: "the trusted list {about} (SHA-256 {sha256}) is trusted as a file of your choice; its own signature is not checked",
    }

    // Asking and going on.

    /// A finding.
    fetched(url, kind, sha256) {
        vi: "đã tải từ {url}: {kind}, SHA-256 {sha256}",
        en: "fetched from {url}: {kind}, SHA-256 {sha256}",
    }
    /// A finding.
    not_fetched(url) {
        vi: "đã hỏi {url} nhưng không nhận được gì dùng được",
        en: "{url} was asked and gave nothing usable",
    }
    /// A run that was stopped.
    stopped(judged, left) {
        vi: "đã dừng theo yêu cầu: {judged} tệp đã xét, {left} tệp chưa đến lượt",
        en: "stopped on request; files judged: {judged}, not reached: {left}",
    }
    /// How it goes on.
    hint_resume(path) {
        vi: "chạy lại cùng lệnh để làm tiếp: các kết luận đã có nằm trong `{path}`",
        en: "the same command goes on: `{path}` has the verdicts so far",
    }
    /// How it goes on in an archive.
    hint_kept() {
        vi: "chạy lại cùng lệnh để làm tiếp: kho giữ các kết luận đã có",
        en: "the same command goes on: the archive keeps the verdicts so far",
    }
    /// How the next one could.
    hint_keep_notes() {
        vi: "thêm `--resume TỆP` để lần sau dừng giữa chừng thì làm tiếp được",
        en: "with `--resume FILE` a run that is stopped can go on",
    }
    /// An error.
    cannot_use_notes(path) {
        vi: "không đọc ghi được tệp ghi tiến độ `{path}`",
        en: "cannot use the notes in `{path}`",
    }
    /// An error.
    no_notes(path) {
        vi: "`{path}` không phải tệp ghi tiến độ của `sohoa verify`; hãy chọn tên khác cho `--resume`",
        en: "`{path}` does not hold notes of `sohoa verify`; name another file with `--resume`",
    }
    /// An error.
    other_notes(path) {
        vi: "tệp ghi tiến độ `{path}` thuộc lần chạy khác: tin cậy, thời điểm, yêu cầu hoặc phiên bản không giống; hãy chọn tên khác cho `--resume` để làm lại từ đầu",
        en: "the notes in `{path}` are of another run: trust, moment, demands or version differ; name another file with `--resume` to begin anew",
    }
    /// A remark.
    resumed(count, path) {
        vi: "làm tiếp: {count} tệp đã có kết luận trong `{path}`",
        en: "going on: `{path}` has the verdicts of {count} file{count:#}",
    }

    // What a later revision changed.

    /// A change.
    kind_validation_data() {
        vi: "dữ liệu kiểm chứng (DSS) được thêm",
        en: "validation data (DSS) added",
    }
    /// A change.
    kind_time_stamp() {
        vi: "dấu thời gian tài liệu được thêm",
        en: "document time-stamp added",
    }
    /// A change.
    kind_metadata() {
        vi: "siêu dữ liệu thay đổi",
        en: "metadata changed",
    }
    /// A change.
    kind_version() {
        vi: "phiên bản hoặc phần mở rộng PDF được nâng",
        en: "PDF version or extension raised",
    }
    /// A change.
    kind_field_signed() {
        vi: "trường chữ ký có sẵn được ký",
        en: "existing signature field signed",
    }
    /// A change.
    kind_signature_added() {
        vi: "chữ ký mới được thêm",
        en: "new signature added",
    }
    /// A change.
    kind_empty_field() {
        vi: "trường chữ ký trống được thêm",
        en: "empty signature field added",
    }
    /// A change.
    kind_field_filled() {
        vi: "giá trị trường biểu mẫu thay đổi",
        en: "form field changed",
    }
    /// A change.
    kind_field_appearance() {
        vi: "hình hiển thị của trường thay đổi",
        en: "appearance of a field changed",
    }
    /// A change.
    kind_structure_annotation() {
        vi: "cấu trúc thẻ thay đổi theo chú thích",
        en: "structure changed along with annotations",
    }
    /// A change.
    kind_annotation_added() {
        vi: "chú thích được thêm",
        en: "annotation added",
    }
    /// A change.
    kind_annotation_changed() {
        vi: "chú thích bị sửa",
        en: "annotation changed",
    }
    /// A change.
    kind_annotation_removed() {
        vi: "chú thích bị xóa",
        en: "annotation removed",
    }
    /// A change.
    kind_unreferenced() {
        vi: "đối tượng không được dùng đến được thêm",
        en: "an object that nothing refers to was added",
    }
    /// A change.
    kind_content_hidden() {
        vi: "nội dung trang đã ký bị che",
        en: "content of the page that was signed is hidden",
    }
    /// A change.
    kind_content_filled_over() {
        vi: "phần điền vào biểu mẫu che nội dung của trang",
        en: "what was filled in hides content of the page",
    }
    /// A change.
    kind_content_unseen() {
        vi: "có phần đặt đè lên trang, nhưng không dựng được hình trang để xem nó che gì",
        en: "something was laid over a page that cannot be painted to see what it hides",
    }
    /// A change.
    kind_validation_data_shrunk() {
        vi: "một phần dữ liệu kiểm chứng (DSS) bị lấy đi",
        en: "part of the validation data (DSS) taken out",
    }
    /// A change.
    kind_validation_data_broken() {
        vi: "dữ liệu kiểm chứng (DSS) không còn đúng dạng",
        en: "validation data (DSS) no longer in their form",
    }
    /// A change.
    kind_size_lowered() {
        vi: "phần cuối tệp ghi số đối tượng ít hơn số đang có",
        en: "the trailer says that there are fewer objects than there are",
    }
    /// A change.
    kind_metadata_removed() {
        vi: "siêu dữ liệu bị xóa",
        en: "metadata removed",
    }
    /// A change.
    kind_metadata_broken() {
        vi: "siêu dữ liệu bị thay bằng thứ không phải XML",
        en: "metadata replaced by something that is not XML",
    }
    /// A change.
    kind_validation_data_removed() {
        vi: "dữ liệu kiểm chứng (DSS) bị xóa",
        en: "validation data (DSS) removed",
    }
    /// A change.
    kind_version_lowered() {
        vi: "phiên bản PDF bị hạ",
        en: "PDF version lowered",
    }
    /// A change.
    kind_extensions_removed() {
        vi: "danh mục phần mở rộng bị xóa",
        en: "extensions removed",
    }
    /// A change.
    kind_extension_removed() {
        vi: "một phần mở rộng bị xóa",
        en: "an extension removed",
    }
    /// A change.
    kind_extension_lowered() {
        vi: "mức của phần mở rộng bị hạ",
        en: "level of an extension lowered",
    }
    /// A change.
    kind_field_added() {
        vi: "trường biểu mẫu được thêm",
        en: "form field added",
    }
    /// A change.
    kind_field_removed() {
        vi: "trường biểu mẫu bị xóa hoặc đổi tên",
        en: "form field removed or renamed",
    }
    /// A change.
    kind_form_changed() {
        vi: "biểu mẫu bị sửa ngoài phần điền",
        en: "form changed beyond filling in",
    }
    /// A change.
    kind_form_removed() {
        vi: "biểu mẫu bị xóa",
        en: "form removed",
    }
    /// A change.
    kind_signature_removed() {
        vi: "chữ ký bị gỡ khỏi trường",
        en: "signature removed from its field",
    }
    /// A change.
    kind_signature_replaced() {
        vi: "chữ ký bị thay bằng chữ ký khác",
        en: "signature replaced",
    }
    /// A change.
    kind_page_annotations() {
        vi: "ô hiển thị trên trang bị thêm hoặc bớt",
        en: "widgets added to or removed from a page",
    }
    /// A change.
    kind_page() {
        vi: "nội dung trang bị sửa",
        en: "page content changed",
    }
    /// A change.
    kind_pages() {
        vi: "trang bị thêm, bớt hoặc thay",
        en: "pages added, removed or exchanged",
    }
    /// A change.
    kind_tabs() {
        vi: "thứ tự chuyển trường trên trang bị sửa",
        en: "tab order of a page changed",
    }
    /// A change.
    kind_catalog() {
        vi: "thông tin chung của tài liệu bị sửa",
        en: "document catalogue changed",
    }
    /// A change.
    kind_permissions_removed() {
        vi: "quyền sửa đổi bị xóa",
        en: "permissions removed",
    }
    /// A change.
    kind_permissions_changed() {
        vi: "quyền sửa đổi bị thay",
        en: "permissions changed",
    }
    /// A change.
    kind_structure() {
        vi: "cấu trúc thẻ của tài liệu bị sửa",
        en: "structure of the tagged document changed",
    }
    /// A change.
    kind_structure_removed() {
        vi: "cấu trúc thẻ của tài liệu bị xóa",
        en: "structure of the tagged document removed",
    }
    /// A change.
    kind_structure_added() {
        vi: "cấu trúc thẻ được thêm",
        en: "document structure added",
    }
    /// A change.
    kind_encryption() {
        vi: "cách mã hóa tệp bị sửa",
        en: "encryption changed",
    }
    /// A change.
    kind_key_twice() {
        vi: "một khóa được ghi hai lần với giá trị khác nhau, mỗi phần mềm đọc một kiểu",
        en: "a key stands twice with different values, so that programs read it differently",
    }
    /// A change.
    kind_field_shows_other() {
        vi: "trường hiển thị nội dung khác với giá trị của nó",
        en: "a field shows something else than its value",
    }
    /// A change.
    kind_field_drawn_anew() {
        vi: "cách hiển thị trường đã điền bị đổi (cỡ, màu, ẩn hiện)",
        en: "how a field that was filled in is drawn was changed (size, colour, visibility)",
    }
    /// A change.
    kind_active_content() {
        vi: "thêm chú giải có hành động hoặc nội dung động (kịch bản, phim, chạy chương trình)",
        en: "an annotation that acts was added (a script, film, a program to be started)",
    }
    /// A change.
    kind_not_compared() {
        vi: "có nhiều trường, thẻ cấu trúc hoặc hình hơn mức được so sánh; phần còn lại chưa xem",
        en: "there are more fields, tags or looks than are compared; the rest was not looked at",
    }
    /// A change.
    kind_unknown() {
        vi: "quá nhiều thứ phải so sánh, không kết luận được thay đổi",
        en: "too much to compare: changes cannot be told",
    }

    /// From one value to another.
    field_from_to(what, before, after) {
        vi: "{what} từ «{before}» thành «{after}»",
        en: "{what} from “{before}” to “{after}”",
    }
    /// What a change is about.
    about(what, about) { vi: "{what}: `{about}`", en: "{what}: `{about}`" }
    /// On which page.
    on_page(what, page) { vi: "{what}, trang {page}", en: "{what}, page {page}" }
    /// A change that may not be made after the signature.
    forbidden_change(what) {
        vi: "không được phép: {what}",
        en: "not allowed: {what}",
    }
    /// A change of which nobody can know what it shows.
    doubtful_change(what) {
        vi: "cần người xem xét: {what}",
        en: "for a person to judge: {what}",
    }
    /// In which revision.
    in_revision(what, revision) {
        vi: "{what} (lần cập nhật {revision})",
        en: "{what} (revision {revision})",
    }

    // Verdicts.

    /// A finding.
    passed() {
        vi: "HỢP LỆ",
        en: "VALID",
    }
    /// A finding.
    undecided() {
        vi: "CHƯA ĐỦ CĂN CỨ KẾT LUẬN",
        en: "UNDECIDED",
    }
    /// A finding.
    failed() {
        vi: "KHÔNG HỢP LỆ",
        en: "NOT VALID",
    }

    // About the file.

    /// A finding.
    chain_broken(why) {
        vi: "chuỗi bảng tham chiếu của tệp bị đứt: {why}",
        en: "the cross-reference chain is broken: {why}",
    }
    /// A finding.
    sealed() {
        vi: "tệp có mật khẩu và chưa được mở; chỉ kiểm tra được phần không mã hóa",
        en: "the file is encrypted and was not opened; only what is in clear was checked",
    }
    /// A finding.
    mac_unchecked() {
        vi: "tệp có mã xác thực riêng của phép mã hóa (ISO/TS 32004), không được kiểm tra ở đây; chữ ký được kiểm tra đầy đủ",
        en: "the file has a code of its encryption that authenticates it (ISO/TS 32004), which is not checked here; its signatures are, in full",
    }
    /// A finding.
    sealed_foreign() {
        vi: "tệp được mã hóa cho người nhận riêng hoặc theo cách chưa hỗ trợ; chỉ kiểm tra được phần không mã hóa",
        en: "the file is encrypted for certain recipients or in an unknown way; only what is in clear was checked",
    }
    /// A finding.
    too_many_signatures(most) {
        vi: "tệp khai quá {most} chữ ký; các chữ ký còn lại chưa được kiểm tra",
        en: "the file claims more than {most} signatures; the others were not checked",
    }
    /// A finding.
    no_signature() {
        vi: "tệp không có chữ ký số",
        en: "the file bears no signature",
    }
    /// A finding.
    before_header(at) {
        vi: "có dữ liệu trước phần đầu `%PDF-` (byte {at})",
        en: "there are bytes before `%PDF-` (byte {at})",
    }
    /// A finding.
    no_header() {
        vi: "tệp không bắt đầu bằng `%PDF-`",
        en: "the file does not begin with `%PDF-`",
    }
    /// A finding.
    ahead(at) {
        vi: "bảng tham chiếu chéo trỏ tới chỗ sau phần cuối của lần lưu đó, tại byte {at}: nội dung thêm sau có thể lẫn vào bản đã ký",
        en: "a cross-reference points behind the end of its own revision, to byte {at}: what is added later may pass for signed",
    }
    /// A finding.
    after_end(at) {
        vi: "có dữ liệu sau dấu kết thúc tệp, từ byte {at}",
        en: "there are bytes after the end mark, from byte {at}",
    }
    /// A finding.
    junk(start, end) {
        vi: "byte {start} đến {end} không thuộc phần nào của tệp PDF",
        en: "bytes {start} to {end} belong to nothing",
    }
    /// A finding.
    unlisted(number, offset) {
        vi: "đối tượng {number} tại byte {offset} không có trong bảng tham chiếu",
        en: "object {number} at byte {offset} is in no cross-reference section",
    }
    /// A finding.
    misplaced(number, offset) {
        vi: "bảng tham chiếu ghi đối tượng {number} ở byte {offset} nhưng ở đó không có",
        en: "the cross-reference has object {number} at byte {offset}, where it is not",
    }
    /// A finding.
    hidden(number, offset) {
        vi: "bảng tham chiếu trỏ đối tượng {number} vào giữa dữ liệu khác, tại byte {offset}",
        en: "the cross-reference points object {number} into other data, at byte {offset}",
    }
    /// A finding.
    disputed(number, offset) {
        vi: "hai bảng tham chiếu tại byte {offset} ghi đối tượng {number} ở hai chỗ khác nhau",
        en: "two cross-references at byte {offset} have object {number} in different places",
    }
    /// A finding.
    unmarked(offset) {
        vi: "lần cập nhật tại byte {offset} không có dấu kết thúc",
        en: "the revision at byte {offset} has no end mark",
    }
    /// A finding.
    unsound(number, offset) {
        vi: "đối tượng {number} tại byte {offset} không được kết thúc đúng",
        en: "object {number} at byte {offset} is not closed properly",
    }

    // About the range.

    /// A finding.
    range_no_dictionary() {
        vi: "không tìm thấy từ điển chữ ký tại chỗ của nó",
        en: "the signature dictionary is not where it should be",
    }
    /// A finding.
    range_missing() {
        vi: "chữ ký không có `/ByteRange`",
        en: "the signature has no `/ByteRange`",
    }
    /// A finding.
    range_not_four() {
        vi: "`/ByteRange` không gồm bốn số nguyên",
        en: "`/ByteRange` is not four whole numbers",
    }
    /// A finding.
    range_late_start() {
        vi: "phạm vi ký không bắt đầu từ byte đầu tiên",
        en: "the signed range does not begin at the first byte",
    }
    /// A finding.
    range_overlap() {
        vi: "hai phần của phạm vi ký chồng lên nhau",
        en: "the parts of the signed range overlap",
    }
    /// A finding.
    range_beyond() {
        vi: "phạm vi ký vượt quá cuối tệp: tệp đã bị cắt hoặc sửa",
        en: "the signed range goes beyond the end of the file",
    }
    /// A finding.
    range_no_contents() {
        vi: "không có `/Contents` hoặc không phải chuỗi thập lục phân",
        en: "there are no `/Contents`, or they are no hexadecimal string",
    }
    /// A finding.
    range_twice() {
        vi: "một khóa của từ điển chữ ký được ghi hai lần",
        en: "a key of the signature dictionary stands twice",
    }
    /// A finding.
    range_hole() {
        vi: "phần không được ký không trùng khít với `/Contents`",
        en: "what the range leaves out is not exactly the `/Contents`",
    }
    /// A finding.
    range_outside() {
        vi: "từ điển chữ ký nằm ngoài phần được ký",
        en: "the signature dictionary lies outside what it signs",
    }
    /// A finding.
    range_no_revision() {
        vi: "phạm vi ký không kết thúc tại một lần cập nhật của tệp",
        en: "the signed range does not end where a revision ends",
    }
    /// A finding.
    range_rewritten() {
        vi: "từ điển chữ ký đã bị sửa sau khi ký",
        en: "the signature dictionary was changed after signing",
    }
    /// A finding.
    removed() {
        vi: "chữ ký đã bị gỡ khỏi tài liệu",
        en: "the signature was removed from the document",
    }
    /// A finding.
    shared() {
        vi: "nhiều trường dùng chung một chữ ký",
        en: "several fields share one signature",
    }

    // About the signed data.

    /// A finding.
    unreadable() {
        vi: "dữ liệu chữ ký không đọc được hoặc trống",
        en: "the signature data cannot be read or are empty",
    }
    /// A finding.
    legacy() {
        vi: "dạng chữ ký cũ, không phải PAdES",
        en: "an older form of signature, not PAdES",
    }
    /// A finding.
    unknown_algorithm() {
        vi: "thuật toán không được biết, không kiểm tra được chữ ký",
        en: "an unknown algorithm: the signature cannot be checked",
    }
    /// A finding.
    bad_signature() {
        vi: "chữ ký không khớp với khóa của người ký",
        en: "the signature is not one of the signer’s key",
    }
    /// A finding.
    bad_digest() {
        vi: "nội dung đã bị thay đổi: giá trị băm không khớp",
        en: "the content was changed: the digest does not match",
    }
    /// A finding.
    bad_imprint() {
        vi: "dấu thời gian thuộc về dữ liệu khác",
        en: "the time-stamp is about something else",
    }
    /// A finding.
    stamp_unfit() {
        vi: "chứng thư của nơi cấp dấu thời gian không dùng được cho việc này",
        en: "the time-stamp authority’s certificate is not fit for it",
    }
    /// A finding.
    stamp_unreadable() {
        vi: "có dấu thời gian không đọc được",
        en: "there is a time-stamp that cannot be read",
    }
    /// A finding.
    stamp_broken() {
        vi: "dấu thời gian bị hỏng",
        en: "the time-stamp is broken",
    }
    /// A finding.
    no_certificate() {
        vi: "không có chứng thư của người ký trong tệp",
        en: "the signer’s certificate is not in the file",
    }
    /// A finding.
    many_signers() {
        vi: "dữ liệu chữ ký phải có đúng một người ký",
        en: "there must be exactly one signer in the signature data",
    }
    /// A finding.
    content_inside() {
        vi: "dữ liệu chữ ký mang nội dung riêng thay vì ký lên tệp",
        en: "the signature data bring a content of their own",
    }
    /// A finding.
    content_enclosed() {
        vi: "chữ ký mang nội dung được ký ở bên trong; chỉ nội dung ấy được kiểm tra, không tệp nào khác",
        en: "the signature has what it signs within; that alone was checked, and no other file",
    }
    /// A file line.
    signs_file(path) {
        vi: "ký lên tệp {path}",
        en: "signs the file {path}",
    }
    /// Coverage.
    covers_enclosed() {
        vi: "ký lên nội dung bên trong",
        en: "signs what lies within",
    }
    /// An error.
    beside_no_content() {
        vi: "chữ ký không mang theo nội dung được ký; đặt tệp được ký bên cạnh (cùng tên, bỏ .p7s) hoặc chỉ ra bằng `--content TỆP`",
        en: "the signature does not bring what it signs; put the signed file beside it (its name without .p7s) or name it with `--content FILE`",
    }
    /// An error.
    beside_content_gone(path, why) {
        vi: "không đọc được tệp được ký `{path}` ({why}); đặt tệp ấy bên cạnh chữ ký hoặc chỉ ra bằng `--content TỆP`",
        en: "cannot read the signed file `{path}` ({why}); put it beside the signature or name it with `--content FILE`",
    }
    /// An error.
    beside_too_large() {
        vi: "chữ ký lớn hơn 32 MB; hãy để nội dung ở tệp riêng bên cạnh chữ ký",
        en: "the signature is larger than 32 MB; what it signs should lie in a file beside it",
    }
    /// An error.
    content_of_what(path) {
        vi: "`--content {path}` là tệp được ký của một chữ ký .p7s; hãy nêu đúng một tệp .p7s, hoặc đưa `--content` một thư mục",
        en: "`--content {path}` is the file that one .p7s signs; name exactly one .p7s file, or give `--content` a folder",
    }
    /// A finding.
    not_der() {
        vi: "dữ liệu chữ ký viết theo BER, không phải DER",
        en: "the signature data are BER, not DER",
    }
    /// A finding.
    trailing() {
        vi: "có dữ liệu lạ sau dữ liệu chữ ký",
        en: "there is something behind the signature data",
    }
    /// A finding.
    cert_key() {
        vi: "từ điển chữ ký có khóa `/Cert`",
        en: "the signature dictionary has a `/Cert` key",
    }
    /// A finding.
    signing_time_attribute() {
        vi: "thời gian ký nằm trong thuộc tính CMS, PAdES không cho phép",
        en: "the signing time is a CMS attribute, which PAdES forbids",
    }
    /// A finding.
    attributes_not_der() {
        vi: "thuộc tính được ký không theo thứ tự DER",
        en: "the signed attributes are not in DER order",
    }
    /// A finding.
    content_type() {
        vi: "kiểu nội dung được ký không khớp",
        en: "the signed type of content does not match",
    }
    /// A finding.
    unknown_format() {
        vi: "từ điển chữ ký ghi dạng (SubFilter) không chuẩn, chữ ký được đọc như dữ liệu CMS",
        en: "the signature dictionary names no standard format (SubFilter); the signature is read as CMS data",
    }
    /// A finding.
    no_filter() {
        vi: "từ điển chữ ký thiếu mục Filter",
        en: "the signature dictionary lacks its Filter",
    }
    /// A finding.
    no_content_type() {
        vi: "thuộc tính được ký không ghi kiểu nội dung",
        en: "the signed attributes do not say the type of content",
    }
    /// A finding.
    attribute_twice(which) {
        vi: "thuộc tính được ký ghi nhiều lần, các chương trình có thể đọc khác nhau: {which}",
        en: "a signed attribute stands more than once, so that programs may read it differently: {which}",
    }
    /// A finding.
    not_in_pades(which) {
        vi: "có thuộc tính mà chữ ký PAdES cơ bản không dùng: {which}",
        en: "there are attributes that a PAdES baseline signature does not have: {which}",
    }
    /// A finding.
    reason_twice() {
        vi: "lý do ký ghi cả trong từ điển chữ ký và trong thuộc tính được ký",
        en: "the reason stands both in the signature dictionary and in the signed attributes",
    }
    /// A finding.
    digest_not_announced() {
        vi: "hàm băm của người ký không có trong danh sách của dữ liệu chữ ký, một số chương trình không kiểm tra được",
        en: "the signer's digest is not among those that the signature data announce, so that some programs cannot check it",
    }
    /// A finding.
    reference_missing() {
        vi: "chữ ký không ghi tham chiếu tới chứng thư người ký",
        en: "the signature does not refer to its certificate",
    }
    /// A finding.
    reference_differs() {
        vi: "chữ ký tham chiếu tới chứng thư khác",
        en: "the signature refers to another certificate",
    }
    /// A finding.
    algorithms_differ() {
        vi: "các thuật toán ghi trong chữ ký mâu thuẫn nhau",
        en: "the algorithms named in the signature contradict each other",
    }
    /// A finding.
    weak_hash(name) {
        vi: "thuật toán băm {name} đã yếu",
        en: "the digest {name} is weak",
    }
    /// A finding.
    weak_link(name, scheme, bits) {
        vi: "chứng thư {name} trong chuỗi không đủ mạnh: được ký bằng {scheme}, khóa {bits} bit",
        en: "the certificate {name} of the chain is too weak: signed with {scheme}, a key of {bits} bits",
    }
    /// A finding.
    weak_key(kind, bits) {
        vi: "khóa {kind} {bits} bit là quá ngắn",
        en: "a {kind} key of {bits} bits is too short",
    }
    /// A finding.
    weak_evidence(name, scheme) {
        vi: "dữ liệu thu hồi do {name} cấp không đủ mạnh để làm căn cứ: được ký bằng {scheme}, và không có dấu thời gian nào chứng minh nó đã có khi thuật toán còn an toàn",
        en: "revocation data of {name} are too weak to be relied on: signed with {scheme}, and no time-stamp proves that they were there while that was safe",
    }
    /// A finding.
    evidence_of_revoked(name) {
        vi: "{name} đã bị thu hồi sau khi ký, và không có dấu thời gian nào chứng minh dữ liệu thu hồi do nơi này cấp đã có từ trước",
        en: "{name} was revoked after the signing, and no time-stamp proves that its revocation data were there before",
    }
    /// A finding.
    odd_curve() {
        vi: "đường cong secp256k1 không phải đường cong dùng cho chữ ký trên văn bản",
        en: "the curve secp256k1 is not one that signatures of documents use",
    }
    /// A finding.
    bare_numbers() {
        vi: "hai số của chữ ký ECDSA ghi liền nhau, không theo dạng của CMS: một số chương trình không kiểm tra được",
        en: "the two numbers of the ECDSA signature stand bare and not in the form of CMS, so that some programs cannot check it",
    }
    /// A finding.
    not_tt15(scheme, bits) {
        vi: "thuật toán {scheme} với khóa {bits} bit không theo Thông tư 15/2025/TT-BKHCN",
        en: "{scheme} with a key of {bits} bits is not what TT 15/2025/TT-BKHCN asks for",
    }
    /// A finding.
    shows_other_signer(shown, name) {
        vi: "hình ảnh chữ ký ghi tên người khác với chứng thư số của {name}: “{shown}”",
        en: "the signature shows another name than its certificate, that of {name}: “{shown}”",
    }
    /// A finding.
    shows_other_agency(shown, subject) {
        vi: "hình ảnh chữ ký ghi cơ quan khác với chứng thư số ({subject}): “{shown}”",
        en: "the signature shows another agency than its certificate ({subject}): “{shown}”",
    }
    /// A finding.
    shows_other_time(time) {
        vi: "hình ảnh chữ ký ghi thời gian {time}, khác với thời gian trong chữ ký",
        en: "the signature shows {time}, which is not the time that it states itself",
    }
    /// A finding.
    not_nd30(faults) {
        vi: "hình thức hiển thị không theo Nghị định 30/2020/NĐ-CP: {faults}",
        en: "what is shown is not as Decree 30/2020 asks: {faults}",
    }
    /// What the decree asks for.
    nd30_copy() {
        vi: "phải ghi hình thức sao; tên cơ quan; ngày/tháng/năm; giờ:phút:giây +07:00",
        en: "it must say form of copy; agency; day/month/year; hour:minute:second +07:00",
    }
    /// The same.
    nd30_annex() {
        vi: "phải ghi số, ký hiệu; ngày/tháng/năm; giờ:phút:giây +07:00",
        en: "it must say number and notation; day/month/year; hour:minute:second +07:00",
    }
    /// The same.
    nd30_place() {
        vi: "phải ở góc trên bên phải trang đầu",
        en: "it must stand at the top right of the first page",
    }
    /// The same.
    nd30_picture() {
        vi: "không được có hình ảnh",
        en: "it must have no picture",
    }
    /// The same.
    nd30_letters() {
        vi: "phải là Times New Roman cỡ 10, kiểu đứng, màu đen",
        en: "its letters must be Times New Roman of 10 points, upright and black",
    }
    /// The same.
    nd30_seal() {
        vi: "chữ ký số của cơ quan phải là hình ảnh dấu",
        en: "an agency's signature must be a picture of its seal",
    }
    /// The same.
    nd30_over() {
        vi: "dấu phải trùm lên khoảng một phần ba chữ ký của người có thẩm quyền, về bên trái",
        en: "the seal must cover about a third of the leader's signature, on its left",
    }
    /// A finding.
    may_change(what) {
        vi: "nội dung có thể hiển thị khác đi mà chữ ký không đổi: {what}",
        en: "what is shown can change without a byte: {what}",
    }
    /// A finding.
    policy_named(policy) {
        vi: "chữ ký nêu chính sách ký {policy}; chữ ký không được đánh giá theo chính sách đó",
        en: "the signature names the policy {policy}, by which it was not judged",
    }
    /// A finding.
    not_of_policy(scheme, bits) {
        vi: "thuật toán {scheme} với khóa {bits} bit không đạt chính sách kiểm tra",
        en: "{scheme} with a key of {bits} bits is less than the policy asks for",
    }
    /// A finding.
    policy_permits() {
        vi: "chính sách kiểm tra không cho phép thay đổi nào sau khi ký, ngoài dữ liệu kiểm tra, dấu thời gian, siêu dữ liệu và chữ ký tiếp theo",
        en: "the policy permits nothing after a signature but validation data, time-stamps, metadata and further signatures",
    }

    // About time.

    /// A finding.
    stamp_untrusted(time, why) {
        vi: "dấu thời gian {time} chưa được tin cậy: {why}",
        en: "the time-stamp of {time} is not trusted: {why}",
    }
    /// A finding.
    weak_stamp(time) {
        vi: "dấu thời gian {time} không còn chứng minh được thời gian: hàm băm hoặc khóa của nó đã yếu, và không có dấu thời gian nào sau đó bao trùm nó từ khi còn an toàn",
        en: "the time-stamp of {time} proves no time any more: its digest or key is too weak, and no later time-stamp covers it from when that was safe",
    }
    /// A finding.
    content_stamp(time) {
        vi: "nội dung đã có trước {time}: dấu thời gian của nội dung chứng minh",
        en: "the content was there by {time}, as a time-stamp over it proves",
    }
    /// A finding.
    content_stamp_untrusted(time) {
        vi: "dấu thời gian của nội dung ghi {time}, chưa đủ căn cứ tin cậy",
        en: "the time-stamp over the content says {time}, and is not shown to be trusted",
    }
    /// A finding.
    content_stamp_broken() {
        vi: "dấu thời gian của nội dung bị hỏng",
        en: "the time-stamp over the content is broken",
    }
    /// A finding.
    content_stamp_imprint() {
        vi: "dấu thời gian của nội dung thuộc về dữ liệu khác",
        en: "the time-stamp over the content is about something else",
    }
    /// A finding.
    content_stamp_unreadable() {
        vi: "có dấu thời gian của nội dung không đọc được",
        en: "there is a time-stamp over the content that cannot be read",
    }
    /// A finding.
    content_stamp_late() {
        vi: "dấu thời gian của nội dung muộn hơn chữ ký trên nội dung ấy: thứ tự thời gian mâu thuẫn",
        en: "the time-stamp over the content is younger than the signature over it: the order of times contradicts itself",
    }
    /// A finding.
    stamp_order() {
        vi: "dấu thời gian muộn hơn dấu thời gian khác đã bao trùm nó: thứ tự thời gian mâu thuẫn",
        en: "a time-stamp is younger than another one that covers it: the order of times contradicts itself",
    }
    /// A finding.
    seven_hours() {
        vi: "thời gian ký tự khai sau dấu thời gian bảy giờ: giờ Việt Nam bị ghi như giờ quốc tế",
        en: "the claimed time is seven hours after the time-stamp: local time written as universal time",
    }
    /// A finding.
    claimed_later() {
        vi: "thời gian ký tự khai muộn hơn dấu thời gian",
        en: "the claimed time is later than the time-stamp",
    }
    /// A finding.
    time_open() {
        vi: "có dấu thời gian nhưng chưa đủ căn cứ tin cậy",
        en: "there is a time-stamp, but it is not shown to be trusted",
    }
    /// A finding.
    claimed_only() {
        vi: "thời gian ký do người ký tự khai",
        en: "the time of signing is only claimed by the signer",
    }
    /// A finding.
    no_time() {
        vi: "chữ ký không ghi thời gian ký",
        en: "the signature states no time",
    }

    // About order, changes and trust.

    /// A finding.
    second_certification() {
        vi: "tài liệu đã được chứng thực một lần, không thể chứng thực lần nữa",
        en: "the document was certified before and cannot be certified again",
    }
    /// A finding: a lock is laxer than what is in force.
    raised_permission() {
        vi: "chữ ký cho phép thay đổi nhiều hơn mức một chữ ký trước đã cho phép",
        en: "the signature permits more changes than an earlier one did",
    }
    /// A finding.
    late_certification() {
        vi: "chữ ký chứng thực được đặt sau chữ ký khác",
        en: "the certification comes after another signature",
    }
    /// A finding.
    changes_fine() {
        vi: "sau khi ký chỉ có bổ sung thông thường",
        en: "only what is usual was added after signing",
    }
    /// A finding.
    shows_other() {
        vi: "một trường được điền sau khi ký hiển thị khác với giá trị mà nó lưu",
        en: "a field filled in after signing shows something else than the value it holds",
    }
    /// A finding.
    not_compared() {
        vi: "tài liệu vượt mức so sánh (200.000 trường, 300.000 thẻ cấu trúc): chưa biết hết thay đổi",
        en: "there is more than is compared (200,000 fields, 300,000 tags): not all changes are known",
    }
    /// A finding.
    responder_unchecked() {
        vi: "chưa biết chứng thư của máy chủ OCSP đã trả lời có bị thu hồi hay không",
        en: "it is not known whether the certificate of the OCSP responder that answered was revoked",
    }
    /// A finding.
    odd_parameters() {
        vi: "tham số của thuật toán ký không dùng được (ví dụ RSA-PSS có mặt nạ dùng hàm băm khác), \
             không kiểm tra được chữ ký",
        en: "the parameters of the signature algorithm are not ones that are relied on (as RSA-PSS whose \
             mask has another digest): the signature cannot be checked",
    }
    /// A finding.
    changes_told() {
        vi: "sau khi ký có thay đổi được phép",
        en: "allowed changes were made after signing",
    }
    /// A finding: what was filled in cannot be told from what is shown.
    changes_doubted() {
        vi: "sau khi ký có thay đổi phải do người xem xét: máy không thể biết nội dung đang hiện có còn đúng như khi ký hay không",
        en: "changes were made after signing that a person must judge: whether what is shown is still what was signed cannot be known",
    }
    /// A finding.
    changes_break() {
        vi: "tài liệu bị sửa đổi trái phép sau khi ký",
        en: "the document was changed after signing in a way that is not allowed",
    }
    /// A finding.
    chain_issuer_missing() {
        vi: "không tìm thấy chứng thư của nơi cấp",
        en: "an issuer’s certificate was not found",
    }
    /// A finding.
    chain_not_trusted() {
        vi: "chứng thư gốc không thuộc danh sách tin cậy",
        en: "the root certificate is not among those trusted",
    }
    /// A finding.
    chain_limit() {
        vi: "chuỗi chứng thư quá dài hoặc quá rối",
        en: "the certificates form chains that are too long",
    }
    /// A finding.
    chain_general() {
        vi: "chuỗi chứng thư bị hỏng",
        en: "the chain of certificates is broken",
    }
    /// A finding.
    chain_constraints() {
        vi: "chứng thư không được dùng cho mục đích này",
        en: "a certificate may not be used so",
    }
    /// A finding.
    chain_algorithm() {
        vi: "thuật toán trong chuỗi chứng thư không kiểm tra được",
        en: "an algorithm in the chain cannot be checked",
    }
    /// A finding.
    chain_revoked(at) {
        vi: "chứng thư đã bị thu hồi lúc {at}",
        en: "a certificate was revoked on {at}",
    }
    /// A finding.
    chain_early(from) {
        vi: "chứng thư chỉ có hiệu lực từ {from}",
        en: "a certificate is valid only from {from}",
    }
    /// A finding.
    chain_expired(until) {
        vi: "chứng thư hết hạn lúc {until}",
        en: "a certificate expired on {until}",
    }
    /// A finding.
    chain_unknown() {
        vi: "chưa biết chứng thư có bị thu hồi hay không",
        en: "it is not known whether a certificate was revoked",
    }
    /// A finding.
    chain_valid() {
        vi: "chuỗi chứng thư tin cậy và còn hiệu lực",
        en: "the chain is trusted and holds",
    }

    // Demands.

    /// A sentence.
    require_signed() {
        vi: "yêu cầu phải có chữ ký số, nhưng tệp không có chữ ký nào dùng được",
        en: "a signature is demanded, and the file bears none that holds",
    }
    /// A sentence.
    require_signer(name) {
        vi: "không có chữ ký của `{name}`",
        en: "no signature by `{name}`",
    }
    /// A sentence.
    require_level(field, level) {
        vi: "chữ ký `{field}` chỉ đạt mức {level}",
        en: "the signature `{field}` only reaches {level}",
    }
    /// A sentence.
    require_role(role) {
        vi: "thiếu chữ ký của vai trò `{role}` theo đúng thứ tự",
        en: "no signature by the role `{role}` in the order demanded",
    }

    // The terminal.

    /// A sentence.
    unreadable_file(why) {
        vi: "không đọc được tệp: {why}",
        en: "the file cannot be read: {why}",
    }
    /// A sentence.
    unreadable_word() {
        vi: "KHÔNG ĐỌC ĐƯỢC",
        en: "UNREADABLE",
    }
    /// A sentence.
    time_proven(time) {
        vi: "{time}, có dấu thời gian tin cậy",
        en: "{time}, proven by a trusted time-stamp",
    }
    /// A sentence.
    time_stamped(time) {
        vi: "{time}, theo dấu thời gian",
        en: "{time}, by time-stamp",
    }
    /// A sentence.
    time_claimed(time) {
        vi: "{time}, tự khai",
        en: "{time}, as claimed",
    }
    /// A sentence.
    time_missing() {
        vi: "không ghi thời gian",
        en: "no time stated",
    }
    /// A sentence.
    unknown_signer() {
        vi: "không rõ người ký",
        en: "unknown signer",
    }
    /// A sentence.
    covers_whole() {
        vi: "ký toàn bộ tệp",
        en: "covers the whole file",
    }
    /// A sentence.
    covers_revision(revision, of) {
        vi: "ký đến lần cập nhật {revision}/{of}",
        en: "covers revision {revision} of {of}",
    }
    /// A sentence.
    covers_nothing() {
        vi: "phạm vi ký không hợp lệ",
        en: "covers nothing",
    }
    /// A sentence.
    summary(passed, undecided, failed, unreadable) {
        vi: "{passed} hợp lệ, {undecided} chưa đủ căn cứ, {failed} không hợp lệ, {unreadable} không đọc được",
        en: "{passed} valid, {undecided} undecided, {failed} not valid, {unreadable} unreadable",
    }
    /// A sentence.
    trust_line(items, sha256) {
        vi: "Dữ liệu tin cậy: {items} mục, SHA-256 {sha256}",
        en: "Trust material: {items} item{items:#}, SHA-256 {sha256}",
    }
    /// A sentence.
    no_trust() {
        vi: "chưa có chứng thư gốc tin cậy nào: chỉ kiểm tra được tính toàn vẹn; thêm `--trust THƯ_MỤC`",
        en: "no trusted root certificate was given: only integrity can be shown; add `--trust DIR`",
    }
    /// A sentence.
    bad_time(text) {
        vi: "thời điểm `{text}` không hợp lệ; viết như `2026-07-16` hoặc `2026-07-16T10:13:45+07:00`",
        en: "`{text}` is no moment; write `2026-07-16` or `2026-07-16T10:13:45+07:00`",
    }
    /// A policy that is not there.
    no_policy(name) {
        vi: "không có chính sách kiểm tra `{name}`: hãy dùng `usual`, `tt15` hoặc một tệp chính sách",
        en: "there is no policy `{name}`: use `usual`, `tt15`, or a file",
    }
    /// A policy that cannot be used.
    bad_policy(path, line, detail) {
        vi: "tệp chính sách `{path}`, dòng {line}: {detail}",
        en: "the policy `{path}`, line {line}: {detail}",
    }
    /// Why.
    policy_too_large(most) {
        vi: "tệp dài quá {most} byte",
        en: "the file is longer than {most} bytes",
    }
    /// One that has a name.
    policy_usual() { vi: "thông lệ", en: "as is usual" }
    /// The same.
    policy_tt15() { vi: "Thông tư 15/2025/TT-BKHCN", en: "TT 15/2025/TT-BKHCN" }
    /// Which policy.
    policy_line(name) {
        vi: "Chính sách kiểm tra: {name}",
        en: "Policy: {name}",
    }
    /// A sentence.
    bad_role(text) {
        vi: "vai trò `{text}` không được biết; dùng `leader`, `agency`, `sao-y`",
        en: "`{text}` is no known role; use `leader`, `agency`, `sao-y`",
    }
    /// A sentence.
    no_pdf(path) {
        vi: "không tìm thấy tệp PDF nào trong `{path}`",
        en: "there is no PDF file in `{path}`",
    }
    /// A sentence.
    nothing_to_judge(path) {
        vi: "không tìm thấy tệp PDF hoặc chữ ký .p7s nào trong `{path}`",
        en: "there is no PDF file and no .p7s signature in `{path}`",
    }
    /// A sentence.
    cannot_read_trust(path) {
        vi: "không đọc được dữ liệu tin cậy `{path}`",
        en: "cannot read the trust material in `{path}`",
    }
    /// A file of trust that holds none.
    no_trust_in(path) {
        vi: "`{path}` không chứa chứng thư, danh sách thu hồi hay trả lời OCSP nào đọc được",
        en: "`{path}` holds no certificate, revocation list or OCSP response that can be read",
    }
    /// A sentence.
    cannot_write_evidence(path) {
        vi: "không ghi được bằng chứng vào `{path}`",
        en: "cannot write the evidence to `{path}`",
    }
    /// Over what speaks against a signature on the page.
    page_reasons() {
        vi: "Vì sao",
        en: "Why",
    }
    /// Over what a person must know of a signature that holds.
    page_to_know() {
        vi: "Điều cần biết",
        en: "What to know",
    }
    /// Over what else was found.
    page_notes() {
        vi: "Ghi nhận khác",
        en: "Also found",
    }
    /// A sentence.
    page_title() {
        vi: "Báo cáo kiểm tra chữ ký số",
        en: "Report on digital signatures",
    }
    /// A sentence.
    page_judged(at) {
        vi: "Thời điểm đánh giá: {at}",
        en: "Moment of judgement: {at}",
    }
    /// A row of the page.
    col_shown() { vi: "Hiển thị", en: "Shown" }
    /// What it is.
    shown_nothing() { vi: "không hiển thị", en: "nothing" }
    /// The same.
    shown_picture() { vi: "hình ảnh", en: "a picture" }
    /// The same.
    shown_unknown() { vi: "nội dung không đọc được", en: "what cannot be read" }
    /// The same.
    shown_on(page, what) { vi: "trang {page}: {what}", en: "page {page}: {what}" }
    /// A heading.
    col_coverage() {
        vi: "Phạm vi ký",
        en: "Covers",
    }
    /// A remark.
    pages_left_out(count) {
        vi: "còn {count} trang đã thay đổi không được hiển thị ở đây",
        en: "Not shown here: {count} more changed page{count:#}",
    }
    /// A sentence.
    col_field() {
        vi: "Trường",
        en: "Field",
    }
    /// A sentence.
    col_verdict() {
        vi: "Kết luận",
        en: "Verdict",
    }
    /// A sentence.
    col_signer() {
        vi: "Người ký",
        en: "Signer",
    }
    /// A sentence.
    col_time() {
        vi: "Thời gian",
        en: "Time",
    }
    /// A sentence.
    col_level() {
        vi: "Mức",
        en: "Level",
    }
    /// A panic while reading.
    reader_broke() {
        vi: "lỗi nội bộ khi đọc tệp này",
        en: "an internal error while this file was read",
    }
}
