"""A QR code as an SVG picture that needs neither a style nor an address of its own."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe

# Modules of white around it, without which cameras do not find it.
QUIET = 4


def qr_svg(text):
    """Black on white, in the dark too: cameras read nothing else."""
    import qrcode

    code = qrcode.QRCode(border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    dark = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {size} {size}" role="img" shape-rendering="crispEdges"'
        ' aria-label="QR code of the key below"><rect width="{size}" height="{size}" fill="#fff"/>'
        '<path d="{dark}" fill="#000"/></svg>',
        size=len(rows),
        dark=mark_safe(dark),
    )
