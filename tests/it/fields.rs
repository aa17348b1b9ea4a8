//! Fields from outside: what the register is told of scans, what a person is
//! asked, and the text other programs get.

#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::fs;
use std::process::Command;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use crate::ingest::examples;
use crate::office::{Desk, Kept, Run, tiff};
use crate::pdfa::sheet::{Sheet, font};

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
fn example_scans_are_filed_with_the_fields_a_register_has() {
    let answers = fs::read_to_string("examples/scans-answers/answers.jsonl").unwrap();
    let filed = examples();
    let mut compared = 0;
    for answer in answers.lines() {
        let answer: Value = serde_json::from_str(answer).unwrap();
        if answer["page"] != 1 || answer["fields"]["TypeName"].is_null() {
            continue;
        }
        let name = answer["file"].as_str().unwrap();
        let input = fs::canonicalize("examples/scans").unwrap().join(name);
        let (file, record) = filed.archive.document_of(&input);
        for field in ["TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName"]
        {
            let wanted = plain(&answer["fields"][field]);
            assert_eq!(plain(&record[field]), wanted, "{field} of {name}");
            compared += usize::from(!wanted.is_empty());
        }
        let evidence = &record["record"]["fields"]["TypeName"];
        assert!(evidence["confidence"].as_f64().unwrap() > 50.0, "{evidence}");
        // A letter has no title: its type is concluded from its layout.
        if evidence["place_mm"].is_null() {
            assert_eq!(record["TypeName"], "Công văn");
            continue;
        }
        let place: Vec<f64> = evidence["place_mm"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_f64)
            .collect();
        assert!(place[0] > 0.0 && place[2] < 210.0 && place[3] < 150.0, "{place:?}");
        let file = file.file_name().unwrap().to_str().unwrap();
        assert!(!file.contains("tai-lieu"), "the type names the file: {file}");
    }
    assert!(compared > 25, "{compared}");
}

/// An archive with a plan whose number was left open; `None` without the font.
pub(crate) fn open_number(desk: &Desk) -> Option<Kept> {
    if font().is_none() {
        println!("skipped: the font Tinos (fonts-croscore) is not installed");
        return None;
    }
    let kept = desk.archive();
    desk.put("ke-hoach.tif", &tiff(&[&plan()]));
    let run = desk.ingest(&["ke-hoach.tif"]);
    assert_eq!((run.code, run.statuses()), (Some(1), vec!["needs_person".to_owned()]));
    Some(kept)
}

#[test]
fn a_number_left_open_needs_a_person_who_is_shown_the_place() {
    let desk = Desk::new("open-number");
    let Some(kept) = open_number(&desk) else { return };
    let (_, record) = &kept.documents()[0];
    assert_eq!(record["file"], "data/001-ke-hoach.pdf");
    assert_eq!(
        (&record["CodeNumber"], &record["CodeNotation"]),
        (&Value::Null, &"KH-UBND".into())
    );
    assert_eq!(record["IssuedDate"], "2026-03-05");

    let review = |line: &[&str]| {
        let dir = kept.0.to_str().unwrap();
        Run::of(
            desk.sohoa()
                .args(["archive", "review", "--lang", "vi", "--archive", dir])
                .args(line),
        )
    };
    let listed = review(&["--json"]);
    assert_eq!(listed.code, Some(1));
    let listed: Value = serde_json::from_str(&listed.stdout).unwrap();
    let question = &listed["documents"][0]["questions"][0];
    assert_eq!(
        (&question["field"], &question["doubts"][0]),
        (&"CodeNumber".into(), &"blank".into())
    );
    let page = desk.path("can-xem.html");
    assert_eq!(review(&["--html", page.to_str().unwrap()]).code, Some(1));
    let html = fs::read_to_string(&page).unwrap();
    assert!(html.contains("Số văn bản") && html.contains("data:image/jpeg;base64,/9j/"));
    assert!(!html.contains("http"), "the page asks nothing of the network");
    assert_eq!(
        review(&["--html", page.to_str().unwrap()]).code,
        Some(2),
        "never overwrites"
    );
}

/// An archive with an application whose identity number lacks a digit and whose sum
/// is not what its words say; `None` without the font.
pub(crate) fn doubtful_figures(desk: &Desk) -> Option<Kept> {
    if font().is_none() {
        println!("skipped: the font Tinos (fonts-croscore) is not installed");
        return None;
    }
    let kept = desk.archive();
    desk.put("don.tif", &tiff(&[&application()]));
    let run = desk.ingest(&["don.tif"]);
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.stderr);
    Some(kept)
}

#[test]
fn doubtful_figures_are_asked_masked_until_a_person_has_compared_them() {
    let desk = Desk::new("figures");
    let Some(kept) = doubtful_figures(&desk) else { return };
    let dir = kept.0.to_str().unwrap().to_owned();
    let review = || {
        let line = ["archive", "review", "--json", "--lang", "vi", "--archive", &dir];
        Run::of(desk.sohoa().args(line))
    };
    let listed = review();
    assert_eq!(listed.code, Some(1), "{}", listed.stderr);
    let told: Value = serde_json::from_str(&listed.stdout).unwrap();
    let questions = told["documents"][0]["questions"].as_array().unwrap();
    let asked: Vec<(&str, &str)> = questions
        .iter()
        .map(|q| (q["field"].as_str().unwrap(), q["read"].as_str().unwrap()))
        .collect();
    assert!(asked.contains(&("citizen", "056*****012")), "{asked:?}");
    assert!(asked.contains(&("amount", "1.800.000")), "{asked:?}");
    // Neither the record nor the account says whose paper it is.
    let (_, record) = &kept.documents()[0];
    for told in [&listed.stdout, &record.to_string()] {
        assert!(!told.contains("05609000012"), "{told}");
    }
    let code = told["documents"][0]["dossier"].as_str().unwrap();
    let set = ["archive", "set", code, "--archive", &dir, "--document", "1"];
    let set = Run::of(desk.sohoa().args(set).arg("DaDoiChieuSo=1"));
    assert_eq!(set.code, Some(0), "{}", set.stderr);
    assert_eq!(review().code, Some(0), "what a person has compared is asked no more");
}

/// An application (đơn) with figures that do not fit.
fn application() -> Sheet {
    let mut sheet = Sheet::new(210.0, 148.0, 200.0);
    for (text, x, y) in [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 180.0, 60.0),
        ("Độc lập - Tự do - Hạnh phúc", 228.0, 76.0),
        ("ĐƠN ĐỀ NGHỊ", 260.0, 115.0),
        ("Tôi tên là: Trần Văn Bình, số CCCD: 05609000012", 90.0, 150.0),
        ("Nơi thường trú: thôn Xuân Thưởng, phường Bình An", 90.0, 175.0),
        ("Đề nghị hoàn trả số tiền đã nộp là 1.800.000 đồng", 90.0, 200.0),
        ("(Bằng chữ: Một triệu năm trăm nghìn đồng).", 90.0, 225.0),
        ("Bình An, ngày 05 tháng 3 năm 2026", 320.0, 265.0),
        ("NGƯỜI LÀM ĐƠN", 360.0, 285.0),
        ("Trần Văn Bình", 370.0, 350.0),
    ] {
        sheet.line(text, x, y, 13.0);
    }
    sheet
}

/// What the schema of ALTO 4 and the hOCR specification 1.2 ask of structure:
/// elements in their parents, identifiers that are names and stand once, places
/// that are numbers and lie within those around them (one unit for rounding).
const RULES: &str = r##"
import re, sys, xml.etree.ElementTree as e
root = e.parse(sys.argv[1]).getroot()
name = lambda el: el.tag.split('}')[-1]
ids = [el.get('ID') or el.get('id') for el in root.iter() if el.get('ID') or el.get('id')]
assert len(ids) == len(set(ids)) and all(re.fullmatch(r'[A-Za-z_][\w.-]*', i) for i in ids)
def box(el):
    if el.get('HPOS') is not None:
        x, y, w, h = (float(el.get(k)) for k in ('HPOS', 'VPOS', 'WIDTH', 'HEIGHT'))
        return x, y, x + w, y + h
    m = re.match(r'bbox (\d+) (\d+) (\d+) (\d+)(;|$)', el.get('title') or '')
    return tuple(map(float, m.groups()[:4])) if m else None
def walk(el, around):
    own = box(el) or around
    if around and own:
        assert own[0] >= around[0] - 1 and own[1] >= around[1] - 1, (el.attrib, around)
        assert own[2] <= around[2] + 1 and own[3] <= around[3] + 1, (el.attrib, around)
    for child in el:
        walk(child, own)
walk(root, None)
if name(root) == 'alto':
    inside = {'alto': ['Description', 'Layout'], 'Layout': ['Page'], 'Page': ['PrintSpace'],
        'PrintSpace': ['TextBlock'], 'TextBlock': ['TextLine'], 'TextLine': ['String', 'SP'],
        'Description': ['MeasurementUnit', 'Processing'], 'String': [], 'SP': []}
    for el in root.iter():
        assert all(name(c) in inside[name(el)] for c in el if name(el) in inside), name(el)
        if name(el) == 'String':
            assert el.get('CONTENT').strip() and 0 <= float(el.get('WC')) <= 1
        if name(el) in ('TextBlock', 'TextLine'):
            assert len(el) and el.get('ID')
        if name(el) == 'TextLine':
            assert name(el[0]) == name(el[-1]) == 'String'
else:
    for el in root.iter():
        if el.get('class') == 'ocrx_word':
            assert re.search(r'x_wconf \d+', el.get('title')) and el.text.strip()
        if el.get('class') == 'ocr_page':
            assert 'ppageno' in el.get('title')
"##;

#[test]
fn text_for_other_programs_is_well_formed_and_says_the_same() {
    needs_font!();
    let desk = Desk::new("text-out");
    desk.put("ke-hoach.tif", &tiff(&[&plan()]));
    let mut said = Vec::new();
    for (ending, count) in [
        ("alto.xml", "len(root.findall('.//{*}String'))"),
        ("hocr", "len(root.findall(\".//*[@class='ocrx_word']\"))"),
    ] {
        let text = format!("ra.{ending}");
        let pdf = format!("{ending}.pdf");
        let run = Run::of(desk.sohoa().args([
            "ingest",
            "ke-hoach.tif",
            "-o",
            &pdf,
            "--text-out",
            &text,
        ]));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let judge = format!("{RULES}\nprint({count})");
        let judged =
            Command::new("python3").args(["-c", &judge]).arg(desk.path(&text)).output();
        let Ok(judged) = judged else {
            println!("skipped: python3 is not installed");
            return;
        };
        assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
        said.push(String::from_utf8(judged.stdout).unwrap());
    }
    assert_eq!(said[0], said[1]);
    let refused = desk
        .sohoa()
        .args(["ingest", "ke-hoach.tif", "-o", "b.pdf", "--text-out", "b.doc"])
        .output();
    assert_eq!(refused.unwrap().status.code(), Some(2));
}

/// A plan (kế hoạch) whose number is still to be written, on half a page.
fn plan() -> Sheet {
    let mut sheet = Sheet::new(210.0, 148.0, 200.0);
    for (text, x, y) in [
        ("ỦY BAN NHÂN DÂN", 95.0, 60.0),
        ("PHƯỜNG BÌNH AN", 103.0, 76.0),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 285.0, 60.0),
        ("Độc lập - Tự do - Hạnh phúc", 335.0, 76.0),
        ("Số:           /KH-UBND", 100.0, 104.0),
        ("Bình An, ngày 05 tháng 3 năm 2026", 325.0, 104.0),
        ("KẾ HOẠCH", 262.0, 145.0),
        ("Số hóa hồ sơ lưu trữ năm 2026", 214.0, 163.0),
        (
            "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024, Ủy ban nhân dân phường",
            110.0,
            200.0,
        ),
        (
            "ban hành Kế hoạch số hóa hồ sơ lưu trữ năm 2026 với các nội dung sau.",
            90.0,
            220.0,
        ),
    ] {
        sheet.line(text, x, y, 13.0);
    }
    sheet
}

/// A value as it is compared: no case, no tone placement, no spaces.
fn plain(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default().to_lowercase();
    let mut letters: Vec<char> = text.nfd().filter(|c| !c.is_whitespace()).collect();
    // Tones to the end of the word: `hoà` is `hòa`.
    letters.sort_by_key(|c| {
        matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
    });
    letters.into_iter().collect()
}
