#!/bin/sh
# Runs a command that is killed when the process that started it dies, however it dies.
#
# usage: die-with-parent.sh DIR_TO_REMOVE command [argument ...]
#   DIR_TO_REMOVE  is removed after the parent's death; empty: nothing is removed
#   descriptor 3   a pipe whose other end the parent holds open. Its end means that the parent is dead, and the
#                  command is killed. A line on it means that the command has ended, and the watcher ends.
#
# The command replaces this shell (exec), so the parent's child is the command itself.
# The parent must start this shell in a new process group (`detached: true` in Node).
dir=$1
shift
( # the watcher
  if ! read -r _ <&3; then
    kill -KILL $$
    sleep 0.2 # a killed process may still finish a write that has begun
    if [ -n "$dir" ]; then rm -rf "$dir"; fi
    kill -KILL -- -$$ # the command's own children, and this watcher
  fi
) </dev/null >/dev/null 2>&1 &
exec "$@" 3<&-
