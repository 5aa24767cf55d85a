#!/usr/bin/env bash
# boot-it.sh VM IMAGE: starts the machine.
set -euo pipefail
source ./ops/vm-boot/state.sh

test -s "$2"
echo "up" > "$state/$1/running"
echo "$1 is up"
