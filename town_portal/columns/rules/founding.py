"""The tree of 法定主动公开内容 as the town has it (the source report, 六(五)): four blocks, seven columns.

The report does not say which column stands under which block; this is the natural reading.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planned:
    """One column to be founded."""

    code: str
    name: str
    hint: str = ""


TREE: tuple[tuple[Planned, tuple[Planned, ...]], ...] = (
    (
        Planned("jg", "机构信息"),
        (
            Planned("jgxx", "机构信息", "机构职能、办公地址、办公时间、联系电话"),
            Planned("ldfg", "领导分工", "领导姓名、职务、分管工作；人员调整后及时更新"),
            Planned("nsjg", "内设机构", "各办公室名称、职责、负责人、电话"),
        ),
    ),
    (
        Planned("gz", "规章文件"),
        (Planned("qtwj", "其他文件", "镇政府印发的文件、工作方案、制度"),),
    ),
    (
        Planned("cz", "财政信息"),
        (Planned("czxx", "部门预决算与“三公”经费", "预算、决算、“三公”经费及说明；批准（批复）后 20 日内公开"),),
    ),
    (
        Planned("qt", "其他"),
        (
            Planned("gzdt", "工作动态", "镇村近期办了什么：时间、地点、做法、成效；三天黄金期内报送"),
            Planned("tzgg", "通知公告", "要群众知道或办理的事：办什么、什么时候、到哪里、找谁；公示写明起止日期"),
        ),
    ),
)
