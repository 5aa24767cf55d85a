#!/usr/bin/env bash
# build.sh VERSION: makes an image and pushes it to the registry.
set -euo pipefail
source ./ops/deploy/state.sh

echo "building $1"
mkdir -p "$state/images"
echo "version $1" > "$state/images/$(digest_of "$1")"
echo "pushed"
