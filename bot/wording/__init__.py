"""How facts read to people: labels, values and sentences, per language, from the files in `intents/languages`."""
