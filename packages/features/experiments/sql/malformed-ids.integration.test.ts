import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createExperimentsModule } from "../module";
import { anIdentity, anInput } from "../testing/database-fixtures";
import { FOREIGN_SETTINGS, installInForeignHost, withinSchema } from "../testing/foreign-host";
import { type HostId, ID_TYPES, type IdType } from "../types/host-id";

const MALFORMED: Record<IdType, unknown[]> = {
  integer: [2 ** 31, 0, -1, 1.5, Number.NaN, "", "12abc", "1e3", "1\0", "9".repeat(300), undefined, {}],
  bigint: ["9223372036854775808", 2 ** 53, 0, -1, 1.5, Number.NaN, "", "12abc", "0x1", "1\0", " 1"],
  uuid: ["", "12", 12, "6f1c2f0e-8d1b-4a54-9a53", `{${randomUUID()}}`, `${randomUUID()}\0`, Number.NaN],
  text: ["", "a\0b", "\ud83d", "x".repeat(256), 1.5, Number.NaN, undefined, ["a"]],
};
const databases = await Promise.all(ID_TYPES.map(() => testDatabase({ isEmpty: true })));

describe.each(ID_TYPES.map((type, index) => ({ type, index })))("ids that are $type", ({ type, index }) => {
  const ids = { users: type, teams: type };
  const { connectionString } = databases[index] as (typeof databases)[number];
  const database = createDatabase({ connectionString: withinSchema(connectionString) });
  const { pool } = database;
  const module = createExperimentsModule({ database, ids, decisionBudgetMs: 10_000 });
  const { experiments, admin } = module;
  let staff: { userId: HostId };
  beforeAll(async () => {
    await installInForeignHost(pool, { ...FOREIGN_SETTINGS, ids });
    const { rows } = await pool.query(
      "INSERT INTO public.people (mail, full_name, is_staff) VALUES ('a@host.example', 'Uma', true) RETURNING person_id",
    );
    staff = { userId: rows[0].person_id };
  });
  afterAll(async () => {
    await module.close();
    await database.close();
  });

  test.each(MALFORMED[type].map((id) => [id]))(
    "refuse %j of a user with a sentence, at every door",
    async (id) => {
      const userId = id as HostId;
      const slug = "some-slug";
      const refused = { code: "invalid_id", message: expect.stringContaining("can’t be an ID") };
      const identity = anIdentity({ userId });
      const person = { unit: "user", id: userId } as const;
      for (const call of [
        () => experiments.decide(identity, [{ slug }]),
        () => experiments.foresee(identity, [{ slug }]),
        () => experiments.decideFor({ userId }, [slug]),
        () => experiments.exposeFor({ userId }, [slug]),
        () => experiments.recordExposures(identity, [{ slug }]),
        () => experiments.recordConversions(identity, [{ slug, event: "clicked", key: "a" }]),
        () => experiments.trackConversion("clicked", { subject: { userId } }),
        () => experiments.trackConversion("clicked", { subject: identity }),
        () => experiments.linkVisitor(userId, randomUUID()),
        () => experiments.answerFlags({ userId }, [slug]),
        () => admin.activity.list(staff, { actorId: userId === undefined ? ("" as HostId) : userId }),
        () => admin.people.look(staff, { person, search: "", show: "all", page: 1 }),
        () => admin.audience.tryOut(staff, { input: anInput(), subjectId: userId }),
      ])
        await expect(call(), String(call)).rejects.toMatchObject(refused);
      // A session with such an id is nobody's.
      await expect(admin.catalog.list({ userId })).rejects.toMatchObject({ code: "not_signed_in" });
    },
  );

  test.each(MALFORMED[type].map((id) => [id]))(
    "refuse %j of a team with a sentence, at every door",
    async (id) => {
      const teamId = id as HostId;
      const refused = { code: "invalid_id", message: expect.stringContaining("can’t be an ID") };
      const slug = "some-slug";
      const identity = anIdentity({ userId: staff.userId });
      for (const call of [
        ...(teamId === undefined ? [] : [() => experiments.decide(identity, [{ slug, teamId }])]),
        () => experiments.decideFor({ teamId }, [slug]),
        () => experiments.trackConversion("clicked", { subject: { teamId } }),
        () => admin.audience.findTeams(staff, { search: "", ids: [teamId], onlyOrganizations: null }),
      ])
        await expect(call(), String(call)).rejects.toMatchObject(refused);
      const input = anInput({ targetingRules: { teamIds: [teamId] } });
      await expect(admin.editing.create(staff, input)).rejects.toMatchObject({
        kind: "bad_request",
        field: expect.stringContaining("targetingRules.teamIds"),
      });
    },
  );
});
