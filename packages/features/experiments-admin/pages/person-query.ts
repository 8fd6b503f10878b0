import {
  PERSON_SHOWS,
  type PersonKey,
  type PersonShow,
  personKeySchema,
  readHostId,
  searchSchema,
} from "@calcom/features/experiments/types";
import { emailSchema } from "@calcom/lib/gate/text";

export interface PersonQuery {
  /** The person that is looked up; null if the address names none. */
  person: PersonKey | null;
  /** By which another tool has linked here. It is read once, and never kept in an address. */
  email: string | null;
  search: string;
  show: PersonShow;
}

/** Reads the address of the page. Parameters that cannot be read are ignored. */
export function readPersonQuery(params: URLSearchParams): PersonQuery {
  const keys = [
    { unit: "user", id: readHostId(params.get("user") ?? params.get("id") ?? "") },
    { unit: "team", id: readHostId(params.get("team") ?? "") },
    { unit: "visitor", id: params.get("visitor") },
  ];
  const [person = null] = keys.flatMap((key) => personKeySchema.safeParse(key).data ?? []);
  return {
    person,
    email: person === null ? (emailSchema.safeParse(params.get("email")).data ?? null) : null,
    search: searchSchema.safeParse(params.get("search")).data ?? "",
    show: PERSON_SHOWS.find((show) => show === params.get("show")) ?? "all",
  };
}

/** The address without what is not asked for: "" or "?user=12&show=flags". */
export function writePersonQuery({ person, search, show }: Omit<PersonQuery, "email">): string {
  const params = new URLSearchParams();
  if (person !== null) params.set(person.unit, String(person.id));
  if (search !== "") params.set("search", search);
  if (show !== "all") params.set("show", show);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** The text to show in the search field for a query. A number is taken for a user, and a UUID for a browser, so only other ids name their unit. */
export function typedFor({ person, email }: Pick<PersonQuery, "person" | "email">): string {
  if (person === null) return email ?? "";
  const { unit, id } = person;
  const isEnough = unit === "visitor" || (unit === "user" && /^\d+$/.test(String(id)));
  return isEnough ? String(id) : `${unit}:${id}`;
}

/** Errors that the reader can fix, or that pass: the page shows them next to its form instead of failing. */
const MENDABLE: ReadonlySet<string> = new Set(["not_found", "invalid_id", "rate_limited"]);

export function isMendable(code: string | null): boolean {
  return code !== null && MENDABLE.has(code);
}
