"""The untrusted side: everything in this folder runs in a process that student code can rewrite.

It imports nothing of tito but the wire and the sandbox; it holds no test, no expected value and no result.
"""
