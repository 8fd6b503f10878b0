import type { PersonLook } from "../types/people";
import { maskEmail, maskFacts, shortId } from "../utils/mask";
import type { StoredPerson } from "./people.repository";

/** All of it, as editors see it. */
export function seen(person: StoredPerson): PersonLook["person"] {
  const { unit, id, name, detail, userId, teams, areMoreTeams, visitorIds } = person;
  const isUser = unit === "user";
  return {
    unit,
    id,
    name,
    detail,
    isMasked: false,
    userId: isUser ? null : userId,
    teams: isUser ? teams : [],
    areMoreTeams,
    visitorIds: isUser ? visitorIds : [],
  };
}

/** What viewers see: nothing by which a customer can be learned who was not known before. */
export function mask(look: PersonLook): PersonLook {
  const { person, entries } = look;
  const isTeam = person.unit === "team";
  return {
    ...look,
    person: {
      ...person,
      // Teams have names for viewers everywhere.
      name: isTeam ? person.name : null,
      detail: isTeam || person.detail === null ? person.detail : maskEmail(person.detail),
      isMasked: !isTeam,
      // Whose browser it is stays with those who may see customers.
      userId: null,
      visitorIds: [],
    },
    entries: entries.map((entry) => ({
      ...entry,
      subject: {
        ...entry.subject,
        id:
          entry.subject.unit === "visitor" && entry.subject.id !== null
            ? shortId(entry.subject.id)
            : entry.subject.id,
      },
      facts: maskFacts(entry.facts),
    })),
  };
}
