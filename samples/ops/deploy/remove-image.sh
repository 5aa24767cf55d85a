#!/usr/bin/env bash
# remove-image.sh VERSION: takes the image out of the registry again.
set -euo pipefail
source ./ops/deploy/state.sh

rm -f "$state/images/$(digest_of "$1")"
rmdir "$state/images" 2> /dev/null || true   # other images may be left
