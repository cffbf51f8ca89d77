import { readFile, readdir, readlink } from 'node:fs/promises';

/** The ports of both ends of a connection on this machine, as the end that has opened it sees them. */
type Ends = { readonly local: number; readonly remote: number };

/** Which of the processes `pids` has opened the connection; null if none has it open any more. From Linux's /proc. */
export async function findOwner(ends: Ends, pids: readonly number[]): Promise<number | null> {
  const inode = await findInode(ends);
  if (inode === null) return null;
  for (const pid of pids) if (await hasSocket(pid, inode)) return pid;
  return null;
}

/** The columns of /proc/net/tcp: a number, the local address, the remote one, …, the inode as the tenth. */
async function findInode({ local, remote }: Ends): Promise<string | null> {
  const table = await readFile('/proc/net/tcp', 'utf8');
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (portOf(columns[1]) === local && portOf(columns[2]) === remote) return columns[9] ?? null;
  }
  return null;
}

/** An address is `0100007F:1F90`. */
function portOf(address = ''): number {
  return Number.parseInt(address.split(':')[1] ?? '', 16);
}

async function hasSocket(pid: number, inode: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const files = await readdir(folder).catch(() => []); // it may have ended
  const targets = await Promise.all(files.map((file) => readlink(`${folder}/${file}`).catch(() => null)));
  return targets.includes(`socket:[${inode}]`);
}
