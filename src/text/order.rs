//! Reading order of Vietnamese administrative pages.
//!
//! Recognisers read across the page and mix the two columns of the header
//! (agency | national motto) and of the footer (recipients | signer), which
//! Nghị định 30/2020/NĐ-CP, Phụ lục I lays side by side. Both are found by
//! what they say, taken apart, and put in the order a person reads them:
//! agency, motto, number, place and date; body; recipients, signer. A page
//! without these landmarks is left exactly as it came.

use crate::text::columns::{Footer, Header, Page, middle};
use crate::text::top_down::top_down;
use crate::text::{Line, TextLayer, Word};
use crate::units::Rect;

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
    fn offices_in_the_list_of_recipients_are_no_signer() {
        let list = vec![
            line(1800.0, &[(150.0, "Nơi nhận:"), (1000.0, "—_TM. ỦY BAN NHÂN DÂN")]),
            line(1850.0, &[(150.0, "- Thường trực HĐND Thành phố;")]),
            line(1900.0, &[(150.0, "- phòng: KGVX, TH, KT, ĐT, TNMT,")]),
            line(1950.0, &[(150.0, "- Lưu: VT."), (1100.0, "Vũ Đại Thắng")]),
        ];
        assert_eq!(
            ordered([vec![line(500.0, &[(200.0, "Điều 1.")])], list].concat())
                .split_off(1),
            [
                "Nơi nhận:",
                "- Thường trực HĐND Thành phố;",
                "- phòng: KGVX, TH, KT, ĐT, TNMT,",
                "- Lưu: VT.",
                "—_TM. ỦY BAN NHÂN DÂN",
                "Vũ Đại Thắng",
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
