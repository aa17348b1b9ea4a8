//! Tracking codes from outside: stacks split at their sheets, codes read,
//! given out, printed and stamped by the built program.
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use std::fmt::Write as _;

use serde_json::Value;
use sohoa::qr::Correction;
use sohoa::qr::make::Symbol;
use sohoa::track::payload::{self, Begins, Side};

use crate::authority::{Office, crl};
use crate::office::{Desk, Run, slip, tiff};
use crate::pdfa::judges::{conformance, readings, structure};
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
pub(crate) fn sheet_of(sheet: &payload::Sheet) -> Sheet {
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
pub(crate) use needs_font;

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

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|_none| unreachable!("{run:?}"))
}

fn run(desk: &Desk, line: &str) -> Run {
    Run::of(desk.sohoa().arg("qr").args(line.split_whitespace()))
}

/// The kinds of the codes of a file.
fn kinds(desk: &Desk, file: &str) -> Vec<String> {
    let read = json(&run(desk, &format!("read {file} --json")));
    let codes = read["files"][0]["codes"].as_array().unwrap().clone();
    codes.iter().map(|code| code["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn no_code_is_given_out_twice_however_many_ask_at_once() {
    let desk = Desk::new("codes");
    desk.archive();
    let line = "code --archive kho --procedure 2.000815 --count 4 --json";
    let children: Vec<_> = (0..5)
        .map(|_| {
            let mut program = desk.sohoa();
            program.arg("qr").args(line.split(' ')).stdout(std::process::Stdio::piped());
            program.stderr(std::process::Stdio::null()).spawn().unwrap()
        })
        .collect();
    let mut codes = Vec::new();
    for child in children {
        let answer = json(&Run::from(child.wait_with_output().unwrap()));
        for given in answer["codes"].as_array().unwrap() {
            // Received on 16 July 2026 at 10:13, before 15:00.
            assert_eq!(given["due"], "2026-07-16T17:00:00+07:00");
            codes.push(given["code"].as_str().unwrap().to_owned());
        }
    }
    codes.sort();
    let expected: Vec<_> = (1..=20).map(|n| format!("H32.18-260716-{n:04}")).collect();
    assert_eq!(codes, expected);
    let check = Run::of(desk.sohoa().args(["archive", "check", "--archive", "kho"]));
    assert_eq!(check.code, Some(0), "{}{}", check.stdout, check.stderr);
    let checked = run(&desk, "code 000.00.18.h32-260716-0003 --archive kho --json");
    let checked = &json(&checked)["codes"][0];
    assert_eq!(checked["code"], "H32.18-260716-0003");
    assert_eq!((&checked["known"], &checked["number"]), (&true.into(), &3.into()));
    assert_eq!(run(&desk, "code H32.18-260230-0001").code, Some(1), "no such day");
    assert_eq!(run(&desk, "code H32.18-260716-0999 --archive kho").code, Some(1));
    let late = run(&desk, "code --archive kho --procedure 2.000815 --received 9:99");
    assert_eq!(late.code, Some(2));
    assert_eq!(run(&desk, "code --archive kho --procedure 1.999999").code, Some(2));
}

#[test]
fn a_dossier_moves_from_state_to_state_by_the_rules() {
    let desk = Desk::new("states");
    let archive = desk.archive();
    let code = "H32.18-260716-0001";
    assert_eq!(run(&desk, "code --archive kho --days 3").code, Some(0));
    let set = |state: &str| {
        let field = format!("TrangThai={state}");
        let line = ["archive", "set", code, &field, "--archive", "kho"];
        Run::of(desk.sohoa().args(line)).code
    };
    let state = || archive.dossiers()[0].1["TrangThai"].as_str().unwrap().to_owned();
    assert_eq!(state(), "Tiếp nhận");
    assert_eq!(set("dang xu ly"), Some(0));
    assert_eq!(state(), "Đang xử lý");
    assert_eq!(set("Đã trả kết quả"), Some(2), "there is no result yet");
    assert_eq!(set("không có"), Some(2));
    assert_eq!(state(), "Đang xử lý");
    for next in ["bổ sung", "xử lý", "xong", "Đã trả kết quả"] {
        assert_eq!(set(next), Some(0), "{next}");
    }
    assert_eq!(set("Đang xử lý"), Some(2), "what is handed over does not come back");
}

#[test]
fn what_is_printed_is_read_back_and_judged_sound() {
    needs_font!();
    let desk = Desk::new("print");
    desk.archive();
    assert_eq!(run(&desk, "code --archive kho --days 5").code, Some(0));
    let code = "H32.18-260716-0001";
    let sheet = format!("sheet {code} --documents 3 --pages 14 -o to.pdf");
    assert_eq!(run(&desk, &sheet).code, Some(0));
    assert_eq!(
        kinds(&desk, "to.pdf"),
        ["sheet"; 3],
        "one stain does not reach all three"
    );
    assert_eq!(run(&desk, &sheet).code, Some(2), "nothing is replaced unasked");
    assert_eq!(run(&desk, "sheet --calibration -o test.pdf").code, Some(0));
    let tested = run(&desk, "selftest test.pdf --json");
    assert_eq!(tested.code, Some(0), "{tested:?}");
    let tested = json(&tested);
    assert!((tested["dpi"][0].as_f64().unwrap() - 300.0).abs() < 1.0, "{tested}");
    assert!(tested["skew_degrees"].as_f64().unwrap().abs() < 0.1, "{tested}");
    let label = run(&desk, &format!("sheet {code} {code} --labels 3x8 -o nhan.pdf"));
    assert_eq!(label.code, Some(0), "{}", label.stderr);
    assert_eq!(kinds(&desk, "nhan.pdf"), ["dossier"; 2]);
    let data = "{\"nguoi_nop\": \"Trần Thị Bưởi\", \"dien_thoai\": \"0900000000\",\
                \"thanh_phan\": [{\"ten\": \"Tờ khai\", \"loai\": \"bản chính\", \"so_luong\": 1}]}";
    desk.put("data.json", data.as_bytes());
    for paper in ["a4", "a5"] {
        let line = format!(
            "slip {code} --archive kho --data data.json --paper {paper} -o {paper}.pdf"
        );
        let slip = run(&desk, &line);
        assert_eq!(slip.code, Some(0), "{}", slip.stderr);
        let pdf = desk.path(&format!("{paper}.pdf"));
        if paper == "a5" {
            assert_eq!(kinds(&desk, "a5.pdf"), ["dossier"; 2], "two copies");
            continue;
        }
        assert!(structure(&pdf).is_none_or(|said| said.is_empty()));
        assert!(
            conformance(&pdf).is_none_or(|verdict| verdict.trim() == "PDF/A-2b: pass")
        );
        for reading in readings(&pdf) {
            let text = reading.pages.concat();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for part in ["Trần Thị Bưởi", code, "HẸN TRẢ KẾT QUẢ", "17 giờ 00 phút"]
            {
                assert!(text.contains(part), "{} reads {text}", reading.judge);
            }
        }
    }
    let leaks = crate::office::contents(&desk.path("kho"))
        .into_iter()
        .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("Bưởi"));
    assert_eq!(leaks.count(), 0, "what a person says at the counter is not kept");
    desk.put("bad.json", b"{\"ho_ten\": 1}");
    let bad = run(&desk, &format!("slip {code} --archive kho --data bad.json -o b.pdf"));
    assert_eq!(bad.code, Some(2));
    assert_eq!(
        run(&desk, "slip H32.18-260716-0099 --archive kho -o c.pdf").code,
        Some(2)
    );
}

/// A page with a line of text, turned, cropped or in a unit of its own.
fn page_with(attributes: &str) -> Vec<u8> {
    let plain = crate::office::typed_pdf("Don de nghi");
    let text = String::from_utf8(plain).unwrap();
    let boxed = "/MediaBox[0 0 300 200]";
    let text = text.replace(boxed, attributes);
    // The table of objects follows the new lengths.
    let place = |number: usize| text.find(&format!("{number} 0 obj")).unwrap();
    let start = text.find("xref\n").unwrap();
    let mut table = "xref\n0 6\n0000000000 65535 f \n".to_owned();
    for number in 1..6 {
        writeln!(table, "{:010} 00000 n ", place(number)).unwrap();
    }
    let trailer = format!("trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    let (objects, _) = text.split_at(start);
    [objects, &table, &trailer].concat().into_bytes()
}

#[test]
fn a_stamp_finds_clear_paper_on_any_page_and_leaves_the_file_as_it_was() {
    let desk = Desk::new("stamp");
    for (name, attributes) in [
        ("plain", "/MediaBox[0 0 300 200]"),
        ("turned", "/MediaBox[0 0 300 200]/Rotate 90"),
        ("cropped", "/MediaBox[-50 -40 550 460]/CropBox[10 20 310 220]"),
        ("unit", "/MediaBox[0 0 150 170]/UserUnit 2"),
    ] {
        let before = page_with(attributes);
        let file = desk.put(&format!("{name}.pdf"), &before);
        let line = format!(
            "stamp {name}.pdf -o {name}-ma.pdf --payload MA-THU --size 15mm --json"
        );
        let stamped = run(&desk, &line);
        assert_eq!(stamped.code, Some(0), "{name}: {stamped:?}");
        let told = json(&stamped)["files"][0]["stamps"][0].clone();
        let after = std::fs::read(desk.path(&format!("{name}-ma.pdf"))).unwrap();
        assert!(after.starts_with(&before), "{name}: an update is appended");
        let out = desk.path(&format!("{name}-ma.pdf"));
        assert!(structure(&out).is_none_or(|said| said.is_empty()), "{name}");
        let read = json(&run(&desk, &format!("read {name}-ma.pdf --json")));
        let code = read["files"][0]["codes"][0].clone();
        assert_eq!(code["payload"], "MA-THU", "{name}");
        let near = |axis: usize, side: &str| {
            let (found, said) = (&code["corners_mm"][0][axis], &told[side]);
            (found.as_f64().unwrap() - said.as_f64().unwrap()).abs() < 0.6
        };
        assert!(near(0, "left_mm") && near(1, "top_mm"), "{name}: {told} {code}");
        assert!((code["side_mm"].as_f64().unwrap() - 15.0).abs() < 0.5, "{name}: {code}");
        assert!(code["turn_degrees"].as_f64().unwrap().abs() < 1.0, "{name}: upright");
        assert!(file.exists());
    }
    let refused = |line: &str| run(&desk, line).code;
    assert_eq!(
        refused("stamp plain.pdf -o a.pdf --payload x --size 90mm"),
        Some(1),
        "no room"
    );
    assert_eq!(
        refused("stamp plain.pdf -o a.pdf --payload x --size 8mm"),
        Some(2),
        "too small"
    );
    assert_eq!(
        refused("stamp plain.pdf -o a.pdf --payload 056090000123"),
        Some(2),
        "personal"
    );
    assert_eq!(refused("stamp plain.pdf -o plain.pdf --payload x"), Some(2), "itself");
    let batch = "stamp plain.pdf turned.pdf gone.pdf --into . --payload x --size 15mm";
    std::fs::create_dir(desk.path("da-dong")).unwrap();
    assert_eq!(
        refused(&batch.replace("--into .", "--into da-dong")),
        Some(2),
        "one is gone"
    );
    assert!(desk.path("da-dong/turned.pdf").exists(), "the others were stamped");
    assert!(!desk.path("a.pdf").exists(), "what was refused left nothing");
}

#[test]
fn each_file_of_a_batch_gets_the_code_its_table_says() {
    let desk = Desk::new("stamp-codes");
    desk.put("plain.pdf", &page_with("/MediaBox[0 0 300 200]"));
    desk.put("unit.pdf", &page_with("/MediaBox[0 0 150 170]/UserUnit 2"));
    // A table that does not fit stamps nothing.
    let line = "stamp plain.pdf unit.pdf --into rieng --codes ma.csv --size 15mm";
    for (table, exit) in [
        ("plain.pdf,H32.18-260716-0001\n", 2),
        (
            "plain.pdf,H32.18-260716-0001\nunit.pdf,H32.18-260716-0002\nx.pdf,H32.18-260716-0003",
            2,
        ),
        ("tệp,mã\nunit.pdf,H32.18-260716-0002\nplain.pdf,H32.18-260716-0001\n", 0),
    ] {
        desk.put("ma.csv", table.as_bytes());
        std::fs::create_dir_all(desk.path("rieng")).unwrap();
        assert_eq!(std::fs::read_dir(desk.path("rieng")).unwrap().count(), 0, "{table}");
        assert_eq!(run(&desk, line).code, Some(exit), "{table}");
    }
    for (name, code) in [("plain", "0001"), ("unit", "0002")] {
        let read = json(&run(&desk, &format!("read rieng/{name}.pdf --json")));
        let said = &read["files"][0]["codes"][0]["payload"];
        assert_eq!(*said, format!("H32.18-260716-{code}"), "{name}");
    }
}

#[test]
fn a_signed_file_is_not_stamped() {
    let corpus = std::env::var("SOHOA_CORPUS").unwrap_or("../shared/corpus".to_owned());
    let file = std::path::Path::new(&corpus).join("signed/B-LT.pdf");
    let Ok(bytes) = std::fs::read(file) else {
        println!("skipped: the corpus is not there");
        return;
    };
    let desk = Desk::new("stamp-signed");
    desk.put("signed.pdf", &bytes);
    let stamped = run(&desk, "stamp signed.pdf -o out.pdf --payload MA-THU");
    assert_eq!(stamped.code, Some(1), "{stamped:?}");
    assert!(!desk.path("out.pdf").exists());
}

/// A key of the tests' offices.
fn office_key(name: &str) -> Vec<u8> {
    std::fs::read(format!("tests/fixtures/pki/keys/{name}.pem")).unwrap()
}

/// A desk with an original, the keys of an office, and certificates one by one
/// and in a folder of trust.
fn sealing_desk(name: &str) -> Desk {
    let (desk, office) = (Desk::new(name), Office::new());
    desk.put("goc.pdf", &page_with("/MediaBox[0 0 400 300]"));
    for (key, certificate) in
        [("signer-p256", &office.signer_p256), ("signer", &office.signer)]
    {
        let (secret, certificate) = (office_key(key), crate::sign::pem(certificate));
        desk.put(&format!("{key}.pem"), &secret);
        desk.put(&format!("{key}-cert.pem"), certificate.as_bytes());
        let both = [secret, certificate.clone().into_bytes()].concat();
        desk.put(&format!("{key}-both.pem"), &both);
        desk.put(&format!("tin/certs/{key}.pem"), certificate.as_bytes());
    }
    desk.put("tin/root.cer", office.root.der());
    desk.put("tin/certs/issuing.cer", office.issuing.der());
    desk
}

/// How a sealed code ends, its seal and its dossier.
fn unsealed(desk: &Desk, flags: &str) -> (i32, Value, Value) {
    let run = run(desk, &format!("read dong.pdf --json {flags}"));
    let code = json(&run)["files"][0]["codes"][0].clone();
    assert_eq!(code["kind"], "sealed", "{run:?}");
    assert!(code["version"].as_u64().unwrap() <= 12, "{code}");
    (run.code.unwrap(), code["seal"].clone(), code["dossier"].clone())
}

#[test]
fn both_forms_of_the_code_take_their_numbers_from_one_series() {
    let desk = Desk::new("code-forms");
    let archive = desk.archive();
    let toml = archive.0.join("sohoa.toml");
    let settings = std::fs::read_to_string(&toml).unwrap();
    let mut given = Vec::new();
    for form in ["new", "old", "new", "old"] {
        let wanted =
            settings.replace("scheme = \"new\"", &format!("scheme = \"{form}\""));
        std::fs::write(&toml, wanted).unwrap();
        let code = run(&desk, "code --archive kho");
        assert_eq!(code.code, Some(0), "{code:?}");
        given.push(code.stdout.lines().next().unwrap().to_owned());
    }
    for (code, form) in given.iter().zip([
        "H32.18-260716-0001",
        "000.00.18.H32-260716-0002",
        "H32.18-260716-0003",
        "000.00.18.H32-260716-0004",
    ]) {
        assert!(code.contains(form), "{code}: {form}");
    }
}

#[test]
fn a_sealed_code_proves_a_copy_and_a_forged_one_is_told() {
    let desk = sealing_desk("seal");
    desk.put("gia.pdf", &page_with("/MediaBox[0 0 401 300]"));
    let line = "stamp goc.pdf -o dong.pdf --code H32.18-260716-0001 --seal";
    let stamped = run(&desk, &format!("{line} signer-p256.pem"));
    assert_eq!(stamped.code, Some(0), "{stamped:?}");
    let read = |flags: &str| unsealed(&desk, flags);
    let (exit, seal, dossier) = read("--trust signer-p256-cert.pem --against goc.pdf");
    assert_eq!((exit, &seal["state"]), (0, &"sound".into()), "{seal}");
    assert_eq!((&seal["is_original"], &seal["pages"]), (&true.into(), &1.into()));
    assert_eq!(
        (&seal["issuer"], &dossier),
        (&"H32.18".into(), &"H32.18-260716-0001".into())
    );
    let (exit, seal, _) = read("--trust signer-p256-cert.pem --against gia.pdf");
    assert_eq!((exit, &seal["is_original"]), (1, &false.into()));
    let (exit, seal, _) = read("--trust signer-cert.pem");
    assert_eq!((exit, &seal["state"]), (3, &"unknown_key".into()), "undecided");
    let (exit, seal, _) = read("");
    assert_eq!((exit, &seal["state"]), (0, &"unchecked".into()));
    assert_eq!(run(&desk, "read dong.pdf --trust goc.pdf").code, Some(2), "no key in it");
}

#[test]
fn a_seal_of_rsa_is_believed_as_far_as_its_certificate_chains_to_the_trust() {
    let desk = sealing_desk("seal-chain");
    let office = Office::new();
    let line = "stamp goc.pdf -o dong.pdf --code H32.18-260716-0001 --seal";
    let stamped = run(&desk, &format!("{line} signer-both.pem"));
    assert_eq!(stamped.code, Some(0), "{stamped:?}");
    let (exit, seal, _) = unsealed(&desk, "--trust signer-cert.pem");
    assert_eq!((exit, &seal["state"]), (0, &"sound".into()), "{seal}");
    // Nobody knows whether the certificate is revoked.
    let (exit, seal, _) = unsealed(&desk, "--trust tin");
    assert_eq!((exit, &seal["state"]), (3, &"revocation_unknown".into()), "{seal}");
    let times = ("20260715000000Z", "20260801000000Z");
    desk.put("tin/crls/root.crl", crl("Root", &office.root_key, times, &[]).der());
    desk.put("tin/crls/ca.crl", crl("CA", &office.issuing_key, times, &[]).der());
    let (exit, seal, _) = unsealed(&desk, "--trust tin");
    assert_eq!((exit, &seal["state"]), (0, &"sound".into()), "{seal}");
    assert!(seal["signer"].is_string(), "{seal}");
    std::fs::remove_file(desk.path("tin/root.cer")).unwrap();
    let (exit, seal, _) = unsealed(&desk, "--trust tin");
    assert_eq!((exit, &seal["state"]), (3, &"no_chain".into()), "{seal}");
}

#[test]
fn anybody_sees_the_state_and_only_the_secret_unlocks_more() {
    let desk = Desk::new("status");
    let archive = desk.archive();
    let code = "H32.18-260716-0001";
    assert_eq!(run(&desk, "code --archive kho --days 3").code, Some(0));
    let name = ["archive", "set", code, "Title=Hồ sơ của Bưởi", "--archive", "kho"];
    assert_eq!(Run::of(desk.sohoa().args(name)).code, Some(0));
    let status = run(&desk, &format!("status {code} --archive kho --json"));
    let told = json(&status);
    assert_eq!((&told["state"], &told["late"]), (&"Tiếp nhận".into(), &false.into()));
    assert_eq!(told["due"], "2026-07-21T17:00:00+07:00");
    assert!(told.get("particulars").is_none() && !status.stdout.contains("Bưởi"));
    let wrong = run(&desk, &format!("status {code} --archive kho --secret ZZZZ"));
    assert_eq!(wrong.code, Some(1));
    let key: [u8; 32] =
        std::fs::read(desk.path("kho/tra-cuu.khoa")).unwrap().try_into().unwrap();
    let secret = sohoa::track::secret::look_up(&key, &code.parse().unwrap());
    let right =
        run(&desk, &format!("status {code} --archive kho --secret {secret} --json"));
    assert_eq!(json(&right)["particulars"]["missing"][0], "MaTTHC");
    let publish = run(&desk, "publish web --archive kho --json");
    assert_eq!(json(&publish)["written"], 1, "{publish:?}");
    let again = json(&run(&desk, "publish web --archive kho --json"));
    assert_eq!((&again["pages"], &again["written"]), (&1.into(), &0.into()));
    let page = sohoa::track::secret::page(&key, &code.parse().unwrap());
    let html = std::fs::read_to_string(desk.path(&format!("web/{page}.html"))).unwrap();
    assert!(html.contains(code) && html.contains("21/07/2026") && !html.contains("Bưởi"));
    // The page of a dossier that is gone goes, and nothing else.
    let gone = "H32.18-260716-0099";
    let left = html.replace(code, gone);
    let of_gone = sohoa::track::secret::page(&key, &gone.parse().unwrap());
    desk.put(&format!("web/{of_gone}.html"), left.as_bytes());
    desk.put("web/index.html", left.as_bytes());
    desk.put(&format!("web/{}.html", of_gone.to_uppercase()), left.as_bytes());
    let swept = json(&run(&desk, "publish web --archive kho --json"));
    assert_eq!((&swept["pages"], &swept["removed"]), (&1.into(), &1.into()), "{swept}");
    assert!(!desk.path(&format!("web/{of_gone}.html")).exists());
    assert!(desk.path("web/index.html").exists());
    assert_eq!(std::fs::read_dir(desk.path("web")).unwrap().count(), 3);
    assert_eq!(
        run(&desk, "publish kho/web --archive kho").code,
        Some(2),
        "inside the archive"
    );
    assert_eq!(run(&desk, "status H32.18-260716-0009 --archive kho").code, Some(2));
    assert_eq!(archive.dossiers().len(), 1);
}
