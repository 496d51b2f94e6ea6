"""Ways in and out: each channel turns what a platform sends into a Message and a Reply into what it shows."""
