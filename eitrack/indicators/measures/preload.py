"""Which stored sums a loader needs: declared beside it, so that all are preloaded together."""


def preloads(stored_of=lambda evaluation: (), sum_sets_of=lambda breakdown: ()):
    """Declare the stored sums that a loader needs.

    `stored_of(evaluation)` are pairs as `Evaluation.read_ahead` takes them. What `sum_sets_of`
    answers for a breakdown is computed together with the catalogue's (`Sums.preload`).
    """

    def noted(loader):
        loader.stored_of, loader.sum_sets_of = stored_of, sum_sets_of
        return loader

    return noted
