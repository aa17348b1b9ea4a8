//! Tracking codes from outside: stacks split at their sheets, codes read,
//! given out, printed and stamped by the built program.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test that panics is a test that fails, and it may say why it was skipped"
)]

use serde_json::Value;
use sohoa::qr::Correction;
use sohoa::qr::make::Symbol;
use sohoa::track::payload::{self, Begins, Side};

use crate::office::{Desk, Run, slip, tiff};
use crate::pdfa::sheet::{Sheet, font};

/// A separator sheet of the archive's agency.
fn separator(
    begins: Begins,
    code: Option<&str>,
    counts: [Option<u32>; 2],
) -> payload::Sheet {
    payload::Sheet {
        begins,
        dossier: code.map(|code| code.parse().unwrap()),
        serial: 0,
        documents: counts[0],
        pages: counts[1],
        side: Side::Front,
    }
}

/// A sheet of paper with a symbol on it, modules of half a millimetre.
fn with_symbol(mut sheet: Sheet, payload: &str, at: (u32, u32)) -> Sheet {
    let symbol = Symbol::of(payload.as_bytes(), Correction::M).unwrap();
    let module = 4;
    for y in 0..symbol.side * module {
        for x in 0..symbol.side * module {
            if symbol.is_dark(x / module, y / module) {
                let place = (at.1 + y) * sheet.width + at.0 + x;
                sheet.ink[place as usize] = 1;
            }
        }
    }
    sheet
}

/// A printed separator sheet.
fn sheet_of(sheet: &payload::Sheet) -> Sheet {
    with_symbol(Sheet::new(105.0, 74.0, 200.0), &sheet.payload(), (300, 200))
}

/// The files of an outcome's documents with their dossiers and pages.
fn parts(document: &Value) -> Vec<(String, [u64; 2])> {
    let part = |part: &Value| {
        let pages = [0, 1].map(|at| part["pages"][at].as_u64().unwrap());
        (part["dossier"].as_str().unwrap().to_owned(), pages)
    };
    document["documents"].as_array().unwrap().iter().map(part).collect()
}

fn codes_of(document: &Value) -> Vec<&str> {
    let findings = document["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

/// Skips a test that typesets where the face is not installed.
macro_rules! needs_font {
    () => {
        if font().is_none() {
            println!("skipped: the font Tinos (fonts-croscore) is not installed");
            return;
        }
    };
}

#[test]
fn a_stack_is_split_at_its_sheets_and_no_page_is_lost() {
    needs_font!();
    let desk = Desk::new("stack");
    let archive = desk.archive();
    let first =
        separator(Begins::Dossier, Some("H32.18-260716-0007"), [Some(2), Some(3)]);
    let back = payload::Sheet { side: Side::Back, ..first.clone() };
    let between = separator(Begins::Document, None, [None, Some(1)]);
    let second = separator(Begins::Dossier, None, [None, Some(5)]);
    let papers = ["Đơn đề nghị cấp", "giấy xác nhận", "Bản sao căn cước", "Tờ khai"];
    let papers = papers.map(|line| slip(&[line, "phường Nam Nha Trang", line]));
    let stack = tiff(&[
        &sheet_of(&first),
        &sheet_of(&back),
        &papers[0],
        &papers[1],
        &sheet_of(&between),
        &papers[2],
        &sheet_of(&second),
        &papers[3],
    ]);
    desk.put("stack.tif", &stack);
    let run = desk.ingest(&["stack.tif"]);
    let [document] = &run.documents()[..] else { panic!("{}", run.stdout) };
    let [one, two, three] = &parts(document)[..] else { panic!("{document}") };
    assert_eq!(*one, ("H32.18-260716-0007".to_owned(), [1, 4]));
    assert_eq!(*two, ("H32.18-260716-0007".to_owned(), [5, 6]));
    assert_eq!(three.1, [7, 8]);
    assert_ne!(three.0, one.0, "a sheet without a code begins a new dossier");
    // The second sheet announces five pages and one came: a person is asked.
    assert_eq!(document["status"], "needs_person");
    assert!(codes_of(document).contains(&"sheet.pages-differ"), "{document}");
    assert!(codes_of(document).contains(&"code.unknown"), "{document}");
    assert_eq!(run.summary()["needs_person"], 1);
    // Every page is in a document or a companion, once.
    let mut pages = Vec::new();
    for (folder, record) in archive.documents() {
        let all = record["record"]["pages"].as_array().unwrap();
        let sheets = all.iter().filter(|page| page["place"] == "sheet").count();
        let companions = record["companions"].as_array().unwrap();
        let aside = companions[0]["file"].as_str().unwrap();
        assert!(aside.ends_with(".phan-cach.pdf"), "{aside}");
        let count = |file: &str| {
            lopdf::Document::load(folder.join(file)).unwrap().get_pages().len()
        };
        assert_eq!(count(aside), sheets);
        assert_eq!(count(record["file"].as_str().unwrap()), all.len() - sheets);
        assert_eq!(record["PageAmount"], all.len() - sheets);
        pages.extend(all.iter().map(|page| page["number"].as_u64().unwrap()));
    }
    pages.sort_unstable();
    assert_eq!(pages, [1, 2, 3, 4, 5, 6, 7, 8]);
    let again = desk.ingest(&["stack.tif"]);
    assert_eq!(again.statuses(), ["already_filed"], "{}", again.stdout);
    let check = Run::of(desk.sohoa().args(["archive", "check", "--archive", "kho"]));
    assert_eq!(check.code, Some(0), "{}{}", check.stdout, check.stderr);
}

#[test]
fn a_tracking_code_files_its_paper_and_foreign_codes_do_not() {
    needs_font!();
    let desk = Desk::new("track");
    desk.archive();
    let paper = |payload: &str, line: &str| {
        tiff(&[&with_symbol(slip(&[line]), payload, (480, 260))])
    };
    desk.put("a.tif", &paper("H32.18-260715-0003", "Phiếu một"));
    desk.put("b.tif", &paper("000.00.18.H32-260715-0003", "Phiếu hai"));
    desk.put("c.tif", &paper("https://example.vn/H32.18-260715-0003", "Phiếu ba"));
    desk.put("d.tif", &paper("H99.18-260715-0003", "Phiếu bốn"));
    let card = "056090000123||NGUYỄN VĂN A|01011990|Nam|Tổ 1, Khánh Hòa|15042021";
    desk.put("e.tif", &paper(card, "Phiếu năm"));
    let run = desk.ingest(&["a.tif", "b.tif", "c.tif", "d.tif", "e.tif"]);
    let documents = run.documents();
    let dossiers: Vec<_> =
        documents.iter().map(|d| d["dossier"].as_str().unwrap()).collect();
    assert_eq!(
        dossiers[..2],
        ["H32.18-260715-0003"; 2],
        "both spellings are one dossier"
    );
    assert!(dossiers[2..].iter().all(|code| code.contains("-260716-")), "{dossiers:?}");
    assert!(codes_of(&documents[3]).contains(&"code.foreign"), "{}", documents[3]);
    assert!(!run.stdout.contains("056090000123"), "no personal data is told");
    let kept = crate::office::contents(&desk.path("kho"));
    let leaks = kept
        .iter()
        .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("056090000123"));
    assert_eq!(leaks.count(), 0, "no record holds personal data from a code");
}

#[test]
fn the_offices_own_sheets_split_too_and_sheets_alone_are_no_document() {
    needs_font!();
    let desk = Desk::new("own");
    desk.archive();
    let own = with_symbol(Sheet::new(105.0, 74.0, 200.0), "NGAN CACH", (300, 200));
    let papers = ["Tờ trình", "Biên bản"].map(|line| slip(&[line, "phường X"]));
    desk.put("own.tif", &tiff(&[&papers[0], &own, &own, &papers[1]]));
    desk.put("alone.tif", &tiff(&[&own, &own]));
    let run = desk.ingest(&["own.tif", "alone.tif", "--separator", "NGAN CACH"]);
    let documents = run.documents();
    let spans: Vec<_> = parts(&documents[0]).into_iter().map(|part| part.1).collect();
    assert_eq!(spans, [[1, 1], [2, 4]], "two of the same sheet are one split");
    assert_eq!(documents[1]["status"], "quarantined");
    assert!(codes_of(&documents[1]).contains(&"stack.only-sheets"));
}

#[test]
fn every_code_of_a_file_is_told_with_its_place() {
    let desk = Desk::new("qr-read");
    let sheet =
        with_symbol(Sheet::new(105.0, 74.0, 200.0), "H32.18-260716-0001", (200, 100));
    desk.put("a.tif", &tiff(&[&sheet, &Sheet::new(105.0, 74.0, 200.0)]));
    let run = Run::of(desk.sohoa().args(["qr", "read", "a.tif", "--json"]));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    let [code] = &answer["files"][0]["codes"].as_array().unwrap()[..] else {
        panic!("{answer}")
    };
    assert_eq!((&code["kind"], &code["page"]), (&"dossier".into(), &1.into()));
    // Pixel 200, 100 at 200 dpi, 21 modules of four pixels.
    let side = 21.0 * 4.0 / 200.0 * 25.4;
    let expected = [(25.4, 12.7), (25.4 + side, 12.7 + side)];
    for (corner, (x, y)) in [(0, expected[0]), (2, expected[1])] {
        let at = |axis: usize| code["corners_mm"][corner][axis].as_f64().unwrap();
        assert!((at(0) - x).abs() < 0.4 && (at(1) - y).abs() < 0.4, "{code}");
    }
    desk.put("none.tif", &tiff(&[&Sheet::new(105.0, 74.0, 200.0)]));
    let run = Run::of(desk.sohoa().args(["qr", "read", "none.tif"]));
    assert_eq!(run.code, Some(1), "no code found");
    desk.put("torn.pdf", b"%PDF-1.4 torn");
    let run = Run::of(desk.sohoa().args(["qr", "read", "a.tif", "torn.pdf", "gone.tif"]));
    assert_eq!(run.code, Some(2), "a file that cannot be read is trouble");
    assert!(run.stdout.contains("H32.18-260716-0001"), "what can be read is told");
}
