//! What the paper is about (trích yếu): boxes 5a and 5b of the decree's layout.
//!
//! Below a title it stands centred in a few lines and ends at a short rule,
//! which is no text; a letter has it below its number, behind `V/v`. It ends
//! where the body begins, and bodies begin in a few well-known ways.

use crate::text::Word;
use crate::text::fields::kind::{Class, Title};
use crate::text::fields::sheet::{Heading, Piece, Sheet, around, is_number, tight};
use crate::text::fields::{Field, Name};
use crate::text::fold::bare;
use crate::text::numbers::Doubt;

/// Lines of a subject at most.
const MOST_LINES: usize = 9;
/// A centred line is off the middle of its title by less than this many letters.
const OFF_CENTRE: f64 = 1.5;
/// Lines of one subject are at most this many times as far apart as the first two.
const WIDER: f64 = 1.45;
/// And never farther than this many letter heights.
const FARTHEST: f64 = 3.6;

/// How bodies begin, without diacritics.
const OPENINGS: &[&str] = &[
    "can cu",
    "kinh gui",
    "thuc hien",
    "tren co so",
    "xet ",
    "theo de nghi",
    "hom nay",
    "thoi gian",
    "i. ",
    "i ",
    "1. ",
    "dieu 1",
    "dieu 1.",
    "phan ",
    "chuong ",
    "de thuc hien",
    "de trien khai",
    "trong thoi gian",
    "sau khi",
    "uy ban nhan dan",
    "hoi dong nhan dan",
    "thu tuong",
    "chu tich",
    "chinh phu",
    "bo truong",
    "giam doc",
    "quoc hoi",
    "toi ten",
    "ho va ten",
    "ho, chu dem",
    "nguoi ",
    "ben a",
    "chung toi",
    "toi la",
    "ban chap hanh",
    "ban thuong vu",
    "(kem theo",
    "kem theo",
    "(ban hanh",
    "theo ",
    "nham ",
    "thi hanh",
    "tren tinh than",
    "trien khai thuc hien",
    "stt",
    "ky ",
    "- ",
    "a. ",
    "ton giao",
    "dan toc",
    "ten toi",
    "phan thu",
    "truong phong",
    "chanh van phong",
    "nang cao",
    "nhiem ky",
];

/// Papers that are about a person and have no subject besides.
const WITHOUT: [&str; 10] = [
    "Căn cước công dân",
    "Thẻ căn cước",
    "Căn cước",
    "Giấy chứng minh nhân dân",
    "Hộ chiếu",
    "Giấy giới thiệu",
    "Giấy khai sinh",
    "Giấy chứng sinh",
    "Giấy phép lái xe",
    "Sổ hộ khẩu",
];

/// Whether the left column says `V/v` or someone is addressed: a letter.
pub(crate) fn is_letter(sheet: &Sheet) -> bool {
    sheet.left.iter().any(|piece| about(&piece.words).is_some())
        || sheet.body.iter().take(6).any(|piece| is_addressed(&piece.bare))
}

/// The subject of a paper.
pub(crate) fn field(
    sheet: &Sheet,
    title: Option<&Title>,
    organ: Option<&str>,
) -> Option<Field> {
    let (words, is_plain) = match words(sheet, title, organ)? {
        words if words.is_empty() => (under_stamp(sheet, title?, organ), false),
        words => (words, true),
    };
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(|c: char| {
        matches!(c, ':' | '.' | ',' | ';' | '-' | '_' | '–' | ' ' | '*')
    });
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let doubt = (!is_plain).then_some(Doubt::Malformed);
    (letters >= 3)
        .then(|| Field::read(Name::Subject, text.to_owned(), &words).doubted(doubt))
}

/// Its words, as they stand below a title or in the column of a letter.
pub(crate) fn words(
    sheet: &Sheet,
    title: Option<&Title>,
    organ: Option<&str>,
) -> Option<Vec<Word>> {
    match title {
        Some(title) => Some(below(sheet, title, organ)),
        None => letter(sheet),
    }
}

/// The centred lines below a title.
fn below(sheet: &Sheet, title: &Title, organ: Option<&str>) -> Vec<Word> {
    let Some(head) = sheet.body.get(title.at) else { return Vec::new() };
    if WITHOUT.contains(&title.kind.name) {
        return Vec::new();
    }
    let mut words: Vec<Word> = Vec::new();
    // `TỜ KHAI ĐĂNG KÝ KHAI SINH`: what follows the kind on its line.
    let rest =
        head.from(title.words).filter(|rest| rest.text.contains(char::is_alphabetic));
    words.extend(rest.into_iter().flat_map(|rest| rest.words));
    // A stamp read into its line moves the middle of the title aside.
    let kind = head.words.get(title.from..title.words).and_then(around);
    let centre = kind.unwrap_or(head.place).centre().0;
    let mut last = head;
    let mut pitch: Option<f64> = None;
    let body = sheet.body.get(title.at + 1..).unwrap_or_default();
    let is_centred = |piece: &Piece| {
        let off = (piece.place.centre().0 - centre).abs();
        off < OFF_CENTRE * sheet.letter.max(0.012 * sheet.width)
    };
    // A title that takes two lines may share its second with the subject.
    let first = body.first().filter(|_| title.below > 0);
    let rest = first.map(|first| first.from(title.below));
    let body = if rest.is_some() { body.get(1..).unwrap_or_default() } else { body };
    let lines: Vec<Piece> = rest
        .flatten()
        .iter()
        .chain(body)
        .take(MOST_LINES + 1)
        .map(|piece| match firm(piece) {
            Some(firm) if !is_centred(piece) && is_centred(&firm) => firm,
            _ => piece.clone(),
        })
        .collect();
    let body = lines.as_slice();
    for (at, piece) in body.iter().enumerate().take(MOST_LINES) {
        let step = piece.y() - last.y();
        let most = pitch.map_or(FARTHEST * sheet.letter, |pitch| pitch * WIDER);
        let is_running = body.get(at + 1).is_some_and(|next| {
            begins_paragraph(piece, next, sheet)
                && (at > 0 || piece.place.width() > 0.6 * sheet.width)
        });
        if step > most
            || step < 0.0
            || !is_centred(piece)
            || is_running
            || opens_body(piece, organ)
        {
            break;
        }
        if is_number(&piece.bare) && piece.words.len() <= 3 || is_rule(piece) {
            continue;
        }
        if title.kind.class == Class::Intake && piece.place.width() > 0.72 * sheet.width {
            break;
        }
        if last.place != head.place {
            pitch = Some(pitch.map_or(step, |pitch| pitch.min(step)).max(sheet.letter));
        }
        words.extend(piece.words.iter().cloned());
        last = piece;
    }
    words
}

/// The lines between a title and the body where none is centred: a stamp over the
/// first hides one end of it.
fn under_stamp(sheet: &Sheet, title: &Title, organ: Option<&str>) -> Vec<Word> {
    let is_official = matches!(sheet.heading, Heading::State | Heading::Party);
    if !is_official || WITHOUT.contains(&title.kind.name) {
        return Vec::new();
    }
    let Some(head) = sheet.body.get(title.at) else { return Vec::new() };
    let mut last = head;
    let mut words: Vec<Word> = Vec::new();
    for piece in sheet.body.iter().skip(title.at + 1).take(MOST_LINES) {
        let is_near = piece.y() - last.y() < FARTHEST * sheet.letter;
        // The body fills its lines.
        let is_full = piece.place.width() > FULL_LINE * sheet.width;
        if !is_near || is_full || opens_body(piece, organ) {
            break;
        }
        words.extend(piece.words.iter().cloned());
        last = piece;
    }
    words
}

/// Lines of the body take so much of the width.
const FULL_LINE: f64 = 0.62;

/// A line without the words at its ends that were hardly read: a stamp beside it.
fn firm(piece: &Piece) -> Option<Piece> {
    let is_firm = |word: &Word| word.confidence >= LEAST_FIRM;
    let from = piece.words.iter().position(is_firm)?;
    let to = piece.words.iter().rposition(is_firm)?;
    Piece::of(piece.words.get(from..=to)?.to_vec())
}

/// Words read with less may be a stamp's.
const LEAST_FIRM: f32 = 50.0;

/// Whether a line begins a paragraph that `next` goes on with: indented on the
/// left only, where a centred line is shorter or longer on both sides.
fn begins_paragraph(piece: &Piece, next: &Piece, sheet: &Sheet) -> bool {
    let indent = piece.place.left - next.place.left;
    let widest = sheet.body.iter().map(|piece| piece.place.width()).fold(0.0, f64::max);
    let is_full = piece.place.width() > 0.85 * widest;
    let wide = || sheet.body.iter().filter(|piece| piece.place.width() > 0.5 * widest);
    let margin = wide().map(|piece| piece.place.left).fold(f64::INFINITY, f64::min);
    let is_at_margin = next.place.left < margin + sheet.letter;
    // A paragraph of two lines ends before the margin that its first line reaches.
    let right = wide().map(|piece| piece.place.right).fold(next.place.right, f64::max);
    let ends = [next.place.right, right].map(|end| (piece.place.right - end).abs());
    let ragged = ends.into_iter().fold(f64::INFINITY, f64::min);
    is_full && is_at_margin && indent > 1.1 * sheet.letter && ragged < 0.5 * indent
}

/// Whether a line is a rule or specks rather than words.
fn is_rule(piece: &Piece) -> bool {
    piece.text.chars().filter(|c| c.is_alphanumeric()).count() < 2
}

/// Whether a line begins the body, which a small letter never does.
fn opens_body(piece: &Piece, organ: Option<&str>) -> bool {
    if piece.text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase) {
        return false;
    }
    let said = piece
        .bare
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != '-');
    let is_opening = OPENINGS.iter().any(|opening| said.starts_with(opening));
    // `QUYẾT ĐỊNH:` and the agency's name in capitals.
    let is_agency = piece.is_capitals()
        && organ.is_some_and(|organ| {
            let (line, organ) = (tight(&piece.bare), tight(&bare(organ)));
            line.len() >= 6 && (organ.contains(&line) || line.contains(&organ))
        });
    let capitals_only = |opening: &str| {
        // These begin a body only as the issuer's name in capitals.
        matches!(
            opening,
            "uy ban nhan dan"
                | "hoi dong nhan dan"
                | "thu tuong"
                | "chu tich"
                | "chinh phu"
                | "bo truong"
                | "giam doc"
                | "quoc hoi"
                | "ban chap hanh"
                | "ban thuong vu"
                | "truong phong"
                | "chanh van phong"
        )
    };
    let is_lower_case_only = |opening: &str| {
        // These may be the subject itself when in the middle of a phrase.
        matches!(
            opening,
            "nang cao"
                | "ton giao"
                | "dan toc"
                | "nhiem ky"
                | "thuc hien"
                | "trien khai thuc hien"
        )
    };
    if !is_opening {
        return is_agency;
    }
    OPENINGS.iter().filter(|opening| said.starts_with(**opening)).any(|opening| {
        if capitals_only(opening) {
            piece.is_capitals()
        } else {
            !is_lower_case_only(opening)
        }
    }) || is_agency
}

/// The subject of a letter, in the left column behind `V/v`.
fn letter(sheet: &Sheet) -> Option<Vec<Word>> {
    if !matches!(sheet.heading, Heading::State | Heading::Party) {
        return None;
    }
    let said = sheet.left.iter().position(|piece| about(&piece.words).is_some());
    // Whatever stands below the number of a letter is its subject.
    let number = sheet.left.iter().position(|piece| is_number(&piece.bare));
    let at = said.or(number.map(|number| number + 1))?;
    let first = sheet.left.get(at)?;
    let skip = about(&first.words).unwrap_or_else(|| {
        let begins = first.words.first().map(|word| bare(&word.text)).unwrap_or_default();
        usize::from(begins.starts_with('v') && begins.chars().count() <= 3)
    });
    let mut words: Vec<Word> = first.words.iter().skip(skip).cloned().collect();
    // `V/vnâng` without its space.
    if let Some(glued) = glued(&first.words) {
        words.insert(0, glued);
    }
    let mut last = first;
    for piece in sheet.left.iter().skip(at + 1).take(MOST_LINES) {
        if piece.y() - last.y() > FARTHEST * sheet.letter
            || piece.bare.contains("kinh gui")
        {
            break;
        }
        words.extend(piece.words.iter().cloned());
        last = piece;
    }
    Some(words)
}

/// Whether a line is `Kính gửi: …`.
fn is_addressed(bare: &str) -> bool {
    tight(bare).contains("kinhgui")
}

/// How many words say `V/v` or `Về việc` at the beginning of a line.
fn about(words: &[Word]) -> Option<usize> {
    let folded: Vec<String> = words.iter().take(2).map(|word| bare(&word.text)).collect();
    let first = folded.first()?.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    // `VW`, `Viv`, `VAv`: what small print leaves of `V/v`; no Vietnamese word ends so.
    let is_short = first.chars().count() <= 4;
    let is_about =
        is_short && first.starts_with(['v', 'w']) && first.ends_with(['v', 'w']);
    if is_about || matches!(first.as_str(), "v/y" | "v/vi" | "v#n") {
        return Some(1);
    }
    let second = folded.get(1).map(String::as_str).unwrap_or_default();
    if (first == "v/" || first == "v") && second.trim_matches(':') == "v" {
        return Some(2);
    }
    if first == "ve" && second == "viec" {
        return Some(2);
    }
    first.starts_with("v/v").then_some(1)
}

/// What is left of a first word `V/vnâng`.
fn glued(words: &[Word]) -> Option<Word> {
    let first = words.first()?;
    let lower = bare(&first.text);
    if !lower.starts_with("v/v") || lower.chars().count() <= 4 {
        return None;
    }
    let text: String =
        first.text.chars().skip(3).skip_while(|c| !c.is_alphanumeric()).collect();
    (!text.is_empty()).then(|| Word { text, ..first.clone() })
}
