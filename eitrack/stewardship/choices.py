# The reason in the trail of what a leaver's last day brought about.
LEAVING = "leaving"
