import { hostId } from "@calcom/lib/gate/numbers";
import { MAX_ROW_ID } from "@calcom/lib/sql";

type HostId = number | string;

/** What the application's ids of people and teams are: an address has texts alone. */
export type IdKind = "number" | "string";

export function kindOf(id: HostId): IdKind {
  return typeof id === "number" ? "number" : "string";
}

/** The id that a part of an address names; null where it can be none. */
export function readId(written: string | null, kind: IdKind): HostId | null {
  if (written === null || written === "") return null;
  if (kind === "string") return hostId.safeParse(written).data ?? null;
  const id = Number(written);
  return Number.isInteger(id) && id >= 1 && id <= MAX_ROW_ID ? id : null;
}
