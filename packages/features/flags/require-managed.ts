import type { FlagAbilitiesRepository } from "./abilities.repository";
import { FlagError } from "./errors";

/** @throws FlagError `not_managed` where the application's own code says what flags mean */
export async function requireManaged(abilities: Pick<FlagAbilitiesRepository, "read">): Promise<void> {
  if (!(await abilities.read()).areManaged) throw notManaged();
}

export function notManaged(): FlagError {
  return new FlagError(
    "not_managed",
    "Your application reads these flags from its own tables. Make this change there.",
  );
}
