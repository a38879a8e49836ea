#!/bin/bash
# A whole run in shards: looks.sh STUDY SEED K OUT. Each look is an array of K tasks, which are then merged; a further look
# is needed where `merge` ends with 3 and leaves a state. Ends with the exit code of the run. Submit it as a job of one
# core, or run it where the scheduler is reached.
set -uo pipefail
study=$1 seed=$2 shards=$3 out=$4
here=$(dirname "$(readlink -f "$0")")
for look in $(seq 60); do
  sbatch --wait --array="1-$shards" "${SBATCH_SCRIPT:-$here/shards.sbatch}" "$study" "$seed" "$look" "$out" || exit 3
  fisherlab merge "$out" "reports-look-$look-shard-"*"-of-$shards" --quiet
  code=$?
  [ $code -eq 3 ] && [ -e "$out/checkpoint.bin" ] || exit $code
done
