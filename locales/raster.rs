// The table of sentences. One entry a sentence: its values, then both
// languages. `say.rs` turns each entry into a function, so that both
// languages are checked when the program is compiled.
//
// A file per module, in the order of `lib.rs`. Values stand in backticks.

messages! {
    /// A file whose first bytes are no known image or PDF.
    not_an_image() {
        vi: "không nhận ra định dạng ảnh hay PDF",
        en: "not a known image or PDF format",
    }
    /// Fewer image bytes than the header promises.
    image_ends_early(found, expected) {
        vi: "dữ liệu ảnh hết sau `{found}` trên `{expected}` byte",
        en: "image data ends after `{found}` of `{expected}` bytes",
    }
    /// Image data its decoder refuses.
    image_unreadable(encoding) {
        vi: "không giải mã được dữ liệu ảnh `{encoding}`",
        en: "`{encoding}` image data cannot be decoded",
    }
    /// Fewer image rows than the header promises.
    rows_missing(found, expected) {
        vi: "dữ liệu ảnh hết sau `{found}` trên `{expected}` dòng",
        en: "image data ends after `{found}` of `{expected}` rows",
    }
    /// Data without the mark that should end it.
    no_end_mark(format, found) {
        vi: "dữ liệu `{format}` dừng sau `{found}` byte mà chưa có dấu kết thúc",
        en: "`{format}` data stops after `{found}` byte{found:#} without its end mark",
    }
    /// More pixels than the limit.
    image_too_large(width, height, millions, limit) {
        vi: "ảnh `{width}` × `{height}` có {millions} triệu điểm ảnh, giới hạn mỗi trang là {limit} triệu",
        en: "an image of `{width}` × `{height}` has {millions} million pixels, the limit a page is {limit} million",
    }
    /// A side longer than any page.
    image_too_long(width, height, limit) {
        vi: "ảnh `{width}` × `{height}` có cạnh dài quá `{limit}` điểm ảnh",
        en: "an image of `{width}` × `{height}` has a side of more than `{limit}` pixels",
    }
    /// No columns or no rows.
    no_pixels(width, height) {
        vi: "ảnh `{width}` × `{height}` không có điểm ảnh nào",
        en: "an image of `{width}` × `{height}` has no pixels",
    }
    /// A header without a required field.
    header_lacks(field) {
        vi: "phần đầu của ảnh thiếu trường `{field}`",
        en: "the image header lacks `{field}`",
    }
    /// A header field with an impossible value.
    header_invalid(field, value) {
        vi: "phần đầu của ảnh ghi `{field}` là `{value}`, giá trị không thể có",
        en: "the image header gives `{field}` as `{value}`, which cannot be",
    }
    /// A header field that points out of the file.
    outside_file(field, offset, size) {
        vi: "trường `{field}` trỏ tới byte `{offset}`, ngoài tệp `{size}` byte",
        en: "`{field}` points to byte `{offset}`, outside a file of `{size}` bytes",
    }
    /// A header that its decoder refuses.
    bad_header(format) {
        vi: "phần đầu của ảnh `{format}` bị hỏng",
        en: "the `{format}` header is damaged",
    }
    /// A kind of picture that is not read.
    image_unsupported(kind) {
        vi: "chưa đọc được ảnh loại `{kind}`",
        en: "images of kind `{kind}` are not supported",
    }
    /// Image data that cannot be decoded further.
    image_damaged(coding, row) {
        vi: "dữ liệu `{coding}` bị hỏng sau dòng `{row}`",
        en: "`{coding}` data is damaged after row `{row}`",
    }
    /// Image data that cannot be decoded at all.
    image_damaged_at_once(coding) {
        vi: "dữ liệu `{coding}` bị hỏng ngay từ đầu",
        en: "`{coding}` data is damaged from its beginning",
    }
    /// The list of pages is not there, as in a file cut short.
    chain_missing(offset) {
        vi: "không thấy trang nào: danh sách trang phải ở byte `{offset}`, tệp có thể đã bị cắt cụt",
        en: "no page is found: the list of pages should be at byte `{offset}`; the file may be cut short",
    }
    /// The list of pages leads nowhere.
    chain_broken(after, offset) {
        vi: "danh sách trang bị đứt sau trang `{after}`: trỏ tới byte `{offset}`",
        en: "the chain of pages breaks after page `{after}`: it leads to byte `{offset}`",
    }
    /// The list of pages turns back.
    chain_cycle(after) {
        vi: "danh sách trang quay vòng sau trang `{after}`",
        en: "the chain of pages turns back after page `{after}`",
    }
    /// A file of zero bytes.
    file_is_empty() {
        vi: "tệp rỗng, không có byte nào",
        en: "the file is empty",
    }
    /// A PDF where a picture was wanted.
    file_is_pdf() {
        vi: "tệp là PDF, không phải tệp ảnh",
        en: "the file is a PDF, not an image",
    }
    /// More pages than the limit.
    too_many_pages(limit) {
        vi: "tệp có hơn `{limit}` trang",
        en: "the file has more than `{limit}` pages",
    }
    /// One page cannot be opened; the reason follows.
    cannot_read_page(page) {
        vi: "không đọc được trang `{page}`",
        en: "cannot read page `{page}`",
    }
    /// A row of image data that cannot be decoded.
    image_row_damaged(codec, row) {
        vi: "dữ liệu ảnh `{codec}` bị hỏng ở dòng `{row}`",
        en: "`{codec}` image data is damaged at row `{row}`",
    }
    /// An image whose data and container disagree about its size.
    image_size_differs(width, height, stated_width, stated_height) {
        vi: "ảnh có kích thước `{width}×{height}`, trong khi tệp ghi `{stated_width}×{stated_height}`",
        en: "image is `{width}×{height}` where the file states `{stated_width}×{stated_height}`",
    }
    /// A number of colour components that means no known colour space.
    image_unknown_colours(codec, components) {
        vi: "ảnh `{codec}` có `{components}` thành phần màu, không rõ hệ màu",
        en: "`{codec}` image has `{components}` colour components of an unknown colour space",
    }
    /// A side that JPEG cannot have.
    jpeg_size(width, height, most) {
        vi: "không lưu được ảnh `{width}×{height}` thành JPEG, mỗi cạnh từ 1 đến `{most}` điểm ảnh",
        en: "cannot store a `{width}×{height}` image as JPEG, whose sides are 1 to `{most}` pixels",
    }
    /// A JPEG encoder that fails.
    jpeg_refused() {
        vi: "không nén được ảnh thành JPEG",
        en: "cannot compress the image as JPEG",
    }
}
