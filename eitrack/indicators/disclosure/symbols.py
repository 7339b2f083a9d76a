"""What is printed in place of a number."""

CONFIDENTIAL = "c"
NOT_AVAILABLE = "x"
LOW_RELIABILITY = "u"
ROUNDS_TO_ZERO = "k"
NOT_APPLICABLE = "z"
NOTHING_TO_DIVIDE = "–"
ESTIMATE = "e"

# The wording of each, used by pages, keys, files and help.
SYMBOLS = {
    CONFIDENTIAL: "hidden: too few are behind it, or it would give away a figure that is hidden",
    NOT_AVAILABLE: "not available: too few to break down",
    LOW_RELIABILITY: "low reliability: fewer than 20 behind the percentage",
    ROUNDS_TO_ZERO: "more than 0, but rounds to 0",
    NOT_APPLICABLE: "does not apply",
    NOTHING_TO_DIVIDE: "nothing to divide by",
    ESTIMATE: "partly estimated",
}
