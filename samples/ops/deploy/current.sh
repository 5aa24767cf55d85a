#!/usr/bin/env bash
# current.sh --json: prints what each stage runs; nothing is an empty text.
set -euo pipefail
source ./ops/deploy/state.sh

canary="$(cat "$state/canary" 2> /dev/null || true)"
production="$(cat "$state/production" 2> /dev/null || true)"
printf '{"canary": "%s", "production": "%s"}\n' "$canary" "$production"
