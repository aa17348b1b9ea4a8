//! All dossiers, one after the other, read from the directory itself.

use std::path::Path;

use crate::archive::dossier::Dossier;
use crate::archive::error::ArchiveError;
use crate::archive::{Archive, DOSSIERS, recover};

impl Archive {
    /// Reads every dossier in the order of days and codes and hands it over;
    /// of one that cannot be read, its folder and the reason.
    ///
    /// # Errors
    ///
    /// When a folder of days cannot be listed.
    pub fn each_dossier(
        &self,
        each: &mut dyn FnMut(&Path, Result<Dossier, ArchiveError>),
    ) -> Result<(), ArchiveError> {
        let walked = recover::walk(&self.root.join(DOSSIERS), 0, &mut |folder, code| {
            each(folder, code.and_then(|code| recover::read_record(folder, &code)));
            Ok(())
        });
        self.told(walked)
    }
}
