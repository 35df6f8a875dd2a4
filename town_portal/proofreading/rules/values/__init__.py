"""What checks compare: dates, figures, names, read out of a text with the places where they stand."""
