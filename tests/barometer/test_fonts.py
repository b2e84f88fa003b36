"""The site's own typeface: what is packed, kept and named in CSS."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from barometer import fonts

READERS_NEED = "AÅÄÖaåäöéÉüőčšžłŞğ0123456789 \u00a0\u202f–−—…·×≥≤≈→↑↓½§€‰”’«»"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[fonts.Face, ...]]:
    folder = tmp_path_factory.mktemp("fonts")
    return folder, fonts.faces(folder)


def test_three_weights_are_light_enough_to_send(
    packed: tuple[Path, tuple[fonts.Face, ...]],
) -> None:
    faces = packed[1]
    assert [face.weight for face in faces] == [400, 600, 700]
    assert sum(len(face.data) for face in faces) < 80_000


def test_a_face_has_the_letters_and_keeps_the_licence(
    packed: tuple[Path, tuple[fonts.Face, ...]],
) -> None:
    for face in packed[1]:
        font = TTFont(BytesIO(face.data))
        assert {ord(letter) for letter in READERS_NEED} <= set(font.getBestCmap())
        names = {record.nameID: str(record) for record in font["name"].names}
        assert names[0].startswith("Copyright 2010, 2012, 2014 Adobe")
        assert "SIL Open Font License, Version 1.1" in names[13]
        # The licence reserves "Source" for the unmodified font.
        assert [n for n in (1, 2, 4, 6) if "source" in names[n].lower()] == []


def test_what_is_kept_is_taken_again_and_what_is_damaged_is_not(
    packed: tuple[Path, tuple[fonts.Face, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, faces = packed
    light, strong, *_ = sorted(folder.iterdir())
    strong.write_bytes(strong.read_bytes()[:-1])
    asked: list[int] = []
    monkeypatch.setattr(fonts, "_packed", lambda w: asked.append(w) or faces[w == 600])
    fonts.faces.cache_clear()
    assert fonts.faces(folder) == faces
    assert asked == [600]
    assert light.read_bytes() == faces[0].data
    assert strong.read_bytes() == faces[1].data


def test_a_folder_that_cannot_be_made_is_no_hindrance(
    packed: tuple[Path, tuple[fonts.Face, ...]], tmp_path: Path
) -> None:
    assert fonts.faces(tmp_path / "not" / "there") == packed[1]
    assert list(tmp_path.iterdir()) == []


def test_the_rules_name_every_face(packed: tuple[Path, tuple[fonts.Face, ...]]) -> None:
    css = fonts.rules(packed[1], address=lambda face: f"/static/{face.name}")
    assert css.count("@font-face") == len(packed[1])
    assert f'src:url("/static/{packed[1][0].name}") format("woff2")' in css
    assert fonts.STACK.startswith(f'"{fonts.FAMILY}"')


def test_programs_that_draw_text_find_the_whole_font() -> None:
    for weight in fonts.WEIGHTS:
        assert "glyf" in TTFont(fonts.source(weight), lazy=True)


def test_what_a_folder_lacks_is_packed_beside_and_once(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    packing = fonts.pack_beside(folder)
    assert packing is not None
    packing.join()
    assert packing.exitcode == 0
    assert len(list(folder.glob("*.woff2"))) == len(fonts.WEIGHTS)
    assert fonts.pack_beside(folder) is None
