# Read by the other scripts: each pretended machine is a folder.
# The folder is a sample's own; set SAMPLE_STATE to have it somewhere else.
state="${SAMPLE_STATE:-.sample-state}/vm-boot"
mkdir -p "$state"
