// Sentences about what a person has to look at; `raster.rs` says how the table works.

messages! {
    /// The title of the page.
    title() { vi: "Văn bản cần người xem", en: "Documents a person must check" }
    /// Whose, when, how many.
    head(agency, day, count) {
        vi: "{agency}, ngày {day}: {count} văn bản.",
        en: "{agency}, {day}: {count} document{count:#}.",
    }
    /// What to do.
    advice() {
        vi: "Đối chiếu từng ảnh cắt từ bản quét với chữ đọc được. Đúng hay sai đều ghi lại bằng lệnh bên dưới ảnh: giá trị do người ghi không bao giờ bị lần đọc sau ghi đè.",
        en: "Compare each picture, cut from the scan, with what was read. Right or wrong, record it with the command below the picture: what a person says is never overwritten by a later reading.",
    }
    /// One document.
    heading(kind, ordinal, dossier) {
        vi: "{kind} – tài liệu số {ordinal} của hồ sơ {dossier}",
        en: "{kind} – document {ordinal} of dossier {dossier}",
    }
    /// A paper of no known kind.
    unknown_kind() { vi: "Tài liệu", en: "Document" }
    /// A finding about a page.
    on_page(page, told) { vi: "trang {page}: {told}", en: "page {page}: {told}" }
    /// For those who cannot see the picture.
    picture_of(name) { vi: "Ảnh cắt từ bản quét: {name}", en: "Cut from the scan: {name}" }
    /// What was read.
    was_read(read) { vi: "Đọc được: “{read}”", en: "Read: “{read}”" }
    /// Nothing was.
    nothing_read() { vi: "Không đọc được gì ở đây", en: "Nothing was read here" }

    /// Tên loại.
    type_name() { vi: "Tên loại văn bản", en: "Type" }
    /// Số.
    code_number() { vi: "Số văn bản", en: "Number" }
    /// Ký hiệu.
    code_notation() { vi: "Ký hiệu văn bản", en: "Notation" }
    /// Ngày ban hành.
    issued_date() { vi: "Ngày ban hành", en: "Date" }
    /// Địa danh.
    place() { vi: "Địa danh", en: "Place" }
    /// Cơ quan ban hành.
    organ_name() { vi: "Cơ quan ban hành", en: "Issuing agency" }
    /// Cơ quan chủ quản.
    superior() { vi: "Cơ quan chủ quản", en: "Agency above" }
    /// Trích yếu.
    subject() { vi: "Trích yếu", en: "Subject" }
    /// Thẩm quyền ký.
    authority() { vi: "Quyền hạn ký", en: "Authority" }
    /// Chức vụ.
    position() { vi: "Chức vụ người ký", en: "Signer's position" }
    /// Họ tên.
    full_name() { vi: "Họ tên người ký", en: "Signer's name" }
    /// Nơi nhận.
    recipients() { vi: "Nơi nhận", en: "Recipients" }
    /// Số định danh.
    citizen() { vi: "Số định danh cá nhân (che bớt)", en: "Identity number (masked)" }
    /// Số chứng minh nhân dân.
    old_card() { vi: "Số chứng minh nhân dân (che bớt)", en: "Number of an old identity card (masked)" }
    /// Số điện thoại.
    telephone() { vi: "Số điện thoại (che bớt)", en: "Telephone number (masked)" }
    /// Số tiền bằng số và bằng chữ.
    amount() { vi: "Số tiền bằng số và bằng chữ", en: "Amount in figures and in words" }
    /// Độ khẩn.
    priority() { vi: "Độ khẩn", en: "Urgency" }

    /// The account of the command.
    count(count) { vi: "{count} văn bản cần người xem", en: "documents that need a person: {count}" }
    /// Nothing to look at.
    none() { vi: "không có văn bản nào cần người xem", en: "no document needs a person" }
    /// The page was written.
    written(path) { vi: "đã ghi `{path}`", en: "wrote `{path}`" }
    /// A dossier whose record cannot be read.
    unreadable(path, why) { vi: "không đọc được hồ sơ `{path}`: {why}", en: "cannot read dossier `{path}`: {why}" }
    /// A heading of the list.
    heading_document() { vi: "Tài liệu", en: "Document" }
    /// A question in the list.
    question(name, read, doubts) { vi: "{name}: “{read}” – {doubts}", en: "{name}: “{read}” – {doubts}" }
    /// A question of which nothing was read.
    question_unread(name, doubts) { vi: "{name}: {doubts}", en: "{name}: {doubts}" }
}
