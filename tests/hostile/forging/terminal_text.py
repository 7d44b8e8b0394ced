TEXT = "\x1b[2J\x1b]0;owned\x07\u202e[bold red]passed[/]\r\n::error file=x::owned\n=cmd|' /C calc'!A0\n<script>alert(1)</script>\x00"


def answer(what, *args):
    print(TEXT)
    if what == "mean":
        raise ValueError(TEXT)
    return {"text": TEXT, "list": [TEXT]}.get(what, args[0])
