//! A paper as its author wrote it, before it is set in type.
//!
//! Papers are text files that a clerk can read and correct (`papers/*.txt`):
//! `key: value` lines, an empty line, then a paragraph a line. The first
//! character of a paragraph says what it is:
//!
//! | mark | paragraph |
//! |------|-----------|
//! | `~`  | a ground (căn cứ), in italics |
//! | `=`  | centred, bold |
//! | `^`  | centred, italic |
//! | `#`  | a heading, bold |
//! | `:`  | flush left, a field of a form |
//! | `\|` | a row of a ruled table; the first row is its head |
//! | `¦`  | a row of a table without rules |
//! | `!`  | the next of several columns; `!.` ends them |
//! | `%`  | the next page |
//! | none | running text |
//!
//! A cell that is `<` is one with the cell to its left, one that is `^` with the
//! cell above it, as heads of two rows have them.

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use sohoa::time::Day;

/// How the parts of a paper are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// With its type as a title: quyết định, tờ trình, ….
    Titled,
    /// A letter (công văn): no title, `V/v` below the number.
    Letter,
    /// A paper of the Party: its name where the country's stands, a star above
    /// the number (Hướng dẫn 36-HD/VPTW).
    Party,
    /// What a citizen hands in: no agency, the motto in the middle.
    Citizen,
    /// The back of a card: neither a head nor a title.
    Back,
    /// An annex on a sheet turned sideways.
    Annex,
    /// Nothing but a title and what is below it: a newspaper, a form.
    Plain,
}

/// A paragraph of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A ground for a decision (căn cứ).
    Ground(String),
    /// A centred bold line, such as `QUYẾT ĐỊNH:`.
    Centred(String),
    /// A centred line in italics.
    Note(String),
    /// A bold heading.
    Heading(String),
    /// A field of a form, flush left.
    Field(String),
    /// Running text.
    Text(String),
    /// A table.
    Table(Table),
    /// Columns side by side, each read from top to bottom.
    Columns(Vec<Vec<Self>>),
    /// The next page begins.
    Break,
}

/// A table: rows of cells, the first its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// The cells, row by row; `<` and `^` are one with a neighbour.
    pub(crate) rows: Vec<Vec<String>>,
    /// Whether rules part them.
    pub(crate) ruled: bool,
}

/// Who signs on one side of the foot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signer {
    /// Authority and position, a line each: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`.
    pub(crate) authority: Vec<String>,
    /// The name.
    pub(crate) name: String,
}

/// A paper and what a register would say about it.
#[derive(Clone, Debug)]
pub(crate) struct Paper {
    /// The type (tên loại), lower case.
    pub(crate) kind: String,
    /// Its arrangement.
    pub(crate) layout: Layout,
    /// The agency above (cơ quan chủ quản), a line each.
    pub(crate) parent: Vec<String>,
    /// The issuing agency, a line each.
    pub(crate) agency: Vec<String>,
    /// The number in its register, empty where it is to be written by hand, and
    /// the notation behind it.
    pub(crate) number: Option<(String, String)>,
    /// The number that its text states, as contracts do.
    pub(crate) stated: Option<(String, String)>,
    /// What stands before the number: `Số:`.
    pub(crate) label: String,
    /// The year of a date whose day is to be written by hand.
    pub(crate) open_year: Option<String>,
    /// The place before the date.
    pub(crate) place: Option<String>,
    /// The day it was signed.
    pub(crate) day: Option<Day>,
    /// What it is about (trích yếu).
    pub(crate) subject: String,
    /// To whom it may go (kính gửi).
    pub(crate) addressees: Vec<String>,
    /// What it says.
    pub(crate) body: Vec<Block>,
    /// Who signs at the bottom left, as on contracts and minutes.
    pub(crate) left: Option<Signer>,
    /// Who signs at the bottom right.
    pub(crate) right: Option<Signer>,
    /// Who gets it (nơi nhận).
    pub(crate) recipients: Vec<String>,
    /// A round seal of the agency: `đỏ`, `đen` or `không`.
    pub(crate) seal: Option<String>,
}

impl Paper {
    /// Reads the text of a paper.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let (head, body) = text.split_once("\n\n").context("a paper without a body")?;
        let mut paper = Self::blank();
        for line in head.lines() {
            let (key, value) = line
                .split_once(':')
                .with_context(|| format!("`{line}` is not `key: value`"))?;
            paper.take(key.trim(), value.trim())?;
        }
        ensure!(!paper.kind.is_empty(), "a paper without `loai`");
        paper.body = blocks(body);
        Ok(paper)
    }

    /// What a register would record on it, named as in NĐ 30/2020/NĐ-CP,
    /// Phụ lục VI, Phần II.
    pub(crate) fn fields(&self) -> Value {
        let (number, notation) =
            self.number.clone().or_else(|| self.stated.clone()).unzip();
        let right = self.right.clone().unwrap_or_default();
        let position = right.authority.join(" ");
        json!({
            "TypeName": self.kind,
            "CodeNumber": number.filter(|number| !number.is_empty()),
            "CodeNotation": notation,
            "IssuedDate": self.day.map(|day| day.to_string()),
            "OrganName": known(self.agency.join(" ")),
            "superior": known(self.parent.join(" ")),
            "place": self.place,
            "Subject": known(self.subject.replace(['*', '_'], "")),
            "SignerInfo": { "Position": known(position), "FullName": known(right.name) },
        })
    }

    /// A paper without words.
    fn blank() -> Self {
        Self {
            kind: String::new(),
            layout: Layout::Titled,
            parent: Vec::new(),
            agency: Vec::new(),
            number: None,
            stated: None,
            label: "Số:".to_owned(),
            open_year: None,
            place: None,
            day: None,
            subject: String::new(),
            addressees: Vec::new(),
            body: Vec::new(),
            left: None,
            right: None,
            recipients: Vec::new(),
            seal: None,
        }
    }

    /// Takes one line of the head.
    fn take(&mut self, key: &str, value: &str) -> Result<()> {
        let lines = || value.split(" / ").map(str::to_owned).collect::<Vec<String>>();
        match key {
            "loai" => value.clone_into(&mut self.kind),
            "mau" => self.layout = layout(value)?,
            "chu-quan" => self.parent = lines(),
            "co-quan" => self.agency = lines(),
            "so" => self.number = Some(number(value)?),
            "so-trong-bai" => self.stated = Some(number(value)?),
            "nhan-so" => value.clone_into(&mut self.label),
            "ngay-trong" => self.open_year = Some(value.to_owned()),
            "dia-danh" => self.place = Some(value.to_owned()),
            "ngay" => self.day = Some(day(value)?),
            "trich-yeu" => value.clone_into(&mut self.subject),
            "kinh-gui" => self.addressees.push(value.to_owned()),
            "ky-trai" => self.left.get_or_insert_default().authority = lines(),
            "nguoi-ky-trai" => {
                value.clone_into(&mut self.left.get_or_insert_default().name);
            }
            "ky" => self.right.get_or_insert_default().authority = lines(),
            "nguoi-ky" => value.clone_into(&mut self.right.get_or_insert_default().name),
            "noi-nhan" => self.recipients.push(value.to_owned()),
            "dau" => self.seal = Some(value.to_owned()),
            other => bail!("no paper has a `{other}`"),
        }
        Ok(())
    }
}

/// The date as it stands below the motto: days below 10 and the months
/// January and February get a zero (NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, II.4).
pub(crate) fn long_date(day: Day) -> String {
    let month = match day.month() {
        month @ 1..=2 => format!("0{month}"),
        month => month.to_string(),
    };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// A number and the notation behind it.
fn number(text: &str) -> Result<(String, String)> {
    let parts = text.split_once(['/', '-']).context("`so` is number/notation")?;
    Ok((parts.0.to_owned(), parts.1.to_owned()))
}

/// The arrangement a head names.
fn layout(name: &str) -> Result<Layout> {
    Ok(match name {
        "van-ban" => Layout::Titled,
        "cong-van" => Layout::Letter,
        "dang" => Layout::Party,
        "don" => Layout::Citizen,
        "mat-sau" => Layout::Back,
        "phu-luc" => Layout::Annex,
        "trang" => Layout::Plain,
        other => bail!("no layout is called `{other}`"),
    })
}

/// A day written `2026-03-05`.
fn day(text: &str) -> Result<Day> {
    let short: String = text.chars().skip(2).filter(|&c| c != '-').collect();
    Day::from_yymmdd(&short).with_context(|| format!("`{text}` is not a day"))
}

/// The paragraphs of a body.
fn blocks(body: &str) -> Vec<Block> {
    let mut whole = Vec::new();
    let mut columns: Vec<Vec<Block>> = Vec::new();
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line {
            "!" => columns.push(Vec::new()),
            "!." => whole.push(Block::Columns(std::mem::take(&mut columns))),
            _ => add(columns.last_mut().unwrap_or(&mut whole), line),
        }
    }
    whole
}

/// Adds the paragraph of a line.
fn add(blocks: &mut Vec<Block>, line: &str) {
    let mut rest = line.chars();
    let mark = rest.next();
    let text = rest.as_str().trim().to_owned();
    let block = match mark {
        Some('~') => Block::Ground(text),
        Some('=') => Block::Centred(text),
        Some('^') => Block::Note(text),
        Some('#') => Block::Heading(text),
        Some(':') => Block::Field(text),
        Some('%') => Block::Break,
        Some(mark @ ('|' | '¦')) => {
            let ruled = mark == '|';
            let row = text.split(mark).map(|cell| cell.trim().to_owned()).collect();
            if let Some(Block::Table(table)) = blocks.last_mut()
                && table.ruled == ruled
            {
                table.rows.push(row);
                return;
            }
            Block::Table(Table { rows: vec![row], ruled })
        }
        _ => Block::Text(line.to_owned()),
    };
    blocks.push(block);
}

/// The text, unless there is none.
fn known(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
