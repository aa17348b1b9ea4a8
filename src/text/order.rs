//! Reading order of Vietnamese administrative pages.
