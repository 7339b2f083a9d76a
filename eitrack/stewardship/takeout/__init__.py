"""Records that leave for good: everything at the end of a contract, or all about one worker."""
