//! The main job: scans in, filed and searchable documents out.

pub mod outcome;
