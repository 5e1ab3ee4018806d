"""A mapping is checked when it is loaded: every mistake names the file, the table and the nearest right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from marquee.extraction import mapping
from marquee.schema.errors import InputError

ENTITY = '[[entity]]\ncolumn = "title"\nkind = "Film"\n'
FACT = "[[entity.fact]]\n"


def load(folder: Path, text: str) -> mapping.Mapping:
    path = folder / "films.toml"
    path.write_text(text)
    return mapping.load(str(path))


def test_shipped_mappings_load() -> None:
    assert mapping.shipped() == ("oscars", "tmdb")
    for name in mapping.shipped():
        assert mapping.load(name).name == name


def test_all_columns_are_known_to_the_mapping(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        ENTITY.replace("Film", "Film")
        + 'year = "y"\nids = { imdb = "i" }\naliases = "a"\nwhen = { w = "x" }\n'
        + FACT
        + 'relation = "acted_in"\ncolumn = "cast"\nunless = { u = ["x", "y"] }\n'
        + 'qualifiers = { character = { column = "role", list = true } }\n',
    )

    assert found.columns == {"title", "y", "i", "a", "w", "cast", "u", "role"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the mapping has no [[entity]]"),
        ("[entity", "this is no TOML"),
        ('[[entity]]\ncolumn = "title"\n', "entity 1: the entity has no kind."),
        ('[[entity]]\nkind = "Film"\n', "entity 1: a value needs one of column and const."),
        (ENTITY + 'colum = "x"\n', "entity 1: unknown key 'colum'. Did you mean 'column'?"),
        (ENTITY.replace("Film", "Flim"), "entity 1: unknown kind 'Flim'. Did you mean Film"),
        (ENTITY + 'year = ["y"]\n', "entity 1: year must be a text. It is ['y']."),
        (ENTITY + "skip = [true]\n", "entity 1: skip must hold texts."),
        (ENTITY + FACT + 'column = "x"\n', "entity 1, fact 1: unknown relation ''."),
        (ENTITY + FACT + 'relation = "directer"\ncolumn = "x"\n', "fact 1: unknown relation 'directer'. Did you mean"),
        (
            ENTITY + FACT + 'relation = "budget_of"\ncolumn = "x"\n',
            "fact 1: budget_of reads a money backwards. Write budget.",
        ),
        (ENTITY + FACT + 'relation = "budget"\ncolumn = "x"\n', "fact 1: money needs a currency."),
        (ENTITY + FACT + 'relation = "budget"\ncolumn = "x"\nunit = "USD"\nkind = "Film"\n', "unknown key 'kind'"),
        (
            ENTITY + FACT + 'relation = "runtime"\ncolumn = "x"\nunit = "days"\n',
            "unit is 'days'. Write seconds, minutes, hours.",
        ),
        (
            ENTITY + FACT + 'relation = "release_date"\ncolumn = "x"\nformat = "%d.%m.%y"\n',
            "fact 1: a two-digit year does not tell its century. Add year_column.",
        ),
        (
            ENTITY + FACT + 'relation = "cast"\ncolumn = "x"\nqualifiers = { charakter = "y" }\n',
            "the relation takes no qualifier 'charakter'. Did you mean 'character'?",
        ),
        (
            ENTITY + 'rename = "years"\n[renames.year]\na = "b"\n',
            "there is no table [renames.years]. Did you mean 'year'?",
        ),
        ('[source]\ndelimiter = "||"\n' + ENTITY, "delimiter and quote are one sign each"),
        ('[source]\nshort_rows = "keep"\n' + ENTITY, "short_rows is 'keep'. Write refuse or pad."),
        ("[source]\nlist = 1.5\n" + ENTITY, "source: list must be a text."),
        ("entity = 3\n", "entity must be a list."),
        ("entity = [3]\n", "entity 1: this must be a table."),
    ],
)
def test_a_mistake_is_named_with_its_place_and_mend(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)

    assert str(tmp_path / "films.toml") in str(caught.value)
    assert message in str(caught.value)
    assert caught.value.mend


def test_a_changed_file_is_read_anew_and_current_is_the_last_loaded(tmp_path: Path) -> None:
    first = load(tmp_path, ENTITY)
    assert mapping.current(first.name) is first
    second = load(tmp_path, ENTITY.replace("Film", "Series"))

    assert mapping.current(first.name) is second
    assert first.fingerprint != second.fingerprint


def test_a_mapping_may_open_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeff" + ENTITY).name.endswith("films.toml")
