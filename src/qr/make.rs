//! From bytes to the modules of a symbol.

use qrcode::{Color, EcLevel, QrCode};

use crate::qr::{Correction, QUIET_ZONE};
use crate::raster::{Depth, Raster};

/// The modules of a symbol, without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Modules on a side, 21 to 177.
    pub side: u32,
    /// Row by row from the top left; `true` is dark.
    pub modules: Vec<bool>,
}

impl Symbol {
    /// The smallest symbol for `payload`, in whichever of the standard's modes
    /// takes least; `None` when no symbol holds so much.
    #[must_use]
    pub fn of(payload: &[u8], correction: Correction) -> Option<Self> {
        let level = match correction {
            Correction::L => EcLevel::L,
            Correction::M => EcLevel::M,
            Correction::Q => EcLevel::Q,
            Correction::H => EcLevel::H,
        };
        let code = QrCode::with_error_correction_level(payload, level).ok()?;
        let side = u32::try_from(code.width()).ok()?;
        let modules = code.to_colors().into_iter().map(|c| c == Color::Dark).collect();
        Some(Self { side, modules })
    }

    /// Its version in the standard, 1 to 40.
    #[must_use]
    pub fn version(&self) -> u32 {
        (self.side.saturating_sub(17)) / 4
    }

    /// Whether the module in this column and row is dark; those outside are not.
    #[must_use]
    pub fn is_dark(&self, column: u32, row: u32) -> bool {
        let at = (row as usize) * (self.side as usize) + column as usize;
        column < self.side && row < self.side && self.modules.get(at) == Some(&true)
    }

    /// It as a grey picture with its quiet zone, each module so many pixels wide.
    #[must_use]
    pub fn picture(&self, module: u32) -> Raster {
        let side = (self.side + 2 * QUIET_ZONE) * module;
        let mut samples = Vec::with_capacity(side as usize * side as usize);
        for y in 0..side {
            for x in 0..side {
                let [column, row] =
                    [x, y].map(|at| (at / module.max(1)).wrapping_sub(QUIET_ZONE));
                samples.push(if self.is_dark(column, row) { 0 } else { 255 });
            }
        }
        Raster { width: side, height: side, depth: Depth::Grey, samples }
    }
}

/// White paper with symbols of three-pixel modules laid on it.
#[cfg(test)]
pub(super) fn paper(width: u32, height: u32, symbols: &[(&str, usize, usize)]) -> Raster {
    let samples = vec![255; width as usize * height as usize];
    let mut paper = Raster { width, height, depth: Depth::Grey, samples };
    for (payload, x, y) in symbols {
        let picture = Symbol::of(payload.as_bytes(), Correction::M).unwrap().picture(3);
        for (line, row) in picture.rows().enumerate() {
            let at = (y + line) * width as usize + x;
            paper.samples[at..at + row.len()].copy_from_slice(row);
        }
    }
    paper
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dossier_code_takes_the_smallest_symbol() {
        // Rules of the domain, 8: 18 to 20 characters fit version 1 at level M.
        let symbol = Symbol::of(b"H32.18-260716-0001", Correction::M).unwrap();
        assert_eq!((symbol.version(), symbol.side), (1, 21));
        let older = Symbol::of(b"000.00.18.H32-260716-0001", Correction::Q).unwrap();
        assert_eq!(older.version(), 2);
    }

    #[test]
    fn too_much_is_refused() {
        assert_eq!(Symbol::of(&[b'x'; 3000], Correction::L), None);
    }

    #[test]
    fn a_picture_has_its_quiet_zone() {
        let symbol = Symbol::of(b"7", Correction::M).unwrap();
        let picture = symbol.picture(3);
        assert_eq!(picture.width, (21 + 8) * 3);
        let row: Vec<_> = picture.rows().nth(11).unwrap().to_vec();
        assert!(row.iter().all(|&sample| sample == 255), "four white modules above");
        assert_eq!(picture.rows().nth(12).unwrap()[12], 0, "then a dark corner");
    }
}
