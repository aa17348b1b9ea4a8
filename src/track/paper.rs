//! What the program prints to steer scans: separator sheets, labels, and the
//! sheet by which a printer and a scanner are tested.
//!
//! A separator sheet carries its symbol three times, in places that a stain, a
//! staple or a torn corner does not reach together. Symbols keep their quiet
//! zone (ISO/IEC 18004, 5.3.8) and modules of at least [`LEAST_MODULE`].

use crate::archive::Code;
use crate::print::{A4, Align, Column, Cut, Faces, Form, Sheet, Span, Style};
use crate::qr::make::Symbol;
use crate::qr::{Correction, QUIET_ZONE};
use crate::say::{self, Lang};
use crate::track::payload::{self, Begins, Side};

/// The smallest module printed, in millimetres: four pixels at 300 dpi.
pub const LEAST_MODULE: f64 = 0.4;
/// Sides of the symbol in the middle of a separator sheet and of the two in its
/// corners, in millimetres.
const SHEET_SIDES: (f64, f64) = (80.0, 32.0);
/// How far the corner symbols are from the edges, in millimetres.
const SHEET_MARGIN: f64 = 14.0;

/// A symbol on a sheet, its modules from `left` and `top` on, `side` wide, in
/// millimetres; the quiet zone around it is the caller's to leave.
pub fn set_symbol(sheet: &mut Sheet, symbol: &Symbol, [left, top, side]: [f64; 3]) {
    let module = side / f64::from(symbol.side);
    let mut runs = Vec::new();
    for row in 0..symbol.side {
        let mut begun: Option<u32> = None;
        for column in 0..=symbol.side {
            match (begun, symbol.is_dark(column, row)) {
                (None, true) => begun = Some(column),
                (Some(from), false) => {
                    let (x, y) = (f64::from(from), f64::from(row));
                    let width = f64::from(column - from) * module;
                    runs.push([left + x * module, top + y * module, width, module]);
                    begun = None;
                }
                (None, false) | (Some(_), true) => {}
            }
        }
    }
    sheet.modules(runs);
}

/// The width of a symbol's quiet zone, in millimetres, the symbol being `side`
/// wide.
#[must_use]
pub fn quiet(symbol: &Symbol, side: f64) -> f64 {
    side / f64::from(symbol.side) * f64::from(QUIET_ZONE)
}

/// A separator sheet, A4.
#[must_use]
pub fn separator(of: &payload::Sheet, agency: &str, faces: &Faces, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(A4);
    let (large, small) = SHEET_SIDES;
    let (width, height) = A4;
    if let Some(symbol) = Symbol::of(of.payload().as_bytes(), Correction::Q) {
        set_symbol(&mut sheet, &symbol, [(width - large) / 2.0, 110.0, large]);
        set_symbol(&mut sheet, &symbol, [SHEET_MARGIN, SHEET_MARGIN, small]);
        let far = [width - SHEET_MARGIN - small, height - SHEET_MARGIN - small, small];
        set_symbol(&mut sheet, &symbol, far);
    }
    let centred = Form::aligned(Align::Centre);
    let mut column = Column { left: 20.0, top: 58.0, width: width - 40.0 };
    let mut line = |text: &str, cut, size| {
        let spans = [Span::new(Style::new(cut, size), text)];
        column.top = sheet.paragraph(faces, &spans, centred, column) + 1.5;
    };
    let title = match of.begins {
        Begins::Dossier => say::track::print_dossier_begins(lang),
        Begins::Document => say::track::print_document_begins(lang),
    };
    line(&title, Cut::Bold, 26.0);
    match (&of.dossier, of.serial) {
        (Some(code), _) => line(&code.to_string(), Cut::Bold, 22.0),
        (None, 0) => {}
        (None, serial) => line(&say::track::print_serial(lang, serial), Cut::Bold, 22.0),
    }
    let announced = match (of.documents, of.pages) {
        (Some(documents), Some(pages)) => {
            Some(say::track::print_announced(lang, documents, pages))
        }
        (Some(documents), None) => Some(say::track::print_documents(lang, documents)),
        (None, Some(pages)) => Some(say::track::print_pages(lang, pages)),
        (None, None) => None,
    };
    if let Some(announced) = announced {
        line(&announced, Cut::Regular, 16.0);
    }
    if of.side == Side::Back {
        line(&say::track::print_back(lang), Cut::Italic, 13.0);
    }
    column.top = 212.0;
    let mut line = |text: &str, cut, size| {
        let spans = [Span::new(Style::new(cut, size), text)];
        column.top = sheet.paragraph(faces, &spans, centred, column) + 1.5;
    };
    line(&say::track::print_sheet_use(lang), Cut::Italic, 13.0);
    line(agency, Cut::Regular, 13.0);
    sheet
}

/// A stock sheet of labels: A4, no gaps between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Labels across.
    pub across: u32,
    /// Labels down.
    pub down: u32,
}

impl Labels {
    /// Reads `3x8`: labels across and down, as the boxes they are sold in say.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let (across, down) = text.trim().split_once(['x', 'X', '×'])?;
        let labels = Self { across: across.parse().ok()?, down: down.parse().ok()? };
        let fits = (1..=8).contains(&labels.across) && (1..=24).contains(&labels.down);
        fits.then_some(labels)
    }

    /// Labels on a sheet.
    #[must_use]
    pub fn count(self) -> usize {
        self.across as usize * self.down as usize
    }

    /// Sheets of labels for `codes`, each with what its symbol says. `None`
    /// where a label is too small for modules that can be read.
    #[must_use]
    pub fn print(self, codes: &[(Code, String)], faces: &Faces) -> Option<Vec<Sheet>> {
        let (width, height) =
            (A4.0 / f64::from(self.across), A4.1 / f64::from(self.down));
        let mut sheets = Vec::new();
        for codes in codes.chunks(self.count().max(1)) {
            let mut sheet = Sheet::new(A4);
            for ((code, payload), place) in codes.iter().zip(0_u32..) {
                let left = f64::from(place % self.across) * width;
                let top = f64::from(place / self.across) * height;
                label(&mut sheet, code, payload, [left, top, width, height], faces)?;
            }
            sheets.push(sheet);
        }
        Some(sheets)
    }
}

/// A label: its symbol to the left, or above where it is narrow, and the code.
fn label(
    sheet: &mut Sheet,
    code: &Code,
    payload: &str,
    [left, top, width, height]: [f64; 4],
    faces: &Faces,
) -> Option<()> {
    let symbol = Symbol::of(payload.as_bytes(), Correction::Q)?;
    // Printers leave two millimetres of the edge of the sheet white.
    let free = 2.0;
    let modules = f64::from(symbol.side + 2 * QUIET_ZONE);
    let whole = (height - 2.0 * free).min(width - 2.0 * free).min(40.0);
    let module = whole / modules;
    if module < LEAST_MODULE {
        return None;
    }
    let inner = module * f64::from(symbol.side);
    let (x, y) = (left + free + module * 4.0, top + (height - inner) / 2.0);
    set_symbol(sheet, &symbol, [x, y, inner]);
    let beside = left + free + whole;
    let room = left + width - free - beside;
    let text = code.to_string();
    let size = (2..=12)
        .rev()
        .map(f64::from)
        .find(|size| Style::new(Cut::Bold, *size).width(faces, &text) <= room);
    // Where there is no room for letters one can read, the symbol says it.
    if let Some(size) = size.filter(|size| *size >= 5.0) {
        sheet.text(beside, top + height / 2.0, Style::new(Cut::Bold, size), &text);
    }
    Some(())
}

/// The numbers that the four corners of the calibration sheet carry, and where
/// their middles are in millimetres: top left, top right, bottom right, bottom
/// left.
pub const CORNERS: [(u32, (f64, f64)); 4] = [
    (1_001, (30.0, 30.0)),
    (1_002, (180.0, 30.0)),
    (1_003, (180.0, 267.0)),
    (1_004, (30.0, 267.0)),
];
/// Side of a corner symbol, in millimetres.
const CORNER_SIDE: f64 = 25.2;
/// Modules tried, in hundredths of a millimetre, the largest first.
pub const MODULES: [u32; 9] = [100, 80, 60, 50, 40, 33, 30, 25, 20];

/// The calibration sheet, A4.
#[must_use]
pub fn calibration(faces: &Faces, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(A4);
    for (number, (x, y)) in CORNERS {
        let text = payload::calibration(number);
        if let Some(symbol) = Symbol::of(text.as_bytes(), Correction::Q) {
            let half = CORNER_SIDE / 2.0;
            set_symbol(&mut sheet, &symbol, [x - half, y - half, CORNER_SIDE]);
        }
    }
    let centred = Form::aligned(Align::Centre);
    let column = Column { left: 50.0, top: 20.0, width: 110.0 };
    let title =
        [Span::new(Style::new(Cut::Bold, 18.0), &say::track::print_calibration(lang))];
    let top = sheet.paragraph(faces, &title, centred, column);
    let how = [Span::new(
        Style::new(Cut::Regular, 12.0),
        &say::track::print_calibration_use(lang),
    )];
    sheet.paragraph(faces, &how, centred, Column { top: top + 2.0, ..column });
    let (mut x, mut y, mut tallest) = (25.0, 62.0, 0.0_f64);
    for module in MODULES {
        let text = payload::calibration(module);
        let Some(symbol) = Symbol::of(text.as_bytes(), Correction::M) else { continue };
        let side = f64::from(symbol.side) * f64::from(module) / 100.0;
        if x + side > 185.0 {
            (x, y) = (25.0, y + tallest + 16.0);
            tallest = 0.0;
        }
        set_symbol(&mut sheet, &symbol, [x, y, side]);
        let mm = format!("{:.2} mm", f64::from(module) / 100.0);
        let mm = mm.replace('.', &lang.decimal_mark().to_string());
        sheet.text(x, y + side + 7.0, Style::new(Cut::Regular, 10.0), &mm);
        x += side + 12.0;
        tallest = tallest.max(side);
    }
    // Grey patches: without colour, so that a scanner's tint shows.
    for step in 0_u8..6 {
        let grey = f64::from(step) / 5.0;
        let left = 50.0 + 18.0 * f64::from(step);
        sheet.fill([left, 205.0, 18.0, 18.0], [grey; 3]);
    }
    sheet.frame([50.0, 205.0, 108.0, 18.0], 0.5);
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::Mark;

    #[test]
    fn a_symbol_covers_its_side_and_nothing_more() {
        let symbol = Symbol::of(b"H32.18-260716-0001", Correction::M).unwrap();
        let mut sheet = Sheet::new(A4);
        set_symbol(&mut sheet, &symbol, [10.0, 20.0, 21.0]);
        let [Mark::Fill { areas, .. }] = &sheet.marks[..] else { panic!("one mark") };
        let ink: f64 = areas
            .iter()
            .map(|area| (area[2].0 - area[0].0) * (area[2].1 - area[0].1))
            .sum();
        let dark = symbol.modules.iter().filter(|dark| **dark).count();
        assert!((ink - f64::from(u32::try_from(dark).unwrap())).abs() < 1e-6);
        let xs = areas.iter().flatten().map(|corner| corner.0);
        assert!(xs.clone().all(|x| (10.0..=31.000_001).contains(&x)));
        assert!((xs.fold(0.0, f64::max) - 31.0).abs() < 1e-6, "the corner is dark");
    }

    #[test]
    fn labels_are_named_as_their_boxes_are() {
        let labels = Labels::typed("3x8").unwrap();
        assert_eq!(labels.count(), 24);
        assert_eq!(Labels::typed("4 x 10"), None);
        assert_eq!(Labels::typed("0x8"), None);
        assert_eq!(Labels::typed("9x30"), None);
    }
}
