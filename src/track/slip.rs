//! The slip a citizen takes home: Giấy tiếp nhận hồ sơ và hẹn trả kết quả
//! (Mẫu số 01 of the one-stop shop, Thông tư 01/2018/TT-VPCP).
//!
//! Two copies (liên), one to keep and one to give. What is not known is a
//! dotted line for a pen. Names and addresses stand in letters on the paper
//! only: the code at the top holds the dossier code, or the address of the
//! look-up page, and the look-up secret stands beside it.

use serde::Deserialize;

use crate::archive::Code;
use crate::print::{A4, A5, Align, Column, Cut, Faces, Form, Sheet, Span, Style, wrap};
use crate::qr::Correction;
use crate::qr::make::Symbol;
use crate::say::{self, Lang};
use crate::time::Timestamp;
use crate::track::paper;
use crate::track::reception::Reception;

/// Side of the symbol on a slip, in millimetres (rules of the domain, 8).
const SYMBOL_SIDE: f64 = 22.0;
/// Most papers listed.
const MOST_PAPERS: usize = 200;
/// Most letters of a field.
pub const MOST_LETTERS: usize = 1_000;

/// What a person says about a dossier at the counter. It is printed and not
/// kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Particulars {
    /// Who brings it.
    pub nguoi_nop: String,
    /// Where they live.
    pub dia_chi: String,
    /// How to ring them.
    pub dien_thoai: String,
    /// How to write to them.
    pub email: String,
    /// What they ask for.
    pub noi_dung: String,
    /// The papers handed in.
    pub thanh_phan: Vec<Paper>,
    /// How many sets of them.
    pub so_bo: Option<u32>,
    /// Where the result is to be fetched.
    pub noi_nhan_ket_qua: String,
    /// The place of the office, before the date.
    pub dia_danh: String,
    /// Who takes it in.
    pub nguoi_tiep_nhan: String,
    /// The number of the slip.
    pub so: String,
    /// The volume of the register.
    pub quyen_so: String,
    /// The line of the register.
    pub so_thu_tu: String,
}

/// A paper handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paper {
    /// What it is.
    pub ten: String,
    /// Original, copy, electronic.
    pub loai: String,
    /// How many.
    pub so_luong: Option<u32>,
}

impl Particulars {
    /// Whether every text can be printed: none too long, not too many papers.
    #[must_use]
    pub fn is_printable(&self) -> bool {
        let own = [
            &self.nguoi_nop,
            &self.dia_chi,
            &self.dien_thoai,
            &self.email,
            &self.noi_dung,
            &self.noi_nhan_ket_qua,
            &self.dia_danh,
            &self.nguoi_tiep_nhan,
            &self.so,
            &self.quyen_so,
            &self.so_thu_tu,
        ];
        let papers = self.thanh_phan.iter().flat_map(|paper| [&paper.ten, &paper.loai]);
        let fits = |text: &&String| text.chars().count() <= MOST_LETTERS;
        self.thanh_phan.len() <= MOST_PAPERS
            && own.into_iter().chain(papers).all(|t| fits(&t))
    }
}

/// A slip to be printed.
#[derive(Debug)]
pub struct Slip<'a> {
    /// The dossier.
    pub code: &'a Code,
    /// What the symbol says.
    pub payload: &'a str,
    /// The look-up secret.
    pub secret: &'a str,
    /// The agency's name.
    pub agency: &'a str,
    /// When it came and is owed.
    pub reception: &'a Reception,
    /// What the person said.
    pub particulars: &'a Particulars,
    /// Whether it is on A5.
    pub is_small: bool,
}

impl Slip<'_> {
    /// Both copies, a page or more each.
    #[must_use]
    pub fn print(&self, faces: &Faces) -> Vec<Sheet> {
        let kept = say::track::slip_kept(Lang::Vi);
        let given = say::track::slip_given(Lang::Vi);
        [kept, given].iter().flat_map(|copy| self.copy(copy, faces)).collect()
    }

    /// One copy.
    fn copy(&self, copy: &str, faces: &Faces) -> Vec<Sheet> {
        let size = if self.is_small { 10.0 } else { 13.0 };
        let paper = if self.is_small { A5 } else { A4 };
        let margins = if self.is_small { (12.0, 10.0) } else { (30.0, 18.0) };
        let width = paper.0 - margins.0 - margins.1;
        let mut pen = Pen {
            faces,
            size,
            paper,
            column: Column { left: margins.0, top: 12.0, width },
            sheets: vec![Sheet::new(paper)],
        };
        self.head(copy, &mut pen);
        self.body(&mut pen);
        self.foot(&mut pen);
        pen.sheets
    }

    /// Agency, motto, symbol, title, code.
    fn head(&self, copy: &str, pen: &mut Pen<'_>) {
        let Column { left, top, width } = pen.column;
        let half = width * 0.44;
        let (bold, plain) = (pen.style(Cut::Bold, -1.5), pen.style(Cut::Regular, -1.5));
        let italic = pen.style(Cut::Italic, -1.0);
        let centred = Form::aligned(Align::Centre);
        let ours = Column { left, top, width: half };
        let state = Column { left: left + half, top, width: width - half };
        let faces = pen.faces;
        let sheet = pen.sheet();
        let upper = self.agency.to_uppercase();
        let one = [
            Span::new(plain, &format!("{upper}\n")),
            Span::new(bold, &say::track::slip_desk(Lang::Vi)),
        ];
        let left_end = sheet.paragraph(faces, &one, centred, ours);
        let two = [
            Span::new(bold, &format!("{}\n", say::track::slip_state(Lang::Vi))),
            Span::new(bold, &say::track::slip_motto(Lang::Vi)),
        ];
        let mut right_end = sheet.paragraph(faces, &two, centred, state);
        let middle = state.left + state.width / 2.0;
        sheet.rule(
            (middle - 18.0, right_end + 0.8),
            (middle + 18.0, right_end + 0.8),
            0.6,
        );
        let day = self.reception.received.day();
        let place = or_dots(&self.particulars.dia_danh, 7);
        let dated = say::track::slip_dated(
            Lang::Vi,
            place,
            format!("{:02}", day.day()),
            format!("{:02}", day.month()),
            day.year(),
        );
        let date = [Span::new(italic, &dated)];
        let below = Column { top: right_end + 2.5, ..state };
        right_end = sheet.paragraph(faces, &date, centred, below);
        let number = say::track::slip_number(Lang::Vi, or_dots(&self.particulars.so, 8));
        let number = [Span::new(plain, &number)];
        let below = Column { top: left_end + 1.0, ..ours };
        let left_end = sheet.paragraph(faces, &number, centred, below);
        let top = left_end.max(right_end) + 4.0;
        let symbol_end = self.symbol(sheet, (left, top), plain, faces);
        let beside = left + SYMBOL_SIDE + 10.0;
        let column = Column { left: beside, top, width: left + width - beside };
        let title = [Span::new(
            Style { size: bold.size + 2.5, ..bold },
            &say::track::slip_title(Lang::Vi),
        )];
        let mut end = sheet.paragraph(faces, &title, centred, column);
        let code = [
            Span::new(plain, &say::track::slip_code(Lang::Vi)),
            Span::new(bold, &self.code.to_string()),
        ];
        end = sheet.paragraph(faces, &code, centred, Column { top: end + 1.5, ..column });
        let copy = [Span::new(italic, copy)];
        end = sheet.paragraph(faces, &copy, centred, Column { top: end + 0.5, ..column });
        pen.column.top = end.max(symbol_end) + 3.0;
    }

    /// The symbol and the look-up secret under it; where they end.
    fn symbol(
        &self,
        sheet: &mut Sheet,
        (left, top): (f64, f64),
        style: Style,
        faces: &Faces,
    ) -> f64 {
        let Some(symbol) = Symbol::of(self.payload.as_bytes(), Correction::M) else {
            return top;
        };
        let quiet = paper::quiet(&symbol, SYMBOL_SIDE);
        paper::set_symbol(sheet, &symbol, [left + quiet, top + quiet, SYMBOL_SIDE]);
        let below = Column {
            left,
            top: top + SYMBOL_SIDE + 2.0 * quiet,
            width: SYMBOL_SIDE + 2.0 * quiet,
        };
        let small = Style { size: style.size - 1.5, ..style };
        let bold = Style { cut: Cut::Bold, ..style };
        let spans = [
            Span::new(small, &say::track::slip_secret(Lang::Vi)),
            Span::new(bold, self.secret),
        ];
        sheet.paragraph(faces, &spans, Form::aligned(Align::Centre), below)
    }

    /// Who, what, and when.
    fn body(&self, pen: &mut Pen<'_>) {
        let said = self.particulars;
        let when = |moment: Timestamp| {
            let ((hour, minute), day) = (moment.hour_and_minute(), moment.day());
            say::track::slip_moment(
                Lang::Vi,
                format!("{hour:02}"),
                format!("{minute:02}"),
                day.vietnamese(),
            )
        };
        let dots = || say::track::slip_moment(Lang::Vi, "……", "……", "……/……/………");
        let asked =
            if said.noi_dung.is_empty() { &self.reception.name } else { &said.noi_dung };
        pen.entry(&say::track::slip_from(Lang::Vi), &said.nguoi_nop);
        pen.entry(&say::track::slip_address(Lang::Vi), &said.dia_chi);
        pen.entry(&say::track::slip_phone(Lang::Vi), &said.dien_thoai);
        pen.entry(&say::track::slip_email(Lang::Vi), &said.email);
        pen.entry(&say::track::slip_asked(Lang::Vi), asked);
        pen.entry(&say::track::slip_papers(Lang::Vi), " ");
        for (paper, number) in said.thanh_phan.iter().zip(1_u32..) {
            let details: Vec<String> = [
                (!paper.loai.is_empty()).then(|| paper.loai.clone()),
                paper.so_luong.map(|count| format!("× {count}")),
            ]
            .into_iter()
            .flatten()
            .collect();
            let details = if details.is_empty() {
                String::new()
            } else {
                format!(" ({})", details.join(", "))
            };
            pen.plain(&format!("{number}. {}{details}", paper.ten), 6.0);
        }
        if said.thanh_phan.is_empty() {
            for _ in 0..3 {
                pen.plain(&".".repeat(110), 6.0);
            }
        }
        let sets = said.so_bo.map_or_else(String::new, |sets| sets.to_string());
        pen.entry(&say::track::slip_sets(Lang::Vi), &sets);
        let term = match self.reception.term.map(crate::track::due::Term::days) {
            Some(0) => say::track::slip_same_day(Lang::Vi),
            Some(days) => say::track::slip_days(Lang::Vi, days),
            None => String::new(),
        };
        pen.entry(&say::track::slip_term(Lang::Vi), &term);
        pen.entry(&say::track::slip_received(Lang::Vi), &when(self.reception.received));
        let due = self.reception.due.map_or_else(dots, when);
        pen.entry(&say::track::slip_due(Lang::Vi), &due);
        pen.entry(&say::track::slip_fetch(Lang::Vi), &said.noi_nhan_ket_qua);
        let register = say::track::slip_register(
            Lang::Vi,
            or_dots(&said.quyen_so, 8),
            or_dots(&said.so_thu_tu, 8),
        );
        pen.plain(&register, 0.0);
    }

    /// Who signs.
    fn foot(&self, pen: &mut Pen<'_>) {
        pen.room(38.0);
        let Column { left, top, width } = pen.column;
        let (bold, italic) = (pen.style(Cut::Bold, -1.0), pen.style(Cut::Italic, -1.5));
        let faces = pen.faces;
        let sides = [
            (left, say::track::slip_giver(Lang::Vi), self.particulars.nguoi_nop.as_str()),
            (
                left + width / 2.0,
                say::track::slip_taker(Lang::Vi),
                self.particulars.nguoi_tiep_nhan.as_str(),
            ),
        ];
        for (left, title, name) in sides {
            let column = Column { left, top: top + 3.0, width: width / 2.0 };
            let spans = [
                Span::new(bold, &format!("{title}\n")),
                Span::new(italic, &say::track::slip_sign(Lang::Vi)),
            ];
            let centred = Form::aligned(Align::Centre);
            let end = pen.sheet().paragraph(faces, &spans, centred, column);
            let below = Column { top: end + 16.0, ..column };
            pen.sheet().paragraph(faces, &[Span::new(bold, name)], centred, below);
        }
    }
}

/// The text, or dots for a pen.
fn or_dots(text: &str, count: usize) -> String {
    if text.trim().is_empty() { "…".repeat(count) } else { text.trim().to_owned() }
}

/// Where the next line goes.
struct Pen<'a> {
    faces: &'a Faces,
    size: f64,
    paper: (f64, f64),
    column: Column,
    sheets: Vec<Sheet>,
}

impl Pen<'_> {
    /// The page being written.
    fn sheet(&mut self) -> &mut Sheet {
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::new(self.paper));
        }
        let last = self.sheets.len() - 1;
        // There is always one.
        #[expect(
            clippy::indexing_slicing,
            reason = "the last of a list that is not empty"
        )]
        &mut self.sheets[last]
    }

    fn style(&self, cut: Cut, larger: f64) -> Style {
        Style::new(cut, self.size + larger)
    }

    /// Begins a page where less than `height` is left.
    fn room(&mut self, height: f64) {
        if self.column.top + height > self.paper.1 - 10.0 {
            self.sheets.push(Sheet::new(self.paper));
            self.column.top = 15.0;
        }
    }

    /// A label and what stands behind it; dots where that is nothing.
    fn entry(&mut self, label: &str, text: &str) {
        let style = self.style(Cut::Regular, 0.0);
        let text = if text.is_empty() {
            let used = style.width(self.faces, label) % self.column.width;
            let dot = style.width(self.faces, ".").max(0.1);
            let free = (self.column.width - used - 2.0).max(20.0) / dot;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a few hundred dots"
            )]
            let dots = free.clamp(10.0, 200.0) as usize;
            ".".repeat(dots)
        } else {
            text.to_owned()
        };
        self.write(&[Span::new(style, &format!("{label} {text}"))], 0.0);
    }

    /// A line of text, pushed in.
    fn plain(&mut self, text: &str, indent: f64) {
        let style = self.style(Cut::Regular, 0.0);
        self.write(&[Span::new(style, text)], indent);
    }

    /// Writes a paragraph, on as many pages as it takes.
    fn write(&mut self, spans: &[Span], indent: f64) {
        let column = Column {
            left: self.column.left + indent,
            width: self.column.width - indent,
            ..self.column
        };
        let form = Form { align: Align::Left, indent: 0.0, pitch: 1.25 };
        for line in wrap(self.faces, spans, column.width, 0.0) {
            self.room(self.size * 0.6);
            let top = self.column.top;
            let faces = self.faces;
            let end = self.sheet().lines(faces, &[line], form, Column { top, ..column });
            self.column.top = end;
        }
    }
}
