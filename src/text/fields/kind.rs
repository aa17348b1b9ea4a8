//! What kind of paper it is: the types of Nghị định 30/2020/NĐ-CP, Điều 7, legal
//! acts, papers of the Party, and what citizens bring to the counter.
//!
//! The table is closed on purpose. A kind becomes part of a file's name, and
//! nothing personal may: whatever stands in a title, only words of this table
//! go into the name.

use crate::text::fields::sheet::{Heading, Piece, Sheet, tight};
use crate::text::fold::bare;

/// Where a kind of paper comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// An administrative document: it has a number, a date and a signer.
    Administrative,
    /// A legal act (văn bản quy phạm pháp luật), numbered with its year.
    Legal,
    /// A paper that people bring: identity, land, household, applications.
    Intake,
    /// A part of another paper: annex, list.
    Part,
}

/// A kind of paper (tên loại).
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name: `Quyết định`.
    pub name: &'static str,
    /// How its notation begins (Phụ lục III), empty where it has none.
    pub short: &'static str,
    /// Where it comes from.
    pub class: Class,
}

use Class::{Administrative as A, Intake as I, Legal as L, Part as P};

/// One row of the table.
const fn row(name: &'static str, short: &'static str, class: Class) -> Kind {
    Kind { name, short, class }
}

/// All kinds. Of two that begin alike, the longer one counts.
pub static KINDS: &[Kind] = &[
    // Điều 7, in its order; `công văn` and `thư công` have no abbreviation.
    row("Nghị quyết", "NQ", A),
    row("Quyết định", "QĐ", A),
    row("Chỉ thị", "CT", A),
    row("Quy chế", "QC", A),
    row("Quy định", "QyĐ", A),
    row("Thông cáo", "TC", A),
    row("Thông báo", "TB", A),
    row("Hướng dẫn", "HD", A),
    row("Chương trình", "CTr", A),
    row("Kế hoạch", "KH", A),
    row("Phương án", "PA", A),
    row("Đề án", "ĐA", A),
    row("Dự án", "DA", A),
    row("Báo cáo", "BC", A),
    row("Biên bản", "BB", A),
    row("Tờ trình", "TTr", A),
    row("Hợp đồng", "HĐ", A),
    row("Công văn", "", A),
    row("Công điện", "CĐ", A),
    row("Bản ghi nhớ", "BGN", A),
    row("Bản thỏa thuận", "BTT", A),
    row("Giấy ủy quyền", "GUQ", A),
    row("Giấy mời", "GM", A),
    row("Giấy giới thiệu", "GGT", A),
    row("Giấy nghỉ phép", "GNP", A),
    row("Phiếu gửi", "PG", A),
    row("Phiếu chuyển", "PC", A),
    row("Phiếu báo", "PB", A),
    row("Thư công", "", A),
    // Legal acts: Luật Ban hành văn bản quy phạm pháp luật 64/2025/QH15, Điều 4.
    row("Hiến pháp", "", L),
    row("Bộ luật", "", L),
    row("Luật", "", L),
    row("Pháp lệnh", "", L),
    row("Lệnh", "L", L),
    row("Nghị định", "NĐ", L),
    row("Nghị quyết liên tịch", "NQLT", L),
    row("Thông tư", "TT", L),
    row("Thông tư liên tịch", "TTLT", L),
    row("Văn bản hợp nhất", "VBHN", L),
    // The Party: Quy định 66-QĐ/TW of 2017, Điều 4.
    row("Kết luận", "KL", A),
    row("Cương lĩnh chính trị", "", A),
    row("Điều lệ", "", A),
    row("Tuyên bố", "", A),
    row("Lời kêu gọi", "", A),
    row("Thông tri", "TT", A),
    row("Quy trình", "QTr", A),
    row("Chương trình hành động", "CTr", A),
    // What offices write besides.
    row("Giấy xác nhận", "GXN", A),
    row("Giấy biên nhận", "GBN", A),
    row("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "", A),
    row("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "", A),
    row("Phiếu từ chối tiếp nhận giải quyết hồ sơ", "", A),
    row("Phiếu kiểm soát quá trình giải quyết hồ sơ", "", A),
    row("Phiếu trình", "PTr", A),
    row("Phiếu lấy ý kiến", "", A),
    row("Thư mời", "", A),
    row("Bản án", "", A),
    row("Nội quy", "", A),
    // What people bring.
    row("Căn cước công dân", "", I),
    row("Thẻ căn cước", "", I),
    row("Căn cước", "", I),
    row("Giấy chứng minh nhân dân", "", I),
    row("Hộ chiếu", "", I),
    row("Giấy khai sinh", "", I),
    row("Giấy chứng sinh", "", I),
    row("Giấy báo tử", "", I),
    row("Trích lục khai sinh", "", I),
    row("Trích lục khai tử", "", I),
    row("Trích lục kết hôn", "", I),
    row("Trích lục ghi chú ly hôn", "", I),
    row("Trích lục hộ tịch", "", I),
    row("Trích lục bản đồ", "", I),
    row("Trích lục", "", I),
    row("Trích đo địa chính", "", I),
    row("Giấy chứng nhận kết hôn", "", I),
    row("Giấy xác nhận tình trạng hôn nhân", "", I),
    row("Giấy chứng nhận quyền sử dụng đất", "", I),
    row("Giấy chứng nhận đăng ký doanh nghiệp", "", I),
    row("Giấy chứng nhận đăng ký hộ kinh doanh", "", I),
    row("Giấy chứng nhận đăng ký kinh doanh", "", I),
    row("Giấy chứng nhận", "GCN", I),
    row("Giấy xác nhận thông tin về cư trú", "", I),
    row("Xác nhận thông tin về cư trú", "", I),
    row("Sổ hộ khẩu", "", I),
    row("Giấy phép lái xe", "", I),
    row("Giấy phép xây dựng", "GPXD", I),
    row("Giấy phép", "GP", I),
    row("Giấy khám sức khỏe", "", I),
    row("Giấy cam kết", "", I),
    row("Bản cam kết", "", I),
    row("Bản cam đoan", "", I),
    row("Đơn đề nghị", "", I),
    row("Đơn xin xác nhận", "", I),
    row("Đơn xin", "", I),
    row("Đơn đăng ký", "", I),
    row("Đơn khiếu nại", "", I),
    row("Đơn tố cáo", "", I),
    row("Đơn kiến nghị", "", I),
    row("Đơn yêu cầu", "", I),
    row("Đơn khởi kiện", "", I),
    row("Đơn trình báo", "", I),
    row("Đơn", "", I),
    row("Tờ khai", "", I),
    row("Phiếu đề nghị", "", I),
    row("Phiếu lý lịch tư pháp", "", I),
    row("Sơ yếu lý lịch", "", I),
    row("Lý lịch", "", I),
    row("Hợp đồng ủy quyền", "", I),
    row("Hợp đồng chuyển nhượng quyền sử dụng đất", "", I),
    row("Hợp đồng tặng cho quyền sử dụng đất", "", I),
    row("Hợp đồng lao động", "HĐLĐ", I),
    row("Văn bản ủy quyền", "", I),
    row("Văn bản thỏa thuận phân chia di sản", "", I),
    row("Di chúc", "", I),
    row("Bằng tốt nghiệp", "", I),
    row("Bằng cử nhân", "", I),
    row("Bằng kỹ sư", "", I),
    row("Bằng thạc sĩ", "", I),
    row("Giấy ra viện", "", I),
    row("Chứng chỉ", "", I),
    row("Hóa đơn giá trị gia tăng", "", I),
    row("Hóa đơn", "", I),
    row("Phiếu thu", "", I),
    row("Phiếu chi", "", I),
    row("Biên lai", "", I),
    // Parts of other papers.
    row("Phụ lục", "", P),
    row("Danh sách", "", P),
    row("Bảng tổng hợp", "", P),
    row("Biểu mẫu", "", P),
];

impl Kind {
    /// The kind with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// The kind whose notation begins with `short`, the likeliest first.
    #[must_use]
    pub fn of_short(short: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| !short.is_empty() && kind.short == short)
    }
}

/// A title found on a page.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    pub(crate) kind: &'static Kind,
    /// Which piece of the body bears it.
    pub(crate) at: usize,
    /// Where in that piece it begins: what stands before it is a stamp's.
    pub(crate) from: usize,
    /// Where in that piece it ends; the words behind it begin the subject.
    pub(crate) words: usize,
    /// How many of the line below still belong to it: `GIẤY CHỨNG NHẬN`, and below
    /// it `QUYỀN SỬ DỤNG ĐẤT`.
    pub(crate) below: usize,
    /// Whether every letter is as in the table, diacritics aside.
    pub(crate) exact: bool,
}

/// Titles stand in this upper part of the page, and above the running text.
const TITLE_PART: f64 = 0.6;
/// Pieces of the body that are looked at.
const LINES_LOOKED_AT: usize = 24;

/// The title of a page: the first line in capitals that begins with a kind.
pub(crate) fn title(sheet: &Sheet) -> Option<Title> {
    let looked_at = sheet.body.iter().enumerate().take(LINES_LOOKED_AT);
    let high = looked_at.filter(|(_, piece)| piece.y() < TITLE_PART * sheet.height);
    let titles: Vec<Title> = high
        .filter_map(|(at, piece)| {
            let whole = Some(piece).filter(|piece| is_centred(piece, sheet));
            let title = whole
                .and_then(|piece| of_two(piece, sheet.body.get(at + 1), sheet))
                .or_else(|| of_line(whole?))
                .or_else(|| behind_stamp(piece, sheet))?;
            Some(Title { at, ..title })
        })
        .collect();
    // A stamp above the title may name a kind as well; a true title is exact.
    let best = titles.iter().find(|title| title.exact).or(titles.first());
    best.cloned()
}

/// The line in capitals that can only be the title of a paper whose notation says it is
/// of this `kind`: `KẾ HOẠC` of `52/KH-UBND`.
pub(crate) fn of_notation(sheet: &Sheet, kind: &'static Kind) -> Option<Title> {
    let name = tight(&bare(kind.name));
    let most = MOST_WRONG.min(name.len() / 3);
    let looked_at = sheet.body.iter().enumerate().take(LINES_LOOKED_AT);
    let mut high = looked_at.filter(|(_, piece)| {
        piece.y() < TITLE_PART * sheet.height
            && is_centred(piece, sheet)
            && piece.is_capitals()
    });
    let (at, piece) =
        high.find(|(_, piece)| distance(&tight(&piece.bare), &name) <= most)?;
    let words = piece.words.len();
    Some(Title { kind, at, from: 0, words, below: 0, exact: false })
}

/// Letters of a title that may be wrong or lost where its notation names its kind.
const MOST_WRONG: usize = 2;

/// Whether a line begins with the name of a kind, letter by letter.
pub(crate) fn is_title(piece: &Piece) -> bool {
    of_line(piece).is_some_and(|title| title.exact)
}

/// Whether a piece stands free on both sides, or fills its line.
fn is_centred(piece: &Piece, sheet: &Sheet) -> bool {
    let (x, _) = piece.place.centre();
    let off = (x - sheet.middle).abs() / sheet.width;
    // Papers of the Party and decisions are centred on the text, not the page.
    off < 0.14 || sheet.heading == Heading::None && off < 0.3
}

/// The kind that a line in capitals begins and the one below it ends.
fn of_two(piece: &Piece, next: Option<&Piece>, sheet: &Sheet) -> Option<Title> {
    let next = next.filter(|next| {
        next.is_capitals()
            && is_centred(next, sheet)
            && next.y() - piece.y() < LINE_BELOW * sheet.letter
    })?;
    let title = of_line(&piece.followed_by(next)?)?;
    let first = piece.words.len();
    let below = title.words.checked_sub(first).filter(|below| *below > 0)?;
    (title.exact && of_line(piece).is_some()).then_some(Title {
        words: first,
        below,
        ..title
    })
}

/// The kind that ends a line which a stamp in capitals begins: `SAO Y BẢN CHÍNH QUYẾT
/// ĐỊNH`, of which the stamp stands beside the middle of the page.
fn behind_stamp(piece: &Piece, sheet: &Sheet) -> Option<Title> {
    let ends_it =
        |from: usize| {
            let stamp =
                piece.words.get(..from).and_then(|words| Piece::of(words.to_vec()))?;
            let rest = piece.from(from).filter(|rest| is_centred(rest, sheet))?;
            let title = of_line(&rest)?;
            let is_all = title.exact && title.words == rest.words.len();
            (is_all && stamp.is_capitals() && !is_centred(&stamp, sheet))
                .then_some(Title { from, words: piece.words.len(), ..title })
        };
    (1..piece.words.len()).find_map(ends_it)
}

/// The second line of a title stands at most so many letter heights below its first.
const LINE_BELOW: f64 = 3.0;

/// What the back of an identity card says, which bears no title, without diacritics.
const BACK_OF_CARD: [&str; 7] = [
    "dac diem nhan dang",
    "personal identification",
    "ngon tro trai",
    "left index finger",
    "ngon tro phai",
    "right index finger",
    "idvnm",
];
/// What the back of the card of Luật Căn cước 26/2023/QH15 says besides.
const BACK_OF_NEW_CARD: [&str; 4] =
    ["noi cu tru", "place of residence", "noi dang ky khai sinh", "place of birth"];

/// The kind of a card that shows its back, and the lines that say so.
pub(crate) fn card(sheet: &Sheet) -> Option<(&'static Kind, Vec<Piece>)> {
    let said = |marks: &[&str]| -> Vec<Piece> {
        let says = |piece: &&Piece| marks.iter().any(|mark| piece.bare.contains(mark));
        sheet.body.iter().filter(says).cloned().collect()
    };
    let (old, new) = (said(&BACK_OF_CARD), said(&BACK_OF_NEW_CARD));
    if old.len() >= 2 && old.len() > new.len() {
        return Kind::named("Căn cước công dân").zip(Some(old));
    }
    let is_new = new.len() >= 2 && !old.is_empty();
    Kind::named("Căn cước").filter(|_| is_new).zip(Some(new))
}

/// The kind a line in capitals begins with.
fn of_line(piece: &Piece) -> Option<Title> {
    let letters = piece.text.chars().filter(|c| c.is_alphabetic()).count();
    let first_is_capital = piece.text.chars().find(|c| c.is_alphabetic())?.is_uppercase();
    if letters < 4 || !first_is_capital {
        return None;
    }
    let mut best: Option<Title> = None;
    for kind in KINDS {
        let Some((words, exact)) = begins_with(piece, kind) else { continue };
        let better = best.as_ref().is_none_or(|best| {
            (exact, words, kind.name.len())
                > (best.exact, best.words, best.kind.name.len())
        });
        if better {
            best = Some(Title { kind, at: 0, from: 0, words, below: 0, exact });
        }
    }
    best
}

/// How many words of `piece` spell the name of `kind`, and whether exactly.
fn begins_with(piece: &Piece, kind: &Kind) -> Option<(usize, bool)> {
    let name = tight(&bare(kind.name));
    let mut said = String::new();
    for (at, word) in piece.words.iter().enumerate() {
        said.push_str(&tight(&bare(&word.text)));
        let is_last = at + 1 == piece.words.len();
        // A wrong word may still be followed by the one that makes it right.
        if said.len() < name.len() && !(is_last && said.len() + 1 == name.len()) {
            continue;
        }
        let words = at + 1;
        let of_kind = piece.words.get(..words).unwrap_or_default();
        let letters = || of_kind.iter().flat_map(|word| word.text.chars());
        let upper = letters().filter(|c| c.is_uppercase()).count();
        let all = letters().filter(|c| c.is_alphabetic()).count();
        if upper * 10 < all * 8 {
            return None;
        }
        if said == name {
            return Some((words, true));
        }
        // One letter wrong in a long name is a reading error, not another kind.
        let is_long = name.len() >= 8;
        let close = is_long
            && said.len().abs_diff(name.len()) <= 1
            && distance(&said, &name) == 1;
        if close {
            return Some((words, false));
        }
        if said.len() > name.len() {
            return None;
        }
    }
    None
}

/// Levenshtein distance of short words.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let (mut corner, mut left) = (i, i + 1);
        for (cell, y) in row.iter_mut().skip(1).zip(b.chars()) {
            let best = (corner + usize::from(x != y)).min(left + 1).min(*cell + 1);
            corner = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fields::sheet::piece;
    use crate::text::{Line, Word};
    use crate::units::Rect;

    fn kind_of(text: &str) -> Option<(&'static str, usize)> {
        let words = text.split(' ').zip(0..).map(|(text, x)| Word {
            text: text.to_owned(),
            place: Rect {
                left: f64::from(x),
                top: 0.0,
                right: f64::from(x) + 0.9,
                bottom: 1.0,
            },
            confidence: 90.0,
            ..Word::default()
        });
        let line = Line { words: words.collect(), ..Line::default() };
        let title = of_line(&piece(&line)?)?;
        Some((title.kind.name, title.words))
    }

    #[test]
    fn titles_are_known_in_capitals_however_accents_were_read() {
        assert_eq!(kind_of("QUYẾT ĐỊNH"), Some(("Quyết định", 2)));
        assert_eq!(kind_of("QUYÉT ĐỊNH"), Some(("Quyết định", 2)));
        assert_eq!(kind_of("Q U Y Ế T Đ Ị N H"), Some(("Quyết định", 9)));
        assert_eq!(kind_of("KÉ HOẠCH"), Some(("Kế hoạch", 2)));
        assert_eq!(kind_of("quyết định"), None);
        assert_eq!(kind_of("UBND XÃ AN HÒA"), None);
    }

    #[test]
    fn of_two_kinds_the_longer_counts_and_the_rest_is_subject() {
        assert_eq!(kind_of("ĐƠN ĐỀ NGHỊ CẤP ĐỔI GIẤY PHÉP"), Some(("Đơn đề nghị", 3)));
        assert_eq!(kind_of("TỜ KHAI ĐĂNG KÝ KHAI SINH"), Some(("Tờ khai", 2)));
        assert_eq!(kind_of("THÔNG TƯ LIÊN TỊCH"), Some(("Thông tư liên tịch", 4)));
        assert_eq!(
            kind_of("GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU NHÀ Ở"),
            Some(("Giấy chứng nhận quyền sử dụng đất", 7))
        );
    }

    #[test]
    fn a_title_may_take_two_lines_and_a_card_may_show_its_back() {
        let line = |y: f64, text: &str| {
            let words = text.split(' ').zip(0..).map(|(text, x)| Word {
                text: text.to_owned(),
                place: Rect {
                    left: 300.0 + 40.0 * f64::from(x),
                    top: y,
                    right: 335.0 + 40.0 * f64::from(x),
                    bottom: y + 10.0,
                },
                confidence: 90.0,
                ..Word::default()
            });
            Line { words: words.collect(), ..Line::default() }
        };
        let sheet = |lines: Vec<Line>| {
            let layer = crate::text::TextLayer { lines, ..Default::default() };
            Sheet::of(&layer, 900.0, 1200.0)
        };
        let land =
            sheet(vec![line(100.0, "GIẤY CHỨNG NHẬN"), line(120.0, "QUYỀN SỬ DỤNG ĐẤT")]);
        let title = title(&land).unwrap();
        assert_eq!(title.kind.name, "Giấy chứng nhận quyền sử dụng đất");
        assert_eq!((title.words, title.below), (3, 4));
        let back = sheet(vec![
            line(100.0, "Đặc điểm nhận dạng / Personal identification:"),
            line(130.0, "Ngón trỏ trái / Left index finger"),
            line(160.0, "IDVNM0900001236056090000123<<4"),
        ]);
        assert_eq!(card(&back).unwrap().0.name, "Căn cước công dân");
    }

    #[test]
    fn a_title_stands_behind_the_stamp_that_was_read_into_its_line() {
        let word = |text: &str, left: f64| {
            let right = left + 12.0 * f64::from(u8::try_from(text.len()).unwrap());
            let place = Rect { left, top: 300.0, right, bottom: 320.0 };
            Word::new(text.to_owned(), place, 90.0)
        };
        let line = |words: Vec<Word>| Line { words, ..Line::default() };
        let sheet = |text: [(&str, f64); 4]| {
            let words = text.into_iter().map(|(text, left)| word(text, left)).collect();
            let mut margins = [word("Điều", 60.0), word("đó", 820.0)];
            margins.iter_mut().for_each(|word| {
                word.place.top += 200.0;
                word.place.bottom += 200.0;
            });
            let lines = vec![line(words), line(margins.to_vec())];
            let layer = crate::text::TextLayer { lines, ..Default::default() };
            Sheet::of(&layer, 900.0, 1200.0)
        };
        let stamped =
            sheet([("BẢN", 150.0), ("SAO", 200.0), ("QUYẾT", 350.0), ("ĐỊNH", 460.0)]);
        let title = title(&stamped).unwrap();
        assert_eq!((title.kind.name, title.from, title.words), ("Quyết định", 2, 4));
        let cited =
            sheet([("theo", 150.0), ("đúng", 200.0), ("QUYẾT", 350.0), ("ĐỊNH", 460.0)]);
        assert!(crate::text::fields::kind::title(&cited).is_none());
    }

    #[test]
    fn one_wrong_letter_in_a_long_title_is_forgiven() {
        assert_eq!(kind_of("QUYẾT ĐINII"), None);
        assert_eq!(kind_of("NGHỊ OUYẾT"), Some(("Nghị quyết", 2)));
    }

    #[test]
    fn all_twenty_nine_types_of_the_decree_are_there() {
        let names = KINDS.iter().take(29).map(|kind| kind.name);
        assert_eq!(names.filter(|name| Kind::named(name).is_some()).count(), 29);
    }
}
