#!/usr/bin/env bash
# allocate-volumes.sh VM: makes each of $volumes, a JSON list, and prints their paths.
set -euo pipefail
source ./ops/vm-boot/state.sh

mkdir -p "$state/$1/volumes"
for volume in $(tr -d '[]",' <<< "${volumes//,/ }"); do
  echo "unformatted" > "$state/$1/volumes/$volume"
  echo "$state/$1/volumes/$volume"
done
