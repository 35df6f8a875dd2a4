"""提醒催办: one ladder for every deadline, its last rung 督办; who was told what, and who has read it."""
