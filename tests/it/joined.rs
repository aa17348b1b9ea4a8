//! The papers of a dossier as one PDF: what outside judges say of it, what it must not
//! claim, and what it must not lose.
use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;

use lopdf::Document;
use serde_json::Value;
use sohoa::cos::Source;
use sohoa::cos::join::{Joining, Part, Unfit};
use sohoa::digest::Digest;
use sohoa::pdfa::About;
use sohoa::time::Timestamp;

use crate::office::{Desk, EPOCH, Run, tiff, typed_pdf};
use crate::pdfa::judges;
use crate::pdfa::sheet::Sheet;
use crate::sign::Bureau;

/// A scan of a page of A4; others have other numbers on them.
fn scan(number: u32) -> Vec<u8> {
    let mut sheet = Sheet::new(210.0, 297.0, 150.0);
    let lines = ["UBND PHƯỜNG X".to_owned(), format!("Số: {number}/TB-UBND")];
    for (line, y) in lines.iter().zip([100.0, 140.0]) {
        sheet.line(line, 100.0, y, 14.0);
    }
    tiff(&[&sheet])
}

fn export(desk: &Desk, line: &[&str]) -> Value {
    let line = [&["archive", "export", "--archive", "kho", "--json"], line].concat();
    let run = Run::of(desk.sohoa().args(line));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn scans_join_to_a_file_that_judges_find_to_be_pdfa() {
    let bureau = Bureau::new("join-scans");
    let desk = &bureau.desk;
    drop(desk.archive());
    for number in 0..3 {
        desk.put(&format!("ho-so/{number}.tif"), &scan(number));
    }
    let run = desk.ingest(&["ho-so"]);
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.stderr);
    let answer = export(desk, &["--from", "16/07/2026", "-o", "mot.pdf"]);
    assert_eq!(
        (&answer["pdfa"], &answer["files"]),
        (&true.into(), &3.into()),
        "{answer}"
    );
    // Signed papers with a seal to be seen join as well: what is seen stays.
    let signed = bureau.sign(&["kho", "--in-place", "--as", "officer"]);
    assert_eq!(signed.code, Some(0), "{}{}", signed.stdout, signed.stderr);
    let answer = export(desk, &["--from", "16/07/2026", "-o", "ky.pdf"]);
    assert_eq!(answer["pdfa"], true, "{answer}");
    let whole = Document::load(desk.path("ky.pdf")).unwrap();
    let stamps = whole.objects.values().filter_map(|object| object.as_dict().ok());
    let is = |dict: &lopdf::Dictionary, kind: &[u8]| {
        dict.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|it| it == kind)
    };
    let stamps: Vec<_> = stamps.filter(|dict| is(dict, b"Stamp")).collect();
    assert_eq!(stamps.len(), 3);
    assert!(
        !whole
            .objects
            .values()
            .any(|object| { object.as_dict().is_ok_and(|dict| is(dict, b"Widget")) })
    );
    for name in ["mot.pdf", "ky.pdf"] {
        let path = desk.path(name);
        assert_eq!(Document::load(&path).unwrap().get_pages().len(), 3);
        if let Some(said) = judges::structure(&path) {
            assert_eq!(said, "", "{name}");
        }
        if let Some(said) = judges::conformance(&path) {
            assert!(said.trim().ends_with("pass"), "{name}: {said}");
        }
    }
}

#[test]
fn a_paper_that_is_no_pdfa_is_named_and_nothing_is_claimed() {
    let desk = Desk::new("join-mixed");
    drop(desk.archive());
    desk.put("ho-so/1.tif", &scan(1));
    desk.put("ho-so/2.pdf", &typed_pdf("Don"));
    let run = desk.ingest(&["ho-so"]);
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.stderr);
    let answer = export(&desk, &["--from", "16/07/2026", "-o", "mot.pdf"]);
    assert_eq!(answer["pdfa"], false, "{answer}");
    assert_eq!(answer["not_pdfa"].as_array().unwrap().len(), 1, "{answer}");
    let bytes = fs::read(desk.path("mot.pdf")).unwrap();
    let claims = |bytes: &[u8]| bytes.windows(7).any(|part| part == b"pdfaid:");
    assert!(!claims(&bytes));
    let line = ["archive", "export", "--archive", "kho", "--from", "16/07/2026"];
    let run = Run::of(desk.sohoa().args(line).args(["-o", "hai.pdf"]));
    assert!(run.stderr.contains("không khai là PDF/A-2"), "{}", run.stderr);
    assert!(run.stderr.contains("không phải PDF/A"), "{}", run.stderr);
}

/// A PDF of these objects, the first of which is the catalogue.
fn made(objects: &[&str]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (object, number) in objects.iter().zip(1..) {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = file.len();
    let size = objects.len() + 1;
    let end =
        format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    file.extend((table + &end).bytes());
    file
}

/// These files as one, with what became of each.
fn join(parts: &[Vec<u8>]) -> (Document, Vec<Part>, bool) {
    let mut joining = Joining::begin(Cursor::new(Vec::new())).unwrap();
    let became = parts
        .iter()
        .zip(1..)
        .map(|(part, number)| {
            joining.add(&format!("Phần {number}"), Source::held(part.clone())).unwrap()
        })
        .collect();
    let now = Timestamp::from_unix(EPOCH.parse().unwrap()).unwrap();
    let (out, is_pdfa) = joining.finish(&About::new("x", now, Digest::of(b"x"))).unwrap();
    (Document::load_mem(&out.into_inner()).unwrap(), became, is_pdfa)
}

#[test]
fn layers_that_are_off_stay_off_and_nothing_leads_out_of_the_file() {
    let layered = made(&[
        "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R 6 0 R]\
         /D<</BaseState/OFF/ON[6 0 R]>>>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 90 90]/Rotate 90>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/AA<</O<</S/JavaScript/JS(app.alert)>>>>\
         /Resources<</Properties<</A 5 0 R/B 6 0 R>>>>/Annots[7 0 R 8 0 R 9 0 R]>>",
        // A length that is wrong is mended, and told.
        "<</Length 5>>stream\n/OC/A BDC 0 0 9 9 re f EMC\nendstream",
        "<</Type/OCG/Name(an)>>",
        "<</Type/OCG/Name(hien)>>",
        "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(rm)>>/Border[0 0 0]>>",
        "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D[3 0 R/Fit]>>/P 3 0 R>>",
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(x)/Rect[0 0 0 0]/V 4 0 R>>",
    ]);
    let (whole, became, is_pdfa) = join(&[typed_pdf("a"), layered]);
    assert!(matches!(
        became[..],
        [Part::Taken(Some(Unfit::NoClaim)), Part::Taken(Some(Unfit::Damaged))]
    ));
    assert!(!is_pdfa);
    let catalog = whole.catalog().unwrap();
    let layers = catalog.get(b"OCProperties").unwrap().as_dict().unwrap();
    let usual = layers.get(b"D").unwrap().as_dict().unwrap();
    let off = usual.get(b"OFF").unwrap().as_array().unwrap();
    assert_eq!(off.len(), 1);
    let dark = whole.get_dictionary(off[0].as_reference().unwrap()).unwrap();
    assert_eq!(dark.get(b"Name").unwrap().as_str().unwrap(), b"an");
    let pages = whole.get_pages();
    assert_eq!(pages.len(), 2);
    let page = whole.get_dictionary(pages[&2]).unwrap();
    assert_eq!(page.get(b"Rotate").unwrap().as_i64().unwrap(), 90, "inherited");
    assert!(!page.has(b"AA"));
    let content = whole.get_page_content(pages[&2]);
    assert!(String::from_utf8_lossy(&content).contains("re f EMC"));
    let notes = page.get(b"Annots").unwrap().as_array().unwrap();
    assert_eq!(notes.len(), 2, "a field that shows nothing stays behind");
    let note =
        |at: usize| whole.get_dictionary(notes[at].as_reference().unwrap()).unwrap();
    assert!(!note(0).has(b"A"), "nothing is launched");
    let there = note(1).get(b"A").unwrap().as_dict().unwrap();
    let there = there.get(b"D").unwrap().as_array().unwrap();
    assert_eq!(there[0].as_reference().unwrap(), pages[&2], "links lead to their page");
}

#[test]
fn a_part_that_may_have_lost_a_page_is_left_out_and_told() {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>";
    let catalog = "<</Type/Catalog/Pages 2 0 R>>";
    let whole = |pages: &str| made(&[catalog, pages, page]);
    for pages in [
        "<</Type/Pages/Kids[3 0 R]/Count 2>>",
        "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>",
        "<</Type/Pages/Kids[2 0 R]/Count 1>>",
        "<</Type/Pages/Kids[9 0 R]/Count 1>>",
        "<</Type/Pages/Kids[]/Count 0>>",
    ] {
        let (joined, became, _) = join(&[typed_pdf("a"), whole(pages)]);
        assert!(matches!(became[1], Part::LeftOut), "{pages}");
        assert_eq!(joined.get_pages().len(), 1, "{pages}");
    }
    let (_, became, _) = join(&[typed_pdf("a"), b"%PDF-1.7 no more".to_vec()]);
    assert!(matches!(became[1], Part::LeftOut));
}
