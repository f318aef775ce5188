#!/usr/bin/env bash
# A batch cut into shards and computed by GNU parallel, on this machine or on several.
#
#   examples/gnu-parallel.sh SCENARIO SHARDS DIR [OPTIONS OF PARALLEL...]
#   examples/gnu-parallel.sh scenarios/deepseek-r1.yaml 8 results --jobs 4
#   examples/gnu-parallel.sh scenarios/deepseek-r1.yaml 8 "$PWD/results" --sshloginfile nodes
#
# With --sshloginfile, DIR is a whole path to a folder that all nodes share, and `chokepoint` is on PATH
# there. Whatever ends it, the same command again computes what is missing and nothing twice. The
# results are the same bytes as those of `chokepoint run SCENARIO --output DIR`.
set -euo pipefail
scenario=${1:?SCENARIO is missing} shards=${2:?SHARDS is missing} folder=${3:?DIR is missing}
shift 3

chokepoint plan "$scenario" --shards "$shards" --output "$folder"

# Those that are missing, as 0,2-5; one line for each.
missing() {
  chokepoint status "$folder" --missing | tr , '\n' |
    while IFS=- read -r first last; do [[ -z $first ]] || seq "$first" "${last:-$first}"; done
}

# Told to end, a shard keeps what it has done; parallel gives it time for that, and tells it once.
missing | parallel --quote --halt soon,fail=1 --termseq TERM,60000,KILL,25 "$@" \
  chokepoint run --shard "{}/$shards" --output "$folder" --threads 1

chokepoint merge "$folder"
