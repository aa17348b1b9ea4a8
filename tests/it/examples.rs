//! The examples hold what they promise: the scans can be made again, and the
//! nightly job speaks when it should and only then.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use sohoa::digest::Digest;
use sohoa::ingest::source::Opened;
use sohoa::raster::Limits;

/// The most the committed scans may weigh.
const MOST_BYTES: u64 = 1_500_000;

#[test]
fn the_example_scans_are_what_their_generator_makes() {
    let folder = Folder::new("scans");
    let made = folder.0.join("scans");
    if !make_scans(&[made.to_str().unwrap()]) {
        return;
    }
    let fonts = |root: &Path| fs::read(root.join("scans-answers/fonts.sha256")).unwrap();
    let examples = Path::new("examples");
    if fonts(&folder.0) != fonts(examples) {
        eprintln!("skipped: this machine has another version of fonts-croscore");
        return;
    }
    for part in ["scans", "scans-answers"] {
        let (ours, theirs) = (examples.join(part), folder.0.join(part));
        assert_eq!(files(&ours), files(&theirs));
        for name in files(&ours) {
            let same = fs::read(ours.join(&name)).unwrap()
                == fs::read(theirs.join(&name)).unwrap();
            assert!(same, "`{}` is not what the generator makes", name.display());
        }
    }
}

#[test]
fn a_seed_decides_the_graded_set() {
    let folder = Folder::new("graded");
    let set = |name: &str, seed: &str| {
        let path = folder.0.join(name);
        let path = path.to_str().unwrap();
        make_scans(&["--fixtures", path, "--pages", "1", "--seed", seed])
            .then(|| fs::read(format!("{path}-answers/answers.jsonl")).unwrap())
    };
    let Some(first) = set("first", "4") else { return };
    assert_eq!(Some(&first), set("again", "4").as_ref());
    assert_ne!(Some(&first), set("other", "5").as_ref());
    for name in files(&folder.0.join("first")) {
        let [one, two] = ["first", "again"].map(|set| folder.0.join(set).join(&name));
        assert!(fs::read(one).unwrap() == fs::read(two).unwrap(), "{}", name.display());
    }
}

#[test]
fn every_example_scan_has_its_answers_and_all_are_small() {
    let scans = Path::new("examples/scans");
    let answers = fs::read_to_string("examples/scans-answers/answers.jsonl").unwrap();
    let answers: Vec<Value> =
        answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let named: BTreeSet<PathBuf> =
        answers.iter().map(|row| row["file"].as_str().unwrap().into()).collect();
    assert_eq!(named, files(scans));
    assert_eq!((named.len(), answers.len()), (8, 14));
    let bytes: u64 =
        named.iter().map(|name| fs::metadata(scans.join(name)).unwrap().len()).sum();
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
}

#[test]
fn the_inspecting_program_sees_what_the_answers_say() {
    let seen = run_example("inspect_scans", &["examples/scans"]);
    let pages: Vec<&str> = seen
        .lines()
        .skip_while(|line| !line.ends_with("ho-so-nhieu-trang.tif"))
        .skip(1)
        .take(5)
        .collect();
    for (page, sight) in pages.iter().zip(["0°", "blank", "180°", "90°", "few marks"])
    {
        assert!(page.contains(sight), "{page}, meant {sight}");
        assert!(page.contains("1654×2339  200") && page.ends_with("TIFF G4"), "{page}");
    }
}

#[test]
fn the_converting_program_makes_a_document_that_can_be_searched() {
    let folder = Folder::new("converted");
    let (scan, pdf) = (folder.0.join("to-trinh.png"), folder.0.join("to-trinh.pdf"));
    fs::copy("examples/scans/to-trinh-nghieng.png", &scan).unwrap();
    let paths = [scan.to_str().unwrap(), pdf.to_str().unwrap()];
    run_example("searchable_pdf", &paths);
    let opened = Opened::of(
        fs::read(&pdf).unwrap().into(),
        Digest::of(&[]),
        None,
        Limits::default(),
    );
    let text = opened.unwrap().pdf().unwrap().page(0).unwrap().text.unwrap().text();
    assert!(text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "{text}");
}

#[test]
fn example_programs_are_no_longer_than_a_screen() {
    for entry in fs::read_dir("examples").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|name| name == "rs") {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 60, "`{}` has {lines} lines", path.display());
        }
    }
}

#[test]
fn a_quiet_night_says_nothing() {
    let night = Folder::new("quiet").night(0, r#"{"kind":"document","status":"filed"}"#);
    assert_eq!((night.code, night.said.as_str()), (0, ""));
}

#[test]
fn a_night_that_needs_a_person_names_the_paper_and_the_reason() {
    let line = concat!(
        r#"{"kind":"document","input":"quet/a \"b\".tif","status":"needs_person","findings":"#,
        r#"[{"weight":"note","vi":"đã xoay"},{"weight":"needs_person","vi":"trang 2 mờ"}]}"#,
    );
    let night = Folder::new("person").night(1, line);
    assert_eq!(night.code, 1);
    let told = "- Cần người xem: quet/a \"b\".tif\n    trang 2 mờ\n";
    assert!(night.said.contains(told), "{}", night.said);
}

#[test]
fn a_night_never_names_a_secret_paper() {
    let line = r#"{"kind":"document","number":3,"status":"secret"}"#;
    let night = Folder::new("secret").night(1, line);
    assert!(
        night.said.contains("- Có dấu chỉ độ mật: đầu vào thứ 3\n"),
        "{}",
        night.said
    );
}

#[test]
fn a_night_of_trouble_raises_the_alarm() {
    let night = Folder::new("trouble").night(2, "");
    assert_eq!(night.code, 2);
    assert!(night.said.starts_with("SỰ CỐ (mã 2)"), "{}", night.said);
}

/// What the nightly job said and how it ended.
struct Night {
    code: i32,
    said: String,
}

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("sohoa-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Runs the nightly job with a program that writes `line` and ends with
    /// `code`: a shell that finds its script in the file called `ingest`.
    fn night(&self, code: i32, line: &str) -> Night {
        fs::write(self.0.join("line"), format!("{line}\n")).unwrap();
        fs::write(self.0.join("ingest"), format!("cat line\nexit {code}\n")).unwrap();
        let job = fs::canonicalize("examples/nightly/sohoa-nightly.sh").unwrap();
        let output = Command::new("/bin/sh")
            .arg(job)
            .current_dir(&self.0)
            .env("SOHOA", "/bin/sh")
            .env("SOHOA_SPOOL", "spool")
            .env("SOHOA_ARCHIVE", "kho")
            .env("SOHOA_LOGS", "logs")
            .env_remove("SOHOA_MAIL_TO")
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        Night { code: output.status.code().unwrap(), said }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap_or_default();
    }
}

/// What an example program prints.
fn run_example(name: &str, arguments: &[&str]) -> String {
    let output = example(name, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs the generator; says so and returns false if the fonts are not here.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn make_scans(arguments: &[&str]) -> bool {
    let output = example("make_scans", arguments);
    let message = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() && message.contains("fonts-croscore") {
        eprintln!("skipped: the package fonts-croscore is not installed");
        return false;
    }
    assert!(output.status.success(), "{message}");
    true
}

/// Builds an example, if that has not been done, and runs it.
fn example(name: &str, arguments: &[&str]) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--locked", "--example", name, "--"]);
    cargo.args(arguments).output().unwrap()
}

/// The files below a folder, relative to it.
fn files(root: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_owned());
            }
        }
    }
    found
}
