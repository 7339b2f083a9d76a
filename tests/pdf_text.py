"""The words of a PDF that WeasyPrint made, read back without a library.

Each font of the file says in a ToUnicode map which letters its glyphs stand for.
"""

import re
import zlib


def text_of(content):
    """All text in the order it is drawn, each run of glyphs with a space after it."""
    objects = objects_of(content)
    maps = {}
    for body in objects.values():
        for name, number in re.findall(rb"/([\w-]+) (\d+) 0 R", body):
            font = objects.get(number, b"")
            if found := re.search(rb"/ToUnicode (\d+) 0 R", font):
                maps[name] = letters(unpacked(objects[found[1]]))
    runs = []
    for body in objects.values():
        page = unpacked(body)
        if b"BT" in page and b"Tf" in page:
            runs += runs_of(page, maps)
    return " ".join(" ".join(runs).split())


def objects_of(content):
    """{number: body} of all objects."""
    objects = dict(re.findall(rb"(\d+) 0 obj\s(.*?)endobj", content, re.DOTALL))
    for body in list(objects.values()):
        objects |= packed_together(body)
    return objects


def packed_together(body):
    """The objects of a stream of objects: pairs of number and place, then one after the other."""
    if b"/ObjStm" not in body:
        return {}
    first = int(re.search(rb"/First (\d+)", body)[1])
    inside = unpacked(body)
    heads = inside[:first].split()
    places = [first + int(place) for place in heads[1::2]] + [len(inside)]
    return {
        number: inside[start:end]
        for number, start, end in zip(heads[::2], places, places[1:], strict=False)
    }


def pages_in(content):
    return sum(bool(re.search(rb"/Type /Page\b", body)) for body in objects_of(content).values())


def unpacked(body):
    found = re.search(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
    if not found:
        return b""
    try:
        return zlib.decompress(found[1])
    except zlib.error:
        return found[1]


def letters(to_unicode):
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", to_unicode)
    }


def runs_of(page, maps):
    font = {}
    for name, glyphs in re.findall(rb"/([\w-]+) [\d.]+ Tf|\[(.*?)\]\s*TJ", page, re.DOTALL):
        if name:
            font = maps.get(name, {})
            continue
        text = b"".join(re.findall(rb"<([0-9a-fA-F]+)>", glyphs)).decode()
        yield "".join(font.get(int(text[i : i + 4], 16), "?") for i in range(0, len(text), 4))
