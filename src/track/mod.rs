//! Tracking (theo dõi hồ sơ): codes on paper that lead back to a dossier.
//!
//! A dossier gets its code at the counter; slips, stamps and separator sheets
//! carry it through the scanner, and ingest finds its way home by them.
//! Thông tư 01/2018/TT-VPCP, Điều 19.2, lets an agency do so.
//!
//! ```text
//! payload          what a symbol says: a code, a sheet, somebody else's
//! due · reception  when a result is owed, and what the record says of it
//! seal             a signed statement about a document, in a symbol
//! secret           what only the archive can derive from a code
//! paper · slip     what is printed: separator sheets, labels, receipts
//! clear · stamp    a code put on the clear paper of a PDF
//! status · publish how far a dossier has come, as anybody may know it
//! selftest         what the calibration sheet tells of printer and scanner
//! ```
//!
//! No payload ever holds personal data: a code, counts and hashes are all.

pub mod clear;
pub mod due;
pub mod paper;
pub mod payload;
pub mod publish;
pub mod reception;
pub mod seal;
pub mod secret;
pub mod selftest;
pub mod slip;
pub mod stamp;
pub mod status;
