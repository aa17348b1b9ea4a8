//! Tracking (theo dõi hồ sơ): codes on paper that lead back to a dossier.
//!
//! A dossier gets its code at the counter; slips, stamps and separator sheets
//! carry it through the scanner, and ingest finds its way home by them.
//! Thông tư 01/2018/TT-VPCP, Điều 19.2, lets an agency do so.
//!
//! ```text
//! payload ── what a symbol says: a code, a sheet, somebody else's
//! due     ── when the result is owed
//! ```
//!
//! No payload ever holds personal data: a code, counts and hashes are all.

pub mod due;
pub mod payload;
pub mod reception;
pub mod secret;
