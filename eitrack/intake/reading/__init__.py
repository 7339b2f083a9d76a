"""What files say, in the words of their writers: read, suggested, never guessed in silence."""
