// Sentences about reading and page decisions; `raster.rs` says how the table works.

messages! {
    /// The recogniser's language data is missing.
    no_ocr_data(language, searched) {
        vi: "không có dữ liệu nhận dạng cho ngôn ngữ `{language}` trong: {searched}",
        en: "no recognition data for language `{language}` in: {searched}",
    }
    /// The recogniser gave nothing.
    ocr_refused(step) {
        vi: "bộ nhận dạng chữ từ chối ở bước `{step}`",
        en: "the recogniser refused at step `{step}`",
    }
    /// Reading stopped at its time limit.
    ocr_timed_out(seconds, words) {
        vi: "dừng nhận dạng sau {seconds} giây, giữ được {words} từ",
        en: "recognition stopped after {seconds} s with {words} word{words:#} kept",
    }

    /// No resolution stated.
    resolution_missing(assumed) {
        vi: "ảnh không ghi độ phân giải; coi như {assumed} dpi (khổ A4)",
        en: "the image states no resolution; taken as {assumed} dpi (A4 paper)",
    }
    /// A resolution that cannot be true.
    resolution_absurd(stated, assumed) {
        vi: "độ phân giải ghi trong ảnh ({stated} dpi) không hợp lý; coi như {assumed} dpi (khổ A4)",
        en: "the resolution stated ({stated} dpi) cannot be right; taken as {assumed} dpi (A4 paper)",
    }

    /// A page turned upright.
    page_turned(degrees) {
        vi: "trang nằm sai chiều, đã xoay {degrees}° theo chiều kim đồng hồ",
        en: "the page lay the wrong way and was turned {degrees}° clockwise",
    }
    /// A page left as it lies, because nothing is sure.
    page_direction_unsure() {
        vi: "không chắc chiều của trang, giữ nguyên như bản quét",
        en: "the direction of the page is not certain; left as scanned",
    }
    /// A page whose lines slope; the picture is left as it is.
    page_skewed(skew) {
        vi: "trang nghiêng {skew}, giữ nguyên ảnh, lớp chữ nghiêng theo",
        en: "the page is skewed by {skew}; the picture is unchanged, the text follows it",
    }
    /// A page whose picture was straightened.
    page_straightened(skew) {
        vi: "trang nghiêng {skew}, đã dựng thẳng khi hiển thị",
        en: "the page was skewed by {skew} and is shown straight",
    }
    /// A skew whose lines fall to the right.
    clockwise(degrees) {
        vi: "{degrees}° theo chiều kim đồng hồ",
        en: "{degrees}° clockwise",
    }
    /// A skew whose lines rise to the right.
    counter_clockwise(degrees) {
        vi: "{degrees}° ngược chiều kim đồng hồ",
        en: "{degrees}° counter-clockwise",
    }
    /// A blank page set aside.
    blank_set_aside() {
        vi: "trang trắng, để riêng trong tệp trang trắng đi kèm",
        en: "blank page, set aside in the companion file of blank pages",
    }
    /// A blank page kept in place.
    blank_kept() {
        vi: "trang trắng, giữ nguyên vị trí",
        en: "blank page, kept in its place",
    }
    /// a stamp in a frame could not be read; see whether it is a secrecy marking.
    frame_unread() {
        vi: "có dấu trong khung không đọc được; xem có phải dấu độ mật không",
        en: "a stamp in a frame could not be read; see whether it is a secrecy marking",
    }
    /// A page on which specks hide whatever is on it.
    page_noise() {
        vi: "trang đầy hạt nhiễu, không thể nhận dạng chữ",
        en: "the page is covered with specks, no text can be recognised",
    }
    /// A page on which everything is black.
    page_dark() {
        vi: "trang đen kín, không thấy giấy: xem lại máy quét và quét lại trang này",
        en: "the page is black all over, no paper can be seen: look at the scanner and scan it again",
    }
    /// A page with ink on which no word was found.
    text_none() {
        vi: "trang có nét mực nhưng không nhận ra chữ nào",
        en: "the page has ink but no word was recognised",
    }
    /// A page whose text is hardly to be trusted.
    text_doubtful(confidence) {
        vi: "chữ nhận dạng không đáng tin (độ tin cậy {confidence}/100)",
        en: "the recognised text is doubtful (confidence {confidence}/100)",
    }

    /// Nothing but the print of the other side.
    show_through() {
        vi: "chỉ thấy chữ hằn từ mặt sau",
        en: "nothing but the print of the other side shows through",
    }
}
