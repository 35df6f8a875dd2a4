"""Rules: values in, an answer or a refusal out; no database, no browser, no clock."""
