//! What the tests of the built program share: a desk with a folder of its own,
//! papers made in code, and an archive as anybody sees it on disk.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "helpers of tests: a panic fails the test, papers are small"
)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use sohoa::digest::Digest;

use crate::archive::{problems_of_bag, tree};
use crate::pdfa::sheet::Sheet;
use crate::scratch;

/// 16 July 2026, 10:13:45 in Vietnam.
pub(crate) const EPOCH: &str = "1784171625";
/// The folder of a dossier of that day.
pub(crate) const DAY: &str = "dossiers/2026/07/16";

/// A folder to work in, removed with it; in memory where that is possible, so
/// that thousands of `fsync` are quick.
pub(crate) struct Desk(pub(crate) PathBuf);

impl Desk {
    /// An empty one. The names of tests that run together differ.
    pub(crate) fn new(name: &str) -> Self {
        let memory = Path::new("/dev/shm");
        let base = if memory.is_dir() { memory.to_owned() } else { env::temp_dir() };
        Self(scratch::empty(&base, name))
    }

    /// One that stays when the tests end, for what many of them look at; the
    /// next run of the tests empties it.
    pub(crate) fn lasting(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Puts a file there, and the folders it lies in.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// A new archive called `kho`.
    pub(crate) fn archive(&self) -> Kept {
        let line =
            ["archive", "init", "kho", "--agency", "H32.18", "--name", "UBND phường X"];
        let made = Run::of(self.sohoa().args(line));
        assert_eq!(made.code, Some(0), "{}", made.stderr);
        Kept(self.path("kho"))
    }

    /// The program, about to run at this desk.
    pub(crate) fn sohoa(&self) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_sohoa"));
        program.current_dir(&self.0).env("SOURCE_DATE_EPOCH", EPOCH).stdin(Stdio::null());
        program.env("LC_ALL", "C.UTF-8").env_remove("TESSDATA_PREFIX");
        program
    }

    /// `sohoa ingest … --archive kho --json`.
    pub(crate) fn ingest(&self, line: &[&str]) -> Run {
        Run::of(&mut self.ingest_command(line))
    }

    /// The same, not yet run.
    pub(crate) fn ingest_command(&self, line: &[&str]) -> Command {
        let mut program = self.sohoa();
        program.arg("ingest").args(line).args(["--archive", "kho", "--json"]);
        program
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// What a run of the program said, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    /// `None`: a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Runs it to its end.
    pub(crate) fn of(program: &mut Command) -> Self {
        program.output().unwrap().into()
    }

    /// The lines of JSON, each with its schema; one cut off by a kill is none.
    pub(crate) fn lines(&self) -> Vec<Value> {
        let whole = self.stdout.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        let parse = |line: &str| -> Value {
            let line: Value = serde_json::from_str(line).unwrap();
            assert_eq!(line["schema"], "sohoa.ingest/1");
            line
        };
        whole.map(parse).collect()
    }

    /// The lines about inputs.
    pub(crate) fn documents(&self) -> Vec<Value> {
        self.lines().into_iter().filter(|line| line["kind"] == "document").collect()
    }

    /// How each input ended, in order.
    pub(crate) fn statuses(&self) -> Vec<String> {
        self.documents()
            .iter()
            .map(|line| line["status"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The last line: it adds up, says what the lines before it say, and how
    /// the program ended.
    pub(crate) fn summary(&self) -> Value {
        let summary = self.lines().pop().unwrap();
        assert_eq!(summary["kind"], "summary", "{}", self.stderr);
        let count = |name: &str| summary[name].as_u64().unwrap() as usize;
        let statuses = self.statuses();
        let mut sum = count("not_reached");
        for name in
            ["filed", "needs_person", "already_filed", "quarantined", "failed", "secret"]
        {
            let said = statuses.iter().filter(|status| *status == name).count();
            assert_eq!(count(name), said, "{name}: {}", self.stdout);
            sum += said;
        }
        assert_eq!(count("inputs"), sum, "{summary}");
        assert_eq!(summary["conserved"], true, "{summary}");
        assert_eq!(summary["exit"], self.code.unwrap(), "{summary}");
        summary
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// An archive as anybody sees it on disk.
pub(crate) struct Kept(pub(crate) PathBuf);

impl Kept {
    /// The dossiers' folders with their records, in order.
    pub(crate) fn dossiers(&self) -> Vec<(PathBuf, Value)> {
        let mut records = tree(&self.0.join("dossiers"));
        records.retain(|file| file.ends_with("/dossier.json"));
        let read = |record: String| {
            let file = self.0.join("dossiers").join(record);
            let json = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
            (file.parent().unwrap().to_owned(), json)
        };
        records.into_iter().map(read).collect()
    }

    /// Every document: its dossier's folder and its record.
    pub(crate) fn documents(&self) -> Vec<(PathBuf, Value)> {
        let of_one = |(folder, dossier): (PathBuf, Value)| {
            let documents = dossier["documents"].as_array().unwrap().clone();
            documents.into_iter().map(move |document| (folder.clone(), document))
        };
        self.dossiers().into_iter().flat_map(of_one).collect()
    }

    /// What each document was made from, sorted.
    pub(crate) fn sources(&self) -> Vec<String> {
        let source = |(_, document): &(PathBuf, Value)| {
            document["source"]["sha256"].as_str().unwrap().to_owned()
        };
        let mut sources: Vec<_> = self.documents().iter().map(source).collect();
        sources.sort();
        sources
    }

    /// The document made from `input`: its file and its record.
    pub(crate) fn document_of(&self, input: &Path) -> (PathBuf, Value) {
        let digest = sha256(input);
        let mut found = self.documents();
        found.retain(|(_, document)| document["source"]["sha256"] == digest.as_str());
        assert_eq!(found.len(), 1, "{} is filed once", input.display());
        let (folder, document) = found.remove(0);
        (folder.join(document["file"].as_str().unwrap()), document)
    }

    /// Every PDF in a dossier.
    pub(crate) fn pdfs(&self) -> Vec<PathBuf> {
        let mut files = tree(&self.0.join("dossiers"));
        files.retain(|file| file.ends_with(".pdf"));
        files.into_iter().map(|file| self.0.join("dossiers").join(file)).collect()
    }

    /// What lies in quarantine, by what it hashes to.
    pub(crate) fn quarantine(&self) -> BTreeMap<String, Value> {
        let mut reasons = tree(&self.0.join("quarantine"));
        reasons.retain(|file| file.ends_with("/reason.json"));
        let read = |file: String| {
            let file = self.0.join("quarantine").join(file);
            let reason: Value =
                serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
            let input = file.with_file_name(reason["file"].as_str().unwrap());
            assert_eq!(reason["sha256"], sha256(&input).as_str());
            (sha256(&input), reason)
        };
        reasons.into_iter().map(read).collect()
    }

    /// At any moment, whatever happened: dossiers are whole, no source lies in
    /// two, an entry of the quarantine is whole, and nothing half done is
    /// visible outside `.staging`.
    pub(crate) fn is_consistent(&self, when: &str) {
        let folders = tree(&self.0.join("dossiers"));
        for (folder, dossier) in self.dossiers() {
            assert_eq!(problems_of_bag(&folder), Vec::<String>::new(), "{when}");
            let count = dossier["documents"].as_array().unwrap().len();
            assert_eq!(dossier["DocTotal"].as_u64(), Some(count as u64), "{when}");
            let name = folder.file_name().unwrap();
            assert_eq!(dossier["code"].as_str(), name.to_str(), "{when}");
        }
        let bags: Vec<_> =
            self.dossiers().into_iter().map(|(folder, _)| folder).collect();
        let is_kept = |file: &String| {
            let path = self.0.join("dossiers").join(file);
            bags.iter().any(|bag| path.starts_with(bag))
        };
        assert!(folders.iter().all(is_kept), "{when}: beside the dossiers: {folders:?}");
        let sources = self.sources();
        let mut once = sources.clone();
        once.dedup();
        assert_eq!(sources, once, "{when}: filed twice");
        let files = tree(&self.0);
        let unfinished = files.iter().find(|file| file.ends_with(".sohoa-part"));
        // A checkpoint half written is hidden, and the next event sweeps it.
        let hidden = |file: &&String| {
            file.starts_with(".staging/") || file.starts_with("ledger/.")
        };
        assert!(unfinished.as_ref().is_none_or(hidden), "{when}: {unfinished:?}");
        let entries = fs::read_dir(self.0.join("quarantine")).unwrap().count();
        assert_eq!(self.quarantine().len(), entries, "{when}: the quarantine");
    }

    /// Nothing is left of runs that ended badly.
    pub(crate) fn is_tidy(&self, when: &str) {
        assert_eq!(tree(&self.0.join(".staging")), ["lock"], "{when}");
        let files = tree(&self.0);
        let unfinished = files.iter().find(|file| file.ends_with(".sohoa-part"));
        assert_eq!(unfinished, None, "{when}");
        self.is_consistent(when);
    }
}

/// What a file hashes to, in hexadecimal digits.
pub(crate) fn sha256(file: &Path) -> String {
    Digest::of(&fs::read(file).unwrap()).to_string()
}

/// Every file below a folder with its bytes; of an archive, without what is
/// only there for the program, the catalogue and what is being built, and
/// without the account of the runs.
pub(crate) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = tree(folder);
    files.retain(|file| !file.starts_with('.') && !file.starts_with("runs/"));
    let read = |file: String| (file.clone(), fs::read(folder.join(file)).unwrap());
    files.into_iter().map(read).collect()
}

/// A sheet of 105 × 74 mm (A7) at 200 dpi with these lines.
pub(crate) fn slip(lines: &[&str]) -> Sheet {
    let mut sheet = Sheet::new(105.0, 74.0, 200.0);
    for (line, y) in lines.iter().zip((40..).step_by(22)) {
        sheet.line(line, 30.0, y.into(), 14.0);
    }
    sheet
}

/// A sheet of the same size with nothing on it; sheets with another `number`
/// have other bytes.
pub(crate) fn blank(number: u32) -> Sheet {
    Sheet::new(105.0, 74.0 + f64::from(number), 200.0)
}

/// A TIFF file of these sheets, Group 4.
pub(crate) fn tiff(sheets: &[&Sheet]) -> Vec<u8> {
    // TIFF 6.0, section 2: header, then directories, each before its data.
    let mut file = b"II*\0".to_vec();
    let mut next = file.len();
    file.extend(0_u32.to_le_bytes());
    for sheet in sheets {
        let at = file.len() as u32;
        file[next..next + 4].copy_from_slice(&at.to_le_bytes());
        let data = sheet.g4();
        let values = at + 2 + 11 * 12 + 4;
        let entries: [(u16, u16, u32); 11] = [
            (256, 4, sheet.width),
            (257, 4, sheet.height),
            (258, 3, 1),
            (259, 3, 4),
            (262, 3, 0),
            (273, 4, values + 8),
            (277, 3, 1),
            (278, 4, sheet.height),
            (279, 4, data.len() as u32),
            (282, 5, values),
            (283, 5, values),
        ];
        file.extend((entries.len() as u16).to_le_bytes());
        for (tag, kind, value) in entries {
            file.extend(tag.to_le_bytes());
            file.extend(kind.to_le_bytes());
            file.extend(1_u32.to_le_bytes());
            file.extend(value.to_le_bytes());
        }
        next = file.len();
        file.extend(0_u32.to_le_bytes());
        file.extend((sheet.dpi as u32).to_le_bytes());
        file.extend(1_u32.to_le_bytes());
        file.extend(data);
        file.resize(file.len().next_multiple_of(2), 0);
    }
    file
}

/// A PDF of one page that says `text` in letters one can see.
pub(crate) fn typed_pdf(text: &str) -> Vec<u8> {
    let stream = format!("BT /F 12 Tf 20 150 Td ({text}) Tj ET\n");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R\
         /Resources<</Font<</F 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{stream}endstream", stream.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(file.len());
        write!(file, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let start = file.len();
    write!(file, "xref\n0 6\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").unwrap();
    file
}

#[test]
fn what_a_killed_test_left_goes_and_what_a_living_one_has_stays() {
    let desk = Desk::new("sweep");
    // No process has a number this high; the first one always lives.
    let left = ["sohoa-test-killed-99999999", "sohoa-test-killed-3-99999999"];
    let others = ["sohoa-test-living-1", "sohoa-test-of-nobody", "backup-99999999"];
    for name in [&left[..], &others].concat() {
        desk.put(&format!("{name}/below/file"), b"");
    }
    scratch::empty(&desk.0, "new");
    let is_there = |name: &&str| desk.path(name).exists();
    assert!(!left.iter().any(is_there) && others.iter().all(is_there));
}
