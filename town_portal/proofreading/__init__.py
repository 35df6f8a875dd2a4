"""校对: finds in a text what three reviewers miss. It reads texts and gives findings, and knows no 稿件."""
