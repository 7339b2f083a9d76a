"""What a test says of the indicators that it is an example of; `test_cases_held` reads it."""


def worked_example(*codes, all_known=""):
    """An example worked by hand, with its arithmetic in the docstring.

    `all_known` says why nothing could be unknown of the records; without it another test is
    `of_the_unknown`.
    """

    def says(test):
        test.worked_example_of = dict.fromkeys(codes, all_known)
        return test

    return says


def of_the_unknown(*codes):
    """Records of which nothing is known that the figure needs."""

    def says(test):
        test.of_the_unknown = codes
        return test

    return says
