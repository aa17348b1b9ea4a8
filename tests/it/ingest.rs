//! The main job from outside: the built program over the example scans, over
//! papers made in code and over the corpus, judged by what it says, what lies
//! in the archive, and what others read in it.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test that panics is a test that fails, and it may say what it measured"
)]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::archive::{tree, validate_with_bagit};
use crate::office::{
    DAY, Desk, Kept, Run, blank, contents, sha256, slip, tiff, typed_pdf,
};
use crate::pdfa::judges::{Reading, boxes, conformance, readings, structure};
use crate::pdfa::sheet::{Sheet, font};
use crate::pdfa::{document, page};

/// Skips a test that typesets where the face is not installed.
macro_rules! needs_font {
    () => {
        if font().is_none() {
            println!("skipped: the font Tinos (fonts-croscore) is not installed");
            return;
        }
    };
}

// ------------------------------------------------------------ the example scans

#[test]
fn every_input_is_filed_once_and_the_account_adds_up() {
    let Filed { archive, run, .. } = examples();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let summary = run.summary();
    assert_eq!((&summary["inputs"], &summary["filed"]), (&8.into(), &8.into()));
    let mut inputs: Vec<_> = scans().iter().map(|scan| sha256(scan)).collect();
    inputs.sort();
    assert_eq!(archive.sources(), inputs);
    for document in run.documents() {
        let input = Path::new(document["input"].as_str().unwrap());
        let (file, record) = archive.document_of(input);
        assert_eq!(archive.0.join(document["file"].as_str().unwrap()), file);
        assert_eq!(document["bytes_out"], fs::metadata(&file).unwrap().len());
        assert_eq!(document["pages"], record["record"]["pages"]);
    }
}

#[test]
fn a_second_run_files_nothing() {
    let Filed { desk, archive, run } = examples();
    let before = contents(&archive.0);
    let again = desk.ingest(&[&folder("examples/scans")]);
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    assert_eq!(again.statuses(), ["already_filed"; 8]);
    assert_eq!(again.summary()["pages"], 0);
    let places = |run: &Run| -> Vec<_> {
        let place = |line: Value| (line["dossier"].clone(), line["file"].clone());
        run.documents().into_iter().map(place).collect()
    };
    assert_eq!(places(&again), places(run), "it says where they lie");
    assert!(contents(&archive.0) == before, "nothing changed");
}

#[test]
fn the_same_inputs_give_the_same_bytes_however_many_work_at_them() {
    let Filed { archive, .. } = examples();
    let desk = Desk::new("same");
    let other = desk.archive();
    let run = desk.ingest(&[&folder("examples/scans"), "--jobs", "3"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    // The key of each archive's ledger is its own.
    let of = |archive: &Kept| {
        let mut files = contents(&archive.0);
        files.retain(|file, _| !file.starts_with("ledger/"));
        files
    };
    let (ours, theirs) = (of(archive), of(&other));
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (file, bytes) in ours {
        assert!(theirs[&file] == bytes, "`{file}` differs");
    }
}

#[test]
fn a_folder_in_an_inbox_is_one_dossier() {
    let Filed { archive, .. } = examples();
    let dossier =
        |name| archive.document_of(&scan("don-xin-xac-nhan").join::<&str>(name));
    let (first, second) =
        (dossier("01-don-de-nghi.jpg"), dossier("02-giay-xac-nhan.tif"));
    assert_eq!(first.0.parent(), second.0.parent());
    assert_eq!((&first.1["DocOrdinal"], &second.1["DocOrdinal"]), (&1.into(), &2.into()));
    assert_eq!(archive.dossiers().len(), 7);
}

#[test]
fn a_blank_page_is_set_aside_and_no_page_is_lost() {
    let Filed { archive, .. } = examples();
    for (folder, document) in archive.documents() {
        let pages = document["record"]["pages"].as_array().unwrap();
        let aside = pages.iter().filter(|page| page["place"] == "set_aside").count();
        let file = folder.join(document["file"].as_str().unwrap());
        assert_eq!(page_count(&file), pages.len() - aside, "{document}");
        assert_eq!(document["PageAmount"], pages.len());
        let companions = document["companions"].as_array().cloned().unwrap_or_default();
        let blank =
            companions.iter().map(|companion| companion["file"].as_str().unwrap());
        let mut blank = blank.filter(|name| name.ends_with(".trang-trong.pdf"));
        match blank.next() {
            Some(name) => assert_eq!(page_count(&folder.join(name)), aside),
            None => assert_eq!(aside, 0, "{document}"),
        }
    }
    let back = page_of("ho-so-nhieu-trang.tif", 2);
    assert_eq!((&back["place"], &back["text"]), (&"set_aside".into(), &"blank".into()));
    let finding = &back["findings"][0];
    assert_eq!(finding["code"], "blank.set-aside");
    let measure = &finding["measures"][0];
    assert!(measure["value"].as_f64() < measure["limit"].as_f64(), "{measure}");
}

#[test]
fn no_page_that_somebody_would_miss_is_set_aside() {
    for answer in answers().iter().filter(|answer| answer["blank"] == false) {
        let (file, number) = (answer["file"].as_str().unwrap(), page_number(answer));
        assert_eq!(page_of(file, number)["place"], "kept", "page {number} of `{file}`");
    }
}

#[test]
fn pages_come_out_upright_and_with_their_words() {
    let Filed { archive, .. } = examples();
    for answer in answers() {
        let text = answer["text"].as_str().unwrap();
        if text.split_whitespace().count() < 5 {
            continue;
        }
        let (name, number) = (answer["file"].as_str().unwrap(), page_number(&answer));
        let turned = &page_of(name, number)["turned"];
        let whole = (turned.as_i64().unwrap() + answer["turn"].as_i64().unwrap()) % 360;
        assert_eq!(
            whole, 0,
            "page {number} of `{name}` lay {} and was turned {turned}",
            answer["turn"]
        );
        let (file, document) = archive.document_of(&scan(name));
        let place = place_in_file(&document, number);
        let Some(words) = boxes(&file, place) else { return };
        let wide = words.iter().filter(|(word, _)| word.chars().count() > 3);
        let (lies, stands): (Vec<_>, Vec<_>) =
            wide.partition(|(_, place)| place.width() > place.height());
        assert!(
            lies.len() > 9 * stands.len(),
            "page {number} of `{name}` is not upright"
        );
        let found: Vec<_> = words.iter().map(|(word, _)| word.as_str()).collect();
        let recall = recall(text, &found);
        println!("page {number} of `{name}`: recall {recall:.3}");
        assert!(recall >= 0.85, "page {number} of `{name}`: {recall}");
    }
}

#[test]
fn a_jpeg_passes_byte_for_byte() {
    let Filed { archive, .. } = examples();
    for name in ["cong-van-300dpi.jpg", "don-xin-xac-nhan/01-don-de-nghi.jpg"] {
        let (file, _) = archive.document_of(&scan(name));
        assert!(pictures(&file) == [fs::read(scan(name)).unwrap()], "{name}");
        assert_eq!(page_of(name, 1)["kept_as"], "JPEG (untouched)");
    }
}

#[test]
fn others_accept_every_dossier() {
    for (folder, _) in examples().archive.dossiers() {
        validate_with_bagit(&folder);
    }
}

#[test]
fn judges_pass_every_pdf_of_the_examples_and_read_it_alike() {
    judged(&examples().archive);
}

// ------------------------------------------------------------------- the corpus

#[test]
fn judges_pass_every_pdf_of_the_corpus_and_read_it_alike() {
    let Some(Filed { archive, run, .. }) = corpus() else { return };
    // Numbers and days written by hand are for a person, and a paper that lies there as
    // its scan and as its original; nothing else is.
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let needed = run
        .documents()
        .into_iter()
        .flat_map(|document| document["findings"].as_array().unwrap().clone());
    for finding in needed.filter(|finding| finding["weight"] == "needs_person") {
        let code = finding["code"].as_str().unwrap();
        assert!(
            code.starts_with("fields.") || code == "document.held-in-run",
            "{finding}"
        );
    }
    run.summary();
    judged(archive);
    for (folder, _) in archive.dossiers() {
        validate_with_bagit(&folder);
    }
}

#[test]
fn a_signed_pdf_is_kept_byte_for_byte() {
    let Some(Filed { archive, run, .. }) = corpus() else { return };
    let documents = run.documents();
    let signed = documents.iter().filter(|document| is_signed(document));
    let mut count = 0;
    for document in signed {
        let input = Path::new(document["input"].as_str().unwrap());
        let (file, record) = archive.document_of(input);
        assert!(fs::read(&file).unwrap() == fs::read(input).unwrap(), "{document}");
        assert_eq!(record["sha256"], record["source"]["sha256"]);
        count += 1;
    }
    assert_eq!(count, 4);
}

fn is_signed(document: &Value) -> bool {
    document["input"].as_str().unwrap().ends_with(".original.pdf")
}

// --------------------------------------------------------- what is not written

#[test]
fn a_rehearsal_decides_the_same_and_writes_nothing() {
    needs_font!();
    let desk = Desk::new("rehearsal");
    let archive = desk.archive();
    desk.put("quet/1.tif", &tiff(&[&slip(&["Kính gửi: Ủy ban nhân dân xã"]), &blank(0)]));
    desk.put("quet/2.tif", b"II*\0 broken");
    desk.put("quet/3/a.pdf", &typed_pdf("Thong bao so 12"));
    let before = moments(&desk.0);
    let rehearsed = desk.ingest(&["quet", "--dry-run"]);
    assert_eq!(moments(&desk.0), before, "nothing was written");
    assert_eq!(rehearsed.summary()["dry_run"], true);
    let done = desk.ingest(&["quet"]);
    assert_eq!(rehearsed.code, done.code);
    assert_eq!(rehearsed.statuses(), done.statuses());
    let pages = |run: &Run| -> Vec<_> {
        run.documents().iter().map(|document| document["pages"].clone()).collect()
    };
    assert_eq!(pages(&rehearsed), pages(&done));
    assert_eq!(archive.documents().len(), 2);
}

#[test]
fn a_rehearsal_sees_what_comes_twice_as_the_run_does() {
    let desk = Desk::new("rehearsal-twice");
    desk.archive();
    let paper = typed_pdf("Thong bao so 12");
    for name in ["quet/1.pdf", "quet/2.pdf", "quet/9/a.pdf", "quet/9/b.pdf"] {
        desk.put(name, &paper);
    }
    // Enough between them for the first to be placed before the last is opened.
    for number in 0..9 {
        desk.put(&format!("quet/3{number}.pdf"), &typed_pdf(&format!("So {number}")));
    }
    let line = ["quet", "--jobs", "1"];
    let rehearsed = desk.ingest(&[&line[..], &["--dry-run"]].concat());
    let done = desk.ingest(&line);
    assert_eq!(rehearsed.statuses(), done.statuses());
    let twice = |run: &Run| -> Vec<_> {
        let there = |one: &Value| one["status"] == "already_filed";
        run.documents().into_iter().filter(there).collect()
    };
    assert_eq!(twice(&done).len(), 3, "{}", done.stdout);
    for one in [twice(&rehearsed), twice(&done)].concat() {
        let codes: Vec<_> = one["findings"].as_array().unwrap().iter().collect();
        assert_eq!(codes.len(), 1, "nothing else is true of it: {one}");
        assert_eq!(codes[0]["code"], "input.already-filed");
        assert_eq!(
            (&one["bytes_out"], &one["pages"]),
            (&0.into(), &Value::Array(vec![]))
        );
    }
    let told = twice(&rehearsed)[0]["findings"].to_string();
    assert!(told.contains("quet/1.pdf"), "{told}");
}

#[test]
fn nothing_is_overwritten_unasked() {
    let desk = Desk::new("overwrite");
    let scan = desk.put("a.tif", &tiff(&[&blank(0)]));
    let pdf = desk.put("a.pdf", &typed_pdf("Thong bao so 12"));
    let other = desk.put("b.pdf", b"somebody's");
    let before = contents(&desk.0);
    for line in [["a.tif", "b.pdf"], ["a.pdf", "./a.pdf"], ["a.tif", "a.tif"]] {
        let run = Run::of(desk.sohoa().args(["ingest", line[0], "-o", line[1]]));
        assert_eq!(run.code, Some(2), "{line:?}");
        assert!(run.stderr.contains("--force"), "{line:?}: {}", run.stderr);
        assert!(contents(&desk.0) == before, "{line:?}");
    }
    let line = ["ingest", "a.tif", "-o", "b.pdf", "--force", "--blank", "keep"];
    let run = Run::of(desk.sohoa().args(line));
    assert!(fs::read(&other).unwrap().starts_with(b"%PDF"), "{}", run.stderr);
    assert!(contents(&desk.0)["a.tif"] == before["a.tif"] && scan.exists());
    assert!(fs::read(pdf).unwrap() == before["a.pdf"]);
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_a_page_is_read() {
    let desk = Desk::new("no-way-out");
    desk.put("a.tif", &tiff(&[&blank(0)]));
    desk.put("tep", b"no folder");
    let before = contents(&desk.0);
    for output in
        [["khong-co/a.pdf", "a.txt"], ["tep/a.pdf", "a.txt"], ["a.pdf", "tep/a.txt"]]
    {
        let line = ["ingest", "a.tif", "-o", output[0], "--text-out", output[1]];
        let run = Run::of(desk.sohoa().args(line));
        assert_eq!(run.code, Some(2), "{output:?}");
        assert!(run.stdout.is_empty(), "no account of pages: {}", run.stdout);
        assert!(contents(&desk.0) == before, "{output:?}");
    }
}

#[test]
fn a_marked_secret_stops_its_document_and_only_that() {
    needs_font!();
    let desk = Desk::new("secret");
    let archive = desk.archive();
    let plain = slip(&["Kính gửi: Ủy ban nhân dân xã"]);
    let lines = ["Số: 15/BC-CAX", "TỐI MẬT", "Kính gửi: Công an tỉnh", "Xã Vắng Hoa"];
    let secret = tiff(&[&plain, &slip(&lines), &plain]);
    let secret = desk.put("quet/ke-hoach-vang-hoa.tif", &secret);
    desk.put("quet/ho-so/1.tif", &tiff(&[&slip(&["MẬT", "Sổ theo dõi Vắng Hoa"])]));
    desk.put("quet/ho-so/2.tif", &tiff(&[&plain]));
    desk.put("quet/thuong.tif", &tiff(&[&slip(&["Chế độ bảo mật thông tin"])]));
    let run = desk.ingest(&["quet"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert_eq!(run.statuses(), ["secret", "filed", "secret", "filed"]);
    run.summary();
    for document in run.documents().iter().filter(|line| line["status"] == "secret") {
        let said: Vec<_> = document.as_object().unwrap().keys().collect();
        assert_eq!(said, ["schema", "kind", "number", "status"], "only counted");
    }
    assert_eq!(archive.documents().len(), 2, "the others went on");
    let text = Run::of(desk.sohoa().args(["ingest", "quet", "--archive", "kho"]));
    assert_eq!(text.code, Some(1));
    let digest = sha256(&secret);
    for trace in ["ke-hoach-vang-hoa", digest.as_str(), "Vắng Hoa"] {
        for said in [&run.stdout, &run.stderr, &text.stdout, &text.stderr] {
            assert!(!said.contains(trace), "`{trace}` is said: {said}");
        }
        for (file, bytes) in everything(&archive.0) {
            let found = bytes.windows(trace.len()).any(|bytes| bytes == trace.as_bytes());
            assert!(!found && !file.contains(trace), "`{trace}` lies in `{file}`");
        }
    }
}

#[test]
fn a_person_may_answer_for_a_marked_paper_by_name() {
    needs_font!();
    let desk = Desk::new("not-secret");
    let archive = desk.archive();
    let scan = desk.put("mau.tif", &tiff(&[&slip(&["MẬT", "Mẫu dấu độ mật"])]));
    let run = desk.ingest(&["mau.tif", "--not-secret", "Nguyễn Văn A"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.statuses(), ["filed"]);
    let (_, document) = archive.document_of(&scan);
    let finding = finding(&document, "input.not-secret");
    assert!(finding["vi"].as_str().unwrap().contains("Nguyễn Văn A"), "{finding}");
}

// --------------------------------------------------------------- kinds of inputs

#[test]
fn a_page_with_only_a_number_a_stamp_or_pencil_is_kept() {
    needs_font!();
    let desk = Desk::new("faint");
    desk.archive();
    let mut number = Sheet::a4(200.0);
    number.line("7", 297.0, 60.0, 13.0);
    desk.put("quet/1-so.tif", &tiff(&[&number]));
    desk.put("quet/2-dau.tif", &tiff(&[&stamp()]));
    let mut pencil = Sheet::a4(200.0);
    pencil.line("bổ sung bản chính", 300.0, 500.0, 13.0);
    desk.put("quet/3-but-chi.png", &png(&pencil, 190));
    desk.put("quet/4-trang.tif", &tiff(&[&Sheet::a4(200.0)]));
    let run = desk.ingest(&["quet", "--dry-run"]);
    let findings: Vec<_> =
        run.documents().iter().map(|line| line["pages"][0]["text"].clone()).collect();
    assert_eq!(findings[3], "blank", "nothing is");
    assert!(findings[..3].iter().all(|text| text != "blank"), "{findings:?}");
}

#[test]
fn a_pdf_with_text_is_kept_unless_it_is_to_be_read_again() {
    needs_font!();
    let desk = Desk::new("text");
    let scan = desk.put("a.tif", &tiff(&[&slip(&["Kính gửi: Ủy ban nhân dân xã"])]));
    let made = Run::of(desk.sohoa().args(["ingest", "a.tif", "-o", "a.pdf"]));
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    desk.put("b.pdf", &typed_pdf("Thong bao so 12"));
    for (mode, remade) in
        [("keep", [false, false]), ("redo", [true, false]), ("force", [true, true])]
    {
        drop(fs::remove_dir_all(desk.path("kho")));
        let archive = desk.archive();
        let run = desk.ingest(&["a.pdf", "b.pdf", "--text", mode]);
        assert_eq!(run.code, Some(0), "{mode}: {}", run.stdout);
        for (name, remade) in ["a.pdf", "b.pdf"].into_iter().zip(remade) {
            let input = desk.path(name);
            let (file, document) = archive.document_of(&input);
            let same = fs::read(&file).unwrap() == fs::read(&input).unwrap();
            assert_eq!(same, !remade, "{mode}: {name}");
            let source = &document["record"]["pages"][0]["text"];
            assert_eq!(source, if remade { "read" } else { "kept" }, "{mode}: {name}");
            // Six words are few for a scan, and a person is told how to read it again.
            let is_told = document["record"].to_string().contains("text.thin");
            assert_eq!(is_told, name == "a.pdf" && !remade, "{mode}: {name}");
            let text = fs::read_to_string(
                file.parent()
                    .unwrap()
                    .with_file_name(Path::new(document["text"].as_str().unwrap())),
            );
            let said = if name == "a.pdf" { "Kính gửi" } else { "bao so 12" };
            assert!(text.unwrap().contains(said), "{mode}: {name}");
        }
    }
    assert!(scan.exists());
}

#[test]
fn an_encrypted_pdf_opens_with_its_password_and_the_record_says_so() {
    needs_font!();
    let desk = Desk::new("encrypted");
    let archive = desk.archive();
    desk.put("a.pdf", &scanned_pdf(&slip(&["Kính gửi: Ủy ban nhân dân xã"])));
    desk.put("dung.txt", "bí mật 1\n".as_bytes());
    desk.put("sai.txt", b"khac\n");
    let lock = |user, to| encrypt(&desk.path("a.pdf"), user, &desk.path(to));
    if !lock("bí mật 1", "khoa.pdf") || !lock("", "mo.pdf") {
        println!("skipped: no qpdf");
        return;
    }
    let run = desk.ingest(&["khoa.pdf"]);
    assert_eq!((run.code, run.statuses()), (Some(1), vec!["quarantined".to_owned()]));
    assert_eq!(run.documents()[0]["findings"][0]["code"], "pdf.needs-password");
    let run = desk.ingest(&["khoa.pdf", "--password-file", "sai.txt"]);
    assert_eq!((run.code, run.statuses()), (Some(1), vec!["quarantined".to_owned()]));
    assert_eq!(run.documents()[0]["findings"][0]["code"], "pdf.wrong-password");
    let entry = &archive.quarantine()[&sha256(&desk.path("khoa.pdf"))];
    assert!(entry["findings"][0]["vi"].as_str().unwrap().contains("mật khẩu"));
    let run = desk.ingest(&["khoa.pdf", "mo.pdf", "--password-file", "dung.txt"]);
    assert_eq!(run.statuses(), ["filed", "filed"], "{}", run.stdout);
    for (name, code) in
        [("khoa.pdf", "pdf.encrypted"), ("mo.pdf", "pdf.encrypted-empty-password")]
    {
        let (file, document) = archive.document_of(&desk.path(name));
        let finding = finding(&document, code);
        assert!(finding["en"].as_str().unwrap().contains("the copy kept"), "{finding}");
        assert_eq!(structure(&file), Some(String::new()), "{name} opens freely");
    }
}

#[test]
fn an_encrypted_pdf_that_is_kept_is_said_to_be_so() {
    let desk = Desk::new("locked");
    let archive = desk.archive();
    desk.put("a.pdf", &typed_pdf("Thong bao so 12"));
    desk.put("dung.txt", b"chia khoa\n");
    let lock = |user, to| encrypt(&desk.path("a.pdf"), user, &desk.path(to));
    if !lock("chia khoa", "khoa.pdf") || !lock("", "mo.pdf") {
        println!("skipped: no qpdf");
        return;
    }
    let run = desk.ingest(&["khoa.pdf", "mo.pdf", "--password-file", "dung.txt"]);
    assert_eq!(run.code, Some(1), "somebody must know that one needs a password");
    assert_eq!(run.statuses(), ["needs_person", "filed"], "{}", run.stdout);
    for (name, code) in
        [("khoa.pdf", "pdf.encrypted"), ("mo.pdf", "pdf.encrypted-empty-password")]
    {
        let (file, document) = archive.document_of(&desk.path(name));
        assert!(fs::read(&file).unwrap() == fs::read(desk.path(name)).unwrap());
        let finding = finding(&document, code);
        assert!(finding["en"].as_str().unwrap().contains("still"), "{finding}");
    }
}

#[test]
fn standard_input_is_an_input() {
    let desk = Desk::new("stdin");
    let archive = desk.archive();
    let scan = desk.put("a.pdf", &typed_pdf("Thong bao so 12"));
    let mut program = desk.ingest_command(&["-"]);
    let run = Run::of(program.stdin(File::open(&scan).unwrap()));
    assert_eq!((run.code, run.statuses()), (Some(0), vec!["filed".to_owned()]));
    assert_eq!(run.documents()[0]["input"], "-");
    archive.document_of(&scan);
    let mut program = desk.sohoa();
    program.args(["ingest", "-", "-o", "b.pdf"]).stdin(File::open(&scan).unwrap());
    assert_eq!(Run::of(&mut program).code, Some(0));
    assert!(fs::read(desk.path("b.pdf")).unwrap() == fs::read(&scan).unwrap());
}

#[test]
fn documents_lie_in_the_order_in_which_people_count() {
    let desk = Desk::new("order");
    let archive = desk.archive();
    let names = ["trang 1.tif", "trang 2.tif", "trang 10.tif", "trang 011.tif"];
    for (name, number) in names.iter().zip(0..) {
        desk.put(&format!("quet/ho so/{name}"), &tiff(&[&blank(number)]));
    }
    let run = desk.ingest(&["quet", "--blank", "keep"]);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    for (name, ordinal) in names.iter().zip(1..) {
        let (_, document) =
            archive.document_of(&desk.path(&format!("quet/ho so/{name}")));
        assert_eq!(document["DocOrdinal"], ordinal, "{name}");
    }
}

#[test]
fn a_named_dossier_takes_more_later() {
    let desk = Desk::new("dossier");
    let archive = desk.archive();
    let code = "H32.18-260716-0042";
    for number in 0..3 {
        desk.put(&format!("{number}.tif"), &tiff(&[&blank(number)]));
    }
    let file = |names: &[&str]| {
        let line = [names, &["--dossier", code, "--blank", "keep"]].concat();
        let run = desk.ingest(&line);
        assert_eq!(run.code, Some(0), "{}", run.stdout);
        run.statuses()
    };
    assert_eq!(file(&["0.tif", "1.tif"]), ["filed", "filed"]);
    assert_eq!(file(&["1.tif", "2.tif"]), ["already_filed", "filed"]);
    let (folder, dossier) = &archive.dossiers()[0];
    assert_eq!((folder, archive.dossiers().len()), (&archive.0.join(DAY).join(code), 1));
    assert_eq!((&dossier["DocTotal"], &dossier["PageTotal"]), (&3.into(), &3.into()));
    archive.is_tidy("after both");
    validate_with_bagit(folder);
    let next = desk.ingest(&["0.tif", "--blank", "keep"]);
    assert_eq!(next.statuses(), ["already_filed"], "it is in the archive");
}

#[test]
fn what_cannot_be_taken_is_quarantined_and_the_others_go_on() {
    let desk = Desk::new("poison");
    let archive = desk.archive();
    desk.put("quet/1-rong.tif", b"");
    let text = desk.put("quet/2-don.tif", "không phải ảnh".as_bytes());
    desk.put("quet/3-tot.tif", &tiff(&[&blank(0)]));
    let mut cut = tiff(&[&stamp()]);
    cut.truncate(cut.len() / 2);
    let cut = desk.put("quet/4-cut.tif", &cut);
    let run = desk.ingest(&["quet", "--blank", "keep"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert_eq!(run.statuses(), ["quarantined", "quarantined", "filed", "quarantined"]);
    run.summary();
    let kept = archive.quarantine();
    assert_eq!(kept.len(), 3);
    assert_eq!(kept[&sha256(&text)]["findings"][0]["code"], "input.not-a-scan");
    assert_eq!(kept[&sha256(&cut)]["name"], "quet/4-cut.tif");
}

// ----------------------------------------------------------------------- helpers

/// A folder of scans after a run over it.
pub(crate) struct Filed {
    desk: Desk,
    pub(crate) archive: Kept,
    run: Run,
}

impl Filed {
    fn of(name: &str, inputs: &[&str]) -> Self {
        let desk = Desk::lasting(name);
        let archive = desk.archive();
        let run = desk.ingest(inputs);
        Self { desk, archive, run }
    }
}

/// The example scans, filed once for all tests that only look.
pub(crate) fn examples() -> &'static Filed {
    static FILED: OnceLock<Filed> = OnceLock::new();
    FILED.get_or_init(|| Filed::of("examples", &[&folder("examples/scans")]))
}

/// The real and synthetic scans of the corpus; `None`, which is said, where
/// it is absent.
fn corpus() -> Option<&'static Filed> {
    static FILED: OnceLock<Option<Filed>> = OnceLock::new();
    let file = || {
        let corpus = std::env::var("SOHOA_CORPUS");
        let corpus = PathBuf::from(corpus.unwrap_or("../shared/corpus".to_owned()));
        let Ok(corpus) = fs::canonicalize(&corpus) else {
            println!("skipped: no corpus at `{}`", corpus.display());
            return None;
        };
        let [real, synthetic] = ["real", "synthetic"].map(|name| corpus.join(name));
        let inputs = [real.to_str().unwrap(), synthetic.to_str().unwrap()];
        Some(Filed::of("corpus", &inputs))
    };
    FILED.get_or_init(file).as_ref()
}

/// The path of a folder of this repository.
fn folder(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name).to_str().unwrap().to_owned()
}

/// The path of an example scan.
fn scan(name: &str) -> PathBuf {
    Path::new(&folder("examples/scans")).join(name)
}

/// Every example scan.
fn scans() -> Vec<PathBuf> {
    tree(&scan("")).iter().map(|name| scan(name)).collect()
}

/// What a reader should find, page by page.
fn answers() -> Vec<Value> {
    let answers = fs::read_to_string("examples/scans-answers/answers.jsonl").unwrap();
    answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn page_number(answer: &Value) -> u64 {
    answer["page"].as_u64().unwrap()
}

/// The record of a page of an example scan, counted from 1.
fn page_of(name: &str, number: u64) -> Value {
    let (_, document) = examples().archive.document_of(&scan(name));
    let pages = document["record"]["pages"].as_array().unwrap();
    pages.iter().find(|page| page["number"] == number).unwrap().clone()
}

/// What was found about a document as a whole, by this code.
fn finding(document: &Value, code: &str) -> Value {
    let findings = document["record"]["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["code"] == code).unwrap().clone()
}

/// Which page of the PDF a page of the scan became, counted from 1.
fn place_in_file(document: &Value, number: u64) -> usize {
    let pages = document["record"]["pages"].as_array().unwrap();
    let kept = pages.iter().filter(|page| page["place"] == "kept");
    kept.take_while(|page| page["number"].as_u64() <= Some(number)).count()
}

/// The share of the words of `text` that are among `found`, each once.
fn recall(text: &str, found: &[&str]) -> f64 {
    let bare =
        |word: &str| word.trim_matches(|c: char| c.is_ascii_punctuation()).to_owned();
    let mut there: BTreeMap<String, usize> = BTreeMap::new();
    for word in found {
        *there.entry(bare(word)).or_default() += 1;
    }
    let words: Vec<_> =
        text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let take = |word: &&String| {
        there.get_mut(*word).filter(|left| **left > 0).map(|left| *left -= 1).is_some()
    };
    let total = words.len();
    words.iter().filter(take).count() as f64 / total as f64
}

/// Every PDF stands before its judges: qpdf, a checker of PDF/A, and readers
/// who find the same words in the same order.
fn judged(archive: &Kept) {
    for pdf in archive.pdfs() {
        let name = pdf.display();
        if let Some(said) = structure(&pdf) {
            assert_eq!(said, "", "{name}");
        }
        if is_ours(&pdf) {
            if let Some(said) = conformance(&pdf) {
                assert_eq!(said.trim(), "PDF/A-2b: pass", "{name}");
            }
            read_alike(&pdf);
        }
    }
}

/// Whether we made a PDF, and not the one who sent it.
fn is_ours(pdf: &Path) -> bool {
    let bytes = fs::read(pdf).unwrap();
    bytes.windows(7).any(|bytes| bytes == b"pdfaid:")
}

/// All who read in the order of the file find the same words, and the order
/// of all that is more than a speck; specks that overlap their neighbours
/// `PDFium` sorts by their place. What stamps say is marked as no part of the text,
/// which Poppler, the first of them, obeys; others may find it besides.
fn read_alike(pdf: &Path) {
    let stamps = findable(pdf);
    let in_order =
        |reading: &Reading| !["pdftotext", "pdftotext -layout"].contains(&reading.judge);
    let readings: Vec<_> = readings(pdf).into_iter().filter(in_order).collect();
    let Some((first, others)) = readings.split_first() else { return };
    for other in others {
        let name = format!("{}: {} and {}", pdf.display(), first.judge, other.judge);
        assert_eq!(first.pages.len(), other.pages.len(), "{name}: pages");
        for ((ours, theirs), number) in first.pages.iter().zip(&other.pages).zip(1..) {
            // To `PDFium` a hyphen at the end of a line is one that hyphenates.
            let [ours, theirs] = [ours, theirs].map(|page| page.replace('\u{2}', "- "));
            let [ours, mut theirs] =
                [&ours, &theirs].map(|page| Vec::from_iter(page.split_whitespace()));
            let read = theirs.len();
            for stamp in &stamps {
                let count = |page: &[&str]| page.iter().filter(|w| *w == stamp).count();
                // The stamp stands at the end of the page.
                while count(&theirs) > count(&ours) {
                    let last = theirs.iter().rposition(|word| word == stamp).unwrap();
                    theirs.remove(last);
                }
            }
            let [mut all, mut others] = [ours.clone(), theirs.clone()];
            all.sort_unstable();
            others.sort_unstable();
            assert_eq!(all, others, "{name}: words of page {number}");
            if theirs.len() < read {
                // Among a stamp and the print it lies over, `PDFium` sorts by place.
                continue;
            }
            let said = |word: &&str| word.contains(char::is_alphanumeric);
            let [ours, theirs] =
                [ours, theirs].map(|page| Vec::from_iter(page.into_iter().filter(said)));
            assert_eq!(ours, theirs, "{name}: order of page {number}");
        }
    }
}

/// The words of stamps that the record of a document tells, if it lies in a
/// dossier.
fn findable(pdf: &Path) -> Vec<String> {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(entries) => {
                for (name, value) in entries {
                    if name == "findable" {
                        let lines = value.as_array().unwrap().iter();
                        let words = lines.flat_map(|l| l.as_str().unwrap().split(' '));
                        found.extend(words.map(str::to_owned));
                    } else {
                        collect(value, found);
                    }
                }
            }
            Value::Array(values) => {
                values.iter().for_each(|value| collect(value, found));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let folder = pdf.parent().and_then(Path::parent).unwrap();
    let Ok(record) = fs::read(folder.join("dossier.json")) else { return Vec::new() };
    let mut found = Vec::new();
    collect(&serde_json::from_slice(&record).unwrap(), &mut found);
    found
}

/// The pages of a PDF, as another library counts them.
fn page_count(pdf: &Path) -> usize {
    lopdf::Document::load(pdf).unwrap().get_pages().len()
}

/// The stored bytes of every picture of a PDF.
fn pictures(pdf: &Path) -> Vec<Vec<u8>> {
    let document = lopdf::Document::load(pdf).unwrap();
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let is_picture = |stream: &&lopdf::Stream| {
        let kind = stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name);
        kind.is_ok_and(|kind| kind == b"Image")
    };
    streams.filter(is_picture).map(|stream| stream.content.clone()).collect()
}

/// Every file below a folder, hidden ones too, with its bytes.
fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |file: String| (file.clone(), fs::read(folder.join(file)).unwrap());
    tree(folder).into_iter().map(read).collect()
}

/// Every file and folder below a folder with its bytes and when it changed.
fn moments(folder: &Path) -> BTreeMap<PathBuf, (std::time::SystemTime, Vec<u8>)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let changed = fs::metadata(&next).unwrap().modified().unwrap();
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let changed = fs::metadata(&path).unwrap().modified().unwrap();
                let bytes = fs::read(&path).unwrap();
                found.insert(path, (changed, bytes));
            }
        }
        found.insert(next, (changed, Vec::new()));
    }
    found
}

/// A PDF of one picture and no text.
fn scanned_pdf(sheet: &Sheet) -> Vec<u8> {
    let mut page = page(sheet);
    page.text.lines.clear();
    sohoa::pdfa::write(&document("scanned", vec![page])).unwrap()
}

/// Encrypts a PDF so that `user` opens it; says whether qpdf was there to do it.
pub(crate) fn encrypt(from: &Path, user: &str, to: &Path) -> bool {
    let mut qpdf = Command::new("qpdf");
    qpdf.args(["--encrypt", user, "chu", "256", "--"]).args([from, to]);
    qpdf.status().is_ok_and(|status| status.success())
}

/// A sheet with nothing but the rings of a round seal, 36 mm wide.
fn stamp() -> Sheet {
    let mut sheet = Sheet::a4(200.0);
    let (middle_x, middle_y, mm) = (1000.0, 1700.0, sheet.dpi / 25.4);
    for y in 0..sheet.height {
        for x in 0..sheet.width {
            let (dx, dy) = (f64::from(x) - middle_x, f64::from(y) - middle_y);
            let radius = dx.hypot(dy) / mm;
            if (17.2..18.0).contains(&radius) || (12.0..12.4).contains(&radius) {
                sheet.ink[(y * sheet.width + x) as usize] = 1;
            }
        }
    }
    sheet
}

/// A sheet in grey, its ink of this tone on white.
fn png(sheet: &Sheet, tone: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, sheet.width, sheet.height);
    encoder.set_color(png::ColorType::Grayscale);
    let metres = (sheet.dpi / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: metres,
        yppu: metres,
        unit: png::Unit::Meter,
    }));
    let grey: Vec<_> =
        sheet.ink.iter().map(|ink| if *ink == 0 { 255 } else { tone }).collect();
    encoder.write_header().unwrap().write_image_data(&grey).unwrap();
    bytes
}
