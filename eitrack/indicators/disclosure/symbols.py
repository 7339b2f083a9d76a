"""What is printed where no number is."""

CONFIDENTIAL = "c"
NOT_AVAILABLE = "x"
LOW_RELIABILITY = "u"
ROUNDS_TO_ZERO = "k"
NOT_APPLICABLE = "z"
NOTHING_TO_DIVIDE = "–"
ESTIMATE = "e"

SYMBOLS = {
    CONFIDENTIAL: "confidential",
    NOT_AVAILABLE: "not available: too few to break down",
    LOW_RELIABILITY: "low reliability",
    ROUNDS_TO_ZERO: "rounds to zero but is not",
    NOT_APPLICABLE: "not applicable",
    NOTHING_TO_DIVIDE: "nothing to divide",
    ESTIMATE: "estimate",
}
