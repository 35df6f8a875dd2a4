"""The rooms behind ``word_file``: the package, its styles, its numbers, its text, the report."""
