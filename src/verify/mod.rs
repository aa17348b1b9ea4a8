//! Whether the signatures of a PDF hold, told so that an auditor can rely on it.
//!
//! Facts first, and one judgement derived from them. [`claim`] lists every
//! signature and what it covers, [`agreement`] whether two readings of the file
//! see one document, [`difference`] what was changed afterwards and [`rights`]
//! whether that was allowed.

pub mod agreement;
pub mod claim;
pub mod change;
pub mod difference;
pub mod rights;
pub mod dss;
pub mod imprint;
pub mod signature;
pub mod level;
pub mod verdict;
mod notes;
pub mod examine;
pub mod role;
pub mod report;
pub mod demand;
