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

/** The masked answer for viewers. It does not reveal customers whom they did not know already. */
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
      // Only people who may see customers learn whose browser it is.
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
