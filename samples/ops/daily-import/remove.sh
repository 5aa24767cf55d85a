#!/usr/bin/env bash
# remove.sh NAME: takes one thing away again.
set -euo pipefail
source ./ops/daily-import/state.sh

rm -rf "$state/${1:?}"
