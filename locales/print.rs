// Sentences about printing; `raster.rs` says how the table works.

messages! {
    /// No font to print with.
    no_font() {
        vi: "không thấy phông chữ cùng cỡ chữ với Times New Roman có đủ chữ tiếng Việt (`sudo apt-get install fonts-croscore`)",
        en: "no font with the metrics of Times New Roman and all letters of Vietnamese (`sudo apt-get install fonts-croscore`)",
    }
    /// A font file that was named.
    unusable_font(path) {
        vi: "`{path}` không phải phông TrueType dùng được",
        en: "`{path}` is not a usable TrueType font",
    }
    /// The subset cannot be made.
    cannot_embed(error) {
        vi: "không nhúng được phông chữ: {error}",
        en: "cannot embed the font: {error}",
    }
}
