#!/usr/bin/env bash
# set-image.sh STAGE DIGEST [REPLICAS]: has a stage run an image.
set -euo pipefail
source ./ops/deploy/state.sh

stage="$1" digest="$2" replicas="${3:-1}"
echo "$digest x$replicas" > "$state/$stage"
if [[ "$stage" == canary && "$TFGRAPH_ATTEMPT" == 1 ]]; then
  echo "the canary does not answer" >&2
  exit 1
fi
fail_if_asked
echo "$stage runs $digest x$replicas"
