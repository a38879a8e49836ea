#!/usr/bin/env python3
"""Writes, beside itself, network_reference.csv: for small networks, the value and the first three derivatives at s = 0 of
f(s) = sum_i w_i L(z_i, theta + s t), in 60 digits by mpmath from the definition of the forward pass alone.

Six rows: x_ij = cos(1 + i + 2.3 j), y_i = i mod C, w_i = (1 + i mod 3)/6; theta_j = 0.7 sin(1 + 1.7 j),
t_j = cos(1 + 2 j), all counted from 0. Theta goes layer by layer, unit by unit: the bias, then the weights; the head last.
"""
import csv
import pathlib

import mpmath as mp

mp.mp.dps = 60
ACTIVATIONS = {"tanh": mp.tanh, "softplus": lambda z: mp.log1p(mp.exp(z))}
ROWS = 6


def layer(theta, at, units, below):
    out = []
    for _ in range(units):
        out.append(theta[at] + sum(w * a for w, a in zip(theta[at + 1 :], below)))
        at += 1 + len(below)
    return out, at


def total_loss(theta, activation, depth, width, inputs, classes):
    total = mp.mpf(0)
    for i in range(ROWS):
        a, at = [mp.cos(1 + i + mp.mpf(23) / 10 * j) for j in range(inputs)], 0
        for _ in range(depth):
            z, at = layer(theta, at, width, a)
            a = [ACTIVATIONS[activation](x) for x in z]
        z, at = layer(theta, at, classes, a)
        assert at == len(theta)
        total += mp.mpf(1 + i % 3) / ROWS * (mp.log(sum(mp.exp(x) for x in z)) - z[i % classes])
    return total


def parameters(depth, width, inputs, classes):
    return (1 + inputs) * width + (depth - 1) * (1 + width) * width + (1 + width) * classes


with open(pathlib.Path(__file__).with_name("network_reference.csv"), "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["activation", "depth", "width", "inputs", "classes", "value", "first", "second", "third"])
    for activation in ACTIVATIONS:
        for shape in [(1, 5, 4, 3), (1, 1, 1, 2), (2, 3, 2, 2), (3, 2, 4, 4), (4, 5, 4, 3), (6, 3, 2, 3)]:
            p = parameters(*shape)
            theta = [mp.mpf(7) / 10 * mp.sin(1 + mp.mpf(17) / 10 * j) for j in range(p)]
            t = [mp.cos(1 + 2 * j) for j in range(p)]
            f = lambda s: total_loss([a + s * b for a, b in zip(theta, t)], activation, *shape)
            c = [mp.diff(f, 0, k) for k in range(4)]
            out.writerow([activation, *shape] + [mp.nstr(x, 20) for x in c])
