# Sourced with the program in $1 and a folder in $2: leaves the runs "$work/plain" and "$work/odd", whose names and title
# hold what a document must escape.
program=$1
work=$2
rm -rf "$work"
mkdir -p "$work"
fail() { echo "$0: $*" >&2; exit 1; }

"$program" verify smoke --seed 1 --quiet --out "$work/plain" >"$work/plain.txt" || fail "verify smoke ended with $?"

cat >"$work/odd.toml" <<'TOML'
title = 'Écart "μ" <script>alert(1)</script> & 100 % of a_b ]]> $x^2$ \end{document} 正'
seed = 3
max_replicates = 65536
[[case]]
claims = ["score-mean", "asymptotic-normality", "efficiency"]
model = "gamma"
theta = {shape = 2.5, rate = 1.3}
n = [20, 40, 80]
expect = "report"
TOML
"$program" verify "$work/odd.toml" --quiet --out "$work/odd" >"$work/odd.txt" || fail "verify odd.toml ended with $?"
odd=$(
  cat <<'CELL'
"<script>alert(1)</script> & % _ # ~ ^ {$x$} [a] 'b' ""c"" `d` \end{document} ]]> é μ ∂ 正 | a--b
last"
CELL
)
export odd
for file in "$work"/odd/*.csv; do
  awk 'BEGIN {FS = OFS = ","} {for (i = 1; i <= NF; ++i) if ($i == "gamma") $i = ENVIRON["odd"]; print}' "$file" >"$work/new"
  mv "$work/new" "$file"
done
# The run knows the size and the hash of what it wrote; one of an older version does not.
sed -i -E -e '/^  "(bytes|sha256)": \{$/,/^  \}/{/^  "/!{/^  \}/!d}}' "$work/odd/manifest.json"
grep -q '<script>' "$work/odd/findings.csv" || fail "no odd name was planted"
