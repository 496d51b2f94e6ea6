"""Takes documents in and gives passages out, so that an answer about the product can cite its sources."""
