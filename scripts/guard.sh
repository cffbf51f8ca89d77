#!/bin/sh
# Runs a command that cannot outlive the process that started it, however that one ends.
#
# usage: guard.sh DIR_TO_REMOVE command [argument ...]
#   DIR_TO_REMOVE  removed after the starter's death; empty: nothing is removed
#   descriptor 3   a pipe that the starter holds open. A line on it stands the guard down;
#                  its end without a line means that the starter is dead, and kills the command.
#
# The command takes over this shell's process id (exec), so the starter's child is the command itself.
# The starter must give this shell a process group of its own (`detached: true` in node).
dir=$1
shift
(
  if ! read -r _ <&3; then
    kill -KILL $$
    sleep 0.2 # a killed process may still finish the write it was in
    if [ -n "$dir" ]; then rm -rf "$dir"; fi
    kill -KILL -- -$$ # what the command had started, and this guard itself
  fi
) </dev/null >/dev/null 2>&1 &
exec "$@" 3<&-
