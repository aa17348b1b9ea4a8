//! All integration tests, in one binary.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that panics is a test that fails"
)]
mod architecture;
mod pdfa;
