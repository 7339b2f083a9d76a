"""The district office's pages: the summary and the files that leave the house."""
