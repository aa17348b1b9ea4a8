//! Search: which pages have what was asked for, the best first.
//!
//! The order is a ladder and not a score, so that everybody can tell why a hit
//! stands where it does. First comes what is spelt as it was typed, then what
//! differs in tones, then what differs in any diacritic. On each of these
//! rungs, words that stand together come before words scattered over a page,
//! the record before the pages, and the newest first. Each step is asked for
//! only as many hits as are still wanted, which is what makes the answer to a
//! common word as quick as to a rare one.

use std::collections::BTreeSet;

use rusqlite::{params, params_from_iter, types::Value};

use crate::archive::catalogue::rows::{PAGE_BITS, mark};
use crate::archive::catalogue::{Catalogue, CatalogueError};
use crate::archive::code::Code;
use crate::archive::find::Filter;
use crate::archive::query::{Query, Term};
use crate::text::keys::Tier;

/// A place where what was asked for stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The dossier.
    pub(crate) dossier: Code,
    /// The document; `None` for the dossier's own record.
    pub(crate) file: Option<String>,
    /// The page of the document's text, from 1; `None` for its record.
    pub(crate) page: Option<u32>,
    /// How strictly it was compared.
    pub(crate) tier: Tier,
}

/// One step of the ladder.
#[derive(Clone, Copy)]
struct Step<'a> {
    query: &'a Query,
    tier: Tier,
    index: Index,
}

/// The two indexes.
#[derive(Clone, Copy)]
enum Index {
    Heads,
    Pages,
}

impl Catalogue {
    /// The first `limit` places where `query` stands.
    pub(crate) fn find(
        &self,
        query: &Query,
        filter: &Filter,
        limit: usize,
    ) -> Result<Vec<Hit>, CatalogueError> {
        let together = query.together();
        let ways: Vec<&Query> = together.iter().chain([query]).collect();
        let mut hits = Vec::new();
        let mut seen = BTreeSet::new();
        for tier in Tier::ALL {
            for way in &ways {
                for index in [Index::Heads, Index::Pages] {
                    // What was seen comes again, and must not use up the limit.
                    let wanted = limit.saturating_add(seen.len());
                    if hits.len() >= limit {
                        return Ok(hits);
                    }
                    let step = Step { query: way, tier, index };
                    for place in self.places(step, filter, wanted)? {
                        if hits.len() < limit && seen.insert(place) {
                            hits.extend(self.hit(place, tier)?);
                        }
                    }
                }
            }
        }
        Ok(hits)
    }

    /// The newest `limit` pages where `query` stands exactly as written.
    pub(crate) fn probe(
        &self,
        query: &Query,
        limit: usize,
    ) -> Result<Vec<Hit>, CatalogueError> {
        let step = Step { query, tier: Tier::Exact, index: Index::Pages };
        let mut hits = Vec::new();
        for place in self.places(step, &Filter::default(), limit)? {
            hits.extend(self.hit(place, Tier::Exact)?);
        }
        Ok(hits)
    }

    /// The numbers of document and page where all terms stand, newest first.
    fn places(
        &self,
        Step { query, tier, index }: Step<'_>,
        filter: &Filter,
        limit: usize,
    ) -> Result<Vec<(i64, i64)>, CatalogueError> {
        let (table, bits) = match index {
            Index::Heads => ("heads", 0),
            Index::Pages => ("pages", PAGE_BITS),
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut values: Vec<Value> = vec![expression(query, tier).into(), limit.into()];
        let mut conditions = conditions(filter, &mut values);
        let join = if conditions.is_empty() {
            String::new()
        } else {
            let range = self.range(filter)?.map_or(String::new(), |(low, high)| {
                format!(" AND i.rowid BETWEEN {} AND {}", low << bits, (high + 1) << bits)
            });
            conditions += &range;
            format!("CROSS JOIN documents d ON d.id = (i.rowid >> {bits})")
        };
        let sql = format!(
            "SELECT i.rowid FROM {table} i {join} WHERE {table} MATCH ?1{conditions}
             ORDER BY i.rowid DESC LIMIT ?2"
        );
        let mut statement = self.database.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| row.get(0))?;
        let place = |number: i64| match index {
            Index::Heads => (number, 0),
            Index::Pages => (number >> PAGE_BITS, number & ((1 << PAGE_BITS) - 1)),
        };
        rows.map(|row| Ok(place(row?))).collect()
    }

    /// The lowest and highest number of a document in the days asked for;
    /// `None` where no days were.
    fn range(&self, filter: &Filter) -> Result<Option<(i64, i64)>, CatalogueError> {
        if filter.from.is_none() && filter.to.is_none() {
            return Ok(None);
        }
        let day = |day: Option<crate::time::Day>, otherwise: &str| {
            day.map_or(otherwise.to_owned(), |day| day.to_string())
        };
        let mut query = self.database.prepare_cached(
            "SELECT min(id), max(id) FROM documents WHERE date BETWEEN ?1 AND ?2",
        )?;
        let days = params![day(filter.from, ""), day(filter.to, "9999-12-31")];
        let (low, high): (Option<i64>, Option<i64>) =
            query.query_row(days, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Some(low.zip(high).unwrap_or((1, 0))))
    }

    /// The place with these numbers, if its names can be read.
    fn hit(
        &self,
        (document, page): (i64, i64),
        tier: Tier,
    ) -> Result<Option<Hit>, CatalogueError> {
        let mut query = self
            .database
            .prepare_cached("SELECT dossier, file FROM documents WHERE id = ?1")?;
        let mut rows = query.query([document])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (code, file): (String, String) = (row.get(0)?, row.get(1)?);
        Ok(code.parse().ok().map(|dossier| Hit {
            dossier,
            file: Some(file).filter(|file| !file.is_empty()),
            page: u32::try_from(page).ok().filter(|page| *page > 0),
            tier,
        }))
    }
}

/// What is asked of a hit's document besides, its values after those there are.
fn conditions(filter: &Filter, values: &mut Vec<Value>) -> String {
    let asked = [
        ("d.date >=", filter.from.map(|day| day.to_string())),
        ("d.date <=", filter.to.map(|day| day.to_string())),
        ("d.type =", filter.kind.as_ref().map(|kind| Tier::Bare.keys(kind))),
        // A part of the issuer's name: the place in it is not 0.
        ("0 < instr(d.issuer,", filter.issuer.as_ref().map(|name| Tier::Bare.keys(name))),
    ];
    let mut condition = |(condition, value): (&str, Option<String>)| {
        values.push(value?.into());
        let close = if condition.ends_with(',') { ")" } else { "" };
        Some(format!(" AND {condition} ?{}{close}", values.len()))
    };
    asked.into_iter().filter_map(&mut condition).collect()
}

/// What the index is asked, in the language of FTS5. Keys are letters and
/// digits only, so that nothing in them can mean anything else.
fn expression(query: &Query, tier: Tier) -> String {
    let phrase = |Term { words, is_beginning }: &Term| {
        let words: Vec<String> = words
            .iter()
            .map(|word| format!("{}{}", mark(tier), tier.key(word)))
            .collect();
        let star = if *is_beginning { " *" } else { "" };
        format!("\"{}\"{star}", words.join(" "))
    };
    query.terms().iter().map(phrase).collect::<Vec<_>>().join(" AND ")
}
