"""What a learner takes home of an experiment that trains: its program, its curve, its weights."""

from tuilab.exports.errors import ExportError
from tuilab.exports.forms import FORMS, Form, write
from tuilab.exports.program import program

__all__ = ["FORMS", "ExportError", "Form", "program", "write"]
