"""监督检查: the network's gaps, the rhythm of reporting, columns that grow old. Owns no tables; reads the rooms below."""
