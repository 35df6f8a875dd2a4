"""抽查: public texts drawn by lot and looked at by somebody who had no hand in them.

The source report, 七（一）: 扩大信息质量抽查范围，对发现的问题及时通报并限期整改.
"""
