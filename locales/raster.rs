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
}
