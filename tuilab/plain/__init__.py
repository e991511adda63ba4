"""Plain mode: the course as plain lines, for screen readers, logs and very poor terminals."""
