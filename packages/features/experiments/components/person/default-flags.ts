import type { PersonEntry } from "../../types/people";
import type { PersonFilter } from "./PersonFilters";
import { isKillSwitch, isOn } from "./rule-words";

interface Split {
  /** What decides for this person. */
  first: PersonEntry[];
  /** Flags that nothing sets for them: they are what they are for everybody. */
  defaults: PersonEntry[];
}

/** What was searched for is not folded, nor is what would stand alone. A kill switch that stops something is no detail. */
export function splitDefaults(entries: readonly PersonEntry[], { search }: PersonFilter): Split {
  const isDefault = (entry: PersonEntry) =>
    entry.kind === "flag" && entry.rule.code === "flag_default" && !(isKillSwitch(entry) && isOn(entry));
  const first = entries.filter((entry) => !isDefault(entry));
  if (search !== "" || first.length === 0) return { first: [...entries], defaults: [] };
  return { first, defaults: entries.filter(isDefault) };
}
