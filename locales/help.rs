// The table of help texts: commands and flags, imperative, no full stop.

texts! {
    ABOUT {
        vi: "Số hóa hồ sơ giấy thành PDF/A tìm kiếm được và lưu vào kho hồ sơ",
        en: "Turn paper dossiers into searchable PDF/A and file them in an archive",
    }
}
