# Read by the other scripts: where the pretended machines keep what they run.
# The folder is a sample's own; set SAMPLE_STATE to have it somewhere else.
state="${SAMPLE_STATE:-.sample-state}/deploy"
mkdir -p "$state"

# Fails if the run was asked to fail at this task.
fail_if_asked() {
  if [[ "${fail_at:-none}" == "$TFGRAPH_ATOM" ]]; then
    echo "$TFGRAPH_ATOM was asked to fail" >&2
    exit 1
  fi
}

# The image of a version that this run built.
digest_of() {
  printf '%s of run %s' "$1" "$TFGRAPH_RUN_ID" | cksum | sed 's/^\([0-9]*\) .*/crc-\1/'
}
