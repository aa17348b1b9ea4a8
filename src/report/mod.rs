//! Reports: the figures an office owes, from what its archive proves.
//!
//! ```text
//! catalogue ┐                         ┌ figure: every thing in one class
//! registers ┼ gather ─ facts ─ scope ─┤                                  ─ build ─ table ─ csv html xlsx paper
//! verdicts  ┘                         └ kinds: ten ways to lay them out
//! ```
//!
//! [`facts`] is one table of what is known and judges nothing; [`indicators`] says
//! of each thing whether it counts; [`figure`] counts; [`table`] is what a report
//! comes to before it has a form. A figure can therefore be derived again from
//! files: the same facts give the same figure, and the things behind each of its
//! parts can be listed.

pub mod names;
pub mod verdict;
pub mod facts;
pub mod scope;
pub mod value;
pub mod class;
pub mod indicators;
pub mod figure;
pub mod table;
pub mod format;
pub mod gather;
pub mod judge;
pub mod integrity;
pub mod context;
mod kinds;
pub mod build;
pub mod demand;
pub mod sheet;
pub mod import;
pub mod sums;
pub mod csv;
pub mod svg;
pub mod html;
pub mod xlsx;
pub mod paper;
