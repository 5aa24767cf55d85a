# Read by the other scripts: the pretended database is a folder.
# The folder is a sample's own; set SAMPLE_STATE to have it somewhere else.
state="${SAMPLE_STATE:-.sample-state}/daily-import"
mkdir -p "$state"
