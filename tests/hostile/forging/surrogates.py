def answer(what, *args):
    text = "\ud800\udfff lone \ud83d"
    print(ascii(text))
    if what == "mean":
        raise ValueError(text)
    return {"text": text, "list": [text]}.get(what, args[0])
