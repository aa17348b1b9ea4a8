//! Who signed, as what, by whose authority; who gets it; how urgent it is:
//! boxes 7, 9b and 10b of the decree's layout.
//!
//! The signer stands at the end on the right: authority (`TM.`, `KT.`, `TL.`,
//! `TUQ.`, `Q.`) and position in capitals, then ink, then the name. What a seal and
//! a signature leave between them is not read as a name: a name has a family
//! name and two to five words that begin with a capital.

use crate::text::Word;
use crate::text::fields::sheet::{Piece, Sheet, around};
use crate::text::fields::{Field, Name, least, people};
use crate::text::fold::bare;
use crate::text::numbers::Doubt;
use crate::text::rescore::is_syllable;
use crate::units::Rect;

/// Authorities under which papers are signed (Phụ lục I, Phần I, II.7).
const AUTHORITIES: [&str; 5] = ["TM", "KT", "TL", "TUQ", "Q"];
/// How positions begin, without diacritics.
const POSITIONS: &[&str] = &[
    "chu tich",
    "pho chu tich",
    "giam doc",
    "pho giam doc",
    "tong giam doc",
    "bo truong",
    "thu truong",
    "thu tuong",
    "pho thu tuong",
    "cuc truong",
    "pho cuc truong",
    "vu truong",
    "pho vu truong",
    "chi cuc truong",
    "pho chi cuc truong",
    "chanh van phong",
    "pho chanh van phong",
    "truong phong",
    "pho truong phong",
    "truong ban",
    "pho truong ban",
    "chanh thanh tra",
    "pho chanh thanh tra",
    "chanh an",
    "vien truong",
    "hieu truong",
    "pho hieu truong",
    "bi thu",
    "pho bi thu",
    "tong bi thu",
    "thuong truc",
    "uy vien",
    "chu nhiem",
    "tong cuc truong",
    "truong cong an",
    "truong tram",
    "vien truong",
    "chu tri",
    "thu ky",
    "chi huy truong",
    "nguoi lam don",
    "nguoi yeu cau",
    "nguoi khai",
    "nguoi ky",
    "nguoi cam ket",
    "nguoi cam doan",
    "nguoi uy quyen",
    "nguoi lao dong",
    "nguoi dai dien",
    "nguoi de nghi",
    "nguoi viet don",
    "dai dien ben",
    "dai dien",
    "thu truong don vi",
    "chu tich hoi dong",
    "hieu pho",
    "pho truong",
    "truong doan",
    "cong chung vien",
];
/// The signer's title begins at most this many letter heights above the recipients.
const SIGNER_REACH: f64 = 12.0;

/// Signer and recipients on a page.
pub(crate) fn fields(sheet: &Sheet) -> Vec<Field> {
    let pieces = sheet.cut(&sheet.body);
    let list = pieces.iter().rposition(|piece| is_recipients(&piece.bare));
    let left_of = list.and_then(|at| pieces.get(at)).map(|piece| piece.place);
    let mut found = block(sheet, &pieces, left_of);
    if let Some(at) = list {
        let right = found.iter().filter_map(|field| field.place).map(|place| place.left);
        let right = right.fold(f64::INFINITY, f64::min);
        found.extend(recipients(&pieces, at, right));
    }
    found
}

/// Authority, position and name of the signer at the right.
fn block(sheet: &Sheet, pieces: &[Piece], list: Option<Rect>) -> Vec<Field> {
    let list_y = list.map(|place| place.top);
    let from = list.map_or(0.0, |place| place.right).max(0.38 * sheet.width);
    // The signer stands beside the recipients: what stands far above them opens
    // the text, as `THỦ TƯỚNG CHÍNH PHỦ` does.
    let above = list_y.map_or(0.0, |y| y - SIGNER_REACH * sheet.letter);
    let is_right = |piece: &&Piece| piece.place.centre().0 > from && piece.y() > above;
    let titles: Vec<&Piece> = pieces
        .iter()
        .filter(is_right)
        .filter(|piece| piece.capitals() > 0.7 && is_title(&piece.bare, &piece.text))
        .collect();
    let Some(last) = titles.last() else {
        // The title may lie under the seal and the name be read.
        let low = pieces.iter().filter(is_right).filter(|piece| {
            list_y.is_some_and(|y| piece.y() > y) && piece.y() > 0.4 * sheet.height
        });
        let names = low.filter_map(|piece| name_in(&piece.words)).next_back();
        let name = names.map(|words| named(&words));
        let part = || fragment(sheet, pieces, list);
        let part = || part().map(|words| named(&words).doubted(Some(Doubt::Unsure)));
        return name.or_else(part).into_iter().collect();
    };
    // The lines of one block stand close; a title in the text far above does not belong.
    let block: Vec<&Piece> = titles
        .iter()
        .copied()
        .filter(|piece| last.y() - piece.y() < 9.0 * sheet.letter)
        .collect();
    let mut fields = Vec::new();
    let (authority, position): (Vec<&Piece>, Vec<&Piece>) =
        block.iter().copied().partition(|piece| authority(&piece.text).is_some());
    let joined = |pieces: &[&Piece]| -> Vec<Word> {
        pieces.iter().flat_map(|piece| piece.words.iter().cloned()).collect()
    };
    if !authority.is_empty() {
        let words = joined(&authority);
        fields.push(Field::read(Name::Authority, plain(&words), &words));
    }
    // `TM. ỦY BAN NHÂN DÂN` without a line below: who signs says so himself.
    let words = joined(if position.is_empty() { &authority } else { &position });
    fields.push(Field::read(Name::Position, plain(&words), &words));
    let below = pieces.iter().filter(is_right).filter(|piece| piece.y() > last.y());
    let names: Vec<Vec<Word>> = below.filter_map(|piece| name_in(&piece.words)).collect();
    // Stamps are set in capitals, names hardly ever.
    let mixed = names.iter().rfind(|words| !is_capitals(words));
    let name = mixed.or(names.last()).map(|words| named(words));
    // A seal lies over the rest of it.
    let part = || fragment(sheet, pieces, list);
    let part = || part().map(|words| named(&words).doubted(Some(Doubt::Unsure)));
    fields.extend(name.or_else(part));
    fields
}

/// What is left of the signer's name below his title, or beside the recipients: words
/// that begin with a capital, read well, the family name not among them.
fn fragment(sheet: &Sheet, pieces: &[Piece], list: Option<Rect>) -> Option<Vec<Word>> {
    let from = list.map_or(0.0, |place| place.right).max(0.38 * sheet.width);
    let list_y = list.map_or(0.0, |place| place.top - SIGNER_REACH * sheet.letter);
    let is_right = |piece: &&Piece| piece.place.centre().0 > from && piece.y() > list_y;
    let title = pieces
        .iter()
        .filter(is_right)
        .rfind(|piece| piece.capitals() > 0.7 && is_title(&piece.bare, &piece.text));
    // Where the seal hides his title too, he signs beside the recipients.
    let top = title.map(Piece::y).or(list.map(|place| place.centre().1))?;
    let reach = top + 2.0 * sheet.letter..top + NAME_REACH * sheet.letter;
    let low = pieces.iter().filter(is_right).filter(|piece| reach.contains(&piece.y()));
    let is_part = |word: &Word| {
        let mut letters = word.text.chars();
        word.confidence >= WELL_READ
            && letters.next().is_some_and(char::is_uppercase)
            && word.text.chars().count() >= 2
            && letters.all(char::is_lowercase)
            && is_syllable(&word.text.to_lowercase())
    };
    let tail = |piece: &Piece| -> Vec<Word> {
        let kept = piece.words.iter().rev().take_while(|word| is_part(word));
        let mut words: Vec<Word> = kept.cloned().collect();
        words.reverse();
        words
    };
    low.map(tail).rfind(|words| (1..=5).contains(&words.len()))
}

/// A signer's name stands at most so many letter heights below his title.
const NAME_REACH: f64 = 16.0;
/// A word of a name read with this much is that word.
const WELL_READ: f32 = 80.0;
/// A seal hides at most so many letter heights of a name.
const HIDDEN: f64 = 9.0;

/// Where the name of a signer is to be looked at again, and what is known of it.
pub(crate) fn weak_name(sheet: &Sheet) -> Option<(Rect, Vec<Word>)> {
    let found = fields(sheet);
    let name = found.iter().find(|field| field.name == Name::FullName);
    if name.is_some_and(|name| !name.is_doubtful()) {
        return None;
    }
    let pieces = sheet.cut(&sheet.body);
    let list = pieces.iter().rposition(|piece| is_recipients(&piece.bare));
    let list = list.and_then(|at| pieces.get(at)).map(|piece| piece.place);
    let words = fragment(sheet, &pieces, list)?;
    let place = around(&words)?;
    let left = (place.left - HIDDEN * sheet.letter).max(0.0);
    let zone = Rect { left, top: place.top - 0.2 * sheet.letter, ..place };
    Some((zone, words))
}

/// The name that words say, if it leaves no doubt.
pub(crate) fn heard(words: &[Word]) -> Option<Vec<Word>> {
    let name = name_in(words)?;
    let is_sure = name.iter().all(|word| word.confidence >= WELL_READ);
    let field = named(&name);
    (is_sure && !field.is_doubtful()).then_some(name)
}

/// Whether words are in capitals throughout.
fn is_capitals(words: &[Word]) -> bool {
    words.iter().all(|word| word.text.chars().all(char::is_uppercase))
}

/// The name of the signer, which a signature and a seal lie over: one that may
/// be no name, or was read with less than print is, is doubtful.
fn named(words: &[Word]) -> Field {
    let is_mixed = !is_capitals(words);
    // `Cao THỊ Thanh Uyên`: what looks alike in both sizes.
    let recased = |word: &Word| {
        let shouts = is_mixed && word.text.chars().nth(1).is_some_and(char::is_uppercase);
        let mut letters = word.text.chars();
        match letters.next() {
            Some(first) if shouts => {
                let text = format!("{first}{}", letters.as_str().to_lowercase());
                Word { text, ..word.clone() }
            }
            _ => word.clone(),
        }
    };
    let spelt: Vec<Word> = words.iter().map(recased).collect();
    let family = spelt.first().map(|word| word.text.to_lowercase()).unwrap_or_default();
    // `Kim Hạnh` may be what a seal leaves of `Từ Thị Kim Hạnh`.
    let is_part = spelt.len() == 2 && people::may_lack_family(&family);
    let is_odd_family =
        is_part || bare(&family) == "thi" || people::is_misspelt_family(&family);
    let is_odd = spelt.iter().skip(1).any(|word| !people::is_given(&word.text));
    let field = Field::read(Name::FullName, plain(&spelt), words);
    let is_unsure = !is_mixed
        || is_odd_family
        || is_odd
        || field.confidence < UNSURE_NAME
        || least(words) < UNSURE_PART;
    field.doubted(is_unsure.then_some(Doubt::Unsure))
}

/// Names free of ink are read with more…
const UNSURE_NAME: f32 = 80.0;
/// …and so is each of their words.
const UNSURE_PART: f32 = 70.0;

/// Words with one space between them, signs at both ends gone.
fn plain(words: &[Word]) -> String {
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Whether a line in capitals is an authority or a position.
pub(crate) fn is_title(bare: &str, text: &str) -> bool {
    let said = bare.trim_start_matches(|c: char| !c.is_alphanumeric());
    // `QUYỀN CỤC TRƯỞNG`, and not `QUYỀN SỞ HỮU`.
    let said = said.strip_prefix("quyen ").unwrap_or(said);
    authority(text).is_some()
        || POSITIONS.iter().any(|position| said.starts_with(position))
}

/// The authority a line begins with: `TM. ỦY BAN NHÂN DÂN`.
fn authority(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (first, rest) = text.split_once(['.', ' ', ','])?;
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_followed = rest.chars().next().is_some_and(char::is_uppercase);
    AUTHORITIES.into_iter().find(|known| *known == first && is_followed)
}

/// So many words may stand beside a name on its line: `Đại tá`.
const MOST_BESIDE: usize = 3;

/// The words of a person's name in a line, academic titles aside.
fn name_in(words: &[Word]) -> Option<Vec<Word>> {
    let is_part = |word: &Word| {
        let mut letters = word.text.chars();
        letters.next().is_some_and(char::is_uppercase)
            && word.text.chars().all(char::is_alphabetic)
    };
    // Strokes of the signature stick to the name: `!Nguyễn/Phương`.
    let words: Vec<Word> = words.iter().flat_map(letters_only).collect();
    let runs = words.chunk_by(|a, b| is_part(a) == is_part(b));
    let runs = runs.filter(|run| run.first().is_some_and(is_part));
    for run in runs {
        let start = run.iter().position(|word| people::is_family(&word.text));
        let name = start.and_then(|start| run.get(start..)).unwrap_or_default();
        let capitals = name.iter().all(|word| {
            word.text.chars().count() > 1 && word.text.chars().all(char::is_uppercase)
        });
        // Ranks and degrees stand before a name, and no sentence around it.
        let others = words.iter().filter(|word| is_syllable(&word.text.to_lowercase()));
        let is_alone = others.count() <= name.len() + MOST_BESIDE;
        let is_name = (2..=6).contains(&name.len()) && is_alone;
        if is_name && !(capitals && is_title(&joined(name), "")) {
            return Some(name.to_vec());
        }
    }
    None
}

/// The runs of letters in a word, each as a word; specks alone are none.
fn letters_only(word: &Word) -> Vec<Word> {
    let runs =
        word.text.split(|c: char| !c.is_alphabetic()).filter(|run| !run.is_empty());
    let runs: Vec<&str> = runs.collect();
    match runs.as_slice() {
        [] => vec![word.clone()],
        runs => runs
            .iter()
            .map(|run| Word { text: (*run).to_owned(), ..word.clone() })
            .collect(),
    }
}

/// Bare text of words.
fn joined(words: &[Word]) -> String {
    words.iter().map(|word| bare(&word.text)).collect::<Vec<_>>().join(" ")
}

/// Whether bare text begins the list of recipients.
fn is_recipients(bare: &str) -> bool {
    bare.contains("noi nhan") || bare.starts_with("oi nhan") || bare.contains("noi nhan:")
}

/// The list of recipients: from `Nơi nhận:` down, left of the signer.
fn recipients(pieces: &[Piece], at: usize, right: f64) -> Option<Field> {
    let head = pieces.get(at)?;
    let mut items: Vec<String> = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    let below = pieces.iter().skip(at + 1);
    for piece in
        below.filter(|piece| piece.place.centre().0 < right && piece.place.left < right)
    {
        if piece.y() < head.y() || piece.is_capitals() && items.is_empty() {
            continue;
        }
        let text = piece.text.trim();
        let begins = text.starts_with(['-', '–', '+', '*', '•', '~']);
        let item = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
        match items.last_mut() {
            _ if item.is_empty() => continue,
            Some(last) if !begins => {
                last.push(' ');
                last.push_str(item);
            }
            _ if begins => items.push(item.to_owned()),
            _ => continue,
        }
        words.extend(piece.words.iter().cloned());
        // `- Lưu: VT, TH.` ends every list.
        if bare(item).starts_with("luu") {
            break;
        }
    }
    let items: Vec<&str> = items
        .iter()
        .map(|item| item.trim_end_matches([';', '.', ',']))
        .filter(|item| !item.is_empty())
        .collect();
    let field = Field {
        place: around(&words),
        ..Field::read(Name::Recipients, items.join("\n"), &words)
    };
    (!items.is_empty()).then_some(field)
}

/// How urgent a paper is: a marking alone on its line, in capitals, in the
/// upper part of the page (box 10b).
pub(crate) fn priority(sheet: &Sheet) -> Option<Field> {
    const MARKINGS: [(&str, &str); 4] =
        [("hoa toc hen gio", "3"), ("hoa toc", "3"), ("thuong khan", "2"), ("khan", "1")];
    let all = sheet.left.iter().chain(&sheet.body).cloned().collect::<Vec<_>>();
    let pieces = sheet.cut(&all);
    let high = pieces.iter().filter(|p| p.y() < 0.4 * sheet.height && p.is_capitals());
    high.filter_map(|piece| {
        let said =
            piece.bare.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let said = said.collect::<Vec<_>>().join(" ");
        let (_, level) = MARKINGS.iter().find(|(marking, _)| *marking == said)?;
        Some(Field::read(Name::Priority, (*level).to_owned(), &piece.words))
    })
    .next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fields::tests::words;

    #[test]
    fn authorities_are_known_with_what_follows() {
        assert_eq!(authority("TM. ỦY BAN NHÂN DÂN"), Some("TM"));
        assert_eq!(authority("KT.CHỦ TỊCH"), Some("KT"));
        assert_eq!(authority("Q. GIÁM ĐỐC"), Some("Q"));
        assert_eq!(authority("TMĐT"), None);
    }

    #[test]
    fn a_name_has_a_family_name_and_capitals() {
        let name = |text: &str| name_in(&words(text)).map(|name| name.len());
        assert_eq!(name("Nguyễn Thị Minh Khai"), Some(4));
        assert_eq!(name("— Lê Hòa"), Some(2));
        assert_eq!(name("TS. Trần Văn Bình"), Some(3));
        assert_eq!(name("Ký bởi văn phòng"), None);
        assert_eq!(name("NGUYỄN VĂN AN"), Some(3));
    }
}
