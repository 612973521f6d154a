#!/usr/bin/env bash
# Compiles the worked solution of every example's first instance. Needs TeX: apt-get install texlive-latex-recommended
# Run from a checkout: docs/check_latex.sh [PYTHON]
set -euo pipefail
python=${1:-python3}
top=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$top"
"$python" docs/write_solutions.py "$work"
cd "$work"
for file in *.tex; do
  pdflatex -halt-on-error -interaction=nonstopmode "$file" > "$file.out" || { tail -30 "$file.out"; echo "FAILED: $file"; exit 1; }
  echo "compiled: $file"
done
