import { expect, test } from "vitest";
import type { AccessService } from "../serve/access.service";
import { createHostIds } from "../utils/host-ids";
import type { AuditRepository, AuditRow } from "./audit.repository";
import { AuditService } from "./audit.service";

test("a file of a long log is made page by page, and ends before a node runs out of memory", async () => {
  const long = "x".repeat(50_000);
  const row = (id: number) => ({
    id: String(id),
    at: new Date(0),
    actor: null,
    actorRole: "app",
    tableName: "Feature",
    action: "UPDATE",
    slug: "a",
    metricKey: null,
    experimentName: null,
    memberName: null,
    before: { description: long },
    after: { description: `${long}.` },
  });
  const limits: number[] = [];
  const list = async ({ limit, before = "1000000" }: { limit: number; before?: string }) => {
    limits.push(limit);
    return Array.from({ length: limit }, (_, index) => row(Number(before) - 1 - index)) as AuditRow[];
  };
  const service = new AuditService(
    { authorize: async () => 1 } as unknown as AccessService,
    { list } as unknown as AuditRepository,
    { add: async () => {} },
    createHostIds(),
  );
  const csv = await service.exportCsv({ userId: 1 });
  expect(Math.max(...limits)).toBeLessThanOrEqual(1_000);
  expect(csv.length).toBeLessThan(200_000_000);
  expect(csv.split("\n", 2)[1]).toMatch(/^999999,/);
});
