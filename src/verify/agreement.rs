//! Whether the two readings of a file see one document, and every byte belongs
//! to something.
//!
//! One reading follows the cross-reference chain, the other takes what lies
//! in the file. Readers in the field do the one or the other, so a file in
//! which they differ can show two documents under one signature.

use std::collections::{BTreeMap, BTreeSet};

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
    /// A section has an object, or another section, behind the end of its revision:
    /// what was not there yet when it was written.
    Ahead {
        /// The place.
        offset: usize,
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
            Self::Ahead { offset } => say::verify::ahead(lang, offset),
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
    ahead(document, &mut found);
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

/// Oddities of one kind: the first of many are told, and the last, which speaks against
/// whatever ends before it.
#[derive(Default)]
struct Told {
    count: usize,
    last: Option<Placed>,
}

impl Told {
    fn add(&mut self, found: &mut Vec<Placed>, oddity: Placed) {
        self.count += 1;
        if self.count <= MOST_TOLD {
            found.push(oddity);
        } else if self.last.as_ref().is_none_or(|(last, _)| *last <= oddity.0) {
            self.last = Some(oddity);
        }
    }

    fn end(self, found: &mut Vec<Placed>) {
        found.extend(self.last);
    }
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
    let mut told = Told::default();
    for lying in streams {
        let offset = lying.span.start;
        let now = document.now();
        let unlisted = |number| !listed.contains(&(offset, number));
        let held = now.held(lying.id.number, offset, &unlisted).unwrap_or_default();
        let other = held.into_iter().filter_map(|(number, object)| {
            let id = Id { number, generation: 0 };
            let same = now.object(id).is_ok_and(|now| Some(&*now) == object.as_ref());
            (!same).then_some((offset, Oddity::Unlisted { id, offset, wins: false }))
        });
        other.for_each(|oddity| told.add(&mut found, oddity));
    }
    told.end(&mut found);
    found
}

/// What sections find where nothing was when they were written. Readers that follow the
/// chain take it for a part of the revision.
fn ahead(document: &Document, found: &mut Vec<Placed>) {
    // No revision ends behind one that came after it.
    let mut end = usize::MAX;
    let mut ends = vec![end; document.links.len()];
    for revision in document.revisions.iter().rev() {
        let mark = revision.mark.filter(|mark| mark.eof > 0);
        end = end.min(mark.map_or(usize::MAX, |mark| mark.end));
        for section in revision.first..=revision.last {
            let section = usize::try_from(section).ok();
            if let Some(own) = section.and_then(|section| ends.get_mut(section)) {
                *own = end;
            }
        }
    }
    let end_of = |section: usize| ends.get(section).copied().unwrap_or(usize::MAX);
    let mut told = Told::default();
    for (section, link) in document.links.iter().enumerate() {
        for offset in [Some(link.offset), link.stream].into_iter().flatten() {
            if offset >= end_of(section) {
                told.add(found, (offset, Oddity::Ahead { offset }));
            }
        }
    }
    for (number, section, place) in document.table.rows() {
        let Place::At { offset, generation } = *place else { continue };
        if offset < end_of(usize::try_from(*section).unwrap_or(usize::MAX)) {
            continue;
        }
        // What points to nothing shows nothing.
        let exact = document.reader().after_spaces(offset).unwrap_or(offset);
        let lying = &document.walk.objects;
        let at = lying.binary_search_by_key(&exact, |lying| lying.span.start).ok();
        let id = Id { number: *number, generation };
        if at.and_then(|at| lying.get(at)).is_some_and(|lying| lying.id == id) {
            told.add(found, (offset, Oddity::Ahead { offset }));
        }
    }
    told.end(found);
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
        // Where many are told as one, the last of them counts.
        found.push((junk.end.saturating_sub(1), oddity));
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
    let (mut misplaced, mut hiding) = (Told::default(), Told::default());
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
        let parsed = || document.reader().indirect(exact, &|_| None);
        let hidden = there.is_none() && parsed().is_ok_and(|parsed| parsed.id == id);
        // Whoever wrote the section is to blame, wherever it points.
        let section = usize::try_from(*section).ok();
        let link = section.and_then(|section| document.links.get(section));
        let at = link.map_or(offset, |link| link.offset);
        let told = if hidden { &mut hiding } else { &mut misplaced };
        told.add(found, (at, Oddity::Misplaced { number: *number, offset, hidden }));
    }
    misplaced.end(found);
    hiding.end(found);
    let last: BTreeMap<u32, usize> =
        lying.iter().map(|lying| (lying.id.number, lying.span.start)).collect();
    let (mut unlisted, mut winning) = (Told::default(), Told::default());
    let mut unsound = Told::default();
    for (lying, seen) in lying.iter().zip(seen) {
        let offset = lying.span.start;
        if !seen && lying.role != Role::Section {
            let last = last.get(&lying.id.number) == Some(&offset);
            let wins = last && wins(document, lying.id, offset);
            let told = if wins { &mut winning } else { &mut unlisted };
            told.add(found, (offset, Oddity::Unlisted { id: lying.id, offset, wins }));
        }
        if !lying.sound {
            let number = lying.id.number;
            unsound.add(found, (offset, Oddity::Unsound { number, offset }));
        }
    }
    [unlisted, winning, unsound].into_iter().for_each(|told| told.end(found));
}

fn mark(seen: &mut [bool], at: Option<usize>) {
    if let Some(seen) = at.and_then(|at| seen.get_mut(at)) {
        *seen = true;
    }
}

/// Whether the chain has another value than the object at `offset`, the last of its
/// number in the file.
fn wins(document: &Document, id: Id, offset: usize) -> bool {
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
