//! Whether the archive is whole, and whether what is in it is to the standard.

use std::collections::BTreeMap;

use crate::archive::facts::Trait;
use crate::report::context::Context;
use crate::report::facts::{DocumentRow, DossierRow, Way};
use crate::report::indicators;
use crate::report::kinds::{Parts, columns};
use crate::report::scope::View;
use crate::report::table::{Block, Chart, Table};
use crate::report::value::Value;
use crate::say::{self, Sentence};
use crate::verify::role::Role;

/// A rule and what breaks it.
struct Rule {
    id: &'static str,
    what: Sentence,
    article: Sentence,
    broken: Broken,
}

/// Whether something breaks a rule.
enum Broken {
    /// A document.
    Document(fn(&View<'_>, &DossierRow, &DocumentRow) -> bool),
    /// A dossier as a whole.
    Dossier(fn(&View<'_>, &DossierRow) -> bool),
}

/// The rules that can be held against what is recorded.
const RULES: [Rule; 8] = [
    Rule {
        id: "S02",
        what: say::report::rule_s02,
        article: say::report::article_copies,
        broken: Broken::Document(|_, _, d| d.traits.has(Trait::NotColour)),
    },
    Rule {
        id: "S03",
        what: say::report::rule_s03,
        article: say::report::article_copies,
        broken: Broken::Document(|_, _, d| d.traits.has(Trait::Coarse)),
    },
    Rule {
        id: "S05",
        what: say::report::rule_s05,
        article: say::report::article_text,
        broken: Broken::Document(|_, _, d| d.textless > 0),
    },
    Rule {
        id: "S06",
        what: say::report::rule_s06,
        article: say::report::article_text,
        broken: Broken::Document(|_, _, d| d.traits.has(Trait::Poor)),
    },
    Rule {
        id: "S08",
        what: say::report::rule_s08,
        article: say::report::article_text,
        broken: Broken::Dossier(lacks_components),
    },
    Rule {
        id: "S10",
        what: say::report::rule_s10,
        article: say::report::article_pdfa,
        broken: Broken::Document(|_, _, d| d.traits.has(Trait::AsItCame)),
    },
    Rule {
        id: "K12",
        what: say::report::rule_k12,
        article: say::report::article_signed,
        broken: Broken::Document(|view, _, d| {
            d.way == Way::Outgoing
                && view.facts.verdict(d).is_some_and(|v| {
                    !(v.has_valid(Role::Copy)
                        || v.has_valid(Role::Person) && v.has_valid(Role::Agency))
                })
        }),
    },
    Rule {
        id: "M01",
        what: say::report::rule_m01,
        article: say::report::article_metadata,
        broken: Broken::Document(|_, _, d| {
            d.way == Way::Outgoing && (d.issued.is_none() || d.kind == 0)
        }),
    },
];

/// Whether papers that were handed in at a counter or by post are not all digitised
/// or reused, or no file of any is there.
fn lacks_components(view: &View<'_>, row: &DossierRow) -> bool {
    let all = row.components;
    let is_short = all.digitised.saturating_add(all.reused) < all.all;
    row.exemption.is_none()
        && (is_short && row.channel != 2 || !indicators::has_component_file(view, row))
}

pub(crate) fn integrity(context: &Context<'_>) -> Parts {
    let lang = context.lang;
    let mut blocks = vec![Block::Table(state(context))];
    blocks.push(Block::Table(violations(context)));
    blocks.push(Block::Table(places(context)));
    if let Some(found) = &context.integrity
        && !found.never.is_empty()
    {
        let rows = found.never.iter().map(|code| vec![Value::text(code)]).collect();
        blocks.push(Block::Table(Table {
            name: "chua_kiem_tra",
            title: say::report::table_never_proved(lang),
            columns: columns(lang, &[("ho_so", say::report::col_dossier)]),
            rows,
            ..Table::default()
        }));
    }
    (blocks, vec![say::report::note_integrity(lang)])
}

/// What is there, what was proved, what waits in quarantine.
fn state(context: &Context<'_>) -> Table {
    let (lang, view) = (context.lang, &context.view);
    let documents = || view.documents().map(|(_, document)| document);
    let pages =
        |of: fn(&DocumentRow) -> u32| documents().map(|d| u64::from(of(d))).sum::<u64>();
    let mut rows = vec![
        (say::report::is_dossiers(lang), Value::many(view.dossiers.len())),
        (say::report::is_documents(lang), Value::many(view.documents.len())),
        (say::report::is_pages(lang), Value::Count(pages(|d| d.pages))),
        (say::report::is_textless(lang), Value::Count(pages(|d| d.textless))),
        (
            say::report::is_pdfa(lang),
            Value::many(documents().filter(|d| !d.traits.has(Trait::AsItCame)).count()),
        ),
        (
            say::report::is_as_it_came(lang),
            Value::many(documents().filter(|d| d.traits.has(Trait::AsItCame)).count()),
        ),
        (
            say::report::is_needing(lang),
            Value::many(documents().filter(|d| d.traits.has(Trait::NeedsPerson)).count()),
        ),
        (
            say::report::is_unjudged(lang),
            Value::many(documents().filter(|d| d.verdict.is_none()).count()),
        ),
    ];
    if let Some(found) = &context.integrity {
        let day = |at: Option<crate::time::Timestamp>| {
            Value::day(at.map(crate::time::Timestamp::day))
        };
        rows.extend([
            (say::report::is_proved(lang), Value::Count(found.proved)),
            (say::report::is_never_proved(lang), Value::many(found.never.len())),
            (say::report::is_oldest_proof(lang), day(found.oldest)),
            (say::report::is_newest_proof(lang), day(found.newest)),
            (say::report::is_quarantined(lang), Value::many(found.quarantine.len())),
        ]);
    }
    Table {
        name: "tinh_trang",
        title: say::report::table_state(lang),
        columns: columns(
            lang,
            &[("noi_dung", say::report::col_what), ("so", say::report::col_value)],
        ),
        rows: rows
            .into_iter()
            .map(|(what, value)| vec![Value::Text(what), value])
            .collect(),
        ..Table::default()
    }
}

/// How many documents, or dossiers, break each rule.
fn violations(context: &Context<'_>) -> Table {
    let (lang, view) = (context.lang, &context.view);
    let row = |rule: &Rule| {
        let count = match rule.broken {
            Broken::Document(broken) => {
                view.documents().filter(|(row, d)| broken(view, row, d)).count()
            }
            Broken::Dossier(broken) => {
                view.dossiers().filter(|row| broken(view, row)).count()
            }
        };
        vec![
            Value::text(rule.id),
            Value::Text((rule.what)(lang)),
            Value::Text((rule.article)(lang)),
            Value::many(count),
        ]
    };
    Table {
        name: "vi_pham",
        title: say::report::table_violations(lang),
        columns: columns(
            lang,
            &[
                ("quy_tac", say::report::col_rule),
                ("noi_dung", say::report::col_what),
                ("can_cu", say::report::col_article),
                ("tai_lieu", say::report::col_documents),
            ],
        ),
        rows: RULES.iter().map(row).collect(),
        chart: Some(Chart { label: 1, series: vec![3] }),
        ..Table::default()
    }
}

/// Which documents and dossiers break which rules.
fn places(context: &Context<'_>) -> Table {
    let (lang, view) = (context.lang, &context.view);
    let mut found: BTreeMap<(u16, &str, u32), Vec<&str>> = BTreeMap::new();
    for rule in &RULES {
        let at: Vec<(u16, &str, u32)> = match rule.broken {
            Broken::Document(broken) => view
                .documents()
                .filter(|(row, document)| broken(view, row, document))
                .map(|(row, document)| (row.agency, &*row.code, document.ordinal))
                .collect(),
            Broken::Dossier(broken) => view
                .dossiers()
                .filter(|row| broken(view, row))
                .map(|row| (row.agency, &*row.code, 0))
                .collect(),
        };
        for place in at {
            found.entry(place).or_default().push(rule.id);
        }
    }
    let row = |((_, code, ordinal), rules): ((u16, &str, u32), Vec<&str>)| {
        let ordinal =
            if ordinal == 0 { Value::Empty } else { Value::Count(ordinal.into()) };
        vec![Value::text(code), ordinal, Value::Text(rules.join(", "))]
    };
    Table {
        name: "noi_vi_pham",
        title: say::report::table_places(lang),
        columns: columns(
            lang,
            &[
                ("ho_so", say::report::col_dossier),
                ("tai_lieu", say::report::col_ordinal),
                ("quy_tac", say::report::col_rule),
            ],
        ),
        rows: found.into_iter().map(row).collect(),
        ..Table::default()
    }
}
