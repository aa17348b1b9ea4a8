// Sentences about the fields of a document; `raster.rs` says how the table works.

messages! {
    /// Letters the recogniser was not sure of.
    doubt_unsure() { vi: "đọc không chắc chắn", en: "not read with certainty" }
    /// A place left open, or written by hand.
    doubt_blank() {
        vi: "để trống hoặc viết tay, không đọc được",
        en: "left open or written by hand, and not read",
    }
    /// Not of the form such a thing has.
    doubt_malformed() { vi: "không đúng thể thức", en: "not of the required form" }
    /// Letters among digits.
    doubt_letters() { vi: "có chữ cái lẫn trong chữ số", en: "letters stand among the digits" }
    /// Not in the calendar.
    doubt_no_such_day() { vi: "ngày không có trong lịch", en: "there is no such day" }
    /// Not come yet.
    doubt_future() { vi: "ngày chưa tới", en: "the day has not come yet" }
    /// Before 1945.
    doubt_too_old() { vi: "ngày trước năm 1945", en: "the day is before 1945" }
    /// Two places that differ.
    doubt_contradicted() {
        vi: "hai chỗ trong văn bản không khớp nhau",
        en: "two places of the document contradict each other",
    }
    /// Not read.
    doubt_concluded() {
        vi: "suy ra từ phần khác, không đọc thấy trực tiếp",
        en: "concluded from another part, not read itself",
    }

    /// The number of a document, as a subject.
    name_number() { vi: "số, ký hiệu văn bản", en: "the number of the document" }
    /// The day of a document, as a subject.
    name_date() { vi: "ngày ban hành", en: "the date of the document" }
    /// A key field that a person must check.
    doubtful(name, read, doubts) {
        vi: "{name} đọc được là “{read}”: {doubts}; cần người kiểm tra",
        en: "{name} was read as “{read}”: {doubts}; to be checked by a person",
    }
    /// A key field of which nothing was read.
    doubtful_unread(name, doubts) {
        vi: "{name}: {doubts}; cần người nhập",
        en: "{name}: {doubts}; to be entered by a person",
    }
}
