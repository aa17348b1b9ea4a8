// Sentences about the command line itself; `raster.rs` says how the table works.

messages! {
}
