"""One file per verb: joins the stations and does the I/O."""
