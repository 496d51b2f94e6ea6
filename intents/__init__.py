"""What people can ask of Guanxi, how they say it in each language, and how it is understood."""
