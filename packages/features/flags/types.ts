import { hostId, number } from "@calcom/lib/gate/numbers";
import { nameText, text, trimmedText } from "@calcom/lib/gate/text";
import { z } from "zod";
import type { HostId, Status } from "../experiments/types";
import { type Rollout, rolloutSchema } from "./rollout";
import type { ScheduleSummary } from "./schedule/types";
import { namedSlugSchema } from "./slugs";

export * from "./rollout";
export * from "./schedule/types";

/** In the order of the page: what is pulled in a hurry stands first. */
export const flagTypes = ["KILL_SWITCH", "OPERATIONAL", "RELEASE", "EXPERIMENT", "PERMISSION"] as const;
export type FlagType = (typeof flagTypes)[number];

/** What can be created and switched here; experiments have a lifecycle and an API of their own. */
export const plainFlagTypeSchema = z.enum(["RELEASE", "OPERATIONAL", "KILL_SWITCH", "PERMISSION"]);

// ─── What an admin may say ───────────────────────────────────────────────────

export const flagSlugSchema = nameText(64, "Use at most 64 characters.")
  .min(1, "Enter a slug.")
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    "Use lowercase letters, digits and single hyphens, such as new-booker.",
  );

export const flagInputSchema = z.strictObject({
  slug: flagSlugSchema,
  type: plainFlagTypeSchema,
  description: trimmedText(500, "Use at most 500 characters.").default(""),
});
export type FlagInput = z.infer<typeof flagInputSchema>;
/** What a form holds: the same before defaults are filled in. */
export type FlagFormValues = z.input<typeof flagInputSchema>;

const versionSchema = number().int().min(1);

export const flagSchema = z.strictObject({ slug: namedSlugSchema });

/**
 * The wanted state rather than a flip, so that repeating it, or two admins doing the same at once, changes nothing
 * more.
 */
export const setEnabledSchema = z.strictObject({
  slug: namedSlugSchema,
  enabled: z.boolean(),
  /** Of the flag that somebody saw: one that was changed since is not turned on. To turn off is a brake, and never refused. */
  version: versionSchema.optional(),
});
export type SetEnabledInput = z.infer<typeof setEnabledSchema>;
export const setStaleSchema = z.strictObject({
  slug: namedSlugSchema,
  stale: z.boolean(),
  /** Of the flag that somebody saw: one that was changed since is not marked. */
  version: versionSchema.optional(),
});
export type SetStaleInput = z.infer<typeof setStaleSchema>;

/** Null for everybody, and so is all of them. */
export const setRolloutSchema = z.strictObject({
  slug: namedSlugSchema,
  rollout: rolloutSchema.nullable(),
  /** For whom it was when somebody looked: a change that was made of anything else is refused. */
  before: rolloutSchema.nullable().optional(),
});
export type SetRolloutInput = z.infer<typeof setRolloutSchema>;

export const FLAGS_PER_PAGE = 50;
/** A flag that was not changed for this long has most likely been forgotten. */
export const STALE_AFTER_DAYS = 90;
export const flagListSchema = z.strictObject({
  /** Words that must all occur in slug, name or description. */
  search: trimmedText(100, "Use at most 100 characters to search.").default(""),
  /** Only flags that are marked as stale, or that were not changed for long. */
  onlyStale: z.boolean().default(false),
  /** Those for which something is planned, or was and was dropped. */
  onlyScheduled: z.boolean().default(false),
  page: number().int().min(1).max(100_000).default(1),
});
export type FlagListQuery = z.infer<typeof flagListSchema>;

export const subjectKindSchema = z.enum(["user", "team"]);
export type SubjectKind = z.infer<typeof subjectKindSchema>;

/** `inherit` has no row: the next level decides. `off` has one, and blocks what the next level says. */
export const overrideSchema = z.enum(["inherit", "on", "off"]);
export type Override = z.infer<typeof overrideSchema>;

export const assignSchema = z.strictObject({
  slug: namedSlugSchema,
  kind: subjectKindSchema,
  id: hostId,
  override: overrideSchema,
});
export type AssignInput = z.infer<typeof assignSchema>;

export const SUBJECTS_PER_PAGE = 25;
// Not strict, because clients of an infinite list send a direction as well.
export const subjectsSchema = z.object({
  slug: namedSlugSchema,
  kind: subjectKindSchema,
  /** Part of a name, an e-mail address or a team's slug. */
  search: trimmedText(100, "Use at most 100 characters to search.").default(""),
  onlyOverridden: z.boolean().default(false),
  limit: number().int().min(1).max(100).default(SUBJECTS_PER_PAGE),
  /** The end of the page before; no key where those without a name have begun. */
  cursor: z.strictObject({ key: text(1_000).nullable(), id: hostId }).nullish(),
});
export type SubjectsQuery = z.input<typeof subjectsSchema>;

/** A public question about many flags at once; none named means all of them. */
export const resolveSchema = z
  .strictObject({ slugs: z.array(namedSlugSchema).max(100).optional() })
  .default({});

// ─── Answers ─────────────────────────────────────────────────────────────────

/** The level that decided, the nearest that says anything. */
export type FlagSource = "user" | "team" | "organization" | "global";
export type InheritedSource = Exclude<FlagSource, "user"> | "rollout";

/**
 * The subject for whom a flag is resolved. If a team is given, only that team counts, and only if the user has joined
 * it.
 */
export interface FlagSubject {
  userId: HostId | null;
  teamId?: HostId | null;
  /** False where consent is needed and was not given: then a flag that became an experiment enrols nobody. */
  hasConsent?: boolean;
}

export interface FlagSummary {
  slug: string;
  type: FlagType;
  /** Of its row, for whoever changes it. */
  version: number;
  enabled: boolean;
  description: string;
  stale: boolean;
  /**
   * For how many days it has been on, or off, for everybody and unchanged, from `STALE_AFTER_DAYS` on; null before. Kill
   * switches and operational flags are meant to stay as they are, and experiments end.
   */
  unchangedDays: number | null;
  /** Null where an application that had flags before does not say. */
  updatedAt: Date | null;
  updatedBy: { id: HostId; name: string } | null;
  /** Null where it is on, or would be, for everybody. */
  rollout: Rollout | null;
  /** What happens to it at a time. */
  schedule: ScheduleSummary;
  /** How many users and teams have a row of their own. */
  overrides: { on: number; off: number };
  /** For an experiment, and for nothing else. */
  experiment: {
    name: string;
    status: Status;
    damage: string | null;
    /** The switch of the flag that it was; absent where it never was one. */
    flag?: {
      isOn: boolean;
      /** Whether settings of users and teams can be changed: not while it is under way, nor once there is a winner. */
      areRowsOpen: boolean;
    };
  } | null;
}

/** What can be done to flags besides switching them, by what the application has left to this module. */
export interface FlagAbilities {
  /** Whether their tables are this module's: no other code has flags in them. */
  areOwn: boolean;
  /**
   * Whether flags are created, deleted and rolled out here. They are not where code of the application's own reads its
   * own tables: it knows no shares, and may read rows of users and teams in another way.
   */
  areManaged: boolean;
  /** Whether settings of users and teams are written here: their tables must take a row that says no more than that. */
  areAssigned: boolean;
}

export interface FlagPage {
  abilities: FlagAbilities;
  items: FlagSummary[];
  /** How many the search finds, and how many there are. */
  total: number;
  overall: number;
  /** The page that was asked for, or the last one if that is beyond the end. */
  page: number;
}

export interface FlagSubjectRow {
  kind: SubjectKind;
  id: HostId;
  name: string;
  /** E-mail address, or the slug of the team. */
  detail: string;
  /** The organization that a team belongs to. */
  organizationName: string | null;
  isOrganization: boolean;
  override: Override;
  /** What applies without a row of its own, and which level says so. */
  inherited: {
    /** Null of a team where each of its members has it or not, by a rollout to users. */
    enabled: boolean | null;
    source: InheritedSource;
  };
}

export interface FlagSubjectPage {
  items: FlagSubjectRow[];
  nextCursor: { key: string | null; id: HostId } | null;
}
