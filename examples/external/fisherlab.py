"""The protocol of docs/external.md for Python: serve(fit) answers every sample with fit(x), x a numpy array of n numbers,
or n x d, which gives the estimates, and the standard errors behind them, or None where there is no fit; `numbers` says how many numbers a parameter has where
they are others, as 4 with the two ends of an interval. With --binary the numbers go as doubles."""
import os
import sys

import numpy

model = os.environ.get("FISHERLAB_MODEL", "")
parameters = os.environ.get("FISHERLAB_PARAMETERS", "").split(",")


def numbers_of(fit, sample, shape, width):
    x = sample if shape[2] == 1 else sample.reshape(shape[1], shape[2])
    try:
        found = fit(x)
    except Exception as error:  # a failed fit, told on standard error
        print(type(error).__name__, error, file=sys.stderr)
        found = None
    return [0.0] + [numpy.nan] * width if found is None else [1.0] + [float(number) for number in found]


def serve(fit, std_errors=True, numbers=None):
    width = len(parameters) * (numbers or (2 if std_errors else 1))
    if "--binary" in sys.argv:
        return serve_binary(fit, width)
    while header := sys.stdin.readline():
        shape = [int(number) for number in header.split()]
        for _ in range(shape[0]):
            sample = numpy.array(sys.stdin.readline().split(), dtype=float)
            print(*(repr(number) for number in numbers_of(fit, sample, shape, width)))
        sys.stdout.flush()


def serve_binary(fit, width):
    while len(header := sys.stdin.buffer.read(24)) == 24:
        shape = [int(number) for number in numpy.frombuffer(header, "<i8")]
        for _ in range(shape[0]):
            sample = numpy.frombuffer(sys.stdin.buffer.read(8 * shape[1] * shape[2]), "<f8")
            sys.stdout.buffer.write(numpy.array(numbers_of(fit, sample, shape, width), "<f8").tobytes())
        sys.stdout.buffer.flush()
