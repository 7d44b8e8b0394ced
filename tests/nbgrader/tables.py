"""The tables of nbgrader's database that tito reads, as nbgrader 0.9 makes them."""

TABLES = """
CREATE TABLE student (id, first_name, last_name, email, lms_user_id);
CREATE TABLE assignment (id, name, duedate, course_id);
CREATE TABLE notebook (id, name, assignment_id, kernelspec);
CREATE TABLE submitted_assignment (id, assignment_id, student_id, timestamp, extension);
CREATE TABLE submitted_notebook (id, assignment_id, notebook_id, flagged, late_submission_penalty);
CREATE TABLE base_cell (id, name, notebook_id, type);
CREATE TABLE grade_cells (id, max_score, cell_type);
CREATE TABLE task_cells (id, max_score, cell_type);
CREATE TABLE grade (id, notebook_id, cell_id, auto_score, manual_score, extra_credit, needs_manual_grade);
CREATE TABLE comment (id, notebook_id, cell_id, auto_comment, manual_comment);
"""
