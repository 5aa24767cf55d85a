#!/usr/bin/env bash
# format-volumes.sh VM: formats the machine's volumes.
set -euo pipefail
source ./ops/vm-boot/state.sh

for volume in "$state/$1/volumes"/*; do
  echo "formatted" > "$volume"
  echo "formatted $(basename "$volume")"
done
