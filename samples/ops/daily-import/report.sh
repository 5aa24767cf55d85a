#!/usr/bin/env bash
# report.sh DAY: writes down where the data came from, and what became of it.
set -euo pipefail
source ./ops/daily-import/state.sh

{
  echo "data of $1 from $mirror: eu $rows_eu, us $rows_us, ap $rows_ap rows"
  echo "published at: ${published:-nowhere}"
} | tee "$state/report-$1.txt"
