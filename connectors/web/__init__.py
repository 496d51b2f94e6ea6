"""Chat in the browser: a page of one's own, and a widget for other sites."""
