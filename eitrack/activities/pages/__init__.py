"""The pages of activities, series, threads and time."""
