import { isUuid } from "@calcom/lib/gate/text";
import { type HostId, readHostId } from "../../types/host-id";
import { type PersonKey, personKeySchema } from "../../types/people";

/** What somebody has typed or pasted to look a person up. */
export type Typed =
  | { kind: "nothing" }
  | { kind: "key"; key: PersonKey }
  /** A bare number: a user's, or a team's. */
  | { kind: "number"; id: HostId }
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
    id: readHostId(id),
  });
  if (named.success) return { kind: "key", key: named.data };
  if (/^[1-9]\d{0,18}$/.test(typed)) return { kind: "number", id: readHostId(typed) };
  return /^\S+@\S+$/.test(typed) ? { kind: "email", email: typed } : { kind: "name", text: typed };
}
