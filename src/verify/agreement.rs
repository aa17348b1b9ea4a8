//! Whether the two readings of a file see one document, and every byte belongs
//! to something.
//!
//! One reading follows the cross-reference chain, the other takes what lies
//! in the file. Readers in the field do the one or the other, so a file in
//! which they differ can show two documents under one signature.

use std::collections::BTreeSet;

use crate::cos::document::Document;
use crate::cos::section::Place;
use crate::cos::walk::Role;
use crate::cos::{Id, Span};
use crate::say::{self, Lang};

/// Oddities that are told one by one.
const MOST_TOLD: usize = 20;

/// Something about a file that a signature cannot live with, or should not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Bytes before `%PDF-`, or no such header.
    Before {
        /// Where the header is, if anywhere near the start.
        header: Option<usize>,
    },
    /// Bytes after the last end mark.
    After(usize),
    /// Bytes within the file that belong to nothing.
    Junk(Span),
    /// An object in no cross-reference section.
    Unlisted {
        /// What its header says.
        id: Id,
        /// Where it lies.
        offset: usize,
        /// Whether a reader that takes what lies in the file would take it.
        wins: bool,
    },
    /// A section has an object where none lies.
    Misplaced {
        /// Its number.
        number: u32,
        /// Where it should be.
        offset: usize,
        /// Whether a reader finds an object there all the same, such as one
        /// within a stream or a string.
        hidden: bool,
    },
    /// The table and the stream of a hybrid file have an object in two places.
    Disputed {
        /// Its number.
        number: u32,
        /// The section.
        offset: usize,
    },
    /// A revision without an end mark.
    Unmarked {
        /// Its section.
        offset: usize,
    },
    /// A stream whose length is wrong, or an object that is not closed.
    Unsound {
        /// Its number.
        number: u32,
        /// Where it lies.
        offset: usize,
    },
}

impl Oddity {
    /// What is odd, in a sentence.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        match self {
            Self::Before { header: Some(at) } => say::verify::before_header(lang, at),
            Self::Before { header: None } => say::verify::no_header(lang),
            Self::After(at) => say::verify::after_end(lang, at),
            Self::Junk(span) => say::verify::junk(lang, span.start, span.end),
            Self::Unlisted { id, offset, .. } => {
                say::verify::unlisted(lang, id.number, offset)
            }
            Self::Misplaced { number, offset, hidden: false } => {
                say::verify::misplaced(lang, number, offset)
            }
            Self::Misplaced { number, offset, hidden: true } => {
                say::verify::hidden(lang, number, offset)
            }
            Self::Disputed { number, offset } => {
                say::verify::disputed(lang, number, offset)
            }
            Self::Unmarked { offset } => say::verify::unmarked(lang, offset),
            Self::Unsound { number, offset } => {
                say::verify::unsound(lang, number, offset)
            }
        }
    }
}

/// An oddity and the byte it is about.
pub type Placed = (usize, Oddity);

/// All oddities of a file, by place; the signed part is odd at its signers' risk.
#[must_use]
pub fn oddities(document: &Document) -> Vec<Placed> {
    let mut found = Vec::new();
    edges_of_file(document, &mut found);
    listed(document, &mut found);
    for link in &document.links {
        let told = link.disputed.iter().take(MOST_TOLD);
        found.extend(told.map(|number| {
            (link.offset, Oddity::Disputed { number: *number, offset: link.offset })
        }));
    }
    for revision in &document.revisions {
        if revision.mark.is_none_or(|mark| mark.eof == 0) {
            let at = usize::try_from(revision.last).unwrap_or(usize::MAX);
            let offset = document.links.get(at).map_or(0, |link| link.offset);
            found.push((offset, Oddity::Unmarked { offset }));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found
}

/// Objects in object streams from `end` on that no section lists there and that
/// are others than the chain has: a reader that recovers takes them.
#[must_use]
pub fn packed(document: &Document, end: usize) -> Vec<Placed> {
    let streams = document.walk.objects.iter().filter(|lying| lying.role == Role::Pack);
    let mut streams = streams.filter(|lying| lying.span.start >= end).peekable();
    let mut found = Vec::new();
    if streams.peek().is_none() {
        return found;
    }
    let mut listed = BTreeSet::new();
    for (number, section, place) in document.table.rows() {
        if let Place::In { stream, .. } = place
            && let Place::At { offset, .. } = document.table.place(*stream, *section)
        {
            let offset = document.reader().after_spaces(offset).unwrap_or(offset);
            listed.insert((offset, *number));
        }
    }
    for lying in streams {
        let offset = lying.span.start;
        let now = document.now();
        let unlisted = |number| !listed.contains(&(offset, number));
        let held = now.held(lying.id.number, offset, &unlisted).unwrap_or_default();
        let room = MOST_TOLD.saturating_sub(found.len());
        let other = held.into_iter().filter_map(|(number, object)| {
            let id = Id { number, generation: 0 };
            let same = now.object(id).is_ok_and(|now| Some(&*now) == object.as_ref());
            (!same).then_some((offset, Oddity::Unlisted { id, offset, wins: false }))
        });
        found.extend(other.take(room));
    }
    found
}

fn edges_of_file(document: &Document, found: &mut Vec<Placed>) {
    let walk = &document.walk;
    if walk.header != Some(0) {
        found.push((0, Oddity::Before { header: walk.header }));
    }
    let last = walk.marks.last().map_or(0, |mark| mark.end);
    let behind = |start: usize| last > 0 && start >= last;
    for junk in walk.junk.iter().filter(|junk| junk.start > 0 || walk.header.is_none()) {
        let oddity = if behind(junk.start) {
            Oddity::After(junk.start)
        } else {
            Oddity::Junk(*junk)
        };
        found.push((junk.start, oddity));
    }
    let objects = walk.objects.iter().map(|lying| lying.span);
    let after = objects.chain(walk.tables.iter().map(|(span, _)| *span));
    let after = after.map(|span| span.start).filter(|start| behind(*start));
    // ISO 32000-2, 7.5.5: the last line is the end mark. A comment behind it is no
    // reader's, and so whatever another program takes it for.
    if let Some(start) = after.chain(walk.remark.filter(|at| behind(*at))).min() {
        found.push((start, Oddity::After(start)));
    }
}

/// Compares what the sections list with what lies in the file.
fn listed(document: &Document, found: &mut Vec<Placed>) {
    let lying = &document.walk.objects;
    let starting = |offset: usize| {
        lying.binary_search_by_key(&offset, |lying| lying.span.start).ok()
    };
    let mut seen = vec![false; lying.len()];
    let sections =
        document.links.iter().flat_map(|link| [Some(link.offset), link.stream]);
    for offset in sections.flatten() {
        mark(&mut seen, starting(offset));
    }
    let (mut misplaced, mut odd) = (0, 0);
    for (number, section, place) in document.table.rows() {
        let Place::At { offset, generation } = *place else { continue };
        let exact = document.reader().after_spaces(offset).unwrap_or(offset);
        let at = starting(exact);
        let there = at.and_then(|at| lying.get(at));
        let id = Id { number: *number, generation };
        if there.is_some_and(|there| there.id == id) {
            mark(&mut seen, at);
            continue;
        }
        misplaced += 1;
        if misplaced <= MOST_TOLD {
            let parsed = document.reader().indirect(exact, &|_| None);
            let hidden = there.is_none() && parsed.is_ok_and(|parsed| parsed.id == id);
            // Whoever wrote the section is to blame, wherever it points.
            let section = usize::try_from(*section).ok();
            let link = section.and_then(|section| document.links.get(section));
            let at = link.map_or(offset, |link| link.offset);
            found.push((at, Oddity::Misplaced { number: *number, offset, hidden }));
        }
    }
    for (lying, seen) in lying.iter().zip(seen) {
        let offset = lying.span.start;
        if !seen && lying.role != Role::Section && odd < MOST_TOLD {
            odd += 1;
            let wins = wins(document, lying.id, offset);
            found.push((offset, Oddity::Unlisted { id: lying.id, offset, wins }));
        }
        if !lying.sound && odd < MOST_TOLD {
            odd += 1;
            found.push((offset, Oddity::Unsound { number: lying.id.number, offset }));
        }
    }
}

fn mark(seen: &mut [bool], at: Option<usize>) {
    if let Some(seen) = at.and_then(|at| seen.get_mut(at)) {
        *seen = true;
    }
}

/// Whether the object at `offset` is the last of its number in the file, while
/// the chain has another one with another value.
fn wins(document: &Document, id: Id, offset: usize) -> bool {
    let mut later = document.walk.objects.iter().rev();
    let last = later.find(|lying| lying.id.number == id.number);
    if last.is_none_or(|last| last.span.start != offset) {
        return false;
    }
    match document.now().place(id) {
        Place::At { .. } | Place::In { .. } => {
            let here = document.reader().indirect(offset, &|_| None);
            let chain = document.now().object(id);
            match (here, chain) {
                (Ok(here), Ok(chain)) => here.object != *chain,
                _ => true,
            }
        }
        Place::Free => false,
    }
}
