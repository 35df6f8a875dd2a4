"""Acts on the model texts."""

from dataclasses import replace

import pytest

from tests.cast import Cast
from tests.events import detail, newest
from tests.refusals import refused
from town_portal.access.actor import SYSTEM
from town_portal.audit import queries as trail
from town_portal.columns import operations as columns
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Stale
from town_portal.model_texts import operations, queries
from town_portal.model_texts.models import ModelText
from town_portal.model_texts.rules.founding import SHIPPED
from town_portal.model_texts.rules.kind import EventKind
from town_portal.model_texts.rules.wording import Wording

WORDING = Wording(kind=EventKind.MEETING, name="党员大会", title="【单位】召开党员大会", body="到会党员【人数】人。")


def a_model(town: Cast) -> ModelText:
    return operations.add(town.actor("coordinator"), WORDING)


def test_a_model_text_is_added(town: Cast) -> None:
    model = operations.add(town.actor("coordinator"), replace(WORDING, column_id=town.column("gzdt").id))
    assert (model.name, model.in_use, model.version, model.column.name) == ("党员大会", True, 1, "工作动态")  # type: ignore[union-attr]
    assert (newest().action, newest().label, newest().subject_name) == ("add_model_text", "新增范文", "党员大会")
    assert detail()["body"] == "到会党员【人数】人。"
    assert trail.verify().sound


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "publisher", "administrator", "auditor"])
def test_only_the_coordinating_office_keeps_them(town: Cast, key: str) -> None:
    model = a_model(town)
    with refused("管理范文", Forbidden):
        operations.add(town.actor(key), replace(WORDING, name="别的"))
    with refused("管理范文", Forbidden):
        operations.revise(town.actor(key), model, replace(WORDING, name="别的"))
    with refused("管理范文", Forbidden):
        operations.retire(town.actor(key), model)
    with refused("管理范文", Forbidden):
        operations.restore(town.actor(key), model)


def test_what_adding_is_refused_for(town: Cast) -> None:
    a_model(town)
    with refused("“会议”里已有“党员大会”"):
        a_model(town)
    with refused("校对也查不出来"):
        operations.add(town.actor("coordinator"), replace(WORDING, body="【乱写】"))
    operations.add(town.actor("coordinator"), replace(WORDING, kind=EventKind.ACTIVITY))


def test_a_model_text_is_revised(town: Cast) -> None:
    model = a_model(town)
    operations.revise(town.actor("coordinator"), model, replace(WORDING, body="到会【人数】人。"), model.version)
    assert (model.body, model.version) == ("到会【人数】人。", 2)
    assert detail()["former"]["body"] == "到会党员【人数】人。"
    with refused("和原来一样"):
        operations.revise(town.actor("coordinator"), model, replace(WORDING, body="到会【人数】人。"))
    operations.add(town.actor("coordinator"), replace(WORDING, name="两委会"))
    with refused("已有“两委会”"):
        operations.revise(town.actor("coordinator"), model, replace(WORDING, name="两委会"))
    with pytest.raises(Stale):
        operations.revise(town.actor("coordinator"), model, WORDING, 1)


def test_a_model_text_is_retired_and_brought_back(town: Cast) -> None:
    model = a_model(town)
    with refused("没有停用"):
        operations.restore(town.actor("coordinator"), model)
    operations.retire(town.actor("coordinator"), model)
    assert queries.in_use() == []
    with refused("已经停用"):
        operations.retire(town.actor("coordinator"), model)
    with refused("已经停用，不能再改"):
        operations.revise(town.actor("coordinator"), model, replace(WORDING, body="到会【人数】人。"))
    other = a_model(town)
    with refused("已有“党员大会”"):
        operations.restore(town.actor("coordinator"), model)
    operations.retire(town.actor("coordinator"), other)
    operations.restore(town.actor("coordinator"), model)
    assert queries.in_use() == [model]
    assert newest().label == "恢复范文"
    assert trail.verify().sound


def test_the_shipped_ones_are_founded_in_one_act(database: object) -> None:
    columns.found_tree(SYSTEM)
    before = trail.head_seq()
    models = operations.found(SYSTEM)
    assert len(models) == len(SHIPPED)
    assert trail.head_seq() == before + 1
    assert {model.column.code for model in models if model.column} == {"gzdt", "tzgg"}
    assert trail.verify().sound
    with refused("已经有范文了"):
        operations.found(SYSTEM)
    assert db.session.query(ModelText).count() == len(SHIPPED)


def test_without_columns_they_suggest_none(database: object) -> None:
    assert [model.column_id for model in operations.found(SYSTEM)] == [None] * len(SHIPPED)
