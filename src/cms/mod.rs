//! Signed data (CMS, RFC 5652) and time-stamps (RFC 3161), read and checked.
//!
//! Like `pki`, this gives facts and no verdict. Signed data is read as it is
//! found in PDF files: BER or DER, with zeros behind it, certificates that
//! cannot be read among good ones. The bytes of signed attributes are kept,
//! and a signature is checked over their distinguished encoding (RFC 5652,
//! 5.4) as well as over what stands in the file, so that a report can tell
//! the one from the other.
//!
//! - [`signed_data`] reads, [`attributes`] knows what signers add.
//! - [`integrity`] tells whether digest, signature and references agree.
//! - [`timestamp`] reads and checks tokens; [`legacy`] the two oldest forms
//!   of PDF signatures.
//! - [`parts`] takes signed data apart, to add to it; [`archive`] knows what
//!   archive time-stamps of CAdES cover.

pub mod error;
pub mod attributes;
pub mod signed_data;
pub mod integrity;
pub mod timestamp;
pub mod legacy;
pub mod parts;
pub mod archive;

pub use archive::Index;
pub use attributes::{Attributes, Reference};
pub use error::CmsError;
pub use integrity::{Content, Integrity, verify};
pub use parts::{Parts, SignerParts};
pub use signed_data::{SignedData, SignerId, SignerInfo, Trailing};
pub use timestamp::Token;
