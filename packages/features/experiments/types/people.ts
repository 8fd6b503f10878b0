import { hostId, number } from "@calcom/lib/gate/numbers";
import { isUuid, text } from "@calcom/lib/gate/text";
import type { Json } from "@calcom/lib/json";
import { z } from "zod";
import type { Decision } from "./answers";
import type { DecidingRule } from "./deciding-rule";
import type { HostId } from "./host-id";
import { searchSchema } from "./names";
import type { Status, Unit } from "./settings";

const visitorIdSchema = text(36).refine(isUuid, "Enter the visitor’s full ID.").toLowerCase();

export const personKeySchema = z.discriminatedUnion("unit", [
  z.strictObject({ unit: z.literal("user"), id: hostId }),
  z.strictObject({ unit: z.literal("team"), id: hostId }),
  z.strictObject({ unit: z.literal("visitor"), id: visitorIdSchema }),
]);
export type PersonKey = z.infer<typeof personKeySchema>;

export const PERSON_SHOWS = ["all", "assigned", "unassigned", "flags"] as const;
export type PersonShow = (typeof PERSON_SHOWS)[number];

export const personQuestionSchema = z.object({
  person: personKeySchema,
  /** In slugs and names of experiments and flags. */
  search: searchSchema.default(""),
  show: z.enum(PERSON_SHOWS).default("all"),
  page: number().int().min(1).max(1_000).default(1),
});
export type PersonQuestion = z.infer<typeof personQuestionSchema>;

export const PERSON_PAGE = 50;

/** What a role lets its holder know of somebody. */
export interface SeenPerson {
  unit: Unit;
  id: string;
  /** Null where the role hides it, and of visitors. */
  name: string | null;
  /** An e-mail address, masked where the role hides it, or the slug of a team; null of visitors. */
  detail: string | null;
  isMasked: boolean;
  /** The user who signed in with a visitor's browser. */
  userId: HostId | null;
  teams: { id: HostId; name: string }[];
  areMoreTeams: boolean;
  visitorIds: string[];
}

/** How often, and when, an event of one subject was recorded. */
export interface PersonConversion {
  event: string;
  times: number;
  first: Date;
  last: Date;
}

export interface PersonEntry {
  slug: string;
  name: string;
  kind: "experiment" | "flag";
  status: Status;
  /** Before the start or after the end: the flag that it was is turned off. */
  isTurnedOff: boolean;
  /** Of a flag its type, as the application names it; null of an experiment. */
  flagType: string | null;
  /** Whose answer it is: a user has that of each of their teams too. */
  subject: { unit: Unit; id: string | null; name: string | null };
  variants: string[];
  control: string;
  decision: Decision;
  /** False where the variant would be drawn. */
  isVariantKnown: boolean;
  rule: DecidingRule;
  /** The row; null where there is none, and all of this is what would be. */
  assigned: { variant: string; at: Date; exposedAt: Date | null } | null;
  /** Since when it is decided like that; null where nobody knows. */
  since: Date | null;
  /** The facts that its targeting reads, as they are now. */
  facts: Record<string, Json>;
  /** Those that may stand beside a variant. */
  conversions: PersonConversion[];
  /** Whether there may be others, which nobody is told yet. */
  isWithheld: boolean;
}

export interface PersonEvent {
  at: Date;
  slug: string;
  name: string;
  what: { kind: "assigned" | "exposed"; variant: string } | { kind: "converted"; event: string };
}

export interface PersonLook {
  person: SeenPerson;
  entries: PersonEntry[];
  /** On all pages. */
  total: number;
  /** The latest first. */
  timeline: PersonEvent[];
  /** Whether there may be conversions that it keeps back. */
  isTimelineWithheld: boolean;
}
