//! The command line as a person meets it: transcripts, and the promise that
//! each language is spoken throughout.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};

use clap::Command;
use sohoa::cli::{COMMANDS, command};
use sohoa::say::{Lang, help};
use unicode_normalization::is_nfc;

use crate::office::{Desk, Run, typed_pdf};
use crate::sign::Bureau;

#[test]
fn transcripts() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.md")
        .case("tests/cmd/*.toml")
        .env("LC_ALL", "vi_VN.UTF-8")
        .env("SOURCE_DATE_EPOCH", "1784171625");
}

#[test]
fn every_text_of_the_help_exists_in_both_languages() {
    for text in help::ALL {
        assert!(!text.vi.trim().is_empty() && !text.en.trim().is_empty());
        assert!(is_nfc(text.vi), "not in NFC: {}", text.vi);
        let is_a_line_to_type =
            text.vi.trim().starts_with("sohoa ") && !text.vi.contains('<');
        if !is_a_line_to_type {
            assert_ne!(text.vi, text.en);
        }
    }
}

#[test]
fn every_command_and_flag_is_explained_in_both_languages() {
    let built = |lang| {
        let mut whole = command(lang);
        whole.build();
        whole
    };
    explained(&built(Lang::Vi), &built(Lang::En));
}

/// Walks both command lines side by side.
fn explained(vi: &Command, en: &Command) {
    let name = vi.get_name();
    let told = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string);
    assert!(vi.get_about().is_some(), "{name} is not explained");
    assert_ne!(told(vi.get_about()), told(en.get_about()), "{name}");
    assert_ne!(told(vi.get_long_about()), told(en.get_long_about()), "{name}");
    for (vi_arg, en_arg) in vi.get_arguments().zip(en.get_arguments()) {
        let id = format!("{name} {}", vi_arg.get_id());
        assert_eq!(vi_arg.get_id(), en_arg.get_id());
        assert!(vi_arg.get_help().is_some(), "{id} is not explained");
        for (arg, default) in [(vi_arg, "mặc định"), (en_arg, "default")] {
            let help = told(arg.get_help()).unwrap_or_default();
            let form = |help: &str| help.replacen(&format!("[{default}: "), "", 1);
            assert!(!form(&help).contains(default), "{id} states its default so: {help}");
            assert!(!help.starts_with(char::is_lowercase), "{id} begins small: {help}");
        }
        assert_ne!(told(vi_arg.get_help()), told(en_arg.get_help()), "{id}");
        assert_ne!(vi_arg.get_help_heading(), en_arg.get_help_heading(), "{id}");
        assert!(vi_arg.get_help_heading().is_some(), "{id} stands under no heading");
        let hides = vi_arg.is_hide_possible_values_set()
            || !vi_arg.get_action().takes_values()
            || vi_arg.get_possible_values().is_empty();
        assert!(hides, "clap would list the values of {id} in English");
    }
    let below = |command: &Command| command.get_subcommands().count();
    assert_eq!(below(vi), below(en));
    for (vi_below, en_below) in vi.get_subcommands().zip(en.get_subcommands()) {
        explained(vi_below, en_below);
    }
}

#[test]
fn every_example_of_the_help_is_a_line_that_can_be_typed() {
    let mut typed = 0;
    for words in COMMANDS {
        for lang in [Lang::Vi, Lang::En] {
            for line in lines_to_type(words.examples.in_lang(lang)) {
                let parsed = command(lang).try_get_matches_from(split(&line));
                assert!(parsed.is_ok(), "{line}: {:?}", parsed.err());
                typed += 1;
            }
        }
    }
    assert!(typed > 100, "{typed}");
}

#[test]
fn every_line_of_the_readmes_can_be_typed() {
    let mut typed = 0;
    for file in ["README.md", "examples/README.md", "examples/nightly/README.md"] {
        let text = fs::read_to_string(file).unwrap();
        // What stands between fences, but for what the program answers.
        let blocks = text.split("```").skip(1).step_by(2);
        for line in blocks.flat_map(|block| lines_to_type(&block.replace("\n$ ", "\n"))) {
            let parsed = command(Lang::En).try_get_matches_from(split(&line));
            assert!(parsed.is_ok(), "{file}: {line}: {:?}", parsed.err());
            typed += 1;
        }
    }
    assert!(typed > 15, "{typed}");
}

/// The calls of the program in a text, each a line; one that goes on behind a `\` is
/// one.
fn lines_to_type(text: &str) -> Vec<String> {
    let whole = text.replace("\\\n", " ");
    let lines = whole.lines().map(str::trim).filter(|line| line.starts_with("sohoa "));
    lines.map(str::to_owned).collect()
}

/// A line as a shell takes it apart: words, quotes around some of them, up to a pipe,
/// a redirection or the next command.
fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, '|' | '>' | '<' | '&' | ';' | '#') => break,
            (None, ' ') => words.push(std::mem::take(&mut word)),
            (Some(_) | None, _) => word.push(letter),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn no_english_leaks_into_vietnamese_help() {
    let mut whole = command(Lang::Vi);
    whole.build();
    let mut pages = vec![whole.render_help(), whole.render_long_help()];
    for below in whole.get_subcommands_mut() {
        pages.extend([below.render_help(), below.render_long_help()]);
        for below in below.get_subcommands_mut() {
            pages.extend([below.render_help(), below.render_long_help()]);
        }
    }
    // What clap says of its own, and words no Vietnamese sentence has.
    let english = [
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "Print",
        "possible",
        "Possible",
        "default",
        "[OPTIONS]",
        "[COMMAND]",
        " the ",
        " of ",
        " and ",
        " for ",
        " with ",
    ];
    for page in pages {
        let page = page.to_string();
        for word in english {
            assert!(!page.contains(word), "`{word}` leaks into:\n{page}");
        }
    }
}

#[test]
fn jobs_are_held_against_their_range_by_every_command() {
    let desk = Desk::new("cli-jobs");
    for line in [&["doctor"][..], &["archive", "list"], &["completions", "bash"]] {
        for jobs in ["0", "257", "x"] {
            let run = Run::of(desk.sohoa().args(line).args(["--jobs", jobs]));
            assert_eq!(run.code, Some(2), "{line:?} {jobs}: {}", run.stdout);
            assert!(run.stderr.contains("từ 1 đến 256"), "{line:?}: {}", run.stderr);
        }
    }
}

#[test]
fn a_stream_is_no_name_of_a_file_that_is_written() {
    let desk = Desk::new("cli-stream");
    drop(desk.archive());
    let code = "H32.18-260716-0001";
    for line in [
        &["ingest", "a.pdf", "-o", "-"][..],
        &["ingest", "a.pdf", "-o", "b.pdf", "--text-out", "-"],
        &["sign", "a.pdf", "-o", "-", "--key", "k"],
        &["extend", "a.pdf", "--out-dir", "-"],
        &["archive", "export", code, "-o", "-", "--archive", "kho"],
        &["archive", "prove", code, "-o", "-", "--archive", "kho"],
        &["archive", "review", "--html", "-", "--archive", "kho"],
        &["archive", "quarantine", "release", "0", "--to", "-", "--archive", "kho"],
        &["qr", "sheet", "-o", "-"],
        &["qr", "slip", code, "-o", "-", "--archive", "kho"],
        &["qr", "stamp", "a.pdf", "-o", "-", "--code", code],
    ] {
        let run = Run::of(desk.sohoa().args(line));
        assert_eq!(run.code, Some(2), "{line:?}: {}", run.stdout);
        assert!(run.stderr.contains("không phải `-`"), "{line:?}: {}", run.stderr);
    }
    assert!(!desk.path("-").exists());
    // A report is text unless it is asked for otherwise.
    let run = Run::of(desk.sohoa().args(["report", "integrity", "kho", "-o", "-"]));
    assert!(!run.stdout.is_empty() && !desk.path("-").exists(), "{}", run.stderr);
}

#[test]
fn a_file_named_for_a_report_that_is_streamed_is_told_how_to_get_it() {
    let desk = Desk::new("cli-streamed");
    desk.put("a.pdf", &typed_pdf("a"));
    for (form, file) in
        [("--html", "b.html"), ("--csv", "b.csv"), ("--etsi-xml", "b.xml")]
    {
        let run = Run::of(desk.sohoa().args(["verify", "a.pdf", form, file]));
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{form}");
        let hint = format!("viết `> {file}`");
        assert!(run.stderr.contains(&hint), "{form}: {}", run.stderr);
    }
    // A file that is there is judged.
    desk.put("b.html", b"x");
    let run = Run::of(desk.sohoa().args(["verify", "b.html", "--html"]));
    assert!(run.stdout.contains("b.html"), "{}", run.stderr);
}

#[test]
fn an_option_before_the_name_of_its_command_is_told_where_it_belongs() {
    let desk = Desk::new("cli-early");
    let run = Run::of(desk.sohoa().args(["archive", "--archive", "kho", "list"]));
    assert_eq!(run.code, Some(2), "{}", run.stdout);
    assert!(
        run.stderr.contains("viết `--archive` sau `sohoa archive list`"),
        "{}",
        run.stderr
    );
    let run = Run::of(desk.sohoa().args(["archive", "--nothing", "list"]));
    assert!(!run.stderr.contains("sau `sohoa"), "{}", run.stderr);
}

/// A line for every command, in the order in which a small office would type them;
/// what they work at is there when their turn comes.
const EVERY_COMMAND: &[&str] = &[
    "archive init other --agency H32.18 --name X --json",
    "ingest 2.pdf --archive kho",
    "ingest 3.pdf --archive kho --json",
    "ingest 2.pdf --archive kho --dry-run",
    "ingest 3.pdf -o 3-read.pdf --json",
    "archive add 4.pdf --archive kho --json",
    "archive list --archive kho",
    "archive list --archive kho --json",
    "archive show H32.18-260716-0001 --archive kho",
    "archive show H32.18-260716-0001 --archive kho --json",
    "archive set H32.18-260716-0001 Title=A --by An --archive kho --json",
    "archive check --archive kho --json",
    "archive export H32.18-260716-0001 -o out.zip --archive kho --json",
    "archive quarantine list --archive kho",
    "archive quarantine list --archive kho --json",
    "archive quarantine release FIRST --to back.tif --archive kho --json",
    "archive quarantine discard SECOND --why A --archive kho --json",
    "archive runs --archive kho",
    "archive log --archive kho",
    "archive prove H32.18-260716-0001 --archive kho",
    "archive attest --key signer.pem --cert signer.cer --cert issuing.cer --archive kho --json",
    "archive reindex --archive kho --json",
    "archive review --archive kho --json",
    "archive import register.csv --archive kho --json",
    "find Thong --archive kho",
    "find Thong --archive kho --json",
    "find --same 1.pdf --archive kho",
    "qr code --archive kho",
    "qr slip H32.18-260716-0001 --archive kho -o slip.pdf --json",
    "qr sheet --calibration -o sheet.pdf --json",
    "qr stamp 1.pdf -o stamped.pdf --code H32.18-260716-0001 --archive kho --json",
    "qr read slip.pdf",
    "qr read slip.pdf --json",
    "qr selftest sheet.pdf",
    "qr status H32.18-260716-0001 --archive kho",
    "qr publish pages --archive kho --json",
    "report paperless kho",
    "report qd766 kho --format json",
    "report sums register.csv",
    "sign 1.pdf -o signed.pdf --key signer.pem --cert signer.cer --cert issuing.cer",
    "verify signed.pdf --trust trust",
    "verify signed.pdf --trust trust --json",
    "extend --radar signed.pdf",
    "doctor",
    "doctor --json",
    "completions bash",
    "help ingest",
    "--help",
    "--version",
];

#[test]
fn an_answer_that_cannot_be_written_is_told_and_ends_in_trouble() {
    let bureau = Bureau::new("cli-full");
    let desk = &bureau.desk;
    desk.archive();
    for number in 1..=4 {
        let paper = typed_pdf(&format!("Thong bao so {number}"));
        desk.put(&format!("{number}.pdf"), &paper);
    }
    desk.put("bad.tif", b"II*\0 broken");
    desk.put("worse.tif", b"II*\0 worse");
    desk.put("register.csv", "Mã hồ sơ,Ngày tiếp nhận\nA,16/07/2026\n".as_bytes());
    assert_eq!(desk.ingest(&["1.pdf", "bad.tif", "worse.tif"]).code, Some(1));
    let entries = fs::read_dir(desk.path("kho/quarantine")).unwrap().flatten();
    let entries: Vec<_> =
        entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    for line in EVERY_COMMAND {
        let mut program = desk.sohoa();
        let line = line.replace("FIRST", &entries[0]).replace("SECOND", &entries[1]);
        program.args(line.split(' ')).args(["--lang", "en"]);
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = Run::from(program.stdout(full).output().unwrap());
        let told = run.stderr.matches("cannot write to standard output").count();
        assert_eq!((run.code, told), (Some(2), 1), "{line}: {}", run.stderr);
    }
    // None is forgotten.
    let mut whole = command(Lang::En);
    whole.build();
    let mut leaves = BTreeSet::new();
    leaves_of(&whole, "", &mut leaves);
    let is_named = |leaf: &String| {
        EVERY_COMMAND.iter().any(|line| line.starts_with(&format!("{leaf} ")))
            || EVERY_COMMAND.contains(&leaf.as_str())
    };
    let forgotten: Vec<_> = leaves.iter().filter(|leaf| !is_named(leaf)).collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
}

/// The commands that have none below them, as they are typed.
fn leaves_of(command: &Command, path: &str, leaves: &mut BTreeSet<String>) {
    for below in command.get_subcommands() {
        let path = format!("{path} {}", below.get_name()).trim().to_owned();
        if below.has_subcommands() {
            leaves_of(below, &path, leaves);
        } else {
            leaves.insert(path);
        }
    }
}

#[test]
fn clap_finds_no_fault_with_the_command_line() {
    command(Lang::Vi).debug_assert();
    command(Lang::En).debug_assert();
}
