import "server-only";
import { logger } from "@calcom/lib/logger";
import { Timer } from "@calcom/lib/timer";
import { database } from "@calcom/prisma";
import { requireAdmin } from "../auth/server";
import { experiments, experimentsAdmin } from "../experiments/server";
import { FlagOverridesRepository } from "./flag-overrides.repository";
import { FlagsRepository } from "./flags.repository";
import { FlagsAdminService, FlagsService } from "./flags.service";
import { requirePlainFlag } from "./require-plain-flag";
import { DueChangesRepository } from "./schedule/due-changes.repository";
import { FlagScheduleRepository } from "./schedule/schedule.repository";
import { FlagScheduleService } from "./schedule/schedule.service";
import { FlagScheduleRunner, type FlagStep } from "./schedule/schedule-runner";

export { FlagError, type FlagErrorCode } from "./errors";
export type { FlagsAdminService, FlagsService } from "./flags.service";
export type { FlagStep } from "./schedule/schedule-runner";

export function flags(): FlagsService {
  return new FlagsService(new FlagsRepository(database()), experiments());
}

export function flagsAdmin(): FlagsAdminService {
  return new FlagsAdminService(
    new FlagsRepository(database()),
    new FlagOverridesRepository(database()),
    requireAdmin,
    experimentsAdmin().lifecycle,
  );
}

/** What is planned for flags, for administrators. */
export function flagSchedule(): FlagScheduleService {
  const plain = new FlagsRepository(database());
  return new FlagScheduleService(new FlagScheduleRepository(database()), requireAdmin, (slug) =>
    requirePlainFlag(plain, slug),
  );
}

// Next keeps several instances of this module in one process, and one timer is enough.
const shared = globalThis as typeof globalThis & { calcomFlagSchedule?: Scheduled | undefined };
interface Scheduled {
  runner: FlagScheduleRunner;
  timer: Timer;
}

/** The most by which a planned change may be late. */
const SCHEDULE_MS = 10_000;

function scheduled(): Scheduled {
  if (shared.calcomFlagSchedule !== undefined) return shared.calcomFlagSchedule;
  const due = new DueChangesRepository(database());
  const runner = new FlagScheduleRunner({ due, requireAdmin, log: logger });
  shared.calcomFlagSchedule = { runner, timer: new Timer(() => runner.runDue(), SCHEDULE_MS) };
  return shared.calcomFlagSchedule;
}

/** Carries out what is planned as it falls due; a server calls it once, when it starts. */
export function startFlagSchedule(): void {
  scheduled().timer.start();
}

/** Finishes what is under way. */
export async function stopFlagSchedule(): Promise<void> {
  await shared.calcomFlagSchedule?.timer.close();
}

/** The same once, for a host whose processes are frozen between requests. */
export function runFlagSchedule(): Promise<FlagStep[]> {
  return scheduled().runner.runDue();
}
