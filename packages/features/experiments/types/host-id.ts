/** An id of a user or a team, as the host's database hands it out: a number of an `integer`, a text of everything else. */
export type HostId = number | string;

/** What the columns of ids may be. */
export const ID_TYPES = ["integer", "bigint", "uuid", "text"] as const;
export type IdType = (typeof ID_TYPES)[number];

/** What the ids of a host's users are, and those of its teams. */
export interface IdTypes {
  users: IdType;
  teams: IdType;
}

export const INTEGER_IDS: IdTypes = { users: "integer", teams: "integer" };

/** Longer ones are refused: an id stands in indexes, in logs and in announcements. */
export const MAX_ID_LENGTH = 255;

/**
 * The id in the one form in which the database hands it out, so that equal ids are equal values and have one hash. Null
 * for what no row can have as its id: the database would raise an error.
 */
export function parseHostId(type: IdType, id: unknown): HostId | null {
  switch (type) {
    case "integer": {
      const digits = digitsOf(id);
      return digits !== null && Number(digits) <= MAX_INTEGER ? Number(digits) : null;
    }
    case "bigint": {
      const digits = digitsOf(id);
      return digits !== null && BigInt(digits) <= MAX_BIGINT ? digits : null;
    }
    case "uuid":
      return typeof id === "string" && UUID.test(id) ? id.toLowerCase() : null;
    case "text":
      // Addresses and forms do not tell a number from a text of digits.
      return typeof id === "number" ? digitsOf(id) : typeof id === "string" && isOpaqueId(id) ? id : null;
  }
}

/** What somebody has typed, or an address says: which type ids have, the server knows. */
export function readHostId(written: string): HostId {
  return DIGITS.test(written) && Number.isSafeInteger(Number(written)) ? Number(written) : written;
}

const MAX_INTEGER = 2_147_483_647;
const MAX_BIGINT = 9_223_372_036_854_775_807n;
const DIGITS = /^[1-9][0-9]{0,18}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A number that is not exact is none: it may already be somebody else's. */
function digitsOf(id: unknown): string | null {
  const isExact = typeof id === "string" || typeof id === "bigint" || Number.isSafeInteger(id);
  return isExact && DIGITS.test(String(id)) ? String(id) : null;
}

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
function isOpaqueId(id: string): boolean {
  return id.length > 0 && id.length <= MAX_ID_LENGTH && !id.includes("\0") && id.isWellFormed();
}

/** In one order, whatever they are: shorter numbers first also where they are texts. */
export function compareHostIds(a: HostId, b: HostId): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [one, other] = [String(a), String(b)];
  const byLength = DIGITS.test(one) && DIGITS.test(other) ? one.length - other.length : 0;
  return byLength || (one < other ? -1 : Number(one > other));
}
