"""What a learner takes home: of an experiment that trains its program, curve and weights; of themselves, all of it."""

from tuilab.exports.errors import ExportError
from tuilab.exports.forms import FORMS, Form, write, write_program
from tuilab.exports.program import program

__all__ = ["FORMS", "ExportError", "Form", "program", "write", "write_program"]
