"""三审: the reviewers' acts — 校, 审, 退回 — and the list of what waits for whom (三审三校)."""
