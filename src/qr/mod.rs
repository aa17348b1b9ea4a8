//! QR codes (ISO/IEC 18004): made from bytes, and found on scanned pages.
//!
//! What the bytes mean is decided elsewhere; here a symbol is a square of
//! modules. Places are in pixels of the picture that was searched, origin top
//! left, y down.

pub mod find;
mod look;
pub mod make;
mod specks;
mod windows;

/// How much of a symbol may be lost (ISO/IEC 18004, 6.5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Correction {
    /// About 7 %.
    L,
    /// About 15 %: what slips have.
    M,
    /// About 25 %: what sheets and labels have.
    Q,
    /// About 30 %.
    H,
}

impl Correction {
    /// Its letter in the standard.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::L => 'L',
            Self::M => 'M',
            Self::Q => 'Q',
            Self::H => 'H',
        }
    }
}

/// White modules that must surround a symbol (ISO/IEC 18004, 5.3.8).
pub const QUIET_ZONE: u32 = 4;
