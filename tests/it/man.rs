//! `man/` is a golden reference: what the command line says about itself, in
//! English and, under `man/vi/`, in Vietnamese. `UPDATE=1 cargo test manual` rewrites it.

use std::path::{Path, PathBuf};
use std::{env, fs};

use clap::{Arg, Command};
use roff::{Inline, Roff, bold, italic, roman};
use sohoa::cli::layout::Words;
use sohoa::cli::{COMMANDS, command};
use sohoa::say::{Lang, Text, help};

#[test]
fn manual_pages_are_current() {
    let update = env::var_os("UPDATE").is_some();
    let mut pages = Vec::new();
    for (folder, lang) in [("man", Lang::En), ("man/vi", Lang::Vi)] {
        if update {
            fs::create_dir_all(folder).unwrap();
        }
        for words in &COMMANDS {
            let path = Path::new(folder).join(format!("{}.1", page_name(words)));
            let page = page(words, lang);
            if update {
                fs::write(&path, &page).unwrap();
            }
            let kept = fs::read_to_string(&path).unwrap_or_default();
            assert!(kept == page, "{path:?} is stale: run UPDATE=1 cargo test manual");
            pages.push(path);
        }
    }
    for folder in ["man", "man/vi"] {
        let there: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        for path in there.iter().filter(|path| path.is_file()) {
            assert!(pages.contains(path), "{path:?} is about no command: delete it");
        }
    }
}

/// `sohoa-archive-init`.
fn page_name(words: &Words) -> String {
    format!("sohoa {}", words.path).trim_end().replace(' ', "-")
}

/// One manual page.
fn page(words: &Words, lang: Lang) -> String {
    let mut whole = command(lang);
    whole.build();
    let mut about = &whole;
    for name in words.path.split_whitespace() {
        about = about.find_subcommand(name).unwrap();
    }
    let name = page_name(words);
    let source = format!("sohoa {}", env!("CARGO_PKG_VERSION"));
    let mut page = Roff::new();
    let manual = help::MANUAL.in_lang(lang);
    page.control("TH", [name.to_uppercase().as_str(), "1", "", &source, manual]);
    section(&mut page, help::NAME, lang);
    page.text([roman(format!("{name} - {}", words.about.in_lang(lang)))]);
    synopsis(&mut page, words, lang);
    section(&mut page, help::DESCRIPTION, lang);
    paragraphs(&mut page, words.long.in_lang(lang));
    commands(&mut page, about, words, lang);
    flags(&mut page, about);
    shared(&mut page, lang);
    section(&mut page, help::EXAMPLES, lang);
    examples(&mut page, words.examples.in_lang(lang));
    see_also(&mut page, words, lang);
    page.render()
}

fn section(page: &mut Roff, title: Text, lang: Lang) {
    page.control("SH", [title.in_lang(lang).to_uppercase().as_str()]);
}

/// How it is typed, a line each.
fn synopsis(page: &mut Roff, words: &Words, lang: Lang) {
    section(page, help::SYNOPSIS, lang);
    for (number, line) in words.usage.in_lang(lang).lines().enumerate() {
        if number > 0 {
            page.control("br", []);
        }
        page.text([bold(line.trim())]);
    }
}

fn paragraphs(page: &mut Roff, text: &str) {
    for paragraph in text.split("\n\n") {
        page.control("PP", []);
        page.text([roman(paragraph)]);
    }
}

/// The commands below this one, each with its own page.
fn commands(page: &mut Roff, about: &Command, words: &Words, lang: Lang) {
    if about.has_subcommands() {
        section(page, help::COMMANDS, lang);
    }
    for below in about.get_subcommands() {
        let path = format!("{} {}", words.path, below.get_name());
        let name = format!("sohoa {}", path.trim()).replace(' ', "-");
        let below = below.get_about().unwrap().to_string();
        item(page, vec![bold(name), roman("(1)")], &below);
    }
}

/// The flags, under the headings that help gives them.
fn flags(page: &mut Roff, about: &Command) {
    let mut headings: Vec<String> = Vec::new();
    for arg in about.get_arguments() {
        let heading = arg.get_help_heading().unwrap().to_owned();
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    for heading in headings {
        page.control("SH", [heading.to_uppercase().as_str()]);
        let mut under: Vec<_> = about
            .get_arguments()
            .filter(|arg| arg.get_help_heading() == Some(&heading))
            .collect();
        under.sort_by_key(|arg| arg.get_long() == Some("version"));
        for arg in under {
            item(page, term(arg), &arg.get_help().unwrap().to_string());
        }
    }
}

/// `-o, --output PDF`.
fn term(arg: &Arg) -> Vec<Inline> {
    let mut parts = Vec::new();
    if let Some(short) = arg.get_short() {
        parts.extend([bold(format!("-{short}")), roman(", ")]);
    }
    if let Some(long) = arg.get_long() {
        parts.push(bold(format!("--{long}")));
    }
    let takes_value = arg.is_positional() || arg.get_action().takes_values();
    if takes_value {
        if !arg.is_positional() {
            parts.push(roman(" "));
        }
        parts.extend(
            arg.get_value_names().unwrap().iter().map(|name| italic(name.as_str())),
        );
    }
    parts
}

/// A term and what it means.
fn item(page: &mut Roff, term: Vec<Inline>, meaning: &str) {
    page.control("TP", []);
    page.text(term);
    page.text([roman(meaning)]);
}

/// What is the same for every command.
fn shared(page: &mut Roff, lang: Lang) {
    section(page, help::EXIT_STATUS, lang);
    let codes = [
        ("0", help::EXIT_0),
        ("1", help::EXIT_1),
        ("2", help::EXIT_2),
        ("3", help::EXIT_3),
        ("130", help::EXIT_130),
    ];
    for (code, meaning) in codes {
        item(page, vec![bold(code)], meaning.in_lang(lang));
    }
    paragraphs(page, help::EXIT_WORST.in_lang(lang));
    section(page, help::ENVIRONMENT, lang);
    let variables = [
        ("LC_ALL, LC_MESSAGES, LANG", help::ENV_LOCALE),
        ("NO_COLOR", help::ENV_NO_COLOR),
        ("SOURCE_DATE_EPOCH", help::ENV_SOURCE_DATE_EPOCH),
        ("TESSDATA_PREFIX", help::ENV_TESSDATA_PREFIX),
    ];
    for (name, meaning) in variables {
        item(page, vec![bold(name)], meaning.in_lang(lang));
    }
    section(page, help::FILES, lang);
    let archive = help::VALUE_DIR.in_lang(lang);
    let files = [
        ("sohoa.toml", help::FILE_SETTINGS),
        ("dossiers/", help::FILE_DOSSIERS),
        ("quarantine/", help::FILE_QUARANTINE),
        ("ledger/", help::FILE_LEDGER),
        (".catalogue/", help::FILE_CATALOGUE),
    ];
    for (name, meaning) in files {
        item(
            page,
            vec![italic(archive), roman(format!("/{name}"))],
            meaning.in_lang(lang),
        );
    }
}

/// Lines that stand as they are typed, between sentences that flow.
fn examples(page: &mut Roff, text: &str) {
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let typed =
            ["sohoa ", "mkdir "].iter().any(|start| line.trim().starts_with(start));
        if typed {
            page.control("RS", ["4"]);
            page.control("nf", []);
            page.text([bold(line.trim())]);
            page.control("fi", []);
            page.control("RE", []);
        } else {
            page.control("PP", []);
            page.text([roman(line.trim())]);
        }
    }
}

/// The other pages.
fn see_also(page: &mut Roff, words: &Words, lang: Lang) {
    section(page, help::SEE_ALSO, lang);
    let others: Vec<_> = COMMANDS
        .iter()
        .filter(|other| other.path != words.path)
        .map(|other| format!("{}(1)", page_name(other)))
        .collect();
    page.text([roman(others.join(", "))]);
}
