"""公文: official papers (.docx in the layout of GB/T 9704-2012, .pdf, .xlsx) from plain values; knows no room's data."""
