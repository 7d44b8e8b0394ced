def harm():
    return checked(libc.inotify_init1(0))
