import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

export interface PortOwner {
  readonly pid: number;
  readonly name: string;
}

/** Which process listens on a TCP port, where the system tells (a process of another user often stays unknown). */
export function ownerOfPort(port: number): PortOwner | undefined {
  try {
    if (process.platform === 'linux') return ownerOnLinux(port);
    if (process.platform === 'darwin') return ownerByLsof(port);
  } catch {
    // No rights, no lsof, or the process went away while looking: the message does without.
  }
  return undefined;
}

/** /proc/net/tcp names the socket's inode, /proc/PID/fd who has it open (proc_net(5), proc_pid_fd(5)). */
function ownerOnLinux(port: number): PortOwner | undefined {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listenersIn(table, port)));
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (socketsOf(pid).some((inode) => inodes.has(inode))) {
      return { pid: Number(pid), name: path.basename(readlinkSync(`/proc/${pid}/exe`)) };
    }
  }
  return undefined;
}

function listenersIn(table: string, port: number): string[] {
  const listening = '0A';
  const rows = readFileSync(table, 'utf8').trim().split('\n').slice(1);
  return rows.flatMap((row) => {
    const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
    const isIt = state === listening && Number.parseInt(local?.split(':').at(-1) ?? '', 16) === port;
    return isIt && inode !== undefined ? [inode] : [];
  });
}

/** None for another user's process, or one that has ended. */
function socketsOf(pid: string): string[] {
  const folder = `/proc/${pid}/fd`;
  return whereReadable(() => readdirSync(folder), []).map((fd) => {
    const target = whereReadable(() => readlinkSync(path.join(folder, fd)), '');
    return /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '';
  });
}

function whereReadable<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise; // /proc changes while it is read, and hides what is not ours
  }
}

/** `-Fpc` prints a line `p<pid>` and a line `c<name>`. */
function ownerByLsof(port: number): PortOwner | undefined {
  const text = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const pid = /^p(\d+)$/m.exec(text)?.[1];
  const name = /^c(.+)$/m.exec(text)?.[1];
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name };
}
