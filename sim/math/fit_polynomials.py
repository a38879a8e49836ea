#!/usr/bin/env python3
"""Prints the polynomial coefficients of the lane mathematics and the error of each polynomial with its coefficients
rounded to double. Each polynomial interpolates its function at the Chebyshev points of the interval, computed with
fifty digits. Needs mpmath."""
from mpmath import atan, besseli, cos, erfc, exp, log, loggamma, mp, mpf, nstr, pi, psi, sin, sqrt

mp.dps = 50
half = mpf(1) / 2


def interpolate(g, a, b, degree):
    """Coefficients of x^0, x^1, ..., by Newton's divided differences and expansion."""
    points = [(a + b) / 2 + (b - a) / 2 * cos(pi * (2 * j + 1) / (2 * degree + 2)) for j in range(degree + 1)]
    d = [g(x) for x in points]
    for k in range(1, degree + 1):
        for j in range(degree, k - 1, -1):
            d[j] = (d[j] - d[j - 1]) / (points[j] - points[j - k])
    c = [d[degree]]
    for j in range(degree - 1, -1, -1):
        c = [mpf(0)] + c
        for i in range(len(c) - 1):
            c[i] -= points[j] * c[i + 1]
        c[0] += d[j]
    return c


def show(name, g, weight, a, b, degree):
    """`weight(x)` is what an error of the polynomial at x is multiplied by in the result."""
    a, b = mpf(a), mpf(b)
    c = [mpf(float(k)) for k in interpolate(g, a, b, degree)]
    error = 0
    for j in range(801):
        x = a + (b - a) * (j + mpf(1) / 3) / 801
        error = max(error, abs(weight(x) * (sum(k * x**i for i, k in enumerate(c)) - g(x))))
    print(f"{name}: degree {degree}, error {nstr(error, 2)}")
    print("  " + ", ".join(repr(float(k)) for k in c))


tiny = mpf("1e-7")
show("exponential.hpp q, (e^r - 1 - r)/r^2", lambda r: (exp(r) - 1 - r) / r**2 if abs(r) > mpf("1e-12") else half + r / 6,
     lambda r: r * r, -log(mpf(2)) / 2 * mpf("1.0001"), log(mpf(2)) / 2 * mpf("1.0001"), 10)
show("logarithm.hpp 1/(1 + f)", lambda f: 1 / (1 + f), lambda f: 1 + f, sqrt(half) - 1, sqrt(mpf(2)) - 1, 2)
show("circular.hpp sine, (sin(pi r)/r - pi)/r^2 of r^2", lambda z: (sin(pi * sqrt(z)) / sqrt(z) - pi) / z,
     lambda z: z / 3, mpf("1e-12"), mpf(1) / 16, 5)
show("circular.hpp cosine, (cos(pi r) - 1 + (pi r)^2/2)/r^4 of r^2",
     lambda z: (cos(pi * sqrt(z)) - 1 + z * pi * pi / 2) / z**2, lambda z: z * z, mpf("1e-9"), mpf(1) / 16, 5)
show("gamma_functions.hpp G, (digamma(y + 1/2) - log y) y^2 of 1/y^2",
     lambda z: (psi(0, 1 / sqrt(z) + half) - log(1 / sqrt(z))) / z, lambda z: z / 2, tiny, 1 / mpf("5.5")**2, 6)
show("gamma_functions.hpp H, (trigamma(y + 1/2) y - 1) y^2 of 1/y^2",
     lambda z: (psi(1, 1 / sqrt(z) + half) / sqrt(z) - 1) / z, lambda z: z, tiny, 1 / mpf("5.5")**2, 7)


def about_two(t):
    return loggamma(2 + t) / t if abs(t) > mpf("1e-12") else psi(0, mpf(2)) + psi(1, mpf(2)) * t / 2


show("log_gamma.hpp Q, log Gamma(2 + t)/t", about_two, lambda t: 1 / about_two(t), -half, half, 17)
show("log_gamma.hpp W, the rest of Stirling's formula times x, of 1/x^2",
     lambda z: (loggamma(1 / sqrt(z)) - (1 / sqrt(z) - half) * log(1 / sqrt(z)) + 1 / sqrt(z) - log(2 * pi) / 2) / sqrt(z),
     lambda z: sqrt(z) / 10, tiny, mpf(1) / 64, 5)


def scaled_erfc(t):
    """(1 + 2x) e^(x^2) erfc(x) for x = 4 (1 + t)/(1 - t)."""
    x = 4 * (1 + t) / (1 - t)
    return (1 + 2 * x) * exp(x * x) * erfc(x)


show("error_function.hpp Q, (f(t) - 1)/(1 + t)", lambda t: (scaled_erfc(t) - 1) / (1 + t), lambda t: 1 + t, -1 + tiny,
     1 - tiny, 24)
show("angles.hpp A, (atan(q)/q - 1)/q^2 of q^2", lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z, lambda z: z, tiny,
     mpf("0.17158"), 10)


def far(t):
    return 16 / (1 + t)


def ratio(x):
    return besseli(1, x) / besseli(0, x)


show("bessel.hpp L, x log(sqrt(2 pi x) e^-x I0(x)) of t = 16/x - 1",
     lambda t: far(t) * log(sqrt(2 * pi * far(t)) * exp(-far(t)) * besseli(0, far(t))), lambda t: 1 / far(t)**2,
     -1 + tiny, 1, 20)
show("bessel.hpp H, x (x (1 - I1/I0) - 1/2) of t", lambda t: far(t) * (far(t) * (1 - ratio(far(t))) - half), lambda t: 4,
     -1 + tiny, 1, 25)
