#!/usr/bin/env bash
# write-net-settings.sh VM: writes $ips, $gateway and $netmask to the machine's disk.
set -euo pipefail
source ./ops/vm-boot/state.sh

echo "addresses $ips gateway $gateway netmask $netmask" > "$state/$1/network.conf"
