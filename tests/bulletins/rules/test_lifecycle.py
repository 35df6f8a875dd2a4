from town_portal.bulletins.rules.lifecycle import FROZEN, LIFECYCLE, OPEN, BulletinState

S = BulletinState


def test_nothing_leads_out_of_an_issued_one_but_replacement() -> None:
    assert {(move.name, move.targets) for move in LIFECYCLE if move.source is S.ISSUED} == {
        ("replace_bulletin", (S.REPLACED,))
    }
    assert not [move for move in LIFECYCLE if move.source in (S.REPLACED, S.DISCARDED)]


def test_only_what_was_shown_to_the_units_is_issued() -> None:
    assert {move.source for move in LIFECYCLE if S.ISSUED in move.targets} == {S.CONSULTING}


def test_every_state_is_open_frozen_or_thrown_away() -> None:
    assert {*OPEN, *FROZEN, S.DISCARDED} == set(S)
