"""Days, lengths and counts as people type them; `number` is that of the row, for variety."""

WEEKDAYS = ("Mon", "Tues", "Weds", "Thurs", "Fri", "Sat", "Sun")
ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
IN_WORDS = {
    0: "nobody", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven",
    8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve",
}  # fmt: skip


def in_words(day):
    return f"{WEEKDAYS[day.weekday()]} {day.day}{ENDINGS.get(day.day, 'th')} {day:%b %Y}"


def without_year(day):
    return f"{day.day} {day:%b}"


def two_digit(day):
    return f"{day.day}/{day.month}/{day:%y}"


def american(day):
    return f"{day.month}/{day.day}/{day.year}"


def hours(minutes):
    """With a decimal comma, as 1,5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def mixed(minutes, starts_at, number):
    """1h30, 90 mins, 1 hr 30 mins, 9:00-10:30."""
    if starts_at and minutes and number % 2:
        start = starts_at.hour * 60 + starts_at.minute
        return f"{clock(start)}-{clock(start + minutes)}"
    whole, rest = divmod(minutes, 60)
    if whole and rest:
        return (f"{whole}h{rest:02}", f"{minutes} mins", f"{whole} hr {rest} mins")[number % 3]
    return f"{minutes} mins" if rest or not whole else f"{whole} hours"


def estimate(count, number):
    """About so many, where the point of a band stands for it."""
    return (f"c. {count}", f"about {count}", f"{count}+", f"{count} approx")[number % 4]


def head_count(one, number):
    """All that is known of who came, in one cell."""
    if one.did_not_run:
        return ("cancelled", "did not run", "DNR")[number % 3]
    if one.count is None:
        return ""
    if one.band:
        return estimate(one.count, number)
    if one.adults is not None:
        return f"{one.adults} mums + {one.children} children"
    return IN_WORDS.get(one.count, one.count) if number % 2 else one.count
