export const ROLES = ["viewer", "editor", "admin"] as const;
/** Of an experiment, beside the administrator of the application. */
export type Role = (typeof ROLES)[number];

/** What an experiment's page offers to each role, as buttons and in its menu. */
export const offered: Record<"draft" | "running", Record<Role, string[]>> = {
  draft: {
    viewer: [],
    editor: ["Edit", "Start experiment…", "Duplicate…"],
    admin: ["Edit", "Start experiment…", "Archive…", "Duplicate…", "Delete…"],
  },
  running: {
    viewer: ["Report"],
    editor: ["Edit", "Pause", "Report", "Turn off…", "Duplicate…"],
    admin: ["Edit", "Pause", "Conclude…", "Report", "Turn off…", "Duplicate…", "Delete…"],
  },
};

export interface ApiStep {
  procedure: string;
  kind: "query" | "mutation";
  /** The least of the roles that may; the application stands for its administrator alone. */
  from: Role | "application";
  input?: (experiment: { slug: string; version: number }, own: { flag: string; email: string }) => unknown;
}

const query = (from: ApiStep["from"], procedure: string, input?: ApiStep["input"]): ApiStep => ({
  procedure,
  kind: "query",
  from,
  ...(input && { input }),
});
const mutation = (from: ApiStep["from"], procedure: string, input: ApiStep["input"]): ApiStep => ({
  procedure,
  kind: "mutation",
  from,
  ...(input && { input }),
});
const bySlug = ({ slug }: { slug: string }) => ({ slug });
const action = (name: string) => (experiment: object) => ({ ...experiment, action: name });

/** The least that an experiment needs to start. */
export const aDraftOf = (slug: string) => ({
  slug,
  name: slug,
  control: "control",
  variants: [
    { name: "control", percentage: 50 },
    { name: "treatment", percentage: 50 },
  ],
  clientEvents: ["done"],
});

/** Every step of a life by the API, in an order in which whoever may take all of them comes to its end. */
export const apiSteps: ApiStep[] = [
  query("viewer", "list"),
  query("viewer", "calendar", () => ({ month: "2026-06", months: 12 })),
  query("viewer", "get", bySlug),
  query("viewer", "stats", bySlug),
  query("viewer", "feed", bySlug),
  query("viewer", "activity", bySlug),
  query("viewer", "audience.startChecklist", bySlug),
  mutation("viewer", "exportActivity", bySlug),
  mutation("editor", "create", ({ slug }) => aDraftOf(`${slug}-new`)),
  mutation("editor", "updateConfig", (experiment) => ({ ...experiment, patch: { hypothesis: "Mine" } })),
  mutation("editor", "updateStatus", action("start")),
  mutation("editor", "updateStatus", action("pause")),
  mutation("editor", "updateStatus", action("resume")),
  mutation("editor", "updateStatus", action("turn_off")),
  mutation("editor", "updateStatus", action("turn_on")),
  mutation("editor", "duplicate", ({ slug }) => ({ slug, newSlug: `${slug}-again`, name: "Again" })),
  mutation("viewer", "people.findByEmail", (_experiment, { email }) => ({ email })),
  query("viewer", "results.get", bySlug),
  query("viewer", "results.range", ({ slug }) => ({ slug, range: { from: "2026-01-01", to: "2026-12-31" } })),
  query("viewer", "results.metrics"),
  query("viewer", "metrics.list"),
  query("viewer", "metrics.sources"),
  query("viewer", "metrics.history", () => ({ key: "upgrade", unit: "user" })),
  mutation("editor", "metrics.create", ({ slug }) => ({
    key: `${slug}-metric`,
    definition: { kind: "conversion", name: "Done", source: { from: "events", events: ["done"] } },
  })),
  query("viewer", "checklist.list"),
  mutation("viewer", "results.refresh", bySlug),
  mutation("viewer", "results.exportCsv", bySlug),
  mutation("viewer", "results.exportJson", bySlug),
  query("admin", "results.previewEnd", bySlug),
  mutation("admin", "results.lookEarly", bySlug),
  mutation("viewer", "reports.export", bySlug),
  mutation("editor", "reports.mintLink", ({ slug }) => ({ slug, days: 1 })),
  query("editor", "reports.listLinks", bySlug),
  mutation("admin", "conclude", (experiment) => ({ ...experiment, winnerVariant: "treatment" })),
  mutation("admin", "takeBackWinner", (experiment) => experiment),
  mutation("admin", "updateStatus", action("archive")),
  mutation("admin", "delete", ({ slug, version }) => ({ slug, version, confirmSlug: slug })),
  query("application", "flagMigration.plan", (_experiment, { flag }) => ({ slug: flag, unit: "user" })),
  mutation("application", "flagMigration.convert", (_experiment, { flag }) => ({
    slug: flag,
    unit: "user",
    version: 1,
  })),
  query("admin", "members"),
  mutation("admin", "setRole", (_experiment, { email }) => ({ email, role: "viewer" })),
];

export function mayTake(role: Role, { from }: ApiStep): boolean {
  return from !== "application" && ROLES.indexOf(role) >= ROLES.indexOf(from);
}
