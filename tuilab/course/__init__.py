"""Lessons as data: read them, cut them into pages, ask their quizzes, check them."""
