"""Roles 角色. A person has none of his own: a post gives one, in a unit, for a time."""

from enum import StrEnum


class Role(StrEnum):
    """What a post lets its holder do."""

    REPORTER = "reporter"
    HEAD = "head"
    LEADER = "leader"
    PRINCIPAL = "principal"
    COORDINATOR = "coordinator"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role's name in Chinese."""
        return LABELS[self]


LABELS = {
    Role.REPORTER: "信息员",
    Role.HEAD: "部门负责人",
    Role.LEADER: "分管领导",
    Role.PRINCIPAL: "主要领导",
    Role.COORDINATOR: "统筹管理",
    Role.PUBLISHER: "发布员",
    Role.ADMINISTRATOR: "系统管理员",
    Role.AUDITOR: "审计员",
}
