import type { SinkEvent } from "./posthog-contract";

export interface SinkPerson {
  distinctIds: Set<string>;
  properties: Record<string, unknown>;
}

/**
 * The persons that PostHog would have after these events, in the order in which they came: `$identify` makes one of two,
 * `$set` writes what `$set_once` only fills in, and an event without a person profile makes nobody.
 */
export function personsOf(events: readonly SinkEvent[]): SinkPerson[] {
  const persons = new Set<SinkPerson>();
  const find = (id: string) => [...persons].find(({ distinctIds }) => distinctIds.has(id));
  const findOrMake = (id: string) => {
    const person = find(id) ?? { distinctIds: new Set([id]), properties: {} };
    persons.add(person);
    return person;
  };
  for (const { event, distinctId, properties } of events) {
    if (properties.$process_person_profile === false) continue;
    const person = findOrMake(distinctId);
    if (event === "$identify") {
      const anonymous = String(properties.$anon_distinct_id);
      const other = find(anonymous);
      if (other !== undefined && other !== person) {
        persons.delete(other);
        for (const id of other.distinctIds) person.distinctIds.add(id);
        person.properties = { ...other.properties, ...person.properties };
      }
      person.distinctIds.add(anonymous);
    }
    person.properties = {
      ...objectOf(properties.$set_once),
      ...person.properties,
      ...objectOf(properties.$set),
    };
  }
  return [...persons];
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
