//! `man/` is a golden reference: what the command line says about itself, in
//! English and, under `man/vi/`, in Vietnamese. `UPDATE=1 cargo test manual` rewrites it.

use std::path::{Path, PathBuf};
use std::{env, fs};

use clap::{Arg, Command};
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
        for words in COMMANDS {
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
    let mut page = Page::new(&name, lang);
    page.section(help::NAME);
    page.text(&format!("{} - {}", escaped(&name), escaped(words.about.in_lang(lang))));
    page.section(help::SYNOPSIS);
    for (number, line) in words.usage.in_lang(lang).lines().enumerate() {
        if number > 0 {
            page.macro_line(".br");
        }
        page.macro_line(&bold(line.trim()));
    }
    page.section(help::DESCRIPTION);
    page.paragraphs(words.long.in_lang(lang));
    commands(&mut page, about, words);
    flags(&mut page, about);
    shared(&mut page);
    page.section(help::EXAMPLES);
    examples(&mut page, words.examples.in_lang(lang));
    page.section(help::SEE_ALSO);
    let others: Vec<_> = COMMANDS
        .iter()
        .filter(|other| other.path != words.path)
        .map(|other| format!("{}(1)", bold(&page_name(other))))
        .collect();
    page.text(&others.join(", "));
    page.roff
}

/// The commands below this one, each with its own page.
fn commands(page: &mut Page, about: &Command, words: &Words) {
    if about.has_subcommands() {
        page.section(help::COMMANDS);
    }
    for below in about.get_subcommands() {
        let path = format!("{} {}", words.path, below.get_name());
        let name = format!("sohoa {}", path.trim()).replace(' ', "-");
        let about = below.get_about().unwrap().to_string();
        page.item(&format!("{}(1)", bold(&name)), &about);
    }
}

/// The flags, under the headings that help gives them.
fn flags(page: &mut Page, about: &Command) {
    let mut headings: Vec<String> = Vec::new();
    for arg in about.get_arguments() {
        let heading = arg.get_help_heading().unwrap().to_owned();
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    for heading in headings {
        page.heading(&heading);
        let under = |arg: &&Arg| arg.get_help_heading() == Some(&heading);
        for arg in about.get_arguments().filter(under) {
            page.item(&term(arg), &arg.get_help().unwrap().to_string());
        }
    }
}

/// `-o, --output PDF`.
fn term(arg: &Arg) -> String {
    let short = arg.get_short().map(|short| bold(&format!("-{short}")));
    let long = arg.get_long().map(|long| bold(&format!("--{long}")));
    let flag = short.into_iter().chain(long).collect::<Vec<_>>().join(", ");
    let takes_value = arg.is_positional() || arg.get_action().takes_values();
    let values = arg.get_value_names().filter(|_| takes_value).unwrap_or_default();
    let values: Vec<_> = values.iter().map(|name| italic(name)).collect();
    format!("{flag} {}", values.join(" ")).trim().to_owned()
}

/// What is the same for every command.
fn shared(page: &mut Page) {
    page.section(help::EXIT_STATUS);
    let codes = [
        ("0", help::EXIT_0),
        ("1", help::EXIT_1),
        ("2", help::EXIT_2),
        ("3", help::EXIT_3),
        ("130", help::EXIT_130),
    ];
    for (code, meaning) in codes {
        page.item(&bold(code), meaning.in_lang(page.lang));
    }
    page.macro_line(".PP");
    page.text(&escaped(help::EXIT_WORST.in_lang(page.lang)));
    page.section(help::ENVIRONMENT);
    let variables = [
        ("LC_ALL, LC_MESSAGES, LANG", help::ENV_LOCALE),
        ("NO_COLOR", help::ENV_NO_COLOR),
        ("SOURCE_DATE_EPOCH", help::ENV_SOURCE_DATE_EPOCH),
        ("TESSDATA_PREFIX", help::ENV_TESSDATA_PREFIX),
    ];
    for (name, meaning) in variables {
        page.item(&bold(name), meaning.in_lang(page.lang));
    }
    page.section(help::FILES);
    let files = [
        ("sohoa.toml", help::FILE_SETTINGS),
        ("dossiers/", help::FILE_DOSSIERS),
        ("quarantine/", help::FILE_QUARANTINE),
        ("codes/", help::FILE_CODES),
        (".catalogue/", help::FILE_CATALOGUE),
    ];
    for (name, meaning) in files {
        let archive = italic(help::VALUE_DIR.in_lang(page.lang));
        page.item(&format!("{archive}/{}", escaped(name)), meaning.in_lang(page.lang));
    }
}

/// Lines that stand as they are typed, between sentences that flow.
fn examples(page: &mut Page, text: &str) {
    for (number, line) in text.lines().map(str::trim).enumerate() {
        let typed = ["sohoa ", "mkdir "].iter().any(|start| line.starts_with(start));
        if typed {
            page.macro_line(".RS 4\n.nf");
            page.macro_line(&bold(line));
            page.macro_line(".fi\n.RE");
        } else if !line.is_empty() {
            if number > 0 {
                page.macro_line(".PP");
            }
            page.text(&escaped(line));
        }
    }
}

/// A page in man(7) macros, readable as it stands.
struct Page {
    lang: Lang,
    roff: String,
}

impl Page {
    fn new(name: &str, lang: Lang) -> Self {
        let (title, version) = (escaped(&name.to_uppercase()), env!("CARGO_PKG_VERSION"));
        let manual = help::MANUAL.in_lang(lang);
        let roff = format!(".TH {title} 1 \"\" \"sohoa {version}\" \"{manual}\"\n");
        Self { lang, roff }
    }

    /// A line that is already roff.
    fn macro_line(&mut self, line: &str) {
        self.roff.push_str(line);
        self.roff.push('\n');
    }

    fn section(&mut self, title: Text) {
        self.heading(title.in_lang(self.lang));
    }

    fn heading(&mut self, title: &str) {
        self.macro_line(&format!(".SH \"{}\"", title.to_uppercase()));
    }

    /// Escaped words that flow, broken into lines a person can review.
    fn text(&mut self, words: &str) {
        let mut line = String::new();
        for word in words.split_whitespace() {
            let length = line.chars().count() + 1 + word.chars().count();
            if !line.is_empty() && length > LINE {
                self.flowing(&std::mem::take(&mut line));
            }
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
        self.flowing(&line);
    }

    /// A line of text; what would be read as a macro is not one.
    fn flowing(&mut self, line: &str) {
        let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
        self.macro_line(&format!("{guard}{line}"));
    }

    fn paragraphs(&mut self, text: &str) {
        for (number, paragraph) in text.split("\n\n").enumerate() {
            if number > 0 {
                self.macro_line(".PP");
            }
            self.text(&escaped(paragraph));
        }
    }

    /// A term, already roff, and what it means.
    fn item(&mut self, term: &str, meaning: &str) {
        self.macro_line(".TP");
        self.macro_line(term);
        self.text(&escaped(meaning));
    }
}

/// Columns of a line of flowing text.
const LINE: usize = 78;

fn bold(text: &str) -> String {
    format!("\\fB{}\\fR", escaped(text))
}

fn italic(text: &str) -> String {
    format!("\\fI{}\\fR", escaped(text))
}

/// Text in which nothing is read as an escape, and a minus stays a minus.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-")
}
