import "server-only";
import { database } from "@calcom/prisma";
import { requireAdmin } from "../auth/server";
import { experiments, experimentsAdmin } from "../experiments/server";
import { createHostIds } from "../experiments/utils";
import { createFlags, type Flags } from "./create-flags";
import type { FlagsService } from "./flags.service";
import { createFlagProcedures } from "./procedures";
import type { FlagStep } from "./schedule/schedule-runner";

export { FlagError, type FlagErrorCode } from "./errors";
export type { FlagsService } from "./flags.service";
export type { FlagProcedures } from "./procedures";
export type { FlagStep } from "./schedule/schedule-runner";

function ofProcess(): Flags {
  return createFlags({
    database: database(),
    ids: createHostIds(),
    requireAdmin,
    // Asked for at each call: a process may close its module and open it again.
    former: {
      answerFlags: (...asked) => experiments().answerFlags(...asked),
      switchFlag: (...change) => experimentsAdmin().lifecycle.switchFlag(...change),
    },
    isAsked: true,
  });
}

export function flags(): FlagsService {
  return ofProcess().flags;
}

export function flagsAdmin(): Flags["admin"] {
  return ofProcess().admin;
}

/** What administrators ask, and what they change, over the flags of this process. */
export const flagProcedures = createFlagProcedures(ofProcess);

// Next keeps several instances of this module in one process, and one timer is enough.
const shared = globalThis as typeof globalThis & { calcomFlagSchedule?: Flags | undefined };

function scheduled(): Flags {
  shared.calcomFlagSchedule ??= ofProcess();
  return shared.calcomFlagSchedule;
}

/** Carries out what is planned as it falls due; a server calls it once, when it starts. */
export function startFlagSchedule(): void {
  scheduled().start();
}

/** Finishes what is under way. */
export async function stopFlagSchedule(): Promise<void> {
  await shared.calcomFlagSchedule?.close();
}

/** The same once, for a host whose processes are frozen between requests. */
export function runFlagSchedule(): Promise<FlagStep[]> {
  return scheduled().runner.runDue();
}
