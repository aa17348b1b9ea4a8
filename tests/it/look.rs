//! What people see: pages in Chromium at the width of a telephone and of a desk,
//! workbooks in `LibreOffice`. `make look` installs both; without them each test
//! says that it is skipped.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_in_result,
    reason = "a panic fails the test; one that is skipped says so"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use sohoa::report::build::{Kind, build};
use sohoa::report::scope::Scope;
use sohoa::report::{html, xlsx};
use sohoa::say::Lang;

use crate::fields::{doubtful_figures, open_number};
use crate::office::{Desk, Run};
use crate::report::{EXAMPLE, context};
use crate::sign::Bureau;

/// Widths in pixels: a telephone held upright, a desk.
const WIDTHS: [u32; 2] = [390, 1280];
/// Smallest letters anybody is to read, in pixels.
const SMALLEST: f64 = 11.0;

/// Put first into the head of a page, before any policy forbids scripts: tells the
/// frame around it what became of the page.
const PROBE: &str = "<script>addEventListener('load',()=>{
const w=innerWidth,d=document,all=[...d.body.querySelectorAll('*')];
const held=e=>{for(;e&&e!==d.body;e=e.parentElement)if(/auto|scroll|hidden/.test(getComputedStyle(e).overflowX))return 1;return 0};
const own=e=>[...e.childNodes].some(n=>n.nodeType==3&&n.data.trim());
const out=all.filter(e=>e.getBoundingClientRect().right>w+1&&!held(e)).map(e=>e.tagName+' '+(e.textContent||'').slice(0,40));
const sizes=all.filter(e=>own(e)&&!e.closest('svg')&&e.getBoundingClientRect().height>0).map(e=>parseFloat(getComputedStyle(e).fontSize));
parent.postMessage(JSON.stringify({width:d.documentElement.scrollWidth,inner:w,out:out.slice(0,5),smallest:Math.min(...sizes),
broken:[...d.images].filter(i=>!i.naturalWidth).length,images:d.images.length,
charts:[...d.querySelectorAll('svg')].filter(s=>s.getBoundingClientRect().width>40).length,text:d.body.innerText}),'*')})</script>";

/// A page as a browser lays it out.
#[derive(Debug)]
struct Seen(Value);

impl Seen {
    fn number(&self, name: &str) -> f64 {
        self.0[name].as_f64().unwrap_or_else(|| panic!("{name}: {}", self.0))
    }

    fn count(&self, name: &str) -> u64 {
        self.0[name].as_u64().unwrap_or_else(|| panic!("{name}: {}", self.0))
    }

    /// Nothing is cut off, nothing is too small, no picture is broken, and it says
    /// these words.
    fn reads_well(&self, words: &[&str]) {
        assert!(
            self.number("width") <= self.number("inner") + 1.0,
            "too wide: {}",
            self.0
        );
        assert_eq!(self.0["out"], Value::Array(Vec::new()), "cut off");
        assert!(
            self.number("smallest") >= SMALLEST,
            "too small: {}",
            self.number("smallest")
        );
        assert_eq!(self.count("broken"), 0);
        let text = self.0["text"].as_str().unwrap();
        for word in words {
            // Style sheets may show words in capitals.
            let found = text.to_lowercase().contains(&word.to_lowercase());
            assert!(found, "{word} is not seen in {text}");
        }
    }
}

/// The page in Chromium at a width; `None` where it is not installed.
fn seen(desk: &Desk, page: &Path, width: u32) -> Option<Seen> {
    let text = fs::read_to_string(page).unwrap();
    let (start, rest) = text.split_once("<head>").unwrap();
    let name = page.file_stem().unwrap().to_str().unwrap();
    desk.put(
        &format!("{name}.do.html"),
        format!("{start}<head>{PROBE}{rest}").as_bytes(),
    );
    let frame = format!(
        "<!doctype html><meta charset=utf-8><title></title><style>body{{margin:0}}iframe{{border:0;width:{width}px;height:1600px}}</style>\
         <script>addEventListener('message',e=>document.body.dataset.said=btoa(unescape(encodeURIComponent(e.data))))</script>\
         <iframe src=\"{name}.do.html\"></iframe>"
    );
    let frame = desk.put(&format!("{name}.khung.html"), frame.as_bytes());
    let dom = chromium(desk, &frame, width, &["--dump-dom"])?;
    let said = dom.split_once("data-said=\"").unwrap_or_else(|| panic!("{dom}")).1;
    let said = base64(said.split_once('"').unwrap().0);
    let picture = desk.path(&format!("{name}-{width}.png"));
    let flag = format!("--screenshot={}", picture.display());
    chromium(desk, &frame, width, &[&flag])?;
    assert!(ink(&picture) > 0.005, "{} is blank", picture.display());
    if let Some(folder) = std::env::var_os("SOHOA_LOOK") {
        let kept = PathBuf::from(folder).join(picture.file_name().unwrap());
        fs::copy(&picture, kept).unwrap();
    }
    Some(Seen(serde_json::from_slice(&said).unwrap()))
}

fn chromium(desk: &Desk, page: &Path, width: u32, more: &[&str]) -> Option<String> {
    let output = Command::new("chromium")
        // In a container there is no other sandbox, and no shared memory to speak of.
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        .args(["--hide-scrollbars", "--virtual-time-budget=4000"])
        .arg(format!("--window-size={},1600", width.max(500)))
        .arg(format!("--user-data-dir={}", desk.path("chromium").display()))
        .args(more)
        .arg(format!("file://{}", page.display()))
        .env("HOME", &desk.0)
        .output();
    let Ok(output) = output else {
        println!("skipped: Chromium is not installed; `make look` installs it");
        return None;
    };
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The share of a picture that is not its paper.
fn ink(picture: &Path) -> f64 {
    let picture = image::open(picture).unwrap().to_luma8();
    let paper = picture.get_pixel(1, 1).0[0];
    let dark = picture.pixels().filter(|pixel| pixel.0[0].abs_diff(paper) > 60).count();
    f64::from(u32::try_from(dark).unwrap())
        / f64::from(picture.width() * picture.height())
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8; 64] =
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |letter: u8| LETTERS.iter().position(|it| *it == letter);
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_usize, 0_u32);
    for six in text.bytes().filter_map(value) {
        held = (held << 6 | six) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).unwrap());
        }
    }
    bytes
}

#[test]
fn reports_look_right_on_a_telephone_and_on_a_desk() {
    let desk = Desk::new("look-report");
    let facts = EXAMPLE.facts();
    for kind in [Kind::Qd766, Kind::Campaign, Kind::Kpi] {
        let report = build(kind, &context(&facts, &Scope::default()));
        let page = desk.put(
            &format!("{}.html", kind.name()),
            html::page(&report, Lang::Vi).as_bytes(),
        );
        for width in WIDTHS {
            let Some(seen) = seen(&desk, &page, width) else { return };
            seen.reads_well(&["UBND phường X", &report.title]);
            let charts = report.tables().any(|table| table.chart.is_some());
            assert!(!charts || seen.count("charts") > 0, "{}", kind.name());
        }
    }
}

#[test]
fn a_status_page_looks_right_on_a_telephone() {
    let desk = Desk::new("look-status");
    desk.archive();
    let run = |line: &str| Run::of(desk.sohoa().args(line.split(' ')));
    assert_eq!(run("qr code --archive kho --days 3").code, Some(0));
    assert_eq!(run("qr publish web --archive kho").code, Some(0));
    let pages =
        fs::read_dir(desk.path("web")).unwrap().map(|entry| entry.unwrap().path());
    let page = pages.filter(|path| path.extension().is_some_and(|it| it == "html"));
    let page = page.max_by_key(|path| fs::metadata(path).unwrap().len()).unwrap();
    // Chromium is not let into folders of dots and keys.
    let page = desk.put("trang-thai.html", &fs::read(page).unwrap());
    let Some(seen) = seen(&desk, &page, WIDTHS[0]) else { return };
    seen.reads_well(&["H32.18-260716-0001", "Tiếp nhận", "21/07/2026", "UBND phường X"]);
}

/// The signed file with another line of text on its page, as an editor saves it.
fn edited(signed: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(signed).into_owned();
    let (_, last) = text.rsplit_once("startxref").unwrap();
    let last = last.split_whitespace().next().unwrap();
    let mut file = signed.to_vec();
    let at = file.len();
    let stream =
        "BT /F 12 Tf 20 150 Td (Quyet dinh) Tj 0 -60 Td (so tien: 9.000.000) Tj ET";
    let revision = format!(
        "4 0 obj\n<</Length {}>>stream\n{stream}\nendstream\nendobj\n",
        stream.len()
    );
    file.extend_from_slice(revision.as_bytes());
    let start = file.len();
    let tail = format!(
        "xref\n4 1\n{at:010} 00000 n \ntrailer\n<</Size 60/Root 1 0 R/Prev {last}>>\nstartxref\n{start}\n%%EOF\n"
    );
    file.extend_from_slice(tail.as_bytes());
    file
}

#[test]
fn a_verdict_looks_right_and_shows_what_was_changed() {
    let bureau = Bureau::new("look-verdict");
    let desk = &bureau.desk;
    desk.put("qd.pdf", &crate::office::typed_pdf("Quyet dinh"));
    let run = bureau.sign(&["qd.pdf", "-o", "ky.pdf"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    desk.put("sua.pdf", &edited(&fs::read(desk.path("ky.pdf")).unwrap()));
    let line =
        ["verify", "ky.pdf", "sua.pdf", "--trust", "trust", "--trust", "lists", "--html"];
    let verdict = Run::of(desk.sohoa().args(line).args(["--lang", "vi"]));
    assert_eq!(verdict.code, Some(1), "{}", verdict.stderr);
    let page = desk.put("ket-luan.html", verdict.stdout.as_bytes());
    assert!(!verdict.stdout.contains("http"), "the page asks nothing of the network");
    let frames = verdict.stdout.matches("<i style").count();
    assert_eq!(frames, 1, "one line was added");
    let (_, failed) = verdict.stdout.split_once("sua.pdf").unwrap();
    let (why, rest) = failed.split_once("Ghi nhận khác").unwrap();
    assert!(why.contains("Vì sao") && why.contains("không được phép: "), "{why}");
    assert!(!rest.contains("không được phép: "), "reasons stand apart");
    for width in WIDTHS {
        let Some(seen) = seen(desk, &page, width) else { return };
        seen.reads_well(&[
            "ky.pdf",
            "hợp lệ",
            "Không hợp lệ",
            "Trang 1 trước lần cập nhật 3",
        ]);
        assert_eq!(seen.count("images"), 2);
    }
}

#[test]
fn a_doubtful_number_is_shown_cut_from_its_page() {
    let desk = Desk::new("look-review");
    let Some(kept) = open_number(&desk) else { return };
    let page = desk.path("can-xem.html");
    let line = ["archive", "review", "--lang", "vi", "--archive"];
    let run = Run::of(desk.sohoa().args(line).arg(&kept.0).arg("--html").arg(&page));
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    for width in WIDTHS {
        let Some(seen) = seen(&desk, &page, width) else { return };
        seen.reads_well(&["Số văn bản"]);
        assert!(seen.count("images") > 0);
    }
}

#[test]
fn doubtful_figures_are_shown_cut_from_their_page() {
    let desk = Desk::new("look-figures");
    let Some(kept) = doubtful_figures(&desk) else { return };
    let page = desk.path("doi-chieu-so.html");
    let line = ["archive", "review", "--lang", "vi", "--archive"];
    let run = Run::of(desk.sohoa().args(line).arg(&kept.0).arg("--html").arg(&page));
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    for width in WIDTHS {
        let Some(seen) = seen(&desk, &page, width) else { return };
        seen.reads_well(&["Số định danh cá nhân", "Số tiền bằng số và bằng chữ"]);
        assert!(seen.count("images") > 1);
    }
}

#[test]
fn workbooks_open_in_libreoffice_with_numbers_and_charts() {
    let facts = EXAMPLE.facts();
    let desk = Desk::new("look-book");
    let report = build(Kind::Paperless, &context(&facts, &Scope::default()));
    let book = desk.put("bao-cao.xlsx", &xlsx::workbook(&report, Lang::Vi).unwrap());
    let convert = |to: &str| {
        let mut office = Command::new("soffice");
        office.env("LC_ALL", "C.UTF-8");
        office.args(["--headless", "--convert-to", to, "--outdir"]).arg(&desk.0);
        office.arg(&book).env("HOME", &desk.0).output().is_ok()
    };
    // Comma, quotes, UTF-8.
    if !convert("csv:Text - txt - csv (StarCalc):44,34,76") {
        println!("skipped: LibreOffice is not installed; `make look` installs it");
        return;
    }
    let text = fs::read_to_string(desk.path("bao-cao.csv")).unwrap();
    assert!(text.contains("33.33%"), "{text}");
    assert!(convert("pdf"));
    let listed = Command::new("pdftoppm")
        .args(["-r", "70", "-png"])
        .arg(desk.path("bao-cao.pdf"))
        .arg(desk.path("trang"))
        .output();
    assert!(listed.unwrap().status.success());
    let text = Command::new("pdftotext")
        .arg(desk.path("bao-cao.pdf"))
        .arg("-")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    for word in ["UBND phường X", "33", "Văn phòng"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    if let Some(folder) = std::env::var_os("SOHOA_LOOK") {
        for page in fs::read_dir(&desk.0).unwrap().map(|entry| entry.unwrap().path()) {
            if page.extension().is_some_and(|it| it == "png") {
                fs::copy(&page, PathBuf::from(&folder).join(page.file_name().unwrap()))
                    .unwrap();
            }
        }
    }
}
