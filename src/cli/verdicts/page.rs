//! The HTML of verdicts: a card for each file, the changes after a signature with
//! the pages they touch before and after. It needs nothing else: no network, no
//! script.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use crate::cli::verdicts::{Paper, marked, word};
use crate::digest::Digest;
use crate::pdf;
use crate::raster::Limits;
use crate::review::compare::{Compared, compare};
use crate::say::{self, Lang};
use crate::text::base64;
use crate::time::Timestamp;
use crate::verify::report::{FileRow, SignatureRow};

/// What ends the page.
pub(super) const FOOT: &str = "</body></html>";
/// Largest file whose pages are shown.
const MOST_BYTES: u64 = 128 << 20;
/// Pages shown before and after, of one file.
const MOST_PAGES: usize = 8;

/// How it looks; meaning is in the words.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--card:#f6f7f9;--line:#d5dae1;\
--good:#0b6b2b;--care:#8a5200;--bad:#a8201a}\
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--paper:#15181c;--card:#1e2228;--line:#363c45;\
--good:#7fd49a;--care:#ffc27d;--bad:#ff9a92}}\
*{box-sizing:border-box}\
body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--paper);color:var(--ink);\
font:1rem/1.5 system-ui,'Noto Sans','Segoe UI',Roboto,sans-serif;overflow-wrap:anywhere}\
h1{font-size:1.4rem;line-height:1.3;margin:.5rem 0}h2{font-size:1.1rem;margin:0}\
article{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem;margin:1rem 0;break-inside:avoid-page}\
section{border-top:1px solid var(--line);margin-top:.8rem;padding-top:.8rem}\
p{margin:.3rem 0}.fine{font-size:.85rem;opacity:.8}\
.word{font-size:1.2rem;font-weight:700}.passed{color:var(--good)}.undecided{color:var(--care)}\
.failed,.unreadable{color:var(--bad)}\
dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem 1rem;margin:.5rem 0}dt{opacity:.75}dd{margin:0}\
ul{margin:.3rem 0;padding-left:1.2rem}\
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.8rem;margin-top:.8rem}\
@media(max-width:34rem){.pair{grid-template-columns:1fr}}\
figure{margin:0}figcaption{font-size:.85rem;margin-bottom:.2rem}\
.sheet{position:relative;border:1px solid var(--line);background:#fff}.sheet img{display:block;width:100%;height:auto}\
.sheet i{position:absolute;border:2px solid #d3261d;border-radius:2px;box-shadow:0 0 0 1px #fff}\
";

/// What stands before the first file.
pub(super) fn head(paper: &Paper, lang: Lang) -> String {
    let name = match lang {
        Lang::Vi => "vi",
        Lang::En => "en",
    };
    let title = marked(&say::verify::page_title(lang));
    let (items, digest) = (paper.trust.items.len(), paper.trust.sha256);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{name}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>\
         <p>{}</p><p class=\"fine\">{}</p>",
        marked(&say::verify::page_judged(lang, moment(paper.at, lang))),
        marked(&say::verify::trust_line(lang, items, digest)),
    )
}

/// A file.
pub(super) fn file(row: &FileRow, lang: Lang) -> String {
    let verdict = &*row.verdict;
    let mut card = format!(
        "<article><h2>{}</h2><p class=\"word {verdict}\">{}</p>",
        marked(&row.path),
        marked(&word(verdict, lang)),
    );
    let own: Vec<_> = row.findings.iter().map(|finding| finding.tell(lang)).collect();
    card += &list(&own);
    if let Some(digest) = row.sha256 {
        // Writing to a `String` cannot fail.
        write!(card, "<p class=\"fine\">SHA-256 {digest}</p>").ok();
    }
    for signature in &row.signatures {
        card += &section(signature, row.revisions, lang);
    }
    card += &pictures(row, lang);
    card + "</article>\n"
}

/// A signature.
fn section(signature: &SignatureRow, revisions: usize, lang: Lang) -> String {
    let verdict = &*signature.verdict;
    let sub = signature.sub_indication.as_deref().unwrap_or_default();
    let signer = signature.signer.as_ref().map(|signer| signer.name.clone());
    let covers = match &*signature.coverage.covers {
        "whole-file" => say::verify::covers_whole(lang),
        "revision" => {
            let revision = signature.coverage.revision.unwrap_or_default();
            say::verify::covers_revision(lang, revision, revisions)
        }
        _ => say::verify::covers_nothing(lang),
    };
    let rows = [
        (say::verify::col_field(lang), signature.field.clone()),
        (
            say::verify::col_signer(lang),
            signer.unwrap_or_else(|| say::verify::unknown_signer(lang)),
        ),
        (say::verify::col_time(lang), when(signature, lang)),
        (say::verify::col_level(lang), signature.level.clone()),
        (say::verify::col_coverage(lang), covers),
    ];
    let rows: String = rows
        .iter()
        .map(|(name, value)| {
            format!("<dt>{}</dt><dd>{}</dd>", marked(name), marked(value))
        })
        .collect();
    let reasons = signature.findings.iter().map(|finding| finding.tell(lang));
    let changes = signature.changes.iter().map(|change| change.told(lang));
    let why: Vec<_> = reasons.chain(changes).collect();
    format!(
        "<section><p><span class=\"word {verdict}\">{}</span> <span class=\"fine\">{}</span></p>\
         <dl>{rows}</dl>{}</section>",
        marked(&word(verdict, lang)),
        marked(sub),
        list(&why),
    )
}

fn list(items: &[&str]) -> String {
    let items: String =
        items.iter().map(|item| format!("<li>{}</li>", marked(item))).collect();
    if items.is_empty() { items } else { format!("<ul>{items}</ul>") }
}

fn when(signature: &SignatureRow, lang: Lang) -> String {
    let time = &signature.time;
    match (time.proven, time.stamped, time.claimed) {
        (Some(proven), _, _) => say::verify::time_proven(lang, moment(proven, lang)),
        (None, Some(stamped), _) => {
            say::verify::time_stamped(lang, moment(stamped, lang))
        }
        (None, None, Some(claimed)) => {
            say::verify::time_claimed(lang, moment(claimed, lang))
        }
        (None, None, None) => say::verify::time_missing(lang),
    }
}

/// A moment as people of the language write it.
fn moment(moment: Timestamp, lang: Lang) -> String {
    match lang {
        Lang::Vi => {
            let (day, hour) = moment.day_and_hour();
            format!("{hour} {day}")
        }
        Lang::En => moment.to_string(),
    }
}

// ------------------------------------------------------------------ pictures

/// The pages that were changed after a signature, as they were signed and as they
/// are. Once for each state that was signed.
fn pictures(row: &FileRow, lang: Lang) -> String {
    let mut wanted: BTreeSet<(usize, usize)> = BTreeSet::new();
    for signature in &row.signatures {
        let Some(end) = signature.coverage.bytes else { continue };
        let pages = signature.changes.iter().filter_map(|change| change.page);
        wanted.extend(pages.filter_map(|page| Some((end, page.checked_sub(1)?))));
    }
    if wanted.is_empty() {
        return String::new();
    }
    let Some(bytes) = bytes(row) else { return String::new() };
    let open = |end: usize| {
        let bytes = Arc::from(bytes.get(..end)?);
        pdf::open(bytes, None, Limits::default()).ok()
    };
    let Some(after) = open(bytes.len()) else { return String::new() };
    let mut pairs = String::new();
    let left_out = wanted.len().saturating_sub(MOST_PAGES);
    for (end, page) in wanted.into_iter().take(MOST_PAGES) {
        if let Some(before) = open(end) {
            pairs += &pair(&compare(&before, &after, page), page, lang);
        }
    }
    if left_out > 0 {
        // Writing to a `String` cannot fail.
        let told = marked(&say::verify::pages_left_out(lang, left_out));
        write!(pairs, "<p class=\"fine\">{told}</p>").ok();
    }
    pairs
}

/// The bytes that were judged, unless there are too many of them to be shown.
fn bytes(row: &FileRow) -> Option<Vec<u8>> {
    let is_small = fs::metadata(&row.path).is_ok_and(|it| it.len() <= MOST_BYTES);
    let bytes = is_small.then(|| fs::read(&row.path).ok()).flatten()?;
    (Some(Digest::of(&bytes)) == row.sha256).then_some(bytes)
}

/// A page before and after.
fn pair(compared: &Compared, page: usize, lang: Lang) -> String {
    let number = page + 1;
    let framed: String = compared
        .spots
        .iter()
        .map(|spot| {
            format!(
                "<i style=\"left:{}%;top:{}%;width:{}%;height:{}%\"></i>",
                spot.left, spot.top, spot.width, spot.height
            )
        })
        .collect();
    let sheet = |picture: Option<&Vec<u8>>, caption: String, frames: &str| {
        let shown = match picture {
            Some(jpeg) => format!(
                "<div class=\"sheet\"><img alt=\"{}\" src=\"data:image/jpeg;base64,{}\">{frames}</div>",
                marked(&caption),
                base64::encode(jpeg)
            ),
            None => format!(
                "<p class=\"fine\">{}</p>",
                marked(&say::verify::page_unseen(lang))
            ),
        };
        format!("<figure><figcaption>{}</figcaption>{shown}</figure>", marked(&caption))
    };
    let before = say::verify::page_before(lang, number);
    let after = if compared.spots.is_empty() && compared.before.is_some() {
        say::verify::page_same(lang, number)
    } else {
        say::verify::page_after(lang, number)
    };
    format!(
        "<div class=\"pair\">{}{}</div>",
        sheet(compared.before.as_ref(), before, ""),
        sheet(compared.after.as_ref(), after, &framed)
    )
}
