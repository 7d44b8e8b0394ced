"""One file for each revision; `tito.gradebook.upgrade` lists them in order."""
