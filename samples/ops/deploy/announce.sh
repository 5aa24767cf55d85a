#!/usr/bin/env bash
# announce.sh VERSION JSON: tells everybody what runs now.
set -euo pipefail
source ./ops/deploy/state.sh

echo "version $1 is out: $2" | tee -a "$state/announcements"
