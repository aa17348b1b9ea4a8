//! How well the codes we print are read back, and what looking costs.
//!
//! Separator sheets, slips, labels and stamps are printed to PDF, painted by
//! poppler at 150 to 600 dpi, and spoiled with fixed seeds the way printers,
//! copiers, fax machines and hands spoil them. Then every page of text of the
//! corpus is looked at: not one may be taken for ours. `make qr` prints it all.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a measuring program for developers"
)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use sohoa::digest::Digest;
use sohoa::pdfa::About;
use sohoa::print::{A4, Cut, Faces, Sheet, Style, font_folders, print};
use sohoa::qr::Correction;
use sohoa::qr::find::{Effort, find};
use sohoa::qr::make::Symbol;
use sohoa::raster::write_jpeg::JpegWriter;
use sohoa::raster::{Depth, Limits, Raster, change, open};
use sohoa::say::Lang;
use sohoa::time::Timestamp;
use sohoa::track::paper::{self, Labels};
use sohoa::track::payload::{self, Begins, Known, Payload, Side};

#[path = "common/dice.rs"]
mod dice;

use dice::Dice;

/// Resolutions that pages are painted at.
const DPIS: [u32; 5] = [150, 200, 300, 400, 600];
/// Seeds each way of spoiling is tried with: a thousand readings at 200 dpi and more.
const SEEDS: u64 = 8;

/// A way a page is spoiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spoiled {
    Clean,
    Turned,
    Skewed,
    Blurred,
    FaxNoise,
    Stained,
    Jpeg40,
    Photocopied,
}

const SPOILED: [Spoiled; 8] = [
    Spoiled::Clean,
    Spoiled::Turned,
    Spoiled::Skewed,
    Spoiled::Blurred,
    Spoiled::FaxNoise,
    Spoiled::Stained,
    Spoiled::Jpeg40,
    Spoiled::Photocopied,
];

fn main() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("qr");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    let printed = printed();
    let mut counts: BTreeMap<(u32, Spoiled), (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    // A part of it: `SOHOA_QR=stamp-20mm:400:FaxNoise` for one case.
    let only = env::var("SOHOA_QR").unwrap_or_default();
    for (name, sheet, payload) in &printed {
        let pdf = folder.join(format!("{name}.pdf"));
        fs::write(&pdf, pdf_of(sheet)).unwrap();
        for dpi in DPIS {
            if !only.starts_with(&format!("{name}:{dpi}:")) && !only.is_empty() {
                continue;
            }
            let clean = painted(&pdf, dpi);
            for spoiled in SPOILED {
                if !only.ends_with(&format!(":{spoiled:?}")) && !only.is_empty() {
                    continue;
                }
                for seed in 0..SEEDS {
                    let page = spoil(&clean, spoiled, Dice(0x5eed + seed), dpi);
                    // What ingest does with fine scans.
                    let page = change::reduce(&page, (dpi / 300).max(1));
                    let found = find(&page, Effort::Usual);
                    let read = found.iter().any(|f| f.payload == payload.as_bytes());
                    let count = counts.entry((dpi, spoiled)).or_default();
                    count.0 += usize::from(read);
                    count.1 += 1;
                    if !read && dpi >= 200 {
                        missed.push(format!("{name} {dpi} {spoiled:?} seed {seed}"));
                    }
                }
            }
        }
    }
    for missed in missed {
        println!("missed: {missed}");
    }
    if !only.is_empty() {
        println!("read: {counts:?}");
        return;
    }
    table(&counts);
    by_zbarimg(&folder, &printed);
    corpus();
}

/// What is printed: its name, the page and what its code says.
fn printed() -> Vec<(&'static str, Sheet, String)> {
    let faces = Faces::find(&font_folders(None)).unwrap();
    let code: sohoa::archive::Code = "H32.18-260716-0001".parse().unwrap();
    let sheet = payload::Sheet {
        begins: Begins::Dossier,
        dossier: Some(code.clone()),
        serial: 0,
        documents: Some(3),
        pages: Some(14),
        side: Side::Front,
    };
    let separator = paper::separator(&sheet, "UBND phường X", &faces, Lang::Vi);
    let text =
        |y: f64| format!("Dòng {y}: Căn cứ Nghị định số 61/2018/NĐ-CP của Chính phủ");
    let stamped = |payload: &str, side: f64| {
        let mut page = Sheet::new(A4);
        for line in 0..40 {
            let y = 45.0 + 6.0 * f64::from(line);
            page.text(30.0, y, Style::new(Cut::Regular, 13.0), &text(y));
        }
        let symbol = Symbol::of(payload.as_bytes(), Correction::M).unwrap();
        paper::set_symbol(&mut page, &symbol, [165.0, 12.0, side]);
        page
    };
    let address = format!("https://dichvucong.gov.vn/tra-cuu?ma={code}");
    let label = vec![(code.clone(), code.to_string())];
    let labels = Labels::typed("3x8").unwrap().print(&label, &faces).unwrap();
    vec![
        ("separator", separator, sheet.payload()),
        ("stamp-20mm", stamped(&code.to_string(), 20.0), code.to_string()),
        ("stamp-address-22mm", stamped(&address, 22.0), address),
        ("label-3x8", labels[0].clone(), code.to_string()),
    ]
}

fn pdf_of(sheet: &Sheet) -> Vec<u8> {
    let faces = Faces::find(&font_folders(None)).unwrap();
    let created = Timestamp::from_unix(1_784_171_625).unwrap();
    let about = About::new("Tờ", created, Digest::of(b"qr"));
    let mut bytes = Vec::new();
    print(&mut bytes, about, std::slice::from_ref(sheet), &faces).unwrap();
    bytes
}

/// The page of a PDF in grey, as poppler paints it.
fn painted(pdf: &Path, dpi: u32) -> Raster {
    let out = Command::new("pdftoppm")
        .args(["-gray", "-singlefile", "-r", &dpi.to_string()])
        .arg(pdf)
        .output()
        .unwrap();
    pgm(&out.stdout)
}

/// Reads a PGM as poppler writes it: `P5`, width, height, 255.
fn pgm(bytes: &[u8]) -> Raster {
    let mut at = 0;
    let mut word = || {
        let start =
            at + bytes[at..].iter().position(|b| !b.is_ascii_whitespace()).unwrap();
        let end =
            start + bytes[start..].iter().position(u8::is_ascii_whitespace).unwrap();
        at = end;
        String::from_utf8(bytes[start..end].to_vec()).unwrap()
    };
    assert_eq!(word(), "P5");
    let (width, height) = (word().parse().unwrap(), word().parse().unwrap());
    assert_eq!(word(), "255");
    let samples = bytes[at + 1..].to_vec();
    assert_eq!(samples.len(), width as usize * height as usize);
    Raster { width, height, depth: Depth::Grey, samples }
}

impl Dice {
    /// From 0 to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn spoil(page: &Raster, how: Spoiled, mut dice: Dice, dpi: u32) -> Raster {
    let mut page = page.clone();
    match how {
        Spoiled::Clean => page,
        Spoiled::Turned => change::rotate_grey(&page, dice.unit() * 360.0).0,
        Spoiled::Skewed => change::rotate_grey(&page, dice.unit() * 20.0 - 10.0).0,
        // A lens out of focus by a quarter of a millimetre.
        Spoiled::Blurred => {
            let radius = (f64::from(dpi) / 25.4 * 0.125 * (1.0 + dice.unit())).round();
            blurred(&page, (radius as usize).max(1))
        }
        // Black and white, and one pixel of fifty the wrong way.
        Spoiled::FaxNoise => {
            for sample in &mut page.samples {
                let ink = *sample < 128;
                let flipped = dice.unit() < 0.02;
                *sample = if ink == flipped { 255 } else { 0 };
            }
            page
        }
        // A fifth of the page under a brown stain, and coffee is not opaque.
        Spoiled::Stained => {
            let (width, height) = (f64::from(page.width), f64::from(page.height));
            let (x, y) = (dice.unit() * width, dice.unit() * height);
            let radius = (0.2 * width * height / std::f64::consts::PI).sqrt();
            let row = page.width as usize;
            for (at, sample) in page.samples.iter_mut().enumerate() {
                let (px, py) = ((at % row) as f64, (at / row) as f64);
                if (px - x).hypot(py - y) < radius {
                    *sample = (f64::from(*sample) * 0.55) as u8;
                }
            }
            page
        }
        Spoiled::Jpeg40 => {
            let mut writer =
                JpegWriter::new(page.width, page.height, Depth::Grey, 40, None).unwrap();
            page.rows().for_each(|row| writer.row(row).unwrap());
            let bytes: Arc<[u8]> = writer.finish().unwrap().into();
            let pages = open::open(bytes, Limits::default()).unwrap();
            pages[0].as_ref().unwrap().load_grey_reduced(1).unwrap()
        }
        // Copied three times: thicker strokes, grey paper, little contrast.
        Spoiled::Photocopied => {
            let thick = blurred(&page, (dpi as usize / 300).max(1));
            let samples = thick.samples.iter().map(|sample| {
                let contrast = (f64::from(*sample) - 150.0) * 3.0 + 128.0;
                let copied = contrast.clamp(0.0, 255.0) * 0.45 + 90.0;
                (copied + dice.unit() * 16.0 - 8.0).clamp(0.0, 255.0) as u8
            });
            Raster { samples: samples.collect(), ..page }
        }
    }
}

/// Each pixel the mean of a square around it.
fn blurred(page: &Raster, radius: usize) -> Raster {
    let (width, height) = (page.width as usize, page.height as usize);
    let pass = |from: &[u8], along: usize, across: usize, step: usize, jump: usize| {
        let mut to = vec![255_u8; from.len()];
        for line in 0..across {
            for at in 0..along {
                let (low, high) =
                    (at.saturating_sub(radius), (at + radius).min(along - 1));
                let sum: u32 =
                    (low..=high).map(|at| u32::from(from[line * jump + at * step])).sum();
                to[line * jump + at * step] = (sum / (high - low + 1) as u32) as u8;
            }
        }
        to
    };
    let rows = pass(&page.samples, width, height, 1, width);
    let samples = pass(&rows, height, width, width, 1);
    Raster { samples, ..page.clone() }
}

/// Share read, a row a way of spoiling, a column a resolution.
fn table(counts: &BTreeMap<(u32, Spoiled), (usize, usize)>) {
    print!("{:<12}", "read");
    DPIS.iter().for_each(|dpi| print!("{dpi:>12} dpi"));
    println!();
    for spoiled in SPOILED {
        print!("{:<12}", format!("{spoiled:?}"));
        for dpi in DPIS {
            let (read, of) = counts[&(dpi, spoiled)];
            print!("{:>16}", format!("{read}/{of}"));
        }
        println!();
    }
    let fine = counts.iter().filter(|((dpi, _), _)| *dpi >= 200);
    let (read, of) = fine.fold((0, 0), |sum, (_, c)| (sum.0 + c.0, sum.1 + c.1));
    println!(
        "at 200 dpi and above: {read}/{of}, {:.2} %",
        100.0 * read as f64 / of as f64
    );
}

/// Whether another reader reads what we print.
fn by_zbarimg(folder: &Path, printed: &[(&'static str, Sheet, String)]) {
    if Command::new("zbarimg").arg("--version").output().is_err() {
        println!("zbarimg: skipped, it is not installed");
        return;
    }
    let mut read = 0;
    for (name, _, payload) in printed {
        let png = folder.join(name);
        let pdf = folder.join(format!("{name}.pdf"));
        let painted = Command::new("pdftoppm")
            .args(["-gray", "-singlefile", "-png", "-r", "300"])
            .args([&pdf, &png])
            .status();
        assert!(painted.unwrap().success());
        let out = Command::new("zbarimg")
            .args(["--quiet", "--raw"])
            .arg(png.with_extension("png"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        let is_read = said.lines().any(|line| line == payload);
        read += usize::from(is_read);
        if !is_read {
            println!("zbarimg reads {name} as {said:?}");
        }
    }
    println!("zbarimg reads {read} of {} pages we print", printed.len());
}

/// Every page of the corpus that no code of ours is on: false splits, and the
/// time that looking takes.
fn corpus() {
    let folder = env::var("SOHOA_CORPUS").unwrap_or("../shared/corpus".to_owned());
    let mut files = Vec::new();
    for part in ["real", "synthetic", "signed"] {
        let Ok(entries) = fs::read_dir(Path::new(&folder).join(part)) else { continue };
        let paths = entries.flatten().map(|entry| entry.path());
        files.extend(paths.filter(|path| path.extension().is_some_and(|e| e == "pdf")));
    }
    files.sort();
    if files.is_empty() {
        println!("corpus: skipped, it is not there");
        return;
    }
    let (mut pages, mut ours, mut foreign) = (0, 0, 0);
    let mut times = Vec::new();
    for file in &files {
        let bytes: Arc<[u8]> = fs::read(file).unwrap().into();
        let Ok(opened) = sohoa::pdf::open(bytes, None, Limits::default()) else {
            continue;
        };
        for page in opened.pages().flatten().take(40) {
            let Some(grey) = a4_at_300(&page) else { continue };
            pages += 1;
            let start = Instant::now();
            let found = find(&grey, Effort::Usual);
            times.push(start.elapsed().as_secs_f64() * 1e3);
            for code in found {
                match Payload::read(&code.payload, &Known::default()) {
                    Payload::Foreign | Payload::Card => foreign += 1,
                    Payload::Dossier(_)
                    | Payload::Sheet(_)
                    | Payload::Separator
                    | Payload::Calibration(_)
                    | Payload::Sealed(_)
                    | Payload::Damaged => {
                        ours += 1;
                        println!("taken for ours: {}", file.display());
                    }
                }
            }
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    println!(
        "corpus: {} files, {pages} pages, {ours} false splits, {foreign} codes of others",
        files.len()
    );
    println!(
        "looking at a page of 8.7 megapixels: median {:.1} ms, p95 {:.1} ms, most {:.1} ms",
        at(0.5),
        at(0.95),
        at(1.0)
    );
}

/// A page as a scanner would see it at 300 dpi on A4.
fn a4_at_300(page: &sohoa::pdf::Page) -> Option<Raster> {
    let grey = page.scan.load_grey_reduced(1).ok()?;
    Some(change::scale(&grey, 2480, 3508))
}
