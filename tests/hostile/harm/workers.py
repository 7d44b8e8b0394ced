import multiprocessing


def harm():
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.map(abs, [1])
