//! A page on its way from pixels to text: inspect, decide, read.

pub mod lie;
pub mod codes;
pub mod read;
mod reading;
pub mod direction;
mod told;
pub mod words;
mod again;
mod boxed;
mod cover;
mod lone;
mod strokes;
mod missed;
mod ruled;
mod rules;
mod trace;
mod key_lines;
pub mod record;
pub mod resolution;
pub mod secret;
pub mod ink;
pub mod slope;
pub mod blank;
pub mod noise;
pub mod light;
