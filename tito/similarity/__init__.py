"""Code becomes passages that survive renaming, and a class's passages the pairs that share many of them.

It takes texts and gives numbers; it says what is alike, and never why.
"""
