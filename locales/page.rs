// Sentences about reading and page decisions; `raster.rs` says how the table works.

messages! {
}
