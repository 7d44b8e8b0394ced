def harm():
    for number in range(300):
        open(str(number), "w").close()
    for name in ("-rf", "a\nb", "\x1b[2J", "é" * 100, " ", "*", "..."):
        open(name, "w").close()
    open(b"\xff\xfe", "w").close()
