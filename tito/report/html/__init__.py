"""Pages to read in a browser: feedback for each student, and a class at a glance.

They take a native result as writers see it and the text of submissions, and give HTML in one piece: no script, no
file beside it, nothing from the network.
"""

from tito.report.html.answer import answer_page, answers_page
from tito.report.html.code import CodeCell
from tito.report.html.pages import class_page, page_name, student_page

__all__ = ["CodeCell", "answer_page", "answers_page", "class_page", "page_name", "student_page"]
