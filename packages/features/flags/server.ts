import "server-only";
import { database } from "@calcom/prisma";
import { requireAdmin } from "../auth/server";
import { experiments, experimentsAdmin } from "../experiments/server";
import { FlagOverridesRepository } from "./flag-overrides.repository";
import { FlagsRepository } from "./flags.repository";
import { FlagsAdminService, FlagsService } from "./flags.service";

export { FlagError, type FlagErrorCode } from "./errors";
export type { FlagsAdminService, FlagsService } from "./flags.service";

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
