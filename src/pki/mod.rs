//! Certificates, whom they may be trusted for, and whether they still hold.
//!
//! Everything here gives facts and no verdict: what a certificate says, which
//! chain leads from it to an anchor, what was found wrong on the way, what
//! revocation lists and OCSP answers tell and how fresh they are. The rules
//! are those of RFC 5280 (paths and lists), RFC 6960 (OCSP) and RFC 8017
//! (RSA), each cited where it is obeyed. Reading is tolerant of BER and other
//! habits as long as the bytes have one meaning; it never panics, and work on
//! hostile input is counted and bounded.
//!
//! - [`der`] reads and writes ASN.1; [`oid`] names things.
//! - [`certificate`], [`crl`], [`ocsp`] are what files hold.
//! - [`key`], [`hash`] and [`signature`] are the mathematics.
//! - [`store`] is what a person trusts; [`folder`] reads it from the disk.
//! - [`path`] finds and checks the chain, [`revocation`] whether it still holds.

pub mod error;
pub mod oid;
pub mod der;
pub mod pem;
pub mod hash;
mod curve;
pub mod key;
pub mod signature;
pub mod name;
pub mod general_name;
pub mod extension;
pub mod certificate;
pub mod crl;
pub mod ocsp;
pub mod trusted_list;
pub mod store;
pub mod folder;
pub mod policy;
pub mod constraints;
pub mod purpose;
pub mod revocation;
pub mod path;
mod rules;
mod walk;

pub use certificate::{Certificate, Oddity};
pub use crl::{Crl, Reason};
pub use error::Malformed;
pub use hash::{Hash, Hasher, Weakness};
pub use key::PublicKey;
pub use name::Name;
pub use ocsp::Ocsp;
pub use oid::Oid;
pub use path::{Limits, Path, Purpose, Request, Status};
pub use revocation::Evidence;
pub use signature::{Message, Scheme, SignatureError};
pub use store::Store;
