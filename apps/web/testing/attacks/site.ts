import { hashPassword } from "@calcom/features/auth/server";
import type { Identity } from "@calcom/features/experiments/server";
import {
  createFixture,
  createTeam,
  createUser,
  type Fixture,
} from "@calcom/features/experiments/testing/database";

export const ROLES = ["anonymous", "user", "viewer", "editor", "admin"] as const;
export type Role = (typeof ROLES)[number];

const SESSION_ID = "6f1f9a52-93b8-4c5f-8f43-4fb1a0a4a222";
export const ORIGIN = "http://localhost:3000";

/** What is attacked: people of each role, a team of theirs, a flag, and experiments that are made anew where one is gone. */
export class Site {
  role: Role = "anonymous";
  readonly #fixture: Fixture;
  readonly #people: Record<Role, number | null>;
  readonly teamId: number;
  #draft = "";
  #names = 0;

  private constructor(fixture: Fixture, people: Record<Role, number | null>, teamId: number) {
    this.#fixture = fixture;
    this.#people = people;
    this.teamId = teamId;
  }

  static async open(connectionString: string): Promise<Site> {
    const fixture = await createFixture(connectionString);
    const { database, admin } = fixture;
    const [user, viewer, editor] = await Promise.all([1, 2, 3].map(() => createUser(database)));
    const people = { anonymous: null, user, viewer, editor, admin: admin.userId } as Record<
      Role,
      number | null
    >;
    for (const [role, userId] of [
      ["VIEWER", viewer],
      ["EDITOR", editor],
    ] as const)
      await database.prisma.experimentMember.create({ data: { userId: userId as number, role } });
    await database.prisma.user.updateMany({ data: { passwordHash: await hashPassword("a long password") } });
    const ids = Object.values(people).filter((id) => id !== null);
    const site = new Site(fixture, people, await createTeam(database, ids));
    await database.prisma.feature.create({ data: { slug: "a-flag", description: "A flag" } });
    return site;
  }

  get userId(): number | null {
    return this.#people[this.role];
  }

  /** The account as the session finds it. */
  async currentUser() {
    const { userId } = this;
    if (userId === null) return null;
    return this.#fixture.database.prisma.user.findUniqueOrThrow({
      where: { id: userId },
      select: { id: true, name: true, email: true, role: true },
    });
  }

  /** What the session's cookie would say. */
  sessionToken() {
    const { userId } = this;
    if (userId === null) return null;
    return {
      userId,
      sessionId: SESSION_ID,
      name: "Uma",
      email: "uma@test.example",
      expiresAt: Date.now() + 60_000,
    };
  }

  get identity(): Identity {
    const isAnonymous = this.userId === null;
    const visitorId = isAnonymous ? "6f1f9a52-93b8-4c5f-8f43-4fb1a0a4a111" : null;
    return { userId: this.userId, visitorId, isBot: false, hasConsent: true, address: "192.0.2.1" };
  }

  /** A name that nothing has yet. */
  newName(): string {
    return `attacked-${++this.#names}`;
  }

  /** A draft, and the flag: made again if an attack was right to delete them. */
  async target(): Promise<{ slug: string; version: number }> {
    const { prisma } = this.#fixture.database;
    const flag = await prisma.feature.findUnique({ where: { slug: "a-flag" } });
    if (flag?.type !== "RELEASE") await prisma.feature.create({ data: { slug: "a-flag" } }).catch(() => {});
    const row = await prisma.feature.findUnique({ where: { slug: this.#draft } });
    const { status } = (row?.metadata ?? {}) as { status?: string };
    if (row !== null && status === "draft") return { slug: row.slug, version: row.version };
    const { admin } = this.#fixture.module;
    const variants = ["control", "urgent"].map((name) => ({ name, percentage: 50 }));
    const slug = this.newName();
    const input = { slug, name: "Attacked", variants, control: "control", clientEvents: ["clicked"] };
    const { version } = await admin.editing.create(this.#fixture.admin, input as never);
    this.#draft = slug;
    return { slug, version };
  }

  /** Changes with everything that somebody has written. */
  async readState(): Promise<string> {
    const { rows } = await this.#fixture.database.pool.query<{ state: string }>(STATE);
    return rows[0]?.state ?? "";
  }

  query(text: string, values: unknown[] = []) {
    return this.#fixture.database.pool.query(text, values);
  }

  close(): Promise<void> {
    return this.#fixture.close();
  }
}

const TABLES = [
  "ExperimentVariant",
  "ExperimentConversion",
  "VisitorLink",
  "UserFeatures",
  "TeamFeatures",
  "ScheduledFlagChange",
  "Membership",
];
// That somebody has exported what they may see is a line in the log, and changes nothing.
const STATE = `SELECT concat_ws(' ', (SELECT max("id") FROM "AuditLog" WHERE "action" <> 'EXPORT'), (SELECT sum("version") FROM "Feature"),
  (SELECT md5(string_agg("email" || "name" || "role", ',' ORDER BY "id")) FROM "User"), (SELECT count(*) FROM "Team"),
  ${TABLES.map((table) => `(SELECT count(*) FROM "${table}")`).join(", ")}) AS state`;

/** What an input's keys mean on this site, so that a sample is accepted as long as nobody tampers with it. */
export async function knownOf(site: Site): Promise<Record<string, unknown>> {
  const { slug, version } = await site.target();
  const { userId, visitorId } = site.identity;
  return {
    ...{ slug, experimentSlug: slug, confirmSlug: slug, version, newSlug: site.newName(), name: "A name" },
    ...{ control: "control", variant: "control", winnerVariant: "control", unit: "user", event: "clicked" },
    variants: [
      { name: "control", percentage: 50, payload: { colour: "red", sizes: [1] } },
      { name: "urgent", percentage: 50 },
    ],
    ...{
      trafficPercentage: 100,
      conversionWindowDays: 14,
      clientEvents: ["clicked"],
      month: "2026-11",
      search: "a",
      after: "a",
    },
    ...{
      "teamIds[]": site.teamId,
      "organizationIds[]": site.teamId,
      "ids[]": site.teamId,
      subjectId: 1,
      id: 1,
    },
    userAttributes: { country: { $in: ["DE"] }, "address.city": "Wien" },
    exclusionGroups: [{ name: "group-a", ranges: [{ from: 0, to: 50 }] }],
    metrics: { primary: "event:clicked", secondary: [], guardrails: [] },
    analysis: { mode: "sequential", plannedSubjects: 1_000, minimumRuntimeDays: 7 },
    schedule: { startAt: "2126-11-29T12:00:00.000Z", stopAt: "2126-12-29T12:00:00.000Z" },
    at: "2126-11-29T12:00:00.000Z",
    ...{
      email: "admin@test.example",
      key: site.newName(),
      from: "2026-11-01",
      to: "2026-11-30",
      since: "2026-11-01T00:00:00.000Z",
      until: "2026-12-01T00:00:00.000Z",
      ageMs: 5,
    },
    ...{
      "cursor:text": "5",
      "id:text": "0".repeat(32),
      value: undefined,
      plannedSubjects: 1_000,
      ownerId: 1,
      actorId: 1,
      hypothesis: "It helps.",
      itemId: "6f1f9a52-93b8-4c5f-8f43-4fb1a0a4a222",
      definition: { kind: "conversion", name: "Clicked", source: { from: "events", events: ["clicked"] } },
    },
    ...{
      userId: userId ?? undefined,
      visitorId: visitorId ?? undefined,
      teamId: userId === null ? undefined : site.teamId,
    },
  };
}
