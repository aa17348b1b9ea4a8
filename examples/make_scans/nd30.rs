//! The form of official papers: NĐ 30/2020/NĐ-CP, Phụ lục I.
//!
//! Part II of that annex says where the numbered boxes (ô) of a paper stand and
//! how they are set; the comments name the box. Citizens' papers have no
//! prescribed form: they are set as offices set theirs.

use sohoa::units::Mm;

use crate::dice::Dice;
use crate::fonts::{Face, Family, Fonts, Style};
use crate::ink::{Paint, Shape, Sheet};
use crate::marks;
use crate::paper::{Block, Layout, Paper, Signer, long_date};
use crate::table;
use crate::typeset::{Align, Column, Flow, Form, Frame, folio};

/// Quốc hiệu, box 1.
const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";

/// Tiêu ngữ, box 1.
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

/// The Party's name, which stands in box 1 of its papers.
const PARTY: &str = "ĐẢNG CỘNG SẢN VIỆT NAM";

/// The choices the decree leaves to the office, and those some offices make
/// against it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Times, or a face without serifs.
    pub(crate) family: Family,
    /// Points of the body: 13 to 14 by the decree.
    pub(crate) size: f64,
    /// Line pitch as a multiple of the size: 1.15 (single) to 1.5.
    pub(crate) pitch: f64,
    /// First-line indent: 1 cm or 1.27 cm.
    pub(crate) indent: Mm,
    /// Whether the signatures and seals are on it.
    pub(crate) signed: bool,
}

impl Look {
    /// What most offices do.
    pub(crate) const USUAL: Self = Self {
        family: Family::Serif,
        size: 13.5,
        pitch: 1.18,
        indent: Mm(12.7),
        signed: true,
    };

    /// Letters of the body's size.
    fn style(self, face: Face) -> Style {
        Style { family: self.family, face, size: self.size }
    }

    /// Letters of `size` in a paper whose body has 13.5 points.
    fn near(self, face: Face, size: f64) -> Style {
        self.style(face).sized(size * self.size / 13.5)
    }

    /// A paragraph of the body.
    fn body(self, face: Face, align: Align) -> Form {
        let indent = if align == Align::Justify { self.indent.to_pt().0 } else { 0.0 };
        Form { style: self.style(face), align, indent, pitch: self.pitch, gap: 6.0 }
    }
}

/// Sets a paper in type. `dice` bend the signatures.
pub(crate) fn set(
    fonts: &Fonts,
    paper: &Paper,
    look: Look,
    dice: &mut Dice,
) -> Vec<Sheet> {
    let numbers = look.near(Face::Regular, 13.5);
    let mut flow = Flow::new(fonts, frame(paper.layout), numbers);
    match paper.layout {
        Layout::Titled | Layout::Letter | Layout::Party => {
            official_head(&mut flow, paper, look);
        }
        Layout::Citizen => citizen_head(&mut flow, look),
        Layout::Back | Layout::Annex | Layout::Plain => {}
    }
    if !matches!(paper.layout, Layout::Letter | Layout::Back) {
        title(&mut flow, paper, look);
    }
    addressees(&mut flow, paper, look);
    for block in &paper.body {
        set_block(&mut flow, block, look);
    }
    foot(&mut flow, paper, look, dice);
    flow.finish()
}

/// A sheet with nothing on it but the number of the page (I.7).
pub(crate) fn folio_only(fonts: &Fonts, look: Look, number: &str) -> Sheet {
    let mut sheet = Sheet::new(Sheet::A4);
    folio(&mut sheet, fonts, look.near(Face::Regular, 13.5), number);
    sheet
}

/// Margins: 20 to 25 mm at the top and bottom, 30 to 35 left, 15 to 20 right
/// (Phụ lục I, Phần I, I.4). An annex may lie sideways (I.3).
fn frame(layout: Layout) -> Frame {
    let (width, height) = Sheet::A4;
    let size = match layout {
        Layout::Titled
        | Layout::Letter
        | Layout::Party
        | Layout::Citizen
        | Layout::Back
        | Layout::Plain => (width, height),
        Layout::Annex => (height, width),
    };
    let [left, right, edge] = [30.0, 17.0, 20.0].map(|mm| Mm(mm).to_pt().0);
    let column = Column { left, width: size.0 - left - right };
    Frame { size, column, top: edge, bottom: edge }
}

/// Boxes 1 to 4 and 5b: the agency on the left, the motto on the right, the
/// number and the date on one line.
fn official_head(flow: &mut Flow<'_>, paper: &Paper, look: Look) {
    let column = flow.frame.column;
    let left = Column { left: column.left - 12.0, width: column.width * 0.41 };
    let right = Column {
        left: left.left + left.width + 4.0,
        width: column.left + column.width + 12.0 - left.left - left.width - 4.0,
    };
    let nation = fitted(flow, NATION, look.near(Face::Bold, 13.0), right.width);
    let plain = nation.cut(Face::Regular);
    let centre = |style| Form::plain(style, Align::Centre);

    let mut agency: Parts =
        paper.parent.iter().map(|name| (name.clone(), centre(plain))).collect();
    agency.extend(paper.agency.iter().map(|name| (name.clone(), centre(nation))));
    let motto = look.near(Face::Bold, 13.5);
    let motto = motto.sized(motto.size.min(nation.size + 1.0));
    let is_party = paper.layout == Layout::Party;
    if is_party {
        agency.push(("*".to_owned(), centre(nation)));
    }
    let under = if is_party { (PARTY, nation) } else { (MOTTO, motto) };
    let above = (!is_party).then(|| (NATION.to_owned(), centre(nation)));
    let name = (under.0.to_owned(), centre(under.1));
    let nation: Parts = above.into_iter().chain([name]).collect();

    let top = flow.y;
    let agency_end = flow.stack(&agency, left, top);
    let motto_end = flow.stack(&nation, right, top);
    if !is_party {
        rule(flow, left.centre(), left.width * 0.38, agency_end + 2.0);
    }
    let under = flow.fonts.width(under.0, under.1);
    rule(flow, right.centre(), under, motto_end + 2.0);

    let low = agency_end.max(motto_end) + 9.0;
    let (number, date) = number_and_date(paper, look);
    let number_end = flow.stack(&number, left, low);
    let date_end = flow.stack(&date, right, low);
    let read = [&agency[..], &nation[..], &number[..], &date[..]].concat();
    flow.sheet().lines.extend(read.into_iter().map(|(text, _)| text));
    flow.y = number_end.max(date_end) + 14.0;
}

/// Boxes 3, 4 and, on a letter, 5b.
fn number_and_date(paper: &Paper, look: Look) -> (Parts, Parts) {
    let centre = |face, size| Form::plain(look.near(face, size), Align::Centre);
    let mut number = Vec::new();
    if let Some((ordinal, notation)) = &paper.number {
        let form = centre(Face::Regular, 13.0).with_gap(3.0);
        let label = paper.label.trim_end_matches(':');
        number.push(match (paper.layout, ordinal.as_str()) {
            (Layout::Party, ordinal) => (format!("Số {ordinal}-{notation}"), form),
            // Room to write the number by hand; spaces of the width of a digit.
            (_, "") => (format!("{label}:{}/{notation}", "\u{2007}".repeat(6)), form),
            (_, ordinal) => (format!("{label}: {ordinal}/{notation}"), form),
        });
    }
    if paper.layout == Layout::Letter {
        number.push((format!("V/v {}", paper.subject), centre(Face::Regular, 12.0)));
    }
    let date = place_and_day(paper)
        .map(|text| (text, centre(Face::Italic, 13.5)))
        .into_iter()
        .collect();
    (number, date)
}

/// `Khánh Hòa, ngày 05 tháng 01 năm 2026`.
fn place_and_day(paper: &Paper) -> Option<String> {
    if let Some(year) = &paper.open_year {
        let room = "\u{2007}".repeat(4);
        let place = paper.place.as_ref()?;
        return Some(format!("{place}, ngày{room}tháng{room}năm {year}"));
    }
    Some(format!("{}, {}", paper.place.as_ref()?, long_date(paper.day?)))
}

/// The head of a citizen's paper.
fn citizen_head(flow: &mut Flow<'_>, look: Look) {
    let centre = |size| Form::plain(look.near(Face::Bold, size), Align::Centre);
    flow.paragraph(NATION, centre(13.0));
    flow.paragraph(MOTTO, centre(13.5));
    let under = flow.fonts.width(MOTTO, centre(13.5).style);
    let (middle, y) = (flow.frame.column.centre(), flow.y + 2.0);
    rule(flow, middle, under, y);
    flow.y += 20.0;
}

/// Box 5a: the type in capitals, the subject below, a short rule.
fn title(flow: &mut Flow<'_>, paper: &Paper, look: Look) {
    let centre = Form::plain(look.style(Face::Bold), Align::Centre);
    let kind = paper.kind.to_uppercase();
    let larger = Form { style: look.near(Face::Bold, 14.0), ..centre };
    flow.paragraph(&kind, larger.with_gap(2.0));
    if !paper.subject.is_empty() {
        let column = flow.frame.column;
        // A subject is broken into lines of even length, well inside the column.
        let narrow = column.inset(column.width * 0.08);
        let broken = flow.balanced(&paper.subject, centre, narrow.width);
        let y = flow.y;
        flow.set(&broken, narrow, y);
        flow.sheet().lines.push(broken.text());
        flow.y += broken.height();
        if matches!(paper.layout, Layout::Titled | Layout::Party) {
            let y = flow.y + 3.0;
            rule(flow, column.centre(), broken.width().min(column.width) * 0.4, y);
        }
    }
    flow.y += 14.0;
}

/// Box 9a.
fn addressees(flow: &mut Flow<'_>, paper: &Paper, look: Look) {
    let form = look.body(Face::Regular, Align::Centre);
    match paper.addressees.as_slice() {
        [] => return,
        [one] => flow.paragraph(&format!("Kính gửi: {one}"), form),
        many => {
            let indent = flow.frame.column.width * 0.2;
            let left = Form { align: Align::Left, indent, gap: 1.0, ..form };
            flow.paragraph("Kính gửi:", left);
            for one in many {
                flow.paragraph(one, Form { indent: indent + 40.0, ..left });
            }
        }
    }
    flow.y += 8.0;
}

/// Box 6: a paragraph of the body.
fn set_block(flow: &mut Flow<'_>, block: &Block, look: Look) {
    let running = |face| look.body(face, Align::Justify);
    match block {
        Block::Ground(text) => flow.paragraph(text, running(Face::Italic)),
        Block::Centred(text) => {
            flow.paragraph(text, look.body(Face::Bold, Align::Centre));
        }
        Block::Note(text) => flow.paragraph(text, look.body(Face::Italic, Align::Centre)),
        Block::Heading(text) => flow.paragraph(text, running(Face::Bold)),
        Block::Field(text) => {
            flow.paragraph(text, look.body(Face::Regular, Align::Left).with_gap(4.0));
        }
        Block::Text(text) => flow.paragraph(text, running(Face::Regular)),
        Block::Table(table) => {
            table::set(flow, table, look.near(Face::Regular, 12.0));
        }
        Block::Columns(columns) => set_columns(flow, columns, look),
        Block::Break => flow.next_sheet(),
    }
}

/// White space between columns, in points.
const GUTTER: f64 = 17.0;

/// Sets columns of even width side by side.
fn set_columns(flow: &mut Flow<'_>, columns: &[Vec<Block>], look: Look) {
    let (whole, top) = (flow.frame.column, flow.y);
    let count = columns.len().max(1) as f64;
    let width = (whole.width - GUTTER * (count - 1.0)) / count;
    let mut left = whole.left;
    let mut end = top;
    for blocks in columns {
        flow.frame.column = Column { left, width };
        flow.y = top;
        blocks.iter().for_each(|block| set_block(flow, block, look));
        end = end.max(flow.y);
        left += width + GUTTER;
    }
    (flow.frame.column, flow.y) = (whole, end);
}

/// Boxes 7, 8 and 9b: who gets it or who else signs on the left, who signs on
/// the right. Its words are read left column first.
fn foot(flow: &mut Flow<'_>, paper: &Paper, look: Look, dice: &mut Dice) {
    let recipients = recipients(paper, look);
    flow.y += 6.0;
    flow.need(165.0);
    let column = flow.frame.column;
    let left = Column { left: column.left, width: column.width * 0.46 };
    let right =
        Column { left: column.left + column.width * 0.5, width: column.width * 0.5 };
    let top = flow.y;
    let mut end = flow.stack(&recipients, left, top);
    flow.sheet().lines.extend(recipients.into_iter().map(|(text, _)| strip(&text)));
    if let Some(signer) = &paper.left {
        end = end.max(sign(flow, signer, left, &mut Hand { look, dice, seal: None }));
    }
    flow.y = top;
    if let Some(signer) = &paper.right {
        if paper.layout == Layout::Citizen && paper.left.is_none() {
            let date: Parts = place_and_day(paper)
                .map(|text| {
                    let style = look.style(Face::Italic);
                    let style = fitted(flow, &text, style, right.width);
                    (text, Form::plain(style, Align::Centre).with_gap(3.0))
                })
                .into_iter()
                .collect();
            flow.y = flow.stack(&date, right, top);
            flow.sheet().lines.extend(date.into_iter().map(|(text, _)| text));
        }
        let seal = paper.seal.as_deref().filter(|&colour| colour != "không");
        let seal = seal.map(|colour| (colour, paper));
        end = end.max(sign(flow, signer, right, &mut Hand { look, dice, seal }));
    }
    flow.y = end;
}

/// Box 9b: the heading in bold italics of 12 points, the list in 11.
fn recipients(paper: &Paper, look: Look) -> Parts {
    let form = |face, size| Form::plain(look.near(face, size), Align::Left);
    let mut list = Vec::new();
    if !paper.recipients.is_empty() {
        list.push(("Nơi nhận:".to_owned(), form(Face::BoldItalic, 12.0)));
    }
    let item = |name: &String| (format!("- {name}"), form(Face::Regular, 11.0));
    list.extend(paper.recipients.iter().map(item));
    list
}

/// Paragraphs that stand below each other.
type Parts = Vec<(String, Form)>;

/// How a signer signs.
struct Hand<'a> {
    look: Look,
    dice: &'a mut Dice,
    /// The colour of the seal, and the paper whose agency it names.
    seal: Option<(&'a str, &'a Paper)>,
}

/// Sets a signer's block at the height of the flow; returns the height below.
fn sign(
    flow: &mut Flow<'_>,
    signer: &Signer,
    column: Column,
    hand: &mut Hand<'_>,
) -> f64 {
    let bold = Form::plain(hand.look.style(Face::Bold), Align::Centre);
    let italic = Form { style: hand.look.style(Face::Italic), ..bold };
    let form = |text: &String| if text.starts_with('(') { italic } else { bold };
    let authority: Parts =
        signer.authority.iter().map(|line| (line.clone(), form(line))).collect();
    let top = flow.y;
    let below = flow.stack(&authority, column, top);
    // Room for a signature and a seal of 36 mm.
    let name_top = below + 72.0;
    let name = [(signer.name.clone(), bold)];
    let end = flow.stack(&name, column, name_top);
    if hand.look.signed && !signer.name.is_empty() {
        let middle = (column.centre() + 6.0, below + 36.0);
        marks::signature(flow.sheet(), middle, hand.dice);
        if let Some((colour, paper)) = hand.seal {
            // Box 8: the seal covers about a third of the signature, on its left.
            let paint = if colour == "đen" { Paint::STAMP } else { Paint::SEAL };
            let place = (middle.0 - 52.0, middle.1 + hand.dice.between(-8.0, 2.0));
            let fonts = flow.fonts;
            marks::seal(flow.sheet(), fonts, place, (&paper.agency, paint));
        }
    }
    let words = authority.into_iter().chain(name).map(|(text, _)| text);
    flow.sheet().lines.extend(words.filter(|text| !text.is_empty()));
    end
}

/// The same letters, small enough for the text to stand on one line.
fn fitted(flow: &Flow<'_>, text: &str, style: Style, width: f64) -> Style {
    let natural = flow.fonts.width(text, style);
    style.sized(style.size * (width / natural).min(1.0))
}

/// A thin horizontal rule around a middle.
fn rule(flow: &mut Flow<'_>, middle: f64, width: f64, y: f64) {
    flow.sheet().draw(Shape::rect(middle - width / 2.0, y, width, 0.7), Paint::TONER);
}

/// The text without marks of emphasis.
fn strip(text: &str) -> String {
    text.replace(['*', '_'], "")
}
