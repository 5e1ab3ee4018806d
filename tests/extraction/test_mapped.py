"""Rows become records in Marquee's own form, as the mapping says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.extraction import mapped, mapping
from marquee.extraction.facts import Fact
from marquee.schema.errors import VocabularyError

ENTITY = '[[entity]]\ncolumn = "title"\nkind = "Film"\n'


@pytest.fixture
def forms(tmp_path: Path) -> Any:
    """The forms a mapping makes of a row; facts without their quotes."""

    def run(text: str, **row: str) -> list[Any]:
        path = tmp_path / "m.toml"
        path.write_text(text)
        return [_bare(form) for form in mapped.forms(mapping.load(str(path)), {"title": "M", **row})]

    return run


def _bare(form: Any) -> Any:
    if isinstance(form, VocabularyError):
        return str(form)
    written = [dict(fact.form if isinstance(fact, Fact) else fact) for fact in form["facts"]]
    for fact in written:
        fact.pop("quote")
    return {**form, "facts": written}


def facts(text: str) -> str:
    return ENTITY + "[[entity.fact]]\n" + text


def test_an_entity_takes_its_ids_year_and_aliases(forms: Any) -> None:
    text = (
        ENTITY
        + 'year = "y"\naliases = "a"\nids = { imdb = "i", tmdb = { column = "t", text = "movie/{}", skip = "0" } }'
    )

    assert forms(text, y="1931", a="Eine Stadt | ", i="tt0022100", t="832") == [
        {
            "name": "M",
            "kind": "Film",
            "year": 1931,
            "aliases": ["Eine Stadt"],
            "ids": {"imdb": "tt0022100", "tmdb": "movie/832"},
            "facts": [],
        }
    ]
    assert forms(text, y="", a="", i="", t="0") == [{"name": "M", "kind": "Film", "facts": []}]


def test_an_impossible_year_passes_for_the_record_to_refuse(forms: Any) -> None:
    (form,) = forms(ENTITY + 'year = "y"', y="unknown")
    assert form["year"] == "unknown"


def test_an_empty_name_is_told(forms: Any) -> None:
    assert forms(ENTITY, title=" ") == ["column 'title' is empty. Write the name there."]


def test_a_list_gives_a_fact_each_with_ids_beside_it(forms: Any) -> None:
    text = facts('relation = "cast"\ncolumn = "c"\nlist = true\nkind = "Person"\nids = { imdb = "i" }')

    (form,) = forms(text, c="Lorre|  |Wernicke", i="nm1||")

    assert form["facts"] == [
        {"relation": "cast", "name": "Lorre", "kind": "Person", "ids": {"imdb": "nm1"}},
        {"relation": "cast", "name": "Wernicke", "kind": "Person"},
    ]


def test_lists_that_do_not_run_beside_each_other_are_told(forms: Any) -> None:
    text = facts('relation = "cast"\ncolumn = "c"\nlist = true\nids = { imdb = "i" }')

    told, form = forms(text, c="Lorre|Wernicke|Loos", i="nm1|nm2")

    assert told.startswith("column 'i' has 2 entries, column 'c' 3. Give each an entry")
    assert form["facts"] == []


def test_kinds_are_told_by_ids_and_the_rest_left_out_or_defaulted(forms: Any) -> None:
    text = '[[entity]]\ncolumn = "title"\nlist = true\nids = { imdb = "i" }\nkinds = { nm = "Person", co = "Studio" }\n'

    found = forms(text, title="A|B|C", i="nm1|co2|")
    assert [(form["name"], form["kind"]) for form in found] == [("A", "Person"), ("B", "Studio")]
    found = forms(text + 'kind = "Group"', title="A|B|C", i="nm1|co2|")
    assert [form["kind"] for form in found] == ["Person", "Studio", "Group"]


def test_texts_are_skipped_renamed_and_dressed(forms: Any) -> None:
    text = facts(
        'relation = "genre"\ncolumn = "g"\nlist = true\nskip = ["?"]\nrename = { SciFi = "Science Fiction" }\ntext = "{} film"'
    )

    (form,) = forms(text, g="SciFi|?|Crime")

    assert [fact["name"] for fact in form["facts"]] == ["Science Fiction", "Crime film"]


def test_a_shared_table_of_renames_and_renamed_only(forms: Any) -> None:
    text = facts(
        'relation = "genre"\ncolumn = "g"\nlist = true\nrename = "genres"\nrenamed_only = true\n[renames.genres]\na = "A"'
    )

    (form,) = forms(text, g="a|b")

    assert [fact["name"] for fact in form["facts"]] == ["A"]


def test_a_constant_needs_no_column(forms: Any) -> None:
    (form,) = forms(facts('relation = "country"\nconst = "Germany"'))
    assert form["facts"] == [{"relation": "country", "name": "Germany"}]


def test_ordinals(forms: Any) -> None:
    text = facts('relation = "honored_at"\ncolumn = "n"\ntext = "{ordinal} Awards"')
    names = [forms(text, n=str(n))[0]["facts"][0]["name"] for n in (1, 2, 3, 4, 11, 12, 13, 21, 92, 93, 111)]
    assert names == [
        f"{n} Awards" for n in ("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "92nd", "93rd", "111th")
    ]


@pytest.mark.parametrize(
    ("options", "cell", "value"),
    [
        ('relation = "runtime"\nunit = "minutes"', "117", "7020"),
        ('relation = "runtime"\nunit = "hours"', "1.5", "5400"),
        ('relation = "runtime"\nunit = "minutes"', "long", "long"),
        ('relation = "runtime"\nskip = ["0"]', "0", None),
        ('relation = "budget"\nunit = "USD"\nat_least = 1000', "999", None),
        ('relation = "budget"\nunit = "USD"\nat_least = 1000', "1000", "1000"),
        ('relation = "release_date"\nformat = "%d.%m.%Y"', "11.5.1931", "1931-05-11"),
        ('relation = "release_date"\nformat = "%B %Y"', "May 1931", "1931-05"),
        ('relation = "release_date"\nformat = "%Y!"', "1931!", "1931"),
        ('relation = "release_date"\nformat = "%d.%m.%Y"', "31.2.1931", "31.2.1931"),
        ('relation = "release_date"', "", None),
    ],
)
def test_literals_are_read_as_the_mapping_says(forms: Any, options: str, cell: str, value: str | None) -> None:
    (form,) = forms(facts(f'column = "x"\n{options}'), x=cell)
    assert [fact["value"] for fact in form["facts"]] == ([] if value is None else [value])


@given(st.integers(100, 9900), st.integers(-49, 49))
def test_a_two_digit_year_is_the_one_nearest_to_the_years_column(year: int, apart: int) -> None:
    near = year + apart
    if near > 0:
        assert mapped._date(f"1/2/{year % 100:02d}", "%d/%m/%y", str(near)) == f"{year:04d}-02-01"


def test_qualifiers_run_beside_a_list_and_multiply_a_single_value(forms: Any) -> None:
    text = facts(
        'relation = "acted_in"\ncolumn = "f"\nlist = true\nkind = "Film"\n'
        'qualifiers = { character = { column = "c", list = true }, role = "r" }'
    ).replace('kind = "Film"\n[', 'kind = "Person"\n[')

    (form,) = forms(text, f="M|Fury", c="Beckert|", r="lead")
    assert [fact["qualifiers"] for fact in form["facts"]] == [
        {"character": "Beckert", "role": "lead"},
        {"role": "lead"},
    ]

    (form,) = forms(text, f="M", c="Beckert|A beggar", r="")
    assert [fact["qualifiers"] for fact in form["facts"]] == [{"character": "Beckert"}, {"character": "A beggar"}]

    told, _ = forms(text, f="M|Fury|Liliom", c="Beckert|A beggar", r="")
    assert told.startswith("qualifier character has 2 entries, its fact 3.")


def test_a_qualifier_may_be_an_entity(forms: Any) -> None:
    text = facts(
        'relation = "won"\nconst = "Golden Cup"\n[entity.fact.qualifiers]\nyear = "y"\n'
        'work = { column = "w", kind = "Film", ids = { imdb = "i" } }'
    )

    (form,) = forms(text, y="1931", w="M", i="tt1")

    assert form["facts"][0]["qualifiers"] == {
        "year": "1931",
        "work": {"name": "M", "kind": "Film", "ids": {"imdb": "tt1"}},
    }


def test_when_and_unless_choose_entities_and_facts(forms: Any) -> None:
    text = facts('relation = "won"\nconst = "Cup"\nwhen = { w = ["True", "yes"] }\nunless = { n = "*withdrawn*" }')

    def count(w: str, n: str) -> int:
        return len(forms(text, w=w, n=n)[0]["facts"])

    assert [count("True", ""), count("yes", ""), count("", ""), count("True", "was withdrawn later")] == [1, 1, 0, 0]
    assert forms(ENTITY + 'when = { w = "x" }', w="y") == []


def test_a_fact_may_be_for_one_kind_only(forms: Any) -> None:
    text = facts('relation = "won"\nconst = "Cup"\nsubject_kind = "Person"')
    assert forms(text)[0]["facts"] == []


def test_quotes_show_the_cells_that_make_the_claim(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(
        '[[entity]]\ncolumn = "who"\nlist = true\nkind = "Person"\n[[entity.fact]]\nrelation = "won"\n'
        'column = "award"\nwhen = { winner = "yes" }\n'
    )
    rules = mapping.load(str(tmp_path / "m.toml"))

    (form,) = mapped.forms(rules, {"who": "Lang", "award": "Cup" * 100, "winner": "yes"})

    assert isinstance(form, dict)
    quote = form["facts"][0]["quote"]
    assert quote.startswith("who: Lang; award: CupCup")
    assert quote.endswith("C...; winner: yes")
