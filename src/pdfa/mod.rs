//! pdfa
