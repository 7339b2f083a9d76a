"""What a loader will ask for, said beside it, so that what all loaders need is read at once."""


def foreseeing(stored_of=lambda evaluation: (), bundles_of=lambda breakdown: ()):
    """A loader's note of what it will ask for, so that what all loaders need is read at once.

    `stored_of(evaluation)` is as `Evaluation.read_ahead` takes it; `bundles_of(breakdown)` are
    those that are worked out together with the catalogue's (`Sums.foresee`).
    """

    def noted(loader):
        loader.stored_of, loader.bundles_of = stored_of, bundles_of
        return loader

    return noted
