//! A page on its way from pixels to text: inspect, decide, read.

pub mod record;
