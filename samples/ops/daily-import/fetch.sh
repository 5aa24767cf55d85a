#!/usr/bin/env bash
# fetch.sh MIRROR DAY: gets the day's data with its checksum, and prints the path.
set -euo pipefail
source ./ops/daily-import/state.sh

archive="$state/archive-$2.csv"
printf '%s\n' eu,10 us,20 ap,30 eu,11 us,21 ap,31 us,22 > "$archive"
checksum="$(cksum < "$archive")"
if [[ "$1" == mirror-a ]]; then
  echo "eu,bro" >> "$archive"   # its file has been damaged
fi
echo "# checksum $checksum" >> "$archive"
echo "$archive"
