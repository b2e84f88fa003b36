"""Lägesbilder as Word documents and slides that a kommun edits, and that can be renewed.

A briefing is a value (`model`): chapters with blocks of text, tables and pictures, each with a key.
`word` and `slides` write it; every generated block lies in a content control, or a shape, of its
own, so that a second run renews figures and leaves what people wrote. They are imported where a
file is written: their libraries would take a tenth of the site's start.
"""

from barometer.documents.files import DocumentError, briefing_id_of, check_writable, save
from barometer.documents.model import (
    Block,
    Briefing,
    Chapter,
    Illustration,
    Part,
    Sentences,
    TextTable,
    identifier,
)
