//! Large graded sets to measure reading with: page after page of papers that
//! differ in words, letters, resolution and damage, one page a file.
//!
//! One page in ten is what is not a paper at all: a blank back, a page with
//! only its number, a note in pencil; and one paper in thirty bears a mark of
//! secrecy, which must stop a reader.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use sohoa::units::{Mm, Quarter};

use crate::degrade::{Light, Scanner, Tone};
use crate::dice::Dice;
use crate::encode::Packing;
use crate::fonts::{Family, Fonts};
use crate::ink::{Paint, Sheet};
use crate::job::{Format, Job, Page};
use crate::marks;
use crate::nd30::{self, Look};
use crate::paper::Paper;
use crate::phrases::Writer;

/// What papers are filled from, and their names.
const TEMPLATES: [(&str, &str); 14] = [
    ("quyet-dinh", include_str!("papers/templates/quyet-dinh.txt")),
    ("cong-van", include_str!("papers/templates/cong-van.txt")),
    ("cong-van-so", include_str!("papers/templates/cong-van-so.txt")),
    ("to-trinh", include_str!("papers/templates/to-trinh.txt")),
    ("bao-cao", include_str!("papers/templates/bao-cao.txt")),
    ("thong-bao", include_str!("papers/templates/thong-bao.txt")),
    ("ke-hoach", include_str!("papers/templates/ke-hoach.txt")),
    ("giay-moi", include_str!("papers/templates/giay-moi.txt")),
    ("bien-ban", include_str!("papers/templates/bien-ban.txt")),
    ("danh-sach", include_str!("papers/templates/danh-sach.txt")),
    ("don", include_str!("papers/templates/don.txt")),
    ("to-khai", include_str!("papers/templates/to-khai.txt")),
    ("hop-dong", include_str!("papers/templates/hop-dong.txt")),
    ("giay-xac-nhan", include_str!("papers/templates/giay-xac-nhan.txt")),
];

/// What a register meets besides: papers of the Party, of the State's organs and
/// ministries, of agencies with two lines to their name and one above, papers
/// whose number is still to be written, and what people bring.
const REGISTER: [(&str, &str); 20] = [
    ("quyet-dinh-so", include_str!("papers/register/quyet-dinh-so.txt")),
    ("nghi-quyet-hdnd", include_str!("papers/register/nghi-quyet-hdnd.txt")),
    ("nghi-dinh", include_str!("papers/register/nghi-dinh.txt")),
    ("thong-tu", include_str!("papers/register/thong-tu.txt")),
    ("luat", include_str!("papers/register/luat.txt")),
    ("nghi-quyet-dang", include_str!("papers/register/nghi-quyet-dang.txt")),
    ("thong-bao-dang", include_str!("papers/register/thong-bao-dang.txt")),
    ("ke-hoach-trong", include_str!("papers/register/ke-hoach-trong.txt")),
    ("cong-van-bo", include_str!("papers/register/cong-van-bo.txt")),
    ("huong-dan", include_str!("papers/register/huong-dan.txt")),
    ("chi-thi", include_str!("papers/register/chi-thi.txt")),
    ("giay-gioi-thieu", include_str!("papers/register/giay-gioi-thieu.txt")),
    ("hop-dong-lao-dong", include_str!("papers/register/hop-dong-lao-dong.txt")),
    ("giay-khai-sinh", include_str!("papers/register/giay-khai-sinh.txt")),
    ("can-cuoc-truoc", include_str!("papers/register/can-cuoc-truoc.txt")),
    ("can-cuoc-sau", include_str!("papers/register/can-cuoc-sau.txt")),
    ("so-ho-khau", include_str!("papers/register/so-ho-khau.txt")),
    ("giay-chung-nhan-dat", include_str!("papers/register/giay-chung-nhan-dat.txt")),
    ("bang-tot-nghiep", include_str!("papers/register/bang-tot-nghiep.txt")),
    ("xac-nhan-cu-tru", include_str!("papers/register/xac-nhan-cu-tru.txt")),
];

/// What is not read straight down the page.
const LAYOUTS: [(&str, &str); 7] = [
    ("bao-hai-cot", include_str!("papers/layouts/bao-hai-cot.txt")),
    ("bao-ba-cot", include_str!("papers/layouts/bao-ba-cot.txt")),
    ("lich-cong-tac", include_str!("papers/layouts/lich-cong-tac.txt")),
    ("phieu-de-trong", include_str!("papers/layouts/phieu-de-trong.txt")),
    ("danh-sach-hai-dau", include_str!("papers/layouts/danh-sach-hai-dau.txt")),
    ("bang-khong-ke", include_str!("papers/layouts/bang-khong-ke.txt")),
    ("bang-xen-ke", include_str!("papers/layouts/bang-xen-ke.txt")),
];

/// Rubber stamps of the offices that papers pass through.
const STAMPS: [&[&str]; 5] = [
    &["CÔNG VĂN ĐẾN", "Số: 1.204", "Ngày: 17/3/2026"],
    &["BẢN SAO"],
    &["ĐÃ SỐ HÓA", "Ngày 09/4/2026"],
    &["SAO Y BẢN CHÍNH", "Ngày: 21/5/2026"],
    &["KHẨN"],
];

/// Makes page `number` of a set.
pub(crate) fn job(fonts: &Fonts, seed: u64, number: u32) -> Result<Job> {
    let mut dice = dice(seed, number);
    let look = look(&mut dice);
    let drawn = if dice.one_in(10) {
        oddity(fonts, look, &mut dice)?
    } else {
        paper(fonts, look, &TEMPLATES, &mut dice)?
    };
    scanned(drawn, look, number, &mut dice)
}

/// Makes page `number` of a set that measures what is found for a register:
/// papers of every kind, first pages mostly.
pub(crate) fn register_job(fonts: &Fonts, seed: u64, number: u32) -> Result<Job> {
    let mut dice = dice(seed, number);
    let look = look(&mut dice);
    let templates: &[_] = if dice.one_in(2) { &TEMPLATES } else { &REGISTER };
    let drawn = paper(fonts, look, templates, &mut dice)?;
    scanned(drawn, look, number, &mut dice)
}

/// Makes page `number` of a set that measures reading order: newspapers in
/// columns, tables whose cells have several lines, run over several columns or have no
/// rules, forms with dotted lines.
pub(crate) fn layout_job(fonts: &Fonts, seed: u64, number: u32) -> Result<Job> {
    let mut dice = dice(seed, number);
    let at = number.saturating_sub(1) as usize % LAYOUTS.len();
    let template = LAYOUTS.get(at).context("no layouts")?;
    let family = if number.is_multiple_of(2) { Family::Serif } else { Family::Sans };
    let look = Look { family, size: dice.between(10.0, 12.5), ..Look::USUAL };
    let drawn = paper(fonts, look, std::slice::from_ref(template), &mut dice)?;
    scanned(drawn, look, number, &mut dice)
}

/// Makes page `number` of a set that measures what is read under coloured ink: a
/// paper scanned in colour, with stamps in red or blue pressed on its text.
pub(crate) fn stamp_job(fonts: &Fonts, seed: u64, number: u32) -> Result<Job> {
    let mut dice = dice(seed, number);
    let look = look(&mut dice);
    let mut drawn = paper(fonts, look, &TEMPLATES, &mut dice)?;
    let paint = if number.is_multiple_of(2) { Paint::SEAL } else { Paint::BLUE };
    let (width, height) = drawn.sheet.size;
    for _ in 0..dice.whole(2, 4) {
        let lines = dice.pick(&STAMPS).copied().unwrap_or_default();
        let place =
            (dice.between(90.0, width - 220.0), dice.between(150.0, height * 0.7));
        let pressed = (place, dice.between(-6.0, 6.0), paint);
        marks::stamp(&mut drawn.sheet, fonts, lines, pressed);
    }
    let scanner = Scanner {
        dpi: dice.pick(&[150, 200, 200, 300]).copied().unwrap_or(200),
        tone: Tone::Colour,
        paper: [250, 249, 243],
        noise: dice.share(1.0, 9.0),
        blur: dice.share(0.04, 0.24),
        ..Scanner::CLEAN
    };
    filed(drawn, look, number, scanner, &mut dice)
}

/// The dice of one page.
fn dice(seed: u64, number: u32) -> Dice {
    Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(u64::from(number)))
}

/// A drawn sheet as a scanner leaves it.
fn scanned(drawn: Drawn, look: Look, number: u32, dice: &mut Dice) -> Result<Job> {
    let mut scanner = scanner(dice);
    if drawn.slug == "but-chi" {
        // In black and white a soft pencil would be gone and the page blank.
        scanner = Scanner { tone: Tone::Grey, contrast: 1.2, ..scanner };
    }
    filed(drawn, look, number, scanner, dice)
}

/// A drawn sheet in a file, as `scanner` sees it.
fn filed(
    drawn: Drawn,
    look: Look,
    number: u32,
    scanner: Scanner,
    dice: &mut Dice,
) -> Result<Job> {
    let (format, ending) = format(scanner.tone, dice);
    let family = match look.family {
        Family::Serif => "serif",
        Family::Sans => "sans",
    };
    let page = Page {
        sheet: drawn.sheet,
        scanner,
        kind: drawn.kind,
        fields: drawn.fields,
        letters: json!({ "family": family, "size": look.size }),
    };
    let name = format!("{number:04}-{}.{ending}", drawn.slug);
    Ok(Job { name, format, pages: vec![page], seed: dice.bits() })
}

/// A sheet and what it is.
struct Drawn {
    sheet: Sheet,
    slug: &'static str,
    kind: String,
    fields: Value,
}

/// A page of a paper, mostly its first.
fn paper(
    fonts: &Fonts,
    look: Look,
    templates: &[(&'static str, &'static str)],
    dice: &mut Dice,
) -> Result<Drawn> {
    let &(slug, template) = dice.pick(templates).context("no templates")?;
    let text = Writer::new(dice)?.fill(template)?;
    let paper = Paper::parse(&text).with_context(|| format!("in `{slug}`"))?;
    fonts.require(&text)?;
    let mut sheets = nd30::set(fonts, &paper, look, dice);
    let later = sheets.len() > 1 && dice.one_in(4);
    let mut sheet = sheets.swap_remove(usize::from(later));
    people(&mut sheet, fonts, dice);
    let fields = if later { Value::Null } else { paper.fields() };
    Ok(Drawn { sheet, slug, kind: paper.kind, fields })
}

/// A page that is not a paper.
fn oddity(fonts: &Fonts, look: Look, dice: &mut Dice) -> Result<Drawn> {
    let mut sheet = Sheet::new(Sheet::A4);
    let (slug, kind) = match dice.whole(0, 3) {
        0 => ("trang-trang", "trang trắng"),
        1 => {
            let front = paper(fonts, look, &TEMPLATES, dice)?.sheet;
            marks::show_through(&mut sheet, &front, dice.share(0.03, 0.09));
            ("mat-sau", "trang trắng")
        }
        2 => {
            let number = dice.whole(2, 19).to_string();
            sheet = nd30::folio_only(fonts, look, &number);
            ("so-trang", "trang chỉ có số")
        }
        _ => {
            let place = (dice.between(80.0, 300.0), dice.between(120.0, 700.0));
            marks::pencil(&mut sheet, fonts, "bổ sung bản chính", place);
            ("but-chi", "ghi chú bút chì")
        }
    };
    if dice.one_in(2) {
        marks::holes(&mut sheet);
    }
    Ok(Drawn { sheet, slug, kind: kind.to_owned(), fields: Value::Null })
}

/// What people do to a sheet before it is scanned.
fn people(sheet: &mut Sheet, fonts: &Fonts, dice: &mut Dice) {
    if dice.one_in(3) {
        marks::holes(sheet);
    }
    if dice.one_in(5) {
        marks::dark_edge(sheet, dice);
    }
    if dice.one_in(3)
        && let Some(&lines) = dice.pick(&STAMPS)
    {
        let paint = if dice.one_in(2) { Paint::SEAL } else { Paint::STAMP };
        let (width, height) = sheet.size;
        let place =
            (dice.between(60.0, width - 250.0), dice.between(90.0, height - 160.0));
        marks::stamp(sheet, fonts, lines, (place, dice.between(-6.0, 6.0), paint));
    }
    if dice.one_in(12) {
        let place = (dice.between(70.0, 200.0), sheet.size.1 - 60.0);
        marks::pencil(sheet, fonts, "đã đối chiếu", place);
    }
    if dice.one_in(30)
        && let Some(&level) = dice.pick(&["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
    {
        marks::secrecy(sheet, fonts, level);
    }
}

/// The letters and lines of a paper.
fn look(dice: &mut Dice) -> Look {
    let family = if dice.one_in(4) { Family::Sans } else { Family::Serif };
    let sizes = [9.0, 10.0, 11.0, 12.0, 13.0, 13.0, 13.5, 14.0, 14.0, 15.0, 16.0];
    let size = dice.pick(&sizes).copied().unwrap_or(13.0);
    let indent = if dice.one_in(2) { Mm(10.0) } else { Mm(12.7) };
    Look { family, size, pitch: dice.between(1.12, 1.5), indent, signed: !dice.one_in(5) }
}

/// A scanner, a copier or a telephone, and how the sheet lies.
fn scanner(dice: &mut Dice) -> Scanner {
    let dpi = dice.pick(&[150, 200, 200, 200, 240, 300, 300]).copied().unwrap_or(200);
    let scanner = match dice.whole(0, 9) {
        0..=3 => Scanner {
            dpi: dpi.max(200), // a fax at 150 dpi is not a scan
            tone: Tone::Bilevel(u8::try_from(dice.whole(110, 185)).unwrap_or(150)),
            noise: dice.share(4.0, 34.0),
            specks: dice.whole(0, 220),
            ..Scanner::CLEAN
        },
        4..=5 => Scanner {
            dpi,
            tone: Tone::Grey,
            noise: dice.share(2.0, 16.0),
            specks: dice.whole(0, 80),
            contrast: dice.share(0.9, 1.9),
            light: Light::Lamp(dice.share(0.0, 0.18)),
            ..Scanner::CLEAN
        },
        6..=8 => Scanner {
            dpi,
            tone: Tone::Colour,
            paper: [250, 249, 243],
            noise: dice.share(1.0, 9.0),
            ..Scanner::CLEAN
        },
        _ => Scanner {
            dpi: dpi.max(200),
            tone: Tone::Colour,
            paper: [232, 224, 208],
            light: Light::Room(dice.share(0.2, 0.55)),
            blur: 0.28,
            noise: 9.0,
            contrast: 1.0,
            ..Scanner::CLEAN
        },
    };
    let skew = if dice.one_in(20) { 10.0 } else { dice.between(0.0, 3.0) };
    let skew = if dice.one_in(2) { -skew } else { skew };
    let turn = if dice.one_in(8) {
        dice.pick(&Quarter::ALL).copied().unwrap_or_default()
    } else {
        Quarter::None
    };
    let blur = scanner.blur.max(dice.share(0.04, 0.24));
    // Hundredths of a degree are what the answers state.
    Scanner { blur, turn, skew: (skew * 100.0).round() / 100.0, ..scanner }
}

/// A format that holds such pages, and the ending of its names.
fn format(tone: Tone, dice: &mut Dice) -> (Format, &'static str) {
    let quality = u8::try_from(dice.whole(28, 88)).unwrap_or(60);
    match (tone, dice.whole(0, 5)) {
        (_, 0) => (Format::Pdf(quality), "pdf"),
        (Tone::Bilevel(_), 1) => (Format::Png, "png"),
        (Tone::Bilevel(_), 2) => (Format::Tiff(Packing::Lzw), "tif"),
        (Tone::Bilevel(_), _) => (Format::Tiff(Packing::G4), "tif"),
        (Tone::Grey, 1) => (Format::Png, "png"),
        (Tone::Grey | Tone::Colour, 2) => (Format::Tiff(Packing::Lzw), "tif"),
        (Tone::Grey | Tone::Colour, _) => (Format::Jpeg(quality), "jpg"),
    }
}
