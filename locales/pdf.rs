// Sentences about PDF files, read or written; `raster.rs` says how the table works.

messages! {
    /// A part of a joined file that claims nothing.
    join_no_claim() {
        vi: "không khai là PDF/A-2",
        en: "does not claim to be PDF/A-2",
    }
    /// A part that is encrypted.
    join_encrypted() {
        vi: "tệp được mã hóa, nên không phải PDF/A",
        en: "is encrypted, and so no PDF/A",
    }
    /// A part that is damaged.
    join_damaged() {
        vi: "bảng tham chiếu hoặc độ dài trong tệp bị sai",
        en: "its cross-references or lengths are wrong",
    }
    /// A part with another profile.
    join_profile() {
        vi: "màu theo hồ sơ màu khác với các văn bản trước nó",
        en: "its colours are meant for another profile than those before it",
    }
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
        en: "the PDF has `{found}` page{found:#}, the limit is `{most}`",
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
    /// What is wrong with one page.
    on_page(page, fact) {
        vi: "trang `{page}`: {fact}",
        en: "page `{page}`: {fact}",
    }
    /// The boxes of a page leave nothing to see.
    page_without_area() {
        vi: "khổ giấy bằng không hoặc không hợp lệ",
        en: "the page has no visible area",
    }
    /// A stream beyond the limit.
    stream_too_large(object, most) {
        vi: "đối tượng `{object}` giải nén ra quá `{most}` byte",
        en: "object `{object}` inflates to more than `{most}` bytes",
    }
    /// More drawing operations than the limit.
    page_too_busy() {
        vi: "trang có quá nhiều thao tác vẽ",
        en: "the page has too many drawing operations",
    }
    /// The interpreter gave up.
    page_damaged() {
        vi: "nội dung trang bị hỏng, không đọc được",
        en: "the content of the page is damaged",
    }
    /// A document of no pages was to be written.
    no_pages_to_write() {
        vi: "tài liệu không có trang nào để ghi",
        en: "the document has no page to write",
    }
    /// A page too small or too large for PDF/A.
    page_box_out_of_range(sides, least, most) {
        vi: "khổ trang `{sides}` mm nằm ngoài giới hạn của PDF/A, mỗi cạnh từ `{least}` đến `{most}` mm",
        en: "the page measures `{sides}` mm, PDF/A takes sides of `{least}` to `{most}` mm",
    }
    /// A picture without pixels.
    picture_is_empty() {
        vi: "ảnh của trang không có điểm ảnh nào",
        en: "the picture of the page has no pixels",
    }
    /// A colour profile that cannot be in a PDF/A-2 file.
    profile_not_admitted() {
        vi: "PDF/A-2 không chấp nhận hồ sơ màu của ảnh",
        en: "PDF/A-2 does not admit the colour profile of the picture",
    }
    /// A picture whose place is no place on the page.
    picture_off_page() {
        vi: "vị trí của ảnh không nằm trên trang",
        en: "the place of the picture is not on the page",
    }
    /// A word whose place is no place on the page.
    text_off_page() {
        vi: "vị trí của một từ đã nhận dạng không nằm trên trang",
        en: "the place of a recognised word is not on the page",
    }
    /// More characters than codes.
    too_many_letters() {
        vi: "tài liệu dùng nhiều ký tự khác nhau hơn số mã của một phông chữ",
        en: "the document uses more different characters than a font has codes",
    }
    /// The file cannot be written.
    cannot_write_document(reason) {
        vi: "không ghi được tệp PDF: {reason}",
        en: "cannot write the PDF file: {reason}",
    }
    /// The written file cannot be read back.
    written_unreadable(reason) {
        vi: "tệp PDF vừa ghi không đọc lại được: {reason}",
        en: "the PDF file just written cannot be read back: {reason}",
    }
    /// The written file has another number of pages.
    written_pages_differ(found, expected) {
        vi: "tệp PDF vừa ghi có `{found}` trang, phải có `{expected}` trang",
        en: "the PDF file just written has `{found}` page{found:#}, expected `{expected}`",
    }
    /// The written file describes itself differently.
    written_metadata_differs(entry) {
        vi: "mục `{entry}` của tệp PDF vừa ghi không đúng nội dung đã định",
        en: "entry `{entry}` of the PDF file just written is not what was meant",
    }
    /// A written page has another size.
    written_paper_differs(page) {
        vi: "trang `{page}` của tệp PDF vừa ghi sai khổ giấy",
        en: "page `{page}` of the PDF file just written has the wrong size",
    }
    /// A written page has another picture.
    written_picture_differs(page) {
        vi: "ảnh ở trang `{page}` của tệp PDF vừa ghi không đúng ảnh gốc",
        en: "the picture on page `{page}` of the PDF file just written is not the one meant",
    }
    /// A written page has other words.
    written_text_differs(page, word) {
        vi: "lớp chữ ở trang `{page}` của tệp PDF vừa ghi sai từ từ thứ `{word}`",
        en: "the text of page `{page}` of the PDF file just written differs from word `{word}` on",
    }
}
