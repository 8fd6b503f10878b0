import { LookLimit } from "./admin/look-limit";
import { PeopleRepository } from "./admin/people.repository";
import { PeopleService } from "./admin/people.service";
import { PersonAnswers } from "./admin/person-answers";
import type { ReadableEventsService } from "./results/recount/readable-events.service";
import type { AccessService } from "./serve/access.service";
import type { AuditNotesRepository } from "./serve/audit-notes.repository";
import { AskableConfigsRepository } from "./serve/config/askable-configs.repository";
import type { ConfigCache } from "./serve/config/config-cache";
import type { FactsRepository } from "./serve/facts.repository";
import type { FlagRowsRepository } from "./serve/flag-rows.repository";
import type { Pool } from "./sql/runner";
import type { HostIds } from "./utils/host-ids";

export interface PeopleModuleParts {
  pool: Pool;
  access: AccessService;
  facts: FactsRepository;
  events: Pick<ReadableEventsService, "tell">;
  /** What this node has in memory of experiments and flags. */
  live: Pick<ConfigCache, "all">;
  ids: HostIds;
  clock: () => Date;
}

/** Joins what says of one person what they see, and why. */
export function createPeople(
  parts: PeopleModuleParts & { notes: AuditNotesRepository; flagRows: FlagRowsRepository },
): PeopleService {
  const people = new PeopleRepository(parts.pool);
  const askable = new AskableConfigsRepository(parts.pool);
  return new PeopleService({
    ...parts,
    people,
    answers: new PersonAnswers({ ...parts, askable, people }),
    limit: new LookLimit(() => parts.clock().getTime()),
  });
}
