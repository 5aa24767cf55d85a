#!/usr/bin/env bash
# load.sh ARCHIVE REGION DAY: loads the region's rows, and prints how many there are.
set -euo pipefail
source ./ops/daily-import/state.sh

rows="$state/rows-$3-$2.csv"
grep "^$2," "$1" > "$rows"
wc -l < "$rows"
