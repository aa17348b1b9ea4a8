//! A report as an administrative paper: the layout of Nghị định 30/2020/NĐ-CP,
//! Phụ lục I, ready to be signed.
//!
//! Agency and national motto, number left open, place and date, the kind of
//! paper and what it is about, figures, tables and charts, and the block where a
//! leader signs. Measures are those of Mục I: A4, margins 20 mm above and below,
//! 30 mm on the left, 15 mm on the right, Times New Roman, 13 points; page
//! numbers centred in the upper margin from the second page on. Tables with many
//! columns lie on sheets of their own, longer than high (Mục I.2).

use crate::print::{A4, Align, Column, Cut, Faces, Form, Sheet, Span, Style, wrap};
use crate::report::figure::Figure;
use crate::report::format;
use crate::report::html::numeric;
use crate::report::table::{Block, Report, Table};
use crate::report::value::{Share, Value};
use crate::say::{self, Lang};

/// Margins in millimetres: left, right, top, bottom (Phụ lục I, Phần I, Mục I.3).
const LEFT: f64 = 30.0;
const RIGHT: f64 = 15.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 20.0;
/// The width of the text on an upright sheet.
const WIDTH: f64 = A4.0 - LEFT - RIGHT;
/// Rows of a table that are printed; CSV and XLSX have them all.
const MOST_ROWS: usize = 400;
/// Columns that can be read on an upright sheet.
const UPRIGHT_COLUMNS: usize = 11;
/// The size of letters in tables.
const SMALL: f64 = 9.5;
/// Room around the text of a cell.
const PAD: f64 = 1.0;
/// What ends the text, after its last word (the forms of Phụ lục III).
const END: &str = "./.";
/// How far baselines of notes are apart.
const NOTE_LINE: f64 = 11.0 * 0.3528 * 1.15;
/// Recipients, position, room for a signature and seal, and the name.
const SIGNATURE_HEIGHT: f64 = 60.0;
/// How far baselines of small print are apart.
const LINE: f64 = SMALL * 0.3528 * 1.15;

/// Who signs and where: what is not in the archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signing {
    /// The place (địa danh).
    pub place: String,
    /// The authority and position: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`.
    pub position: Vec<String>,
    /// The name.
    pub name: String,
    /// The agency above (cơ quan chủ quản).
    pub superior: String,
}

/// The sheets of a report.
#[must_use]
pub fn sheets(
    report: &Report,
    signing: &Signing,
    faces: &Faces,
    lang: Lang,
) -> Vec<Sheet> {
    let mut paper = Paper { faces, lang, sheets: Vec::new(), sides: A4, y: TOP };
    paper.turn();
    paper.head(report, signing);
    for (block, number) in report.blocks.iter().zip(1..) {
        match block {
            Block::Figures { title, figures } => {
                paper.lie(A4);
                paper.heading(&format!("{number}. {title}"));
                figures.iter().for_each(|figure| paper.figure(figure));
            }
            Block::Table(table) => {
                let is_wide = table.columns.len() > UPRIGHT_COLUMNS;
                paper.lie(if is_wide { (A4.1, A4.0) } else { A4 });
                paper.heading(&format!("{number}. {}", table.title));
                paper.table(table);
            }
        }
    }
    paper.lie(A4);
    paper.notes(report);
    paper.sign(signing);
    paper.sheets
}

fn style(cut: Cut, size: f64) -> Style {
    Style::new(cut, size)
}

/// Pages being filled from the top.
struct Paper<'a> {
    faces: &'a Faces,
    lang: Lang,
    sheets: Vec<Sheet>,
    /// Width and height of the sheets to come.
    sides: (f64, f64),
    /// Where the next line begins.
    y: f64,
}

impl Paper<'_> {
    /// The width of the text.
    fn width(&self) -> f64 {
        self.sides.0 - LEFT - RIGHT
    }

    /// Where the text ends.
    fn bottom(&self) -> f64 {
        self.sides.1 - BOTTOM
    }

    /// Goes on upon sheets with these sides.
    fn lie(&mut self, sides: (f64, f64)) {
        if sides != self.sides {
            self.sides = sides;
            self.turn();
        }
    }

    /// Begins a page.
    fn turn(&mut self) {
        let mut sheet = Sheet::new(self.sides);
        let number = self.sheets.len() + 1;
        if number > 1 {
            let span = [Span::new(style(Cut::Regular, 13.0), &number.to_string())];
            let column = Column { left: LEFT, top: 9.0, width: self.width() };
            sheet.paragraph(self.faces, &span, Form::aligned(Align::Centre), column);
        }
        self.sheets.push(sheet);
        self.y = TOP;
    }

    /// Begins a page where less than this is left.
    fn room(&mut self, height: f64) {
        if self.y + height > self.bottom() {
            self.turn();
        }
    }

    /// Does something on the current page.
    fn on<T>(&mut self, draw: impl FnOnce(&mut Sheet, &Faces) -> T) -> Option<T> {
        let faces = self.faces;
        self.sheets.last_mut().map(|sheet| draw(sheet, faces))
    }

    /// A paragraph over the whole width, line by line over pages.
    fn paragraph(&mut self, spans: &[Span], align: Align, indent: f64) {
        let lines = wrap(self.faces, spans, self.width(), indent);
        for line in lines {
            self.room(7.0);
            let column = Column { left: LEFT, top: self.y, width: self.width() };
            let form = Form { align, indent, pitch: 1.15 };
            let below = self.on(|sheet, faces| sheet.lines(faces, &[line], form, column));
            self.y = below.unwrap_or(self.y);
        }
    }

    /// Agency, motto, number, place and date, kind and subject.
    fn head(&mut self, report: &Report, signing: &Signing) {
        let (left, right) = (70.0, WIDTH - 70.0);
        let (plain, bold) = (style(Cut::Regular, 12.0), style(Cut::Bold, 12.0));
        let lang = self.lang;
        let day = report.made.day();
        let date = say::report::place_and_date(
            Lang::Vi,
            if signing.place.is_empty() { "…………" } else { &signing.place },
            format!("{:02}", day.day()),
            // Phụ lục I, Phần I, Mục II.4: days below 10, months 1 and 2 with a nought.
            if day.month() < 3 {
                format!("{:02}", day.month())
            } else {
                day.month().to_string()
            },
            day.year(),
        );
        let centre = Form::aligned(Align::Centre);
        let y = self.on(|sheet, faces| {
            let at = |left, top, width| Column { left, top, width };
            let mut y = TOP;
            if !signing.superior.is_empty() {
                let span = [Span::new(plain, &signing.superior.to_uppercase())];
                y = sheet.paragraph(faces, &span, centre, at(LEFT, y, left));
            }
            let agency = [Span::new(bold, &report.agency.to_uppercase())];
            let under = sheet.paragraph(faces, &agency, centre, at(LEFT, y, left));
            sheet.rule(
                (LEFT + left * 0.33, under + 1.5),
                (LEFT + left * 0.67, under + 1.5),
                0.7,
            );
            let number = [Span::new(style(Cut::Regular, 13.0), "Số: …../BC-……..")];
            let first =
                sheet.paragraph(faces, &number, centre, at(LEFT, under + 3.0, left));
            let middle = LEFT + left;
            let motto = [Span::new(bold, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")];
            let y = sheet.paragraph(faces, &motto, centre, at(middle, TOP, right));
            let bold = style(Cut::Bold, 13.0);
            let motto = "Độc lập - Tự do - Hạnh phúc";
            let spans = [Span::new(bold, motto)];
            let y = sheet.paragraph(faces, &spans, centre, at(middle, y, right));
            let half = bold.width(faces, motto) / 2.0;
            let centre_x = middle + right / 2.0;
            sheet.rule((centre_x - half, y + 1.5), (centre_x + half, y + 1.5), 0.7);
            let date = [Span::new(style(Cut::Italic, 13.0), &date)];
            let second =
                sheet.paragraph(faces, &date, centre, at(middle, y + 3.0, right));
            first.max(second)
        });
        self.y = y.unwrap_or(self.y) + 6.0;
        let bold = style(Cut::Bold, 14.0);
        self.paragraph(
            &[Span::new(bold, &say::report::kind_of_paper(lang))],
            Align::Centre,
            0.0,
        );
        self.paragraph(&[Span::new(bold, &subject(&report.title))], Align::Centre, 0.0);
        let scope = [Span::new(style(Cut::Italic, 13.0), &format!("({})", report.scope))];
        self.paragraph(&scope, Align::Centre, 0.0);
        self.y += 4.0;
    }

    fn heading(&mut self, text: &str) {
        self.room(30.0);
        self.y += 3.0;
        self.paragraph(&[Span::new(style(Cut::Bold, 13.0), text)], Align::Left, 0.0);
        self.y += 1.0;
    }

    /// A figure: its name, its parts, a bar.
    fn figure(&mut self, figure: &Figure) {
        let lang = self.lang;
        self.room(20.0);
        let (plain, bold) = (style(Cut::Regular, 12.0), style(Cut::Bold, 12.0));
        let parts = format!(
            " ({}/{}; {}; {})",
            format::count(figure.numerator, lang),
            format::count(figure.denominator, lang),
            say::report::exempted(lang, format::count(figure.exempted, lang)),
            say::report::unverified(lang, format::count(figure.unverified, lang)),
        );
        let share = format::percent(figure.share(), lang);
        let spans = [
            Span::new(plain, &format!("- {}: ", figure.name)),
            Span::new(bold, &share),
            Span::new(plain, &parts),
        ];
        self.paragraph(&spans, Align::Left, 0.0);
        self.bar(figure.share(), figure.demanded);
        let mut asides = format::aside(figure, lang);
        asides.push(figure.rule.clone());
        let small = style(Cut::Italic, 10.0);
        self.paragraph(&[Span::new(small, &asides.join("; "))], Align::Left, 0.0);
        self.y += 1.5;
    }

    /// A bar for a share, with a line at its target.
    fn bar(&mut self, share: Share, target: Option<u32>) {
        let Some(found) = share.hundredths() else { return };
        let long = |hundredths: u64| in_parts(hundredths.min(10_000)) * WIDTH;
        let y = self.y + 0.5;
        self.on(|sheet, _| {
            sheet.fill([LEFT, y, WIDTH, 2.6], [0.9, 0.9, 0.9]);
            if found > 0 {
                sheet.fill([LEFT, y, long(found), 2.6], [0.04, 0.33, 0.58]);
            }
            if let Some(target) = target {
                let x = LEFT + long(target.into());
                sheet.rule((x, y - 0.6), (x, y + 3.2), 1.2);
            }
        });
        self.y = y + 4.0;
    }

    fn table(&mut self, table: &Table) {
        let lang = self.lang;
        if table.rows.is_empty() {
            let none = [Span::new(style(Cut::Italic, 12.0), &say::report::nothing(lang))];
            return self.paragraph(&none, Align::Left, 0.0);
        }
        let texts = |row: &[Value]| -> Vec<(String, bool)> {
            let cells = row.iter();
            cells.map(|value| (format::value(value, lang), numeric(value))).collect()
        };
        let heads: Vec<(String, bool)> =
            table.columns.iter().map(|column| (column.title.clone(), false)).collect();
        let rows: Vec<_> =
            table.rows.iter().take(MOST_ROWS).map(|row| texts(row)).collect();
        let widths = self.widths(&heads, &rows);
        self.row(&heads, &widths, Cut::Bold);
        for row in &rows {
            if self.row(row, &widths, Cut::Regular) {
                // A new page begins with the headings.
                self.row(&heads, &widths, Cut::Bold);
                self.row(row, &widths, Cut::Regular);
            }
        }
        if let Some(total) = &table.total {
            let total = texts(total);
            if self.row(&total, &widths, Cut::Bold) {
                self.row(&total, &widths, Cut::Bold);
            }
        }
        let more = table.rows.len().saturating_sub(MOST_ROWS);
        if more > 0 {
            let more = say::report::more_rows(lang, format::count(more as u64, lang));
            self.paragraph(
                &[Span::new(style(Cut::Italic, 10.0), &more)],
                Align::Left,
                0.0,
            );
        }
        self.y += 2.0;
    }

    /// Widths in proportion to what stands in the columns.
    fn widths(&self, heads: &[(String, bool)], rows: &[Vec<(String, bool)>]) -> Vec<f64> {
        let look = style(Cut::Regular, SMALL);
        let wide = |text: &str| look.width(self.faces, text);
        let longest_word = |text: &str| text.split(' ').map(wide).fold(0.0, f64::max);
        let wanted: Vec<f64> = heads
            .iter()
            .enumerate()
            .map(|(at, (head, _))| {
                let cells = rows.iter().filter_map(|row| row.get(at));
                let widest = cells.map(|(text, _)| wide(text)).fold(0.0, f64::max);
                let least = longest_word(head) * 1.1;
                widest.clamp(least, 60.0_f64.max(least)) + 2.0 * PAD + 1.0
            })
            .collect();
        let sum: f64 = wanted.iter().sum();
        wanted.into_iter().map(|width| width / sum * self.width()).collect()
    }

    /// A row of cells in frames. Says whether it did not fit, so that a page was
    /// begun instead.
    fn row(&mut self, cells: &[(String, bool)], widths: &[f64], cut: Cut) -> bool {
        let look = style(cut, SMALL);
        let faces = self.faces;
        let broken: Vec<_> = cells
            .iter()
            .zip(widths)
            .map(|((text, _), width)| {
                wrap(faces, &[Span::new(look, text)], (width - 2.0 * PAD).max(4.0), 0.0)
            })
            .collect();
        let most = broken.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let height = LINE * f64::from(u32::try_from(most).unwrap_or(1)) + 2.0 * PAD;
        let full = self.bottom() - TOP;
        if self.y + height > self.bottom() && height < full {
            self.turn();
            return true;
        }
        let y = self.y;
        self.on(|sheet, faces| {
            let mut x = LEFT;
            for ((lines, (_, number)), width) in broken.iter().zip(cells).zip(widths) {
                sheet.frame([x, y, *width, height], 0.4);
                let align = match (cut, *number) {
                    (_, true) => Align::Right,
                    (Cut::Bold, false) => Align::Centre,
                    (_, false) => Align::Left,
                };
                let column =
                    Column { left: x + PAD, top: y + PAD, width: width - 2.0 * PAD };
                sheet.lines(faces, lines, Form::aligned(align), column);
                x += width;
            }
        });
        self.y = y + height;
        false
    }

    fn notes(&mut self, report: &Report) {
        let lang = self.lang;
        let mut notes = report.notes.clone();
        let odd = report.oddities.len() as u64 + report.more_oddities;
        if odd > 0 {
            notes.push(say::report::oddities(lang, format::count(odd, lang)));
        }
        let look = style(Cut::Regular, 11.0);
        if !notes.is_empty() {
            self.heading(&say::report::notes(lang));
        }
        let mut texts: Vec<String> =
            notes.iter().map(|note| format!("- {note}")).collect();
        // Nobody signs a page that says nothing: the last words stay with the block.
        let last = texts.pop().map_or_else(|| END.to_owned(), |last| last + END);
        for text in texts {
            self.paragraph(&[Span::new(look, &text)], Align::Justify, 0.0);
        }
        let span = [Span::new(look, &last)];
        let lines = wrap(self.faces, &span, self.width(), 0.0).len();
        let lines = f64::from(u32::try_from(lines).unwrap_or(1));
        self.room(lines * NOTE_LINE + SIGNATURE_HEIGHT);
        self.paragraph(&span, Align::Justify, 0.0);
    }

    /// Recipients on the left, who signs on the right.
    fn sign(&mut self, signing: &Signing) {
        self.room(SIGNATURE_HEIGHT);
        let top = self.y + 4.0;
        let half = WIDTH / 2.0;
        let (left, right) = (LEFT, LEFT + half);
        let centre = Form::aligned(Align::Centre);
        let lang = self.lang;
        self.on(|sheet, faces| {
            let column = |left, top| Column { left, top, width: half };
            let to = [Span::new(style(Cut::BoldItalic, 12.0), "Nơi nhận:")];
            let y = sheet.paragraph(faces, &to, Form::default(), column(left, top));
            let list = [Span::new(style(Cut::Regular, 11.0), "- …………;\n- Lưu: VT.")];
            sheet.paragraph(faces, &list, Form::default(), column(left, y));
            let position = match signing.position.is_empty() {
                true => vec![say::report::head_of_agency(lang)],
                false => signing.position.clone(),
            };
            let mut y = top;
            for line in position {
                let span = [Span::new(style(Cut::Bold, 13.0), &line.to_uppercase())];
                y = sheet.paragraph(faces, &span, centre, column(right, y));
            }
            let name = [Span::new(style(Cut::Bold, 13.0), &signing.name)];
            sheet.paragraph(faces, &name, centre, column(right, y + 28.0));
        });
        self.y = top + 50.0;
    }
}

/// What a report is about, under the line that says that it is one.
fn subject(title: &str) -> String {
    let rest = title.strip_prefix("Báo cáo ").unwrap_or(title);
    let mut letters = rest.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Hundredths of a percent as a part of one.
#[expect(clippy::cast_precision_loss, reason = "at most 10 000")]
fn in_parts(hundredths: u64) -> f64 {
    hundredths as f64 / 10_000.0
}
