//! What public bodies and provinces are called.
//!
//! A head is set in capitals, which lose marks. Most of the words in it are known:
//! the state has so many kinds of bodies and so many provinces. Where a reading has
//! the name of one but for its marks, this is meant. What stands behind the kind of a
//! place (`XÃ`, `KHU KINH TẾ`) is that place's own name, which may sound alike:
//! `VÂN PHONG` is no `VĂN PHÒNG`.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use crate::text::fold::bare;

/// What names of bodies are made of; bodies that were merged or renamed since stand on
/// papers of their time.
const BODIES: &str = "\
ỦY BAN NHÂN DÂN
HỘI ĐỒNG NHÂN DÂN
QUỐC HỘI
ĐOÀN ĐẠI BIỂU QUỐC HỘI
ỦY BAN THƯỜNG VỤ QUỐC HỘI
VĂN PHÒNG QUỐC HỘI
CHỦ TỊCH NƯỚC
CHÍNH PHỦ
THỦ TƯỚNG CHÍNH PHỦ
VĂN PHÒNG CHÍNH PHỦ
THANH TRA CHÍNH PHỦ
KIỂM TOÁN NHÀ NƯỚC
TÒA ÁN NHÂN DÂN
VIỆN KIỂM SÁT NHÂN DÂN
THI HÀNH ÁN DÂN SỰ
NGÂN HÀNG NHÀ NƯỚC VIỆT NAM
KHO BẠC NHÀ NƯỚC
BẢO HIỂM XÃ HỘI VIỆT NAM
BẢO HIỂM XÃ HỘI
THÔNG TẤN XÃ VIỆT NAM
ĐÀI TRUYỀN HÌNH VIỆT NAM
ĐÀI TIẾNG NÓI VIỆT NAM
THANH TRA TỈNH
VĂN PHÒNG
TRUNG TÂM
BAN QUẢN LÝ
BAN QUẢN LÝ DỰ ÁN
ĐẦU TƯ XÂY DỰNG
KHU KINH TẾ
KHU KINH TẾ VÂN PHONG
KHU CÔNG NGHIỆP
PHỤC VỤ HÀNH CHÍNH CÔNG
TRUNG TÂM Y TẾ
TRẠM Y TẾ
BỆNH VIỆN
BỆNH VIỆN ĐA KHOA
CHI CỤC
TỔNG CỤC
HẢI QUAN
CỤC THUẾ
CHI CỤC THUẾ
CỤC CẢNH SÁT
VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI
VĂN PHÒNG CÔNG CHỨNG
PHÁT TRIỂN QUỸ ĐẤT
DỊCH VỤ VIỆC LÀM
HẠ TẦNG VÀ ĐÔ THỊ
PHÒNG KINH TẾ
PHÒNG VĂN HÓA - XÃ HỘI
PHÒNG TÀI CHÍNH - KẾ HOẠCH
CÔNG AN
CÔNG AN NHÂN DÂN
BAN CHỈ HUY QUÂN SỰ
BỘ CHỈ HUY QUÂN SỰ
BỘ ĐỘI BIÊN PHÒNG
TỈNH ỦY
THÀNH ỦY
HUYỆN ỦY
ĐẢNG ỦY
ĐẢNG BỘ
ĐẢNG CỘNG SẢN VIỆT NAM
BỘ CHÍNH TRỊ
BAN BÍ THƯ
BAN CHẤP HÀNH
BAN CHẤP HÀNH TRUNG ƯƠNG
BAN CHẤP HÀNH ĐẢNG BỘ
BAN THƯỜNG VỤ
BAN TỔ CHỨC
BAN TUYÊN GIÁO
BAN TUYÊN GIÁO VÀ DÂN VẬN
BAN DÂN VẬN
BAN NỘI CHÍNH
ỦY BAN KIỂM TRA
MẶT TRẬN TỔ QUỐC VIỆT NAM
ỦY BAN MẶT TRẬN TỔ QUỐC
LIÊN ĐOÀN LAO ĐỘNG
HỘI LIÊN HIỆP PHỤ NỮ
HỘI NÔNG DÂN
HỘI CỰU CHIẾN BINH
HỘI CHỮ THẬP ĐỎ
ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH
THANH NIÊN CỘNG SẢN HỒ CHÍ MINH
TRƯỜNG MẦM NON
TRƯỜNG MẪU GIÁO
TRƯỜNG TIỂU HỌC
TRƯỜNG TRUNG HỌC CƠ SỞ
TRƯỜNG TRUNG HỌC PHỔ THÔNG
TRUNG HỌC CƠ SỞ
TRUNG HỌC PHỔ THÔNG
TRƯỜNG CAO ĐẲNG
TRƯỜNG ĐẠI HỌC
HỌC VIỆN
GIÁO DỤC THƯỜNG XUYÊN
GIÁO DỤC NGHỀ NGHIỆP
HỢP TÁC XÃ
TỔNG CÔNG TY
CÔNG TY CỔ PHẦN
CÔNG TY TNHH
TRÁCH NHIỆM HỮU HẠN
MỘT THÀNH VIÊN
NGÂN HÀNG THƯƠNG MẠI CỔ PHẦN
THÀNH PHỐ
THỊ TRẤN
THỊ XÃ
ĐẶC KHU
VIỆT NAM";

/// What ministries (bộ), departments (sở) and divisions (phòng) are for.
const FIELDS: &str = "\
NỘI VỤ
TÀI CHÍNH
XÂY DỰNG
TƯ PHÁP
Y TẾ
CÔNG THƯƠNG
KHOA HỌC VÀ CÔNG NGHỆ
GIÁO DỤC VÀ ĐÀO TẠO
NÔNG NGHIỆP VÀ MÔI TRƯỜNG
VĂN HÓA, THỂ THAO VÀ DU LỊCH
VĂN HÓA VÀ THỂ THAO
VĂN HÓA VÀ THÔNG TIN
DÂN TỘC VÀ TÔN GIÁO
NGOẠI VỤ
NGOẠI GIAO
QUỐC PHÒNG
CÔNG AN
DU LỊCH
GIAO THÔNG VẬN TẢI
KẾ HOẠCH VÀ ĐẦU TƯ
LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI
THÔNG TIN VÀ TRUYỀN THÔNG
TÀI NGUYÊN VÀ MÔI TRƯỜNG
NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN
QUY HOẠCH - KIẾN TRÚC";

/// Bodies that a kind of place follows.
const WITH_PLACE: [&str; 8] = [
    "ỦY BAN NHÂN DÂN",
    "HỘI ĐỒNG NHÂN DÂN",
    "UBND",
    "HĐND",
    "ĐẢNG BỘ",
    "ĐẢNG ỦY",
    "CÔNG AN",
    "TÒA ÁN NHÂN DÂN",
];

/// The provinces since 1 July 2025 (Nghị quyết 202/2025/QH15), and those before.
const PROVINCES: &str = "\
AN GIANG
BÀ RỊA - VŨNG TÀU
BẠC LIÊU
BẮC GIANG
BẮC KẠN
BẮC NINH
BẾN TRE
BÌNH DƯƠNG
BÌNH ĐỊNH
BÌNH PHƯỚC
BÌNH THUẬN
CÀ MAU
CAO BẰNG
ĐẮK LẮK
ĐẮK NÔNG
ĐIỆN BIÊN
ĐỒNG NAI
ĐỒNG THÁP
GIA LAI
HÀ GIANG
HÀ NAM
HÀ TÂY
HÀ TĨNH
HẢI DƯƠNG
HẬU GIANG
HÒA BÌNH
HƯNG YÊN
KHÁNH HÒA
KIÊN GIANG
KON TUM
LAI CHÂU
LẠNG SƠN
LÀO CAI
LÂM ĐỒNG
LONG AN
NAM ĐỊNH
NGHỆ AN
NINH BÌNH
NINH THUẬN
PHÚ THỌ
PHÚ YÊN
QUẢNG BÌNH
QUẢNG NAM
QUẢNG NGÃI
QUẢNG NINH
QUẢNG TRỊ
SÓC TRĂNG
SƠN LA
TÂY NINH
THÁI BÌNH
THÁI NGUYÊN
THANH HÓA
THỪA THIÊN HUẾ
TIỀN GIANG
TRÀ VINH
TUYÊN QUANG
VĨNH LONG
VĨNH PHÚC
YÊN BÁI";

/// The cities that are provinces.
const CITIES: &str = "\
HÀ NỘI
HẢI PHÒNG
HUẾ
ĐÀ NẴNG
CẦN THƠ
HỒ CHÍ MINH";

/// Kinds of places, bare, behind which a name of its own stands.
const KINDS_OF_PLACE: [&str; 9] = [
    "tinh",
    "phuong",
    "xa",
    "huyen",
    "quan",
    "khu kinh te",
    "thi tran",
    "thi xa",
    "thanh pho",
];
/// Words of a head that are what they are, however ill read.
const USUAL_WORDS: [&str; 8] =
    ["tinh", "phuong", "xa", "huyen", "quan", "ubnd", "hdnd", "va"];
/// Bodies, bare, whose name is the beginning of another's and whole all the same.
const WHOLE: [&str; 4] = ["ban tuyen giao", "ban chap hanh", "cong an", "van phong"];

/// Words that belong together.
struct Phrase {
    words: Vec<String>,
    bare: Vec<String>,
    /// Whether it may stand behind the kind of a place: it names one itself.
    is_place: bool,
}

/// All of them, the longest first: a longer one says more.
static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let of = |text: &str, is_place: bool| {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let bare = words.iter().map(|word| plain(word)).collect();
        Phrase { words, bare, is_place }
    };
    let bodies = BODIES.lines().map(|body| of(body, body.ends_with("VÂN PHONG")));
    let offices = FIELDS.lines().flat_map(|field| {
        ["BỘ", "SỞ", "PHÒNG"].map(|kind| of(&format!("{kind} {field}"), false))
    });
    let provinces = PROVINCES.lines().flat_map(|name| {
        ["TỈNH", "TỈNH ỦY"].map(|kind| of(&format!("{kind} {name}"), true))
    });
    let cities = CITIES.lines().flat_map(|name| {
        ["THÀNH PHỐ", "TP", "TP.", "THÀNH ỦY"]
            .map(|kind| of(&format!("{kind} {name}"), true))
    });
    let of_places = WITH_PLACE.iter().flat_map(|body| {
        ["TỈNH", "THÀNH PHỐ", "PHƯỜNG", "XÃ", "HUYỆN", "QUẬN"]
            .map(|kind| of(&format!("{body} {kind}"), false))
    });
    let mut all: Vec<Phrase> =
        bodies.chain(offices).chain(of_places).chain(provinces).chain(cities).collect();
    all.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    all
});

/// A word without marks and signs.
fn plain(word: &str) -> String {
    bare(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// For each word of a name, how the phrase it is part of spells it.
fn meant(words: &[&str]) -> Vec<Option<&'static str>> {
    let folded: Vec<String> = words.iter().map(|word| plain(word)).collect();
    let mut meant = vec![None; words.len()];
    for phrase in PHRASES.iter() {
        for at in 0..folded.len() {
            let end = at + phrase.words.len();
            let is_free = |part: &[Option<&str>]| {
                let mut both = part.iter().zip(&phrase.words);
                both.all(|(taken, word)| taken.is_none_or(|taken| taken == word))
            };
            let is_there = folded.get(at..end).is_some_and(|part| part == phrase.bare)
                && meant.get(at..end).is_some_and(is_free)
                && (phrase.is_place || !is_behind_kind(&folded, at));
            if is_there {
                let places = meant.iter_mut().skip(at);
                places.zip(&phrase.words).for_each(|(to, word)| *to = Some(&**word));
            }
        }
    }
    meant
}

/// Whether the word at `at` stands right behind the kind of a place.
fn is_behind_kind(folded: &[String], at: usize) -> bool {
    let before = folded.get(..at).unwrap_or_default().join(" ");
    KINDS_OF_PLACE.iter().any(|kind| {
        before
            .strip_suffix(kind)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    })
}

/// The name of a body with what is known of it as it is spelt. `UỶ` is `ỦY` written
/// the other way and stays: only wrong letters are mended.
pub(crate) fn spelt(name: &str) -> String {
    // The one phrase whose short word sticks to the next.
    let name = name.replace("YTẾ", "Y TẾ");
    let words: Vec<&str> = name.split(' ').collect();
    let spelt = words.iter().zip(meant(&words)).map(|(word, meant)| match meant {
        Some(meant) if !is_same_vowels(word, meant) => meant,
        _ => word,
    });
    spelt.collect::<Vec<_>>().join(" ")
}

/// Which words of a name are known whatever a page shows of them.
pub(crate) fn known(words: &[&str]) -> Vec<bool> {
    let usual = |word: &str| USUAL_WORDS.contains(&plain(word).as_str());
    words
        .iter()
        .zip(meant(words))
        .map(|(word, meant)| meant.is_some() || usual(word))
        .collect()
}

/// A place spelt as the province it has the letters of.
pub(crate) fn province(place: &str) -> Option<String> {
    let said: Vec<String> = place.split(' ').map(plain).collect();
    let mut known = PROVINCES.lines().chain(CITIES.lines());
    let name = known.find(|name| name.split(' ').map(plain).eq(said.iter().cloned()))?;
    let words = name.split(' ').zip(place.split(' '));
    let spelt = words.map(|(name, read)| {
        let (first, rest) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
        let name = format!("{first}{}", rest.to_lowercase());
        if is_same_vowels(read, &name) { read.to_owned() } else { name }
    });
    Some(spelt.collect::<Vec<_>>().join(" "))
}

/// Whether bare text begins with an office of a province or a commune: `so y te`.
pub(crate) fn begins_office(text: &str) -> bool {
    let rest = ["so ", "phong "].iter().find_map(|kind| text.strip_prefix(kind));
    rest.is_some_and(|rest| {
        FIELDS.lines().any(|field| {
            let field: Vec<String> =
                field.split(' ').map(plain).filter(|word| !word.is_empty()).collect();
            rest.starts_with(&field.join(" "))
        })
    })
}

/// Whether a name breaks off within what a body is called: `TRUNG TÂM PHỤC VỤ`.
pub(crate) fn breaks_off(name: &str) -> bool {
    let said: Vec<String> =
        name.split(' ').map(plain).filter(|word| !word.is_empty()).collect();
    let ends_whole = |phrase: &Phrase| said.ends_with(&phrase.bare);
    let is_whole = PHRASES.iter().any(ends_whole)
        || WHOLE.iter().any(|whole| said.join(" ").ends_with(whole));
    let breaks = |phrase: &Phrase| {
        let begins = (2..phrase.bare.len()).filter_map(|many| phrase.bare.get(..many));
        begins.into_iter().any(|begin| said.ends_with(begin))
    };
    !is_whole && PHRASES.iter().any(breaks)
}

/// Whether two spellings differ only in which vowel bears the tone.
fn is_same_vowels(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> =
            word.nfd().filter(|c| c.is_alphanumeric() || !c.is_ascii()).collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_phrases_are_spelt_as_they_are_and_names_left_alone() {
        for (read, meant) in [
            ("ÚY BAN NHẬN DÂN XÃ HOA", "ỦY BAN NHÂN DÂN XÃ HOA"),
            ("UỶ BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN"),
            ("ỦY BẠN NHÂN DÂN THÀNH PHÓ HUÊ", "ỦY BAN NHÂN DÂN THÀNH PHỐ HUẾ"),
            ("UBND TỈNH LẦM ĐÔNG", "UBND TỈNH LÂM ĐỒNG"),
            (
                "SỞ LAO ĐÔNG - THƯƠNG BỊNH VÀ XÃ HỘI",
                "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
            ),
            ("TỈNH ỦY QUÁNG NGÃI", "TỈNH ỦY QUẢNG NGÃI"),
            ("UBND TÍNH HÀ XUYÊN", "UBND TỈNH HÀ XUYÊN"),
            ("ĐẢNG BỘ TÍNH LẦM ĐỒNG", "ĐẢNG BỘ TỈNH LÂM ĐỒNG"),
        ] {
            assert_eq!(spelt(read), meant);
        }
    }

    #[test]
    fn a_place_that_sounds_like_a_body_keeps_its_name() {
        for name in [
            "BAN QUẢN LÝ KHU KINH TẾ VÂN PHONG",
            "UBND XÃ VÂN PHONG",
            "UBND PHƯỜNG THÀNH PHÓ",
            "CÔNG AN XÃ HOÀ BÍNH",
        ] {
            assert_eq!(spelt(name), name);
        }
        assert_eq!(known(&["UBND", "XÃ", "TRUNG", "TÂM"]), [true, true, false, false]);
    }

    #[test]
    fn a_place_is_spelt_as_its_province() {
        assert_eq!(province("Lâm Đông").as_deref(), Some("Lâm Đồng"));
        assert_eq!(province("Khánh Hoà").as_deref(), Some("Khánh Hoà"));
        assert_eq!(province("Nghĩa Phổ"), None);
    }

    #[test]
    fn an_office_is_no_name_of_a_place() {
        assert!(begins_office("so y te") && begins_office("phong tai chinh ke hoach"));
        assert!(!begins_office("so pai") && !begins_office("y te"));
    }

    #[test]
    fn a_name_that_breaks_off_is_told() {
        for name in ["TRUNG TÂM PHỤC VỤ", "SỞ GIÁO DỤC VÀ", "SỞ NÔNG NGHIỆP", "ỦY BAN"]
        {
            assert!(breaks_off(name), "{name}");
        }
        for name in [
            "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
            "BAN TUYÊN GIÁO",
            "SỞ XÂY DỰNG",
            "ỦY BAN NHÂN DÂN TỈNH HÀ XUYÊN",
            "BAN QUẢN LÝ KHU KINH TẾ",
        ] {
            assert!(!breaks_off(name), "{name}");
        }
    }
}
