//! A page made smaller while its rows pass by, so that it never lies in memory whole.

use crate::raster::{Depth, pixels};

/// Sums of square boxes of pixels, one row of boxes at a time.
pub(super) struct Boxes {
    factor: u32,
    width: u32,
    rows: u32,
    grey: Vec<u8>,
    sums: Vec<u64>,
    samples: Vec<u8>,
}

impl Boxes {
    /// For a page of this size, and boxes of `factor` by `factor` pixels.
    pub(super) fn new(width: u32, height: u32, factor: u32) -> Self {
        let sums = vec![0; width.div_ceil(factor) as usize];
        let size = sums.len().saturating_mul(height.div_ceil(factor) as usize);
        let samples = Vec::with_capacity(size);
        Self { factor, width, rows: 0, grey: Vec::new(), sums, samples }
    }

    /// Takes the next row of the page.
    pub(super) fn add(&mut self, row: &[u8], depth: Depth) {
        pixels::to_grey(row, depth, self.width, &mut self.grey);
        let boxes = self.grey.chunks(self.factor as usize);
        for (sum, pixels) in self.sums.iter_mut().zip(boxes) {
            *sum += pixels.iter().map(|&grey| u64::from(grey)).sum::<u64>();
        }
        self.rows += 1;
        if self.rows == self.factor {
            self.close();
        }
    }

    /// Writes the means of the boxes and begins the next row of them.
    fn close(&mut self) {
        let mut left = self.width;
        for sum in &mut self.sums {
            let across = left.min(self.factor);
            left -= across;
            let area = (u64::from(across) * u64::from(self.rows)).max(1);
            let [mean, ..] = ((*sum + area / 2) / area).to_le_bytes();
            self.samples.push(mean);
            *sum = 0;
        }
        self.rows = 0;
    }

    /// The means of all boxes, row by row.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.rows > 0 {
            self.close();
        }
        self.samples
    }
}
