import { expect, test, vi } from "vitest";
import { ExperimentError } from "../types/errors";
import type { DueStep } from "./schedule.repository";
import { ScheduleService } from "./schedule.service";

test("no step waits for a hundred that cannot be taken, each of which is tried again and logged once", async () => {
  const step = (slug: string): DueStep => ({ slug, version: 1, step: "start" });
  const refused = Array.from({ length: 100 }, (_, n) => step(`broken-${n}`));
  const fine = step("zz-fine");
  let due = [...refused, fine];
  const take = vi.fn(async (_: null, { slug }: { slug: string }) => {
    if (slug !== fine.slug) throw new ExperimentError("damaged_config", "It cannot be read.");
    due = refused;
  });
  const log = { info: vi.fn(), warn: vi.fn() };
  const schedule = new ScheduleService({
    steps: { take } as never,
    records: {} as never,
    schedule: { findDue: async () => due } as never,
    log,
  });
  expect(await schedule.runDue()).toEqual([]);
  expect(await schedule.runDue()).toEqual([fine]);
  await schedule.runDue();
  expect(log.warn).toHaveBeenCalledTimes(100);
  expect(take).toHaveBeenCalledTimes(300);
});
