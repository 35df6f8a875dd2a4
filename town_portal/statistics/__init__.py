"""统计排名: counts, rates and rankings by unit and quarter. Owns no tables; reads the rooms below."""
