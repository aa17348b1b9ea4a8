// Sentences about PDF files, read or written; `raster.rs` says how the table works.

messages! {
    /// A file of zero bytes.
    empty_file() {
        vi: "tệp rỗng, không có byte nào",
        en: "the file is empty",
    }
    /// No `%PDF-` near the beginning.
    not_pdf() {
        vi: "không phải tệp PDF: không thấy `%PDF-` ở đầu tệp",
        en: "not a PDF: no `%PDF-` near the beginning",
    }
    /// The objects cannot be found, not even by searching.
    damaged() {
        vi: "tệp PDF hỏng, không khôi phục được các trang",
        en: "damaged PDF: its pages cannot be recovered",
    }
    /// The page tree is empty.
    no_pages() {
        vi: "tệp PDF không có trang nào",
        en: "the PDF has no pages",
    }
    /// More pages than the limit.
    too_many_pages(found, most) {
        vi: "tệp PDF có `{found}` trang, giới hạn là `{most}`",
        en: "the PDF has `{found}` pages, the limit is `{most}`",
    }
    /// Encrypted, no password given.
    needs_password() {
        vi: "tệp PDF được mã hóa, cần mật khẩu để mở",
        en: "the PDF is encrypted and needs a password",
    }
    /// Encrypted, the password does not fit.
    wrong_password() {
        vi: "mật khẩu không mở được tệp PDF",
        en: "the password does not open the PDF",
    }
    /// Encrypted for certificates, or by an unknown method.
    unsupported_encryption(handler) {
        vi: "tệp PDF được mã hóa theo cách chưa hỗ trợ: `{handler}`",
        en: "the PDF is encrypted in an unsupported way: `{handler}`",
    }
    /// The encryption dictionary is incomplete.
    damaged_encryption() {
        vi: "thông tin mã hóa của tệp PDF bị hỏng",
        en: "the encryption entries of the PDF are damaged",
    }
    /// A bomb among the object streams.
    object_stream_too_large(offset) {
        vi: "luồng đối tượng tại byte `{offset}` của tệp PDF giải nén ra lớn bất thường",
        en: "the object stream at byte `{offset}` of the PDF inflates without measure",
    }
    /// A page number beyond the end.
    no_such_page(page) {
        vi: "tệp PDF không có trang `{page}`",
        en: "the PDF has no page `{page}`",
    }
    /// The boxes of a page leave nothing to see.
    page_without_area(page) {
        vi: "trang `{page}` có khổ giấy bằng không hoặc không hợp lệ",
        en: "page `{page}` has no visible area",
    }
    /// An image beyond the pixel limit.
    picture_too_large(page, width, height, most) {
        vi: "trang `{page}` có ảnh `{width}×{height}` điểm ảnh, giới hạn là `{most}` điểm ảnh",
        en: "page `{page}` holds an image of `{width}×{height}` pixels, the limit is `{most}` pixels",
    }
    /// A stream beyond the limit.
    stream_too_large(page, object, most) {
        vi: "đối tượng `{object}` của trang `{page}` giải nén ra quá `{most}` byte",
        en: "object `{object}` of page `{page}` inflates to more than `{most}` bytes",
    }
    /// More drawing operations than the limit.
    page_too_busy(page) {
        vi: "trang `{page}` có quá nhiều thao tác vẽ",
        en: "page `{page}` has too many drawing operations",
    }
    /// The interpreter gave up.
    page_damaged(page) {
        vi: "không đọc được nội dung trang `{page}`, trang bị hỏng",
        en: "the content of page `{page}` is damaged",
    }
}
