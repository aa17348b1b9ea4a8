//! The small set that lies in `examples/scans/`: eight files, fourteen pages,
//! each with something an office scanner does.

use anyhow::Result;
use serde_json::{Value, json};
use sohoa::units::Quarter;

use crate::degrade::{Light, Scanner, Tone};
use crate::dice::Dice;
use crate::encode::Packing;
use crate::fonts::Fonts;
use crate::ink::{Paint, Sheet};
use crate::job::{Format, Job, Page};
use crate::marks;
use crate::nd30::{self, Look};
use crate::paper::Paper;

/// The papers of the set; see `papers/`.
const QUYET_DINH: &str = include_str!("papers/quyet-dinh.txt");
const CONG_VAN: &str = include_str!("papers/cong-van.txt");
const TO_TRINH: &str = include_str!("papers/to-trinh.txt");
const HO_SO: &str = include_str!("papers/ho-so.txt");
const PHU_LUC: &str = include_str!("papers/phu-luc.txt");
const THONG_BAO: &str = include_str!("papers/thong-bao.txt");
const BIEN_BAN: &str = include_str!("papers/bien-ban.txt");
const DON: &str = include_str!("papers/don-xac-nhan.txt");
const GIAY: &str = include_str!("papers/giay-xac-nhan.txt");

/// A bilevel scanner.
const BILEVEL: Scanner =
    Scanner { tone: Tone::Bilevel(150), blur: 0.1, noise: 14.0, ..Scanner::CLEAN };

/// The files of the set.
pub(crate) const JOBS: [fn(&Fonts) -> Result<Job>; 8] =
    [quyet_dinh, cong_van, to_trinh, ho_so, thong_bao, bien_ban, don, giay];

/// A paper set in type and scanned; `touch` adds what people add to sheets.
fn scanned(
    fonts: &Fonts,
    text: &str,
    scanner: Scanner,
    touch: impl Fn(&mut Sheet, &mut Dice),
) -> Result<Vec<Page>> {
    let paper = Paper::parse(text)?;
    fonts.require(text)?;
    let mut dice = Dice::new(text.len() as u64);
    let mut sheets = nd30::set(fonts, &paper, Look::USUAL, &mut dice);
    for sheet in &mut sheets {
        touch(sheet, &mut dice);
    }
    let page = |(index, sheet): (usize, Sheet)| Page {
        fields: if index == 0 { paper.fields() } else { Value::Null },
        ..other(sheet, scanner, &paper.kind)
    };
    Ok(sheets.into_iter().enumerate().map(page).collect())
}

/// One bilevel page, punched, slightly askew.
fn quyet_dinh(fonts: &Fonts) -> Result<Job> {
    let scanner = Scanner { skew: 0.4, specks: 40, ..BILEVEL };
    let pages = scanned(fonts, QUYET_DINH, scanner, |sheet, _| marks::holes(sheet))?;
    Ok(Job {
        name: "quyet-dinh-200dpi.tif".to_owned(),
        format: Format::Tiff(Packing::G4),
        pages,
        seed: 1,
    })
}

/// One page in colour at 300 dpi, with a red seal over the signature and the
/// red stamp of the office that received it.
fn cong_van(fonts: &Fonts) -> Result<Job> {
    let scanner = Scanner {
        dpi: 300,
        skew: -0.3,
        tone: Tone::Colour,
        paper: [252, 252, 250],
        noise: 1.6,
        blur: 0.16,
        ..Scanner::CLEAN
    };
    let received = ["UBND XÃ PHƯỚC LÂM TÂY", "CÔNG VĂN ĐẾN", "Số: 731  Ngày: 16/4/2026"];
    let pages = scanned(fonts, CONG_VAN, scanner, |sheet, _| {
        let place = (338.0, 150.0);
        marks::stamp(sheet, fonts, &received, (place, -2.0, Paint::SEAL));
    })?;
    Ok(Job {
        name: "cong-van-300dpi.jpg".to_owned(),
        format: Format::Jpeg(46),
        pages,
        seed: 2,
    })
}

/// One page in 16 greys that lies askew, a dark band at its edge.
fn to_trinh(fonts: &Fonts) -> Result<Job> {
    let scanner =
        Scanner { skew: 2.6, noise: 5.0, contrast: 1.5, specks: 10, ..Scanner::CLEAN };
    let pages = scanned(fonts, TO_TRINH, scanner, marks::dark_edge)?;
    Ok(Job {
        name: "to-trinh-nghieng.png".to_owned(),
        format: Format::Png,
        pages,
        seed: 3,
    })
}

/// A dossier of five bilevel pages: a decision on two, the second scanned
/// upside down, the blank back of the first between them; a table scanned
/// sideways; a last page with nothing but its number.
fn ho_so(fonts: &Fonts) -> Result<Job> {
    let scanner = Scanner { specks: 25, ..BILEVEL };
    let mut pages = scanned(fonts, HO_SO, Scanner { skew: -0.7, ..scanner }, |_, _| {})?;
    if let Some(second) = pages.get_mut(1) {
        second.scanner = Scanner { turn: Quarter::Half, skew: 0.5, ..scanner };
    }
    let mut back = Sheet::new(Sheet::A4);
    marks::holes(&mut back);
    pages.insert(1, other(back, scanner, "trang trắng"));
    let sideways = Scanner { turn: Quarter::Right, skew: 0.3, ..scanner };
    pages.extend(scanned(fonts, PHU_LUC, sideways, |_, _| {})?);
    pages.push(other(
        nd30::folio_only(fonts, Look::USUAL, "4"),
        scanner,
        "trang chỉ có số",
    ));
    Ok(Job {
        name: "ho-so-nhieu-trang.tif".to_owned(),
        format: Format::Tiff(Packing::G4),
        pages,
        seed: 4,
    })
}

/// A PDF of two grey JPEG pages: a photocopy with a black seal, and its blank
/// back, through which the front shows.
fn thong_bao(fonts: &Fonts) -> Result<Job> {
    let scanner = Scanner {
        paper: [236, 235, 230],
        light: Light::Lamp(0.06),
        contrast: 1.3,
        noise: 3.0,
        specks: 60,
        skew: 0.8,
        ..Scanner::CLEAN
    };
    let mut pages = scanned(fonts, THONG_BAO, scanner, |_, _| {})?;
    let mut back = Sheet::new(Sheet::A4);
    if let Some(front) = pages.first() {
        marks::show_through(&mut back, &front.sheet, 0.07);
    }
    pages.push(other(back, Scanner { specks: 12, ..scanner }, "trang trắng"));
    Ok(Job { name: "thong-bao.pdf".to_owned(), format: Format::Pdf(42), pages, seed: 5 })
}

/// Minutes with a table and two signers, bilevel in LZW.
fn bien_ban(fonts: &Fonts) -> Result<Job> {
    let scanner = Scanner { skew: -1.1, noise: 10.0, ..BILEVEL };
    Ok(Job {
        name: "bien-ban-hai-cot.tif".to_owned(),
        format: Format::Tiff(Packing::Lzw),
        pages: scanned(fonts, BIEN_BAN, scanner, |_, _| {})?,
        seed: 6,
    })
}

/// A citizen's request, filled in with a blue pen, with a pencil note on it.
fn don(fonts: &Fonts) -> Result<Job> {
    let scanner = Scanner {
        dpi: 150,
        tone: Tone::Colour,
        paper: [250, 249, 244],
        noise: 2.0,
        skew: 0.9,
        ..Scanner::CLEAN
    };
    let pages = scanned(fonts, DON, scanner, |sheet, _| {
        marks::pencil(sheet, fonts, "đã kiểm tra bản chính", (70.0, 760.0));
    })?;
    Ok(Job {
        name: "don-xin-xac-nhan/01-don-de-nghi.jpg".to_owned(),
        format: Format::Jpeg(50),
        pages,
        seed: 7,
    })
}

/// The answer to it.
fn giay(fonts: &Fonts) -> Result<Job> {
    let scanner = Scanner { skew: -0.5, ..BILEVEL };
    Ok(Job {
        name: "don-xin-xac-nhan/02-giay-xac-nhan.tif".to_owned(),
        format: Format::Tiff(Packing::G4),
        pages: scanned(fonts, GIAY, scanner, |_, _| {})?,
        seed: 8,
    })
}

/// A page that belongs to no paper.
fn other(sheet: Sheet, scanner: Scanner, kind: &str) -> Page {
    let letters = json!({ "family": "serif", "size": Look::USUAL.size });
    Page { sheet, scanner, kind: kind.to_owned(), fields: Value::Null, letters }
}
