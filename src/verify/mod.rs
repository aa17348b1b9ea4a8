//! Whether the signatures of a PDF hold, told so that an auditor can rely on it.
//!
//! Facts first, and one judgement derived from them. [`claim`] lists every
//! signature and what it covers, [`agreement`] whether two readings of the file
//! see one document, [`difference`] what was changed afterwards, `cover` what that
//! hides on a page, and [`rights`] whether it was allowed. [`signature`] gathers
//! what the cryptography shows, `strength` whether its algorithms sufficed,
//! `existed` since when what vouches for it is proven to have been there, `content` what
//! was stamped before it was signed, `policy` what is demanded of it, [`dss`] the validation data, [`level`] how long a
//! signature is made to last.
//! `court` puts the `case` of each together and [`verdict`] judges it; [`examine`]
//! does so for a file from its bytes to its report, [`beside`] for signatures that
//! lie beside the file they sign, `.p7s`. [`report`] is the schema, [`demand`] what
//! a person asks for besides, [`office`] the file in which an office asks for it,
//! [`lasting`] until when a verdict holds, [`concerns`] what could change
//! without a byte, and [`fetch`] what addresses add where somebody
//! allows to ask them.

pub mod agreement;
pub mod claim;
pub mod change;
pub(crate) mod widget;
mod glyphs;
mod drawn;
mod stated;
pub mod appearance;
pub mod concerns;
mod numeral;
pub(crate) mod shown;
pub mod difference;
mod cover;
pub mod rights;
pub mod dss;
pub mod imprint;
pub mod signature;
pub mod level;
pub mod verdict;
pub(crate) mod notes;
mod case;
mod strength;
mod policy;
mod nd30;
mod existed;
mod content;
mod court;
pub mod examine;
pub mod beside;
pub mod spots;
pub mod pictures;
pub mod fetch;
pub mod role;
pub mod report;
pub mod demand;
pub mod office;
pub mod lasting;
