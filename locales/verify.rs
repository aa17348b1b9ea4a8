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
}
