#!/usr/bin/env bash
# slurm.sh PROGRAM FOLDER: the scripts of examples/slurm on a Slurm of one node, started here on the loopback: an array of
# shards, look by look; ranks by srun; a shard and a run on ranks that are requeued. All have the bytes of one process.
# Skipped where Slurm is absent or may not be started.
set -uo pipefail
program=$1
work=$(readlink -m "$2")
here=$(dirname "$(readlink -f "$0")")
scripts=$here/../../examples/slurm
. "$here/study.sh"
fail() { echo "$0: $*" >&2; exit 1; }
skip() { echo "skipped: $*"; exit 0; }
for tool in slurmctld slurmd sbatch srun scontrol munged mungekey; do
  command -v $tool >/dev/null || skip "there is no $tool (apt-get install slurm-wlm munge)"
done
[ "$(id -u)" -eq 0 ] || skip "Slurm's daemons are started by root alone"
rm -rf "$work"
mkdir -p "$work"/{state,spool,log,bin}
ln -s "$program" "$work/bin/fisherlab"
export PATH="$work/bin:$PATH" SLURM_CONF="$work/slurm.conf"

host=$(hostname -s)
mungekey --create --keyfile="$work/munge.key"
munged --force --socket="$work/munge.socket" --key-file="$work/munge.key" --pid-file="$work/munged.pid" \
  --log-file="$work/log/munged" --seed-file="$work/munge.seed" >"$work/log/munge.txt" 2>&1 ||
  skip "munged does not start: $(tail -n 1 "$work/log/munge.txt")"
cat >"$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=26817
SlurmdPort=26818
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/log/slurmctld
SlurmdLogFile=$work/log/slurmd
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MpiDefault=none
ReturnToService=2
KillWait=20
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:4
CONF
end() {
  for daemon in slurmd slurmctld munged; do
    [ -f "$work/$daemon.pid" ] && kill "$(cat "$work/$daemon.pid")" 2>/dev/null
  done
}
trap end EXIT
slurmctld -f "$SLURM_CONF" && slurmd -f "$SLURM_CONF" || skip "Slurm does not start: $(tail -n 1 "$work"/log/slurm*)"
for try in $(seq 50); do
  sinfo -h -o %t 2>/dev/null | grep idle >/dev/null && break
  sleep 0.2
done
sinfo -h -o %t | grep idle >/dev/null || skip "the node does not come up: $(tail -n 1 "$work/log/slurmd")"

cd "$work" || fail "no $work"
write_study study.toml
fisherlab verify study.toml --seed 3 --quiet --out whole >whole.txt 2>&1
code=$?
"$scripts/looks.sh" study.toml 3 3 merged >merged.txt 2>&1
now=$?
[ $now -eq $code ] || fail "the shards ended with $now: $(cat merged.txt shard-*.log)"
same_run whole merged || fail "the merged run differs"
echo "an array of 3 shards, $(ls -d reports-look-*-shard-1-of-3 | wc -l) looks: the same bytes"

wait_for() { # JOB: until it is gone
  for try in $(seq 600); do
    [ -z "$(squeue -h -j "$1" 2>/dev/null)" ] && return
    sleep 0.2
  done
  fail "job $1 does not end: $(squeue)"
}
# requeued JOB FILE: told to stop while it runs, as by preemption, it goes on when Slurm starts it again.
requeue() {
  for try in $(seq 100); do [ -e "$2" ] && break; sleep 0.1; done
  [ -e "$2" ] || fail "job $1 saves nothing"
  scontrol requeue "$1" || fail "job $1 is not requeued"
  wait_for "$1"
}
write_study study.toml 0.00004
sed -i 's/^replicates.*/replicates = 4194304/; s/^max_replicates.*/max_replicates = 8388608/' study.toml
fisherlab verify study.toml --seed 3 --quiet --out long >long.txt 2>&1
code=$?
job=$(sbatch --parsable --array=1-1 "$scripts/shards.sbatch" study.toml 3 1 cut) || fail "no job"
requeue "${job}_1" reports-look-1-shard-1-of-1/checkpoint.bin
grep -q -- '--resume goes on' "shard-$job-1.log" || fail "the shard was not told to stop: $(cat "shard-$job-1.log")"
fisherlab merge cut reports-look-1-shard-1-of-1 --quiet >cut.txt 2>&1
[ $? -eq 3 ] || fail "the requeued shard: $(cat cut.txt "shard-$job-1.log")"
fisherlab verify study.toml --seed 3 --quiet --out cut --resume >cut.txt 2>&1
[ $? -eq $code ] || fail "the requeued shard: $(cat cut.txt)"
same_run long cut || fail "a requeued shard differs"
echo "a shard that was requeued: the same bytes"

ldd "$program" | grep libmpi >/dev/null || { echo "srun is not tried: the program is built without MPI"; exit 0; }
srun --mpi=list 2>&1 | grep pmix >/dev/null || { echo "srun is not tried: this Slurm has no PMIx"; exit 0; }
export OMPI_MCA_btl=self,vader,tcp
job=$(sbatch --parsable --ntasks=3 --overcommit "$scripts/ranks.sbatch" study.toml 3 ranks) || fail "no job"
requeue "$job" ranks/checkpoint.bin
same_run long ranks || fail "ranks differ: $(cat "ranks-$job.log")"
grep -q 'with --resume goes on there' "ranks-$job.log" || fail "the ranks were not told to stop: $(cat "ranks-$job.log")"
echo "3 ranks by srun that were requeued: the same bytes"
