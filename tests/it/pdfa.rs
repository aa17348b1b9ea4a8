//! Documents we write, judged by what others read in them.

mod judges;
mod sheet;

use sohoa::digest::Digest;
use sohoa::pdfa::check::{Expected, Fault, check};
use sohoa::pdfa::{About, Document, Page, Picture, PictureFilter, write};
use sohoa::raster::Depth;
use sohoa::text::TextLayer;
use sohoa::time::Timestamp;
use sohoa::units::{Affine, Quarter, Rect};

use crate::pdfa::judges::{Reading, boxes, conformance, drawn, file, readings, structure};
use crate::pdfa::sheet::{Sheet, font};

const MOTTO: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";

fn about(title: &str) -> About {
    let created = Timestamp::from_unix(1_784_171_625).unwrap();
    About::new(title, created, Digest::of(title.as_bytes()))
}

fn document(title: &str, pages: Vec<Page>) -> Document {
    Document { about: about(title), pages }
}

/// The sheet in a picture of Group 4, upright.
fn page(sheet: &Sheet) -> Page {
    let (width, height) = sheet.points();
    let image = Picture {
        width: sheet.width,
        height: sheet.height,
        depth: Depth::Bilevel,
        filter: PictureFilter::G4 { black_is_1: false },
        bytes: sheet.g4().into(),
        icc: None,
    };
    let map = sheet.upright();
    let text = sheet.text.clone();
    Page { width, height, image: Some(image), image_map: map, text, text_map: map }
}

/// Writes, checks and keeps the file for the judges.
fn written(document: &Document) -> std::path::PathBuf {
    let bytes = write(document).unwrap();
    check(&bytes, &Expected::from(document)).unwrap();
    file(&document.about.title, &bytes)
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn meant(text: &TextLayer) -> Vec<&str> {
    text.words().flat_map(|word| words(&word.text)).collect()
}

/// Every judge reads the words that were meant, in their order.
fn all_read_alike(document: &Document) {
    let path = written(document);
    for Reading { judge, pages } in readings(&path) {
        assert_eq!(pages.len(), document.pages.len(), "{judge}: pages");
        for (found, page) in pages.iter().zip(&document.pages) {
            assert_eq!(words(found), meant(&page.text), "{judge}");
        }
    }
}

/// The page turned around its middle by `degrees`, clockwise.
fn leaning(mut page: Page, degrees: f64) -> Page {
    let (x, y) = (page.width / 2.0, page.height / 2.0);
    let (sin, cos) = (-degrees.to_radians()).sin_cos();
    let turn = Affine::shift(-x, -y)
        .then(Affine::new([cos, sin, -sin, cos, 0.0, 0.0]))
        .then(Affine::shift(x, y));
    page.image_map = page.image_map.then(turn);
    page.text_map = page.text_map.then(turn);
    page
}

/// Some lines of an official letter.
fn letter() -> Sheet {
    let mut sheet = Sheet::a4(200.0);
    sheet.line(MOTTO, 190.0, 80.0, 13.0);
    sheet.line("Độc lập - Tự do - Hạnh phúc", 220.0, 98.0, 14.0);
    sheet.line("ĐƠN ĐỀ NGHỊ", 240.0, 150.0, 14.0);
    let body = [
        "Kính gửi: Ủy ban nhân dân phường Nam Nha Trang.",
        "Tôi tên là Nguyễn Thị Ngọc Ánh, sinh ngày 02/9/1985, số căn cước 056185001234,",
        "thường trú tại số 12 đường Lê Hồng Phong, phường Nam Nha Trang, tỉnh Khánh Hòa.",
        "Thửa đất số 45, tờ bản đồ số 7, diện tích 120,5 m² (một phần hai là ½ thửa), nay đề",
        "nghị tách thành hai thửa “liền kề” theo quy định; xin trân trọng cảm ơn quý cơ quan…",
    ];
    for (text, y) in body.into_iter().zip((190..).step_by(18)) {
        sheet.line(text, 85.0, y.into(), 13.0);
    }
    sheet
}

/// Skips a test that typesets where the face is not installed.
macro_rules! needs_font {
    () => {
        if font().is_none() {
            eprintln!("skipped: the font Tinos (fonts-croscore) is not installed");
            return;
        }
    };
}

#[test]
fn all_readers_read_an_upright_page_alike() {
    needs_font!();
    let sheet = letter();
    let document = document("upright", vec![page(&sheet)]);
    all_read_alike(&document);
    for Reading { judge, pages } in readings(&file("upright", &write(&document).unwrap())) {
        let found = words(&pages[0]).join(" ");
        assert!(found.contains(MOTTO), "{judge} does not find the motto");
        assert!(found.contains("120,5 m² (một phần hai là ½ thửa)"), "{judge}");
    }
}

#[test]
fn measure() {
    for name in ["real", "synthetic"] {
        let gt = std::fs::read_to_string(format!("/work/shared/corpus/ground-truth.jsonl")).unwrap();
        for l in gt.lines() {
            let v: serde_json::Value = serde_json::from_str(l).unwrap();
            let text = v["text"].as_str().unwrap_or("");
            let all: Vec<&str> = text.split_whitespace().collect();
            let mut sheet = Sheet::a4(300.0);
            let mut y = 80.0;
            let mut line = String::new();
            let mut n = 0;
            for w in all.iter().cycle().take(500) {
                if line.len() + w.len() > 110 { sheet.line(line.trim(), 70.0, y, 12.0); y += 15.0; line.clear(); }
                line += w; line.push(' '); n += 1;
            }
            sheet.line(line.trim(), 70.0, y, 12.0);
            let mut p = page(&sheet); p.image = None;
            let one = document("one", vec![p.clone()]);
            let bytes = write(&one).unwrap();
            let two = write(&document("one", vec![p.clone(), p.clone()])).unwrap();
            let f = file("size", &bytes);
            println!("{name} {} words of {} lines {} one {} two {} diff {}", n, all.len(), sheet.text.lines.len(), bytes.len(), two.len(), two.len() - bytes.len());
            let _ = f;
        }
        break;
    }
}
