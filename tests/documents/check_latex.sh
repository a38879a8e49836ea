#!/usr/bin/env bash
# check_latex.sh PROGRAM PDFLATEX FOLDER: LaTeX accepts report.tex, by itself and inside a paper, and shows odd names.
set -euo pipefail
. "$(dirname "$0")/runs.sh" "$1" "$3"
pdflatex=$2

# Twice, for the widths of the tables. Anything that LaTeX has to say against the text is a fault.
typeset() {
  cd "$1"
  for _ in 1 2; do
    "$pdflatex" -interaction=nonstopmode -halt-on-error "$2.tex" >"$2.out" 2>&1 || { tail -n 20 "$2.out"; fail "$1/$2.tex"; }
  done
  local said
  said=$(grep -E '^(!|Overfull|Missing character|LaTeX Warning|LaTeX Font Warning)' "$2.log" || true)
  [ -z "$said" ] || fail "$1/$2.tex: $said"
  cd - >/dev/null
}

# shows PDF TEXT...: the text stands there, whatever the lines; without pdftotext nobody looks.
shows() {
  command -v pdftotext >/dev/null || return 0
  local text
  text=$(pdftotext "$1" - | tr -d ' \n\f')
  shift
  for wanted in "$@"; do case $text in *"$wanted"*) ;; *) fail "'$wanted' is not in the PDF" ;; esac; done
}

for run in plain odd; do
  "$program" report "$work/$run" --format latex
  typeset "$work/$run" report
done
shows "$work/plain/report.pdf" "score-mean" "Findings." "Performance"
shows "$work/odd/report.pdf" "<script>alert(1)</script>&%_#~^{\$x\$}[a]’b’\"c\"‘d‘\\end{document}]]>é" "|a--blast" \
  "U+6B63"

# In a paper: two tables in a narrow column, one file of all.
paper="$work/paper"
mkdir "$paper"
"$program" report "$work/odd" --format latex --out "$paper/all"
"$program" report "$work/odd" --format latex --table performance --columns model,estimator,n,bias --out "$paper/one"
cat >"$paper/paper.tex" <<'TEX'
\documentclass{article}
\usepackage{array,booktabs,longtable}
\begin{document}
\section{Before}
\input{one/report}
\section{Between}
\input{one/report}
After.
\end{document}
TEX
cat >"$paper/wide.tex" <<'TEX'
\documentclass[a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[margin=10mm,paperwidth=50cm]{geometry}
\usepackage{array,booktabs,longtable}
\begin{document}
\input{all/report}
After.
\end{document}
TEX
typeset "$paper" paper
typeset "$paper" wide
shows "$paper/paper.pdf" "Table1:" "Table2:" "Between" "After."
shows "$paper/wide.pdf" "Table3:" "After."
echo "4 documents typeset"
