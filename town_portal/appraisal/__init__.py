"""年度绩效考核: what a unit's year amounts to, by weights the town fixes, with everything it rests on.

The source report, 七（三）: 将主动公开情况纳入部门年度绩效考核，细化考核指标，加大考核权重.
"""
