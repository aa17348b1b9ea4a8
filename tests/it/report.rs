//! Reports: a worked example so small that every figure can be checked by hand,
//! and what becomes of it in every form.
//!
//! The office of the example, on 16 July 2026. Dossiers of July:
//!
//! | code | channel | received | due | ended | components | result | besides |
//! |---|---|---|---|---|---|---|---|
//! | 0706-1 | counter | 6 | 7 | 7 | 2 scans, good | file, signed twice | VP, An, Bình; slip in 4 min |
//! | 0706-2 | counter | 6 | 8 | 9 | 1 scan, 150 dpi | file, one signature | VP; late |
//! | 0707-1 | online | 7 | 10 | 13 | 3, 1 reused | link | VP; asked once, 3 days |
//! | 0708-1 | post | 8 | 20 | – | 1, none digitised | – | KT; open |
//! | 0709-1 | counter | 9 | 15 | 15 | 1 digitised, no file | – | KT; ended without a file |
//! | 0710-1 | counter | 10 | – | – | – | – | secret |
//! | 0710-2 | counter | 10 | 17 | 14 | – | no paper | KT; a map, exempt; asked twice |
//!
//! The first two are in the archive, the others in a register.
#![expect(clippy::indexing_slicing, reason = "a panic fails the test")]

use std::fs;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use sohoa::archive::{Archive, Content, Filing, NewDocument, Settings, SourceInfo};
use sohoa::digest::Digest;
use sohoa::pki::Store;
use sohoa::raster::Limits;
use sohoa::report::build::{Kind, build};
use sohoa::report::class::Class;
use sohoa::report::context::Context;
use sohoa::report::facts::{Facts, Taking};
use sohoa::report::figure::{Figure, behind};
use sohoa::report::gather::gather;
use sohoa::report::integrity::Integrity;
use sohoa::report::judge::{self, Judging};
use sohoa::report::names::Names;
use sohoa::report::scope::{Scope, View};
use sohoa::report::table::{Report, Table};
use sohoa::report::verdict::{SignatureFact, Signed, Verdict};
use sohoa::report::{csv, html, indicators, xlsx};
use sohoa::say::Lang;
use sohoa::time::{Day, Timestamp};
use sohoa::verify::role::Role;

use crate::office::{Desk, EPOCH, Run, typed_pdf};
use crate::pdfa::judges::{conformance, file, readings};

// ------------------------------------------------------------------ the example

const SETTINGS: &str = r#"
[targets]
ky_so = 100
so_hoa_ho_so = 80
[savings]
price = 500
duplex = true
copies = 3
[[units]]
id = "TH"
name = "Phòng Tổng hợp"
until = 2025-06-30
successor = "VP"
[[units]]
id = "VP"
name = "Văn phòng"
from = 2025-07-01
certifies = true
[[units]]
id = "KT"
name = "Phòng Kinh tế"
[[officers]]
id = "an"
name = "Nguyễn Văn An"
unit = "VP"
leader = true
[[officers]]
id = "binh"
name = "Trần Thị Bình"
unit = "VP"
[[officers]]
id = "cuc"
name = "Lê Thị Cúc"
unit = "KT"
[[campaigns]]
name = "khong-giay"
title = "10 ngày không in giấy"
from = 2026-07-06
to = 2026-07-15
due = 2026-07-20
"#;

const REGISTER: &str = "\
MaHoSo,MaTTHC,DonVi,CanBoTiepNhan,CanBoXuLy,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,KenhThucHien,TrangThai,\
MaKetQua,DuongDanTepTinKetQua,KetQuaLaGiayTo,SoThanhPhan,SoThanhPhanSoHoa,SoThanhPhanTaiSuDung,\
TaiKhoanDuocXacThucVoiVNeID,SoLanBoSung,SoNgayBoSung,MienTru,Gia,DuocThanhToanTrucTuyen\n\
H32.18-260707-0001,2.000635,VP,binh,binh,07/07/2026,10/07/2026,13/07/2026,2,Đã trả kết quả,\
K1,kq/1.pdf,,3,0,1,1,1,3,,20000,1\n\
H32.18-260708-0001,1.000948,KT,cuc,cuc,08/07/2026,20/07/2026,,3,Đang xử lý,\
,,,1,0,0,,,,,20000,0\n\
H32.18-260709-0001,1.000948,KT,cuc,cuc,09/07/2026,15/07/2026,15/07/2026,1,Đã xử lý xong,\
,,,1,1,0,,,,,,\n\
H32.18-260710-0001,1.000948,VP,an,an,10/07/2026,,,1,Đang xử lý,,,,,,,,,,MAT,,\n\
H32.18-260710-0002,1.000948,KT,cuc,cuc,10/07/2026,17/07/2026,14/07/2026,1,Đã trả kết quả,\
,,0,,,,,2,0,BANDO,,\n";

fn now() -> Timestamp {
    Timestamp::from_unix(EPOCH.parse().unwrap()).unwrap()
}

#[expect(clippy::needless_pass_by_value, reason = "written where it is used")]
fn fields(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

/// A document of one typed page, from paper or issued by the office.
fn document(text: &str, more: Value, dpi: f64) -> NewDocument {
    let bytes = typed_pdf(text);
    let source = text.as_bytes();
    NewDocument {
        kind_of_paper: "Đơn".to_owned(),
        suffix: ".pdf".to_owned(),
        source: SourceInfo::of(source, Digest::of(source), "TIFF"),
        content: Content::Bytes(bytes),
        pages: 3,
        companions: Vec::new(),
        fields: fields(more),
        record: json!({ "pages": [{
            "number": 1, "place": "kept", "dpi": [dpi, dpi], "text": "read", "words": 10,
            "confidence": 90.0, "findings": [],
        }]}),
        text: None,
    }
}

fn issued(text: &str, number: &str, more: Value) -> NewDocument {
    let mut document = document(text, more, 300.0);
    document.fields.extend(fields(json!({
        "TypeName": "Giấy xác nhận", "CodeNumber": number, "CodeNotation": "XN-UBND",
        "OrganName": "Ủy ban nhân dân phường X", "IssuedDate": "2026-07-07",
        "Subject": "Xác nhận cư trú", "VanBanDi": 1,
    })));
    document.record = Value::Null;
    document
}

/// The archive of the example; made once.
pub(crate) struct Example {
    desk: Desk,
    digests: Vec<Digest>,
}

pub(crate) static EXAMPLE: LazyLock<Example> = LazyLock::new(|| {
    let desk = Desk::lasting("report-example");
    let root = desk.path("kho");
    let settings = Settings::new("H32.18".parse().unwrap(), "UBND phường X").unwrap();
    Archive::create(&root, &settings).unwrap();
    let text = settings.write() + SETTINGS;
    fs::write(root.join("sohoa.toml"), text).unwrap();
    let archive = Archive::open(&root).unwrap().0;
    let file = |dossier: &str, said: Value, documents: Vec<NewDocument>| {
        let filing = Filing {
            dossier: Some(dossier.parse().unwrap()),
            day: Day::typed("2026-07-06").unwrap(),
            now: Timestamp::read("2026-07-06T09:00:00+07:00").unwrap(),
            title: Some("Xác nhận".to_owned()),
            fields: fields(said),
        };
        archive.file(filing, documents, &|| false).unwrap();
    };
    file(
        "H32.18-260706-0001",
        json!({
            "MaTTHC": "2.000815", "DonVi": "TH", "CanBoTiepNhan": "an", "CanBoXuLy": "binh",
            "NgayTiepNhan": "2026-07-06", "NgayHenTra": "2026-07-07",
            "NgayKetThucXuLy": "2026-07-07", "TrangThai": "Đã trả kết quả",
            "ThoiDiemTiepNhan": "2026-07-06T08:00:00+07:00",
            "ThoiDiemInPhieu": "2026-07-06T08:04:30+07:00",
        }),
        vec![
            document("don 1", json!({}), 300.0),
            document("giay to 1", json!({}), 300.0),
            issued("ket qua 1", "01", json!({})),
        ],
    );
    file(
        "H32.18-260706-0002",
        json!({
            "MaTTHC": "2.000815", "DonVi": "VP", "CanBoTiepNhan": "an", "CanBoXuLy": "binh",
            "NgayTiepNhan": "2026-07-06", "NgayHenTra": "2026-07-08",
            "NgayKetThucXuLy": "2026-07-09", "TrangThai": "Đã trả kết quả",
        }),
        vec![
            document("don 2", json!({}), 150.0),
            issued("ket qua 2", "03", json!({ "SoBanIn": 2, "NgayIn": "2026-07-08" })),
            issued("ket qua 3", "03", json!({ "PhatHanhGiay": 1 })),
        ],
    );
    drop(archive);
    let register = desk.put("so.csv", REGISTER.as_bytes());
    let import = || {
        let mut line = desk.sohoa();
        line.args(["archive", "import", "--archive", "kho", "--json"]).arg(&register);
        let run = Run::of(&mut line);
        (run.code, serde_json::from_str::<Value>(&run.stdout).unwrap())
    };
    let (code, answer) = import();
    assert_eq!((code, &answer["new"]), (Some(0), &5.into()), "{answer}");
    let (_, again) = import();
    assert_eq!(again["same"], 5, "the same register again changes nothing");
    let digests = ["ket qua 1", "ket qua 2", "ket qua 3"];
    let digests = digests.map(|text| Digest::of(&typed_pdf(text))).to_vec();
    Example { desk, digests }
});

impl Example {
    fn archive(&self) -> Archive {
        Archive::consult(&self.desk.path("kho")).unwrap().0
    }

    /// Everything that is known; what the office issued is signed as verification
    /// would find it: by leader and agency, and by the leader alone.
    pub(crate) fn facts(&self) -> Facts {
        let archive = self.archive();
        let mut facts = Facts::new();
        let trust = Store::default();
        let mut names = Names::default();
        let mut signature = |role, name: &str| SignatureFact {
            signed: Signed::Valid,
            role: Some(role),
            name: names.of(name),
            level: names.of("B-LT"),
            until: Timestamp::read("2026-08-01T00:00:00+07:00"),
            at: Some(now()),
        };
        let leader = signature(Role::Person, "Nguyễn Văn An");
        let agency = signature(Role::Agency, "UBND phường X");
        let verdict = |signatures: &[SignatureFact]| {
            let signatures = signatures.into();
            Verdict { signed: Signed::Valid, signatures }.pack(&names)
        };
        let both = verdict(&[leader.clone(), agency]);
        let remembered =
            [(self.digests[0], true, both), (self.digests[1], true, verdict(&[leader]))];
        archive.remember(&trust.digest(), now().day(), &remembered).unwrap();
        let jobs = std::num::NonZeroUsize::MIN;
        let watch = |_, _| {};
        let how = Taking { today: now().day(), words: true };
        let judging = Judging { trust: &trust, at: now(), jobs, watch: &watch };
        judge::gather(&archive, &mut facts, how, &judging).unwrap();
        facts
    }
}

fn figure(view: &View<'_>, code: &str) -> Figure {
    Figure::of(indicators::named(code).unwrap(), view, Lang::Vi)
}

pub(crate) fn context<'a>(facts: &'a Facts, scope: &Scope) -> Context<'a> {
    let reporting = &facts.agencies[0].reporting;
    Context {
        view: View::new(facts, scope, now().day()),
        previous: None,
        lang: Lang::Vi,
        now: now(),
        has_trust: false,
        campaign: None,
        integrity: Some(Integrity::default()),
        stopped: 2,
        targets: reporting.targets.clone(),
    }
}

fn table<'a>(report: &'a Report, name: &str) -> &'a Table {
    report.tables().find(|table| table.name == name).unwrap()
}

/// The cells of a table as programs read them.
fn cells(report: &Report, name: &str) -> Vec<String> {
    let text = csv::one(report, name, Lang::Vi).unwrap();
    assert!(text.contains(&table(report, name).columns[0].title));
    text.lines().skip(1).map(str::to_owned).collect()
}

// -------------------------------------------------------------------- the figures

#[test]
fn every_figure_of_the_example_is_what_a_hand_counts() {
    let facts = EXAMPLE.facts();
    let view = View::new(&facts, &Scope::default(), now().day());
    // numerator, denominator, exempted, unverified.
    let expected = [
        // Three issued; one of them on paper.
        ("xu_ly_mang", [2, 3, 0, 0]),
        // 01 has both signatures; 03 the leader's alone; the other 03 none.
        ("ky_so", [1, 3, 0, 0]),
        ("ky_so_lanh_dao", [2, 3, 0, 0]),
        // On paper: 0706-1 good, 0706-2 coarse, 0708-1 nothing, 0709-1 only said so.
        ("so_hoa", [1, 4, 2, 1]),
        // A component and a result: 0706-1, 0706-2, 0707-1 (online, linked).
        ("so_hoa_ho_so", [3, 6, 1, 0]),
        // Ended with a paper result: all but the open one, the map and the secret.
        ("ket_qua_dien_tu", [3, 4, 0, 0]),
        ("tai_su_dung", [1, 6, 1, 0]),
        ("chia_se", [0, 6, 1, 0]),
        ("tthc_dan_cu", [1, 3, 0, 0]),
        ("ho_so_dan_cu", [1, 6, 1, 0]),
        ("chung_thuc_dien_tu", [1, 1, 0, 0]),
        // Late: 0706-2; 0710-2 was asked twice. 0707-1 has three days more.
        ("dung_han", [4, 6, 1, 0]),
        ("truc_tuyen", [1, 6, 1, 0]),
        ("thanh_toan", [1, 2, 0, 0]),
        ("kpi", [3, 3, 0, 0]),
        ("da_ky_so", [1, 3, 0, 0]),
        ("phieu_hen", [1, 1, 0, 0]),
    ];
    for (code, wanted) in expected {
        let found = figure(&view, code);
        let found =
            [found.numerator, found.denominator, found.exempted, found.unverified];
        assert_eq!(found, wanted, "{code}");
    }
    assert_eq!(facts.oddities, []);
}

#[test]
fn what_is_behind_a_figure_can_be_listed() {
    let facts = EXAMPLE.facts();
    let view = View::new(&facts, &Scope::default(), now().day());
    let list = |code, class| behind(indicators::named(code).unwrap(), &view, class);
    let unsigned = ["H32.18-260706-0002#2", "H32.18-260706-0002#3"];
    assert_eq!(list("ky_so", Class::Misses), unsigned);
    assert_eq!(list("ky_so", Class::Counts), ["H32.18-260706-0001#3"]);
    assert_eq!(list("so_hoa", Class::Unverified), ["H32.18-260709-0001"]);
    let late = ["H32.18-260706-0002", "H32.18-260710-0002"];
    assert_eq!(list("dung_han", Class::Misses), late);
}

#[test]
fn a_secret_dossier_is_counted_and_nothing_else_is_kept_of_it() {
    let file = EXAMPLE.desk.path("kho/registers/2026/07.jsonl");
    let register = fs::read_to_string(file).unwrap();
    let [secret] = register
        .lines()
        .filter(|line| line.contains("MAT"))
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    let line: Value = serde_json::from_str(secret).unwrap();
    let names: Vec<_> = line.as_object().unwrap().keys().collect();
    assert_eq!(names, ["MaHoSo", "MienTru", "NgayTiepNhan", "DonVi"]);
    assert!(!register.contains("H32.18-260710-0001"));
    let facts = EXAMPLE.facts();
    let report = build(Kind::Exemptions, &context(&facts, &Scope::default()));
    let told = cells(&report, "mien_tru");
    assert_eq!(told[0], "MAT,Văn bản mật (chỉ đếm),1,0");
    assert_eq!(cells(&report, "danh_sach_mien_tru").len(), 1, "the map alone");
    assert!(
        report.notes[1].contains('2'),
        "papers stopped by ingest: {:?}",
        report.notes
    );
}

#[test]
fn scopes_restrict_and_successors_inherit() {
    let facts = EXAMPLE.facts();
    let of = |scope: Scope| View::new(&facts, &scope, now().day()).dossiers.len();
    let day = Day::typed;
    assert_eq!(of(Scope::default()), 7);
    assert_eq!(of(Scope { from: day("2026-07-08"), ..Scope::default() }), 4);
    assert_eq!(of(Scope { officer: Some("cuc".into()), ..Scope::default() }), 3);
    assert_eq!(of(Scope { procedure: Some("2.000815".into()), ..Scope::default() }), 2);
    // TH merged into VP: its dossier counts for VP.
    assert_eq!(of(Scope { unit: Some("VP".into()), ..Scope::default() }), 4);
    assert_eq!(of(Scope { unit: Some("không có".into()), ..Scope::default() }), 0);
    let report = build(Kind::Qd766, &context(&facts, &Scope::default()));
    let rows = cells(&report, "so_hoa_766");
    assert_eq!(
        rows,
        [
            "1,,Phòng Kinh tế,3,2,1,0,0,2,1,0",
            "2,,Văn phòng,3,0,3,1,0,3,0,3",
            "Tổng cộng,,,6,2,4,1,0,5,1,3",
        ]
    );
}

#[test]
fn the_points_of_decision_766_are_in_proportion() {
    let facts = EXAMPLE.facts();
    let report = build(Kind::Qd766, &context(&facts, &Scope::default()));
    let points: Vec<_> = cells(&report, "diem")
        .iter()
        .map(|line| line.rsplit(',').nth(5).unwrap().to_owned())
        .collect();
    // 3/4×6; 3/6×4/0,8; 1/6×2/0,8; 0; 1/3×2; 1/6×2; 1×2.
    assert_eq!(points, ["4.50", "2.50", "0.42", "0.00", "0.67", "0.33", "2.00", "10.42"]);
}

#[test]
fn registers_name_missing_and_double_numbers() {
    let facts = EXAMPLE.facts();
    let report = build(Kind::Registers, &context(&facts, &Scope::default()));
    assert_eq!(cells(&report, "danh_so"), ["2026,XN-UBND,3,3,1,2,3 (×2)"]);
    let outgoing = cells(&report, "van_ban_di");
    assert!(
        outgoing[0].starts_with("01/XN-UBND,2026-07-07,Giấy xác nhận – Xác nhận cư trú")
    );
    assert_eq!(table(&report, "so_theo_doi_ho_so").rows.len(), 6, "not the secret one");
}

#[test]
fn days_weeks_and_officers_add_up() {
    let facts = EXAMPLE.facts();
    let scope = Scope {
        from: Day::typed("2026-07-06"),
        to: Day::typed("2026-07-15"),
        ..Scope::default()
    };
    let report = build(Kind::Campaign, &context(&facts, &scope));
    // received, counter, online, post, issued, signed, printed, change.
    let weeks = ["2026-W28,7,5,1,1,3,1,2,", "2026-W29,0,0,0,0,0,0,0,-7"];
    assert_eq!(cells(&report, "theo_tuan")[..2], weeks);
    let days = cells(&report, "theo_ngay");
    assert_eq!(days.len(), 11);
    assert_eq!(days[1], "2026-07-07,1,0,1,0,3,1,1,Không");
    assert_eq!(days[2], "2026-07-08,1,0,0,1,0,0,1,Không");
    assert!(
        days[10].ends_with("6 ngày"),
        "8 working days, 2 with printing: {}",
        days[10]
    );
    let report = build(Kind::Kpi, &context(&facts, &scope));
    let people = cells(&report, "can_bo");
    assert_eq!(people[0], "an,Nguyễn Văn An,VP,2,3,0,0,0,0,,2,18,5,5,90.00");
    assert_eq!(people[1], "binh,Trần Thị Bình,VP,1,0,3,3,2,3,66.67,0,0,,,");
    assert_eq!(people[2], "cuc,Lê Thị Cúc,KT,3,1,3,2,2,3,66.67,0,0,,,");
    for kind in Kind::ALL {
        let report = build(kind, &context(&facts, &Scope::default()));
        assert!(
            report.tables().all(|table| table.mismatches().is_empty()),
            "{}",
            kind.name()
        );
    }
}

#[test]
fn savings_are_sheets_times_copies_less_what_was_printed() {
    let facts = EXAMPLE.facts();
    let report = build(Kind::Savings, &context(&facts, &Scope::default()));
    // 01 and one 03, of 3 pages on 2 sheets each: 3 copies, and 3 − 2.
    assert_eq!(cells(&report, "tiet_kiem")[0], "Văn phòng,2,6,8,4000");
    let leaks = build(Kind::Leakage, &context(&facts, &Scope::default()));
    assert_eq!(cells(&leaks, "ro_ri")[0], "Văn phòng,3,1,1,2");
}

// ------------------------------------------------------------------------ bad data

#[test]
fn what_cannot_be_is_named_by_file_and_row_and_the_rest_is_reported() {
    let desk = Desk::new("report-odd");
    let kept = desk.archive();
    let lines = [
        r#"{"MaHoSo":"H32.18-260706-0001","NgayTiepNhan":"2027-01-01"}"#,
        r#"{"MaHoSo":"H32.18-260706-0002","NgayTiepNhan":"2026-07-06","NgayKetThucXuLy":"2026-07-01"}"#,
        r#"{"MaHoSo":"H32.18-260706-0003"}"#,
        r#"{"MaHoSo":"000.00.18.H32-260706-0002","NgayTiepNhan":"2026-07-06"}"#,
        r#"{"MaHoSo":"H32.18-260706-0005","NgayTiepNhan":"2026-07-06","MienTru":"XYZ"}"#,
        "không phải JSON",
    ];
    desk.put("kho/registers/2026/07.jsonl", lines.join("\n").as_bytes());
    let may = r#"{"MaHoSo":"H32.18-260504-0001","NgayTiepNhan":"2026-05-04"}"#;
    desk.put("kho/registers/2026/05.jsonl", may.as_bytes());
    let archive = Archive::consult(&kept.0).unwrap().0;
    let mut facts = Facts::new();
    gather(&archive, &mut facts, Taking { today: now().day(), words: false }).unwrap();
    let mut found: Vec<_> = facts
        .oddities
        .iter()
        .map(|odd| (odd.at.as_str(), odd.finding.code.as_str()))
        .collect();
    found.sort_unstable();
    let file = "registers/2026/07.jsonl";
    let wanted = [
        (1, "report.future"),
        (2, "report.order"),
        (3, "report.undated"),
        (4, "report.twice"),
        (5, "report.exemption"),
        (6, "report.line"),
    ];
    let wanted: Vec<_> =
        wanted.iter().map(|(row, code)| (format!("{file}:{row}"), *code)).collect();
    let wanted: Vec<_> = wanted.iter().map(|(at, code)| (at.as_str(), *code)).collect();
    assert_eq!(found.remove(0), ("registers/2026/06.jsonl", "report.no-register"));
    assert_eq!(found, wanted);
    assert_eq!(View::new(&facts, &Scope::default(), now().day()).dossiers.len(), 4);
    // The program says so with its exit code, and still reports.
    let run = Run::of(desk.sohoa().args(["report", "qd766", "kho"]));
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("registers/2026/07.jsonl:6"), "{}", run.stdout);
    let empty = Desk::new("report-empty");
    drop(empty.archive());
    // An archive without anything proves nothing, alone or among others.
    let full = kept.0.to_str().unwrap();
    for dirs in [&["kho"][..], &[full, "kho", "--roll-up"]] {
        let run = Run::of(empty.sohoa().args(["report", "paperless"]).args(dirs));
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(run.stdout.contains("kho chưa có hồ sơ nào"), "{}", run.stdout);
    }
    // What nothing is counted for has no points at all, which is not none of 22.
    let line = ["report", "qd766", "kho", "--json"];
    let run = Run::of(empty.sohoa().args(line));
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let blocks = report["blocks"].as_array().unwrap();
    let points = blocks.iter().find(|block| block["name"] == "diem").unwrap();
    assert!(points["total"]["diem"].is_null(), "{}", points["total"]);
}

#[test]
fn every_rule_that_is_broken_somewhere_is_counted() {
    let facts = EXAMPLE.facts();
    let report = build(Kind::Integrity, &context(&facts, &Scope::default()));
    let table = |name| report.tables().find(|table| table.name == name).unwrap();
    let broken: Vec<&str> =
        table("noi_vi_pham").rows.iter().map(|row| row[2].word().unwrap()).collect();
    for row in &table("vi_pham").rows {
        let rule = row[0].word().unwrap();
        let times = broken.iter().filter(|rules| rules.split(", ").any(|id| id == rule));
        assert_eq!(row[3].amount(), Some(times.count() as u64), "{rule}");
    }
    assert!(broken.contains(&"S08"), "{broken:?}");
}

#[test]
fn a_term_that_the_applicant_put_off_ends_on_a_working_day() {
    let desk = Desk::new("report-days");
    let kept = desk.archive();
    // Due on Friday the 10th; a day more is Saturday, Monday is off here.
    let lines = ["2026-07-14", "2026-07-15"].map(|ended| {
        let last = ended.chars().last().unwrap();
        format!(
            r#"{{"MaHoSo":"H32.18-260706-000{last}","NgayTiepNhan":"2026-07-06","NgayHenTra":"2026-07-10","NgayKetThucXuLy":"{ended}","SoLanBoSung":1,"SoNgayBoSung":1,"TrangThai":"Đã xử lý xong"}}"#
        )
    });
    desk.put("kho/registers/2026/07.jsonl", lines.join("\n").as_bytes());
    desk.put("kho/ngay-nghi.txt", "13/07/2026 nghỉ bù\n".as_bytes());
    let figure = |folder: &std::path::Path| {
        let archive = Archive::consult(folder).unwrap().0;
        let mut facts = Facts::new();
        gather(&archive, &mut facts, Taking { today: now().day(), words: false })
            .unwrap();
        let view = View::new(&facts, &Scope::default(), now().day());
        let on_time = figure(&view, "dung_han");
        let odd = facts.oddities.iter().map(|odd| odd.at.clone()).collect::<Vec<_>>();
        (on_time.numerator, on_time.denominator, odd)
    };
    assert_eq!(figure(&kept.0), (1, 2, vec![]), "Tuesday is the day, Wednesday late");
    desk.put("kho/ngay-nghi.txt", b"13/13/2026\n");
    assert_eq!(figure(&kept.0), (0, 2, vec!["ngay-nghi.txt".to_owned()]));
}

#[test]
fn archives_roll_up_into_one_report() {
    let desk = Desk::new("report-roll-up");
    let agencies = [("xa-1", "H32.18", "UBND xã Một"), ("xa-2", "H32.19", "UBND xã Hai")];
    for (folder, id, name) in agencies {
        let line = ["archive", "init", folder, "--agency", id, "--name", name];
        assert_eq!(Run::of(desk.sohoa().args(line)).code, Some(0));
        let line = |number: u32, ended: &str| {
            format!(
                r#"{{"MaHoSo":"{id}-260706-000{number}","NgayTiepNhan":"2026-07-06","NgayHenTra":"2026-07-10","NgayKetThucXuLy":"{ended}","TrangThai":"Đã xử lý xong"}}"#
            )
        };
        let lines = [line(1, "2026-07-08"), line(2, "2026-07-13")];
        let register = format!("{folder}/registers/2026/07.jsonl");
        desk.put(&register, lines.join("\n").as_bytes());
    }
    let line = ["report", "qd766", "xa-1", "xa-2", "--roll-up", "--json"];
    let run = Run::of(desk.sohoa().args(line));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let blocks = report["blocks"].as_array().unwrap();
    let figures = blocks.iter().filter_map(|block| block["figures"].as_array()).flatten();
    let on_time = figures.clone().find(|figure| figure["code"] == "dung_han").unwrap();
    assert_eq!((&on_time["numerator"], &on_time["denominator"]), (&2.into(), &4.into()));
    assert_eq!(report["agency_id"], "H32.18+1");
    for (_, _, name) in agencies {
        assert!(run.stdout.contains(name), "{name} has a row of its own: {}", run.stdout);
    }
    let demand = [&line[..5], &["--require", "dung_han>=98", "--list-missing"]].concat();
    let run = Run::of(desk.sohoa().args(demand));
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("H32.18-260706-0002"), "{}", run.stdout);
    assert!(run.stdout.contains("H32.19-260706-0002"), "{}", run.stdout);
}

#[test]
fn totals_of_other_offices_are_held_against_their_parts() {
    let desk = Desk::new("report-sums");
    let wrong = "Dịch vụ công,Số\nMột phần,335\nToàn trình,1101\nTổng cộng,1406\n";
    desk.put("sai.csv", wrong.as_bytes());
    desk.put("dung.csv", wrong.replace("1406", "1436").as_bytes());
    desk.put("khong.csv", b"Xa,So\nMot,1\n");
    let sums = |line: &[&str]| Run::of(desk.sohoa().args(["report", "sums"]).args(line));
    let run = sums(&["sai.csv"]);
    assert_eq!(run.code, Some(1));
    for part in ["dòng 4", "1.436", "1.406", "Một phần: 335", "Toàn trình: 1.101"]
    {
        assert!(run.stdout.contains(part), "{}", run.stdout);
    }
    assert_eq!(sums(&["dung.csv"]).code, Some(0));
    assert_eq!(sums(&["khong.csv"]).code, Some(3), "nothing was checked");
    let run = sums(&["dung.csv", "sai.csv", "khong.csv", "--json"]);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &answer["schema"]), (Some(1), &"sohoa.sums/1".into()));
    assert_eq!(answer["files"][1]["wrong"][0]["sum"], 1436.0);
    let rows = r#"[{"Loại": "Một phần", "Số": 335}, {"Loại": "Tổng", "Số": 336}]"#;
    desk.put("sai.json", rows.as_bytes());
    assert_eq!(sums(&["sai.json"]).code, Some(1));
    assert_eq!(sums(&["thieu.csv"]).code, Some(2));
    assert_eq!(sums(&["sai.csv", "--from", "2026-01-01"]).code, Some(2));
    // The workbooks we write hold their own totals.
    let facts = EXAMPLE.facts();
    let report = build(Kind::Qd766, &context(&facts, &Scope::default()));
    desk.put("766.xlsx", &xlsx::workbook(&report, Lang::Vi).unwrap());
    let run = sums(&["766.xlsx"]);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
}

// ----------------------------------------------------------------------- the forms

#[test]
fn the_program_demands_lists_and_freezes() {
    let desk = &EXAMPLE.desk;
    let report = |line: &[&str]| Run::of(desk.sohoa().arg("report").args(line));
    let met = report(&["qd766", "kho", "--require", "tai_su_dung>=10", "--quiet"]);
    assert_eq!((met.code, met.stdout.as_str()), (Some(0), ""), "{}", met.stderr);
    let missed = report(&[
        "qd766",
        "kho",
        "--require",
        "dung_han>=98",
        "--list-missing",
        "--quiet",
    ]);
    assert_eq!(missed.code, Some(1));
    for part in ["66,67% (4/6)", "31,33", "H32.18-260710-0002"] {
        assert!(missed.stdout.contains(part), "{}", missed.stdout);
    }
    assert_eq!(report(&["qd766", "kho", "--require", "dunghan>=98"]).code, Some(2));
    assert_eq!(report(&["qd766", "kho", "kho"]).code, Some(2), "not without --roll-up");
    let frozen = report(&["qd766", "kho", "--freeze", "--json"]);
    assert_eq!(frozen.code, Some(0), "{}", frozen.stderr);
    let answer: Value = serde_json::from_str(&frozen.stdout).unwrap();
    assert_eq!(answer["schema"], "sohoa.report/1");
    assert_eq!(answer["blocks"][0]["figures"][1]["percent"], 50.0);
    let folder = desk.path("kho/reports/2026-07-16-qd766-1");
    let inputs = fs::read(folder.join("inputs.txt")).unwrap();
    let text = String::from_utf8_lossy(&inputs).into_owned();
    for part in ["report.json", "ledger ", "registers/2026/07.jsonl", "sohoa.toml"] {
        assert!(text.contains(part), "{text}");
    }
    let log = Run::of(desk.sohoa().args(["archive", "log", "--archive", "kho"]));
    assert!(log.stdout.contains(&Digest::of(&inputs).to_string()), "{}", log.stdout);
    let check = Run::of(desk.sohoa().args(["archive", "check", "--archive", "kho"]));
    assert_eq!(check.code, Some(0), "{}{}", check.stdout, check.stderr);
}

#[test]
fn a_file_that_was_asked_for_is_written_in_the_form_of_its_name() {
    let desk = &EXAMPLE.desk;
    let report = |line: &[&str]| {
        Run::of(desk.sohoa().args(["report", "qd766", "kho", "--force"]).args(line))
    };
    for (name, begins) in [
        ("r.pdf", "%PDF-"),
        ("r.xlsx", "PK"),
        ("r.HTML", "<!DOCTYPE html>"),
        ("r.json", "{\"schema\""),
        ("r.txt", "UBND"),
        ("r", "UBND"),
    ] {
        let run = report(&["-o", name, "--quiet"]);
        assert_eq!(run.code, Some(0), "{name}: {}", run.stderr);
        let bytes = fs::read(desk.path(name)).unwrap();
        assert!(bytes.starts_with(begins.as_bytes()), "{name}: {:?}", bytes.get(..20));
    }
    let run = report(&["-o", "r.pdf", "--format", "csv"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!fs::read(desk.path("r.pdf")).unwrap().starts_with(b"%PDF-"), "as named");
    assert_eq!(report(&["--json", "--format", "csv"]).code, Some(2));
}

#[test]
fn what_is_demanded_and_cannot_be_counted_is_told_however_quietly() {
    let desk = Desk::new("report-quiet");
    desk.archive();
    let line = ["report", "paperless", "kho", "--require", "ky_so>=100", "--quiet"];
    let run = Run::of(desk.sohoa().args(line));
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(run.stderr.contains("mẫu số bằng 0"), "{}", run.stderr);
}

#[test]
fn a_paper_is_pdf_a_with_motto_date_and_signer() {
    let desk = &EXAMPLE.desk;
    let mut line = desk.sohoa();
    line.args([
        "report",
        "qd766",
        "kho",
        "--format",
        "pdf",
        "--force",
        "-o",
        "bao-cao.pdf",
    ]);
    line.args([
        "--place",
        "Khánh Hòa",
        "--position",
        "CHỦ TỊCH",
        "--signer",
        "Nguyễn Văn An",
    ]);
    let run = Run::of(&mut line);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let pdf = file("a report", &fs::read(desk.path("bao-cao.pdf")).unwrap());
    if let Some(verdict) = conformance(&pdf) {
        assert_eq!(verdict.trim(), "PDF/A-2b: pass");
    }
    for reading in readings(&pdf) {
        let text = reading.pages.concat();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Khánh Hòa, ngày 16 tháng 7 năm 2026",
            "50,00%",
            "Nguyễn Văn An",
        ] {
            assert!(text.contains(part), "{} reads {text}", reading.judge);
        }
    }
}

#[test]
fn nobody_signs_a_page_that_says_nothing() {
    let desk = &EXAMPLE.desk;
    for kind in Kind::ALL {
        let name = format!("{}-ky.pdf", kind.name());
        let line =
            ["report", kind.name(), "kho", "--format", "pdf", "--force", "-o", &name];
        let run = Run::of(desk.sohoa().args(line));
        assert!(matches!(run.code, Some(0 | 1)), "{name}: {}", run.stderr);
        let bytes = fs::read(desk.path(&name)).unwrap();
        let opened = sohoa::pdf::open(bytes.into(), None, Limits::default()).unwrap();
        let last = opened.pages().last().unwrap().unwrap();
        let text = last.text.as_ref().unwrap().text();
        assert!(text.contains("./.") && text.contains("Nơi nhận"), "{name}: {text}");
    }
}

#[test]
fn a_wide_table_lies_on_a_wide_sheet_with_every_column() {
    let desk = &EXAMPLE.desk;
    let line = ["report", "kpi", "kho", "--format", "pdf", "--force", "-o", "kpi.pdf"];
    let run = Run::of(desk.sohoa().args(line));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let bytes = fs::read(desk.path("kpi.pdf")).unwrap();
    let opened = sohoa::pdf::open(bytes.into(), None, Limits::default()).unwrap();
    let pages: Vec<_> = opened.pages().map(Result::unwrap).collect();
    let wide: Vec<_> = pages
        .iter()
        .map(|page| page.scan.placed.as_ref().unwrap().width > 800.0)
        .collect();
    assert_eq!(wide, [false, true, false]);
    let text = pages[1].text.as_ref().unwrap().text().replace('\n', " ");
    let facts = EXAMPLE.facts();
    let report = build(Kind::Kpi, &context(&facts, &Scope::default()));
    for column in &table(&report, "can_bo").columns {
        for word in column.title.split(' ') {
            assert!(text.contains(word), "{}: {text}", column.title);
        }
    }
}

#[test]
fn pages_and_workbooks_say_the_same() {
    let facts = EXAMPLE.facts();
    let report = build(Kind::Paperless, &context(&facts, &Scope::default()));
    let page = html::page(&report, Lang::Vi);
    for part in ["<svg", "33,33%", "1/3", "chưa đạt mục tiêu 100,00%", "Văn phòng"]
    {
        assert!(page.contains(part), "{part}");
    }
    let links = |text: &str| page.matches(text).count();
    assert_eq!(links("http"), links("http://www.w3.org/2000/svg"), "nothing is fetched");
    let book = xlsx::workbook(&report, Lang::Vi).unwrap();
    // What we write, the reader of registers reads.
    let read = {
        use calamine::Reader as _;
        let mut book: calamine::Xlsx<_> =
            calamine::Xlsx::new(std::io::Cursor::new(&book)).unwrap();
        assert_eq!(book.sheet_names(), ["Chỉ tiêu", "Theo đơn vị", "Ghi chú"]);
        book.worksheet_range("Chỉ tiêu").unwrap()
    };
    let signed =
        read.rows().find(|row| row[0].to_string().contains("lãnh đạo và cơ quan"));
    let numbers: Vec<_> = signed.unwrap()[2..6].iter().map(ToString::to_string).collect();
    assert_eq!(numbers, ["1", "3", "0", "0"]);
}
