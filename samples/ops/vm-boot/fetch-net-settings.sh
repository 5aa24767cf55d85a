#!/usr/bin/env bash
# fetch-net-settings.sh: says which settings belong to the addresses $ips.
set -euo pipefail

echo "settings for $ips"
{
  echo "gateway=10.0.0.1"
  echo "netmask=255.255.255.0"
} > "$TFGRAPH_OUTPUT"
