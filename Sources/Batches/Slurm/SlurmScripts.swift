import Wording

/// The scripts that Slurm runs. They stand beside the shards, to be read, and to be submitted by hand.
extension SlurmJobs {
  /// Computes one shard in each task of an array.
  var arrayScript: String {
    """
    #!/usr/bin/env bash
    # One shard of a batch of Chokepoint in each task of a job array. Written anew by every
    # `chokepoint run --executor slurm`, which submits the shards that are missing. By hand:
    #   sbatch --array="$(chokepoint status DIR --missing)" DIR/shards/array.sh
    \(options(name: name, log: "%A_%a", "requeue", "signal=B:USR1@120"))
    \(yours(choices.options))
    set -uo pipefail

    # The program keeps what is done when it is told to end (SIGTERM), and exits 75. Slurm sends
    # SIGTERM to all processes of a task, so that there is nothing to hand on; to this script alone it
    # sends SIGUSR1, as long before the end of the task's time as --signal says above.
    work= is_told= is_late=
    trap 'is_told=yes' TERM
    trap 'is_told=yes is_late=yes; [[ -z $work ]] || kill -TERM "$work"' USR1

    \(ShellWord.quoted(program)) run --shard auto \\
      --output \(ShellWord.quoted(folder.path)) \\
      --threads "${SLURM_CPUS_PER_TASK:-1}"\(shardWords) &
    work=$!
    [[ -z $is_late ]] || kill -TERM "$work"

    # A signal ends the waiting, not the work.
    while :; do
      is_told=
      wait "$work"
      status=$?
      [[ -n $is_told ]] || break
    done

    # Out of time with something done: back into the queue, to go on from there. Each round computes a
    # block at least, so there is an end to it.
    if [[ $status == 75 && -n $is_late ]]; then
      echo "time is up: back into the queue"
      scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" && sleep 60
    fi
    exit "$status"

    """
  }

  /// Puts the shards together.
  var mergeScript: String {
    """
    #!/usr/bin/env bash
    # Puts the shards of a batch of Chokepoint together when all of them are done, and refuses while one
    # is missing. Written anew by every `chokepoint run --executor slurm`. Needs no cluster:
    #   chokepoint merge DIR
    \(options(name: mergeName, log: "%j-merge"))
    \(yours([choices.options, choices.mergeOptions].filter { !$0.isEmpty }.joined(separator: " ")))

    exec \(ShellWord.quoted(program)) merge \(ShellWord.quoted(folder.path)) \\
      --threads "${SLURM_CPUS_PER_TASK:-1}"\(force ? " --force" : "")

    """
  }

  private func options(name: String, log: String, _ further: String...) -> String {
    let threads = choices.threads.map { ["cpus-per-task=\($0)"] } ?? []
    let lines =
      ["job-name=\(name)", "output=\"\(folder.logsPath)/\(log).log\"", "open-mode=append"]
      + further + threads
    return lines.map { "#SBATCH --\($0)" }.joined(separator: "\n")
  }

  /// The options of the user, who has the last word.
  private func yours(_ options: String) -> String {
    options.isEmpty
      ? "# No options of yours: --slurm-options takes them." : "# Yours:\n#SBATCH \(options)"
  }

  private var shardWords: String { choices.shardWords.map { " \(ShellWord.quoted($0))" }.joined() }
}
