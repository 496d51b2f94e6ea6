"""Records, rights and history: everything that is kept, who may see and change it, and how it came to be so."""
