//! Reading order of Vietnamese administrative pages.
//!
//! Recognisers read across the page and mix the two columns of the header
//! (agency | national motto) and of the footer (recipients | signer), which
//! Nghị định 30/2020/NĐ-CP, Phụ lục I lays side by side. Both are found by
//! what they say, taken apart, and put in the order a person reads them:
//! agency, motto, number, place and date; body; recipients, signer. A page
//! without these landmarks is left exactly as it came.

use crate::text::fold::bare;
use crate::text::top_down::top_down;
use crate::text::{Line, TextLayer, Word};
use crate::units::Rect;

/// Words farther apart than this many letter heights are in different columns.
pub(crate) const COLUMN_GAP: f64 = 1.6;
/// The header lies in this upper part of the page, the footer below it.
const HEADER_PART: f64 = 0.35;
/// The motto lies at most this many letter heights below the country's name.
const MOTTO_REACH: f64 = 5.0;
/// Number and date lie at most this many letter heights below the name.
const DATE_REACH: f64 = 9.0;
/// Lines belong together up to this many letter heights from top to top.
const NEXT_LINE: f64 = 3.0;
/// The signer's column starts within these parts of the page's width.
const SIGNER_FROM: (f64, f64) = (0.30, 0.75);

/// Puts the lines of a page `width` × `height` pixels into reading order.
///
/// Words are kept one by one; lines that run across both columns are cut.
#[must_use]
pub fn reading_order(layer: TextLayer, width: f64, height: f64) -> TextLayer {
    let Some(letter) = layer.letter_height() else { return layer };
    let page = Page { letter, width, height };
    let header = page.header(&layer.lines);
    let body_top = header.as_ref().map_or(0.0, |header| header.bottom);
    let footer = page.footer(&layer.lines, body_top);
    let (mut above, mut head, mut body, mut foot) = (vec![], vec![], vec![], vec![]);
    for line in layer.lines {
        let y = middle(&line);
        let part = match (&header, &footer) {
            (Some(header), _) if y < header.top => &mut above,
            (Some(header), _) if y <= header.bottom => &mut head,
            (_, Some(footer)) if y >= footer.top => &mut foot,
            _ => &mut body,
        };
        part.push(line);
    }
    let head = header.map(|header| header.arrange(head)).unwrap_or_default();
    let foot = footer.map(|footer| footer.arrange(foot)).unwrap_or_default();
    let body = top_down(body, letter);
    TextLayer { lines: [above, head, body, foot].concat(), aside: layer.aside }
}

/// The columns of header and footer, for who wants to read each by itself.
#[must_use]
pub fn zones(layer: &TextLayer, width: f64, height: f64) -> Vec<Rect> {
    let Some(letter) = layer.letter_height() else { return Vec::new() };
    let page = Page { letter, width, height };
    let mut zones = Vec::new();
    let mut body_top = 0.0;
    if let Some(Header { top, bottom, split }) = page.header(&layer.lines) {
        body_top = bottom;
        let bottom = bottom + 0.2 * letter;
        zones.push(Rect { left: 0.0, top, right: split, bottom });
        zones.push(Rect { left: split, top, right: width, bottom });
    }
    if let Some(Footer { top, split }) = page.footer(&layer.lines, body_top) {
        let is_list =
            |word: &&Word| word.place.top >= top && word.place.centre().0 < split;
        let list = layer.words().filter(is_list).map(|word| word.place.bottom);
        let end = list.fold(top, f64::max).min(height);
        let signed = (end + SIGNED_BELOW * letter).max(top + LEAST_SIGNED * letter);
        let (left, right) = (end + 0.5 * letter, signed.min(height));
        zones.push(Rect { left: 0.0, top, right: split, bottom: left });
        zones.push(Rect { left: split, top, right: width, bottom: right });
    }
    zones
}

/// The signer's column where no name was found in it: a seal lies over the name
/// of who signed, and the recogniser takes the two for a picture unless it is
/// told that there is text.
#[must_use]
pub fn unsigned(layer: &TextLayer, width: f64, height: f64) -> Option<Rect> {
    let letter = layer.letter_height()?;
    let page = Page { letter, width, height };
    let body_top = page.header(&layer.lines).map_or(0.0, |header| header.bottom);
    page.footer(&layer.lines, body_top)?;
    let zone = zones(layer, width, height).pop()?;
    let inside = |line: &Line| {
        let (x, y) = line.place().centre();
        (zone.left..zone.right).contains(&x) && (zone.top..zone.bottom).contains(&y)
    };
    let pieces = layer.lines.iter().flat_map(|line| page.pieces(line));
    (!pieces.filter(inside).any(|piece| is_name(&piece))).then_some(zone)
}

/// Whether a piece of a line can be the name of a person: two to six words
/// with a capital first, all read well.
fn is_name(piece: &Line) -> bool {
    let is_part = |word: &Word| {
        let mut letters = word.text.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(char::is_lowercase)
            && word.confidence >= SURE_NAME
    };
    (2..=6).contains(&piece.words.len()) && piece.words.iter().all(is_part)
}

/// A name read with less is looked at again.
const SURE_NAME: f32 = 60.0;

/// How far below the list of recipients the signer's name may stand, and how
/// high the signer's column is at least, in letter heights.
const SIGNED_BELOW: f64 = 6.0;
const LEAST_SIGNED: f64 = 14.0;

/// The scale of a page: all distances are told in letter heights.
struct Page {
    letter: f64,
    width: f64,
    height: f64,
}

/// The two columns above the title.
struct Header {
    top: f64,
    bottom: f64,
    split: f64,
}

/// The two columns below the text.
struct Footer {
    top: f64,
    split: f64,
}

impl Page {
    /// The header, if the country's name stands over its motto.
    fn header(&self, lines: &[Line]) -> Option<Header> {
        let pieces: Vec<Line> = lines.iter().flat_map(|line| self.pieces(line)).collect();
        let is_below = |piece: &Line, of: &Line, reach: f64| {
            let step = middle(piece) - middle(of);
            (-0.5 * self.letter..=reach * self.letter).contains(&step)
        };
        let name = pieces.iter().find(|piece| {
            middle(piece) < HEADER_PART * self.height
                && is_mostly_capitals(piece)
                && says(piece, &COUNTRY)
                && pieces.iter().any(|other| {
                    says(other, &MOTTO) && is_below(other, piece, MOTTO_REACH)
                })
        })?;
        let start = country_start(name);
        let top = name.place().top - 0.5 * self.letter;
        let near = |word: &&Word| {
            let (_, y) = word.place.centre();
            (y - middle(name)).abs() <= 2.0 * self.letter && word.place.right <= start
        };
        let agency = pieces.iter().flat_map(|piece| &piece.words).filter(near);
        let agency_end = agency.map(|word| word.place.right).fold(0.0, f64::max);
        let split = f64::midpoint(agency_end, start);
        let in_reach = |piece: &&Line| is_below(piece, name, DATE_REACH);
        let ends = pieces.iter().filter(in_reach).filter(|piece| {
            let is_right = piece.place().left >= split;
            if is_right {
                says(piece, &DATE) || says(piece, &MOTTO)
            } else {
                is_number(piece)
            }
        });
        let bottom =
            ends.map(|piece| piece.place().bottom).fold(name.place().bottom, f64::max);
        let bottom = self.extend_left(&pieces, split, bottom);
        Some(Header { top, bottom, split })
    }

    /// Follows the left column down until a line runs across both: over the
    /// subject of a letter (`V/v …`), for one.
    fn extend_left(&self, pieces: &[Line], split: f64, mut bottom: f64) -> f64 {
        let limit = HEADER_PART * self.height;
        // Rules and specks of the other column are no words.
        let said: Vec<Line> = pieces.iter().filter_map(said).collect();
        loop {
            let next: Vec<&Line> = said
                .iter()
                .filter(|piece| middle(piece) > bottom)
                .filter(|piece| piece.place().top - bottom < 0.9 * self.letter)
                .collect();
            // A stamp on the right does not end the column, a line across does.
            let crosses = |piece: &&Line| {
                piece.place().left < split && split <= piece.place().right
            };
            let left = next.iter().filter(|piece| piece.place().right < split);
            let reach = left.map(|piece| piece.place().bottom).fold(bottom, f64::max);
            if reach <= bottom || next.iter().any(crosses) || reach > limit {
                return bottom;
            }
            bottom = reach;
        }
    }

    /// The footer, if there is a list of recipients with something beside it.
    fn footer(&self, lines: &[Line], body_top: f64) -> Option<Footer> {
        let pieces: Vec<Line> = lines.iter().flat_map(|line| self.pieces(line)).collect();
        let list = pieces.iter().rev().find(|piece| {
            let y = middle(piece);
            // The last page of a paper may hold little but its end.
            let is_low = y > HEADER_PART * self.height || is_recipients_alone(piece);
            y > body_top && is_low && is_recipients(piece)
        })?;
        let list_left = list.place().left;
        let mut top = list.place().top - 0.8 * self.letter;
        let words = |top: f64| {
            let zone = pieces.iter().filter(move |piece| middle(piece) >= top);
            zone.flat_map(|piece| &piece.words)
        };
        // The signer's title may begin a line or two above the list.
        let titles = pieces.iter().filter(|piece| {
            let step = top - middle(piece);
            (0.0..NEXT_LINE * self.letter).contains(&step) && is_mostly_capitals(piece)
        });
        let from = list_left + 8.0 * self.letter;
        let lines = pieces.iter().filter(|piece| middle(piece) >= top).chain(titles);
        // Abbreviations in the list are no signer; a line of its own may be.
        let begins = lines.flat_map(|piece| {
            let apart = piece.place().left > from;
            piece.words.iter().filter(move |word| {
                is_authority(word) || apart && is_signer(word, self.width)
            })
        });
        let signer = begins.map(|word| word.place.left).filter(|left| *left > from);
        let signer = signer.reduce(f64::min);
        let spans = words(top).map(|word| (word.place.left, word.place.right)).collect();
        let end = signer.unwrap_or(SIGNER_FROM.1 * self.width);
        let end = end.min(SIGNER_FROM.1 * self.width);
        let split = widest_gap(spans, SIGNER_FROM.0 * self.width, end + 1.0)
            .or_else(|| Some(signer? - 0.5 * self.letter))
            .unwrap_or_else(|| list.place().right + self.letter);
        while let Some(title) = pieces.iter().rev().find(|piece| {
            let step = top - middle(piece);
            (0.0..NEXT_LINE * self.letter).contains(&step)
                && piece.place().left > split
                && is_mostly_capitals(piece)
        }) {
            top = title.place().top - 0.2 * self.letter;
        }
        Some(Footer { top, split })
    }

    /// A line cut where its words are a column apart.
    fn pieces(&self, line: &Line) -> Vec<Line> {
        line.pieces(COLUMN_GAP * self.letter)
    }
}

impl Header {
    /// Agency; country and motto; number and subject; place and date.
    fn arrange(&self, lines: Vec<Line>) -> Vec<Line> {
        let (left, right) = columns(lines, self.split);
        let number = left.iter().position(is_number).unwrap_or(left.len());
        let date = right.iter().position(|line| says(line, &DATE)).unwrap_or(right.len());
        let (agency, number) = left.split_at(number);
        let (country, date) = right.split_at(date);
        [agency, country, number, date].concat()
    }
}

impl Footer {
    /// Recipients, then the signer.
    fn arrange(&self, lines: Vec<Line>) -> Vec<Line> {
        let (left, right) = columns(lines, self.split);
        [left, right].concat()
    }
}

/// Lines cut at `split`, each column from top to bottom; what stands at one
/// height in one column becomes one line again.
fn columns(lines: Vec<Line>, split: f64) -> (Vec<Line>, Vec<Line>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in lines {
        let is_left = |word: &Word| word.place.centre().0 < split;
        let (here, there): (Vec<Word>, Vec<Word>) =
            line.words.iter().cloned().partition(is_left);
        for (words, column) in [(here, &mut left), (there, &mut right)] {
            if !words.is_empty() {
                column.push(Line { words, ..line.clone() });
            }
        }
    }
    (stacked(left), stacked(right))
}

/// One column from top to bottom.
fn stacked(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut stack: Vec<Line> = Vec::new();
    for line in lines {
        match stack.last_mut().filter(|last| share_a_height(last, &line)) {
            Some(last) => {
                last.words.extend(line.words);
                last.words.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
            }
            None => stack.push(line),
        }
    }
    stack
}

/// A piece without what is no word; `None` if nothing is left.
fn said(piece: &Line) -> Option<Line> {
    let is_word = |word: &&Word| word.text.contains(char::is_alphanumeric);
    let words: Vec<Word> = piece.words.iter().filter(is_word).cloned().collect();
    (!words.is_empty()).then(|| Line { words, ..piece.clone() })
}

/// Whether two pieces stand side by side on one line of print.
fn share_a_height(a: &Line, b: &Line) -> bool {
    let (p, q) = (a.place(), b.place());
    let common = p.bottom.min(q.bottom) - p.top.max(q.top);
    let apart = p.right <= q.left || q.right <= p.left;
    apart && common > 0.6 * p.height().min(q.height())
}

/// What the country's name leaves of itself in bad scans.
const COUNTRY: [&str; 4] =
    ["hoa xa h", "a xa hoi ch", "chu nghia viet", "nghia viet nam"];
/// The motto.
const MOTTO: [&str; 3] = ["doc lap", "hanh phuc", "tu do"];
/// Place and date.
const DATE: [&str; 3] = ["ngay", "thang", "nam 2"];
/// Authority under which a document is signed (Phụ lục I, Phần I, II.7).
const AUTHORITY: [&str; 5] = ["TM", "KT", "TL", "TUQ", "Q"];

/// Whether a line says the country's name or its motto.
pub(crate) fn is_national(line: &Line) -> bool {
    says(line, &COUNTRY) || says(line, &MOTTO)
}

/// Whether the bare text of a line holds one of `phrases`.
fn says(line: &Line, phrases: &[&str]) -> bool {
    let text = bare(&line.text());
    phrases.iter().any(|phrase| text.contains(phrase))
}

/// Whether a line begins the document number: `Số: 05/QĐ-UBND`.
pub(crate) fn is_number(line: &Line) -> bool {
    let text = bare(&line.text());
    let rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let after = rest.strip_prefix("so").unwrap_or("x");
    // A speck before it is read as a word at times.
    let is_second = text.split(' ').nth(1).is_some_and(|word| word == "so:")
        && text.split(' ').next().is_some_and(|word| word.chars().count() <= 2);
    after.starts_with([':', ' ', '.', '/'])
        || after.starts_with(|c: char| c.is_ascii_digit())
        || is_second
}

/// Whether a line begins the list of recipients: `Nơi nhận:`.
fn is_recipients(line: &Line) -> bool {
    let text = bare(&line.text());
    text.contains("noi nhan") || text.starts_with("oi nhan")
}

/// Whether a piece says nothing but `Nơi nhận:`.
fn is_recipients_alone(line: &Line) -> bool {
    let text = line.text();
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ':');
    bare(text).trim_start_matches(|c: char| !c.is_alphanumeric()) == "noi nhan:"
}

/// Whether a word names the authority of who signs: `KT.`.
fn is_authority(word: &Word) -> bool {
    AUTHORITY.iter().any(|title| {
        // The point is read as a comma at times.
        let rest = word.text.strip_prefix(title);
        rest.is_some_and(|rest| rest.starts_with(['.', ',']))
    })
}

/// Whether a word can begin the signer's column.
fn is_signer(word: &Word, width: f64) -> bool {
    let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
    let is_capital = letters > 1 && !word.text.chars().any(char::is_lowercase);
    is_capital && word.place.left > 0.45 * width
}

/// Whether at least 60 % of the words have no small letter.
pub(crate) fn is_mostly_capitals(line: &Line) -> bool {
    let capital = |word: &&Word| {
        word.text.chars().any(char::is_alphabetic)
            && !word.text.chars().any(char::is_lowercase)
    };
    line.words.iter().filter(capital).count() * 10 >= line.words.len() * 6
}

/// Where `CỘNG HÒA …` begins on its line; the `CÔNG` of `BỘ CÔNG AN` does not count.
fn country_start(line: &Line) -> f64 {
    let followed = line.words.windows(2).find_map(|pair| match pair {
        [first, second] => {
            let is_start = bare(&first.text).ends_with("ong")
                && bare(&second.text).starts_with("ho");
            is_start.then_some(first.place.left)
        }
        _ => None,
    });
    followed.unwrap_or_else(|| line.place().left)
}

/// The middle of the widest strip between `from` and `to` that no span covers.
fn widest_gap(mut spans: Vec<(f64, f64)>, from: f64, to: f64) -> Option<f64> {
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut reach, mut best) = (from, None);
    for (left, right) in spans.into_iter().chain([(to, to)]) {
        let gap = left.min(to) - reach;
        if left > reach && best.is_none_or(|(widest, _)| gap > widest) {
            best = Some((gap, f64::midpoint(reach, left.min(to))));
        }
        reach = reach.max(right);
        if reach >= to {
            break;
        }
    }
    best.map(|(_, middle)| middle)
}

/// The height at which most of a line's ink lies.
fn middle(line: &Line) -> f64 {
    line.place().centre().1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of words from `x` on, 30 pixels a letter, 40 high.
    fn line(y: f64, words: &[(f64, &str)]) -> Line {
        let place = |x: f64, text: &str| Rect {
            left: x,
            top: y,
            right: x + 20.0 * text.chars().count() as f64,
            bottom: y + 40.0,
        };
        let mut placed = Vec::new();
        for &(x, text) in words {
            let mut x = x;
            for part in text.split(' ') {
                let place = place(x, part);
                x = place.right + 15.0;
                placed.push(Word::new(part.to_owned(), place, 95.0));
            }
        }
        Line { words: placed, ..Line::default() }
    }

    fn ordered(lines: Vec<Line>) -> Vec<String> {
        let layer =
            reading_order(TextLayer { lines, ..TextLayer::default() }, 1654.0, 2339.0);
        layer.lines.iter().map(Line::text).collect()
    }

    fn decision() -> Vec<Line> {
        vec![
            line(
                100.0,
                &[
                    (150.0, "UBND PHƯỜNG X"),
                    (700.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                ],
            ),
            line(160.0, &[(160.0, "VĂN PHÒNG"), (800.0, "Độc lập - Tự do - Hạnh phúc")]),
            line(
                260.0,
                &[
                    (170.0, "Số: 05/QĐ-UBND"),
                    (800.0, "Hà Nội, ngày 05 tháng 01 năm 2026"),
                ],
            ),
            line(400.0, &[(700.0, "QUYẾT ĐỊNH")]),
            line(500.0, &[(200.0, "Điều 1. Nội dung của quyết định này như sau")]),
            line(1800.0, &[(150.0, "Nơi nhận:"), (1000.0, "KT. CHỦ TỊCH")]),
            line(1850.0, &[(150.0, "- Như Điều 1;"), (1000.0, "PHÓ CHỦ TỊCH")]),
            line(1900.0, &[(150.0, "- Lưu: VT."), (1010.0, "Nguyễn Văn A")]),
        ]
    }

    #[test]
    fn header_and_footer_columns_are_read_one_after_the_other() {
        assert_eq!(
            ordered(decision()),
            [
                "UBND PHƯỜNG X",
                "VĂN PHÒNG",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                "Số: 05/QĐ-UBND",
                "Hà Nội, ngày 05 tháng 01 năm 2026",
                "QUYẾT ĐỊNH",
                "Điều 1. Nội dung của quyết định này như sau",
                "Nơi nhận:",
                "- Như Điều 1;",
                "- Lưu: VT.",
                "KT. CHỦ TỊCH",
                "PHÓ CHỦ TỊCH",
                "Nguyễn Văn A",
            ]
        );
    }

    #[test]
    fn no_word_is_lost_or_made() {
        let before = decision();
        let words = |lines: &[Line]| {
            let all = lines
                .iter()
                .flat_map(|line| line.words.iter().map(|word| word.text.clone()));
            let mut all: Vec<String> = all.collect();
            all.sort();
            all
        };
        let layer = TextLayer { lines: before.clone(), ..TextLayer::default() };
        assert_eq!(words(&reading_order(layer, 1654.0, 2339.0).lines), words(&before));
    }

    #[test]
    fn the_name_of_the_country_without_its_motto_is_no_header() {
        let prose = vec![
            line(
                100.0,
                &[
                    (150.0, "HIẾN PHÁP NƯỚC"),
                    (900.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                ],
            ),
            line(160.0, &[(160.0, "được thông qua"), (900.0, "năm 2013")]),
        ];
        let as_read: Vec<String> = prose.iter().map(Line::text).collect();
        assert_eq!(ordered(prose), as_read);
    }

    #[test]
    fn the_end_of_a_paper_may_stand_on_top_of_its_last_page() {
        let last = vec![
            line(120.0, &[(200.0, "Điều 3. Quyết định này có hiệu lực từ ngày ký./.")]),
            line(215.0, &[(1000.0, "KT, BỘ TRƯỞNG")]),
            line(235.0, &[(150.0, "Nơi nhận:")]),
            line(285.0, &[(150.0, "- Như Điều 3;"), (1000.0, "THỨ TRƯỞNG")]),
            line(335.0, &[(150.0, "- HĐND các tỉnh, thành phố trực thuộc TW;")]),
            line(385.0, &[(150.0, "- Lưu: VT.")]),
        ];
        assert_eq!(
            ordered(last).split_off(1),
            [
                "Nơi nhận:",
                "- Như Điều 3;",
                "- HĐND các tỉnh, thành phố trực thuộc TW;",
                "- Lưu: VT.",
                "KT, BỘ TRƯỞNG",
                "THỨ TRƯỞNG",
            ]
        );
    }

    #[test]
    fn a_column_without_a_name_is_read_again_and_one_with_a_name_is_not() {
        let layer = |lines| TextLayer { lines, ..TextLayer::default() };
        assert_eq!(unsigned(&layer(decision()), 1654.0, 2339.0), None);
        let mut sealed = decision();
        sealed.pop();
        sealed.push(line(1900.0, &[(150.0, "- Lưu: VT.")]));
        let zone = unsigned(&layer(sealed), 1654.0, 2339.0).unwrap();
        assert!(zone.left > 500.0 && zone.top < 1800.0 && zone.bottom > 1950.0);
        assert_eq!(unsigned(&layer(Vec::new()), 1654.0, 2339.0), None);
    }

    #[test]
    fn the_subject_of_a_letter_stays_with_its_number() {
        let mut letter = decision();
        letter.insert(3, line(310.0, &[(150.0, "V/v nâng bậc lương")]));
        letter.insert(
            4,
            line(355.0, &[(150.0, "năm 2026"), (420.0, "————————————————————")]),
        );
        let texts = ordered(letter);
        let at = |text: &str| texts.iter().position(|line| line == text).unwrap();
        assert_eq!(at("V/v nâng bậc lương"), at("Số: 05/QĐ-UBND") + 1);
        assert_eq!(at("năm 2026"), at("V/v nâng bậc lương") + 1);
    }
}
