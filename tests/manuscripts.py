"""Documents of many shapes, made for the tests of importing: Word files, e-mails, texts.

In: what a document is to hold. Out: its bytes. Word files are written part by part, so that a test can put
into one what no word processor would.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from typing import Final
from xml.sax.saxutils import escape

from PIL import Image

W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP: Final = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES: Final = {"Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2"}


def run(text: str, *, bold: bool = False) -> str:
    """Write a stretch of text."""
    marks = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", *, style: str = "", bold: bool = False, inside: str = "") -> str:
    """Write a paragraph; `inside` is put in as it is."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{run(text, bold=bold) if text else ''}{inside}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Write a table; a cell is paragraphs."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def picture(relation: str = "rId9", words: str = "") -> str:
    """Write a paragraph that shows a picture."""
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    pic = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    blip = f'<a:blip xmlns:r="{_RELATIONS}" r:embed="{relation}"/>'
    shown = f'<pic:pic xmlns:pic="{pic}"><pic:blipFill>{blip}</pic:blipFill><pic:spPr/></pic:pic>'
    graphic = f'<a:graphic {a}><a:graphicData uri="{pic}">{shown}</a:graphicData></a:graphic>'
    extent = '<wp:extent cx="10000" cy="10000"/>'
    inline = f'<wp:inline>{extent}<wp:docPr id="1" name="x" descr="{escape(words)}"/>{graphic}</wp:inline>'
    return f"<w:p><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>"


def word(*body: str, parts: Mapping[str, str | bytes] | None = None, main: str = "") -> bytes:
    """Write a Word document.

    Args:
        body: its paragraphs and tables.
        parts: further parts by path: comments, headers, footnotes, pictures.
        main: the whole of the main part, in the place of one made of `body`.
    """
    more = dict(parts or {})
    kinds = {"comments": "comments", "footnotes": "footnotes", "header1": "header", "footer1": "footer"}
    named = {name.removeprefix("word/").removesuffix(".xml"): name for name in more if name.endswith(".xml")}
    related = [
        f'<Relationship Id="rId{10 + n}" Type="{_RELATIONS}/{kinds.get(stem, stem)}" Target="{stem}.xml"/>'
        for n, stem in enumerate(sorted(named))
    ]
    related += [
        f'<Relationship Id="rId9" Type="{_RELATIONS}/image" Target="{name.removeprefix("word/")}"/>'
        for name in more
        if not name.endswith(".xml")
    ]
    related.append(f'<Relationship Id="rId1" Type="{_RELATIONS}/styles" Target="styles.xml"/>')
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
        for style, name in STYLES.items()
    )
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_MAIN}.{kinds.get(stem, stem)}+xml"/>'
        for stem, name in named.items()
    )
    types = (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>{overrides}</Types>'
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": main
        or f"{_HEAD}<w:document {W} {WP}><w:body>{''.join(body)}</w:body></w:document>",
        "word/styles.xml": f"{_HEAD}<w:styles {W}>{styles}</w:styles>",
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{package}">{"".join(related)}</Relationships>',
        **more,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def part(kind: str, inside: str) -> str:
    """Write a part of a Word document other than the main one."""
    return f"{_HEAD}<w:{kind} {W}>{inside}</w:{kind}>"


def photograph(form: str = "JPEG", words: str = "Somebody’s kitchen") -> bytes:
    """Give a picture that says where it was taken."""
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = words
    exif[0x8825] = {1: "N", 2: (44.0, 38.0, 0.0)}
    Image.new("RGB", (40, 30), (200, 120, 40)).save(stream, form, exif=exif)
    return stream.getvalue()


def mail(
    text: str = "",
    *,
    html: str = "",
    subject: str = "Evening at the hall",
    sent: str = "Thu, 15 Apr 2021 09:12:00 -0300",
    attached: Mapping[str, bytes] | None = None,
) -> bytes:
    """Write a saved e-mail."""
    message = EmailMessage()
    message["From"] = "Robin Example <robin@example.org>"
    message["To"] = "Library <library@example.org>"
    message["Subject"] = subject
    message["Date"] = sent
    message.set_content(text or " ")
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
