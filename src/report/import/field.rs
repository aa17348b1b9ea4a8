//! The fields a register may have, the headings they go by, and what each may hold.

use serde_json::Value;

use crate::archive::Code;
use crate::archive::state::State;
use crate::report::facts::Exempt;
use crate::report::import::Mapping;
use crate::text::fold;
use crate::text::keys;
use crate::time::{Day, Timestamp};

/// Letters of a value.
const MOST_LETTERS: usize = 1_000;

/// What a field of a line may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Code,
    Text,
    Day,
    Moment,
    Number,
    /// 0 or 1, also as words.
    Flag,
    OneOf(&'static [u64]),
    State,
    Exemption,
    /// A list, in JSON alone.
    List,
}

/// A field of a line, and other headings it goes by, without diacritics.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    also: &'static [&'static str],
}

const fn field(name: &'static str, kind: Kind, also: &'static [&'static str]) -> Field {
    Field { name, kind, also }
}

/// The fields, in the order in which lines have them.
pub(super) const FIELDS: [Field; 38] = [
    field("MaHoSo", Kind::Code, &["ma ho so", "so ho so", "ma so ho so"]),
    field("MaTTHC", Kind::Text, &["ma tthc", "ma thu tuc"]),
    field("TenTTHC", Kind::Text, &["ten tthc", "ten thu tuc", "thu tuc"]),
    field(
        "DonVi",
        Kind::Text,
        &["don vi", "don vi xu ly", "co quan giai quyet", "don vi giai quyet"],
    ),
    field("CanBoTiepNhan", Kind::Text, &["can bo tiep nhan", "nguoi tiep nhan"]),
    field("CanBoXuLy", Kind::Text, &["can bo xu ly", "nguoi xu ly"]),
    field("NgayNop", Kind::Day, &["ngay nop"]),
    field("NgayTiepNhan", Kind::Day, &["ngay tiep nhan", "ngay nhan"]),
    field("NgayHenTra", Kind::Day, &["ngay hen tra", "han tra", "han xu ly"]),
    field(
        "NgayKetThucXuLy",
        Kind::Day,
        &["ngay ket thuc", "ngay ket thuc xu ly", "ngay tra", "ngay tra ket qua"],
    ),
    field("ThoiGianGiaiQuyet", Kind::Number, &["thoi gian giai quyet"]),
    field("DonViTinh", Kind::Text, &["don vi tinh"]),
    field(
        "KenhThucHien",
        Kind::OneOf(&[1, 2, 3]),
        &["kenh", "kenh thuc hien", "hinh thuc nop"],
    ),
    field("TrangThai", Kind::State, &["trang thai", "tinh trang"]),
    field("MaKetQua", Kind::Text, &["ma ket qua"]),
    field(
        "DuongDanTepTinKetQua",
        Kind::Text,
        &["duong dan tep tin ket qua", "tep ket qua"],
    ),
    field("KetQuaLaGiayTo", Kind::Flag, &[]),
    field("DaDongBoKetQua", Kind::Flag, &[]),
    field("HoSoCoThanhPhanSoHoa", Kind::Flag, &[]),
    field("SoThanhPhan", Kind::Number, &["so thanh phan"]),
    field("SoThanhPhanSoHoa", Kind::Number, &["so thanh phan so hoa"]),
    field("SoThanhPhanTaiSuDung", Kind::Number, &["so thanh phan tai su dung"]),
    field("SoThanhPhanTuKho", Kind::Number, &["so thanh phan tu kho"]),
    field("DuocLayTuKhoDMQG", Kind::Flag, &[]),
    field("TaiLieuNop", Kind::List, &[]),
    field("TaiKhoanDuocXacThucVoiVNeID", Kind::Flag, &[]),
    field("MaCSDL", Kind::Text, &[]),
    field("DoiTuongCongDan", Kind::Flag, &[]),
    field("DuocThanhToanTrucTuyen", Kind::OneOf(&[0, 1, 2]), &["thanh toan truc tuyen"]),
    field("Gia", Kind::Number, &["phi", "le phi", "phi, le phi"]),
    field("DanhSachPhiLePhi", Kind::List, &[]),
    field("SoLanBoSung", Kind::Number, &["so lan bo sung"]),
    field("SoNgayBoSung", Kind::Number, &["so ngay bo sung"]),
    field("ThoiDiemTiepNhan", Kind::Moment, &[]),
    field("ThoiDiemInPhieu", Kind::Moment, &[]),
    field("MienTru", Kind::Exemption, &["mien tru"]),
    field("LyDoMienTru", Kind::Text, &["ly do mien tru"]),
    field("NguoiMienTru", Kind::Text, &[]),
];

/// Headings of columns about persons, which are left out without a word of doubt.
pub(super) const PERSONAL: [&str; 12] = [
    "ho ten",
    "ho va ten",
    "ten ca nhan",
    "nguoi nop",
    "chu ho so",
    "dia chi",
    "so dien thoai",
    "dien thoai",
    "email",
    "cccd",
    "so cccd",
    "can cuoc",
];

/// The field with this name.
pub(super) fn named(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// The field a heading means.
pub(super) fn meant(heading: &str, mapping: &Mapping) -> Option<&'static Field> {
    let heading = heading.trim();
    if let Some(name) = mapping.get(heading) {
        return named(name);
    }
    let bare = fold::bare(heading);
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_it = |field: &&Field| {
        field.name.eq_ignore_ascii_case(heading) || field.also.contains(&bare.as_str())
    };
    FIELDS.iter().find(is_it)
}

/// A value held against its type; what is expected where it is not of it.
pub(super) fn checked(kind: Kind, value: &Value) -> Result<Value, &'static str> {
    let text = match value {
        Value::String(text) => keys::nfc(text.trim()),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => u8::from(*flag).to_string(),
        Value::Array(_) if kind == Kind::List => return Ok(listed(value)),
        Value::Null | Value::Array(_) | Value::Object(_) => return Err("\"…\""),
    };
    if text.chars().count() > MOST_LETTERS || text.chars().any(char::is_control) {
        return Err("≤ 1000 ký tự / characters");
    }
    let number = || text.parse::<u64>().ok();
    match kind {
        Kind::Text => Ok(text.into()),
        Kind::Code => {
            let code = text.parse::<Code>().ok().ok_or("H32.18-260716-0001")?;
            Ok(code.to_string().into())
        }
        Kind::Day => {
            let day = text.split(['T', ' ']).next().and_then(Day::typed);
            Ok(day.ok_or("16/07/2026 · 2026-07-16")?.to_string().into())
        }
        Kind::Moment => {
            let moment =
                moment(&text).ok_or("16/07/2026 10:13:45 · 2026-07-16T10:13:45+07:00")?;
            Ok(moment.to_string().into())
        }
        Kind::Number => {
            Ok(number().filter(|n| *n <= u64::from(u32::MAX)).ok_or("0, 1, 2, …")?.into())
        }
        Kind::Flag => {
            let flag = match fold::bare(&text).as_str() {
                "1" | "co" | "true" | "x" | "yes" => 1,
                "0" | "khong" | "false" | "no" => 0,
                _ => return Err("0 · 1"),
            };
            Ok(Value::from(flag))
        }
        Kind::OneOf(all) => {
            let words = [("truc tiep", 1), ("truc tuyen", 2), ("buu chinh", 3)];
            let bare = fold::bare(&text);
            let by_word = words.iter().find(|(word, _)| bare.starts_with(word));
            let number = number().or(by_word.map(|(_, number)| *number));
            let number = number.filter(|number| all.contains(number));
            Ok(number
                .ok_or(if all.contains(&0) { "0 · 1 · 2" } else { "1 · 2 · 3" })?
                .into())
        }
        Kind::State => match State::typed(&text) {
            Some(_) => Ok(text.into()),
            None => Err(
                "Đang xử lý · Yêu cầu bổ sung · Đã xử lý xong · Đã trả kết quả · Từ chối · Dừng xử lý",
            ),
        },
        Kind::Exemption => match Exempt::named(&text) {
            Some(_) => Ok(text.into()),
            None => Err("MAT · KTNN · GCNQSDD · BANDO · QUYHOACH · KHAC"),
        },
        Kind::List => Err("[ … ]"),
    }
}

/// A list of components or fees with nothing in it but what is counted.
fn listed(value: &Value) -> Value {
    const KEPT: [&str; 4] = ["DuocSoHoa", "DuocLayTuKhoDMQG", "DuocTaiSuDung", "Gia"];
    let items = value.as_array().into_iter().flatten();
    let items = items.map(|item| {
        let fields = item.as_object().into_iter().flatten();
        let kept = fields.filter(|(name, _)| KEPT.contains(&name.as_str()));
        Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
    });
    Value::Array(items.collect())
}

/// A moment in ISO 8601, or day and time as people write them.
fn moment(text: &str) -> Option<Timestamp> {
    if let Some(moment) = Timestamp::read(text) {
        return Some(moment);
    }
    let (day, time) = text.split_once([' ', 'T'])?;
    let time = if time.matches(':').count() == 1 {
        format!("{time}:00")
    } else {
        time.to_owned()
    };
    Timestamp::read(&format!("{}T{time:0>8}+07:00", Day::typed(day)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_people_write_them() {
        let read = |text| moment(text).map(|moment| moment.to_string());
        assert_eq!(read("16/07/2026 8:05").unwrap(), "2026-07-16T08:05:00+07:00");
        assert_eq!(
            read("2026-07-16T10:13:45+07:00").unwrap(),
            "2026-07-16T10:13:45+07:00"
        );
        assert_eq!(read("16/07/2026"), None);
    }
}
