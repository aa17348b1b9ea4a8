//! `sohoa` (số hóa, "to digitise") turns the paper of Vietnamese public
//! offices into searchable PDF/A documents, filed in a directory archive.
//!
//! The modules stand in reading order: each one uses only those above it, and
//! a test proves it. `ARCHITECTURE.md` tells the same story in prose.

#[cfg(test)]
mod scratch;

// Values: no input, no output, no opinion.
pub mod say;
pub mod units;
pub mod time;
pub mod digest;
pub mod finding;

// Images and what is read on them.
pub mod raster;
pub mod text;
pub mod qr;
pub mod ocr;
pub mod page;

// ISO 32000 and ISO 19005, nothing else.
pub mod pdf;
pub mod pdfa;
pub mod print;
pub mod cos;

// The one door to the network.
pub mod net;

// Certificates and signed data; what they mean is judged further down.
pub mod pki;
pub mod cms;
pub mod verify;

// Keeping and filing.
pub mod zip;
pub mod archive;
pub mod track;
pub mod ingest;
pub mod review;

// Signing what was made.
pub mod sign;

// Telling what the archive proves.
pub mod report;

// The only part that knows a person is there.
pub mod cli;
