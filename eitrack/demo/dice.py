"""Chance that repeats itself: one seeded source for everything in the sample world."""

import random
import uuid


class Dice(random.Random):
    def happens(self, chance):
        return self.random() < chance

    def weighted(self, weights):
        """One key of a dictionary from options to weights."""
        return self.choices(list(weights), list(weights.values()))[0]

    def around(self, mean, shape):
        """A positive number with this mean; a larger shape lies closer to it."""
        return self.gammavariate(shape, mean / shape)

    def count(self, mean, shape):
        """A negative binomial count: a Poisson whose own mean varies."""
        return self.poisson(self.around(mean, shape)) if mean > 0 else 0

    def poisson(self, mean):
        if mean > 60:
            return max(0, round(self.gauss(mean, mean**0.5)))
        count, waited = 0, self.expovariate(1)
        while waited < mean:
            count, waited = count + 1, waited + self.expovariate(1)
        return count

    def rounded(self, value, step):
        """A multiple of `step`, up or down so that the mean stays."""
        low = int(value // step)
        return step * (low + self.happens(value / step - low))

    def heaped(self, minutes):
        """Minutes as people write them: on 5, 15, 30 and 60, now and then to the minute."""
        if self.happens(0.02):
            return self.rounded(minutes, 1)
        if minutes >= 80 and self.happens(0.5):
            return self.rounded(minutes, 30)
        if minutes >= 20 and self.happens(0.6):
            return self.rounded(minutes, 15)
        return self.rounded(minutes, 5)

    def token(self):
        return uuid.UUID(int=self.getrandbits(128), version=4)

    def settle(self, values, target, step, low, high, movable=None):
        """Move single values by `step` until they add up to the target, as far as they can."""
        movable = list(range(len(values))) if movable is None else movable
        gap = target - sum(values)
        step = step if gap >= 0 else -step
        for _ in range(20 * len(values) + 100):
            if not movable or abs(gap) < abs(step):
                break
            index = self.choice(movable)
            if low <= values[index] + step <= high:
                values[index] += step
                gap -= step
        return values
