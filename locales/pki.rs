// Sentences about certificates and signed data; `raster.rs` says how the table works.

messages! {
    /// A value cut off.
    ends() {
        vi: "dữ liệu kết thúc trước khi đủ độ dài đã ghi",
        en: "the data ends before the length it states",
    }
    /// A length that cannot be.
    length() {
        vi: "độ dài ghi trong dữ liệu không thể có",
        en: "a length in the data is impossible",
    }
    /// Another kind of value than the one that stands there.
    unexpected(tag) {
        vi: "thiếu giá trị loại `{tag}` hoặc giá trị này không đúng chỗ",
        en: "a value of kind `{tag}` is missing or out of place",
    }
    /// Nested too deep.
    depth() {
        vi: "các giá trị lồng nhau quá nhiều lớp",
        en: "values are nested too deep",
    }
    /// A value without meaning.
    value() {
        vi: "một giá trị không có nghĩa theo chuẩn",
        en: "a value means nothing by the standard",
    }
    /// Bytes after the end.
    trailing() {
        vi: "còn dữ liệu thừa sau khi kết thúc",
        en: "something follows after the end",
    }
    /// Too many parts.
    too_many() {
        vi: "số phần tử vượt quá giới hạn xử lý",
        en: "there are more parts than are looked at",
    }
    /// PEM that cannot be decoded.
    pem() {
        vi: "phần PEM không giải mã được",
        en: "the PEM block cannot be decoded",
    }
    /// Content type other than signed data.
    not_signed_data() {
        vi: "không phải dữ liệu ký CMS (SignedData)",
        en: "not CMS signed data (SignedData)",
    }
    /// A token without what a time-stamp must have.
    not_a_token() {
        vi: "không phải dấu thời gian RFC 3161",
        en: "not an RFC 3161 time-stamp token",
    }
    /// A CMS that cannot be read.
    cms_malformed(reason) {
        vi: "dữ liệu ký CMS hỏng: {reason}",
        en: "the CMS signed data is damaged: {reason}",
    }
}
