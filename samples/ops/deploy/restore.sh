#!/usr/bin/env bash
# restore.sh STAGE JSON: has a stage run again what it ran before.
set -euo pipefail
source ./ops/deploy/state.sh

stage="$1"
before="$(sed -n "s/.*\"$stage\": *\"\([^\"]*\)\".*/\1/p" <<< "$2")"
if [[ -n "$before" ]]; then
  echo "$before" > "$state/$stage"
else
  rm -f "$state/$stage"
fi
