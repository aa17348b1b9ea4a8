//! The two stacks of a scanner that sees one side, put back in order.
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use serde_json::Value;
use sohoa::track::payload::{self, Begins, Side};

use crate::office::{Desk, slip, tiff};
use crate::pdfa::sheet::{Sheet, font};
use crate::qr::{needs_font, sheet_of};

fn sheet(serial: u32, side: Side) -> Sheet {
    let (begins, dossier) = (Begins::Dossier, None);
    let (documents, pages) = (None, None);
    sheet_of(&payload::Sheet { begins, dossier, serial, documents, pages, side })
}

fn codes_of(document: &Value) -> Vec<&str> {
    let findings = document["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

/// Where each page of a document lay: `F1`, `B2`.
fn order(document: &Value) -> Vec<String> {
    let pages = document["record"]["pages"].as_array().unwrap();
    let place = |page: &Value| {
        let stack = page["scanned"]["stack"].as_str().unwrap();
        let side = if stack == "fronts" { "F" } else { "B" };
        format!("{side}{}", page["scanned"]["page"])
    };
    pages.iter().map(place).collect()
}

#[test]
fn two_stacks_become_dossiers_in_the_order_of_the_paper() {
    needs_font!();
    let desk = Desk::new("collate");
    let archive = desk.archive();
    // Two dossiers: a sheet of two sides, then a paper of two sides.
    let fronts = ["Don mot", "Don hai"].map(|line| slip(&[line, "phường Nam Nha Trang"]));
    let backs = ["Sau mot", "Sau hai"].map(|line| slip(&[line, "phường Nam Nha Trang"]));
    let sides = |side| [1, 2].map(|serial| sheet(serial, side));
    let (front, back) = (sides(Side::Front), sides(Side::Back));
    let one =
        desk.put("truoc.tif", &tiff(&[&front[0], &fronts[0], &front[1], &fronts[1]]));
    let two = desk.put("sau.tif", &tiff(&[&backs[1], &back[1], &backs[0], &back[0]]));
    let line = ["truoc.tif", "sau.tif", "--collate", "auto"];
    let run = desk.ingest(&line);
    let [document] = &run.documents()[..] else {
        panic!("{} {}", run.stdout, run.stderr)
    };
    assert!(codes_of(document).contains(&"stack.collated"), "{document}");
    assert_eq!(document["documents"].as_array().unwrap().len(), 2, "{document}");
    assert_eq!(run.summary()["inputs"], 1, "a pair is one input");
    let made = archive.documents();
    let orders: Vec<_> = made.iter().map(|(_, document)| order(document)).collect();
    assert_eq!(orders, [["F1", "B4", "F2", "B3"], ["F3", "B2", "F4", "B1"]]);
    for ((folder, document), (said, pages)) in
        made.iter().zip([("mot", [[1, 2], [3, 4]]), ("hai", [[3, 4], [1, 2]])])
    {
        let text = document["text"].as_str().unwrap();
        let text = std::fs::read_to_string(folder.join(text)).unwrap();
        let (front, back) = (format!("Don {said}"), format!("Sau {said}"));
        assert!(text.find(&front) < text.find(&back), "{text}");
        assert!(text.contains(&front) && text.contains(&back), "{text}");
        // Both files can be found from the record.
        let (source, backs) = (&document["source"], &document["source"]["backs"]);
        assert_eq!(source["sha256"], crate::office::sha256(&one).as_str());
        assert_eq!(backs["sha256"], crate::office::sha256(&two).as_str());
        let spans = [&source["pages"], &backs["pages"]];
        assert_eq!(spans.map(Clone::clone), pages.map(Value::from));
    }
    assert_eq!(desk.ingest(&line).statuses(), ["already_filed"]);
    assert_eq!(archive.documents().len(), 2);
}

#[test]
fn two_scans_of_one_paper_in_one_run_are_told() {
    needs_font!();
    let desk = Desk::new("twice");
    let archive = desk.archive();
    let paper = |more: u32| {
        let mut sheet = Sheet::new(105.0, 74.0 + f64::from(more), 200.0);
        let lines = [
            "Kính gửi Ủy ban nhân dân phường Nam",
            "Tôi đề nghị cấp giấy phép xây dựng nhà",
            "ở riêng lẻ tại thửa đất số mười hai tờ",
            "bản đồ số ba theo quy định hiện hành",
        ];
        for (line, y) in lines.iter().zip((40..).step_by(22)) {
            sheet.line(line, 20.0, y.into(), 13.0);
        }
        tiff(&[&sheet])
    };
    desk.put("a.tif", &paper(0));
    desk.put("b.tif", &paper(1));
    let run = desk.ingest(&["a.tif", "b.tif", "--jobs", "2"]);
    let told: Vec<bool> = run
        .documents()
        .iter()
        .map(|document| {
            codes_of(document).iter().any(|it| it.starts_with("document.held"))
        })
        .collect();
    assert_eq!(told.iter().filter(|told| **told).count(), 1, "{}", run.stdout);
    assert_eq!(archive.documents().len(), 2, "both are filed, nothing is lost");
    // The very same bytes under two names are filed once.
    desk.put("c.tif", &tiff(&[&slip(&["Phiếu ba", "một tờ riêng"])]));
    std::fs::copy(desk.path("c.tif"), desk.path("d.tif")).unwrap();
    let run = desk.ingest(&["c.tif", "d.tif", "--jobs", "2"]);
    let statuses = run.statuses();
    assert_eq!(statuses[1], "already_filed", "{}", run.stdout);
    assert_eq!(archive.documents().len(), 3);
}

#[test]
fn stacks_that_do_not_match_are_quarantined_whole() {
    needs_font!();
    let desk = Desk::new("collate-bad");
    let archive = desk.archive();
    let papers = ["Tờ một", "Tờ hai", "Tờ ba"].map(|line| slip(&[line]));
    desk.put("truoc.tif", &tiff(&[&papers[0], &papers[1]]));
    desk.put("sau.tif", &tiff(&[&papers[2]]));
    let run = desk.ingest(&["truoc.tif", "sau.tif", "--collate", "reversed"]);
    assert_eq!(run.statuses(), ["quarantined"], "{}", run.stdout);
    assert!(codes_of(&run.documents()[0]).contains(&"stack.counts-differ"));
    assert_eq!(archive.quarantine().len(), 2, "both files are kept");
    // The clerk finds the back that stuck, and what was set aside is released.
    desk.put("sau-2.tif", &tiff(&[&papers[2], &slip(&["Tờ bốn"])]));
    let run = desk.ingest(&["truoc.tif", "sau-2.tif", "--collate", "forward"]);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    let [(_, document)] = &archive.documents()[..] else { panic!("one document") };
    assert_eq!(order(document), ["F1", "B1", "F2", "B2"]);
    assert_eq!(archive.quarantine().len(), 1, "the fronts are filed now");
    // One file of fronts and backs, whose sheet lies the other way round.
    let (front, back) = (sheet(1, Side::Front), sheet(1, Side::Back));
    let stack = [&front, &papers[0], &papers[1], &back, &papers[2], &papers[1]];
    desk.put("mot-tep.tif", &tiff(&stack));
    let run = desk.ingest(&["mot-tep.tif", "--collate", "reversed"]);
    assert_eq!(run.statuses(), ["quarantined"], "{}", run.stdout);
    assert!(codes_of(&run.documents()[0]).contains(&"stack.sheets-differ"));
}
