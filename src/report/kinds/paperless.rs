//! How paperless the office is: the figures people are asked for first.

use crate::report::context::Context;
use crate::report::kinds::Parts;
use crate::report::table::{Block, Chart};
use crate::say;

/// The figures, in the order in which work happens.
const FIGURES: [&str; 8] = [
    "xu_ly_mang",
    "so_hoa",
    "tai_su_dung",
    "ky_so",
    "ket_qua_dien_tu",
    "truc_tuyen",
    "dung_han",
    "kpi",
];

pub(crate) fn paperless(context: &Context<'_>) -> Parts {
    let lang = context.lang;
    let mut units = context.by_unit(&[
        "so_hoa",
        "tai_su_dung",
        "ky_so",
        "ket_qua_dien_tu",
        "dung_han",
    ]);
    units.chart = Some(Chart { label: 0, series: vec![1] });
    let blocks = vec![
        context.block(say::report::block_figures(lang), &FIGURES),
        Block::Table(units),
    ];
    let mut notes = vec![say::report::note_parts(lang), say::report::note_signed(lang)];
    if !context.has_trust {
        notes.push(say::report::note_no_trust(lang));
    }
    (blocks, notes)
}
