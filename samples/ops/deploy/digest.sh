#!/usr/bin/env bash
# digest.sh VERSION: prints what the registry calls the image.
set -euo pipefail
source ./ops/deploy/state.sh

digest_of "$1"
