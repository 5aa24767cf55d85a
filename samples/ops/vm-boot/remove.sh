#!/usr/bin/env bash
# remove.sh VM PART: takes a part of the machine away, and the machine with its last part.
set -euo pipefail
source ./ops/vm-boot/state.sh

rm -rf "$state/${1:?}/${2:?}"
rmdir "$state/$1" 2> /dev/null || true   # other parts may be left
