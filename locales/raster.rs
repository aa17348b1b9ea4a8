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
    /// Image data that are all there and cannot be decoded.
    image_damaged(codec) {
        vi: "dữ liệu ảnh `{codec}` bị hỏng",
        en: "`{codec}` image data is damaged",
    }
    /// The same, where the row is known.
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
