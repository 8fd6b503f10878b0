import fs from "node:fs";
import type { Fixture } from "../internals";

type Pool = Fixture["database"]["pool"];

/** The CPU time that the serving process and the database server have used so far, in milliseconds. */
export type CpuMeter = () => number;

/** Linux counts in hundredths of a second, whatever its own clock does. */
const MS_PER_TICK = 10;

/**
 * Reads it from /proc; null where there is none. What serves is the process `web`, or this one. What a statement costs the machine does not depend on who else is at
 * work on it, nor on how long its disk takes to flush.
 */
export async function meterCpu(pool: Pool, web?: number): Promise<CpuMeter | null> {
  const { rows } = await pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const server = rows[0] && readProcess(rows[0].pid)?.parent;
  if (server === undefined) return null;
  const isOfServer = ({ parent }: ProcessTimes) => parent === server;
  return () => {
    // Of processes that have ended, the server has the time of all together.
    let ticks =
      (readProcess(server)?.endedTicks ?? 0) + (web === undefined ? 0 : (readProcess(web)?.ticks ?? 0));
    for (const name of fs.readdirSync("/proc")) {
      const one = /^\d+$/.test(name) ? readProcess(Number(name)) : undefined;
      if (one && (isOfServer(one) || one.parent === web)) ticks += one.ticks;
    }
    const { user, system } = web === undefined ? process.cpuUsage() : NOTHING;
    return (user + system) / 1_000 + ticks * MS_PER_TICK;
  };
}

const NOTHING = { user: 0, system: 0 };

interface ProcessTimes {
  parent: number;
  ticks: number;
  endedTicks: number;
}

function readProcess(pid: number): ProcessTimes | undefined {
  let stat: string;
  try {
    stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    // Not Linux, or it is gone at this moment.
    return undefined;
  }
  // Behind its name, which may hold anything: proc(5) counts fields from 1, and the name is the second.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3]);
  return { parent: field(4), ticks: field(14) + field(15), endedTicks: field(16) + field(17) };
}
