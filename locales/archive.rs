// Sentences about the archive; `raster.rs` says how the table works.

messages! {
}
