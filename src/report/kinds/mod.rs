//! The kinds of report, each laid out from the same facts.

use crate::report::table::{Block, Column};
use crate::say::{Lang, Sentence};

mod campaign;
mod integrity;
mod kpi;
mod paper;
mod paperless;
mod qd766;
mod registers;
mod signatures;

pub(crate) use crate::report::kinds::campaign::campaign;
pub(crate) use crate::report::kinds::integrity::integrity;
pub(crate) use crate::report::kinds::kpi::kpi;
pub(crate) use crate::report::kinds::paper::{exemptions, leakage, savings};
pub(crate) use crate::report::kinds::paperless::paperless;
pub(crate) use crate::report::kinds::qd766::qd766;
pub(crate) use crate::report::kinds::registers::registers;
pub(crate) use crate::report::kinds::signatures::signatures;

/// The parts of a report and its notes.
pub(crate) type Parts = (Vec<Block>, Vec<String>);

/// Columns by their keys and headings.
fn columns(lang: Lang, all: &[(&'static str, Sentence)]) -> Vec<Column> {
    all.iter().map(|(key, title)| Column::new(key, title(lang))).collect()
}
