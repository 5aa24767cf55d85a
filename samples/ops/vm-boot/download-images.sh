#!/usr/bin/env bash
# download-images.sh VM: gets the image from one of $image_locations, and prints its path.
set -euo pipefail
source ./ops/vm-boot/state.sh

mkdir -p "$state/$1"
echo "half of the image" > "$state/$1/image"
if [[ "$TFGRAPH_ATTEMPT" == 1 ]]; then
  echo "the connection was lost" >&2
  exit 1
fi
echo "the image, one of $image_locations" > "$state/$1/image"
echo "$state/$1/image"
