// Sentences about an ingest run; `raster.rs` says how the table works.

messages! {
}
