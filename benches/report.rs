//! What it costs to report on a large archive.
//!
//! The archive is made here, from a seed, with the proportions of a real office:
//! channels, lateness, components, exemptions, signatures. Its records are written
//! as an archive has them and its catalogue is made by reindexing; the files that
//! the records name are not written, because a report reads verdicts it remembers.
//! `make bench-report` makes 100 000 documents; `DOCUMENTS=1000000` another number,
//! and `KEEP=DIR` keeps the archive there.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::format_push_string,
    reason = "a measuring program for developers"
)]

use std::env;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Map, Value, json};
use sohoa::archive::dossier::{Document, Dossier};
use sohoa::archive::{Archive, Code, Settings, SourceInfo};
use sohoa::digest::Digest;
use sohoa::pki::Store;
use sohoa::report::build::{Kind, build};
use sohoa::report::context::Context;
use sohoa::report::facts::{Facts, Taking};
use sohoa::report::gather::gather;
use sohoa::report::integrity::Integrity;
use sohoa::report::judge::{self, Judging};
use sohoa::report::names::Names;
use sohoa::report::scope::{Scope, View};
use sohoa::report::verdict::{SignatureFact, Signed, Verdict};
use sohoa::report::{csv, html, xlsx};
use sohoa::say::Lang;
use sohoa::time::{Day, Timestamp};
use sohoa::verify::role::Role;

#[path = "common/dice.rs"]
mod dice;
#[path = "common/memory.rs"]
mod memory;

use dice::Dice;

/// Documents where `DOCUMENTS` does not say.
const DOCUMENTS: u32 = 100_000;
/// Documents of a dossier.
const EACH: u32 = 4;
/// Units and officers, as many as a province has.
const UNITS: usize = 130;
const OFFICERS: usize = 1_600;
/// The first second of 2026 in Vietnam.
const NEW_YEAR: i64 = 1_767_200_400;

fn main() {
    let documents = env::var("DOCUMENTS").map_or(DOCUMENTS, |text| text.parse().unwrap());
    let folder = folder();
    assert!(!folder.exists(), "{} is there already", folder.display());
    let begun = Instant::now();
    let digests = make(&folder, documents);
    println!("{documents} documents made in {:.0} s", begun.elapsed().as_secs_f64());
    let now = Timestamp::from_unix(NEW_YEAR + 364 * 86_400).unwrap();
    let begun = Instant::now();
    let (archive, _) = Archive::open(&folder).unwrap();
    remember(&archive, &digests, now);
    println!("catalogue made in {:.0} s", begun.elapsed().as_secs_f64());
    drop((archive, digests));
    // The memory of a report is measured in a process that made nothing.
    measure(&folder, now);
    if env::var_os("KEEP").is_none() {
        fs::remove_dir_all(folder).unwrap();
    }
}

/// The folder that is to be kept, or one of this process.
fn folder() -> PathBuf {
    env::var_os("KEEP").map_or_else(|| memory::folder("bench-report"), PathBuf::from)
}

/// Writes settings and records; the digests of all files.
fn make(folder: &Path, documents: u32) -> Vec<(Digest, bool)> {
    let settings = Settings::new("H32".parse().unwrap(), "UBND tỉnh X").unwrap();
    Archive::create(folder, &settings).unwrap();
    let mut text = settings.write() + "\n[targets]\nky_so = 100\nso_hoa_ho_so = 80\n";
    for unit in 0..UNITS {
        text += &format!("[[units]]\nid = \"U{unit}\"\nname = \"Đơn vị {unit}\"\n");
    }
    for officer in 0..OFFICERS {
        text +=
            &format!("[[officers]]\nid = \"cb{officer}\"\nname = \"Cán bộ {officer}\"\n");
    }
    fs::write(folder.join("sohoa.toml"), text).unwrap();
    let mut dice = Dice(0x5eed);
    let dossiers = documents / EACH;
    let mut digests = Vec::new();
    for number in 0..dossiers {
        let second = NEW_YEAR + i64::from(number) * (330 * 86_400) / i64::from(dossiers);
        let now = Timestamp::from_unix(second).unwrap();
        let code: Code =
            format!("H32-{}-{:06}", now.day().yymmdd(), number % 900_000 + 1)
                .parse()
                .unwrap();
        let dossier = dossier(code, now, &mut dice, &mut digests);
        let day = now.day();
        let place = folder
            .join(format!(
                "dossiers/{:04}/{:02}/{:02}",
                day.year(),
                day.month(),
                day.day()
            ))
            .join(dossier.code.to_string());
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join("dossier.json"), dossier.write()).unwrap();
    }
    digests
}

/// A dossier as an office has it.
fn dossier(
    code: Code,
    now: Timestamp,
    dice: &mut Dice,
    files: &mut Vec<(Digest, bool)>,
) -> Dossier {
    let received = now.day();
    let due = received.plus(3 + dice.below(12) as i32);
    let late = dice.below(100) < 6;
    let ended = if late {
        due.plus(1 + dice.below(9) as i32)
    } else {
        due.plus(-(dice.below(3) as i32))
    };
    let is_open = dice.below(100) < 8;
    let channel = [1, 1, 2, 2, 2, 3][dice.below(6)];
    let said = json!({
        "MaTTHC": format!("1.{:06}", dice.below(400)),
        "DonVi": format!("U{}", dice.below(UNITS)),
        "CanBoTiepNhan": format!("cb{}", dice.below(OFFICERS)),
        "CanBoXuLy": format!("cb{}", dice.below(OFFICERS)),
        "NgayTiepNhan": received.to_string(),
        "NgayHenTra": due.to_string(),
        "KenhThucHien": channel,
        "TrangThai": if is_open { "Đang xử lý" } else { "Đã trả kết quả" },
        "TaiKhoanDuocXacThucVoiVNeID": dice.below(2),
        "SoLanBoSung": usize::from(dice.below(100) < 5),
    });
    let mut dossier = Dossier::new(code, now);
    dossier.title = Some("Cấp giấy xác nhận".to_owned());
    dossier.fields = said.as_object().unwrap().clone();
    if !is_open {
        dossier.fields.insert("NgayKetThucXuLy".to_owned(), ended.to_string().into());
    }
    if dice.below(200) == 0 {
        dossier.fields.insert("MienTru".to_owned(), "BANDO".into());
    }
    for ordinal in 1..=EACH {
        let is_result = ordinal == EACH && !is_open;
        let document = document(ordinal, is_result, now, dice);
        files.push((document.sha256, is_result && dice.below(100) < 92));
        dossier.add(document);
    }
    dossier
}

fn document(ordinal: u32, is_result: bool, now: Timestamp, dice: &mut Dice) -> Document {
    let mut fields = Map::new();
    if is_result {
        let number = dice.below(9000) + 1;
        fields.insert("TypeName".to_owned(), "Quyết định".into());
        fields.insert("CodeNumber".to_owned(), number.to_string().into());
        fields.insert("CodeNotation".to_owned(), "QĐ-UBND".into());
        fields.insert("OrganName".to_owned(), "UBND tỉnh X".into());
        fields.insert("IssuedDate".to_owned(), now.day().to_string().into());
        fields.insert("Subject".to_owned(), "Về việc cấp giấy xác nhận".into());
        fields.insert("VanBanDi".to_owned(), 1.into());
    } else if dice.below(20) == 0 {
        fields.insert("DuocLayTuKhoDMQG".to_owned(), 1.into());
    }
    let dpi = if dice.below(50) == 0 { 150.0 } else { 300.0 };
    let page = json!({ "number": 1, "place": "kept", "dpi": [dpi, dpi], "text": "read",
        "words": 200, "confidence": 92.5, "findings": [] });
    let sha256 = Digest::of(&dice.next().to_be_bytes());
    let source = Digest::of(&dice.next().to_be_bytes());
    let kind = if is_result { "PDF" } else { "TIFF" };
    Document {
        ordinal,
        file: format!("data/{ordinal:03}-giay-to.pdf"),
        bytes: 1,
        sha256,
        pages: 1 + dice.below(6) as u32,
        fields,
        source: SourceInfo::of(b"1", source, kind),
        companions: Vec::new(),
        text: None,
        added: now,
        record: if is_result { Value::Null } else { json!({ "pages": [page] }) },
    }
}

/// What verification would have found.
fn remember(archive: &Archive, files: &[(Digest, bool)], now: Timestamp) {
    let trust = Store::default().digest();
    let mut names = Names::default();
    let signature = |role, name: &str, names: &mut Names| SignatureFact {
        signed: Signed::Valid,
        role: Some(role),
        name: names.of(name),
        level: names.of("B-LT"),
        until: Timestamp::from_unix(NEW_YEAR + 500 * 86_400),
        at: Some(now),
    };
    let mut all = Vec::new();
    for ((digest, is_signed), number) in files.iter().zip(0_usize..) {
        let packed = if *is_signed {
            let name = format!("Cán bộ {}", number % 40);
            let leader = signature(Role::Person, &name, &mut names);
            let agency = signature(Role::Agency, "UBND tỉnh X", &mut names);
            let signatures = [leader, agency].into();
            Verdict { signed: Signed::Valid, signatures }.pack(&names)
        } else {
            Vec::new()
        };
        all.push((*digest, *is_signed, packed));
    }
    archive.remember(&trust, now.day(), &all).unwrap();
}

/// Makes every report and tells how long it took.
fn measure(folder: &Path, now: Timestamp) {
    let before = megabytes("VmRSS:");
    let begun = Instant::now();
    let (archive, _) = Archive::consult(folder).unwrap();
    let mut facts = Facts::new();
    let how = Taking { today: now.day(), words: false };
    gather(&archive, &mut facts, how).unwrap();
    let gathered = begun.elapsed().as_secs_f64();
    let (trust, watch) = (Store::default(), |_: usize, _: usize| {});
    let judging =
        Judging { trust: &trust, at: now, jobs: NonZeroUsize::MIN, watch: &watch };
    let begun = Instant::now();
    facts = Facts::new();
    let examined = judge::gather(&archive, &mut facts, how, &judging).unwrap();
    println!(
        "facts of {} dossiers and {} documents in {gathered:.2} s, with verdicts in {:.2} s ({examined} examined), {} MB",
        facts.dossiers.len(),
        facts.documents.len(),
        begun.elapsed().as_secs_f64(),
        megabytes("VmRSS:").saturating_sub(before),
    );
    for kind in Kind::ALL {
        let begun = Instant::now();
        let scope =
            Scope { from: Day::new(2026, 1, 1), to: Some(now.day()), ..Scope::default() };
        let context = Context {
            view: View::new(&facts, &scope, now.day()),
            previous: None,
            lang: Lang::Vi,
            now,
            has_trust: true,
            campaign: None,
            integrity: Some(Integrity::default()),
            stopped: 0,
            targets: facts.agencies[0].reporting.targets.clone(),
        };
        let report = build(kind, &context);
        let built = begun.elapsed().as_secs_f64();
        let rows: usize = report.tables().map(|table| table.rows.len()).sum();
        print!("{:<11} {built:>6.2} s, {rows} rows", kind.name());
        if rows < 10_000 {
            let begun = Instant::now();
            let sizes = [
                csv::whole(&report, Lang::Vi).len(),
                html::page(&report, Lang::Vi).len(),
                xlsx::workbook(&report, Lang::Vi).unwrap().len(),
            ];
            let seconds = begun.elapsed().as_secs_f64();
            print!("; CSV, HTML and XLSX in {seconds:.2} s: {sizes:?} bytes");
        }
        println!();
    }
    println!("peak memory of all of this, making included: {} MB", megabytes("VmHWM:"));
}

/// A line of what the system says of this process.
fn megabytes(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or(0_u64) / 1024
}

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}
