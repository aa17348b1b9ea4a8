//! `sohoa verify` from outside: over the corpus, over files made to be hostile,
//! and over single flipped bytes.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests may panic and tell"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use std::{env, fs};

use sohoa::cos::Source;
use sohoa::pki::Store;
use sohoa::time::Timestamp;
use sohoa::verify::examine::{Policy, Report, Terms, examine};
use sohoa::verify::verdict::Indication;

/// A moment after everything in the corpus.
const AT: i64 = 1_790_000_000;

fn judged(bytes: impl Into<Arc<[u8]>>) -> Option<Report> {
    let trust = Store::default();
    let at = Timestamp::from_unix(AT)?;
    let terms = Terms { trust: &trust, at, policy: Policy::default(), password: None };
    examine(Source::held(bytes), &terms).ok()
}

fn corpus() -> Option<PathBuf> {
    let named = env::var("SOHOA_CORPUS").unwrap_or("../shared/corpus".to_owned());
    let dir = fs::canonicalize(named).ok();
    if dir.is_none() {
        println!("skipped: the corpus is not there");
    }
    dir
}

// ------------------------------------------------------------------ the corpus

/// What a row of `expected.tsv` asks of the whole file, judged without trust.
///
/// ACCEPT means integrity and permitted changes, so that such a file must not
/// be found NOT VALID; without trust it cannot be found valid either. REJECT
/// means that it must be found NOT VALID, but where the fault is one of trust
/// or policy (`etsi/end-to-end`) it must only not pass. `mdp/pairwise` rows ask
/// for change analysis under an assumed level and not end to end: their REJECTs
/// count, their ACCEPTs are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wanted {
    Accept,
    Reject,
    NotPassed,
    Pairwise,
    Other,
}

impl Wanted {
    fn of(category: &str, expected: &str) -> Self {
        let pairwise = category == "mdp/pairwise";
        if category == "etsi/end-to-end" || expected.starts_with("INDETERMINATE") {
            Self::NotPassed
        } else if expected.starts_with("ACCEPT first") {
            // A row about one of several signatures.
            Self::Other
        } else if expected.starts_with("ACCEPT") {
            if pairwise { Self::Pairwise } else { Self::Accept }
        } else if expected.starts_with("REJECT") {
            Self::Reject
        } else {
            Self::Other
        }
    }
}

/// Levels as `expected.tsv` states them, by field; an empty field is any.
fn levels(expected: &str) -> Vec<(String, String)> {
    let Some(list) = expected.strip_prefix("LEVEL ") else { return Vec::new() };
    let pair = |item: &str| {
        let (field, level) = item.split_once('=').unwrap();
        let field = if field == "document" { "" } else { field };
        (field.to_owned(), level.replace('_', "-"))
    };
    list.split(", ").map(pair).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table, told and held to")]
fn the_corpus_is_judged_as_its_answers_say() {
    let Some(dir) = corpus() else { return };
    let dir = dir.join("signed");
    let answers = fs::read_to_string(dir.join("expected.tsv")).unwrap();
    let mut table: BTreeMap<(Wanted, &str), usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let (mut accepts, mut accepted, mut level_rows) = (0, 0, 0);
    for row in answers.lines().skip(1) {
        let mut cells = row.split('\t');
        let (name, category) = (cells.next().unwrap(), cells.next().unwrap());
        let expected = cells.next().unwrap();
        let report = judged(fs::read(dir.join(name)).unwrap());
        let indication = report.as_ref().map(|report| report.indication);
        let verdict = indication.map_or("unreadable", Indication::word);
        let wanted = Wanted::of(category, expected);
        *table.entry((wanted, verdict)).or_default() += 1;
        match wanted {
            Wanted::Accept => {
                accepts += 1;
                if verdict == "undecided" {
                    accepted += 1;
                } else {
                    println!("must-accept refused: {name}");
                }
            }
            Wanted::Reject if verdict != "failed" => {
                wrong.push(format!("{name}: must be rejected, is {verdict}"));
            }
            Wanted::NotPassed | Wanted::Other | Wanted::Pairwise
                if verdict == "passed" =>
            {
                wrong.push(format!("{name}: valid without any trust"));
            }
            Wanted::Reject | Wanted::NotPassed | Wanted::Other | Wanted::Pairwise => {}
        }
        for (field, level) in levels(expected) {
            level_rows += 1;
            let report = report.as_ref().unwrap();
            let mut own = report.signatures.iter();
            let own = own.find(|it| field.is_empty() || it.facts.claim.field == field);
            let found = own.unwrap().level.to_string();
            if found != level {
                wrong.push(format!("{name}: {field} is {found}, not {level}"));
            }
        }
    }
    println!(
        "{:<12} {:>10} {:>10} {:>10} {:>10}",
        "", "passed", "undecided", "failed", "unreadable"
    );
    for wanted in [
        Wanted::Accept,
        Wanted::Reject,
        Wanted::NotPassed,
        Wanted::Pairwise,
        Wanted::Other,
    ] {
        let count = |verdict| table.get(&(wanted, verdict)).copied().unwrap_or(0);
        let wanted = format!("{wanted:?}");
        let counts = ["passed", "undecided", "failed", "unreadable"].map(count);
        println!(
            "{wanted:<12} {:>10} {:>10} {:>10} {:>10}",
            counts[0], counts[1], counts[2], counts[3]
        );
    }
    println!(
        "must-accept not refused: {accepted}/{accepts}; level answers: {level_rows}"
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(accepted * 100 >= accepts * 95, "{accepted} of {accepts}");
}

#[test]
fn one_signature_may_hold_where_another_does_not() {
    let Some(dir) = corpus() else { return };
    let expected = [
        ("validateSingleSignature1.pdf", "Signature1", "undecided"),
        ("validateSingleSignature1.pdf", "Signature2", "failed"),
        ("validateSingleSignature2.pdf", "Signature1", "failed"),
        ("validateSingleSignature2.pdf", "Signature2", "undecided"),
        ("pdf-byterange-overlap.pdf", "Signature1", "undecided"),
        ("pdf-byterange-overlap.pdf", "Signature2", "failed"),
        ("pades-t-duplicated-doctst.pdf", "Signature2", "undecided"),
        ("pades-t-duplicated-doctst.pdf", "Signature3", "failed"),
    ];
    for (name, field, verdict) in expected {
        let report = judged(fs::read(dir.join("signed").join(name)).unwrap()).unwrap();
        let mut signatures = report.signatures.iter();
        let signature = signatures.find(|it| it.facts.claim.field == field).unwrap();
        assert_eq!(signature.verdict.indication.word(), verdict, "{name} {field}");
    }
}

#[test]
fn the_signed_originals_of_vietnamese_offices_are_whole() {
    let Some(dir) = corpus() else { return };
    let mut anomalies = 0;
    for name in ["hanoi_kh_173_festival", "nq_115_ba_vi", "qd_729_ttg", "tt_21_bct_fuel"]
    {
        let path = dir.join("real").join(format!("{name}.original.pdf"));
        let report = judged(fs::read(path).unwrap()).unwrap();
        assert_eq!(report.indication, Indication::Indeterminate, "{name}");
        for signature in &report.signatures {
            assert!(
                signature.facts.is_intact(),
                "{name} {}",
                signature.facts.claim.field
            );
            let codes = signature.findings.iter().map(|finding| finding.code.as_str());
            anomalies += codes.filter(|code| *code == "time.seven-hours").count();
        }
    }
    assert!(anomalies > 0, "no claimed time seven hours late was told");
}

// ------------------------------------------------------------------ flipped bytes

/// A generator that gives the same numbers everywhere (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let value = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d);
        usize::try_from(value % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// Whether a byte is padding that no rule looks at: zeros that fill `/Contents`.
fn is_padding(bytes: &[u8], at: usize) -> bool {
    let around = at.saturating_sub(16)..(at + 17).min(bytes.len());
    bytes[around].iter().all(|byte| *byte == b'0')
}

#[test]
fn no_single_flipped_byte_is_accepted() {
    let Some(dir) = corpus() else { return };
    // The full number is for `make verify-flips`.
    let flips: usize =
        env::var("SOHOA_FLIPS").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    let all = env::var("SOHOA_FLIPS").is_ok();
    let mut names: Vec<_> = fs::read_dir(dir.join("signed"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .collect();
    names.sort();
    let small = |path: &PathBuf| fs::metadata(path).unwrap().len() < 60_000;
    let names: Vec<_> = names.into_iter().filter(|path| all || small(path)).collect();
    let mut random = Random(0x5eed);
    for path in names.iter().step_by(if all { 1 } else { 3 }) {
        flip(path, flips, &mut random);
    }
}

fn flip(path: &Path, flips: usize, random: &mut Random) {
    let bytes = fs::read(path).unwrap();
    let Some(report) = judged(bytes.clone()) else { return };
    // Only what the first signature covers, and its own value, is under test.
    let sound = report.signatures.iter().find(|it| {
        it.verdict.indication != Indication::TotalFailed && it.facts.claim.range.is_ok()
    });
    let Some(sound) = sound else { return };
    let end = sound.facts.claim.range.unwrap().end;
    let field = sound.facts.claim.field.clone();
    for _ in 0..flips {
        let at = random.below(end);
        if is_padding(&bytes, at) {
            continue;
        }
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << random.below(8);
        // Upper and lower case of a hexadecimal digit are one value.
        if flipped[at].eq_ignore_ascii_case(&bytes[at]) && bytes[at].is_ascii_hexdigit() {
            continue;
        }
        let Some(report) = judged(flipped) else { continue };
        let own = report.signatures.iter().find(|it| it.facts.claim.field == field);
        if let Some(own) = own {
            let unsigned = is_unsigned_part(&report, at);
            assert!(
                own.verdict.indication == Indication::TotalFailed
                    || own.facts.certificate().is_none()
                    || unsigned,
                "{}: byte {at} may be flipped",
                path.display()
            );
        }
    }
}

/// Whether a byte lies in the hole of the signature: its value has parts that are
/// not signed, such as certificates of the chain, whose change only shows as
/// missing trust.
fn is_unsigned_part(report: &Report, at: usize) -> bool {
    report
        .signatures
        .iter()
        .filter_map(|it| it.facts.claim.range.ok())
        .any(|range| (range.hole.start..range.hole.end).contains(&at))
        && report.indication != Indication::TotalPassed
}

// ------------------------------------------------------------------ hostile files

/// Judges within the time that a reader may take, in this slow build.
fn in_time(name: &str, bytes: Vec<u8>) {
    let start = Instant::now();
    let report = judged(bytes);
    let taken = start.elapsed();
    let verdict = report.map_or("unreadable", |report| report.indication.word());
    assert_ne!(verdict, "passed", "{name}");
    assert!(taken.as_secs() < 20, "{name} took {taken:?}");
    println!("{name}: {verdict} in {taken:?}");
}

/// A file around these objects, with a table that is right.
fn file(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for object in objects {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", offsets.len()).bytes());
    }
    let start = bytes.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1);
    for offset in &offsets {
        writeln!(table, "{offset:010} 00000 n ").unwrap();
    }
    let size = offsets.len() + 1;
    write!(table, "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n")
        .unwrap();
    bytes.extend(table.bytes());
    bytes
}

#[test]
fn hostile_files_get_an_answer() {
    in_time("nothing", Vec::new());
    in_time("nested", format!("%PDF-1.7\n1 0 obj\n{}", "[".repeat(200_000)).into_bytes());
    in_time("open strings", "%PDF-1.7\n1 0 obj (\n".repeat(20_000).into_bytes());
    in_time("endless streams", "1 0 obj<<>>stream\n".repeat(30_000).into_bytes());
    in_time("half objects", "%PDF-1.7\n1 0 obj\n".repeat(50_000).into_bytes());
    in_time(
        "a loop of sections",
        b"%PDF-1.7\nxref\n0 0\ntrailer<</Prev 9>>\nstartxref\n9\n%%EOF\n".to_vec(),
    );
    let fields: Vec<String> = (0..20_000).map(|at| format!("{} 0 R", at + 3)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [".to_owned()
            + &fields.join(" ")
            + "] >> >>",
        "<< /Type /Pages /Kids [] /Count 0 >>".to_owned(),
    ];
    let claim =
        "<< /FT /Sig /T (a) /V << /Type /Sig /ByteRange [0 9 20 9] /Contents <00> >> >>";
    objects.extend(fields.iter().map(|_| claim.to_owned()));
    in_time("many signatures claimed", file(&objects));
    let looping = [
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [3 0 R] >> >>",
        "<< /Type /Pages /Kids [2 0 R 2 0 R] /Parent 2 0 R >>",
        "<< /FT /Sig /T (a) /Kids [3 0 R 3 0 R] /Parent 3 0 R /V 4 0 R >>",
        "4 0 R",
    ];
    in_time("objects that hold themselves", file(&looping.map(str::to_owned)));
}

#[test]
fn of_more_signatures_than_are_judged_none_counts_as_removed() {
    let most = 2_000;
    let fields: Vec<String> =
        (0..most + 500).map(|at| format!("{} 0 R", at + 3)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [".to_owned()
            + &fields.join(" ")
            + "] >> >>",
        "<< /Type /Pages /Kids [] /Count 0 >>".to_owned(),
    ];
    let signature = |at| format!("{} 0 R", at + 3 + fields.len());
    let field = |at| format!("<< /FT /Sig /T (a) /V {} >>", signature(at));
    objects.extend((0..fields.len()).map(field));
    let claim = "<< /Type /Sig /ByteRange [0 9 20 9] /Contents <00> >>";
    objects.extend(fields.iter().map(|_| claim.to_owned()));
    let report = judged(file(&objects)).unwrap();
    assert_eq!(report.signatures.len(), most);
    assert!(report.signatures.iter().all(|it| !it.facts.claim.removed));
    assert_eq!(report.indication, Indication::TotalFailed);
}

#[test]
fn a_truncated_file_never_passes() {
    let Some(dir) = corpus() else { return };
    let bytes = fs::read(dir.join("signed/simpleSignature.pdf")).unwrap();
    for end in (0..bytes.len()).step_by(bytes.len() / 40) {
        let report = judged(bytes[..end].to_vec());
        let whole = report.is_some_and(|report| {
            report
                .signatures
                .iter()
                .any(|it| it.verdict.indication != Indication::TotalFailed)
        });
        assert!(!whole, "cut at {end}");
    }
}
