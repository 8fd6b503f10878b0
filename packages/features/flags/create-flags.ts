import "server-only";
import { logger } from "@calcom/lib/logger";
import { Timer } from "@calcom/lib/timer";
import type { Pool } from "../experiments/sql";
import type { HostIds } from "../experiments/utils";
import { FlagAbilitiesRepository } from "./abilities.repository";
import type { RequireAdmin } from "./administrators";
import { FlagOverridesRepository } from "./flag-overrides.repository";
import { FlagsRepository } from "./flags.repository";
import { FlagsService, type FormerFlags } from "./flags.service";
import { FlagsAdminService, type FormerSwitches } from "./flags-admin.service";
import { requirePlainFlag } from "./require-plain-flag";
import { DueChangesRepository } from "./schedule/due-changes.repository";
import { FlagScheduleRepository } from "./schedule/schedule.repository";
import { FlagScheduleService } from "./schedule/schedule.service";
import { FlagScheduleRunner } from "./schedule/schedule-runner";

export interface FlagsParts {
  database: { pool: Pool };
  ids: HostIds;
  requireAdmin: RequireAdmin;
  /** What flags that became experiments answer, and how they are switched. */
  former: (FormerFlags & FormerSwitches) | null;
  /** Whether their tables may be another application's, whose type of flags is not known. */
  isAnyType?: boolean;
  /** Whether the application's code asks here. If not, it reads tables of its own. */
  isAsked: boolean;
}

/** The flags of a database. */
export interface Flags {
  flags: FlagsService;
  admin: FlagsAdminService;
  schedule: FlagScheduleService;
  runner: FlagScheduleRunner;
  /** Makes planned changes as they fall due. */
  start(): void;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

/** The most by which a planned change may be late. */
const SCHEDULE_MS = 10_000;

/** Joins repositories, rights and the experiments that were flags. */
export function createFlags(parts: FlagsParts): Flags {
  const { database, ids, requireAdmin, former, isAsked, isAnyType = false } = parts;
  const flags = new FlagsRepository(database, { isAnyType });
  const abilities = new FlagAbilitiesRepository(database, { isAsked });
  const due = new DueChangesRepository(database);
  const runner = new FlagScheduleRunner({ due, requireAdmin, log: logger });
  const timer = new Timer(() => runner.runDue(), SCHEDULE_MS);
  return {
    flags: new FlagsService(flags, former),
    admin: new FlagsAdminService({
      flags,
      overrides: new FlagOverridesRepository(database),
      abilities,
      requireAdmin,
      ids,
      former,
    }),
    schedule: new FlagScheduleService({
      schedule: new FlagScheduleRepository(database),
      abilities,
      requireAdmin,
      requirePlainFlag: (slug) => requirePlainFlag(flags, slug),
    }),
    runner,
    start: () => timer.start(),
    close: () => timer.close(),
  };
}
