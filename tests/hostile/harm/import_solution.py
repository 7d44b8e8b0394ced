import sys


def harm():
    sys.path.insert(0, TOLD["course"] + "/kit/modules/02_series")
    import series_dev

    return series_dev.Series([1.0]).data, open(series_dev.__file__).read()
