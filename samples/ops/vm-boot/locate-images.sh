#!/usr/bin/env bash
# locate-images.sh IMAGE: prints where an image can be had, one place a line.
set -euo pipefail

echo "store-1/$1.img"
echo "store-2/$1.img"
