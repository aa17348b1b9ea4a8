// Sentences about PDF files, read or written; `raster.rs` says how the table works.

messages! {
}

// Documents being written.
messages! {
    /// A document of no pages was to be written.
    no_pages_to_write() {
        vi: "tài liệu không có trang nào để ghi",
        en: "the document has no page to write",
    }
    /// A page too small or too large for PDF/A.
    page_box_out_of_range(sides, least, most) {
        vi: "khổ trang `{sides}` điểm nằm ngoài giới hạn của PDF/A, mỗi cạnh từ `{least}` đến `{most}` điểm",
        en: "the page measures `{sides}` points, PDF/A takes sides of `{least}` to `{most}`",
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
        en: "the PDF file just written has `{found}` pages, expected `{expected}`",
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
