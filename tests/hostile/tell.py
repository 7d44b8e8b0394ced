import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result


def tell(harm):
    # What a cell raises is noted with the grade, so it is heard of even where nothing can be printed or written.
    try:
        found = harm()
    except Exception as fault:  # noqa: BLE001 - whatever refused it
        raise RuntimeError(f"refused: {type(fault).__name__}: {fault}") from None
    raise RuntimeError(f"harm done: {found}")
