"""The experiments: one folder each, with what can be asked (spec), what runs it (experiment), what shows it (panel)."""
