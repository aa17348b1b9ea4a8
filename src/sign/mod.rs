//! Making signatures: what is signed, with which key, and how long it lasts.
//!
//! A PDF is signed by adding to it ([`update`]): the bytes that were there are
//! read, hashed and copied, and never changed. Before the key is touched,
//! [`place`] looks at what earlier signatures allow and where the new one goes,
//! and refuses what would break them; a damaged file is refused, since a
//! signature over a repaired one would be about a file nobody has seen.
//!
//! ```text
//! file ─ place ─ update ─ cades (key) ─ stamp (time) ─ dss (revocation) ─ stamp
//!        checks  bytes    level B       level T        level LT          level LTA
//! ```
//!
//! [`seed`] reads what an empty field demands, [`dictionary`] says what is signed and why,
//! [`field`] puts it where it belongs; [`key`] holds keys of files and tokens, [`stamp`] asks time-stamping
//! authorities, [`vouch`] gathers what proves a chain, [`pdf`] puts it together for
//! one file, [`detached`] for any other file, [`extend`] for files signed before, and [`queue`]
//! remembers what waits for its time-stamp. [`annotate`] puts a tracking code on a signed file
//! that permits it, [`seal`] signs codes on paper, [`attest`] checkpoints of a ledger. [`look`] finds a place
//! for what a person sees, and [`verify::concerns`](crate::verify::concerns) what could change its meaning after signing. The rules are
//! those of ETSI EN 319 142-1 (PAdES) and EN 319 122-1 (CAdES); the algorithms
//! those of Thông tư 15/2025/TT-BKHCN.

pub mod error;
pub mod key;
pub mod update;
pub mod dictionary;
pub mod seed;
pub mod place;
pub mod field;
pub mod cades;
pub mod stamp;
pub mod vouch;
pub mod leaf;
pub mod look;
pub mod pdf;
pub mod extend;
pub mod detached;
pub mod done;
pub mod queue;
pub mod annotate;
pub mod seal;
pub mod attest;

pub use error::SignError;
pub use key::Identity;
