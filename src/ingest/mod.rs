//! The main job: scans in, filed and searchable documents out.
//!
//! ```text
//! inputs ── source ── work ── document ── place
//!   what     open      one     all its     into the archive
//!   was                page    pages,      or a file
//!   named                      checked
//! ```
//!
//! [`run`] moves inputs along this line with all processors and accounts for
//! each of them; [`job`] is what it is asked to do, [`outcome`] what it tells.

mod again;
pub mod alike;
mod batch;
pub mod born;
pub mod collate;
mod document;
mod error;
pub mod fields;
pub mod inbox;
pub mod inputs;
pub mod job;
mod journal;
pub mod leave;
pub mod outcome;
pub mod picture;
mod place;
pub mod run;
mod secrecy;
pub mod source;
mod split;
mod stage;
pub mod work;
mod workers;

pub use crate::ingest::error::IngestError;
