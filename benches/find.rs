//! What it costs to fill and to ask the catalogue of a large archive.
//!
//! The archive is made here, from a seed: dossiers of four documents of five
//! pages each, words of Vietnamese shape in the proportions of natural text
//! (Zipf), and the phrases that offices write. The PDF files in it are
//! placeholders; the catalogue never reads them. `make bench-find` makes 100 000
//! pages; `PAGES=1000000` in its place makes another number.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a measuring program for developers"
)]

use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Map;
use sohoa::archive::{
    Archive, Content, Filing, Filter, NewDocument, Settings, SourceInfo,
};
use sohoa::digest::Digest;
use sohoa::time::Timestamp;

#[path = "common/dice.rs"]
mod dice;
#[path = "common/memory.rs"]
mod memory;

use dice::Dice;

/// Pages where `PAGES` does not say.
const PAGES: u32 = 100_000;
/// Pages of a document.
const PAGES_EACH: u32 = 5;
/// Documents of a dossier.
const DOCUMENTS_EACH: u32 = 4;
/// Words of a page, about what a page of an office has.
const WORDS: u32 = 320;
/// Words there are.
const VOCABULARY: usize = 12_000;
/// Dossiers at the beginning and at the end whose filing is compared.
const SAMPLE: usize = 200;
/// Questions asked.
const QUESTIONS: usize = 2000;

fn main() {
    let pages = env::var("PAGES").map_or(PAGES, |pages| pages.parse().unwrap());
    let folder = memory::folder("bench-find");
    let settings = Settings::new("H32.18".parse().unwrap(), "UBND phường X").unwrap();
    Archive::create(&folder, &settings).unwrap();
    let mut office = Office::new(0x5eed);
    let times = fill(&folder, pages, &mut office);
    let mean = |times: &[(Duration, f64)]| {
        let wall: f64 = times.iter().map(|(wall, _)| wall.as_secs_f64() * 1e3).sum();
        let busy: f64 = times.iter().map(|(_, busy)| busy).sum();
        let count = times.len() as f64;
        format!("{:.1} ms, {:.1} of processor", wall / count, busy / count)
    };
    println!("{pages} pages in {} dossiers, {}", times.len(), folder.display());
    println!("filing a dossier, the first {SAMPLE}: {}", mean(&times[..SAMPLE]));
    println!(
        "filing a dossier, the last {SAMPLE}:  {}",
        mean(&times[times.len() - SAMPLE..])
    );
    reindex(&folder);
    ask(&folder, &mut office);
    fs::remove_dir_all(folder).unwrap();
}

/// Files everything; the time of each dossier, of the wall and of the processor.
fn fill(folder: &Path, pages: u32, office: &mut Office) -> Vec<(Duration, f64)> {
    let (archive, _) = Archive::open(folder).unwrap();
    let dossiers = pages / (PAGES_EACH * DOCUMENTS_EACH);
    (0..dossiers)
        .map(|number| {
            let documents = (0..DOCUMENTS_EACH).map(|at| office.document(number, at));
            let documents = documents.collect();
            let filing = office.filing(number, dossiers);
            let (begun, before) = (Instant::now(), busy_milliseconds());
            archive.file(filing, documents, &|| false).unwrap();
            (begun.elapsed(), busy_milliseconds() - before)
        })
        .collect()
}

/// Fills the catalogue anew, in a process of its own whose memory is told.
fn reindex(folder: &Path) {
    let before = size(&folder.join("dossiers"));
    let (archive, _) = Archive::open(folder).unwrap();
    let (begun, busy_before) = (Instant::now(), busy_milliseconds());
    let made = archive.reindex().unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    let busy = (busy_milliseconds() - busy_before) / 1e3;
    let catalogue = size(&folder.join(".catalogue"));
    println!(
        "reindex: {} documents in {seconds:.0} s ({busy:.0} s of processor), peak memory {} MB, catalogue {} MB beside {} MB of dossiers",
        made.documents,
        peak_megabytes(),
        catalogue >> 20,
        before >> 20,
    );
}

/// The most memory this process ever had.
fn peak_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or(0_u64) / 1024
}

fn size(path: &Path) -> u64 {
    let found = fs::symlink_metadata(path).unwrap();
    if !found.is_dir() {
        return found.len();
    }
    let entries = fs::read_dir(path).unwrap();
    entries.map(|entry| size(&entry.unwrap().path())).sum()
}

/// Asks what people ask, and tells how long the slow answers take.
fn ask(folder: &Path, office: &mut Office) {
    let (archive, _) = Archive::consult(folder).unwrap();
    for kind in Kind::ALL {
        let questions: Vec<_> =
            (0..QUESTIONS / Kind::ALL.len()).map(|_| office.question(kind)).collect();
        let filter = office.filter(kind);
        for question in questions.iter().take(20) {
            archive.search(question, &filter, 20).unwrap(); // warm
        }
        let (mut walls, mut busy) = (Vec::new(), Vec::new());
        let mut hits = 0;
        for question in &questions {
            let (begun, before) = (Instant::now(), busy_milliseconds());
            hits += archive.search(question, &filter, 20).unwrap().found.len();
            walls.push(begun.elapsed().as_secs_f64() * 1e3);
            busy.push(busy_milliseconds() - before);
        }
        let told = |mut times: Vec<f64>| {
            times.sort_by(f64::total_cmp);
            let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
            format!("p50 {:>5.1}  p95 {:>5.1}  worst {:>5.1}", at(0.5), at(0.95), at(1.0))
        };
        println!(
            "find, {:<22} ms: {}   of processor: {}   {:.1} hits",
            kind.name(),
            told(walls),
            told(busy),
            hits as f64 / questions.len() as f64,
        );
    }
}

/// Processor time of this thread, which other programs on the machine do not
/// change; 0 where the system does not tell.
fn busy_milliseconds() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e6
}

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Unaccented,
    Words,
    Phrase,
    Street,
    Number,
    Beginning,
    Filtered,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Word,
        Self::Unaccented,
        Self::Words,
        Self::Phrase,
        Self::Street,
        Self::Number,
        Self::Beginning,
        Self::Filtered,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Word => "one word",
            Self::Unaccented => "one word, no accents",
            Self::Words => "three words",
            Self::Phrase => "a phrase",
            Self::Street => "đường Trần Phú",
            Self::Number => "a document number",
            Self::Beginning => "a beginning",
            Self::Filtered => "words in one month",
        }
    }
}

/// What an office writes, from a seed.
struct Office {
    dice: Dice,
    words: Vec<String>,
}

impl Office {
    fn new(seed: u64) -> Self {
        let mut office = Self { dice: Dice(seed), words: Vec::new() };
        let onsets = "b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x";
        let rimes = "a à á ả ã ạ an ang anh ao ay ăm ăn ăng âm ân âng ầu âu ây e em en \
                     eo ê ên ếch ềnh i ia im in inh iê iên iêng iểu o oa oà oan oang oi om on \
                     ong ô ôi ôm ôn ông ơ ơi ơn ớp u ua um un ung uôi uôn uông uy ư ưa ưng \
                     ươi ươn ương ường ượng ước ược ật ất ặt ạch ích ịch ốc ộc út ụt";
        let (onsets, rimes): (Vec<_>, Vec<_>) =
            (onsets.split_whitespace().collect(), rimes.split_whitespace().collect());
        while office.words.len() < VOCABULARY {
            let word = format!("{}{}", office.one(&onsets), office.one(&rimes));
            // Two syllables run together, as recognisers do, are rare words.
            let tail = if office.words.len() > 2500 { office.one(&onsets) } else { "" };
            office.words.push(word + tail);
        }
        office
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        (self.dice.next() % end as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// A word, the n-th about n times rarer than the first.
    fn word(&mut self) -> String {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        let rank = (VOCABULARY as f64).powf(share) as usize;
        self.words[rank.min(VOCABULARY) - 1].clone()
    }

    fn phrase(&mut self) -> String {
        let number = self.below(2000);
        let house = self.below(300);
        let street = self.one(&["Trần Phú", "Lê Lợi", "Nguyễn Huệ", "Dương Hiến Quyền"]);
        match self.below(6) {
            0 => "Cộng hòa xã hội chủ nghĩa Việt Nam".to_owned(),
            1 => format!("Số: {number}/QĐ-UBND"),
            2 => format!("số {house} đường {street}"),
            3 => "Ủy ban nhân dân phường Nam Nha Trang".to_owned(),
            4 => "giấy chứng nhận quyền sử dụng đất".to_owned(),
            _ => format!("ngày {} tháng {} năm 2026", 1 + number % 28, 1 + house % 12),
        }
    }

    fn page(&mut self) -> String {
        let mut page = String::new();
        for at in 0..WORDS {
            let piece = if at % 40 == 39 { self.phrase() } else { self.word() };
            page += &piece;
            page.push(if at % 11 == 10 { '\n' } else { ' ' });
        }
        page + "\u{c}"
    }

    fn document(&mut self, dossier: u32, at: u32) -> NewDocument {
        let bytes = format!("%PDF-1.7 a placeholder: {dossier}.{at}").into_bytes();
        let mut fields = Map::new();
        let number = self.below(2000).to_string();
        for (field, value) in [
            ("TypeName", self.one(&["Quyết định", "Công văn", "Tờ trình", "Đơn"])),
            ("CodeNumber", number.as_str()),
            ("CodeNotation", "QĐ-UBND"),
            ("Subject", &(self.word() + " " + &self.phrase())),
        ] {
            fields.insert(field.to_owned(), value.into());
        }
        NewDocument {
            kind_of_paper: "đơn".to_owned(),
            suffix: ".pdf".to_owned(),
            source: SourceInfo::of(&bytes, Digest::of(&bytes), "PDF"),
            content: Content::Bytes(bytes),
            pages: PAGES_EACH,
            companions: Vec::new(),
            fields,
            record: serde_json::Value::Null,
            text: Some((0..PAGES_EACH).map(|_| self.page()).collect()),
        }
    }

    /// Dossiers spread evenly over a year.
    fn filing(&mut self, number: u32, of: u32) -> Filing {
        let second = i64::from(number) * (365 * 86_400) / i64::from(of);
        let now = Timestamp::from_unix(1_767_200_400 + second).unwrap();
        let title = Some(format!("Hồ sơ {}", self.word()));
        Filing { dossier: None, day: now.day(), now, title, fields: Map::new() }
    }

    fn question(&mut self, kind: Kind) -> String {
        match kind {
            Kind::Word => self.word(),
            Kind::Unaccented => sohoa::text::fold::bare(&self.word()),
            Kind::Words | Kind::Filtered => {
                format!("{} {} {}", self.word(), self.word(), self.word())
            }
            Kind::Phrase => format!("\"{} {}\"", self.word(), self.word()),
            Kind::Street => "đường Trần Phú".to_owned(),
            Kind::Number => format!("{}/QĐ-UBND", self.below(2000)),
            Kind::Beginning => {
                let word: String = self.word().chars().take(3).collect();
                format!("{word:x<2}*")
            }
        }
    }

    fn filter(&mut self, kind: Kind) -> Filter {
        let day = |day| sohoa::time::Day::new(2026, 3, day);
        match kind {
            Kind::Filtered => Filter { from: day(1), to: day(31), ..Filter::default() },
            Kind::Word
            | Kind::Unaccented
            | Kind::Words
            | Kind::Phrase
            | Kind::Street
            | Kind::Number
            | Kind::Beginning => Filter::default(),
        }
    }
}
