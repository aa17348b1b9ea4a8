//! Who issued the paper, and who stands above: box 2 of the decree's layout.
//!
//! The agency above in plain capitals, the issuing one in bold below it; each may
//! take two lines. Bold cannot be seen in text, so lines are told apart by how
//! they begin: a line that begins like the name of an agency begins one, any
//! other goes on with it. `ỦY BAN NHÂN DÂN` alone waits for its place.

use crate::text::Word;
use crate::text::fields::sheet::{Heading, Piece, Sheet, is_number};
use crate::text::fields::{Field, Name, bodies, mean};
use crate::text::fold::bare;
use crate::text::numbers::Doubt;

/// How names of agencies begin, without diacritics.
const BEGINNINGS: &[&str] = &[
    "uy ban",
    "ubnd",
    "hoi dong",
    "hdnd",
    "quoc hoi",
    "chu tich",
    "chinh phu",
    "thu tuong",
    "bo",
    "so",
    "cuc",
    "chi cuc",
    "tong cuc",
    "vu",
    "vien",
    "van phong",
    "phong",
    "ban",
    "thanh tra",
    "trung tam",
    "truong",
    "benh vien",
    "tram",
    "cong ty",
    "tong cong ty",
    "tap doan",
    "ngan hang",
    "kho bac",
    "bao hiem",
    "thue",
    "hai quan",
    "toa an",
    "vien kiem sat",
    "thi hanh an",
    "cong an",
    "quan khu",
    "bo chi huy",
    "ban chi huy",
    "dang uy",
    "dang bo",
    "chi bo",
    "tinh uy",
    "thanh uy",
    "huyen uy",
    "quan uy",
    "ban chap hanh",
    "ban thuong vu",
    "bo chinh tri",
    "trung uong",
    "mat tran",
    "lien doan",
    "cong doan",
    "doan",
    "hoi",
    "hop tac xa",
    "kiem toan",
    "dai hoc",
    "hoc vien",
    "to chuc",
    "quy",
    "nha xuat ban",
    "bao",
    "dai phat thanh",
    "trung doan",
    "su doan",
    "quan doan",
    "dang cong san",
];
/// Bodies whose name is not whole without a place.
const WAITING: &[&str] = &[
    "uy ban nhan dan",
    "hoi dong nhan dan",
    "ubnd",
    "hdnd",
    "thuong truc hoi dong nhan dan",
    "van phong hdnd va",
    "ban chap hanh",
    "ban thuong vu",
    "cong an",
    "dang uy",
    "dang bo",
    "uy ban mttq viet nam",
    "uy ban mat tran to quoc viet nam",
    "ban chi huy quan su",
    "doan dai bieu quoc hoi",
    "toa an nhan dan",
    "vien kiem sat nhan dan",
    "ban thuong truc",
    "ban chap hanh dang bo",
    "van phong",
];
/// Places that complete such a name.
const PLACES: &[&str] = &[
    "tinh",
    "thanh pho",
    "tp",
    "phuong",
    "xa",
    "dac khu",
    "huyen",
    "quan",
    "thi xa",
    "thi tran",
    "khu vuc",
];

/// The issuing agency and the one above it.
pub(crate) fn fields(sheet: &Sheet) -> Vec<Field> {
    if !matches!(sheet.heading, Heading::State | Heading::Party) {
        return Vec::new();
    }
    let names = names(&lines(sheet));
    let mut names = names.into_iter().rev();
    let field = |name: Name, words: Vec<Word>| {
        let value = words.iter().map(|word| unspecked(&word.text));
        let value = value.collect::<Vec<_>>().join(" ");
        let value =
            value.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned();
        let doubt = is_doubtful(&words).then_some(Doubt::Unsure);
        let is_part = lacks_part(&plain(&bare(&value))) || bodies::breaks_off(&value);
        let doubt = is_part.then_some(Doubt::Malformed).or(doubt);
        Field::read(name, bodies::spelt(&value), &words).doubted(doubt)
    };
    let organ = names.next().map(|words| field(Name::OrganName, words));
    let above = names.next().map(|words| field(Name::Superior, words));
    organ.into_iter().chain(above).collect()
}

/// The lines of box 2: above the number, in capitals.
fn lines(sheet: &Sheet) -> Vec<&Piece> {
    let above = sheet.left.iter().take_while(|piece| {
        !is_number(&piece.bare) && !is_subject(&piece.bare) && !is_bare_number(piece)
    });
    above
        .filter(|piece| piece.capitals() >= 0.6)
        // Letters of a stamp over the head.
        .filter(|piece| mean(&piece.words) >= LEAST_SURE)
        .filter(|piece| piece.text.chars().filter(|c| c.is_alphabetic()).count() >= 2)
        // A star, a rule read as letters.
        .filter(|piece| piece.place.width() > 1.5 * sheet.letter)
        .collect()
}

/// Whether a name, bare, lacks what it must have: `PHƯỜNG AN BÌNH` says not whose,
/// and in `UBND PHƯỜNG PHÒNG KINH TẾ` the place has no name.
fn lacks_part(name: &str) -> bool {
    let begins = |text: &str, with: &[&str]| with.iter().any(|w| text.starts_with(w));
    let ends = name.match_indices(' ').map(|(at, _)| at + 1);
    let mut parts = ends.filter_map(|at| behind_place(name.get(at..)?));
    // `TỈNH ỦY`, `XÃ ĐOÀN`, `QUÂN KHU` are whole.
    behind_place(name).is_some_and(|rest| !begins(rest, &["uy", "doan", "khu", "doi"]))
        || parts.any(|rest| begins(rest, OF_PLACES) || bodies::begins_office(rest))
}

/// What stands behind the kind of place that bare text begins with.
fn behind_place(text: &str) -> Option<&str> {
    let behind = |place: &&str| text.strip_prefix(*place);
    let rest = PLACES.iter().find_map(behind)?;
    rest.strip_prefix(' ').or(Some(rest).filter(|rest| rest.is_empty()))
}

/// How bodies begin that stand below one named by its place.
const OF_PLACES: &[&str] =
    &["phong ", "trung tam ", "chi cuc ", "van phong ", "ban quan ly "];

/// Lines of the head that were read with less are a stamp's or specks.
const LEAST_SURE: f32 = 30.0;
/// A word read with less is doubtful, unless usual phrases have it or the text says
/// it as well.
const LEAST_SURE_WORD: f32 = 70.0;

/// Whether a word was hardly read and is none that names of bodies are made of.
fn is_doubtful(words: &[Word]) -> bool {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let is_weak = |word: &Word| {
        word.text.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && word.confidence < LEAST_SURE_WORD
    };
    words.iter().zip(bodies::known(&texts)).any(|(word, known)| is_weak(word) && !known)
}

/// A word without the full stop or colon that specks leave behind it; that of an
/// abbreviation (`TP.`) stays.
fn unspecked(word: &str) -> &str {
    let bare = word.trim_end_matches(['.', ':', ';', '\'', '`', '_']);
    if bare.chars().count() <= 2 { word } else { bare }
}

/// Whether a word is none: signs only, or one letter that is no word (`Y TẾ` is).
fn is_speck(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
    let is_single =
        letters == 1 && !word.starts_with(['Y', 'A', 'B', 'C', 'D', 'E', 'I']);
    let is_number = word.contains(|c: char| c.is_ascii_digit());
    letters == 0 && word != "-" && word != "&"
        || is_single && !is_number
        || word.contains('\\')
}

/// Whether a line begins the subject of a letter.
fn is_subject(bare: &str) -> bool {
    let bare = bare.trim_start_matches(|c: char| !c.is_alphanumeric());
    bare.starts_with("v/v") || bare.starts_with("ve viec")
}

/// Whether a line is a number whose label was not read.
fn is_bare_number(piece: &Piece) -> bool {
    piece.text.contains('/') && piece.text.contains(|c: char| c.is_ascii_digit())
}

/// The names the lines make, top to bottom.
fn names(lines: &[&Piece]) -> Vec<Vec<Word>> {
    let mut names: Vec<(Vec<Word>, String)> = Vec::new();
    for line in lines {
        let words = line.words.iter().filter(|word| !is_speck(&word.text));
        let mut words: Vec<Word> = words.cloned().collect();
        // A dash at either end of a line is a rule ill read: `- TÂN HẢI ĐOÀI -`.
        while words.last().is_some_and(|word| word.text == "-") {
            words.pop();
        }
        let begins = words.iter().position(|word| word.text != "-").unwrap_or(0);
        words.drain(..begins);
        let said = plain(&line.bare);
        match names.last_mut() {
            Some((name, so_far)) if goes_on(so_far, &said) => {
                name.extend(words);
                so_far.push(' ');
                so_far.push_str(&said);
            }
            _ => names.push((words, said)),
        }
    }
    names.into_iter().map(|(words, _)| words).collect()
}

/// Whether a line goes on with the name above it.
fn goes_on(above: &str, line: &str) -> bool {
    let begins = |with: &&&str| {
        line.strip_prefix(**with)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let last = above.rsplit(' ').next().unwrap_or_default();
    let ends_open = matches!(
        last,
        "va" | "cua" | "ve" | "thuoc" | "cac" | "tinh" | "phuong" | "xa" | "huyen"
    );
    if ends_open || above.ends_with("thanh pho") {
        return true;
    }
    // `TRƯỜNG` / `ĐẠI HỌC …`.
    if !above.contains(' ') && !matches!(above, "ubnd" | "hdnd") {
        return true;
    }
    if WAITING.contains(&above) && PLACES.iter().any(|place| begins(&place)) {
        return true;
    }
    !BEGINNINGS.iter().any(|beginning| begins(&beginning))
}

/// Bare text with single spaces and no signs.
fn plain(bare: &str) -> String {
    let words =
        bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for line in lines {
            let said = plain(&bare(line));
            match names.last_mut() {
                Some(above) if goes_on(&plain(&bare(above)), &said) => {
                    above.push(' ');
                    above.push_str(line);
                }
                _ => names.push((*line).to_owned()),
            }
        }
        names
    }

    #[test]
    fn two_lines_of_one_agency_are_one_name() {
        assert_eq!(told(&["ỦY BAN NHÂN DÂN", "PHƯỜNG NAM NHA TRANG"]).len(), 1);
        assert_eq!(told(&["SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"]).len(), 1);
        assert_eq!(told(&["TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"]).len(), 1);
        assert_eq!(told(&["VĂN PHÒNG HĐND VÀ", "UBND PHƯỜNG X"]).len(), 1);
    }

    #[test]
    fn the_agency_above_is_another_name() {
        for lines in [
            &["UBND TỈNH KHÁNH HÒA", "SỞ NỘI VỤ"][..],
            &["ỦY BAN NHÂN DÂN", "TỈNH KHÁNH HÒA", "SỞ GIÁO DỤC", "VÀ ĐÀO TẠO"],
            &["BỘ CÔNG AN", "CỤC CẢNH SÁT GIAO THÔNG"],
            &["ĐẢNG BỘ TỈNH KHÁNH HÒA", "ĐẢNG ỦY UBND TỈNH"],
            &["UBND PHƯỜNG BÌNH AN", "PHÒNG KINH TẾ, HẠ TẦNG", "VÀ ĐÔ THỊ"],
        ] {
            assert_eq!(told(lines).len(), 2, "{lines:?}");
        }
    }
}
