#!/usr/bin/env bash
# verify.sh ARCHIVE: compares the data with its checksum, and prints the path if it is right.
set -euo pipefail

wanted="$(sed -n 's/^# checksum //p' "$1")"
found="$(grep -v '^#' "$1" | cksum)"
if [[ "$found" != "$wanted" ]]; then
  echo "the checksum should be $wanted, and is $found" >&2
  exit 1
fi
echo "$1"
