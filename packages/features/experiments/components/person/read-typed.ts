import { isUuid } from "@calcom/lib/gate/text";
import { type PersonKey, personKeySchema } from "../../types/people";

/** What somebody has typed or pasted to look a person up. */
export type Typed =
  | { kind: "nothing" }
  | { kind: "key"; key: PersonKey }
  /** A bare number: a user's, or a team's. */
  | { kind: "number"; id: number }
  | { kind: "email"; email: string }
  | { kind: "name"; text: string };

/** Also takes an id as the tools show it, such as `user:12`. */
export function readTyped(text: string): Typed {
  const typed = text.trim();
  if (typed === "") return { kind: "nothing" };
  if (isUuid(typed)) return { kind: "key", key: { unit: "visitor", id: typed.toLowerCase() } };
  const [, unit = "", id = ""] = /^(user|team|visitor):(\S+)$/i.exec(typed) ?? [];
  const named = personKeySchema.safeParse({
    unit: unit.toLowerCase(),
    id: /^\d+$/.test(id) ? Number(id) : id,
  });
  if (named.success) return { kind: "key", key: named.data };
  const numbered = personKeySchema.safeParse({
    unit: "user",
    id: /^\d+$/.test(typed) ? Number(typed) : null,
  });
  if (numbered.success) return { kind: "number", id: Number(typed) };
  return /^\S+@\S+$/.test(typed) ? { kind: "email", email: typed } : { kind: "name", text: typed };
}
