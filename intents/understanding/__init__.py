"""How a message is understood: text in, commands with traced slots out."""
