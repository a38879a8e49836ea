"""Coverage of 95 % intervals by resampling for an exponential rate (n = 10, 199 resamples): numpy and scipy, no code of
fisherlab. Writes resampled_intervals.csv."""
import numpy as np
from scipy.stats import norm

rng = np.random.default_rng(20261129)
of_model = np.random.default_rng(20261130)
n, resamples, replicates, alpha = 10, 199, 200_000, 0.05
z = norm.ppf(1 - alpha / 2)
held = dict.fromkeys(["percentile", "bca", "bootstrap-t", "parametric-bca"], 0)


def place(p):
    return np.clip(np.floor((resamples + 1) * p + 1e-9), 1, resamples).astype(int)


for _ in range(replicates // 1000):
    x = rng.exponential(1, (1000, n))
    t = 1 / x.mean(1)
    rows = rng.integers(0, n, (1000, resamples, n))
    star = 1 / np.take_along_axis(x[:, None, :], rows, 2).mean(2)
    pivots = np.sort((star - t[:, None]) / (star / np.sqrt(n)), 1)
    star = np.sort(star, 1)
    r = int((resamples + 1) * alpha / 2 + 1e-9)
    held["percentile"] += np.sum((star[:, r - 1] <= 1) & (1 <= star[:, resamples - r]))
    error = t / np.sqrt(n)
    held["bootstrap-t"] += np.sum((t - error * pivots[:, resamples - r] <= 1) & (1 <= t - error * pivots[:, r - 1]))
    left_out = (n - 1) / (x.sum(1, keepdims=True) - x)
    d = left_out.mean(1, keepdims=True) - left_out
    a = (d**3).sum(1) / (6 * (d**2).sum(1) ** 1.5)
    drawn = np.sort(t[:, None] * n / of_model.gamma(n, 1, (1000, resamples)), 1)
    for name, stars in {"bca": star, "parametric-bca": drawn}.items():
        share = ((stars < t[:, None]).mean(1) + (stars <= t[:, None]).mean(1)) / 2
        z0 = norm.ppf(np.clip(share, 0.5 / resamples, 1 - 0.5 / resamples))
        low = norm.cdf(z0 + (z0 - z) / (1 - a * (z0 - z)))
        high = norm.sf(z0 + (z0 + z) / (1 - a * (z0 + z)))
        each = np.arange(1000)
        held[name] += np.sum((stars[each, place(low) - 1] <= 1) & (1 <= stars[each, resamples - place(high)]))

with open("resampled_intervals.csv", "w") as file:
    file.write("interval,coverage,std_error\n")
    for name, count in held.items():
        share = count / replicates
        file.write(f"{name},{share:.6f},{np.sqrt(share * (1 - share) / replicates):.6f}\n")
