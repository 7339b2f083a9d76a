from django import template

from eitrack.indicators.disclosure import NOTHING_TO_DIVIDE, SYMBOLS

register = template.Library()

# A dash needs no explanation; a letter does.
IN_LETTERS = {symbol: words for symbol, words in SYMBOLS.items() if symbol != NOTHING_TO_DIVIDE}


@register.filter
def symbol_words(value):
    """What a letter in place of a figure means; "" for other text."""
    return IN_LETTERS.get(value, "")


@register.simple_tag
def every_symbol():
    """Pairs of symbol and meaning, in order."""
    return SYMBOLS.items()
