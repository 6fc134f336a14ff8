"""What is published of a quarter, and why something is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mentorship.disclosure import DOMAIN, FEW, ORGANISATION, PROTECTS, SITE, Counted, Earlier, Figure, Place, choose

ALL = Place(ORGANISATION)


def people(number: int, site: int = 1, domain: int = 1, start: int = 0) -> list[Counted]:
    return [Counted(start + n, start + n, site, domain, (n % 4 + 1) / 5) for n in range(number)]


def by_place(found: list[Figure]) -> dict[Place, Figure]:
    return {figure.place: figure for figure in found}


def reasons(found: list[Figure]) -> dict[Place, str]:
    return {figure.place: figure.hidden for figure in found}


@pytest.mark.parametrize(("number", "hidden"), [(0, FEW), (4, FEW), (5, ""), (6, "")])
def test_five_people_are_needed(number: int, hidden: str) -> None:
    assert reasons(choose((), people(number)))[ALL] == hidden


def test_five_pairs_are_needed_too() -> None:
    """Somebody may answer of a pair for another: five people of four pairs do not do."""
    four_pairs = [replace(one, pair=min(one.pair, 3)) for one in people(5)]
    assert reasons(choose((), four_pairs))[ALL] == FEW


def test_nine_pairs_of_four_people_do_not_do() -> None:
    pairs = [Counted(n % 4, n, 1, 1, n / 10) for n in range(9)]
    assert set(reasons(choose((), pairs)).values()) == {FEW}


def test_a_small_site_is_not_what_all_less_the_others_says() -> None:
    found = reasons(choose((), people(9, site=1) + people(8, site=2, start=20) + people(3, site=3, start=40)))
    assert found[Place(SITE, 3)] == FEW
    assert [found[Place(SITE, 1)], found[Place(SITE, 2)]].count(PROTECTS) == 1, "one more is hidden, and no more"
    assert not found[ALL]


def test_a_domain_that_is_nearly_a_site_is_not_beside_it() -> None:
    """Seven of a site, and the same seven with two others in a domain: the difference would be those two."""
    counted = (
        people(7, site=1, domain=1) + people(2, site=2, domain=1, start=20) + people(9, site=2, domain=2, start=40)
    )
    found = reasons(choose((), counted))
    assert not (found[Place(SITE, 1)] == "" and found[Place(DOMAIN, 1)] == "")


def test_who_left_is_not_what_two_quarters_differ_by() -> None:
    before = people(12)
    earlier = Earlier(before, {ALL})
    for gone in (1, 4):
        assert reasons(choose([earlier], before[gone:]))[ALL] == PROTECTS
    assert reasons(choose([earlier], before[5:]))[ALL] == ""
    assert reasons(choose([earlier], before))[ALL] == "", "the same people again tell nothing of anybody"


def test_three_who_came_and_two_who_left_are_five() -> None:
    before = people(12)
    after = before[2:] + people(3, start=50)
    assert reasons(choose([Earlier(before, {ALL})], after))[ALL] == ""
    assert reasons(choose([Earlier(before, {ALL})], before[2:] + people(2, start=50)))[ALL] == PROTECTS


def test_a_quarter_between_does_not_help() -> None:
    """Six leave and five of them are back: only the quarter before last gives the sixth away."""
    before = people(20)
    between = before[6:]
    again = before[1:]
    quarters = [Earlier(before, {ALL}), Earlier(between, {ALL})]
    assert reasons(choose(quarters[:1], between))[ALL] == ""
    assert reasons(choose(quarters, again))[ALL] == PROTECTS


def test_what_all_say_alike_is_hidden_and_cannot_be_computed() -> None:
    alike = [replace(one, value=0.75) for one in people(6, site=1)]
    found = reasons(choose((), alike + people(9, site=2, start=20)))
    assert found[Place(SITE, 1)] == PROTECTS, "it does not say that they were alike"
    assert found[ALL] == PROTECTS or found[Place(SITE, 2)] == PROTECTS


def test_all_at_the_end_of_the_scale_are_hidden() -> None:
    """A mean of 0.98 shows as 1: who reads it knows what each of them said, or nearly."""
    top = [replace(one, value=1.0) for one in people(12)]
    top[0] = replace(top[0], value=0.75)
    assert reasons(choose((), top))[ALL] == PROTECTS


def test_a_figure_is_rounded_and_counts_its_people_in_bands() -> None:
    values = [0.5, 0.52, 0.61, 0.7, 0.4, 0.33, 0.9]
    counted = [Counted(n, n, 1, 1, value) for n, value in enumerate(values)]
    figure = by_place(choose((), counted))[ALL]
    assert figure == Figure(ALL, 0.55, 5)
    assert by_place(choose((), people(49)))[ALL].people == 20
    assert by_place(choose((), people(50)))[ALL].people == 50


def test_hidden_figures_say_neither_value_nor_number() -> None:
    found = choose((), people(9, site=1) + people(3, site=2, start=20))
    for figure in found:
        if figure.hidden:
            assert figure.value is None and figure.people == 0


def test_the_same_people_in_another_order_give_the_same() -> None:
    counted = people(9, site=1) + people(8, site=2, domain=2, start=20) + people(6, site=3, start=40)
    assert choose((), counted) == choose((), counted[::-1])


def test_whose_name_is_no_longer_known_still_stands_between() -> None:
    """Earlier members without a person any more keep their place: leaving them out would set one free."""
    before = people(12)
    unknown = [replace(one, person=-1 - one.person) if one.person == 0 else one for one in before]
    assert reasons(choose([Earlier(unknown, {ALL})], before[1:]))[ALL] == PROTECTS
