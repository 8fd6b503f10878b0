import { logSecurity } from "@calcom/lib/security-log";
import { sentence } from "@calcom/lib/sentence";
import type { AccessService, Actor } from "../serve/access.service";
import type { AuditNotesRepository } from "../serve/audit-notes.repository";
import { ExperimentError } from "../types/errors";
import type { HostId } from "../types/host-id";
import type { PersonKey, PersonLook, PersonQuestion } from "../types/people";
import type { HostIds } from "../utils/host-ids";
import { shortId } from "../utils/mask";
import type { LookLimit } from "./look-limit";
import type { PeopleRepository, StoredPerson } from "./people.repository";
import type { PersonAnswers } from "./person-answers";
import { mask, seen } from "./seen-person";

export interface PeopleParts {
  access: Pick<AccessService, "authorize" | "may">;
  people: Pick<PeopleRepository, "find" | "findByEmail">;
  notes: Pick<AuditNotesRepository, "addPerson">;
  answers: PersonAnswers;
  limit: Pick<LookLimit, "take">;
  ids: HostIds;
}

/**
 * Says what somebody sees of every experiment and flag, and why. Whoever sees experiments may ask, by the whole id or
 * the whole address; of whom they look at they learn no more than `edit` lets them. Each look is recorded, and one actor has so many a minute.
 */
export class PeopleService {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /**
   * The id behind a whole address, and nothing else: looking comes after. Asking in vain goes to the security log.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `rate_limited`
   */
  async findByEmail(actor: Actor, email: string): Promise<{ id: HostId }> {
    const { access, people, limit } = this.#parts;
    const actorId = await access.authorize(actor, "view");
    limit.take(actorId);
    const id = await people.findByEmail(email);
    if (id !== null) return { id };
    logSecurity("person_not_found", { userId: actorId });
    throw new ExperimentError(
      "not_found",
      "No user has this email address. Check the spelling, or enter the ID.",
    );
  }

  /**
   * Answers for one user, team or visitor as deciding would right now, and writes nothing but that somebody looked.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `rate_limited`
   */
  async look(actor: Actor, question: PersonQuestion): Promise<PersonLook> {
    const { access, people, notes, answers, limit, ids } = this.#parts;
    const actorId = await access.authorize(actor, "view");
    limit.take(actorId);
    const key = readKey(ids, question.person);
    const [person, maySeeAll] = await Promise.all([people.find(key), access.may(actor, "edit")]);
    if (person === null) {
      logSecurity("person_not_found", { userId: actorId });
      throw noSuchPerson(key);
    }
    // Before anything is told; the pages and filters of one look are no others.
    await notes.addPerson(actorId, recordedId(person), { isFurther: isFurther(question) });
    const answered = { person: seen(person), ...(await answers.answer(person, question)) };
    return maySeeAll ? answered : mask(answered);
  }
}

function isFurther({ page, search, show }: PersonQuestion): boolean {
  return page > 1 || search !== "" || show !== "all";
}

/** What the log keeps: no address, and of a browser no more than tells it from others. */
function recordedId({ unit, id, userId, teams }: StoredPerson): PersonInLog {
  if (unit === "visitor") return { unit, id: shortId(id) };
  return { unit, id: (unit === "user" ? userId : teams[0]?.id) ?? id };
}

export type PersonInLog = { unit: PersonKey["unit"]; id: HostId };

/** @throws ExperimentError `invalid_id` */
function readKey(ids: HostIds, { unit, id }: PersonKey): PersonKey {
  return unit === "visitor" ? { unit, id } : { unit, id: ids[unit](id, "person.id") };
}

function noSuchPerson({ unit, id }: PersonKey): ExperimentError {
  const texts = {
    user: "There is no user with the ID {{id}}. Check the ID, or search again.",
    team: "There is no team with the ID {{id}}. Check the ID, or search again.",
    visitor: "Nothing is stored about a visitor with the ID {{id}}. Check the ID.",
  };
  return new ExperimentError("not_found", sentence(texts[unit], { id: String(id) }));
}
