#!/usr/bin/env python3
"""Writes, beside itself, stream_vectors.csv (the first four 64-bit outputs of fisherlab's random streams for a few keys)
and hash_vectors.csv (the stable hash of a few texts).

An independent computation from the papers alone: Philox-4x64-10 (Salmon, Moraes, Dror and Shaw 2011) turns the key into
the state of xoshiro256++ (Blackman and Vigna 2021). The three known answers of Random123's kat_vectors are checked first.
The hash is FNV-1a (Fowler, Noll and Vo), then the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
"""
import csv
import pathlib

MASK = 2**64 - 1


def philox4x64_10(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        first, second = 0xD2E7470EE14C6C93 * c[0], 0xCA5A826395121157 * c[2]
        c = [(second >> 64) ^ c[1] ^ k[0], second & MASK, (first >> 64) ^ c[3] ^ k[1], first & MASK]
        k = [(k[0] + 0x9E3779B97F4A7C15) & MASK, (k[1] + 0xBB67AE8584CAA73B) & MASK]
    return c


def rotate(x, k):
    return (x << k | x >> (64 - k)) & MASK


def xoshiro256pp(s, count):
    out = []
    for _ in range(count):
        out.append((rotate((s[0] + s[3]) & MASK, 23) + s[0]) & MASK)
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 45)
    return out


def stable_hash(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK
    h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9 & MASK
    h = (h ^ h >> 27) * 0x94D049BB133111EB & MASK
    return h ^ h >> 31


KNOWN = [
    ((0,) * 4, (0,) * 2,
     (0x16554D9ECA36314C, 0xDB20FE9D672D0FDC, 0xD7E772CEE186176B, 0x7E68B68AEC7BA23B)),
    ((MASK,) * 4, (MASK,) * 2,
     (0x87B092C3013FE90B, 0x438C3C67BE8D0224, 0x9CC7D7C69CD777B6, 0xA09CAEBF594F0BA0)),
    ((0x243F6A8885A308D3, 0x13198A2E03707344, 0xA4093822299F31D0, 0x082EFA98EC4E6C89),
     (0x452821E638D01377, 0xBE5466CF34E90C6C),
     (0xA528F45403E61D95, 0x38C72DBD566E9788, 0xA5A1610E72FD18B5, 0x57BD43B5E52B7FE6)),
]
for counter, key, answer in KNOWN:
    assert tuple(philox4x64_10(counter, key)) == answer

KEYS = [(0, 0, 0), (0, 0, 1), (0, 1, 0), (1, 0, 0), (20240611, 42, 7), (2**63 + 5, 12345678901234567890, 2**40 + 3),
        (MASK, MASK, MASK)]
TEXTS = ["", "a", "gamma shape=2.5 rate=1.3 n=100", "gamma shape=2.5 rate=1.3 n=101", "\u03bc=0"]


def write(name, header, rows):
    with open(pathlib.Path(__file__).parent / name, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header] + rows)


def outputs(seed, scenario, replicate):
    state = philox4x64_10((replicate, scenario, 0, 0), (seed, int.from_bytes(b"fisherla", "big")))
    return xoshiro256pp(state, 4)


write("stream_vectors.csv", ["seed", "scenario", "replicate", "output0", "output1", "output2", "output3"],
      [list(key) + outputs(*key) for key in KEYS])
write("hash_vectors.csv", ["text", "hash"], [[text, stable_hash(text)] for text in TEXTS])
