"""The engine: normalise, extract values, test constraints. Pure: text and lexicon in, findings out."""
