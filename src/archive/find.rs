//! Finding: from a question to the lines that answer it.
//!
//! The catalogue knows on which pages the words stand; the line is read from the
//! dossier itself, so that an answer never shows what is not on disk. Which hit
//! comes first is told in `catalogue/search.rs`.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::archive::catalogue::{Hit, said_of_document, said_of_dossier};
use crate::archive::code::Code;
use crate::archive::dossier::{Document, Dossier};
use crate::archive::error::ArchiveError;
use crate::archive::query::{Query, Term};
use crate::archive::{Archive, recover};
use crate::text::keys::{self, Tier};
use crate::time::Day;

/// What a hit must be besides having the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The first day. A document's day is the one it was issued
    /// (`IssuedDate`), or the one in its dossier's code where that is not known.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// The type of document (`TypeName`), accents and case aside.
    pub kind: Option<String>,
    /// Words of the issuer's name (`OrganName`), accents and case aside.
    pub issuer: Option<String>,
}

/// A place that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The dossier.
    pub dossier: Code,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The document's file, relative to the dossier; `None` where the
    /// dossier's own record answers.
    pub file: Option<String>,
    /// The page of the file, from 1; `None` where the record answers, or where
    /// the page lies in a companion.
    pub page: Option<u32>,
    /// The field of the record that answers, instead of a page.
    pub field: Option<String>,
    /// The line, in NFC.
    pub line: String,
    /// Where in the line the words stand, in bytes.
    pub marks: Vec<Range<usize>>,
    /// How strictly they were compared.
    pub tier: Tier,
}

/// The places that answer, and what could not be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// The places, the best first.
    pub found: Vec<Found>,
    /// Dossiers that the catalogue has hits in and whose record cannot be read.
    pub unread: Vec<Code>,
}

impl Archive {
    /// The first `limit` places that answer `text`, the best first.
    ///
    /// # Errors
    ///
    /// When the question cannot be asked, or the catalogue cannot be read.
    pub fn search(
        &self,
        text: &str,
        filter: &Filter,
        limit: usize,
    ) -> Result<Answered, ArchiveError> {
        let search = || {
            let mut query = self.question(text)?;
            let ask = |query: &Query| {
                self.of_catalogue(|found| found.find(query, filter, limit))
            };
            let mut hits = ask(&query)?;
            if let (true, Some(other)) = (hits.is_empty(), query.with_other_noughts()) {
                hits = ask(&other)?;
                query = other;
            }
            let mut records = BTreeMap::new();
            let mut answered = Answered::default();
            for hit in hits {
                if !records.contains_key(&hit.dossier) {
                    // One that is gone or damaged answers nothing, and is told of.
                    let record = self.read_record(&hit.dossier).ok();
                    if record.is_none() {
                        answered.unread.push(hit.dossier.clone());
                    }
                    records.insert(hit.dossier.clone(), record);
                }
                let record = records.get(&hit.dossier).and_then(Option::as_ref);
                let Some(record) = record else { continue };
                let code = hit.dossier.clone();
                match self.shown(hit, record, &query) {
                    Ok(shown) => answered.found.extend(shown),
                    Err(Unread) if !answered.unread.contains(&code) => {
                        answered.unread.push(code);
                    }
                    Err(Unread) => {}
                }
            }
            Ok(answered)
        };
        self.told(search())
    }

    /// The question; a dossier's code is asked for as it is spelt on disk.
    fn question(&self, text: &str) -> Result<Query, ArchiveError> {
        let spelt = match text.parse::<Code>() {
            Ok(code) => self.find(&code)?.map(|code| code.to_string()),
            Err(_) => None,
        };
        Query::read(spelt.as_deref().unwrap_or(text)).map_err(ArchiveError::Query)
    }

    /// A hit with the line that answers; nothing where nothing there does.
    fn shown(
        &self,
        hit: Hit,
        record: &Dossier,
        query: &Query,
    ) -> Result<Option<Found>, Unread> {
        let Hit { dossier, file, page, tier } = hit;
        let is_it = |document: &&Document| file.as_ref() == Some(&document.file);
        let document = record.documents.iter().find(is_it);
        if file.is_some() && document.is_none() {
            return Ok(None);
        }
        let mut found = Found {
            dossier,
            title: record.title.clone(),
            file,
            page: None,
            field: None,
            line: String::new(),
            marks: Vec::new(),
            tier,
        };
        if let (Some(document), Some(page)) = (document, page) {
            let text = recover::searched_in(&self.folder(&found.dossier), document);
            let text = text.ok_or(Unread)?;
            let index = usize::try_from(page).ok().and_then(|page| page.checked_sub(1));
            let page = index.and_then(|at| text.split_terminator('\u{c}').nth(at));
            let best = page.and_then(|page| best_line(&mut page.lines(), query, tier));
            let (Some(index), Some(best)) = (index, best) else { return Ok(None) };
            (found.line, found.marks) = best;
            found.page = page_in_file(document, index);
        } else {
            let said = document.map_or_else(|| said_of_dossier(record), said_of_document);
            let mut values = said.iter().map(|(_, value)| value.as_str());
            let Some(best) = best_line(&mut values, query, tier) else { return Ok(None) };
            (found.line, found.marks) = best;
            let is_it = |(_, value): &&(String, String)| keys::nfc(value) == found.line;
            found.field = said.iter().find(is_it).map(|(name, _)| name.clone());
        }
        Ok(Some(found))
    }
}

/// The text of a document cannot be read.
struct Unread;

/// Which page of the file a page of the text is, from 1. Pages that were set
/// aside as blank or left out are not in the file.
fn page_in_file(document: &Document, index: usize) -> Option<u32> {
    let is_kept = |page: &serde_json::Value| {
        page.get("place").is_none_or(|place| place.as_str() == Some("kept"))
    };
    let kept = match document.record.get("pages").and_then(|pages| pages.as_array()) {
        Some(pages) if !is_kept(pages.get(index)?) => return None,
        Some(pages) => pages.iter().take(index + 1).filter(|page| is_kept(page)).count(),
        None => index + 1,
    };
    u32::try_from(kept).ok()
}

/// The first of the lines with the most of what was asked for, and where in it.
fn best_line(
    lines: &mut dyn Iterator<Item = &str>,
    query: &Query,
    tier: Tier,
) -> Option<(String, Vec<Range<usize>>)> {
    let wanted: Vec<(Vec<String>, bool)> = query
        .terms()
        .iter()
        .map(|Term { words, is_beginning }| {
            (words.iter().map(|word| tier.key(word)).collect(), *is_beginning)
        })
        .collect();
    let mut best: Option<(usize, String, Vec<Range<usize>>)> = None;
    for line in lines {
        let line = keys::nfc(line.trim());
        let marks = marks(&line, &wanted, tier);
        if !marks.is_empty() && best.as_ref().is_none_or(|best| best.0 < marks.len()) {
            best = Some((marks.len(), line, marks));
        }
    }
    best.map(|(_, line, marks)| (line, marks))
}

/// Where the wanted words stand in a line: whole terms, or single words of
/// them where a term is broken over two lines.
fn marks(line: &str, wanted: &[(Vec<String>, bool)], tier: Tier) -> Vec<Range<usize>> {
    let words: Vec<_> = keys::words(line)
        .map(|range| (tier.key(line.get(range.clone()).unwrap_or_default()), range))
        .collect();
    let is = |key: &str, wanted: &str, is_beginning: bool| {
        key == wanted || is_beginning && key.starts_with(wanted)
    };
    let mut marked = vec![false; words.len()];
    for (term, is_beginning) in wanted {
        let last = term.len().saturating_sub(1);
        let stands_at = |window: &[(String, Range<usize>)]| {
            let mut pairs = window.iter().zip(term).zip(0..);
            pairs.all(|(((key, _), word), at)| is(key, word, *is_beginning && at == last))
        };
        let mut is_whole = false;
        for (start, _) in words.windows(term.len().max(1)).zip(0..).filter_map(
            |(window, start): (_, usize)| stands_at(window).then_some((start, ())),
        ) {
            is_whole = true;
            marked.iter_mut().skip(start).take(term.len()).for_each(|mark| *mark = true);
        }
        if !is_whole {
            for ((key, _), mark) in words.iter().zip(&mut marked) {
                let is_one = |(word, at): (&String, usize)| {
                    is(key, word, *is_beginning && at == last)
                };
                *mark |= term.iter().zip(0..).any(is_one);
            }
        }
    }
    let marked = words.into_iter().zip(marked).filter(|(_, marked)| *marked);
    marked.map(|((_, range), _)| range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, query: &str, tier: Tier) -> Option<(String, Vec<String>)> {
        let query = Query::read(query).unwrap();
        best_line(&mut text.lines(), &query, tier).map(|(line, marks)| {
            let word = |range: Range<usize>| line.get(range).unwrap().to_owned();
            let words = marks.into_iter().map(word).collect();
            (line, words)
        })
    }

    #[test]
    fn the_line_with_the_most_words_is_shown() {
        let text = "Trần\nđường Trần Phú\nPhú Trần đường";
        let words = ["đường", "Trần", "Phú"].map(str::to_owned).to_vec();
        let found = line(text, "đường Trần Phú", Tier::Exact);
        assert_eq!(found, Some(("đường Trần Phú".to_owned(), words)));
        assert_eq!(line("Dương", "đường", Tier::Toneless), None);
        assert_eq!(line("Dương", "đường", Tier::Bare).unwrap().1, ["Dương"]);
    }

    #[test]
    fn a_phrase_over_two_lines_is_still_shown() {
        let found = line("xã Trần\nPhú", "\"Trần Phú\"", Tier::Exact).unwrap();
        assert_eq!(found, ("xã Trần".to_owned(), vec!["Trần".to_owned()]));
    }

    #[test]
    fn a_page_of_the_text_is_found_in_the_file() {
        let pages = serde_json::json!({ "pages": [
            { "place": "kept" }, { "place": "set_aside" }, { "place": "kept" },
        ] });
        let document: Document = serde_json::from_value(serde_json::json!({
            "DocOrdinal": 1, "file": "data/001-x.pdf", "bytes": 1, "PageAmount": 2,
            "sha256": crate::digest::Digest::of(b""), "added": "2026-07-16T10:13:45+07:00",
            "source": { "sha256": crate::digest::Digest::of(b""), "bytes": 1, "kind": "PDF" },
            "record": pages,
        }))
        .unwrap();
        let page = |index| page_in_file(&document, index);
        assert_eq!([page(0), page(1), page(2)], [Some(1), None, Some(2)]);
    }
}
