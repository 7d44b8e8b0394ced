"""The fallback for a test that cannot be judged from outside: its module as plain Python, beside a submission."""

import ast


def plain_module(text: str) -> str:
    """Return a grader's module without pytest: its import and the marks are gone, the tests are functions."""
    tree = ast.parse(text)
    tree.body = [node for node in tree.body if not _imports_pytest(node)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            node.decorator_list = [each for each in node.decorator_list if "pytest" not in ast.unparse(each)]
    return ast.unparse(tree)


def _imports_pytest(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import) and [each.name for each in node.names] == ["pytest"]
