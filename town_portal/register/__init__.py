"""发布登记册: what ran where, from the first day on: releases of this house, and what was published before it (imported)."""
