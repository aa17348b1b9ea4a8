//! The HTML of verdicts: a card for each file, the changes after a signature with
//! the pages they touch before and after. It needs nothing else: no network, no
//! script.

use std::fmt::Write as _;

use crate::cli::verdicts::{Paper, Told, covers, marked, word};
use crate::say::{self, Lang};
use crate::text::base64;
use crate::time::Timestamp;
use crate::verify::pictures::Pair;
use crate::verify::report::{AppearanceRow, FileRow, SignatureRow};

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
p{margin:.3rem 0}.head{font-weight:600;margin-top:.6rem}.fine{font-size:.85rem;opacity:.8}\
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
    let unchecked = paper.trust.unchecked(lang);
    let unchecked: Vec<_> = unchecked.iter().map(String::as_str).collect();
    let unchecked = list(&unchecked);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{name}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>\
         <p>{}</p><p class=\"fine\">{}</p><p class=\"fine\">{}</p>{}",
        marked(&say::verify::page_judged(lang, moment(paper.at, lang))),
        marked(&say::verify::trust_line(lang, items, digest)),
        marked(&paper.policy.told(lang)),
        unchecked,
    )
}

/// What ends the page; that files were not reached, if any were not.
pub(super) fn foot(paper: &Paper, left: usize, lang: Lang) -> String {
    let told = match left {
        0 => String::new(),
        _ => {
            let told = marked(&paper.stopped(left, lang));
            format!("<p class=\"word undecided\">{told}</p>")
        }
    };
    format!("{told}</body></html>")
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
    if let Some(signed) = &row.signs {
        let told = marked(&say::verify::signs_file(lang, &signed.path));
        write!(card, "<p>{told}</p><p class=\"fine\">SHA-256 {}</p>", signed.sha256).ok();
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
    let rows = [
        (say::verify::col_field(lang), signature.field.clone()),
        (
            say::verify::col_signer(lang),
            signer.unwrap_or_else(|| say::verify::unknown_signer(lang)),
        ),
        (say::verify::col_time(lang), when(signature, lang)),
        (say::verify::col_level(lang), signature.level.clone()),
        (say::verify::col_coverage(lang), covers(signature, revisions, lang)),
    ];
    let look = signature.appearance.as_ref();
    let look = look.map(|look| (say::verify::col_shown(lang), shown(look, lang)));
    let rows: String = rows
        .iter()
        .chain(&look)
        .map(|(name, value)| {
            format!("<dt>{}</dt><dd>{}</dd>", marked(name), marked(value))
        })
        .collect();
    let told = Told::of(signature, lang);
    let why = match verdict {
        "passed" => say::verify::page_to_know(lang),
        _ => say::verify::page_reasons(lang),
    };
    format!(
        "<section><p><span class=\"word {verdict}\">{}</span> <span class=\"fine\">{}</span></p>\
         <dl>{rows}</dl>{}<div class=\"fine\">{}</div></section>",
        marked(&word(verdict, lang)),
        marked(sub),
        titled(&why, &told.reasons),
        titled(&say::verify::page_notes(lang), &told.notes),
    )
}

/// What a signature shows on its page.
fn shown(look: &AppearanceRow, lang: Lang) -> String {
    let what = match (&look.text, &*look.form) {
        (Some(text), _) => format!("“{text}”"),
        (None, "none") => return say::verify::shown_nothing(lang),
        (None, "picture") => say::verify::shown_picture(lang),
        (None, _) => say::verify::shown_unknown(lang),
    };
    match look.page {
        Some(page) => say::verify::shown_on(lang, page, what),
        None => what,
    }
}

/// A list under its title; nothing where there is nothing to list.
fn titled(title: &str, items: &[String]) -> String {
    match items {
        [] => String::new(),
        [..] => format!("<p class=\"head\">{}</p>{}", marked(title), list(items)),
    }
}

fn list(items: &[impl AsRef<str>]) -> String {
    let items: String =
        items.iter().map(|item| format!("<li>{}</li>", marked(item.as_ref()))).collect();
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

/// The pages that were changed after a signature, before and after.
fn pictures(row: &FileRow, lang: Lang) -> String {
    let mut pairs: String = row.pictures.pairs.iter().map(|it| pair(it, lang)).collect();
    if row.pictures.left_out > 0 {
        let told = marked(&say::verify::pages_left_out(lang, row.pictures.left_out));
        // Writing to a `String` cannot fail.
        write!(pairs, "<p class=\"fine\">{told}</p>").ok();
    }
    pairs
}

/// A page before and after.
fn pair(pair: &Pair, lang: Lang) -> String {
    let sheet = |jpeg: &[u8], caption: &str, frames: &str| {
        let caption = marked(caption);
        format!(
            "<figure><figcaption>{caption}</figcaption><div class=\"sheet\">\
             <img alt=\"{caption}\" src=\"data:image/jpeg;base64,{}\">{frames}</div></figure>",
            base64::encode(jpeg)
        )
    };
    let frames: String = pair
        .spots
        .iter()
        .map(|spot| {
            format!(
                "<i style=\"left:{}%;top:{}%;width:{}%;height:{}%\"></i>",
                spot.left, spot.top, spot.width, spot.height
            )
        })
        .collect();
    let before = say::verify::picture_before(lang, pair.page, pair.revision);
    let after = match pair.spots.is_empty() {
        true => say::verify::picture_same(lang, pair.page, pair.revision),
        false => say::verify::picture_after(lang, pair.page, pair.revision),
    };
    format!(
        "<div class=\"pair\">{}{}</div>",
        sheet(&pair.before, &before, ""),
        sheet(&pair.after, &after, &frames)
    )
}
