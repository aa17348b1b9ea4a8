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
    /// In which revision.
    in_revision(what, revision) {
        vi: "{what} (lần cập nhật {revision})",
        en: "{what} (revision {revision})",
    }
}
