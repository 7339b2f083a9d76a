"""A return on its way to its release: what may be prepared, the job, the files, the pages."""
